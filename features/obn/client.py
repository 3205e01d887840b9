"""MPKI クライアント: its list of certificates, its messages, and what of a renewal can be seen in the store."""

from __future__ import annotations

from pytest_bdd import parsers, then, when

from pages.dialect import plain
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.portal.view import Term
from sekisho.program import Program, Window
from sekisho.results import Note
from sekisho.verdict import require
from steps.columns import remark_order
from steps.refusals import refusal
from steps.screens import look, reach
from steps.times import says

CONCEPT = "MPKI クライアント"

MESSAGES = {"1003": "confirm_renewal", "1004": "renewed", "1006": "confirm_deletion"}
# What the messages that ask something have, whatever they say; the others only tell.
QUESTION: tuple[Term, ...] = (("buttons", "yes"), ("buttons", "no"))
ASKING = {"1003", "1006"}
YES, NO = "はい", "いいえ"
ANSWERS = {YES: "yes", NO: "no", "OK": "ok"}
REASONS = {"更新できる期間ではない": "not_renewable", "失効している": "revoked", "申請済み": "already_applied"}
AS_ISSUED = "証明書の記載どおり"  # in a table of a scenario: what the certificate says
COLUMNS = {"発行先": "subject", "発行者": "issuer", "有効期限": "limit"}


@when("MPKIクライアントを起動する", target_fixture="window")
def _(program: Program) -> Window:
    return listed(program)


@when("一覧から証明書を選び「証明書更新」を押す")
def _(window: Window, account: Account) -> None:
    choose(window, account)


@when("証明書を選ばずに「証明書更新」を押す")
def _(window: Window) -> None:
    window.press("renew")


@when(parsers.parse("メッセージ「{number}」に「{answer}」と答える"))
def _(program: Program, evidence: Recorder, number: str, answer: str) -> None:
    respond(program, evidence, number, answer)


@when("MPKIクライアントで証明書の更新を始める")
def _(program: Program, evidence: Recorder, account: Account) -> None:
    begin(program, evidence, account)


@when("MPKIクライアントで証明書をバックアップの画面まで更新する", target_fixture="window")
def _(program: Program, evidence: Recorder, account: Account) -> Window:
    begin(program, evidence, account)
    respond(program, evidence, "1004", "OK")
    return opened_window(program, evidence, "program")


@when("削除したというメッセージに「OK」と答える")
def _(program: Program, evidence: Recorder) -> None:
    close(opened_window(program, evidence, "program"), "ok")


@then("証明書一覧は次のとおりである")
def _(datatable: list[list[str]], window: Window, account: Account, holdings: Holdings, evidence: Recorder) -> None:
    headings, *wanted = datatable
    names = [COLUMNS[heading] for heading in headings]
    rows = window.rows(*names)
    shown = [[row[name] for name in names] for row in rows]
    same = len(shown) == len(wanted) and all(
        fits(cell, content, account, holdings)
        for pair in zip(shown, wanted, strict=True)
        for cell, content in zip(*pair, strict=True)
    )
    require(
        same,
        say(
            f"証明書一覧は {'、'.join(' '.join(row) for row in shown) or '空'} である",
            f"The list of certificates is {', '.join(' '.join(row) for row in shown) or 'empty'}",
        ),
    )
    remark_order(evidence, rows, dict(zip(names, headings, strict=True)))


@then("更新する証明書を選ぶよう求められる")
def _(window: Window, evidence: Recorder) -> None:
    refusal(window, evidence, "nothing_chosen")


@then(parsers.parse("更新できない理由として「{reason}」と表示され、証明書は更新されない"))
def _(program: Program, browsing: Browsing, account: Account, evidence: Recorder, reason: str) -> None:
    refusal(opened_window(program, evidence, "program"), evidence, REASONS[reason], *QUESTION)
    unchanged(browsing, account, 1)


@then("証明書は更新されていない")
def _(browsing: Browsing, account: Account) -> None:
    unchanged(browsing, account, 1)


@then("ストアに更新前と更新後の証明書がある")
def _(browsing: Browsing, account: Account) -> None:
    unchanged(browsing, account, 2)


@then("新しい証明書が、取り込みの操作なしにストアに入っている")
def _(holdings: Holdings, account: Account) -> None:
    new = holdings.notice()
    require(
        new.subject_cn == account.user_id,
        say(
            f"新しい証明書の発行先が「{new.subject_cn}」である",
            f'The subject of the new certificate is "{new.subject_cn}"',
        ),
    )


@then("画面の言葉は日本語である")
def _(window: Window, evidence: Recorder) -> None:
    evidence.add(Note(title=say("画面の言葉", "Words in the window"), lines=[window.text()]))
    window.wait_for(("buttons", "renew"))


def listed(program: Program) -> Window:
    """Start the program; its list of certificates."""
    window = program.start()
    window.wait_for(("columns", "subject"))
    return window


def choose(window: Window, account: Account) -> None:
    """Choose the user's certificate and press 証明書更新."""
    window.choose_row(account.user_id)
    window.press("renew")


def begin(program: Program, evidence: Recorder, account: Account) -> None:
    """From the start of the program to the answer to 1003."""
    choose(listed(program), account)
    respond(program, evidence, "1003", YES)


def respond(program: Program, evidence: Recorder, number: str, answer: str) -> None:
    """Answer the message that comes next. Raises DeviationError when it is another one."""
    window, message = opened_window(program, evidence, "program"), ("messages", MESSAGES[number])
    if number in ASKING:
        look(window, evidence, [message], QUESTION)
    else:
        reach(window, evidence, message, *QUESTION)
    close(window, ANSWERS[answer])


def opened_window(program: Program, evidence: Recorder, title: str) -> Window:
    """The window that comes next. Where its title is the program's own, the step is a WARNING."""
    window = program.wait_for_window(title)
    known = window.dialect.words("windows", title)
    if plain(window.title) not in map(plain, known):
        key = window.dialect.key(("windows", title))
        evidence.warning(
            say(
                f"「{'／'.join(known)}」の代わりに「{window.title}」という画面が開いた。{key}",
                f'Instead of "{" / ".join(known)}" the window "{window.title}" opened. {key}',
            )
        )
    return window


def fits(cell: str, content: str, account: Account, holdings: Holdings) -> bool:
    """Whether a cell of the list holds what the scenario's table calls for."""
    if content == AS_ISSUED:
        return says(cell, holdings.newest.not_after)
    return plain(cell) == plain({"ユーザーID": account.user_id}.get(content, content))


def close(window: Window, button: str) -> None:
    """Press a button that closes the window."""
    window.press(button)
    window.wait_until_closed()


def unchanged(browsing: Browsing, account: Account, count: int) -> None:
    """Raise DeviationError unless the store holds so many certificates of the user."""
    found = [one for one in browsing.pc.store.personal() if one.subject_cn == account.user_id]
    require(
        len(found) == count,
        say(
            f"ストアに利用者の証明書が {len(found)} 枚ある",
            f"Certificates of the subscriber in the store: {len(found)}",
        ),
    )

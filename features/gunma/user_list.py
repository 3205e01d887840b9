"""利用者管理: the master user looks at the company's users, and revokes certificates of others."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytest_bdd import given, parsers, then, when

from pages.dialect import plain
from pages.screen import Screen
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.pki import revocation
from sekisho.pki.pkcs12 import Identity
from sekisho.portal import Account, Portal
from sekisho.portal.view import Term
from sekisho.verdict import require
from steps.columns import remark_order
from steps.premises import alive, identities, over, revoked
from steps.refusals import refusal
from steps.screens import look
from steps.times import days, says, tokyo_date

from .bank import ROLES
from .bank_screens import UserList

CONCEPT = "利用者管理"

# 証明書状態, and what to ask a portal's owner for
STATES = {
    "未発行": "invited",
    "発行済み": "active",
    "更新可": "renewable",
    "有効期限切れ": "expired",
    "失効済み": "revoked",
}
COLUMNS = {"ログインID": "login_id", "利用者区分": "role", "証明書状態": "state", "証明書有効期限": "ends"}
NONE, REVOKED = "-", "失効済み"
NOTHING_TO_REVOKE = {"invited", "expired", "revoked"}
LIST = ("screens", "user_list")
CONFIRMATION = ("screens", "revocation_confirmation")
DONE = ("screens", "revocation_done")
# What only these screens have, whatever they are called.
LIST_MEANS: tuple[Term, ...] = (("columns", "login_id"), ("columns", "state"))
CONFIRMATION_MEANS: tuple[Term, ...] = (("fields", "confirmation_password"), ("buttons", "execute"))
DONE_MEANS: tuple[Term, ...] = (("values", "login_id"), ("values", "state"))
DESCENDING = {"昇順": False, "降順": True}
END = "有効期限"  # in a table of a scenario: the end of the user's certificate
Colleagues = dict[str, Account]
Listed = dict[str, str]  # 証明書状態 by ログインID


@pytest.fixture
def unoffered() -> list[str]:
    """The users whom the list does not let one choose."""
    return []


@given("同じ企業に次の利用者がいる", target_fixture="colleagues")
def _(datatable: list[list[str]], portal: Portal, account: Account, evidence: Recorder) -> Colleagues:
    found = {}
    for name, role, words in datatable[1:]:
        state = STATES[words]
        found[name] = asserted(state, portal.account(state, role=ROLES[role], company=account.user_id), evidence)
    return found


@when("「管理」の「利用者管理」を開く")
def _(screen: Screen) -> None:
    open_users(screen)


@when("「証明書失効」を開く")
def _(screen: Screen, evidence: Recorder) -> None:
    screen.press("revocation", "menu")
    look(screen, evidence, [LIST], LIST_MEANS)


@when(parsers.parse("利用者一覧を「{column}」の「{order}」で再表示する"))
def _(screen: Screen, evidence: Recorder, column: str, order: str) -> None:
    UserList(screen).sort(column, order)
    look(screen, evidence, [LIST], LIST_MEANS)


@when("利用者一覧で自分を選び「失効」を押す")
def _(screen: Screen, account: Account, unoffered: list[str]) -> None:
    if not revoked_if_offered(UserList(screen), account):
        unoffered.append(account.user_id)


@when(parsers.re("利用者一覧で「(?P<name>.+)」を選び「失効」を押す"), target_fixture="listed_before")
def _(screen: Screen, colleagues: Colleagues, name: str, unoffered: list[str]) -> Listed:
    users, user = UserList(screen), colleagues[name]
    before = states(users)
    if STATES.get(before.get(user.user_id, "")) not in NOTHING_TO_REVOKE:
        users.revoke(user.user_id)
    elif not revoked_if_offered(users, user):
        unoffered.append(user.user_id)
    return before


@when(parsers.parse("利用者一覧で「{name}」が「失効済み」でなければ、失効する"))
def _(screen: Screen, evidence: Recorder, account: Account, colleagues: Colleagues, name: str) -> None:
    users, user_id = UserList(screen), colleagues[name].user_id
    if states(users).get(user_id) != REVOKED:
        users.revoke(user_id)
        look(screen, evidence, [CONFIRMATION], CONFIRMATION_MEANS)
        execute(screen, confirming(account))
        look(screen, evidence, [DONE], DONE_MEANS)


@when("確認用パスワードを入力して「実行」を押す")
def _(screen: Screen, account: Account) -> None:
    execute(screen, confirming(account))


@when("誤った確認用パスワードを入力して「実行」を押す")
def _(screen: Screen, account: Account, masking: Masking) -> None:
    execute(screen, masking.add(f"{confirming(account)}x"))


@then("利用者一覧は次のとおりである")
def _(datatable: list[list[str]], screen: Screen, account: Account, colleagues: Colleagues, evidence: Recorder) -> None:
    people, rows = {"自分": account, **colleagues}, UserList(screen).rows()
    remark_order(evidence, rows, {name: heading for heading, name in COLUMNS.items()})
    listed = {row["login_id"]: row for row in rows}
    for name, *cells in datatable[1:]:
        user_id = people[name].user_id
        require(
            user_id in listed,
            say(f"利用者一覧に{name}（{user_id}）がいない", f'The list of users lacks "{name}" ({user_id})'),
        )
        row = listed[user_id]
        for column, cell in zip(datatable[0][1:], cells, strict=True):
            shown = row[COLUMNS[column]]
            did = say(
                f"利用者一覧の{name}の{column}が「{shown}」である（「{wanted_in(cell, people[name])}」のはず）",
                f'"{column}" of "{name}" in the list of users is "{shown}" ("{wanted_in(cell, people[name])}" is due)',
            )
            if cell == NONE and people[name].identities and says(shown, ends(people[name])):
                evidence.warning(
                    say(
                        f"{did}。手順書は、使えなくなった証明書の有効期限を載せるかどうかを定めていない",
                        f"{did}. The manual does not prescribe whether the expiry of a certificate that is no "
                        "longer of use is listed",
                    )
                )
            else:
                require(fits(shown, cell, people[name]), did)


@then(parsers.parse("利用者一覧は「{column}」の「{order}」に並んでいる"))
def _(screen: Screen, column: str, order: str) -> None:
    cells = [row[COLUMNS[column]] for row in UserList(screen).rows()]
    shown = [cell for cell in cells if days(cell)] or list(filter(plain, cells))
    ranked = sorted(shown, key=lambda cell: (days(cell), cell), reverse=DESCENDING[order])
    require(
        shown == ranked,
        say(f"{column}が {'、'.join(shown)} の順に並んでいる", f'"{column}" stands in the order {", ".join(shown)}'),
    )


@then(parsers.parse("失効の確認画面に「{name}」の情報が表示される"))
def _(screen: Screen, evidence: Recorder, colleagues: Colleagues, name: str) -> None:
    look(screen, evidence, [CONFIRMATION], CONFIRMATION_MEANS)
    shown = screen.values("login_id")
    require(
        shown == [colleagues[name].user_id],
        say(
            f"失効の確認画面のログインIDが {'、'.join(shown)} である",
            f"The login ID on the confirmation page of the revocation is {', '.join(shown)}",
        ),
    )


@then(parsers.parse("失効の結果に「{name}」が「{state}」と表示される"))
def _(screen: Screen, evidence: Recorder, colleagues: Colleagues, name: str, state: str) -> None:
    look(screen, evidence, [DONE], DONE_MEANS)
    require(
        is_done(screen),
        say(
            "「実行」を押しても、失効の確認画面のままである",
            '"実行" was pressed, but the confirmation page of the revocation stays',
        ),
    )
    require(
        screen.values("login_id") == [colleagues[name].user_id],
        say("失効の結果に別の利用者が表示された", "The result of the revocation shows another user"),
    )
    shown = screen.values("state")
    require(
        shown == [state],
        say(
            f"失効の結果の証明書状態が {'、'.join(shown)} である",
            f"The certificate status in the result of the revocation is {', '.join(shown)}",
        ),
    )


@then(parsers.parse("利用者一覧で「{name}」だけが「{state}」になっている"))
def _(screen: Screen, evidence: Recorder, colleagues: Colleagues, listed_before: Listed, name: str, state: str) -> None:
    open_users(screen)
    screen.press("revocation", "menu")
    look(screen, evidence, [LIST], LIST_MEANS)
    found = [user for user, now in states(UserList(screen)).items() if now == state != listed_before.get(user)]
    require(
        found == [colleagues[name].user_id],
        say(
            f"新たに「{state}」になったのは {'、'.join(found) or 'なし'} である",
            f'{", ".join(found) or "Nobody"} is newly "{state}"',
        ),
    )


@then(parsers.parse("失効リスト（CRL）に「{name}」の証明書が載っている"))
def _(colleagues: Colleagues, name: str) -> None:
    identity = identity_of(colleagues[name])
    serial = f"{identity.certificate.serial_number:x}"
    require(
        revocation.in_crl(identity),
        say(f"CRL にシリアル番号 {serial} が載っていない", f"The CRL does not list serial number {serial}"),
    )


@then(parsers.parse("オンライン照会（OCSP）は「{name}」の証明書を失効と答える"))
def _(colleagues: Colleagues, name: str) -> None:
    answer = revocation.ocsp_status(identity_of(colleagues[name]))
    require(answer == "REVOKED", say(f"OCSP の答えが {answer} である", f"OCSP answers {answer}"))


@then("確認用パスワードが違うと表示され、失効していない")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "confirmation_refused", DONE)
    require(
        seen != DONE and not is_done(screen),
        say("誤った確認用パスワードで失効した", "A wrong confirmation password revoked the certificate"),
    )


@then("自分の証明書は申込書で失効するよう案内される")
def _(screen: Screen, evidence: Recorder, unoffered: list[str]) -> None:
    if not_even_offered(evidence, unoffered):
        return
    seen = refusal(screen, evidence, "own_certificate", CONFIRMATION, CONFIRMATION_MEANS[0])
    require(
        seen not in {CONFIRMATION, CONFIRMATION_MEANS[0]},
        say(
            "自分の証明書を失効する確認画面に進んだ", "The page to confirm the revocation of one's own certificate came"
        ),
    )


@then("失効できる証明書が無いと表示される")
def _(screen: Screen, evidence: Recorder, unoffered: list[str]) -> None:
    if not_even_offered(evidence, unoffered):
        return
    seen = refusal(screen, evidence, "nothing_to_revoke", CONFIRMATION, CONFIRMATION_MEANS[0], DONE)
    require(
        seen not in {CONFIRMATION, CONFIRMATION_MEANS[0], DONE},
        say(
            "失効できる証明書が無いはずの利用者を失効する画面に進んだ",
            "The page came that revokes a user who has no certificate to revoke",
        ),
    )


def revoked_if_offered(users: UserList, account: Account) -> bool:
    """Choose a user who must not be revoked and press 失効; False where the list does not let one choose him."""
    offered = users.offers(account.user_id)
    if offered:
        users.revoke(account.user_id)
    return offered


def not_even_offered(evidence: Recorder, unoffered: list[str]) -> bool:
    """Whether nobody could be chosen who must not be revoked: the portal says no by that, and the step is a WARNING."""
    if unoffered:
        evidence.warning(
            say(
                f"{'、'.join(unoffered)} は利用者一覧で選べない。手順書は、失効できないことの示し方を定めていない",
                f"{', '.join(unoffered)} cannot be chosen in the list of users. The manual does not prescribe how it "
                "is shown that nothing can be revoked",
            )
        )
    return bool(unoffered)


def asserted(state: str, account: Account, evidence: Recorder) -> Account:
    """A user whose certificate, where he holds one, is in a state. Raises BlockedError where it is not."""
    if not account.identities:  # his certificate is on his own PC, and not in the target file
        return account
    if state == "revoked":
        return revoked(account, evidence)
    return over(account) if state == "expired" else alive(account)


def open_users(screen: Screen) -> None:
    """From any page to 利用者管理."""
    screen.press("admin", "menu")
    screen.press("users", "menu")


def states(users: UserList) -> Listed:
    """The users of the list, and what it says of their certificates."""
    return {row["login_id"]: row["state"] for row in users.rows()}


def confirming(account: Account) -> str:
    """What a user confirms a revocation with. Raises BlockedError where the target file does not say."""
    return account.fact("confirmation_password")


def execute(screen: Screen, password: str) -> None:
    """Enter the confirmation password, and carry the revocation out."""
    screen.fill("confirmation_password", password)
    screen.press("execute")


def identity_of(account: Account) -> Identity:
    """The certificate that a user has somewhere else. Raises BlockedError where the target file has none."""
    return identities(account)[-1]


def ends(account: Account) -> datetime:
    """When a user's certificate ends."""
    return identity_of(account).certificate.not_valid_after_utc


def wanted_in(cell: str, account: Account) -> str:
    """What a cell of the list should show, for the words in the scenario's table."""
    return tokyo_date(ends(account)) if cell == END else cell


def fits(shown: str, cell: str, account: Account) -> bool:
    """Whether a cell of the list shows that."""
    if cell == END:
        return says(shown, ends(account))
    return not days(shown) if cell == NONE else plain(shown) == plain(cell)


def is_done(screen: Screen) -> bool:
    """Whether the screen is the one with the result: it says the state, and asks for no password any more."""
    return screen.has(*DONE_MEANS[1]) and not screen.has(*CONFIRMATION_MEANS[0])

"""利用者管理: the master user looks at the company's users, and revokes certificates of others."""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from pages.bank import UserList
from pages.screen import Screen
from sekisho import pkcs12, revocation
from sekisho.evidence import Recorder
from sekisho.japan import in_tokyo
from sekisho.masking import Masking
from sekisho.pkcs12 import Identity
from sekisho.portal import Account, Portal
from sekisho.verdict import require
from steps.bank import ROLES
from steps.columns import remark_order
from steps.refusals import refusal

# 証明書状態, and what to ask a portal's owner for
STATES = {
    "未発行": "invited",
    "発行済み": "active",
    "更新可": "renewable",
    "有効期限切れ": "expired",
    "失効済み": "revoked",
}
COLUMNS = {"ログインID": "login_id", "利用者区分": "role", "証明書状態": "state", "証明書有効期限": "ends"}
NONE = "-"
LIST = ("screens", "user_list")
CONFIRMATION = ("screens", "revocation_confirmation")
DONE = ("screens", "revocation_done")
Colleagues = dict[str, Account]
Listed = dict[str, str]  # 証明書状態 by ログインID


@given("同じ企業に次の利用者がいる", target_fixture="colleagues")
def _(datatable: list[list[str]], portal: Portal, account: Account) -> Colleagues:
    return {
        name: portal.account(STATES[state], role=ROLES[role], company=account.user_id)
        for name, role, state in datatable[1:]
    }


@when("「管理」の「利用者管理」を開く")
def _(screen: Screen) -> None:
    open_users(screen)


@when("「証明書失効」を開く")
def _(screen: Screen) -> None:
    screen.press("revocation", "menu")
    screen.wait_for(LIST)


@when(parsers.parse("利用者一覧を「{column}」の「{order}」で再表示する"))
def _(screen: Screen, column: str, order: str) -> None:
    UserList(screen).sort(column, order)
    screen.wait_for(LIST)


@when("利用者一覧で自分を選び「失効」を押す")
def _(screen: Screen, account: Account) -> None:
    UserList(screen).revoke(account.user_id)


@when(parsers.re("利用者一覧で「(?P<name>.+)」を選び「失効」を押す"), target_fixture="listed_before")
def _(screen: Screen, colleagues: Colleagues, name: str) -> Listed:
    users = UserList(screen)
    before = states(users)
    users.revoke(colleagues[name].user_id)
    return before


@when("確認用パスワードを入力して「実行」を押す")
def _(screen: Screen, account: Account) -> None:
    execute(screen, account.confirmation_password)


@when("誤った確認用パスワードを入力して「実行」を押す")
def _(screen: Screen, account: Account, masking: Masking) -> None:
    execute(screen, masking.add(f"{account.confirmation_password}x"))


@then(parsers.parse("「管理」の「利用者管理」に「証明書失効」が無い"))
def _(screen: Screen) -> None:
    open_users(screen)
    require(not screen.has("menu", "revocation"), "マスターユーザでない利用者に「証明書失効」がある")


@then("利用者一覧は次のとおりである")
def _(datatable: list[list[str]], screen: Screen, account: Account, colleagues: Colleagues, evidence: Recorder) -> None:
    people, rows = {"自分": account, **colleagues}, UserList(screen).rows()
    remark_order(evidence, rows, {name: heading for heading, name in COLUMNS.items()})
    listed = {row["login_id"]: row for row in rows}
    for name, *cells in datatable[1:]:
        user_id = people[name].user_id
        require(user_id in listed, f"利用者一覧に{name}（{user_id}）がいない")
        row = listed[user_id]
        for column, cell in zip(datatable[0][1:], cells, strict=True):
            wanted = shown_end(people[name]) if cell == "有効期限" else cell
            shown = row[COLUMNS[column]]
            require(shown == wanted, f"利用者一覧の{name}の{column}が「{shown}」である（「{wanted}」のはず）")


@then(parsers.parse("利用者一覧は「{column}」の「{order}」に並んでいる"))
def _(screen: Screen, column: str, order: str) -> None:
    shown = [row[COLUMNS[column]] for row in UserList(screen).rows() if row[COLUMNS[column]] != NONE]
    require(shown == sorted(shown, reverse=order == "降順"), f"{column}が {'、'.join(shown)} の順に並んでいる")


@then(parsers.parse("失効の確認画面に「{name}」の情報が表示される"))
def _(screen: Screen, colleagues: Colleagues, name: str) -> None:
    screen.wait_for(CONFIRMATION)
    shown = screen.values("login_id")
    require(shown == [colleagues[name].user_id], f"失効の確認画面のログインIDが {'、'.join(shown)} である")


@then(parsers.parse("失効の結果に「{name}」が「{state}」と表示される"))
def _(screen: Screen, colleagues: Colleagues, name: str, state: str) -> None:
    screen.wait_for(DONE)
    require(screen.values("login_id") == [colleagues[name].user_id], "失効の結果に別の利用者が表示された")
    shown = screen.values("state")
    require(shown == [state], f"失効の結果の証明書状態が {'、'.join(shown)} である")


@then(parsers.parse("利用者一覧で「{name}」だけが「{state}」になっている"))
def _(screen: Screen, colleagues: Colleagues, listed_before: Listed, name: str, state: str) -> None:
    open_users(screen)
    screen.press("revocation", "menu")
    screen.wait_for(LIST)
    found = [user for user, now in states(UserList(screen)).items() if now == state != listed_before.get(user)]
    require(found == [colleagues[name].user_id], f"新たに「{state}」になったのは {'、'.join(found) or 'なし'} である")


@then(parsers.parse("失効リスト（CRL）に「{name}」の証明書が載っている"))
def _(colleagues: Colleagues, name: str) -> None:
    identity = identity_of(colleagues[name])
    serial = f"{identity.certificate.serial_number:x}"
    require(revocation.in_crl(identity), f"CRL にシリアル番号 {serial} が載っていない")


@then(parsers.parse("オンライン照会（OCSP）は「{name}」の証明書を失効と答える"))
def _(colleagues: Colleagues, name: str) -> None:
    answer = revocation.ocsp_status(identity_of(colleagues[name]))
    require(answer == "REVOKED", f"OCSP の答えが {answer} である")


@then("確認用パスワードが違うと表示され、失効していない")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "confirmation_refused", DONE)
    require(seen != DONE, "誤った確認用パスワードで失効した")


@then("自分の証明書は申込書で失効するよう案内される")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "own_certificate", CONFIRMATION)
    require(seen != CONFIRMATION, "自分の証明書を失効する確認画面に進んだ")


@then("失効できる証明書が無いと表示される")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = refusal(screen, evidence, "nothing_to_revoke", CONFIRMATION, DONE)
    require(seen not in {CONFIRMATION, DONE}, "失効できる証明書が無いはずの利用者を失効する画面に進んだ")


def open_users(screen: Screen) -> None:
    """From any page to 利用者管理."""
    screen.press("admin", "menu")
    screen.wait_for(("screens", "admin"))
    screen.press("users", "menu")
    screen.wait_for(("screens", "users"))


def states(users: UserList) -> Listed:
    """The users of the list, and what it says of their certificates."""
    return {row["login_id"]: row["state"] for row in users.rows()}


def execute(screen: Screen, password: str) -> None:
    """Enter the confirmation password, and carry the revocation out."""
    screen.fill("confirmation_password", password)
    screen.press("execute")


def identity_of(account: Account) -> Identity:
    """The certificate that a user has somewhere else."""
    (held,) = account.identities
    return pkcs12.read(held.pkcs12, held.password)


def shown_end(account: Account) -> str:
    """The end of a user's certificate as the bank prints it."""
    return f"{in_tokyo(identity_of(account).certificate.not_valid_after_utc):%Y年%m月%d日 %H時%M分%S秒}"

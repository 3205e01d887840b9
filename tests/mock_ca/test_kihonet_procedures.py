"""企保ネット・N-ナビ from the mail, or the letter, to the service."""

from __future__ import annotations

import re
from pathlib import Path

from .running import Running, fetch
from .sights import guide
from .visitor import identity, opened
from .walks import PASSWORD, advance, apply, at_renewal, enters, opens, renewed, resumed

CA = "Nippon Life Insurance Company Kihonet CA - G1"
SENDER = "kihonet-support@nissay.co.jp"


def test_an_invited_user_gets_a_certificate_that_opens_his_service(kihonet: Running) -> None:
    """認証, 鍵の取得, 取得, ダウンロード; 企保ネット lets its holder in, N-ナビ does not."""
    user = kihonet.account("invited")
    visitor = kihonet.logged_in(user)
    assert "取得" in visitor.get("key.jsp").words
    holder = opened(fetch(visitor, user["request_id"]), PASSWORD)
    issuer, subject = (name.rfc4514_string() for name in (holder.certificate.issuer, holder.certificate.subject))
    assert f"CN={CA}" in issuer
    assert subject == f"CN={user['user_id']},OU={CA},O=Nippon Life Insurance Company,C=JP"
    assert enters(kihonet, "service", kihonet.visitor(holder), user)
    assert kihonet.visitor(holder).get(kihonet.sites["navi"]).status == 403


def test_a_user_of_navi_is_told_by_a_letter_where_to_go(kihonet: Running) -> None:
    """The address of N-ナビ and the first password, which is also the guide mail's; only N-ナビ opens."""
    user = kihonet.account("invited", variant="navi")
    letter = Path(user["letter"])
    assert letter.name == f"{user['user_id']}-{user['request_id']}.html"
    rows = dict(re.findall(r"<tr><th>(.*?)</th><td>(.*?)</td></tr>", letter.read_text(encoding="utf-8")))
    assert rows == {"URL": kihonet.sites["navi"], "初期パスワード": user["login_password"]}
    assert f"パスワード: {user['login_password']}" in guide(kihonet, user).get_content()
    holder = opened(fetch(kihonet.logged_in(user), user["request_id"]), PASSWORD)
    assert enters(kihonet, "navi", kihonet.visitor(holder), user)
    assert kihonet.visitor(holder).get(kihonet.sites["service"]).status == 403


def test_a_service_takes_only_its_own_users_passwords(kihonet: Running) -> None:
    """Even behind a certificate that opens the door; and those of danshin's users nowhere."""
    user, other = kihonet.account("active"), kihonet.account("active", variant="navi")
    visitor = kihonet.visitor(identity(user))
    assert not enters(kihonet, "service", visitor, other)
    assert not enters(kihonet, "service", visitor, kihonet.of("danshin").account("active"))
    assert enters(kihonet, "service", visitor, user)


def test_two_mails_for_kihonet_and_one_for_navi(kihonet: Running) -> None:
    """ユーザーIDのお知らせ without the password, and the guide with everything."""
    user, navi = kihonet.account("invited"), kihonet.account("invited", variant="navi")
    notice, mail = kihonet.mails(user["mail"])
    assert notice["Subject"] == "【日本生命（企保ネット）】ユーザーIDのお知らせ"
    assert f"ユーザーID: {user['user_id']}" in notice.get_content()
    assert user["login_password"] not in notice.get_content()
    series = "【日本生命（企保ネット・N-ナビ）】クライアント証明書取得のご案内"
    assert mail["Subject"] == f"{series}（ユーザーID：{user['user_id']}）"
    for line in ("user_id", "login_password", "request_id"):
        assert re.search(rf"^\S+: {re.escape(user[line])}$", mail.get_content(), re.MULTILINE)
    assert kihonet.sites["enrol"] in mail.get_content().splitlines()
    assert [one["Subject"] for one in kihonet.mails(navi["mail"])] == [f"{series}（ユーザーID：{navi['user_id']}）"]
    assert {one["From"] for one in (notice, mail, *kihonet.mails(navi["mail"]))} == {SENDER}
    assert user["letter"] == ""


def test_a_renewal_shows_what_was_applied_for_and_leads_on(kihonet: Running) -> None:
    """Request id, reference id, 鍵生成中 and the names of the certificate; then the key page knows the request id."""
    user = kihonet.account("renewable")
    visitor = at_renewal(kihonet, user)
    confirmed = visitor.get("apply.jsp").words
    assert f"Common Name {user['user_id']} Organizational Unit {CA} Organization Nippon Life" in confirmed
    page = apply(visitor)
    (request,) = kihonet.renewals(user)
    assert f"リクエスト ID {request['request_id']} リファレンス ID {request['reference_id']} " in page.words
    assert "証明書ステータス 鍵生成中" in page.words
    assert f"Common Name {user['user_id']} Organizational Unit {CA}" in page.words
    assert len(request["reference_id"]) == 30
    assert advance(visitor, page).field("requestId") == request["request_id"]


def test_a_renewed_certificate_opens_the_service_beside_the_old_one(kihonet: Running) -> None:
    """The mail names the user in its subject and leads to the renewal."""
    user = kihonet.account("renewable")
    (mail,) = kihonet.mails(user["mail"])
    title = "【日本生命（企保ネット・N-ナビ）】クライアント証明書更新のご案内"
    assert (mail["Subject"], mail["From"]) == (f"{title}（ユーザーID：{user['user_id']}）", SENDER)
    assert kihonet.sites["renew"] in mail.get_content().splitlines()
    assert re.search(r"^有効期限: \d{4}/\d\d/\d\d~\d{4}/\d\d/\d\d$", mail.get_content(), re.MULTILINE)
    new = renewed(kihonet, user)
    assert enters(kihonet, "service", kihonet.visitor(new), user)
    assert enters(kihonet, "service", kihonet.visitor(identity(user)), user)


def test_a_lost_renewal_is_fetched_from_the_list(kihonet: Running) -> None:
    """更新後証明書の取得 gives the certificate that was issued."""
    user = kihonet.account("renewing")
    assert resumed(kihonet, user).serial == kihonet.facts(user)["certificates"][-1]["serial"]


def test_a_reissue_invites_again_with_a_password_by_mail(kihonet: Running) -> None:
    """The old certificate is void at once."""
    user = kihonet.account("active")
    told = kihonet.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    assert not opens(kihonet, "service", identity(user))
    (mail,) = kihonet.mails(user["mail"])
    assert f"パスワード: {told['login_password']}" in mail.get_content()
    request_id = re.search(r"リクエストID: (\d{15})", mail.get_content())
    assert request_id
    new = opened(fetch(kihonet.logged_in(user | told), request_id[1]), PASSWORD)
    assert enters(kihonet, "service", kihonet.visitor(new), user | told)

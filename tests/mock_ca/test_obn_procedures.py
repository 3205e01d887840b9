"""The procedures of the obn manual, from the root certificate to the revocation's end."""

from __future__ import annotations

import ssl
import urllib.error
from pathlib import Path

import pytest
from cryptography import x509

from .obn_walks import (
    MAIL,
    Obn,
    addressed,
    apply,
    chosen,
    downloaded,
    ids,
    listed,
    named,
    press,
    renewed,
    resumed,
    revoked,
)
from .visitor import Visitor, identity


def test_the_root_that_is_handed_out_makes_the_sites_open(obn: Obn, tmp_path: Path) -> None:
    """Without it no connection; SCRoot2ca.cer in DER names the root by its unit, it has no common name."""
    with pytest.raises(urllib.error.URLError) as refused:
        Visitor(Path(obn.mock.ready["server_root"])).get(obn.sites["enrol"])
    assert isinstance(refused.value.reason, ssl.SSLCertVerificationError)
    visitor = obn.visitor()
    assert 'href="/p/cert/SCRoot2ca.cer"' in visitor.get(obn.sites["root"]).text
    file = visitor.get("/p/cert/SCRoot2ca.cer")
    assert file.headers["Content-Disposition"] == 'attachment; filename="SCRoot2ca.cer"'
    root = x509.load_der_x509_certificate(file.body)
    names = {one.oid._name: one.value for one in root.subject}
    assert names == {"organizationName": "sekisho mock CA", "organizationalUnitName": "Security Communication RootCA2"}
    (tmp_path / "root.pem").write_bytes(ssl.DER_cert_to_PEM_cert(file.body).encode())
    trusting = Visitor(tmp_path / "root.pem")
    assert all(trusting.get(obn.sites[site]).status == 200 for site in ("root", "enrol"))


def test_the_notice_leads_to_a_certificate_that_opens_the_service(obn: Obn) -> None:
    """Subject as the manual shows it; without a certificate the service is forbidden."""
    user = obn.account("invited")
    assert not obn.opens(None)
    holder = downloaded(obn, user)
    assert obn.opens(holder)
    subject = f"CN={user['user_id']},OU=medical,OU=hokkaido,O=ReceiptOnline,C=JP"
    assert holder.certificate.subject.rfc4514_string() == subject
    assert [one.value for one in holder.certificate.issuer][-1] == "Online Billing NW Common Root CA - G1"
    visitor = obn.visitor(holder)
    visitor.get(obn.sites["service"])
    page = visitor.post("login", userId=user["user_id"], password=user["login_password"])
    assert "オンライン請求システム メニュー" in page.words
    assert f'href="{obn.sites["renew"]}"' in page.text
    assert "正しくありません" in visitor.post("login", userId=user["user_id"], password="wrong").error


def test_institution_codes_have_ten_digits(obn: Obn) -> None:
    """And are never given twice."""
    codes = [obn.account("invited")["user_id"] for _ in range(2)]
    assert all(code.isdecimal() and len(code) == 10 and code.startswith("0110000") for code in codes)
    assert codes[0] != codes[1]


def test_the_confirmation_of_a_renewal_shows_the_subject(obn: Obn) -> None:
    """In the manual's order, with the address for notices."""
    user = obn.account("renewable")
    words = obn.at("renew", user)[0].get("/p/ru/apply").words
    shown = f"Common Name {user['user_id']} Organizational Unit medical Organizational Unit hokkaido"
    assert f"{shown} Organization ReceiptOnline Country JP 通知用メールアドレス {user['mail']} 申請用データ" in words
    page = apply(obn.at("renew", user)[0])
    assert f"{shown} Organization ReceiptOnline Country JP" in page.words
    assert obn.mock.facts(user)["requests"][0]["reference_id"] in page.words


def test_a_renewal_and_a_lost_one_open_the_service(obn: Obn) -> None:
    """The old certificate opens it too, until it expires."""
    user, lost = obn.account("renewable"), obn.account("renewing")
    assert "該当" not in listed(obn.at("renew", lost)[0]).words
    assert all(obn.opens(one) for one in (renewed(obn, user), identity(user), resumed(obn, lost)))


def test_older_renewals_fill_pages_of_twenty(obn: Obn) -> None:
    """As everywhere in the family."""
    visitor, _ = obn.at("renew", obn.account("renewing", history=25))
    assert "26 件中 1 - 20 件目" in listed(visitor).words
    assert "26 件中 21 - 26 件目" in visitor.get("/p/ru/list?start=20").words


def test_a_revocation_takes_three_days(obn: Obn) -> None:
    """Until then the certificate opens the service; then nothing, and a mail says so to the confirmed address."""
    user, address = obn.account("active"), "three.days@clinic.example"
    obn.mock.pass_time(to="23:50")
    assert "受け付けました" in revoked(obn, user, address).words
    for _ in range(2):
        obn.mock.pass_time(days=1)
        assert obn.opens(identity(user))
        assert obn.mock.mails(address) == []
    obn.mock.pass_time(days=1)
    (mail,) = obn.mock.mails(address)
    assert (mail["From"], mail["Subject"]) == ("no-reply@ssk.or.jp", "【クライアント証明書 失効完了の通知】")
    assert user["request_id"] in mail.get_content()
    assert not obn.opens(identity(user))
    assert obn.at("renew", user)[1].status == 403
    assert "すでに失効" in obn.at("revoke", user)[1].error
    assert [one["status"] for one in obn.mock.facts(user)["certificates"]] == ["revoked"]


def test_a_revoked_certificate_is_not_handed_out_again(obn: Obn) -> None:
    """By the ids of its notice."""
    user = obn.account("invited")
    visitor = obn.visitor(downloaded(obn, user))
    press(visitor, addressed(visitor, obn, user), apply="申請")
    obn.mock.pass_time(days=3)
    assert "すでに失効" in press(visitor, visitor.get(obn.sites["enrol"]), **ids(user)).error


def test_nobody_is_reminded_of_a_revoked_certificate(obn: Obn) -> None:
    """Up to the revocation he is."""
    user = obn.account("active", days_left=9)
    before = len(obn.mock.mails(user["mail"]))
    revoked(obn, user)
    obn.mock.pass_time(days=9)
    assert len(obn.mock.mails(user["mail"])) == before + 1


def test_a_renewed_certificate_is_revoked_with_its_own_ids(obn: Obn) -> None:
    """Those of 送信完了; the old one's are refused."""
    user = obn.account("renewable")
    visitor = obn.visitor(renewed(obn, user))
    assert "証明書のものではありません" in named(visitor, obn, user).error
    newest = obn.mock.facts(user)["requests"][0]
    assert "メールアドレス（確認用）" in named(visitor, obn, newest).words


def test_only_the_presented_certificate_can_be_revoked(obn: Obn) -> None:
    """Not with someone else's ids, and not with half of one's own."""
    user, other = obn.account("active"), obn.account("active")
    for wrong in (ids(other), {**ids(user), "referenceId": other["reference_id"]}, {**ids(user), "referenceId": ""}):
        visitor, page = obn.at("revoke", user)
        page = press(visitor, page, **wrong)
        assert page.error
        assert "メールアドレス（確認用）" in press(visitor, page, **ids(user)).words


ADDRESSES = [
    ("a@clinic.example", "b@clinic.example", "一致しません"),
    ("a@clinic.example", "", "2回入力"),
    ("", "", "2回入力"),
    ("clinic.example", "clinic.example", "形式"),
    ("a@clinic", "a@clinic", "形式"),
    ("a b@clinic.example", "a b@clinic.example", "形式"),
    ("a@clinic.example\r\nBcc: x@y.example", "a@clinic.example\r\nBcc: x@y.example", "形式"),
    ("あ@clinic.example", "あ@clinic.example", "形式"),
    ("a@" + "b" * 300 + ".example", "a@" + "b" * 300 + ".example", "形式"),
    ("11@22.33", "11@22.33", ""),
]


@pytest.mark.parametrize(("mail", "again", "sentence"), ADDRESSES)
def test_the_address_is_checked(obn: Obn, mail: str, again: str, sentence: str) -> None:
    """A refused one can be corrected."""
    visitor = obn.holder(user := obn.account("active"))
    page = press(visitor, named(visitor, obn, user), mail=mail, mailConfirm=again)
    assert sentence in page.error
    page = press(visitor, page, mail=MAIL, mailConfirm=MAIL) if sentence else page
    assert "証明書失効申請情報入力内容の確認" in page.words


def test_back_leads_to_the_address_again(obn: Obn) -> None:
    """With what was entered; nothing is applied for until 申請."""
    visitor = obn.holder(user := obn.account("active"))
    page = press(visitor, addressed(visitor, obn, user), back="戻る")
    assert page.field("mail") == MAIL
    page = press(visitor, page, mail="new@clinic.example", mailConfirm="new@clinic.example")
    assert "new@clinic.example" in page.words
    obn.mock.pass_time(days=4)
    assert obn.opens(identity(user))


def test_a_revocation_is_applied_for_once(obn: Obn) -> None:
    """The second time it is refused at the ids."""
    user = obn.account("active")
    visitor = obn.holder(user)
    late = addressed(visitor, obn, user)
    revoked(obn, user)
    assert "すでに受け付けています" in press(visitor, late, apply="申請").error
    assert "すでに受け付けています" in named(obn.holder(user), obn, user).error


@pytest.mark.parametrize("state", ["revoked", "expired"])
def test_dead_certificates_open_nothing(obn: Obn, state: str) -> None:
    """Neither service nor sites."""
    user = obn.account(state)
    assert not obn.opens(identity(user))
    assert {obn.at(site, user)[1].status for site in ("renew", "revoke")} == {403}


def test_an_entered_password_does_not_reach_the_page_again(obn: Obn) -> None:
    """Nor does the reference id."""
    user, visitor = obn.account("invited"), obn.visitor()
    page = chosen(visitor, obn, user)
    assert user["reference_id"] not in page.text
    assert "Himitsu" not in press(visitor, page, password="Himitsu", passwordConfirm="other").text


def test_a_reissue_by_telephone_sends_a_new_notice(obn: Obn) -> None:
    """The old certificate is revoked at once; the new one is downloaded with the new ids."""
    user = obn.account("active")
    obn.mock.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    asked = obn.mock.facts(user)["requests"][0]
    paper = Path(user["letter"]).with_name(f"{user['user_id']}-{asked['request_id']}.html")
    assert asked["reference_id"] in paper.read_text(encoding="utf-8")
    assert not obn.opens(identity(user))
    assert obn.opens(downloaded(obn, asked))


def test_who_downloads_twice_has_lost_no_answer(obn: Obn) -> None:
    """So a defect of its sisters, which only an exploration may see there, does not show here."""
    user = obn.account("invited")
    obn.mock.defect("unseen-download-issues-again")
    first, second = downloaded(obn, user), downloaded(obn, user)
    assert first.certificate == second.certificate

"""What Windows and Internet Explorer ask the user meanwhile, and what each answer and setting does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.browser.pc import Pc
from sekisho.certenroll import InternetOptions, Protection
from sekisho.certenroll.errors import ComError
from sekisho.certenroll.prompts import MESSAGE, ROOT_LACKING
from sekisho.certenroll.wizard import import_personal, import_root, thumbprint
from sekisho.pki.pkcs12 import ImportRefusedError, facts
from sekisho.verdict import ConfigurationProblemError

from .authority import root
from .conftest import World
from .legacy import (
    ASK,
    CANCELLED,
    CANNOT_CREATE,
    INSTALL,
    MEMBER,
    TRY,
    UNTRUSTED,
    Legacy,
    answer,
    packed,
)


def test_the_user_can_refuse(quick: Legacy) -> None:
    """The control's work on certificates; asked once for each control, not for each call."""
    quick.user.decide("Web アクセスの確認", "いいえ")
    assert quick.run(ASK, {}) == CANCELLED
    quick.user.follow_manual("Web アクセスの確認")
    quick.recorded.clear()
    assert quick.run(TRY, 'l = make("CCspInformations"); l.AddAvailableCsps(); l.AddAvailableCsps(); l.Count') == 24
    assert quick.titles == ["Web アクセスの確認"]


def test_an_addon_is_asked_about_once(cpc: Pc, world: World) -> None:
    """Refused, the page has no control, neither made nor in an element; allowed, it has, and later ones too."""
    legacy = Legacy(cpc, world.plain.url, InternetOptions())
    legacy.user.decide("通知バー", "閉じる")
    assert legacy.run(TRY, "1") == CANNOT_CREATE
    element = '<object id=o classid="CLSID:884E2049-217D-11DA-B2A4-000E7BBB2B09"></object>'
    script = "h => { document.body.innerHTML = h; try { o.CreateObject('') } catch (e) { return e.number >>> 0 } }"
    assert legacy.run(script, element) == MEMBER
    legacy.user.follow_manual("通知バー")
    assert [legacy.run(TRY, "1"), legacy.run(TRY, "1")] == [1, 1]
    assert legacy.titles == ["通知バー", "通知バー", "通知バー", "Internet Explorer セキュリティ"]


@pytest.mark.parametrize(
    ("wanted", "press", "protection", "titles"),
    [
        (0, "", Protection.NONE, []),
        (1, "OK", Protection.MEDIUM, ["新しい RSA 交換キーを作成します"]),
        (
            1,
            "",
            Protection.HIGH,
            [
                "新しい RSA 交換キーを作成します",
                "セキュリティ レベルの選択",
                "パスワードの作成",
                "新しい RSA 交換キーを作成します",
            ],
        ),
        (2, "", Protection.HIGH, ["パスワードの作成", "新しい RSA 交換キーを作成します"]),
    ],
)
def test_a_key_is_guarded_as_page_and_user_want(
    quick: Legacy, wanted: int, press: str, protection: Protection, titles: list[str]
) -> None:
    """OK at once leaves it without a password; a page can insist on one. The password is in no record."""
    if press:
        quick.user.decide("新しい RSA 交換キーを作成します", press)
    assert isinstance(quick.run(ASK, {"KeyProtection": wanted}), str)
    assert quick.computer.made[0].protection is protection
    assert quick.titles == ["Web アクセスの確認", *titles]
    assert "Pin12" not in str(quick.recorded)


def test_a_cancelled_key_is_not_made(quick: Legacy) -> None:
    """At each of the dialogs."""
    quick.user.decide("新しい RSA 交換キーを作成します", "キャンセル")
    assert quick.run(ASK, {"KeyProtection": 1}) == CANCELLED
    quick.user.follow_manual("新しい RSA 交換キーを作成します")
    quick.user.decide("パスワードの作成", "キャンセル")
    assert quick.run(ASK, {"KeyProtection": 1}) == CANCELLED
    assert quick.computer.made == []


def test_an_answer_that_no_dialog_offers_is_a_mistake_of_the_scenario(quick: Legacy) -> None:
    """Not of the portal."""
    quick.user.decide("Web アクセスの確認", "たぶん")
    with pytest.raises(ConfigurationProblemError, match="たぶん"):
        quick.run(ASK, {})


def test_a_page_does_not_hang_on_a_mistake_of_the_scenario(quick: Legacy) -> None:
    """Its question is closed, and the mistake is told."""
    quick.user.decide("Web ページからのメッセージ", "たぶん")
    with pytest.raises(ConfigurationProblemError, match="たぶん"):
        quick.run("() => confirm('go on?')")


def test_what_the_page_itself_asks_is_answered_too(quick: Legacy) -> None:
    """Messages and questions of its script."""
    quick.user.decide("Web ページからのメッセージ", "OK")
    assert quick.run("() => { alert('done'); return confirm('go on?') }") is True
    quick.user.decide("Web ページからのメッセージ", "キャンセル")
    assert quick.run("() => { alert('no choice'); return confirm('go on?') }") is False
    assert [(one.text, one.pressed) for one in quick.recorded] == [
        ("done", "OK"),
        ("go on?", "OK"),
        ("no choice", "OK"),
        ("go on?", "キャンセル"),
    ]


def test_a_question_about_the_lacking_root_is_told_from_others(quick: Legacy) -> None:
    """All have one title; this one comes once the control has found no root, and can be answered in another way."""
    quick.user.decide(ROOT_LACKING, "キャンセル")
    authority, page = root("Authority"), quick.page()
    response = packed(answer(page.evaluate(ASK, {}), authority), authority.cert)
    assert page.evaluate("() => confirm('install?')") is True
    assert page.evaluate(INSTALL, [0, response, 1]) == UNTRUSTED
    assert page.evaluate("() => confirm('without the root?')") is False
    assert [one.about for one in quick.user.read if one.title == MESSAGE] == ["", ROOT_LACKING]


def test_a_saved_certificate_joins_its_key(quick: Legacy, tmp_path: Path) -> None:
    """Without its root; and no other certificate does, nor a file that is none."""
    authority = root("Authority")
    own = answer(quick.run(ASK, {}), authority)
    file = tmp_path / "client.cer"
    for data, problem in ((authority.cert.public_bytes(Encoding.DER), ComError), (b"noise", ImportRefusedError)):
        file.write_bytes(data)
        with pytest.raises(problem):
            import_personal(quick.computer, file)
    file.write_bytes(own.public_bytes(Encoding.DER))
    assert import_personal(quick.computer, file)
    assert [one.sha256 for one in quick.pc.store.personal()] == [facts(own).sha256]
    assert quick.pc.store.trusted_roots() == [
        one for one in quick.pc.store.trusted_roots() if one.subject_cn != "Authority"
    ]


@pytest.mark.parametrize("title", ["証明書のインポート ウィザード", "セキュリティ警告"])
def test_a_root_is_trusted_only_if_the_user_goes_through_with_it(quick: Legacy, tmp_path: Path, title: str) -> None:
    """The warning shows its name and its fingerprint."""
    authority = root("Authority")
    file = tmp_path / "root.cer"
    file.write_bytes(authority.cert.public_bytes(Encoding.DER))
    quick.user.decide(title, "いいえ" if title == "セキュリティ警告" else "キャンセル")
    assert not import_root(quick.computer, file)
    assert "Authority" not in [one.subject_cn for one in quick.pc.store.trusted_roots()]
    quick.user.follow_manual(title)
    assert import_root(quick.computer, file)
    warning = next(one for one in quick.recorded if one.title == "セキュリティ警告")
    assert f"Authority 拇印 (sha1): {thumbprint(authority.cert)}" in warning.text


Changes = Callable[[InternetOptions, str], None]
SETTINGS: dict[str, Changes] = {
    "trusted site": lambda options, origin: options.trusted_sites.add(origin),
    "ask": lambda options, _: setattr(options, "ask_about_unmarked", True),
    "no protected mode": lambda options, _: setattr(options, "protected_mode", False),
}


@pytest.mark.parametrize("missing", ["", *SETTINGS])
def test_a_locked_down_browser_needs_every_setting(cpc: Pc, world: World, missing: str) -> None:
    """And heeds them in windows that are opened afterwards."""
    legacy = Legacy(cpc, world.plain.url, InternetOptions(locked_down=True, addon_allowed=True))
    before = legacy.page()
    for name, change in SETTINGS.items():
        if name != missing:
            change(legacy.options, world.plain.url.rstrip("/"))
    assert legacy.run(TRY, "1") == (CANNOT_CREATE if missing else 1)
    assert legacy.titles == ([] if missing else ["Internet Explorer"])
    before.close()

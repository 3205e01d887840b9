"""What a scenario has a person type: words, what a user has or has noted, what a mail says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pages.dialect import Dialect
from sekisho.evidence.masking import Masking
from sekisho.portal import Account
from sekisho.results import Mail
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError
from steps.entries import Entry, Notes

WORDS = Dialect("d.toml", {"mail": {"number": ["受付番号"]}, "secrets": {"code": ["パスコード"]}})
BODY = "受付番号：R-12\nパスコード: 884-1200\n"
MAIL = Mail(sender="a@b.test", recipient="c@d.test", subject="ご案内", body=BODY, date=datetime.now(UTC))
USER = Account("invited", "emp1", "", name="山田太郎", facts={"request_id": "777"})


@pytest.fixture
def masking() -> Masking:
    """Without secrets."""
    return Masking()


@pytest.fixture
def entry(request: pytest.FixtureRequest, masking: Masking) -> Entry:
    """Whatever a scenario has got."""
    notes = Notes()
    notes.note("預り番号", "A-7")
    there: dict[str, Any] = {"account": USER, "mail": MAIL, "notes": notes, "key_password": "Made-up-1"}

    def get(name: str) -> Any:  # noqa: ANN401 - as pytest's own
        return there[name] if name in there else request.getfixturevalue(name)

    return Entry("danshin", WORDS, masking, get)


@pytest.mark.parametrize(
    ("phrase", "means"),
    [
        ("「A-1」", "A-1"),
        ("「（空）」", ""),
        ("任意のパスワード", "Made-up-1"),
        ("利用者の「ユーザーID」", "emp1"),
        ("利用者の「氏名」", "山田太郎"),
        ("利用者の「リクエスト ID」", "777"),
        ("控えた「預り番号」", "A-7"),
        ("メールの「受付番号」", "R-12"),
        ("メールの「パスコード」", "884-1200"),
    ],
)
def test_a_sentence_says_whose_what_is_typed(entry: Entry, phrase: str, means: str) -> None:
    """And a cell of a table too, where anything else is itself."""
    assert entry.phrase(phrase) == means
    assert entry.cell(phrase) == means
    assert entry.cell("A-1") == "A-1"


def test_a_secret_of_the_dialect_is_masked(entry: Entry, masking: Masking) -> None:
    """As soon as it is read."""
    entry.phrase("メールの「パスコード」")
    entry.phrase("メールの「受付番号」")
    assert "884-1200" not in masking.clean("パスコードは 884-1200、受付番号は R-12")
    assert "R-12" in masking.clean("受付番号は R-12")


@pytest.mark.parametrize(
    ("phrase", "error", "said"),
    [
        ("利用者の「ログインパスワード」", BlockedError, "利用者 emp1 のログインパスワードが無い"),
        ("利用者の「会員番号」", ConfigurationProblemError, r"\[accounts.fields\] に「会員番号」がありません"),
        ("利用者の「リファレンス ID」", ConfigurationProblemError, "使えるもの: ユーザーID、ログインパスワード"),
        ("控えた「受付番号」", BlockedError, "控えたもの: 預り番号"),
        (
            "メールの「会員番号」",
            ConfigurationProblemError,
            r"\[mail\] か \[secrets\] か \[values\] に「会員番号」がありません",
        ),
        ("いつものパスワード", ConfigurationProblemError, "使えるのは 任意のパスワード、メールのパスワード"),
    ],
)
def test_what_is_not_there_is_told(entry: Entry, phrase: str, error: type[Exception], said: str) -> None:
    """With what there is."""
    with pytest.raises(error, match=said):
        entry.phrase(phrase)


def test_a_mail_without_what_it_must_say_is_the_portals(entry: Entry, masking: Masking) -> None:
    """And none at all is the scenario's."""
    silent = Entry("danshin", WORDS, masking, lambda _: MAIL.model_copy(update={"body": "ご案内です"}))
    with pytest.raises(DeviationError, match="「ご案内」のメールに「受付番号」が無い"):
        silent.phrase("メールの「受付番号」")

"""With English chosen, what people most often read about files, machine, mail and manuals is English."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from sekisho.explore import kinds
from sekisho.language import VARIABLE
from sekisho.machine import files, os_errors
from sekisho.mail.mailbox import Maildir
from sekisho.manual import folders
from sekisho.manual.draft import questions
from sekisho.manual.selection import chosen
from sekisho.person import documents
from sekisho.preflight.finding import Place
from sekisho.target_file import read
from sekisho.target_file.hand_over import ByFiles
from sekisho.target_file.people import Nobody
from sekisho.target_file.schema import schema
from sekisho.target_file.template import template
from sekisho.verdict import BlockedError, ConfigurationProblemError, EnvironmentProblemError
from tests.manuals.test_hand_over import somebody
from tests.target_file.least import LEAST

JAPANESE = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60]")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "en")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('\n[[accounts]]\nstate = "x"', r"portal\.toml:\d+: accounts\[0\]\.user_id: this key is required"),
        ("\n[limits]\npause_second = 1", r"limits\.pause_second = 1: unknown key \(did you mean pause_seconds\?\)"),
        ("\n[limits]\npause_seconds = -1", r"limits\.pause_seconds = -1: must be at least 0"),
        ('\n[sites.more]\nx = "y"', r"sites\.more: must be a URL that begins with http:// or https://"),
        ('\n[[gaps]]\nrequirement = "DAN-RULE-99"\nreason = "x"\nuntil = 2030-01-01', "danshin has no row DAN-RULE-99"),
    ],
)
def test_what_is_wrong_with_a_target_file(tmp_path: Path, more: str, said: str) -> None:
    """Key, value and what is allowed, as in Japanese."""
    file = tmp_path / "portal.toml"
    file.write_text(LEAST + more, "utf-8")

    with pytest.raises(ConfigurationProblemError, match=said):
        read(file)


def test_a_new_target_file_explains_itself(tmp_path: Path) -> None:
    """And can be read; Japanese are only the manual's own words."""
    text = template("danshin")
    file = tmp_path / "portal.toml"
    file.write_text(text, "utf-8")

    assert read(file).name == "Staging"
    of_manual = re.compile(r"^#?\w+ = (\[|\"https:)|^#   \w+: ")
    assert not [line for line in text.splitlines() if JAPANESE.search(line) and not of_manual.match(line)]
    assert "#   reference_id" not in text
    assert "#   request_id: request ID" in text.splitlines()


def test_the_schema_is_in_the_chosen_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time it is made."""
    assert schema()["properties"]["name"]["description"] == "name that reports show"
    monkeypatch.setenv(VARIABLE, "ja")
    assert schema()["properties"]["name"]["description"] == "報告書に出る名前"


def test_what_nobody_can_do_for_a_portal() -> None:
    """It is BLOCKED, and says who is missing."""
    with pytest.raises(BlockedError) as blocked:
        Nobody().ask({"do": "pass_minutes", "minutes": 5})

    assert str(blocked.value) == (
        "Somebody would have to move the portal's clock forward by 5 min"
        " (the target file names nobody for it under [operator])"
    )


@pytest.mark.parametrize("answer", ["done\nThe light was on.\nend\n", "済み\nThe light was on.\n以上\n"])
def test_a_person_answers_in_either_language(tmp_path: Path, answer: str) -> None:
    """Whoever is asked need not know in which a run speaks."""
    with somebody(tmp_path, answer, then=lambda: asked.append(next(tmp_path.glob("*[0-9a-f].txt")).read_text("utf-8"))):
        asked = list[str]()
        found = ByFiles(tmp_path, 1).ask("Look at the light", "lamp")

    assert found.note == "The light was on."
    assert not JAPANESE.search(asked[0])


def test_a_refusal_names_its_reason(tmp_path: Path) -> None:
    """As it was given."""
    with (
        somebody(tmp_path, "cannot: the line is dead\nend\n"),
        pytest.raises(BlockedError, match=r"Telephone: .* cannot be done \(the line is dead\)"),
    ):
        ByFiles(tmp_path, 1).ask("Telephone", "call")


def test_a_finding_is_one_sentence_and_what_to_do() -> None:
    """With a full stop between them."""
    found = Place(Path("portal.toml")).problem("trust_root", "x.pem", "not a certificate", "Replace it")

    assert str(found) == "portal.toml: trust_root = 'x.pem': not a certificate. Replace it"


def test_what_a_machine_refuses(tmp_path: Path) -> None:
    """With the remedy."""
    assert os_errors.said(OSError(errno.EACCES, "Permission denied", "/x")) == (
        "/x: Permission denied. Check the permissions."
    )
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(files.RefusedFileError, match="links are not read"):
        files.read(tmp_path / "link")


def test_what_is_not_there(tmp_path: Path) -> None:
    """A manual, a scenario, a folder of mail, an exploration, a file that a scenario never made."""
    with pytest.raises(ConfigurationProblemError, match=r"there is no manual danshinn \(did you mean danshin\?\)\."):
        folders.named("danshinn")
    with pytest.raises(
        ConfigurationProblemError, match=r"--select DAN-RULE-3: there is no such row or scenario. Near it: DAN"
    ):
        chosen([], ["DAN-RULE-3"])
    with pytest.raises(EnvironmentProblemError, match=r"the mail folder .*none cannot be read: No such file"):
        Maildir(tmp_path / "none", 1).check()
    with pytest.raises(ConfigurationProblemError, match=r"--kind x: there is no such exploration \(faults / "):
        kinds.check(["x"])
    with pytest.raises(ConfigurationProblemError, match=r'suffix of a file with a table ".xls" in a scenario: must be'):
        documents.table([], "a.xls", "UTF-8", "LF")


def test_the_questions_about_a_new_manual() -> None:
    """Their usual answers too, and both languages answer."""
    given = {"id": "x", "name": "X", "sites": {"service": {"title": "X"}}}
    for one in questions.questions(given, "x"):
        one.put(given, one.usual)
        assert not JAPANESE.search(one.text)
        assert not one.choices or one.usual in one.choices

    assert given["family"] == {
        "issuer": "x Client CA",
        "sender": "support@x.example",
        "months": 36,
        "invitation_days": 30,
        "renewal_days": 30,
        "reminder_days": [30, 7],
        "finish_today": ["issue"],
        "reissue": True,
        "any_browser": False,
    }

"""What only a person can do: by files from wherever; shown by evidence, or BLOCKED."""

from __future__ import annotations

import io
import re
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from sekisho.evidence.photographs import NoPhotographError, photograph
from sekisho.results import Note, Picture, Scenario, read_scenarios
from sekisho.target_file import hand_over
from sekisho.target_file.hand_over import ByFiles, Evidence, at_terminal, typed
from sekisho.verdict import BlockedError, Verdict
from tests.manuals.portal import Premises
from tests.manuals.portal.yard import Yard

Command = Callable[..., subprocess.CompletedProcess[str]]
NAME = "電話で頼めば裏口が開く"
WORK = "電話する"
GPS = "35 41 22 N"
IN_PLACE = Path(__file__).with_name("sixth")  # a manual inside the tests' folder: its runs meet no fixture of theirs


def image(kind: str = "JPEG") -> bytes:
    """A photograph, with where it was taken."""
    taken, facts = io.BytesIO(), Image.Exif()
    facts[0x010E] = GPS
    facts[0x0112] = 6  # lying on its side
    Image.new("RGB", (40, 20), "red").save(taken, kind, exif=facts)
    return taken.getvalue()


@contextmanager
def somebody(
    folder: Path, answer: str | bytes, photo: bytes | None = None, then: Callable[[], object] = bool
) -> Iterator[None]:
    """A person who answers the one request in a folder."""

    def act() -> None:
        while not (asked := list(folder.glob("*[0-9a-f].txt"))):
            if over.wait(0.02):
                return
        then()
        if photo:
            (folder / "photo.jpg").write_bytes(photo)
        (folder / f"{asked[0].stem}.answer.txt").write_bytes(answer.encode() if isinstance(answer, str) else answer)

    over = threading.Event()
    person = threading.Thread(target=act)
    person.start()
    try:
        yield
    finally:
        over.set()
        person.join()


Go = Callable[[str], tuple[int, Scenario]]


@pytest.fixture
def go(sekisho: Command, portal_file: Path, premises: Premises, tmp_path: Path) -> Go:
    """Run the scenario with a person who calls, and then answers so."""

    def run(answer: str) -> tuple[int, Scenario]:
        folder, out, yard = tmp_path / "asked", tmp_path / "run", premises.rooms["yard"]
        assert isinstance(yard, Yard)
        folder.mkdir()
        with somebody(folder, answer, image(), yard.called.set):
            done = sekisho(
                *("run", "--manual-dir", str(IN_PLACE), "--target", str(portal_file), "--select", NAME, "--skip-check"),
                *("--certs", "context", "--out", str(out), "--hand-over", str(folder)),
            )
        (found,) = read_scenarios(out)
        assert not list(folder.glob("*[0-9a-f].txt"))
        return done.returncode, found

    return run


def test_what_a_person_shows_is_evidence(go: Go, tmp_path: Path) -> None:
    """The note, and the photograph upright and without where it was taken."""
    code, found = go("済み\n蔵番が出た\n写真 photo.jpg\n以上\n")
    assert (code, found.verdict) == (0, Verdict.PASS), found.failure
    note, picture = found.steps[0].evidence[:2]
    assert isinstance(note, Note)
    assert isinstance(picture, Picture)
    assert note.lines[1:] == ["担当者: 蔵番が出た"]
    kept = (tmp_path / "run" / picture.path).read_bytes()
    assert GPS.encode() not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((20, 40), {})
    assert picture.path.rpartition("/")[2].removesuffix(".jpg") in (tmp_path / "run" / "report.html").read_text("utf-8")


def test_a_portal_that_does_not_heed_the_call_fails(go: Go, premises: Premises) -> None:
    """For what the manual says the call comes to."""
    premises.wrong = {"deaf"}
    code, found = go("済み\n蔵番が出た\n以上\n")
    assert found.failure
    assert (code, found.failure.requirement, found.failure.portal_did) == (1, ["KURA-CALL-02"], "裏口が開いていない")


def test_whoever_forgets_the_end_of_an_answer_is_reminded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the request, which lies there as long as the answer is not complete."""
    monkeypatch.setattr(hand_over, "FORGOTTEN_SECONDS", 0.2)
    reminded = threading.Event()

    def finish() -> None:
        (request,) = tmp_path.glob("*[0-9a-f].txt")
        answer = tmp_path / f"{request.stem}.answer.txt"
        answer.write_text("済み\n見た\n", "utf-8")
        while "「以上」ではありません" not in request.read_text("utf-8"):
            if over.wait(0.02):
                return
        reminded.set()
        answer.write_text("済み\n見た\n以上\n", "utf-8")

    over = threading.Event()
    person = threading.Timer(0.2, finish)
    person.start()
    try:
        assert ByFiles(tmp_path, 1).ask(WORK, "a-b-1") == Evidence("見た")
    finally:
        over.set()
        person.join()
    assert reminded.is_set()
    assert not list(tmp_path.glob("*[0-9a-f].txt"))


ANSWERS = {
    "told that it cannot be done": ("できない 電話が話し中\n以上\n", "できないと答えた（電話が話し中）"),
    "without a reason": ("できない\n以上\n", "理由は述べられなかった"),
    "without evidence": ("済み\n以上\n", "見たことも写真も無い"),
    "something else": ("はい\n以上\n", "1 行目が「済み」でも「できない」でもない"),
    "a photograph that is not there": ("済み\n写真 none.jpg\n以上\n", "写真を使えない"),
    "a photograph elsewhere": ("済み\n写真 ../photo.jpg\n以上\n", "フォルダーの中の名前ではありません"),
    "a photograph that is none": ("済み\n写真 photo.jpg\n以上\n", "PNG か JPEG の画像ではない"),
    "not finished": ("済み\n見た\n", "最後の行が「以上」でない"),
}


@pytest.mark.parametrize(("answer", "said"), ANSWERS.values(), ids=ANSWERS)
def test_anything_else_is_blocked_with_its_reason(tmp_path: Path, answer: str, said: str) -> None:
    """Never a PASS."""
    photo = b"<svg/>" if "photo" in answer else None
    with somebody(tmp_path, answer, photo), pytest.raises(BlockedError, match=re.escape(said)):
        ByFiles(tmp_path, 0.02).ask(WORK, "x-1")


def test_an_answer_in_another_encoding_is_blocked(tmp_path: Path) -> None:
    """As an old editor writes it."""
    with somebody(tmp_path, "済み".encode("cp932")), pytest.raises(BlockedError, match="UTF-8 でない"):
        ByFiles(tmp_path, 1).ask(WORK, "x-1")


def test_an_answer_to_an_earlier_question_is_none(tmp_path: Path) -> None:
    """Each request has a name of its own, also when several are open at once."""
    with somebody(tmp_path, "済み\n一回目\n以上\n"):
        assert ByFiles(tmp_path, 1).ask(WORK, "x-1") == Evidence("一回目")
    with pytest.raises(BlockedError, match="答えがなかった"):
        ByFiles(tmp_path, 0.002).ask(WORK, "x-1")


def test_nobody_at_a_terminal_is_blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """In CI; and the other way is named."""
    monkeypatch.setenv("CI", "1")
    with pytest.raises(BlockedError, match="--hand-over DIR"):
        at_terminal(0.01).ask(WORK, "x-1")


@pytest.mark.parametrize(("line", "said"), [("", "証拠になりません"), ("none.jpg", "読めません")])
def test_a_line_that_shows_nothing_is_asked_for_again(line: str, said: str) -> None:
    """A person has mistyped it."""
    with pytest.raises(ValueError, match=said):
        typed(line)


def test_a_line_is_a_note_or_a_photograph(tmp_path: Path) -> None:
    """By the file's name."""
    (tmp_path / "p.PNG").write_bytes(image("PNG"))
    assert typed("蔵番が出た") == Evidence("蔵番が出た")
    assert typed(str(tmp_path / "p.PNG")).photographs[0].startswith(b"\xff\xd8\xff")


HUGE = b"IHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x02\x00\x00\x00"
BAD_IMAGES = {
    "no image": b"%PDF-1.7",
    "cut off": image()[:300],
    "another format": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "nothing": b"",
    "a claim of too many pixels": b"\x89PNG\r\n\x1a\n\x00\x00\x00\r" + HUGE + zlib.crc32(HUGE).to_bytes(4, "big"),
}


@pytest.mark.parametrize("data", BAD_IMAGES.values(), ids=BAD_IMAGES)
def test_what_is_no_photograph_is_refused(tmp_path: Path, data: bytes) -> None:
    """With its name."""
    (tmp_path / "x.jpg").write_bytes(data)
    with pytest.raises(NoPhotographError, match=r"x\.jpg"):
        photograph(tmp_path / "x.jpg")

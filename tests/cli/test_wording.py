"""The command line's help and what it says of a wrong call: in the run's language, whatever its library speaks."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import pytest

from sekisho.cli import _run
from sekisho.cli.exit import Exit

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
Sekisho = Callable[..., "subprocess.CompletedProcess[str]"]


def said(words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The first line of what a wrong call is told."""
    monkeypatch.setattr("sys.argv", ["sekisho", *words.split()])
    assert _run() == Exit.USAGE
    return capsys.readouterr().err.splitlines()[0]


WRONG = [
    ("lst", "lst: そのようなコマンドはありません。近い名前: list。", "lst: no such command. Nearest: list."),
    (
        "list --jsn",
        "--jsn: そのようなオプションはありません。近い名前: --json。",
        "--jsn: no such option. Nearest: --json.",
    ),
    ("run -x", "-x: そのようなオプションはありません。", "-x: no such option."),
    ("run --out", "--out には値が要ります。", "--out needs a value."),
    ("run --headed=1", "--headed は値を取りません。", "--headed takes no value."),
    (
        "run --repeat 0",
        "--repeat 0: 1 から 1000 の整数を指定してください。",
        "--repeat 0: must be a whole number from 1 to 1000.",
    ),
    ("explore --seed x", "--seed x: 整数を指定してください。", "--seed x: must be a whole number."),
    (
        "explore --budget 0",
        "--budget 0: 1 以上の整数を指定してください。",
        "--budget 0: must be a whole number from 1.",
    ),
    (
        "run --certs y",
        "--certs y: auto、native、context のどれかを指定してください。",
        "--certs y: must be one of auto, native, context.",
    ),
    ("check", "FILE がありません。指定してください。", "FILE is missing."),
    ("certify x", "--key がありません。指定してください。", "--key is missing."),
    ("check a b c", "余分な引数があります: b c", "unexpected arguments: b c"),
]


@pytest.mark.parametrize(("words", "japanese", "english"), WRONG, ids=[words for words, *_ in WRONG])
def test_a_wrong_call_is_told_in_either_language(
    words: str, japanese: str, english: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What, its value, and what is allowed."""
    assert said(words, monkeypatch, capsys) == f"sekisho: {japanese}"

    monkeypatch.setenv("SEKISHO_LANG", "en")
    assert said(words, monkeypatch, capsys) == f"sekisho: {english}"


def test_a_wrong_call_tells_how_it_is_made(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command's usage, and where more stands."""
    monkeypatch.setenv("SEKISHO_LANG", "en")
    monkeypatch.setattr("sys.argv", ["sekisho", "target", "init"])
    _run()

    usage = capsys.readouterr().err.splitlines()[1:]
    assert usage == ["Usage: sekisho target init [OPTIONS] MANUAL", "For more: sekisho target init -h"]


@pytest.mark.parametrize("command", [[], ["run"], ["explore"], ["certify"], ["target"], ["manual", "new"]])
def test_help_is_in_one_language(sekisho: Sekisho, command: list[str]) -> None:
    """English without a word of Japanese, with the option that chose it."""
    page = sekisho(*command, "-h", "--lang", "en")

    assert page.returncode == Exit.CONFORMANT
    assert not JAPANESE.search(page.stdout)
    assert "--lang ja|en" in page.stdout


def test_japanese_help_has_japanese_headings(sekisho: Sekisho) -> None:
    """Those that typer would write in English."""
    page = sekisho("run", "-h", "--lang", "ja").stdout

    assert page.startswith("使い方: ")
    assert "\nオプション:\n" in page
    assert "[既定: 1;" in page
    assert not re.search(r"Usage|Options|Show this|default:|required", page)


@pytest.mark.parametrize(
    ("command", "usage", "argument"),
    [
        ("report", "[OPTIONS] DIR", "DIR   The folder of a run  [required]"),
        ("merge", "[OPTIONS] DIR...", "DIR   The folder of each shard's run  [required]"),
        ("sentences", "[OPTIONS] [WORDS]...", "WORDS   Words in the sentence or in its heading"),
        ("doctor", "[OPTIONS] [NAME|PATH]", "NAME|PATH   The browser to look at (default: one that is found)"),
    ],
)
def test_help_names_arguments_as_people_write_them(sekisho: Sekisho, command: str, usage: str, argument: str) -> None:
    """Without Python's types and the braces of typer."""
    page = " ".join(sekisho(command, "-h", "--lang", "en").stdout.split())

    assert f"{command} {usage} " in page
    assert f"Arguments: {' '.join(argument.split())} " in page


def test_no_help_of_a_command_is_cut_off(sekisho: Sekisho) -> None:
    """However narrow the screen."""
    assert "..." not in sekisho("-h", "--lang", "en", COLUMNS="60").stdout.replace("[ARGS]...", "")

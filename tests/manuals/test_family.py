"""A manual of a family lies elsewhere, and is carried out without a target file: the mock plays its portal."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.manual.checking import problems
from sekisho.manual.folders import read
from sekisho.results import read_run, read_scenarios
from sekisho.verdict import Verdict

Command = Callable[..., subprocess.CompletedProcess[str]]
SHIRO = Path(__file__).with_name("shiro")


@pytest.fixture
def shiro(tmp_path: Path) -> Path:
    """The folder; its name is not the manual's."""
    return shutil.copytree(SHIRO, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("__pycache__"))


def run(sekisho: Command, shiro: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One run in a browser, and where its results are."""
    out = shiro.parent / "run"
    options = ("--manual-dir", str(shiro), "--manual", "shiro", "--certs", "context", "--jobs", "1", "--out", str(out))
    return sekisho("run", *options, *arguments), out


def test_a_user_gets_and_uses_a_certificate_of_its_portal(sekisho: Command, shiro: Path) -> None:
    """From the mail to the service, in the words of its own dialect; to wait for the next day takes no time here."""
    whole, waiting = "案内のメールから城オンラインへのログインまで", "期限の31日前には更新できず、翌日にはできる"
    by_mail = "期限の30日前には更新できる"
    done, out = run(sekisho, shiro, "--select", whole, "--select", waiting, "--select", by_mail)
    assert done.returncode == 0, done.stdout + done.stderr
    found = {one.name: (one.manual, one.verdict) for one in read_scenarios(out)}
    assert found == dict.fromkeys((whole, waiting, by_mail), ("shiro", Verdict.PASS))
    assert read_run(out).called["shiro"].name == "城オンライン"


def test_a_defect_of_the_family_is_found(sekisho: Command, shiro: Path) -> None:
    """By the scenario of the row that it breaks."""
    name = "renewal-opens-on-day-31"
    done, out = run(sekisho, shiro, "--defect", name, "--select", "期限の31日前には更新できない")
    assert done.returncode == 1, done.stdout + done.stderr
    (scenario,) = read_scenarios(out)
    assert (scenario.verdict, scenario.ids) == (Verdict.FAIL, ["SHIRO-RULE-03"])
    assert "引用していません" not in done.stderr


def test_its_defects_are_listed_wherever_it_comes_from(sekisho: Command, shiro: Path) -> None:
    """From a folder that is named, and from a package that brings it."""
    options = ("list", "--defects", "--manual", "shiro", "--json")
    named = sekisho(*options, "--manual-dir", str(shiro)).stdout
    site = shiro.parent / "site"
    shutil.copytree(shiro, site / "shiro_manual")
    (site / "shiro_manual" / "__init__.py").write_text("")
    info = site / "shiro_manual-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shiro-manual\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[sekisho.manuals]\nshiro = shiro_manual\n")
    assert sekisho(*options, PYTHONPATH=str(site)).stdout == named
    listed = {one["name"]: one["ids"] for one in json.loads(named)}
    assert listed["renewal-opens-on-day-31"] == ["SHIRO-RULE-03"]
    assert "invitation-never-expires" not in listed  # its row SHIRO-RULE-01 is not in this rows.csv


BREAKS = """
[family.breaks]
wrong-isuer = ["SHIRO-VERIFY-01"]
nissay-certificate-opens-web = ["SHIRO-VERIFY-01"]
wrong-issuer = ["SHIRO-VERIFY-02"]
"""
SAID = (
    "26: family.breaks.wrong-isuer: この手順書のポータルには無い欠陥です（wrong-issuer のことですか）",
    "27: family.breaks.nissay-certificate-opens-web: この手順書のポータルには無い欠陥です",
    "28: family.breaks.wrong-issuer = 'SHIRO-VERIFY-02': rows.csv に無い項番です（SHIRO-VERIFY-01 のことですか）",
)


def test_rows_that_a_defect_breaks_are_checked(shiro: Path) -> None:
    """The defect is one of this portal's, and the row one of this manual's."""
    with (shiro / "manual.toml").open("a", encoding="utf-8") as file:
        file.write(BREAKS)
    told = problems(read(shiro))
    assert len(told) == len(SAID)
    assert all(one.startswith(f"{shiro / 'manual.toml'}:{said}") for one, said in zip(told, SAID, strict=True)), told


def test_a_misspelt_key_is_told_with_its_line(sekisho: Command, shiro: Path) -> None:
    """With exit code 2, by whatever command."""
    path = shiro / "manual.toml"
    path.write_text(path.read_text("utf-8").replace("months =", "monhts ="), encoding="utf-8")
    done = sekisho("serve", "--manual-dir", str(shiro))
    told = f"{path}:22: family.monhts = 13: 知らない項目です（months のことですか）"
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr

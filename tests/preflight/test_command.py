"""`sekisho check`, and the same first in every run: a real browser at a portal that a target file describes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.server import Hostile
from tests.target_file.mock_target import MockTarget, running


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockTarget]:
    """A portal that keeps to the manual of danshin."""
    with running(tmp_path_factory.mktemp("portal"), "danshin") as portal:
        portal.provision("active")
        yield portal


def sekisho(*arguments: object) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    return subprocess.run(
        [sys.executable, "-c", "from sekisho.cli import main; main()", *map(str, arguments)],
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "160"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def checked(file: Path) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]]]:
    """The exit code of a check, its problems and its hints."""
    done = sekisho("check", file, "--json")
    assert "Traceback" not in done.stderr, done.stderr
    told = json.loads(done.stdout)
    return done.returncode, told["problems"], told["hints"]


def test_a_file_that_fits_its_portal_has_hints_only(portal: MockTarget) -> None:
    """What the pool cannot serve is a hint: no target need serve every scenario."""
    file = portal.write()
    code, problems, hints = checked(file)
    assert (code, problems) == (0, [])
    assert {one["key"] for one in hints} == {"accounts"}
    assert any("実施不能（BLOCKED）" in one["what"] and "\n・" in one["what"] for one in hints)
    (destructive,) = (one for one in hints if "失効か再発行" in one["what"])
    assert destructive["remedy"] == "run に --allow-destructive を付けると実施できます"
    assert any("すべて不適合でも判定しきるには、あと active 2" in one["what"] for one in hints)


def test_mails_that_are_called_otherwise_are_named(tmp_path: Path) -> None:
    """Where no user has got one by the file's words: each scenario would wait for it, and blame the portal."""
    names = ("guide", "user_id_notice", "password_notice", "renewal")
    with running(tmp_path, "danshin") as portal:
        portal.provision("invited")
        file = portal.write("[dialect.mail]\n" + "\n".join(f'{name} = ["別の件名"]' for name in names))
        code, problems, hints = checked(file)
    assert (code, problems) == (0, [])
    (mail,) = (one for one in hints if one["key"] == "mail")
    assert "クライアント証明書取得のご案内" in mail["what"]
    assert mail["remedy"] == f"件名の言葉を [dialect.mail] に書いてください（{'、'.join(names)}）"


def test_a_word_that_the_first_page_does_not_show_is_named_with_its_place_in_the_file(portal: MockTarget) -> None:
    """The file says that the button is called something else than it is; nothing is carried out."""
    file = portal.write('[dialect.buttons]\nlogin = ["ログオン"]')
    done = sekisho("check", file)
    assert done.returncode == 2
    assert "dialect.buttons.login = 'ログオン'" in done.stdout
    assert "ユーザ認証" in done.stdout
    out = portal.folder / "never"
    refused = sekisho("run", "--target", file, "--out", out)
    assert refused.returncode == 2, refused.stderr
    line = next(n for n, one in enumerate(file.read_text("utf-8").splitlines(), 1) if one.startswith("login = "))
    assert f"{file}:{line}: dialect.buttons.login = 'ログオン'" in refused.stderr
    assert not out.exists()


def test_everything_is_said_at_once_with_line_and_user(portal: MockTarget) -> None:
    """What the file gets wrong, a site that is not there, one without encryption, a word, a secret, a user."""
    file = portal.write('[dialect.buttons]\nlogin = ["ログオン"]')
    text = file.read_text("utf-8").replace("state =", "stat = 1\nstate =", 1)
    text = re.sub(r'renew = ".*"', 'renew = "https://127.0.0.1:9/"', text)
    text = re.sub(r'web = ".*"', 'web = "http://127.0.0.1:9/"', text)
    text = re.sub(r'login_password_env = ".*"', 'login_password_env = "NOT_SET_ANYWHERE"', text, count=1)
    file.write_text(text, encoding="utf-8")
    code, problems, hints = checked(file)
    assert code == 2
    keys = {one["key"] for one in problems}
    assert {"accounts[0].stat", "sites.renew", "dialect.buttons.login", "accounts[0].login_password_env"} <= keys
    assert "sites.web" in {one["key"] for one in hints}
    lines = text.splitlines()
    for one in problems:
        assert one["line"], one
        name = one["key"].rpartition(".")[2]
        assert lines[one["line"] - 1].startswith(name), one
    users = {one["key"]: one["user_id"] for one in problems}
    assert users["accounts[0].login_password_env"]
    assert users["sites.renew"] == ""
    shown = sekisho("check", file).stdout
    assert all(f"{file}:{one['line']}: {one['key']}" in shown for one in problems)


def test_a_browser_that_is_not_there_keeps_nothing_from_being_said(portal: MockTarget) -> None:
    """Nor does a word that the manual does not have, which is said once."""
    file = portal.write('[browser]\nuse = "~/no browser"\n\n[dialect.buttons]\nlogn = ["ログオン"]')
    file.write_text(file.read_text("utf-8").replace('user_id = "', 'user_id = "x', 1), encoding="utf-8")
    code, problems, hints = checked(file)
    assert code == 2
    assert [one["key"] for one in problems] == ["dialect.buttons.logn", "browser.use"]
    assert "そのファイルはありません" in problems[1]["what"]
    assert all(one["line"] for one in problems)
    assert hints


def test_a_run_can_do_without(portal: MockTarget) -> None:
    """Where the portal itself is what is wrong, its words are tried all the same."""
    portal.write('[dialect.buttons]\nlogin = ["ログオン"]')
    done = portal.run("--skip-check", "--select", "DAN-FAQ-03", out="without")
    assert (portal.folder / "without" / "run.json").is_file(), done.stderr
    assert "点検" not in done.stderr


def test_a_file_of_another_manual_is_told_which(portal: MockTarget) -> None:
    """The portal shows the words of another manual than the file says; its users have something that these have not."""
    file = portal.write()
    lines = [one for one in file.read_text("utf-8").splitlines() if not one.startswith(("nissay =", "web ="))]
    file.write_text("\n".join(lines).replace('manual = "danshin"', 'manual = "kihonet"'), encoding="utf-8")
    code, problems, _ = checked(file)
    assert code == 2
    assert [one["key"] for one in problems] == ["accounts[0].password_mail", "manual"]
    unknown, manual = problems
    assert "知らない項目" in unknown["what"]
    assert "danshin の画面のようです" in manual["what"]
    assert manual["value"] == "kihonet"


@pytest.mark.parametrize(("path", "said"), [("/alerts", "メッセージを 20 回を超えて"), ("/fine", "見つかりません")])
def test_a_first_page_that_means_harm_or_is_another_is_bounded(portal: MockTarget, path: str, said: str) -> None:
    """As in a scenario."""
    hostile, file = Hostile(), portal.write()
    enrol = portal.ready["systems"]["danshin"]["enrol"]
    file.write_text(file.read_text("utf-8").replace(enrol, f"{hostile.url}{path}"), encoding="utf-8")
    code, problems, _ = checked(file)
    hostile.close()
    assert code == 2
    assert all(said in one["what"] for one in problems)
    assert problems


def test_a_file_that_cannot_be_read_is_refused_as_by_a_run(tmp_path: Path) -> None:
    """With the file's name."""
    done = sekisho("check", tmp_path / "none.toml", "--json")
    assert done.returncode == 2
    assert "none.toml" in done.stderr

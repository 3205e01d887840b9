"""`sekisho target`: what init writes can be read and serves a whole run; the schema is current, and agrees."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from sekisho.manual.folders import FEATURES, known, named
from sekisho.manual.rows import rows
from sekisho.target_file import read, unmet
from sekisho.target_file.entries import target_of
from sekisho.target_file.schema import schema, text
from sekisho.target_file.template import template

ROOT = FEATURES.parent
MANUALS = list(known())
OPERATOR = '\n[operator]\ncommand = ["desk"]\n'


def sekisho(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, in a process of its own."""
    command = [sys.executable, "-X", "utf8", "-c", "from sekisho.cli import main; main()", "target", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=30)


def judge(text: str) -> None:
    """The schema's opinion of a file, by a validator that is not ours."""
    facts = json.loads(json.dumps(tomllib.loads(text), default=str))
    jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker()).validate(facts)


@pytest.mark.parametrize("manual", MANUALS)
def test_what_init_writes_is_read_and_its_accounts_serve_every_scenario(tmp_path: Path, manual: str) -> None:
    """In full, once somebody moves the clock; the schema agrees, with the comments taken off too."""
    written = template(manual, full=True)
    judge(written)
    path = tmp_path / "portal.toml"
    path.write_text(written + OPERATOR, encoding="utf-8")
    assert unmet(read(path), tmp_path, allow_destructive=True) == []


@pytest.mark.parametrize("manual", MANUALS)
def test_what_init_writes_at_first_is_one_user_in_each_state(tmp_path: Path, manual: str) -> None:
    """With what it has as comments it is as good as in full."""
    path, full = tmp_path / "portal.toml", tmp_path / "full.toml"
    path.write_text(template(manual), encoding="utf-8")
    full.write_text(template(manual, full=True), encoding="utf-8")
    least, whole = read(path).accounts, read(full).accounts
    assert sorted(one.state for one in least) == sorted({one.state for one in whole})
    uncommented = [line.removeprefix("#") for line in template(manual).splitlines() if line[:2] not in {"# ", "#["}]
    users = {line for line in uncommented if line.startswith('user_id = "')}
    assert users == {f'user_id = "{one.user_id}"' for one in whole}


@pytest.mark.parametrize("manual", MANUALS)
def test_init_has_every_key_that_the_schema_has(manual: str) -> None:
    """As a line, or among the comments."""
    written = template(manual)
    own = target_of(named(manual)).model_json_schema()
    for name, table in {"": own, **own["$defs"]}.items():
        missing = [key for key in table["properties"] if not re.search(rf"(^|[#\[{{ .]){key}\b", written, re.MULTILINE)]
        assert not missing, (name, missing)


@pytest.mark.parametrize("manual", MANUALS)
def test_every_optional_line_is_right_too(tmp_path: Path, manual: str) -> None:
    """A person only takes the # off; some lines contradict others and say so."""
    lines = [line.removeprefix("#") if line[:2] not in {"# ", "#"} else line for line in template(manual).splitlines()]
    instead = ("maildir", 'folder = "mails"', "command", "token_env", "token_command")
    all_on = "\n".join(line for line in lines if not line.startswith(instead))
    all_on = all_on.replace('requirement = "項番"', f'requirement = "{row(manual)}"')
    judge(all_on)
    (tmp_path / "portal.toml").write_text(all_on, encoding="utf-8")
    target = read(tmp_path / "portal.toml")
    assert target.operator.ask
    assert target.mail.imap is not None
    assert target.dialect


def row(manual: str) -> str:
    """A row of a manual."""
    return next(one.id for one in rows() if one.manual == manual)


def test_the_published_files_are_current() -> None:
    """Make them again: sekisho target schema > docs/target.schema.json, and init danshin > targets/danshin.toml."""
    assert (ROOT / "docs" / "target.schema.json").read_text(encoding="utf-8") == text()
    assert (ROOT / "targets" / "danshin.toml").read_text(encoding="utf-8") == template("danshin")


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    """An unknown key, a state that there is not, a secret in place of its variable."""
    good = template("danshin")
    for wrong in (
        good.replace("[sites]", "[sitse]", 1),
        good.replace('state = "invited"', 'state = "invitd"', 1),
        good.replace('"DANSHIN_INVITED01_PASSWORD"', '"pa$$word"', 1),
        good.replace('manual = "danshin"', 'manual = "dansin"', 1),
        good.replace("[[accounts]]", '[[accounts]]\notp_seed_env = "SEED"', 1),
    ):
        assert wrong != good
        with pytest.raises(jsonschema.ValidationError):
            judge(wrong)


def test_init_writes_a_file_once(tmp_path: Path) -> None:
    """What is there already may hold a day's work."""
    path = tmp_path / "portal.toml"
    done = sekisho("init", "obn", "--out", str(path))
    assert (done.returncode, str(path) in done.stdout) == (0, True)
    assert read(path).manual == "obn"
    again = sekisho("init", "danshin", "--out", str(path))
    assert (again.returncode, "すでにあります" in again.stderr) == (2, True)
    nowhere = sekisho("init", "danshin", "--out", str(tmp_path / "no" / "portal.toml"))
    assert (nowhere.returncode, "書けません（No such file" in nowhere.stderr) == (2, True)


def test_an_unknown_manual_is_refused_with_the_known_ones() -> None:
    """As everywhere."""
    done = sekisho("init", "dansin")
    assert (done.returncode, "danshin" in done.stderr) == (2, True)


def test_the_commands_print_what_can_be_piped() -> None:
    """Nothing else on standard output."""
    assert sekisho("init", "nec").stdout == template("nec")
    assert sekisho("schema").stdout == text()

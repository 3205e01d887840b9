"""The text of each file of a new manual, made from templates."""

from __future__ import annotations

import csv
import io
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sekisho.machine.toml_text import written
from sekisho.manual import folders, rows
from sekisho.manual.draft.answers import Answers
from sekisho.manual.draft.draft import Draft
from sekisho.manual.draft.sent import HEADINGS
from sekisho.manual.draft.words import Words, merged
from sekisho.manual.family_checks import ENROL, RENEW

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FEATURES = ("issue", "verify", "refusals", "renewal", "resume", "reissue", "rules")
REISSUE = "reissue"
BINDING = '"""Binds the scenarios of this manual to pytest."""\n\nfrom pytest_bdd import scenarios\n\nscenarios(".")\n'


def files(answers: Answers) -> dict[str, str]:
    """The text of each, by its name; in features, the lines that `marks.py` reads are still there."""
    draft = Draft(answers, _words(answers))
    family = answers.family
    features = [one for one in FEATURES if one != REISSUE or family.reissue]
    return {
        folders.ABOUT: _about(answers, draft),
        folders.ROWS: _rows(draft),
        folders.DIALECT: _dialect(draft),
        folders.BINDING: BINDING,
        **{f"{one}.feature": _filled(_template(f"{one}.feature.j2"), draft) for one in features},
    }


def prefix(answers: Answers) -> str:
    """How the ids of the rows begin."""
    given = answers.family.prefix
    return given or "-".join("".join(one if one.isalpha() else " " for one in answers.id.upper()).split())


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - what is made is no HTML
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.globals["table"] = table
    return environment


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _filled(text: str, draft: Draft) -> str:
    return _environment().from_string(text).render(d=draft, f=draft.family, P=prefix(draft.answers))


def _when(condition: str, draft: Draft) -> bool:
    return bool(_environment().compile_expression(condition)(d=draft, f=draft.family))


def table(lines: list[list[str]], indent: int) -> str:
    """A table of a scenario, its columns in line."""
    cells = [[one.replace("\\", "\\\\").replace("|", "\\|") for one in line] for line in lines]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    padded = ([one + " " * (width - _width(one)) for one, width in zip(line, widths, strict=True)] for line in cells)
    return "\n".join(f"{' ' * indent}| {' | '.join(line)} |" for line in padded)


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(one) in "WFA") for one in text)


def _words(answers: Answers) -> Words:
    """The words of this portal, filled in; without those of what it does not have."""
    found = merged(answers.words, frozenset(_left_out(answers)))
    environment = _environment()
    for section, names in found.items():
        for name, words in names.items():
            if name not in answers.words.get(section, {}):
                found[section][name] = [environment.from_string(one).render(f=answers.family) for one in words]
    return found


def _left_out(answers: Answers) -> Iterator[tuple[str, str]]:
    """Whatever only switched-off parts of the portal have words for."""
    family, draft = answers.family, Draft(answers, {})
    if not family.units:
        yield "values", "organizational_unit"
    if not family.reference_ids:
        yield "values", "reference_id"
    if family.any_browser:
        yield "messages", "unsupported_browser"
    if not draft.figures.finish_today:
        yield "messages", "not_today"
    told = {one for mail in draft.sent.mails.values() for one in mail.tells}
    told |= set(draft.sent.reminder.tells) if draft.sent.reminded else set()
    mails = {*draft.sent.mails, *(["renewal"] if draft.sent.reminded else [])}
    yield from (("mail", one) for one in ("guide", "user_id_notice", "password_notice", "renewal") if one not in mails)
    if not mails:
        yield "mail", "request_id"  # which is looked for in each mail
    yield from (("mail", one) for one in ("user_id", "password", "service", "validity") if one not in told)
    kept = {HEADINGS.get(one, one) for one in (family.letter.tells if family.letter else ())}
    yield from (("letter", one) for one in ("address", "user_id", "request_id", "first_password") if one not in kept)


def _about(answers: Answers, draft: Draft) -> str:
    """manual.toml: what was answered, and what that comes to."""
    facts = answers.model_dump(mode="json", exclude_unset=True, exclude={"words", "program"})
    facts["family"]["prefix"] = prefix(answers)
    return _filled(_template("manual.toml.j2"), draft) + written(facts)


def _dialect(draft: Draft) -> str:
    services = {
        name: [f"{site.title} メニュー"] for name, site in draft.answers.sites.items() if name not in (ENROL, RENEW)
    }
    said = draft.words.get("services", {})
    words = {**draft.words, "services": {**services, **said}}
    return _filled(_template("dialect.toml.j2"), draft) + written(words)


def _rows(draft: Draft) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.OWN_COLUMNS)
    writer.writerows(_cells(row, draft) for row in _known_rows() if _when(row.get("when", "true"), draft))
    return out.getvalue()


def _known_rows() -> Iterable[Mapping[str, str]]:
    found: list[dict[str, str]] = tomllib.loads((HERE / "rows.toml").read_text("utf-8"))["rows"]
    return found


def _cells(row: Mapping[str, str], draft: Draft) -> list[str]:
    said = [_filled(row[name], draft) for name in ("does", "expects")]
    return [f"{prefix(draft.answers)}-{row['id']}", row["procedure"], row["step"], *said]

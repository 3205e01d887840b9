"""The files of a package: a run's results as they lie in its folder, and the reports made of them anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import reports
from reports import conformance
from reports.package.archive import proper
from reports.package.statement import digest
from reports.pictures import of
from reports.reading import ROWS_FILE, Results, read
from sekisho.language import say
from sekisho.machine import files as sekisho_files
from sekisho.results import scenario_names
from sekisho.verdict import ConfigurationProblemError

ATTESTATION = "attestation.intoto.json"
TIMESTAMP = "attestation.tst"
"""The time stamp (RFC 3161) of the attestation's bytes; packages without one are as good."""
UNSIGNED = frozenset({ATTESTATION, TIMESTAMP})
"""What can be no subject of the signed statement: it comes after it."""
STATEMENT = "statement.pdf"
PUBLIC_KEY = "public-key.pem"
CERTIFICATE = "certificate.pem"
SUMS = "SHA256SUMS"
RESULTS = ("run.json", ROWS_FILE)
REPORTS = ("report.html", "junit.xml", conformance.FILE)


def copied(results: Results, into: Path) -> Results:
    """A copy of what a run's results consist of, with its reports written anew: they say what the results say.

    Raises ConfigurationProblemError when a picture is missing, or a file has a name that no package can have.
    """
    names = [*RESULTS]
    names += scenario_names(results.folder)
    names += sorted({picture.path for scenario in results.scenarios for picture in of(scenario)})
    for name in names:
        _copy(results.folder, name, into)
    reports.write_all(into)
    return read(into)


def _copy(folder: Path, name: str, into: Path) -> None:
    if not proper(name):
        raise ConfigurationProblemError(
            say(
                f"{folder}: パッケージに入れられないファイル名です: {name!r}",
                f"{folder}: a package cannot have a file of this name: {name!r}",
            )
        )
    (into / name).parent.mkdir(parents=True, exist_ok=True)
    try:
        data = sekisho_files.read(sekisho_files.inside(folder, name))
        sekisho_files.write(into / name, data)
    except OSError as error:
        raise ConfigurationProblemError(
            say(
                f"{folder / name}: 読めません（{error.strerror}）。証拠が欠けています。",
                f"{folder / name}: cannot be read ({error.strerror}). Evidence is missing.",
            )
        ) from error


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name there."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def sums(found: Mapping[str, bytes]) -> bytes:
    """The list of all files with their SHA-256, as `sha256sum --check` reads it."""
    return "".join(f"{digest(found[name])}  {name}\n" for name in sorted(found)).encode("ascii")


def summed(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of a package's files that the list names: all that were there before it."""
    return {name: data for name, data in found.items() if name not in {SUMS, STATEMENT, *UNSIGNED}}

"""Results and packages that nobody wrote: read, reported, compared, or refused with a sentence."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import example, given
from hypothesis import strategies as st

from reports import write_all
from reports.compare import compare
from reports.compare.markdown import markdown
from reports.conclusion import conclude
from reports.package import archive, certify, content, dsse, paper_statement, paper_text, statement
from reports.package.verify import Verification, verify
from reports.reading import ROWS_FILE, read
from sekisho.manual.rows import text
from tests.evidence.conftest import Authority, failed, new_key, ready
from tests.hostile.mutants import mutants
from tests.hostile.trees import changed
from tests.hostile.tries import bounded, refusal, tried
from tests.reports.samples import failing, renewal, run, save, save_picture

PICTURES = ["pictures/a.jpg"] * 9
RUN = json.loads(run().model_dump_json())
SCENARIOS = [json.loads(one.model_dump_json()) for one in (renewal("更新", PICTURES), failing(), failed())]
TREND = {"earlier": 3, "unreadable": [], "changed": [], "unsteady": []}
ROWS = text()
CELLS = [
    "",
    '"',
    "\n",
    ",",
    "DAN-X-1..999999",
    "DAN-RULE-03",
    "\x00",
    "あ",
    "=cmd|x",
    "x" * 140_000,
    "\r",
    "'",
    ";",
    "\t",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with a picture."""
    place = tmp_path_factory.mktemp("run")
    save_picture(place, "a.jpg")
    return save(place, run(), [renewal("更新", PICTURES), failing()])


def written(tree: object) -> bytes:
    """JSON as any program may write it."""
    return json.dumps(tree).encode()


def reported(folder: Path, name: str, data: bytes) -> None:
    """Put a file into a run's folder, have everything made of it, and put back what was there."""
    path = folder / name
    before = path.read_bytes() if path.is_file() else None
    path.write_bytes(data)
    try:
        said = refusal(lambda: made_of(folder))
    finally:
        path.unlink() if before is None else path.write_bytes(before)
    assert said is None or str(folder) in said


def made_of(folder: Path) -> None:
    """Everything that is made of a run's folder."""
    write_all(folder)
    found = read(folder)
    markdown(compare(found, found)).encode()
    conclude(found)


@tried(150)
@given(st.sampled_from(range(len(SCENARIOS))).flatmap(lambda one: changed([SCENARIOS[one]])))
def test_a_scenario_of_other_values_is_reported_or_named(folder: Path, tree: Any) -> None:  # noqa: ANN401 - JSON
    """As a file of its own name, or of that of another."""
    name = tree.get("id") if isinstance(tree, dict) else None
    fits = isinstance(name, str) and name.isprintable() and "/" not in name and 0 < len(name) < 60
    reported(folder, f"scenarios/{name if fits else 'x'}.json", written(tree))


@tried(80)
@given(changed([RUN]))
def test_a_run_of_other_values_is_reported_or_refused(folder: Path, tree: object) -> None:
    """Whatever run.json says."""
    reported(folder, "run.json", written(tree))


@tried(40)
@given(changed([TREND]))
def test_a_trend_of_other_values_is_reported_or_named(folder: Path, tree: object) -> None:
    """Whatever the file of earlier runs says."""
    reported(folder, "trend.json", written(tree))


@tried(200)
@given(mutants([written(RUN), *map(written, SCENARIOS)]))
@example(b"")
@example(b"\xef\xbb\xbf{}")
@example(b'{"a":' * 100_000)
def test_a_file_of_other_letters_is_named(folder: Path, data: bytes) -> None:
    """Most are no JSON any more."""
    path = folder / "scenarios" / "x.json"
    path.write_bytes(data)
    with bounded():
        assert [one.file for one in read(folder).unreadable] == ["scenarios/x.json"]
    path.unlink()


@st.composite
def step_lists(draw: st.DrawFn) -> str:
    """A list of a manual's steps with other cells in it."""
    lines = draw(st.lists(st.sampled_from(ROWS.splitlines()), max_size=4))
    text = "\n".join([*draw(st.sampled_from([[ROWS.splitlines()[0]], []])), *lines])
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(CELLS)) + text[place + draw(st.integers(0, 9)) :]
    return text


@tried(300)
@given(step_lists())
def test_a_step_list_is_read_or_named(folder: Path, text: str) -> None:
    """Whatever stands in its cells."""
    (folder / ROWS_FILE).write_text(text, encoding="utf-8", newline="")
    with bounded():
        found = read(folder)
    assert {one.file for one in found.unreadable} <= {ROWS_FILE}
    (folder / ROWS_FILE).write_text(ROWS, encoding="utf-8", newline="")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    """A package with a certificate, and its signer."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(paper_statement, "pdf", lambda *_: b"%PDF-1.4 a statement")
        patched.setattr(paper_text, "read", lambda _: None)
        yield Package(tmp_path_factory.mktemp("package"))


class Package:
    """A package that is signed again and again, with other files in it."""

    def __init__(self, place: Path) -> None:
        """Make one."""
        self.root, self.key = Authority(), new_key("ec")
        held = [self.root.issue("試験者", self.key.public_key())]
        signing = certify.Signing(self.key, held, "試験 太郎", datetime(2026, 11, 21, 9, tzinfo=UTC))
        self.data = certify.certify(ready(place / "run", failed()), signing, Path("unused"))
        self.files = archive.unpack(self.data)
        self.told = json.loads(dsse.read(self.files[content.ATTESTATION]).payload)
        self._path = place / "package.zip"

    def check(self, data: bytes) -> list[Verification]:
        """What is found with the signer's key, and with the root: no exception."""
        self._path.write_bytes(data)
        found = []
        for key, roots in ((self.key.public_key(), []), (None, [self.root.certificate])):
            with bounded():
                found.append(verify(self._path, key, roots))
        return found

    def with_file(self, name: str, data: bytes) -> bytes:
        """Another file, whose sums and digest are right."""
        files = self.files | {name: data}
        files[content.SUMS] = content.sums(content.summed(files))
        told = json.loads(json.dumps(self.told))
        for one in told["subject"]:
            one["digest"]["sha256"] = statement.digest(files[one["name"]])
        return self.signed(files, told)

    def signed(self, files: dict[str, bytes], told: object) -> bytes:
        """This statement over these files."""
        payload = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return archive.pack(files | {content.ATTESTATION: dsse.seal(payload, self.key)})


@tried(400)
@given(data=st.data())
def test_a_package_with_other_bytes_is_found(package: Package, data: st.DataObject) -> None:
    """At any place: heads, directory, files, envelope."""
    changed_one = data.draw(mutants([package.data]))
    assert changed_one == package.data or all(found.problems for found in package.check(changed_one))


@tried(60)
@given(data=st.data())
def test_a_statement_of_other_values_is_found(package: Package, data: st.DataObject) -> None:
    """Signed by its signer."""
    told = data.draw(changed([package.told]))
    if told != package.told:
        assert all(one.problems or one.hints for one in package.check(package.signed(package.files, told)))


@tried(60)
@given(data=st.data())
def test_results_of_other_values_are_found(package: Package, data: st.DataObject) -> None:
    """In a package that is signed again by its signer."""
    name = data.draw(st.sampled_from(sorted(one for one in package.files if one.endswith(".json"))[1:]))
    before = json.loads(package.files[name])
    tree = data.draw(changed([before]))
    if tree != before:
        assert all(one.problems or one.hints for one in package.check(package.with_file(name, written(tree))))


@tried(200)
@given(data=st.data())
def test_a_signers_certificate_that_nobody_issued_is_found(package: Package, data: st.DataObject) -> None:
    """Malformed extensions, names, dates and keys; in a package that is signed over it."""
    held = x509.load_pem_x509_certificate(package.files[content.CERTIFICATE]).public_bytes(Encoding.DER)
    der = data.draw(mutants([held]))
    if der != held:
        pem = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"
        _, by_root = package.check(package.with_file(content.CERTIFICATE, pem))
        assert by_root.problems

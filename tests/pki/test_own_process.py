"""What strangers hand out is taken apart in the process that can be ended, and in no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.certstore import NotRootError, read_root
from sekisho.pki import pkcs12
from sekisho.pki.worker import Opener, TooLongError, UnreadableError
from tests.browser.authority import root

SEKISHO = Path(__file__).parents[2] / "sekisho"
# What takes such bytes apart, and the modules that only the process calls for it.
PARSERS = re.compile(r"load_der_x509_crl|load_der_ocsp_response|load_(der|pem)_pkcs7|load_pkcs12|load_key_and_cert")
IN_THE_PROCESS = {"certificate_files.py", "pkcs12_contents.py", "revocation_answers.py"}


def test_only_the_process_takes_files_apart() -> None:
    """A module that does so and is not one of its own would do it in the run itself."""
    found = {path.name for path in SEKISHO.rglob("*.py") if PARSERS.search(path.read_text(encoding="utf-8"))}
    assert found <= IN_THE_PROCESS


class Stuck(Opener):
    """A process that is given up on."""

    def _answer(self, asked: dict[str, str]) -> dict[str, object]:
        """Too late."""
        raise TooLongError(len(asked))


def test_a_file_that_takes_too_long_is_no_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the run goes on."""
    monkeypatch.setattr(pkcs12, "OPENER", Stuck())
    with pytest.raises(NotRootError):
        read_root(root("Test Root").cert.public_bytes(Encoding.DER))


OCTETS = {"none": b"", "a page": b"<html>", "a nest": b"\x30\x80" * 5000, "a stub": b"\x30\x82\xff\xff" + bytes(100)}


@pytest.mark.parametrize("octets", OCTETS.values(), ids=OCTETS)
def test_octets_that_are_nothing_are_nothing(octets: bytes) -> None:
    """No list, no answer, no certificate; the process lives on."""
    opener, issuer = Opener(), root("Test Root").cert.public_bytes(Encoding.DER)
    try:
        assert opener.certificates(octets) == []
        with pytest.raises(UnreadableError):
            opener.listed(octets, issuer, "1")
        with pytest.raises(UnreadableError):
            opener.answered(octets, issuer)
        assert opener.certificates(issuer) == [issuer]
    finally:
        opener.stop()

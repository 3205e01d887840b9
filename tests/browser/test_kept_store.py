"""What one store keeps while a scenario waits, another one of the same person has afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sekisho.certstore import CertStore
from sekisho.certstore.base import NotExportableError
from sekisho.certstore.context import ContextStore
from sekisho.certstore.native import NativeStore
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Place, Recorder
from sekisho.manual.citations import scenarios
from sekisho.person.holdings import Holdings
from tests.browser.authority import PASSWORD, Signer, root


def stores(kind: str, folder: Path) -> tuple[CertStore, CertStore]:
    """Two of a kind."""
    if kind == "native":
        return NativeStore(folder / "one"), NativeStore(folder / "other")
    return ContextStore(), ContextStore()


@pytest.fixture(scope="module")
def user() -> Signer:
    """Somebody's certificate."""
    return root("Kept Root").issue("Kept CA", ca=True).issue("emp00001")


@pytest.mark.parametrize("kind", ["native", "context"])
def test_a_store_has_what_another_kept(kind: str, tmp_path: Path, user: Signer) -> None:
    """Key, issuers, trusted roots, and that the key must not leave."""
    before, after = stores(kind, tmp_path)
    file = tmp_path / "user.p12"
    file.write_bytes(user.p12())
    before.import_pkcs12(file, PASSWORD, exportable=False)
    after.recall(json.loads(json.dumps(before.keep())))
    assert after.personal() == before.personal()
    assert {one.sha256 for one in after.authorities()} == {one.sha256 for one in before.authorities()}
    assert after.trusted() == before.trusted()
    (mine,) = after.personal()
    assert after.identity(mine.sha256).key.public_key() == user.key.public_key()
    with pytest.raises(NotExportableError):
        after.export_pkcs12(mine.sha256, PASSWORD)


def test_the_person_knows_again_which_are_theirs(tmp_path: Path, user: Signer) -> None:
    """The newest and the oldest."""
    before, after = stores("context", tmp_path)
    file = tmp_path / "user.p12"
    file.write_bytes(user.p12())
    recorder = Recorder(tmp_path, scenarios()[0], Place("x", "", {}, ""), Masking())
    held = Holdings(before, tmp_path, recorder)
    held.add(file, PASSWORD, title="shared")
    again = Holdings(after, tmp_path, recorder)
    again.recall(json.loads(json.dumps(held.keep())))
    assert (again.newest, again.count, again.named("shared")) == (held.newest, 1, held.newest)


def test_secrets_are_masked_in_the_second_half_too() -> None:
    """Those of the first one."""
    before, after = Masking(), Masking()
    before.add("hirake-goma")
    after.recall(before.keep())
    assert "hirake" not in after.clean("hirake-goma")

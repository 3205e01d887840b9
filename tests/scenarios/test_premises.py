"""A scenario whose premise does not hold is BLOCKED, and says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekisho.certstore import ContextStore
from sekisho.citations import scenarios
from sekisho.evidence import Place, Recorder
from sekisho.holdings import Holdings
from sekisho.masking import Masking
from sekisho.portal import Account, Identity
from sekisho.verdict import BlockedError, EnvironmentProblemError
from steps.accounts import expired, held, with_days_left
from steps.services import foreign
from tests.browser.authority import PASSWORD, Signer, root


@pytest.fixture(scope="module")
def issuer() -> Signer:
    """A certification authority."""
    return root("Test Root")


@pytest.fixture
def holdings(tmp_path: Path) -> Holdings:
    """A user's PC without a certificate."""
    return Holdings(ContextStore(), tmp_path, Recorder(tmp_path, scenarios()[0], Place("x", "", {}, ""), Masking()))


def user(*signers: Signer) -> Account:
    """A user with these certificates."""
    identities = tuple(Identity("shared", one.p12(), PASSWORD) for one in signers)
    return Account("active", "emp00001", "secret", identities=identities)


def test_a_user_without_the_certificate_that_a_state_means_is_blocked(holdings: Holdings) -> None:
    """The target file has left it out."""
    with pytest.raises(BlockedError, match=r"emp00001 の証明書（accounts の identities）が無い"):
        held(holdings, user())


@pytest.mark.parametrize("days", [29, 31])
def test_a_certificate_with_other_days_left_is_blocked(holdings: Holdings, issuer: Signer, days: int) -> None:
    """What the pool was told is not believed."""
    who = user(issuer.issue("emp00001", days=30))
    with pytest.raises(BlockedError, match=f"残り {days} 日でなく 30 日"):
        with_days_left(holdings, who, days)


def test_a_certificate_with_the_days_left_is_fine(holdings: Holdings, issuer: Signer) -> None:
    """And the user is handed on."""
    assert with_days_left(holdings, user(issuer.issue("emp00001", days=30)), 30).user_id == "emp00001"


def test_a_living_certificate_where_one_that_is_over_is_wanted_is_blocked(holdings: Holdings, issuer: Signer) -> None:
    """Its refusal would show nothing."""
    with pytest.raises(BlockedError, match="有効期限が切れていない"):
        expired(holdings, user(issuer.issue("emp00001")))
    assert expired(holdings, user(issuer.issue("emp00001", days=-1))).user_id == "emp00001"


def test_the_portals_own_certificate_is_no_foreign_one(holdings: Holdings, issuer: Signer) -> None:
    """The harness has made a mistake, and says so."""
    held(holdings, user(issuer.issue("emp00001")))
    with pytest.raises(EnvironmentProblemError, match="別の認証局の証明書が無い"):
        foreign(holdings)
    holdings.add_foreign("emp00001")
    assert foreign(holdings).title == "foreign"

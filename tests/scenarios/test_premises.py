"""A scenario whose premise does not hold is BLOCKED, and says what is missing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from features.gunma.issuing import token
from features.gunma.user_list import confirming
from sekisho.certstore import ContextStore
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Place, Recorder
from sekisho.japan import TOKYO
from sekisho.manual.citations import scenarios
from sekisho.person.holdings import Holdings
from sekisho.pki import revocation
from sekisho.portal import Account, Identity
from sekisho.verdict import BlockedError, EnvironmentProblemError, NotApplicableError
from steps.accounts import held, with_days_left
from steps.premises import alive, issued, over, revoked
from steps.services import foreign
from tests.browser.authority import PASSWORD, Signer, root


class Today:
    """A portal on whose calendar it is today."""

    def today(self) -> date:
        """As on this machine, in Japan."""
        return datetime.now(TOKYO).date()


TODAY: Any = Today()


@pytest.fixture(scope="module")
def issuer() -> Signer:
    """A certification authority."""
    return root("Test Root")


@pytest.fixture
def holdings(tmp_path: Path) -> Holdings:
    """A user's PC without a certificate."""
    return Holdings(ContextStore(), tmp_path, recorded(tmp_path))


def recorded(folder: Path) -> Recorder:
    """The record of a scenario."""
    return Recorder(folder, scenarios()[0], Place("x", "", {}, ""), Masking())


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
        with_days_left(TODAY, holdings, who, days)


def test_a_certificate_with_the_days_left_is_fine(holdings: Holdings, issuer: Signer) -> None:
    """And the user is handed on."""
    assert with_days_left(TODAY, holdings, user(issuer.issue("emp00001", days=30)), 30).user_id == "emp00001"


def test_a_living_certificate_where_one_that_is_over_is_wanted_is_blocked(issuer: Signer) -> None:
    """Its refusal would show nothing."""
    with pytest.raises(BlockedError, match="有効期限が切れていない"):
        over(user(issuer.issue("emp00001")))
    assert over(user(issuer.issue("emp00001", days=-1))).user_id == "emp00001"


def test_a_certificate_that_is_over_where_a_living_one_is_wanted_is_blocked(issuer: Signer) -> None:
    """Its refusal would be held against the portal."""
    with pytest.raises(BlockedError, match="いま有効でない"):
        alive(user(issuer.issue("emp00001", days=-1)))
    assert alive(user(issuer.issue("emp00001"))).user_id == "emp00001"


@pytest.mark.parametrize(
    ("said", "blocked"),
    [
        ((False, "GOOD"), True),
        ((True, "GOOD"), False),
        ((False, "REVOKED"), False),
        ((None, "GOOD"), True),
        ((None, None), False),
    ],
)
def test_a_certificate_that_no_source_calls_revoked_is_blocked(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    issuer: Signer,
    said: tuple[bool | None, str | None],
    *,
    blocked: bool,
) -> None:
    """One that names no source, or only sources that say nothing, is believed to be what the target file says."""
    monkeypatch.setattr(revocation, "in_crl", lambda _: told(said[0]))
    monkeypatch.setattr(revocation, "ocsp_status", lambda _: told(said[1]))
    recorder, who = recorded(tmp_path), user(issuer.issue("emp00001"))
    if blocked:
        with pytest.raises(BlockedError, match="失効としていない"):
            revoked(who, recorder)
    else:
        assert revoked(who, recorder) is who


def told(answer: object) -> Any:  # noqa: ANN401 - whatever a source says
    """The answer of a source, if there is such a source."""
    if answer is None:
        raise NotApplicableError
    return answer


@pytest.mark.parametrize(("late", "blocked"), [(0, False), (1, False), (2, True), (-3, True)])
def test_what_was_issued_on_another_day_than_the_scenario_says_is_blocked(*, late: int, blocked: bool) -> None:
    """By the date of the mail or the letter; a day later is a mail that was sent in the night."""
    who, today = user(), date(2028, 3, 1)
    day = today - timedelta(days=10 - late)
    if blocked:
        with pytest.raises(BlockedError, match="10 日前"):
            issued(who, today, day, 10, "取得案内メール")
    else:
        assert issued(who, today, day, 10, "取得案内メール") is who
    assert issued(who, today, None, 10, "取得案内メール") is who


def test_the_portals_own_certificate_is_no_foreign_one(holdings: Holdings, issuer: Signer) -> None:
    """The harness has made a mistake, and says so."""
    held(holdings, user(issuer.issue("emp00001")))
    with pytest.raises(EnvironmentProblemError, match="別の認証局の証明書が無い"):
        foreign(holdings)
    holdings.add_foreign("emp00001")
    assert foreign(holdings).title == "foreign"


def test_a_user_without_the_certificate_for_a_use_is_blocked(holdings: Holdings, issuer: Signer) -> None:
    """By its use in the target file, and by whom it was issued to."""
    held(holdings, user(issuer.issue("emp00001")))
    assert holdings.named("shared").subject_cn == holdings.held_by("emp00001").subject_cn == "emp00001"
    with pytest.raises(BlockedError, match="用途 nissay"):
        holdings.named("nissay")
    with pytest.raises(BlockedError, match="発行先が emp00002 の証明書が無い"):
        holdings.held_by("emp00002")


def test_a_user_without_the_secrets_that_a_scenario_enters_is_blocked() -> None:
    """A token and a confirmation password."""
    with pytest.raises(BlockedError, match="利用者 emp00001 のotp_seedが無い"):
        token(user())
    with pytest.raises(BlockedError, match="confirmation_password"):
        confirming(user())

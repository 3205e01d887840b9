"""What the manual says in numbers, and which certificates there are."""

from __future__ import annotations

from mock_ca.managed_pki.figures import Figures, Life
from mock_ca.managed_pki.office import Kinds
from mock_ca.managed_pki.traits import IN_WORDS
from mock_ca.system import Captions

KIHONET, NAVI = "kihonet", "navi"
FIGURES = Figures(
    life=Life(months=36),
    wrong_life=Life(months=24),
    wrong_life_defect="validity-two-years",
    invitation_days=30,
    # the manual names no day; the first of its two mails asks for the renewal
    renewal_days=30,
    notice_days=(30, 7),
    extra_notice_days=(29,),
    finish_today=("issue", "reissue", "renewal"),
    reference_length=30,
)
# one issuing CA for both, as the manual shows
KINDS = Kinds(
    issuers={KIHONET: "kihonet", NAVI: "kihonet"}, choices={"kihonet": (KIHONET,), "navi": (NAVI,)}, trait="variant"
)
VARIANTS = {KIHONET: "企保ネット", NAVI: "N-ナビ"}
CAPTIONS = Captions(states=IN_WORDS, kinds=VARIANTS, trait=KINDS.trait, choices=VARIANTS)

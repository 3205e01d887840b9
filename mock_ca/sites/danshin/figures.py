"""What the manual says in numbers, and which certificates there are."""

from __future__ import annotations

from mock_ca.managed_pki.figures import Figures, Life
from mock_ca.managed_pki.office import Kinds

SHARED, NISSAY = "shared", "nissay"
FIGURES = Figures(
    life=Life(months=36),
    wrong_life=Life(months=24),
    wrong_life_defect="validity-two-years",
    invitation_days=30,
    renewal_days=30,
    notice_days=(30, 7),
    extra_notice_days=(29,),
    finish_today=("issue", "reissue"),
)
KINDS = Kinds(
    issuers={SHARED: "danshin", NISSAY: "danshin-nissay"},
    choices={"shared": (SHARED,), "nissay": (NISSAY,), "both": (SHARED, NISSAY)},
    trait="certificate",
)

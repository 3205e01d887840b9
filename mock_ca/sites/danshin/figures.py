"""What the manual says in numbers, and which certificates there are."""

from __future__ import annotations

from mock_ca.managed_pki.figures import Figures, Life
from mock_ca.managed_pki.office import Kinds
from mock_ca.managed_pki.traits import IN_WORDS
from mock_ca.system import Captions

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
CAPTIONS = Captions(
    states=IN_WORDS,
    kinds={SHARED: "①3社共用", NISSAY: "②日本生命"},
    trait=KINDS.trait,
    choices={"shared": "①3社共用", "nissay": "②日本生命", "both": "①と②の両方"},
)

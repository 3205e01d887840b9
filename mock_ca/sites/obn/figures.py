"""The numbers of this system's manual."""

from __future__ import annotations

from mock_ca.managed_pki.figures import Figures, Life
from mock_ca.managed_pki.office import Kinds
from mock_ca.managed_pki.traits import IN_WORDS
from mock_ca.system import Captions

ISSUER = "Online Billing NW Common Root CA - G1"
NOTICE_DAYS = (75, 60, 45, 30, 15, 7, 6, 5, 4, 3, 2, 1, 0)
EXTRA_NOTICE_DAYS = (90, 29, 8)
# When MPKI クライアント reminds; and which of it a defect leaves out, and when only a defect reminds.
CLIENT_NOTICE_DAYS = (90, 60, 30, 15, 7, 6, 5, 4, 3, 2, 1, 0)
CLIENT_MISSED_DAYS = (90, 60, 30, 15, 7, 0)
CLIENT_EXTRA_DAYS = (91, 29, 8)
REVOCATION_DAYS = 3
FIGURES = Figures(
    life=Life(39, to_the_second=True),
    wrong_life=Life(36, to_the_second=True),
    wrong_life_defect="validity-three-years",
    invitation_days=180,
    renewal_days=89,
    notice_days=NOTICE_DAYS,
    extra_notice_days=EXTRA_NOTICE_DAYS,
    finish_today=(),
    reference_length=10,
)
KINDS = Kinds(issuers={"obn": "obn"}, choices={"obn": ("obn",)})
CAPTIONS = Captions(
    states={**IN_WORDS, "invited": "新規（発行通知書を受け取った）", "renewable": "更新のお知らせを受け取った"},
    kinds={"obn": "電子証明書"},
)

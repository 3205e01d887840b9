"""What the manual says in numbers and names."""

from __future__ import annotations

from mock_ca.managed_pki.figures import Life

ISSUER = "nec"
AUTHORITY = "NEC Certification Authority"
ORGANIZATION = "NEC Corporation"
LIFE = Life(months=24)
PROVIDER, OTHER_PROVIDER = "Microsoft Enhanced Cryptographic Provider v1.0", "Microsoft Strong Cryptographic Provider"
BITS, OTHER_BITS = 1024, 2048
TITLES = {"issue": "証明書発行サイト", "reissue": "証明書発行サイト", "renewal": "証明書更新サイト"}

"""The certification authority: keys, certificates, PKCS#12, CRL and OCSP."""

from mock_ca.authority.ca import Authority, Issuer, Title
from mock_ca.authority.keys import KeyMaker, key_from_der, key_to_der
from mock_ca.authority.pkcs12 import SUITES, pkcs12
from mock_ca.authority.profile import Profile

__all__ = [
    "SUITES",
    "Authority",
    "Issuer",
    "KeyMaker",
    "Profile",
    "Title",
    "key_from_der",
    "key_to_der",
    "pkcs12",
]

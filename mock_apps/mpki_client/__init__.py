"""Cybertrust Managed PKI Client: reminds of a certificate's end, and renews it without a browser."""

from mock_apps.base import Package

PACKAGE = Package(
    name="mpki_client",
    title="Cybertrust Managed PKI Client",
    version="1.0.3",
    folder="C:¥Users¥user¥AppData¥Local¥Programs¥CybertrustMPKIClient¥",
)

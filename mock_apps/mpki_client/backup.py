"""The backup file of a renewed certificate: its password, and how it is encrypted."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from mock_apps.base import Defects, RefusedError
from mock_apps.mpki_client.office import Renewed

DIGITS = 4
ROUNDS = 50_000
# The defect that lets it pass, and what is wrong with the password.
FLAWS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("client-letters-in-password-accepted", lambda given: not given.isdecimal()),
    ("client-full-width-digits-accepted", lambda given: not given.isascii()),
    ("client-three-digit-password-accepted", lambda given: len(given) < DIGITS),
    ("client-five-digit-password-accepted", lambda given: len(given) > DIGITS),
)


def check(password: str, again: str, defects: Defects) -> None:
    """Four half-width digits, twice. Raises RefusedError."""
    for defect, wrong in FLAWS:
        if wrong(password):
            if not password or not defects.broken(defect):
                raise RefusedError("証明書パスワードが正しくありません。4桁の半角数字を入力してください。")
            return
    if defects.broken("client-four-digit-password-refused"):
        raise RefusedError("証明書パスワードが正しくありません。")
    if password != again and not defects.broken("client-password-mismatch-accepted"):
        raise RefusedError("証明書パスワードと確認用の証明書パスワードが一致しません。")


def encrypted(renewed: Renewed, password: str, name: str) -> bytes:
    """Key, certificate and chain as PKCS#12, in a way that Windows 8.1 can read too (it knows no AES here)."""
    lock = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(SHA1())  # noqa: S303 - as above
        .build(password.encode())
    )
    chain = list(renewed.chain)
    return pkcs12.serialize_key_and_certificates(name.encode(), renewed.key, renewed.certificate, chain, lock)

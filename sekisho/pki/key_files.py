"""Files with a private key and its certificate: PKCS#12, or PEM as other systems and pages' scripts write it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sekisho.language import say
from sekisho.pki import pkcs12, pkcs12_limits
from sekisho.pki.joining import join
from sekisho.pki.pkcs12 import BombError, Identity, NotPkcs12Error, PrivateKey, WrongPasswordError

KEY = re.compile(rb"-----BEGIN ((?:RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY)-----.*?-----END \1-----", re.DOTALL)
LOCKED = b"ENCRYPTED"


def read(data: bytes, password: str) -> Identity:
    """The identity in a file. Raises `pkcs12.ImportRefusedError` and those below it."""
    return _in_pem(data, password) if KEY.search(data) else pkcs12.read(data, password)


def _in_pem(data: bytes, password: str) -> Identity:
    if len(data) > pkcs12_limits.MOST_BYTES:
        raise NotPkcs12Error(
            say(
                f"PEM ファイルが大きすぎます（{len(data)} バイト）。", f"The PEM file is too large ({len(data)} bytes)."
            )
        )
    for key in _keys(data, password):
        return join(key, data)
    raise NotPkcs12Error(
        say(
            "PEM ファイルの秘密鍵（RSAまたは楕円曲線）を読めません。",
            "The private key (RSA or elliptic curve) of the PEM file cannot be read.",
        )
    )


def _keys(data: bytes, password: str) -> Iterator[PrivateKey]:
    for block in KEY.finditer(data):
        locked = LOCKED in block[0]
        try:
            pkcs12_limits.check(
                base64.b64decode(re.sub(rb"-----[^-]*-----|^[^\n]*:[^\n]*$", b"", block[0], flags=re.MULTILINE))
            )
            key = load_pem_private_key(block[0], password.encode() if locked else None)
        except pkcs12_limits.LimitError as problem:
            raise BombError(str(problem)) from problem
        except UnsupportedAlgorithm:
            continue
        except (ValueError, TypeError) as problem:
            if locked:
                raise WrongPasswordError(say("パスワードが正しくありません。", "The password is wrong.")) from problem
            continue
        if isinstance(key, PrivateKey):
            yield key

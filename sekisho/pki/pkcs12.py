"""PKCS#12 files, as the import wizard of Windows and the browsers' own stores take them: no store, no browser here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from sekisho.language import say
from sekisho.pki import ber, pkcs12_limits
from sekisho.pki.chains import is_root, issued_by
from sekisho.pki.worker import Contents, Opener, Pair, TooLongError, UnreadableError
from sekisho.pki.x509_parts import NoCertificateError, load, take_apart
from sekisho.pki.x509_text import display_name, facts, fingerprint, key_name

__all__ = [
    "BombError",
    "Identity",
    "ImportRefusedError",
    "KeyMismatchError",
    "NotPkcs12Error",
    "SerialReusedError",
    "WrongPasswordError",
    "about_mac",
    "check",
    "display_name",
    "facts",
    "fingerprint",
    "identities",
    "issued_by",
    "key_name",
    "read",
    "remarks",
]

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey
PBMAC1 = "1.2.840.113549.1.5.14"
LONGEST_RSA = 16384  # bits; what OpenSSL itself verifies
OPENER = Opener()


class ImportRefusedError(Exception):
    """A file cannot be imported; the text is a Japanese sentence that says why."""


class NotPkcs12Error(ImportRefusedError):
    """The file is no PKCS#12 file, is cut off, or holds no private key with its certificate."""


class BombError(NotPkcs12Error):
    """The file asks for more arithmetic, depth or room than an honest one, and is not opened."""


class WrongPasswordError(ImportRefusedError):
    """The password does not open the file."""


class KeyMismatchError(ImportRefusedError):
    """The private key does not belong to the certificate, or cannot sign."""


class SerialReusedError(ImportRefusedError):
    """An authority has given one serial number to two certificates (RFC 5280 4.1.2.2)."""


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key, and its issuers from the nearest one up, as far as they are known."""

    key: PrivateKey
    der: bytes
    chain: tuple[x509.Certificate, ...]
    friendly_name: str
    beside: tuple[bytes, ...] = ()
    """Certificates (DER) that came in the same file and are not in the chain."""
    remarks: tuple[str, ...] = field(default=(), compare=False)
    """What the owner of the file it came in should know, in Japanese."""

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The certificate itself. Raises ImportRefusedError for one that `cryptography` cannot read; `facts` can."""
        try:
            return load(self.der)
        except NoCertificateError as problem:
            raise ImportRefusedError(
                say(
                    f"証明書をライブラリー（cryptography）が読めません（{problem}）。",
                    f"The library (cryptography) cannot read the certificate ({problem}).",
                )
            ) from problem

    @property
    def sha256(self) -> str:
        """Fingerprint of the certificate, lower-case hex."""
        return fingerprint(self.der)

    @property
    def root(self) -> x509.Certificate | None:
        """The root at the end of the chain, if it is there."""
        last = self.chain[-1] if self.chain else self.certificate
        return last if is_root(last) else None

    def without_root(self) -> Identity:
        """The same, as if the root above it were not in the file."""
        root = self.root if self.chain else None
        return replace(self, chain=tuple(one for one in self.chain if one != root))

    def pkcs12(self, password: str, name: str = "") -> bytes:
        """This identity as a PKCS#12 file under another password, and under another name than its own."""
        return pkcs12.serialize_key_and_certificates(
            (name or self.friendly_name).encode(),
            self.key,
            self.certificate,
            self.chain,
            serialization.BestAvailableEncryption(password.encode()),
        )

    def pem(self) -> bytes:
        """Unencrypted private key, certificate and chain, for a TLS library's memory or a private file."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return key + b"".join(c.public_bytes(serialization.Encoding.PEM) for c in (self.certificate, *self.chain))


def read(data: bytes, password: str) -> Identity:
    """The identity in a PKCS#12 file, the first of several; raises as `identities`."""
    return identities(data, password)[0]


@lru_cache(maxsize=4)  # opening a file takes 40 ms by design, and a scenario looks into the same one several times
def identities(data: bytes, password: str) -> tuple[Identity, ...]:
    """Every certificate in a PKCS#12 file that has its key there; raises `NotPkcs12Error` or `WrongPasswordError`.

    Only the file is judged here; `check` judges what it holds. How far the chain goes is no matter of the import: it
    shows in the handshake, and in the certificate's path.
    """
    _refuse_what_is_no_pkcs12(data)
    held = _opened(data, password)
    found = tuple(one for pair in held.pairs if (one := _identity(pair, held)))
    if found:
        return found
    if held.keys and held.others and not held.pairs:
        raise KeyMismatchError(
            say(
                "PKCS#12ファイルの秘密鍵が、ファイルにあるどの証明書とも対応していません。",
                "The private key in the PKCS#12 file belongs to none of the certificates in it.",
            )
        )
    raise NotPkcs12Error(
        say(
            "PKCS#12ファイルに、秘密鍵（RSAまたは楕円曲線）とその証明書の組が入っていません。",
            "There is no pair of a private key (RSA or elliptic curve) and its certificate in the PKCS#12 file.",
        )
    )


def check(identity: Identity) -> None:
    """Refuse an identity that no browser could use; raises `KeyMismatchError`."""
    if isinstance(identity.key, rsa.RSAPrivateKey) and identity.key.key_size > LONGEST_RSA:
        raise KeyMismatchError(
            say(
                f"秘密鍵が長すぎて使えません（RSA {identity.key.key_size} ビット）。",
                f"The private key is too long to be used (RSA, {identity.key.key_size} bits).",
            )
        )
    try:
        fits = OPENER.fits(_pkcs8(identity.key), identity.der)
    except (TooLongError, UnreadableError) as problem:
        raise KeyMismatchError(
            say(f"秘密鍵で署名できません（{problem}）。", f"The private key cannot sign ({problem}).")
        ) from problem
    if not fits:
        raise KeyMismatchError(
            say("秘密鍵が証明書と対応していません。", "The private key does not belong to the certificate.")
        )


def remarks(data: bytes) -> list[str]:
    """What Windows takes in a PKCS#12 file and another store does not; sentences for the file's owner."""
    behind = _behind(data)
    return [*about_mac(data), *([_with_more_behind(behind)] if behind else [])]


def about_mac(data: bytes) -> list[str]:
    """What of it is about the file's MAC, without which NSS refuses it, or one of a new kind."""
    mac = _mac(data)
    if mac == "":
        return [_without_mac()]
    return [_with_new_mac()] if mac == PBMAC1 else []


def _behind(data: bytes) -> int:
    """How many octets stand behind the file itself; none where it cannot be seen."""
    try:
        return len(data) - len(ber.first(data, ber.Steps()).whole)
    except ValueError:
        return 0


def _with_more_behind(octets: int) -> str:
    return say(
        f"PKCS#12ファイルの後ろに {octets} バイトの余分なものがある（ポータルの改行など）。"
        "ふつうは読みとばされるが、取り込めないソフトがあるかもしれない",
        f"There are {octets} bytes behind the PKCS#12 file, such as an end of line that the portal adds. "
        "They are passed over as a rule, but some program may refuse the file",
    )


def _without_mac() -> str:
    return say(
        "PKCS#12ファイルに MAC（改ざん検知の値）が無い。"
        "Windows は取り込むが、NSS（Linux の Chromium、Firefox）は取り込めない",
        "The PKCS#12 file has no MAC (by which a change is found). "
        "Windows imports it, but NSS (Chromium on Linux, Firefox) cannot",
    )


def _with_new_mac() -> str:
    return say(
        "PKCS#12ファイルの MAC が PBMAC1（RFC 9579）である。これを知らない Windows、NSS、OpenSSL では取り込めない",
        "The MAC of the PKCS#12 file is PBMAC1 (RFC 9579). A Windows, NSS or OpenSSL that does not know it cannot "
        "import",
    )


def _mac(data: bytes) -> str | None:
    """The algorithm of the file's MAC; empty without one, None where it cannot be seen."""
    steps = ber.Steps()
    try:
        _, _, *rest = ber.elements(ber.first(data, steps).content, steps)
        if not rest:
            return ""
        digest = ber.first(ber.first(rest[0].content, steps).content, steps)
        return ber.oid(ber.first(digest.content, steps).content)
    except ValueError:
        return None


def _identity(pair: Pair, held: Contents) -> Identity | None:
    """One identity; None for a key of a kind that is for no client certificate."""
    try:
        take_apart(pair.certificate)
        key = serialization.load_der_private_key(pair.key, None, unsafe_skip_rsa_key_validation=True)
        chain = tuple(map(load, pair.chain))
    except (NoCertificateError, ValueError, UnsupportedAlgorithm) as problem:
        raise NotPkcs12Error(
            say(
                f"PKCS#12ファイルの中身を読めません（{problem}）。",
                f"The content of the PKCS#12 file cannot be read ({problem}).",
            )
        ) from problem
    beside = tuple(one for one in held.others if one not in pair.chain)
    name = pair.name.decode("utf-8", "replace")
    return Identity(key, pair.certificate, chain, name, beside) if isinstance(key, PrivateKey) else None


def _pkcs8(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _refuse_what_is_no_pkcs12(data: bytes) -> None:
    """Tell a file that is something else from one whose password is wrong: cryptography says the same of both."""
    if not data:
        raise NotPkcs12Error(
            say(
                "ファイルが空です。証明書をもう一度ダウンロードしてください。",
                "The file is empty. Download the certificate once more.",
            )
        )
    length = _der_length(data)
    if length is None or b"\x02\x01\x03" not in data[:16]:
        raise NotPkcs12Error(say("PKCS#12形式のファイルではありません。", "Not a PKCS#12 file."))
    if length > len(data):
        raise NotPkcs12Error(
            say(
                f"PKCS#12ファイルが途中で切れています（{length}バイトのうち{len(data)}バイト）。もう一度ダウンロードしてください。",
                f"The PKCS#12 file is cut short ({len(data)} of {length} bytes). Download it once more.",
            )
        )


def _opened(data: bytes, password: str) -> Contents:
    """What the file holds, opened within bounds: first judged from its outside, then in a process that can be ended."""
    try:
        pkcs12_limits.check(data)
        return OPENER.open(data, password)
    except pkcs12_limits.LimitError as problem:
        raise BombError(str(problem)) from problem
    except TooLongError as problem:
        raise BombError(
            say(
                f"PKCS#12ファイルが {OPENER.seconds:g} 秒たっても開きません。",
                f"The PKCS#12 file is not open after {OPENER.seconds:g} s.",
            )
        ) from problem
    except UnreadableError as problem:
        raise _why_unreadable(data, problem) from problem


def _der_length(data: bytes) -> int | None:
    """Length in bytes that the outer DER (or indefinite BER) sequence claims; None if it is no sequence."""
    if data[0] != 0x30 or len(data) < 6:  # noqa: PLR2004 - the shortest sequence with a version in it
        return None
    if data[1] == 0x80:  # noqa: PLR2004 - indefinite length, as some Windows exports have it
        return len(data)
    if data[1] < 0x80:  # noqa: PLR2004 - short form
        return data[1] + 2
    count = data[1] & 0x7F
    return int.from_bytes(data[2 : 2 + count], "big") + 2 + count


def _why_unreadable(data: bytes, problem: Exception) -> ImportRefusedError:
    text = str(problem).lower()
    if "password" not in text and "mac" not in text.split():
        return NotPkcs12Error(
            say(
                f"PKCS#12ファイルの中身を読めません（{problem}）。",
                f"The content of the PKCS#12 file cannot be read ({problem}).",
            )
        )
    if _mac(data):
        return WrongPasswordError(say("パスワードが正しくありません。", "The password is wrong."))
    return WrongPasswordError(
        say(
            "パスワードが正しくないか、ファイルが壊れています（MAC が無いので、どちらかは分かりません）。",
            "The password is wrong or the file is damaged (without a MAC one cannot tell which).",
        )
    )

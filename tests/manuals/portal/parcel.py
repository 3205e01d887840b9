"""Rooms that hand out several files at once: the authority's certificates, and users' PKCS#12 files, in ZIP files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pyzipper
from cryptography.hazmat.primitives.serialization import Encoding

from tests.manuals.portal.premises import Answer, Asked, Premises, page

OFFER = "<h1>ファイルのお渡し</h1><a href={}>ダウンロード</a>"
PASSWORDS = """<form method=post action=/parcel/made><table border=1>
<tr><td>パスワード<td><input type=password name=one><tr><td>パスワード（確認）<td><input type=password name=two>
</table><button>作成</button></form>"""


class Authorities:
    """認証局の証明書."""

    def __init__(self, premises: Premises) -> None:
        """Nothing is kept."""
        self._premises = premises

    def answer(self, asked: Asked) -> Answer | None:
        """The page, or the file."""
        if asked.path == "file":
            return Answer(self._packed(), "application/zip", "認証局.zip")
        return page("認証局の証明書", OFFER.format("/authorities/file"))

    def _packed(self) -> bytes:
        """As a program of Japanese Windows packs it: names in Shift_JIS, without a word about that."""
        authority, wrong = self._premises.authority, self._premises.wrong
        (root,) = authority.above
        files = {
            "認証局/ルート証明書.cer": root.public_bytes(Encoding.DER),
            "認証局/発行局.cer": (root if "same-certificate-twice" in wrong else authority.cert).public_bytes(
                Encoding.PEM
            ),
            "お読みください.txt": "ご利用の手引き".encode("cp932"),
        }
        if "file-missing" in wrong:
            del files["お読みください.txt"]
        return in_shift_jis(files)


class Parcel:
    """利用者の証明書の一括受け取り."""

    def __init__(self, premises: Premises) -> None:
        """No password is known yet."""
        self._premises, self._password = premises, ""

    def answer(self, asked: Asked) -> Answer | None:
        """One of its screens."""
        if asked.path == "made":
            self._password = asked.form["one"]
            return page("作成", OFFER.format("/parcel/file"))
        if asked.path == "file":
            return Answer(self._packed(), "application/zip", "利用者.zip")
        return page("一括受け取り", PASSWORDS)

    def _packed(self) -> bytes:
        """Under the password that was entered, each file and the whole."""
        made, wrong = io.BytesIO(), self._premises.wrong
        password = "another-one" if "p12-under-another-password" in wrong else self._password
        lock = None if "zip-unlocked" in wrong else pyzipper.WZ_AES
        with pyzipper.AESZipFile(made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=lock) as file:
            if lock:
                file.setpassword(self._password.encode())
            for name, user in (("佐藤.p12", "emp00011"), ("髙橋.p12", "emp00012")):
                file.writestr(name, self._premises.authority.issue(user).p12(password, user))
        return made.getvalue()


def in_shift_jis(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file whose names are octets of Windows-31J, which the standard library would not write."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(_Named(name), data)
    return made.getvalue()


class _Named(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - what the library calls it
        return self.filename.encode("cp932"), self.flag_bits

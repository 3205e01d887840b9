"""A room that mails certificates: the file in one mail, and its password in another, as offices do."""

from __future__ import annotations

import base64
import email.utils
import io
import textwrap

import pyzipper

from tests.manuals.portal.premises import Answer, Asked, Premises, page

USER = "kura@example.test"
PASSWORD = "Kura-2026-pw"
OFFER = """<h1>メールでの受け取り</h1><form method=post action=/post/packed><button>ZIPで送る</button></form>
<form method=post action=/post/bare><button>そのまま送る</button></form>"""


class Post:
    """メールでの受け取り."""

    def __init__(self, premises: Premises) -> None:
        """Nothing has been sent."""
        self._premises = premises

    def answer(self, asked: Asked) -> Answer | None:
        """The page, or what it says once the mails are on their way."""
        if asked.path not in {"packed", "bare"}:
            return page("受け取り", OFFER)
        self._send(self._zipped() if asked.path == "packed" else self._pkcs12(), asked.path)
        return page("受け取り", "<p>メールを送信しました。</p>")

    def _wrong(self, name: str) -> bool:
        return name in self._premises.wrong

    def _pkcs12(self) -> bytes:
        return self._premises.authority.issue("emp00021").p12(PASSWORD, "emp00021")

    def _zipped(self) -> bytes:
        made = io.BytesIO()
        with pyzipper.AESZipFile(made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as file:
            file.setpassword(b"another-one" if self._wrong("mails-another-password") else PASSWORD.encode())
            file.writestr("証明書.p12", self._pkcs12())
        return made.getvalue()

    def _send(self, file: bytes, how: str) -> None:
        name = "証明書.zip" if how == "packed" else "証明書.p12"
        if self._wrong("attachment-unnamed") and how == "bare":
            name = "noname.dat"
        self._premises.post(mail("証明書の送付", "証明書を添付します。", file, name))
        self._premises.post(mail("パスワードのお知らせ", f"パスワード：{PASSWORD}"))


def mail(subject: str, text: str, file: bytes = b"", name: str = "") -> bytes:
    """As an old mail program writes it: the file's name in encoded words within the parameter."""
    head = f"From: kura@portal.test\nTo: {USER}\nSubject: {_word(subject)}\nDate: {email.utils.formatdate()}\n"
    words = "Content-Type: text/plain; charset=iso-2022-jp\n\n" + text.encode("iso-2022-jp").decode("ascii") + "\n"
    if not file:
        return f"{head}MIME-Version: 1.0\n{words}".encode()
    code = "\n".join(textwrap.wrap(base64.b64encode(file).decode(), 76))
    kind = f'Content-Type: application/octet-stream; name="{_word(name)}"\nContent-Transfer-Encoding: base64\n'
    kept = f'Content-Disposition: attachment; filename="{_word(name)}"\n\n{code}\n'
    parts = f"--x\n{words}--x\n{kind}{kept}--x--\n"
    return f"{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n{parts}".encode()


def _word(text: str) -> str:
    return f"=?ISO-2022-JP?B?{base64.b64encode(text.encode('iso-2022-jp')).decode()}?="

"""A room that takes files: requests for certificates, and lists of users in the two forms that spreadsheets save."""

from __future__ import annotations

import csv
import datetime as dt
import html
from collections.abc import Callable, Iterable

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from tests.manuals.portal.premises import Answer, Asked, Premises, page

LARGEST = 4096  # bytes
MARK = "\ufeff"  # the BOM of UTF-8, where nobody takes it away
COLUMNS = ["利用者ID", "氏名"]
FORM = """<form method=post action=/upload/send enctype=multipart/form-data><table border=1>
<tr><td><font>ＣＳＲファイル</font></td><td><input type=file name=csr id=c accept=".csr,.pem" style="display:none">
<img alt="参照" width=60 height=20 onclick="document.getElementById('c').click()"></td></tr>
<tr><td>利用者一覧ファイル</td><td><input type=file name=list accept=".csv,.tsv" multiple></td></tr>
</table><input type=submit value="送信"></form>"""


class RefusedError(Exception):
    """A file is not taken; the text is what the screen says."""


class Upload:
    """申請ファイルの送信."""

    def __init__(self, premises: Premises) -> None:
        """Nothing has been sent yet."""
        self._premises = premises
        self._request: x509.CertificateSigningRequest | None = None

    def answer(self, asked: Asked) -> Answer | None:
        """One of its screens."""
        screens: dict[str, Callable[[Asked], Answer]] = {
            "": lambda _: page("申請", "<h1>申請ファイルの送信</h1><iframe src=/upload/form width=900 height=500>"),
            "form": lambda _: page("送信", FORM),
            "send": self._send,
            "confirm": self._confirm,
            "issued": self._issued,
        }
        return screens[asked.path](asked) if asked.path in screens else None

    def _wrong(self, name: str) -> bool:
        return name in self._premises.wrong

    def _send(self, asked: Asked) -> Answer:
        try:
            rows = self._read(asked.files)
        except RefusedError as refusal:
            return page("送信", f"<p><font color=red>{refusal}</font></p>{FORM}")
        cells = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows]
        table = "".join(f"<tr>{row}</tr>" for row in cells)
        button = "<form method=post action=/upload/confirm><input type=submit value=確定></form>"
        return page("確認", f"<h1>確認</h1><table border=1>{table}</table>{button}")

    def _read(self, files: list[tuple[str, bytes]]) -> list[list[str]]:
        """What the screen shows of what was sent. Raises RefusedError."""
        if not files:
            self._refuse("ファイルを選択してください", "takes-none")
            return [COLUMNS]
        kinds = {name.rpartition(".")[2].lower() for name, _ in files}
        if not kinds <= {"csr", "pem", "csv", "tsv"}:
            self._refuse("ファイルの種類が正しくありません", "takes-any-type")
        if not all(data for _, data in files):
            self._refuse("ファイルが空です", "takes-empty")
        if any(len(data) > LARGEST for _, data in files):
            self._refuse("4096バイトを超えるファイルは送信できません", "takes-large")
        return self._request_in(files[0][1]) if kinds & {"csr", "pem"} else self._lists(files)

    def _refuse(self, said: str, wrong: str) -> None:
        if not self._wrong(wrong):
            raise RefusedError(said)

    def _request_in(self, data: bytes) -> list[list[str]]:
        load = x509.load_pem_x509_csr if data.startswith(b"-----") else x509.load_der_x509_csr
        try:
            self._request = load(data)
        except ValueError:
            self._refuse("CSRとして読めません", "takes-no-request")
            return [["Common Name"], ["不明"]]
        if not self._request.is_signature_valid:
            raise RefusedError("CSRとして読めません")
        names = [NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME]
        return [
            ["Common Name", "組織"],
            [str(self._request.subject.get_attributes_for_oid(one)[0].value) for one in names],
        ]

    def _lists(self, files: list[tuple[str, bytes]]) -> list[list[str]]:
        self._request, rows = None, [COLUMNS]
        for name, data in files[:1] if self._wrong("first-file-only") else files:
            head, *found = self._table(name.lower(), data) or [[""]]
            if head != COLUMNS:
                self._refuse(
                    "列の見出しが正しくありません", "bom-kept-after-all" if MARK in head[0] else "takes-any-columns"
                )
            rows += found
        return rows

    def _table(self, name: str, data: bytes) -> list[list[str]]:
        marked, tabbed = data.startswith(b"\xef\xbb\xbf") and not self._wrong("bom-kept"), name.endswith(".tsv")
        plain = "utf-8" if tabbed or data.startswith(b"\xef\xbb\xbf") or self._wrong("csv-as-utf-8") else "cp932"
        text = data.decode("utf-8-sig" if marked else plain, "replace")
        lines: Iterable[str] = text.split("\r\n") if self._wrong("lf-ignored") else text.splitlines()
        return [
            row
            for row in csv.reader((line.replace("\n", " ") for line in lines), delimiter="\t" if tabbed else ",")
            if row
        ]

    def _confirm(self, _: Asked) -> Answer:
        link = "<a href=/upload/issued>ダウンロード</a>" if self._request else ""
        return page("受付", f"<p>申請を受け付けました。</p>{link}")

    def _issued(self, _: Asked) -> Answer:
        assert self._request
        authority = self._premises.authority
        other = self._wrong("other-key") and "emp00001" in self._request.subject.rfc4514_string()
        key = ec.generate_private_key(ec.SECP256R1()).public_key() if other else self._request.public_key()
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "emp99999")])
        now = dt.datetime.now(dt.UTC)
        issued = (
            x509.CertificateBuilder()
            .subject_name(name if self._wrong("other-subject") else self._request.subject)
            .issuer_name(authority.cert.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(minutes=1))
            .not_valid_after(now + dt.timedelta(days=365))
            .sign(authority.key, hashes.SHA256())
        )
        chain = [issued, authority.cert, *authority.above]
        return Answer(
            pkcs7.serialize_certificates(chain, Encoding.DER), "application/x-pkcs7-certificates", "証明書.p7b"
        )

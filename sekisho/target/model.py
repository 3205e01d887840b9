"""What a target file may say. One definition gives the checks, the error messages and the JSON Schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

STATES = ("invited", "active", "renewable", "renewing", "expired", "revoked")


class Section(BaseModel):
    """A table of the file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ProductEntry(Section):
    """What is tested, as its vendor calls it."""

    name: str = Field(min_length=1, description="製品・サービスの名前")
    version: str = Field(default="", description="製品の版")
    vendor: str = Field(default="", description="製造元・運営者")
    manual_version: str = Field(default="", description="照らし合わせる手順書の版")


class Imap(Section):
    """A mailbox read over IMAP with TLS (RFC 9051, RFC 8314). Recipients are told apart by their To header."""

    host: str
    port: int = Field(default=993, ge=1, le=65535)
    user: str
    password_env: str = Field(description="パスワードの入っている環境変数の名前")
    folder: str = "INBOX"
    trust_root: Path | None = Field(default=None, description="サーバー証明書のルート（PEM）。既定: OS の信頼するもの")


class MailSource(Section):
    """Where the portal's mail arrives: exactly one of three."""

    maildir: Path | None = Field(default=None, description="Maildir のフォルダー")
    folder: Path | None = Field(default=None, description=".eml ファイルの届くフォルダー")
    imap: Imap | None = None
    seconds: float = Field(default=60, gt=0, description="メールの届くのを待つ時間の上限（秒）")


class IdentityEntry(Section):
    """A certificate that an account already has."""

    which: str = Field(default="shared", description="どの証明書か（danshin: shared / nissay、ほかは shared）")
    pkcs12: Path = Field(description="PKCS#12 ファイル")
    password_env: str = Field(description="そのパスワードの入っている環境変数の名前")


class AccountEntry(Section):
    """One account of the pool. Secrets are named by environment variable, never written."""

    state: str = Field(description=f"{' / '.join(STATES)} のどれか")
    user_id: str
    login_password_env: str
    request_id: str = ""
    reference_id_env: str = ""
    otp_seed_env: str = ""
    confirmation_password_env: str = ""
    letter: Path | None = Field(default=None, description="郵送された通知書（HTML）")
    mail: str = ""
    admin_mail: str = ""
    password_mail: str = ""
    traits: dict[str, str | int] = Field(
        default_factory=dict, description="シナリオが求める性質（days_left = 30 など）"
    )
    identities: tuple[IdentityEntry, ...] = ()


class GapEntry(Section):
    """A requirement that this portal is known to miss."""

    requirement: str = Field(description="項番（DAN-RULE-03 など。DAN-RULE-03..05 も可）")
    reason: str = Field(min_length=1, description="なぜ満たさないか")
    until: date = Field(description="この日まで（その日を含む）")
    browser: str = Field(default="", description="このブラウザーだけ（chromium / chrome / msedge）")
    versions: str = Field(default="", description="ブラウザーのこの版だけ（'>=120,<131' など）")


class Operator(Section):
    """Who does what only the portal's people can: the support desk's telephone, the portal's clock.

    Either a program of the portal's owner (`command`), asked over its standard input, or the person at the terminal
    (`ask`), asked in words with a time limit. Without either, scenarios that need them are BLOCKED.
    """

    command: tuple[str, ...] = Field(default=(), description="代行するプログラムと引数（標準入出力で JSON をやり取り）")
    ask: bool = Field(default=False, description="端末の前の人に頼む（CI では実施不能になる）")
    minutes: float = Field(default=10, gt=0, description="待つ時間の上限（分）")


class Limits(Section):
    """What the portal's owner asks of a test."""

    pause_seconds: float = Field(default=0, ge=0, description="画面の操作のあいだに置く間（秒）")


class Target(Section):
    """The whole file."""

    manual: str = Field(description="ポータルの従うマニュアル")
    name: str = Field(min_length=1, description="報告書に出る名前")
    product: ProductEntry | None = None
    sites: dict[str, HttpUrl] = Field(description="サイトごとの入口の URL")
    trust_root: Path | None = Field(default=None, description="サーバー証明書のルート（PEM）")
    mail: MailSource
    accounts: tuple[AccountEntry, ...] = ()
    dialect: dict[str, dict[str, list[str]]] = Field(
        default_factory=dict, description="マニュアルと違う言葉（dialect の節と名前ごと）"
    )
    locators: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="言葉で見つからないときの最後の手段（dialect と同じ節と名前に、セレクター）"
    )
    operator: Operator = Operator()
    gaps: tuple[GapEntry, ...] = ()
    limits: Limits = Limits()

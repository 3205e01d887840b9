"""What a target file may say. One definition gives the checks, the error messages and the JSON Schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from sekisho.browser.places import NAMES
from sekisho.machine.explaining import VARIABLE
from sekisho.manual.accounts import STATES
from sekisho.manual.facts import Fact
from sekisho.network.hosts import Hosts, address_of

Secret = Annotated[str, Field(pattern=f"^{VARIABLE}$")]  # the name of an environment variable
NoSecret = Annotated[str, Field(pattern=f"^({VARIABLE})?$")]  # the same, or none


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
    """A mailbox read over IMAP with TLS (RFC 9051, RFC 8314), with a password or a token of OAuth 2.0 (RFC 7628)."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [key]} for key in ("password_env", "token_env", "token_command")]}
    )

    host: str = Field(min_length=1, description="サーバーの名前")
    port: int = Field(default=993, ge=1, le=65535, description="ポート番号（TLS）")
    user: str = Field(description="ログインする名前")
    password_env: NoSecret = Field(default="", description="パスワードの入っている環境変数の名前")
    token_env: NoSecret = Field(default="", description="アクセストークン（OAuth 2.0）の入っている環境変数の名前")
    token_command: tuple[str, ...] = Field(default=(), description="アクセストークンを出力するプログラムと引数")
    environment: tuple[Secret, ...] = Field(default=(), description="そのプログラムに渡す環境変数の名前")
    folder: str = Field(default="INBOX", description="読むフォルダー")
    trust_root: Path | None = Field(default=None, description="サーバー証明書のルート（PEM）。既定: OS の信頼するもの")


class MailSource(Section):
    """Where the portal's mail arrives: exactly one of three."""

    maildir: Path | None = Field(default=None, description="Maildir のフォルダー")
    folder: Path | None = Field(default=None, description=".eml ファイルの届くフォルダー")
    imap: Imap | None = Field(default=None, description="IMAP サーバー（TLS）")
    seconds: float = Field(default=60, gt=0, description="届くはずのメールを待つ時間の上限（秒）")
    lateness_seconds: float = Field(default=5, ge=0, description="届かないはずのメールを待つ時間（秒）")


class IdentityEntry(Section):
    """A certificate that an account already has."""

    which: str = Field(default="shared", description="どの証明書か（マニュアルに一つなら shared）")
    pkcs12: Path = Field(description="PKCS#12 ファイル")
    password_env: Secret = Field(description="そのパスワードの入っている環境変数の名前")


class Declaring(Section):
    """A table in which what the manual declares may stand too: `entries.py` makes one for each manual."""

    declared: ClassVar[tuple[Fact, ...]] = ()


class ReissuedEntry(Declaring):
    """What the support desk has told of a user who was reissued before the test; what is left out stays as it was."""

    user_id: str = Field(default="", description="伝えられたユーザー ID（変わったとき）")
    login_password_env: Secret = Field(description="伝えられた証明書取得用パスワードの環境変数")


class AccountEntry(Declaring):
    """One account of the pool. Secrets are named by environment variable, never written."""

    state: str = Field(description="利用者の状態", json_schema_extra={"enum": list(STATES)})
    user_id: str = Field(min_length=1, description="ユーザー ID")
    login_password_env: Secret = Field(description="ログインパスワードの入っている環境変数の名前")
    name: str = Field(default="", description="利用者の氏名（ID の書かれていないメールを見分けるため）")
    mail: str = Field(default="", description="利用者のメールアドレス")
    traits: dict[str, str | int] = Field(
        default_factory=dict, description="シナリオが求める性質（days_left = 30 など）"
    )
    identities: tuple[IdentityEntry, ...] = Field(default=(), description="すでに持っている証明書")
    scenarios: tuple[str, ...] = Field(
        default=(), description="このシナリオだけに使う（--select と同じ書き方。既定: どれにも使う）"
    )
    reissued: ReissuedEntry | None = Field(
        default=None, description="再発行がすでに済んでいる利用者。再発行を頼むシナリオだけに使い、窓口には頼まない"
    )


class GapEntry(Section):
    """A requirement that this portal is known to miss."""

    requirement: str = Field(description="項番（DAN-RULE-03 など。DAN-RULE-03..05 も可）")
    reason: str = Field(min_length=1, description="なぜ満たさないか")
    until: date = Field(description="この日まで（その日を含む）")
    browser: str = Field(
        default="",
        description="このブラウザーだけ",
        json_schema_extra={"enum": ["", *NAMES]},
    )
    versions: str = Field(default="", description="ブラウザーのこの版だけ（'>=120,<131' など）")


class Operator(Section):
    """Who does what only the portal's people can: the support desk's telephone, the portal's clock.

    Either a program of the portal's owner (`command`), asked over its standard input, or the person at the terminal
    (`ask`), asked in words with a time limit. Without either, scenarios that need them are BLOCKED.
    """

    command: tuple[str, ...] = Field(default=(), description="代行するプログラムと引数（標準入出力で JSON をやり取り）")
    environment: tuple[Secret, ...] = Field(default=(), description="そのプログラムに渡す環境変数の名前")
    ask: bool = Field(default=False, description="端末の前の人に頼む（CI では実施不能になる）")
    minutes: float = Field(default=10, gt=0, description="待つ時間の上限（分）")


class EvidenceEntry(Section):
    """What must not be seen in the pictures and texts of a report, beside the secrets of the accounts."""

    blacken: tuple[str, ...] = Field(default=(), description="黒塗りする言葉（4 文字以上）。どこにあっても塗る")
    blacken_beside: tuple[str, ...] = Field(
        default=(), description="見出し。その横か下にある値（4 文字以上）を黒塗りする"
    )


class BrowserEntry(Section):
    """Which browser the users of this portal have; the option --browser goes before it."""

    use: str = Field(
        default="",
        description="ブラウザー（msedge、chrome、chromium とその -beta、-dev、または実行ファイルのパス）",
    )


class Limits(Section):
    """What the portal's owner asks of a test."""

    pause_seconds: float = Field(default=0, ge=0, description="画面の操作のあいだに置く間（秒）")
    processing_seconds: float = Field(
        default=120, ge=5, le=3600, description="ポータルが処理しているあいだ待つ時間の上限（秒）"
    )
    hand_over_minutes: float = Field(default=30, gt=0, le=100_000, description="担当者を待つ時間の上限（分）")
    beyond_manual: bool = Field(default=True, description="手順書の外の確認（適合（注意）までにしかならない）も行うか")


class Target(Section):
    """The whole file."""

    manual: str = Field(description="ポータルの従うマニュアル")
    name: str = Field(min_length=1, description="報告書に出る名前")
    product: ProductEntry | None = Field(default=None, description="試験する製品（成績書に載る）")
    sites: dict[str, HttpUrl] = Field(description="サイトごとの入口の URL")
    hosts: tuple[str, ...] = Field(
        default=(), description="サイトのほかに、秘密を入力し、証明書を示し、ファイルを受け取ってよいところ"
    )
    trust_root: Path | None = Field(default=None, description="サーバー証明書のルート（PEM）")
    mail: MailSource = Field(description="ポータルのメールが届くところ")
    accounts: tuple[AccountEntry, ...] = Field(default=(), description="試験に使ってよい利用者")
    dialect: dict[str, dict[str, list[str]]] = Field(
        default_factory=dict, description="マニュアルと違う言葉（dialect の節と名前ごと）"
    )
    locators: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="言葉で見つからないときの最後の手段（dialect と同じ節と名前に、セレクター）"
    )
    evidence: EvidenceEntry = Field(default=EvidenceEntry(), description="報告書の写真と文に出さないもの")
    browser: BrowserEntry = Field(default=BrowserEntry(), description="使うブラウザー（--browser が優先）")
    operator: Operator = Field(default=Operator(), description="窓口への電話や時計の操作を代行するもの")
    gaps: tuple[GapEntry, ...] = Field(default=(), description="満たさないと分かっている項目")
    limits: Limits = Field(default=Limits(), description="試験が守ること")

    @property
    def places(self) -> Hosts:
        """Where users type, show certificates and take files: the sites, and what `hosts` adds."""
        return Hosts([*map(str, self.sites.values()), *map(address_of, self.hosts)])

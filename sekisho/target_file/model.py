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
from sekisho.target_file.described import Described

Secret = Annotated[str, Field(pattern=f"^{VARIABLE}$")]  # the name of an environment variable
NoSecret = Annotated[str, Field(pattern=f"^({VARIABLE})?$")]  # the same, or none


class Section(BaseModel):
    """A table of the file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ProductEntry(Section):
    """What is tested, as its vendor calls it."""

    name: str = Field(min_length=1, description=Described("製品・サービスの名前", "name of the product or service"))
    version: str = Field(default="", description=Described("製品の版", "version of the product"))
    vendor: str = Field(default="", description=Described("製造元・運営者", "vendor or operator"))
    manual_version: str = Field(
        default="",
        description=Described("照らし合わせる手順書の版", "version of the manual that it is checked against"),
    )


class Imap(Section):
    """A mailbox read over IMAP with TLS (RFC 9051, RFC 8314), with a password or a token of OAuth 2.0 (RFC 7628)."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [key]} for key in ("password_env", "token_env", "token_command")]}
    )

    host: str = Field(min_length=1, description=Described("サーバーの名前", "name of the server"))
    port: int = Field(default=993, ge=1, le=65535, description=Described("ポート番号（TLS）", "port (TLS)"))
    user: str = Field(description=Described("ログインする名前", "name to log in with"))
    password_env: NoSecret = Field(
        default="",
        description=Described(
            "パスワードの入っている環境変数の名前", "name of the environment variable with the password"
        ),
    )
    token_env: NoSecret = Field(
        default="",
        description=Described(
            "アクセストークン（OAuth 2.0）の入っている環境変数の名前",
            "name of the environment variable with the access token (OAuth 2.0)",
        ),
    )
    token_command: tuple[str, ...] = Field(
        default=(),
        description=Described(
            "アクセストークンを出力するプログラムと引数", "program that prints the access token, and its arguments"
        ),
    )
    environment: tuple[Secret, ...] = Field(
        default=(),
        description=Described(
            "そのプログラムに渡す環境変数の名前", "names of the environment variables handed to that program"
        ),
    )
    folder: str = Field(default="INBOX", description=Described("読むフォルダー", "folder to read"))
    trust_root: Path | None = Field(
        default=None,
        description=Described(
            "サーバー証明書のルート（PEM、DER、PKCS#7）。既定: OS の信頼するもの",
            "root of the server certificate (PEM, DER or PKCS#7). Default: what the OS trusts",
        ),
    )


class MailSource(Section):
    """Where the portal's mail arrives: exactly one of three."""

    maildir: Path | None = Field(default=None, description=Described("Maildir のフォルダー", "folder of a Maildir"))
    folder: Path | None = Field(
        default=None, description=Described(".eml ファイルの届くフォルダー", "folder in which .eml files arrive")
    )
    imap: Imap | None = Field(default=None, description=Described("IMAP サーバー（TLS）", "IMAP server (TLS)"))
    seconds: float = Field(
        default=60,
        gt=0,
        description=Described(
            "届くはずのメールを待つ時間の上限（秒）", "how long to wait at most for a mail that should arrive (seconds)"
        ),
    )
    lateness_seconds: float = Field(
        default=5,
        ge=0,
        description=Described(
            "届かないはずのメールを待つ時間（秒）", "how long to wait for a mail that should not arrive (seconds)"
        ),
    )


class IdentityEntry(Section):
    """A certificate that an account already has."""

    which: str = Field(
        default="shared",
        description=Described(
            "どの証明書か（手順書に一つなら shared）", "which certificate (shared where the manual has one)"
        ),
    )
    pkcs12: Path = Field(description=Described("PKCS#12 ファイル", "PKCS#12 file"))
    password_env: Secret = Field(
        description=Described(
            "そのパスワードの入っている環境変数の名前", "name of the environment variable with its password"
        )
    )


class Declaring(Section):
    """A table in which what the manual declares may stand too: `entries.py` makes one for each manual."""

    declared: ClassVar[tuple[Fact, ...]] = ()


class ReissuedEntry(Declaring):
    """What the support desk has told of a user who was reissued before the test; what is left out stays as it was."""

    user_id: str = Field(
        default="", description=Described("伝えられたユーザー ID（変わったとき）", "user ID that was told (if changed)")
    )
    login_password_env: Secret = Field(
        description=Described(
            "伝えられた証明書取得用パスワードの環境変数",
            "environment variable with the password for the certificate that was told",
        )
    )


class AccountEntry(Declaring):
    """One account of the pool. Secrets are named by environment variable, never written."""

    state: str = Field(
        description=Described("利用者の状態", "state of the user"), json_schema_extra={"enum": list(STATES)}
    )
    user_id: str = Field(min_length=1, description=Described("ユーザー ID", "user ID"))
    login_password_env: Secret = Field(
        description=Described(
            "ログインパスワードの入っている環境変数の名前", "name of the environment variable with the login password"
        )
    )
    name: str = Field(
        default="",
        description=Described(
            "利用者の氏名（ID の書かれていないメールを見分けるため）",
            "name of the user (to recognize mails that do not give the ID)",
        ),
    )
    mail: str = Field(default="", description=Described("利用者のメールアドレス", "mail address of the user"))
    traits: dict[str, str | int] = Field(
        default_factory=dict,
        description=Described(
            "シナリオが求める性質（days_left = 30 など）", "traits that scenarios ask for (such as days_left = 30)"
        ),
    )
    identities: tuple[IdentityEntry, ...] = Field(
        default=(), description=Described("すでに持っている証明書", "certificates that the user already has")
    )
    scenarios: tuple[str, ...] = Field(
        default=(),
        description=Described(
            "このシナリオだけに使う（--select と同じ書き方。既定: どれにも使う）",
            "only for these scenarios (written as for --select; default: for any)",
        ),
    )
    reissued: ReissuedEntry | None = Field(
        default=None,
        description=Described(
            "再発行がすでに済んでいる利用者。再発行を頼むシナリオだけに使い、窓口には頼まない",
            "a user who has already been reissued: only for scenarios that ask for a reissue, and the support desk "
            "is not asked",
        ),
    )


class GapEntry(Section):
    """A requirement that this portal is known to miss."""

    requirement: str = Field(
        description=Described(
            "項番（DAN-RULE-03 など。DAN-RULE-03..05 も可）",
            "row of the manual (such as DAN-RULE-03, or DAN-RULE-03..05)",
        )
    )
    reason: str = Field(min_length=1, description=Described("なぜ満たさないか", "why it is missed"))
    until: date = Field(description=Described("この日まで（その日を含む）", "until this day (inclusive)"))
    browser: str = Field(
        default="",
        description=Described("このブラウザーだけ", "with this browser only"),
        json_schema_extra={"enum": ["", *NAMES]},
    )
    versions: str = Field(
        default="",
        description=Described(
            "ブラウザーのこの版だけ（'>=120,<131' など）",
            "with these versions of the browser only (such as '>=120,<131')",
        ),
    )


class Operator(Section):
    """Who does what only the portal's people can: the support desk's telephone, the portal's clock.

    Either a program of the portal's owner (`command`), asked over its standard input, or the person at the terminal
    (`ask`), asked in words with a time limit. Without either, scenarios that need them are BLOCKED.
    """

    command: tuple[str, ...] = Field(
        default=(),
        description=Described(
            "代行するプログラムと引数（標準入出力で JSON をやり取り）",
            "program that does it instead, and its arguments (JSON over standard input and output)",
        ),
    )
    environment: tuple[Secret, ...] = Field(
        default=(),
        description=Described(
            "そのプログラムに渡す環境変数の名前", "names of the environment variables handed to that program"
        ),
    )
    ask: bool = Field(
        default=False,
        description=Described(
            "端末の前の人に頼む（CI では実施不能になる）", "ask the person at the terminal (BLOCKED in CI)"
        ),
    )
    minutes: float = Field(
        default=10, gt=0, description=Described("待つ時間の上限（分）", "how long to wait at most (minutes)")
    )


class EvidenceEntry(Section):
    """What must not be seen in the pictures and texts of a report, beside the secrets of the accounts."""

    blacken: tuple[str, ...] = Field(
        default=(),
        description=Described(
            "黒塗りする言葉（4 文字以上）。どこにあっても塗る",
            "words to blacken wherever they are (4 characters or more)",
        ),
    )
    blacken_beside: tuple[str, ...] = Field(
        default=(),
        description=Described(
            "見出し。その横か下にある値（4 文字以上）を黒塗りする",
            "headings: the values beside or below them are blackened (4 characters or more)",
        ),
    )


class BrowserEntry(Section):
    """Which browser the users of this portal have; the option --browser goes before it."""

    use: str = Field(
        default="",
        description=Described(
            "ブラウザー（msedge、chrome、chromium とその -beta、-dev、または実行ファイルのパス）",
            "browser (msedge, chrome, chromium with their -beta and -dev, or the path of an executable)",
        ),
    )


class Limits(Section):
    """What the portal's owner asks of a test."""

    pause_seconds: float = Field(
        default=0,
        ge=0,
        description=Described("画面の操作のあいだに置く間（秒）", "pause between actions on a page (seconds)"),
    )
    processing_seconds: float = Field(
        default=120,
        ge=5,
        le=3600,
        description=Described(
            "ポータルが処理しているあいだ待つ時間の上限（秒）",
            "how long to wait at most while the portal is processing (seconds)",
        ),
    )
    background: tuple[str, ...] = Field(
        default=(),
        description=Described(
            "画面がいつも行っている通信の URL のパス（キープアライブなど。待たない）",
            "paths of addresses that pages ask for all the time, such as keep-alive (not waited for)",
        ),
    )
    hand_over_minutes: float = Field(
        default=30,
        gt=0,
        le=100_000,
        description=Described(
            "担当者を待つ時間の上限（分）", "how long to wait at most for the person in charge (minutes)"
        ),
    )
    beyond_manual: bool = Field(
        default=True,
        description=Described(
            "手順書の外の確認（適合（注意）までにしかならない）も行うか",
            "whether to check what goes beyond the manual too (never worse than WARNING)",
        ),
    )


class Target(Section):
    """The whole file."""

    manual: str = Field(description=Described("ポータルの従う手順書", "manual that the portal follows"))
    name: str = Field(min_length=1, description=Described("報告書に出る名前", "name that reports show"))
    product: ProductEntry | None = Field(
        default=None,
        description=Described("試験する製品（成績書に載る）", "product under test (named in the statement of results)"),
    )
    sites: dict[str, HttpUrl] = Field(
        description=Described("サイトごとの入口の URL", "URL of the entrance to each site")
    )
    hosts: tuple[str, ...] = Field(
        default=(),
        description=Described(
            "サイトのほかに、秘密を入力し、証明書を示し、ファイルを受け取ってよいところ",
            "where, besides the sites, secrets may be entered, certificates shown and files received",
        ),
    )
    trust_root: Path | None = Field(
        default=None,
        description=Described(
            "サーバー証明書のルート（PEM、DER、PKCS#7）", "root of the server certificates (PEM, DER or PKCS#7)"
        ),
    )
    mail: MailSource = Field(description=Described("ポータルのメールが届くところ", "where the portal's mail arrives"))
    accounts: tuple[AccountEntry, ...] = Field(
        default=(), description=Described("試験に使ってよい利用者", "users that the test may use")
    )
    dialect: dict[str, dict[str, list[str]]] = Field(
        default_factory=dict,
        description=Described(
            "手順書と違う言葉（dialect の節と名前ごと）",
            "words that differ from the manual's (by section and name of the dialect)",
        ),
    )
    locators: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description=Described(
            "言葉で見つからないときの最後の手段（dialect と同じ節と名前に、セレクター）",
            "last resort where words find nothing (section and name as in dialect, with a selector)",
        ),
    )
    evidence: EvidenceEntry = Field(
        default=EvidenceEntry(),
        description=Described(
            "報告書の写真と文に出さないもの", "what must not be seen in the pictures and texts of reports"
        ),
    )
    browser: BrowserEntry = Field(
        default=BrowserEntry(),
        description=Described("使うブラウザー（--browser が優先）", "browser to use (--browser takes precedence)"),
    )
    operator: Operator = Field(
        default=Operator(),
        description=Described(
            "窓口への電話や時計の操作を代行するもの", "who telephones the support desk and sets the portal's clock"
        ),
    )
    gaps: tuple[GapEntry, ...] = Field(
        default=(), description=Described("満たさないと分かっている項目", "requirements known to be missed")
    )
    limits: Limits = Field(default=Limits(), description=Described("試験が守ること", "limits that the test keeps to"))

    @property
    def places(self) -> Hosts:
        """Where users type, show certificates and take files: the sites, and what `hosts` adds."""
        return Hosts(map(str, self.sites.values()), further=map(address_of, self.hosts))

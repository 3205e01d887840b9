"""The control's errors as a script sees them: a number (HRESULT) and Windows' own sentence."""

from __future__ import annotations

# Script errors 429, 438 and 13, with JScript's facility.
CANNOT_CREATE = 0x800A01AD
NO_SUCH_MEMBER = 0x800A01B6
TYPE_MISMATCH = 0x800A000D
NOT_IMPLEMENTED = 0x80004001
NO_INTERFACE = 0x80004002
ACCESS_DENIED = 0x80070005
INVALID_ARGUMENT = 0x80070057
CANCELLED = 0x800704C7
ALREADY_INITIALIZED = 0x800704DF
BLANK = 0x80040007
BAD_PROVIDER = 0x80090019
BAD_LENGTH = 0x80090004
BAD_NAME = 0x80092023
BAD_ASN1 = 0x8009310B
NOT_FOUND = 0x80092004
EXISTS = 0x80092005
UNTRUSTED_ROOT = 0x800B0109
NO_CHAIN = 0x800B010A
BAD_SIGNATURE = 0x80096004
EXPIRED = 0x800B0101

SENTENCES = {
    CANNOT_CREATE: "オートメーション サーバーでオブジェクトを作成できません。",
    NO_SUCH_MEMBER: "オブジェクトでサポートされていないプロパティまたはメソッドです。",
    TYPE_MISMATCH: "型が一致しません。",
    NOT_IMPLEMENTED: "実装されていません。",
    NO_INTERFACE: "インターフェイスがサポートされていません。",
    ACCESS_DENIED: "アクセスが拒否されました。",
    INVALID_ARGUMENT: "パラメーターが間違っています。",
    CANCELLED: "この操作はユーザーによって取り消されました。",
    ALREADY_INITIALIZED: "既に初期化されています。",
    BLANK: "オブジェクトが初期化されていません。",
    BAD_PROVIDER: "キー セットが定義されていません。",
    BAD_LENGTH: "長さが正しくありません。",
    BAD_NAME: "X.500 の名前の文字列が正しくありません。",
    BAD_ASN1: "ASN1 の不正なタグ値を検出しました。",
    NOT_FOUND: "オブジェクトまたはプロパティが見つかりません。",
    EXISTS: "オブジェクトまたはプロパティは既に存在します。",
    UNTRUSTED_ROOT: "証明書チェーンは処理されましたが、"
    "信頼プロバイダーが信頼していないルート証明書で強制終了しました。",
    NO_CHAIN: "信頼されたルート機関に対して証明書チェーンを作成できませんでした。",
    BAD_SIGNATURE: "証明書の署名を確認できません。",
    EXPIRED: "必要な証明書は有効期間外です。",
}


class ComError(Exception):
    """What a call of the control ends with instead of a value."""

    def __init__(self, number: int) -> None:
        """Take one of the numbers above."""
        super().__init__(f"{SENTENCES[number]} (0x{number:08X})")
        self.number = number

    @property
    def sentence(self) -> str:
        """Windows' words for it."""
        return SENTENCES[self.number]


class GapError(Exception):
    """Documented, but not built here: says nothing about the page."""

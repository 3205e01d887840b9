"""The dialogs of Windows and Internet Explorer that stand between a page and the user's keys and certificates.

The first button of each is the one that the manuals tell the user to press.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prompt:
    """One dialog: its title, what it says, and the buttons to choose from.

    `about` says what it is about where many have one title: a person reads that, and may press another button then.
    """

    title: str
    text: str
    buttons: tuple[str, ...]
    about: str = ""


ALLOW_ADDON, ALLOW, YES, NEXT, FINISH, OK = "許可(A)", "許可する(A)", "はい(Y)", "次へ(N) >", "完了(F)", "OK"
SET_LEVEL, HIGH = "セキュリティ レベルの設定(S)...", "高(H)"
NEW_KEY = "新しい RSA 交換キーを作成します"

ADDON = Prompt(
    "通知バー",
    "この Web サイトは 'Microsoft Corporation' からの '証明書の登録コントロール' アドオンを実行しようとしています。",
    (ALLOW_ADDON, "閉じる"),
)
ELEVATION = Prompt(
    "Internet Explorer セキュリティ",
    "Web サイトによって、このコンピューター上のこのプログラムを使って Web コンテンツを開こうとしています。",
    (ALLOW, "許可しない(D)"),
)
INTERACTION = Prompt(
    "Internet Explorer",
    "このページの ActiveX コントロールは、安全でない可能性があり、ページのほかの部分に影響する可能性があります。"
    "ほかの部分に影響しても問題ありませんか?",
    (YES, "いいえ(N)"),
)
# OK at once leaves the key without a password.
ANNOUNCE_KEY = Prompt(
    NEW_KEY,
    "アプリケーションは保護されたアイテムを作成しています。セキュリティ レベルは [中] に設定されています。",
    (SET_LEVEL, OK, "キャンセル"),
)
CONFIRM_LEVEL = Prompt(NEW_KEY, "セキュリティ レベルは [高] に設定されました。", (OK, "キャンセル"))
CHOOSE_LEVEL = Prompt(
    "セキュリティ レベルの選択", "このアイテムに適切なセキュリティ レベルを選択してください。", (HIGH,)
)
CHOOSE_PIN = Prompt(
    "パスワードの作成", "このアイテムを保護するためのパスワードを作成してください。", (FINISH, "キャンセル")
)
MESSAGE = "Web ページからのメッセージ"
ROOT_LACKING = "ルートCA証明書が無いという警告"
IMPORTED = Prompt("証明書のインポート ウィザード", "正しくインポートされました。", (OK,))


def web_access(origin: str) -> Prompt:
    """The control's own question before it works for a page."""
    text = f"この Web サイトはユーザーの代わりにデジタル証明書の操作を実行しようとしています: {origin}"
    return Prompt("Web アクセスの確認", f"{text} この操作を許可しますか?", (YES, "いいえ(N)"))


def root_warning(name: str, thumbprint: str) -> Prompt:
    """Windows' question before it trusts a root."""
    text = "発行者が次であると主張する証明機関 (CA) から証明書をインストールしようとしています"
    question = f"{text}: {name} 拇印 (sha1): {thumbprint} この証明書をインストールしますか?"
    return Prompt("セキュリティ警告", question, (YES, "いいえ(N)"))


def message(text: str, *, question: bool, about: str = "") -> Prompt:
    """What a page's script itself says or asks."""
    return Prompt(MESSAGE, text, (OK, "キャンセル") if question else (OK,), about)


def wizard(store: str) -> Prompt:
    """The import wizard, once a store has been chosen in it."""
    return Prompt("証明書のインポート ウィザード", f"証明書をすべて次のストアに配置する: {store}", (NEXT, "キャンセル"))

"""Names of the browsers' own controls in the two languages that their interfaces are operated in.

Taken from Chromium 150 and 156, ja and en. A control that is named otherwise is found by its position, if at all.
"""

from __future__ import annotations

import re


def either(*names: str) -> re.Pattern[str]:
    """A pattern for the whole of a name in one of the languages; each name is a pattern itself."""
    return re.compile("^(?:" + "|".join(names) + ")$", re.DOTALL)


# dialogs
OK = either("OK")
CANCEL = either("キャンセル", "Cancel")
UNLOCK = either("ロック解除", "Unlock")
CLOSE = either("閉じる", "Close")
CERTIFICATE_DIALOG = either("証明書の選択", "Select a certificate")
PIN_PROMPT = either("セキュリティ デバイスのロック解除", "Unlock Security Device")
PROTOCOL_DIALOG = either(".*を開きますか？", r"Open .*\?")
# menu and settings; what a link explains follows its name
MENU = either(r"(Google )?Chrom(e|ium)( for Testing)?( - .*)?", "設定など.*", "Settings and more.*")
SETTINGS = either(r"設定(\(\w\))?", "Settings")
SETTINGS_PAGE = either("設定.*", "Settings.*")
PRIVACY = either("プライバシーとセキュリティ", "Privacy and security")
SECURITY = either(r"セキュリティ(\s.*)?", r"Security(\s.*)?")
MANAGE = either(r"証明書の管理(\s.*)?", r"Manage certificates(\s.*)?")
# certificate manager
MANAGER = either("証明書マネージャ.*", "Certificate Manager.*")
FROM_SYSTEM = either(r".*Linux.*")
OWN_LIST = either(
    "プラットフォームのクライアント証明書 (を表示|にインポート)",
    r"(Show|Import to|Export all) Client certificates from platform",
)
ROOTS_LIST = either(
    "信頼できる証明書 (を表示|をすべてエクスポート)", r"(Show|Import to|Export all) Trusted Certificates"
)
ANY_LIST = either(".+ (を表示|にインポート|をすべてエクスポート)", "(Show|Import to|Export all) .+")
COPY = either("(?P<ja>.+) の証明書ハッシュをコピー", "Copy certificate hash for (?P<en>.+)")
DELETE = either("証明書 .+ を削除", "Delete certificate .+")
DETAILS = either("新しいダイアログで .+ の証明書の詳細を表示します", "View certificate details for .+ in a new dialog")
# certificate viewer
VIEWER = either("証明書ビューア.*", "Certificate Viewer.*")
ISSUED_TO = either("発行先", "Issued To")
ISSUED_BY = either("発行元", "Issued By")
PERIOD = either("有効期間", "Validity Period")
NOT_BEFORE = either("発行日", "Issued On")
NOT_AFTER = either("有効期限", "Expires On")
COMMON_NAME = either("一般名（CN）", r"Common Name \(CN\)")
UNIT = either("組織単位（OU）", r"Organizational Unit \(OU\)")
ORGANIZATION = either("組織（O）", r"Organization \(O\)")
# warning page
WARNING = either(".*プライバシーが保護されません.*", ".*connection is not private.*")
ADVANCED = either("詳細設定", "Advanced")
PROCEED = either(".+ にアクセスする（安全ではありません）", r"Proceed to .+ \(unsafe\)")

# What the manuals and the features call it, by its name in an English interface.
IN_JAPANESE = {"Subject": "件名", "Issuer": "発行元", "Serial": "シリアル番号", "Cancel": "キャンセル"}


def in_japanese(name: str) -> str:
    """The Japanese name of a column or button of the certificate dialog; any other name as it is."""
    return IN_JAPANESE.get(name, name)

"""The sentences and captions of this system."""

from __future__ import annotations

ALREADY_REVOKED = "この電子証明書はすでに失効しています。"
FOUR_DIGITS = "半角数字4桁で入力してください。"

WORDS = {
    # captions
    # refusals of the download
    "ids-missing": "リクエストIDまたはリファレンスIDが入力されていません。両方を入力してください。",
    "ids-refused": (
        "リクエストIDまたはリファレンスIDが正しくありません。電子証明書発行通知書を確認し、もう一度入力してください。"
    ),
    "invitation-over": "ダウンロード可能期間（発行後180日間）が過ぎているため、電子証明書をダウンロードできません。",
    "certificate-revoked": ALREADY_REVOKED,
    "password-missing": "パスワードを入力してください。",
    "password-too-long": "パスワードは64文字以内で入力してください。",
    "password-not-ascii": "パスワードに使用できるのは半角の英数字と記号だけです。",
    "password-mismatch": "パスワードと確認用のパスワードが一致しません。もう一度入力してください。",
    "pin-with-spaces": f"パスワードに空白が含まれています。{FOUR_DIGITS}",
    "pin-not-digits": f"パスワードに数字以外の文字が含まれています。{FOUR_DIGITS}",
    "pin-full-width": f"パスワードに全角の数字が含まれています。{FOUR_DIGITS}",
    "pin-too-short": f"パスワードが4桁に足りません。{FOUR_DIGITS}",
    "pin-too-long": f"パスワードが4桁を超えています。{FOUR_DIGITS}",
    # renewal
    "request-id-missing": "リクエスト ID を入力してください。",
    "request-id-unknown": "入力されたリクエスト ID の鍵は取得できません。リクエスト ID を確認してください。",
    "renewal-not-open": "証明書を更新できるのは、有効期限まで90日未満になってからです。",
    "renewal-known": "この証明書の更新申請はすでに受け付けています。「更新後証明書の取得」から鍵を取得してください。",
    "renewal-in-work": "更新申請を処理しています。しばらくしてから、もう一度お試しください。",
    "renewal-over": "更新前の証明書が有効期限を過ぎているため、更新後の証明書はダウンロードできません。",
    "key-elsewhere": "MPKI クライアントで更新した電子証明書の鍵は、更新した端末にあります。",
    "status-making": "鍵生成中",
    "status-asking": "発行要求中",
    "status-accepted": "発行要求中",
    # revocation
    "already-revoked": ALREADY_REVOKED,
    "revocation-ids-refused": (
        "リクエスト ID またはリファレンス ID が、お使いの電子証明書のものではありません。もう一度入力してください。"
    ),
    "revocation-known": "この電子証明書の失効申請はすでに受け付けています。完了の通知をお待ちください。",
    "mail-missing": "メールアドレスを2回入力してください。",
    "mail-malformed": "メールアドレスの形式が正しくありません。",
    "mail-mismatch": "メールアドレスと確認用のメールアドレスが一致しません。もう一度入力してください。",
    # the agent of MPKI クライアント
    "no-certificate": "電子証明書を確認できません。",
    "certificate-over": "電子証明書の有効期限が過ぎているため、更新できません。",
    "renewal-known-to-client": "この電子証明書の更新申請はすでに受け付けています。",
    "no-pkcs10": "証明書発行要求が正しくありません。",
    # the service
    "service-login-refused": "ユーザーIDまたはパスワードが正しくありません。",
    "not-the-owner": "この電子証明書の機関ではないため、ログインできません。",
}

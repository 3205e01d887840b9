"""The sentences and captions of these portals."""

from __future__ import annotations

WORDS = {
    # captions
    "user-id": "ユーザ ID",
    "download-key": "Download key",
    # refusals
    "login-refused": "ユーザ ID またはパスワードが正しくありません。",
    "service-login-refused": "ユーザーIDまたはパスワードが正しくありません。",
    "not-the-owner": "このクライアント証明書の所有者でないため、ログインできません。",
    "request-id-missing": "リクエスト ID を入力してください。",
    "request-id-unknown": "入力されたリクエスト ID の鍵は取得できません。リクエスト ID を確認してください。",
    "invitation-over": (
        "ご案内の有効期間（証明書情報の発行後30日間）が過ぎているため、手続きを進められません。"
        "サポートセンターへご連絡ください。"
    ),
    "certificate-revoked": "この証明書は失効しているため、鍵を取得できません。サポートセンターへご連絡ください。",
    "password-missing": "パスワードを入力してください。",
    "password-too-long": "パスワードは64文字以内で入力してください。",
    "password-not-ascii": "パスワードに使用できるのは半角の英数字と記号だけです。",
    "password-mismatch": "パスワードとパスワードの確認が一致しません。もう一度入力してください。",
    "renewal-not-open": "証明書を更新できるのは、有効期限の30日前からです。更新のご案内をお待ちください。",
    "renewal-known": "この証明書の更新申請はすでに受け付けています。「更新後証明書の取得」から鍵を取得してください。",
    "renewal-in-work": "更新申請を処理しています。しばらくしてから、もう一度お試しください。",
    "renewal-over": "この更新申請の鍵を取得できる期間は終わりました。",
}

"""The sentences and captions of these portals."""

from __future__ import annotations

WORDS = {
    # captions
    "log-in": "認証",
    "submit-key": "取得",
    "download": "ダウンロード",
    "apply": "申請",
    "confirmation": "証明書更新申請情報の確認",
    "download-key": "鍵の取得",
    "next-page": "次の20件",
    "previous-page": "前の20件",
    # kinds of requests, and how far one has come
    "kind-issue": "新規取得",
    "status-accepted": "鍵生成中",
    # refusals
    "login-refused": "ユーザーIDまたはパスワードに誤りがあります。取得案内メールを確認してください。",
    "service-login-refused": "ユーザーIDまたはパスワードに誤りがあります。",
    "not-the-owner": "お使いの証明書のユーザーではないため、ログインできません。",
    "request-id-missing": "リクエストIDを入力してください。",
    "request-id-unknown": "該当する鍵がありません。リクエストIDを確認してください。",
    "invitation-over": (
        "取得案内メールの有効期限（証明書情報の発行後30日間）が過ぎているため、お手続きを進めることができません。"
        "お問合せ先までご連絡ください。"
    ),
    "certificate-revoked": "失効した証明書の鍵は取得できません。お問合せ先までご連絡ください。",
    "password-missing": "パスワードを入力してください。",
    "password-too-long": "パスワードは64文字以内としてください。",
    "password-not-ascii": "パスワードには半角の英字・数字・記号だけを使用してください。",
    "password-mismatch": "パスワードとパスワードの確認が一致しません。",
    "renewal-not-open": "更新のお手続きができるのは、有効期限の30日前からです。更新案内メールをお待ちください。",
    "renewal-known": "更新申請はすでに受け付けています。「更新後証明書の取得」へお進みください。",
    "renewal-in-work": "証明書を発行しています。しばらくお待ちください。",
    "renewal-over": "更新した証明書を取得できる期間が終わりました。お問合せ先までご連絡ください。",
}

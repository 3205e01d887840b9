"""The bank's sentences of refusal."""

from __future__ import annotations

WORDS = {
    # to the program
    "login-refused": "ログインIDまたはログインパスワードが正しくありません。",
    "one-time-password-refused": "ワンタイムパスワードが正しくないか、有効時間を過ぎているか、使用済みです。",
    "already-issued": (
        "このログインIDの電子証明書はすでに発行されています。"
        "パソコンを変更するときは、先に証明書の失効を行ってください。"
    ),
    "certificate-revoked": "この電子証明書は失効しています。証明書発行からやり直してください。",
    "certificate-expired": "この電子証明書は有効期限が切れています。証明書発行からやり直してください。",
    "renewal-not-open": "電子証明書を更新できるのは、有効期限の40日前からです。",
    "stay-over": "ログインからやり直してください。",
    "request-unreadable": "証明書発行要求を読み取れません。",
    # at the door
    "not-the-owner": "この電子証明書は、入力されたログインIDのものではありません。",
    "no-certificate": "電子証明書を確認できません。このパソコンで電子証明書を取得してください。",
    "revoked": "この電子証明書は失効しています。電子証明書を取得し直してください。",
    "expired": "この電子証明書は有効期限が切れています。電子証明書を取得し直してください。",
    "certificate-needed": "電子証明書をご利用のため、IDとパスワードだけではログインできません。",
    # 証明書失効
    "own-certificate": (
        "マスターユーザの電子証明書は、この画面からは失効できません。"
        "お取引店に「クライアント証明書（電子証明書）機能申込書」をご提出ください。"
    ),
    "nobody-chosen": "利用者を選択してください。",
    "nothing-to-revoke": "この利用者には、失効できる電子証明書がありません。",
    "confirmation-refused": "確認用パスワードが正しくありません。",
}

"""From the words of a manual's dialect to those of the family's pages: the first spelling of each."""

from __future__ import annotations

from collections.abc import Mapping

from mock_ca.family.table import Table
from mock_ca.managed_pki.words import CAPTIONS

# What the pages call it, by its section and name in a dialect.
CALLED: Mapping[str, str] = {
    "screens.login": "login-page",
    "screens.top": "top-page",
    "screens.key": "key-page",
    "screens.confirmation": "confirmation",
    "screens.renewal_list": "renewal-list",
    "screens.request_list": "request-list",
    "screens.session_invalid": "session-invalid",
    "fields.user_id": "user-id",
    "fields.login_password": "login-password",
    "fields.request_id": "request-id",
    "fields.key_password": "key-password",
    "fields.key_password_again": "key-password-again",
    "fields.service_user_id": "service-user-id",
    "fields.service_password": "service-password",
    "buttons.login": "log-in",
    "buttons.logout": "log-out",
    "buttons.submit": "submit-key",
    "buttons.download": "download",
    "buttons.apply": "apply",
    "buttons.download_key": "download-key",
    "buttons.next_page": "next-page",
    "buttons.service_login": "service-log-in",
    "menu.key": "menu-key",
    "menu.requests": "menu-requests",
    "menu.renewal": "menu-renewal",
    "menu.renewed": "menu-renewed",
    "values.common_name": "common-name",
    "values.organizational_unit": "organizational-unit",
    "values.organization": "organization",
    "values.country": "country",
    "values.request_id": "receipt-request-id",
    "values.reference_id": "reference-id",
    "values.certificate_status": "certificate-status",
    "columns.request_id": "column-request-id",
    "columns.common_name": "column-common-name",
    "columns.applied": "column-applied",
    "columns.limit": "column-limit",
    "columns.status": "column-status",
    "columns.fetch": "column-fetch",
    "statuses.invited": "status-invited",
    "statuses.accepted": "status-accepted",
    "statuses.issued": "status-issued",
    "statuses.cancelled": "status-cancelled",
    "messages.forbidden": "forbidden",
    "messages.not_found": "not-found",
    "messages.unsupported_browser": "unsupported-browser",
    "messages.not_today": "not-today",
    "messages.login_refused": "login-refused",
    "messages.not_the_owner": "not-the-owner",
    "messages.request_id_unknown": "request-id-unknown",
    "messages.expired_invitation": "invitation-over",
    "messages.empty": "password-missing",
    "messages.too_long": "password-too-long",
    "messages.not_allowed": "password-not-ascii",
    "messages.mismatch": "password-mismatch",
    "messages.not_renewable": "renewal-not-open",
    "messages.already_applied": "renewal-known",
    "messages.processing": "renewal-in-work",
}
# What one word of a dialect is said of on two pages.
ALIKE = {"service-login-refused": "login-refused", "request-id-missing": "password-missing"}


def words_of(table: Table) -> dict[str, str]:
    """The captions and sentences of a portal: those of its dialect, else those of the family."""
    found = {**CAPTIONS, **_sentences(table)}
    for place, name in CALLED.items():
        section, _, key = place.partition(".")
        found[name] = table.word(section, key, found[name])
    return {**found, **{name: found[other] for name, other in ALIKE.items()}}


def _sentences(table: Table) -> dict[str, str]:
    days = table.invitation_days
    return {
        "login-refused": "ユーザーIDまたはパスワードが正しくありません。",
        "not-the-owner": "このクライアント証明書の所有者でないため、ログインできません。",
        "request-id-unknown": "このリクエスト ID の鍵は取得できません。リクエスト ID を確認してください。",
        "invitation-over": f"ご案内の有効期間（発行後{days}日間）が過ぎているため、手続きを進められません。",
        "certificate-revoked": "この証明書は失効しているため、鍵を取得できません。",
        "password-missing": "入力してください。",
        "password-too-long": f"パスワードは{table.password_limit}文字以内で入力してください。",
        "password-not-ascii": "パスワードに使用できるのは半角の英数字と記号だけです。",
        "password-mismatch": "パスワードとパスワードの確認が一致しません。",
        "renewal-not-open": f"証明書を更新できるのは、有効期限の{table.renewal_days}日前からです。",
        "renewal-known": "この証明書の更新申請はすでに受け付けています。",
        "renewal-in-work": "更新申請を処理しています。しばらくお待ちください。",
        "renewal-over": "更新した証明書を取得できる期間は終わりました。",
    }

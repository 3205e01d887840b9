"""The sites of each manual's portal, by the names under which a target file gives their addresses."""

from __future__ import annotations

from collections.abc import Mapping

from sekisho.verdict import BlockedError

SITES: Mapping[str, Mapping[str, str]] = {
    "danshin": {
        "enrol": "証明書を取得する（取得案内メールのリンク先）",
        "renew": "証明書を更新する（更新案内メールのリンク先）",
        "service": "団信ネット（損保）。3社共用の証明書で入る",
        "nissay": "団信ネット（日本生命）",
        "web": "団信Web",
    },
    "kihonet": {
        "enrol": "証明書を取得する（取得のご案内メールのリンク先）",
        "renew": "証明書を更新する",
        "service": "企保ネット",
        "navi": "N-ナビ",
    },
    "obn": {
        "root": "ルート証明書を取得する",
        "enrol": "証明書を取得する（通知書に書かれた URL）",
        "renew": "証明書を更新する",
        "revoke": "証明書を失効させる",
        "service": "オンライン請求システム",
        "agent": "MPKI クライアントの接続先",
        "client": "MPKI クライアントを入手する",
    },
    "nec": {
        "enrol": "証明書発行サイト",
        "confirm": "証明書の確認ページ",
    },
    "gunma": {
        "bank": "法人インターネットバンキング",
        "agent": "証明書発行アプリの接続先",
        "agent-renew": "証明書発行アプリの更新の接続先",
    },
}


class Sites(dict[str, str]):
    """The addresses in a target file; a site that it does not give blocks whoever needs it."""

    def __missing__(self, name: str) -> str:
        """Raise BlockedError naming the site."""
        raise BlockedError(f"ターゲットファイルの [sites] に {name} がない")

"""What OpenSSL says of a site beside what the browser makes of it: where that opens it, a complaint is a remark."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from sekisho.language import Pair, say
from sekisho.network.hosts import Hosts, origin, written
from sekisho.preflight.eyes import Visit
from sekisho.preflight.finding import Doubt, Finding, Place

SECONDS = 5
MISDIRECTED, BROKEN = 421, 500
GOES_ON = Pair(
    "試験はできます。ブラウザー以外のプログラムがつなぐのなら、サーバーの設定を直してください",
    "The test can go on. If programs other than browsers connect there, correct the server's settings",
)


def weighed(finding: Finding, visit: Visit, browser: str) -> Finding:
    """A complaint after the browser has been asked: a hint that says what it was, or a problem that both have."""
    if not visit.opens:
        return replace(
            finding,
            what=say(
                f"{finding.what}。ブラウザー（{browser}）も {visit.refused} と表示します",
                f"{finding.what}. The browser ({browser}) shows {visit.refused} too",
            ),
        )
    what = say(
        f"OpenSSL では「{finding.what}」となりますが、ブラウザー（{browser}）は開きます。{_why(finding, visit)}",
        f'OpenSSL says "{finding.what}", but the browser ({browser}) opens it. {_why(finding, visit)}',
    )
    return replace(finding, what=what.rstrip(say("。", ". ")), remedy=str(GOES_ON), hint=True)


def remarks(key: str, url: str, visit: Visit, browser: str, place: Place) -> Iterator[Finding]:
    """What only the browser shows: that it refuses what OpenSSL accepts, or an error."""
    if not visit.opens and not visit.sent_away:  # OpenSSL has reached it
        shows = visit.refused.startswith("ERR_")
        what = (
            say(
                f"ブラウザー（{browser}）が {visit.refused} と表示します",
                f"the browser ({browser}) shows {visit.refused}",
            )
            if shows
            else visit.refused
        )
        yield place.problem(key, url, what, say("URL を確かめてください", "Check the URL"))
    elif visit.status == MISDIRECTED:
        what = say(
            "ブラウザーに HTTP 421 を返します（同じアドレスの別のサイトとの接続を使った要求）",
            "answers HTTP 421 to the browser (a request over a connection to another site at the same address)",
        )
        yield place.problem(
            key,
            url,
            what,
            say(
                "サーバーの HTTP/2 の設定か、共用の証明書を確かめてください",
                "Check the server's HTTP/2 settings, or the certificate that the sites share",
            ),
        )
    elif visit.status is not None and visit.status >= BROKEN:
        yield place.problem(
            key,
            url,
            say(f"HTTP {visit.status} を返します", f"answers HTTP {visit.status}"),
            say("ポータルの稼働を確かめてください", "Check that the portal is up"),
        )


def led_away(key: str, url: str, visit: Visit, hosts: Hosts, place: Place) -> Iterator[Finding]:
    """A site whose first page is at none of the target's places: nothing is typed there."""
    where = visit.page.url
    if visit.opens and not visit.file and not hosts.has(where):
        there = written(origin(where)) or where
        what = say(
            f"開くと {there} へ移ります。[sites] と hosts に無いので、そこでは秘密を入力せず、不適合になります",
            f"opening it leads to {there}, which is neither in [sites] nor in hosts: no secret is entered there, "
            "and the verdict is FAIL",
        )
        yield place.hint(
            key,
            url,
            what,
            say(
                f'そこもポータルなら、hosts = ["{there}"] と書いてください',
                f'If that is the portal too, write hosts = ["{there}"]',
            ),
        )


def local(key: str, url: str, asked: dict[str, list[str]], place: Place) -> Finding:
    """What a page asks the user's own machine or network for (Local Network Access)."""
    where = say("、", ", ").join(dict.fromkeys(asked[url]))
    what = say(
        f"画面が、利用者の手元の機械か網へ要求します（{where}）。ブラウザーが利用者に許可を求めます",
        f"the page sends requests to the user's own machine or network ({where}), for which the browser asks the "
        "user's permission",
    )
    return place.hint(
        key,
        url,
        what,
        say("手順書に、この許可の説明があるか確かめてください", "Check that the manual explains this permission"),
    )


def _why(finding: Finding, visit: Visit) -> str:
    if finding.doubt is Doubt.TLS and visit.cipher:
        return say(
            f"この接続は {visit.cipher} で、OpenSSL の標準の設定はこれを断ります",
            f"This connection uses {visit.cipher}, which OpenSSL refuses by default",
        )
    if finding.doubt is Doubt.TRUST and (where := _fetched_from(finding.value)):
        return say(
            f"サーバーが中間証明書を送らず、ブラウザーは証明書に書かれた {where} から取り寄せます（AIA）",
            f"The server does not send its intermediate certificate; the browser fetches it from {where}, named in "
            "the certificate (AIA)",
        )
    if finding.doubt is Doubt.NAME:
        return say(
            "この機械の名前解決では引けない名前を、ブラウザーは引けます",
            "The browser resolves the name, which this machine's own resolver does not",
        )
    return ""


def _fetched_from(url: str) -> str:
    """Where a server's certificate says that its issuer is to be had; empty where it says nothing."""
    parts = urlsplit(url)
    try:
        pem = ssl.get_server_certificate((parts.hostname or "", parts.port or 443), timeout=SECONDS)
        access = x509.load_pem_x509_certificate(pem.encode()).extensions.get_extension_for_class(
            x509.AuthorityInformationAccess
        )
    except (OSError, ValueError, socket.gaierror, x509.ExtensionNotFound):
        return ""
    issuers = (
        one.access_location.value
        for one in access.value
        if one.access_method == AuthorityInformationAccessOID.CA_ISSUERS
    )
    return next((str(one) for one in issuers), "")

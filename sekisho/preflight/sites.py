"""Whether a target's sites are there: connection, TLS, HTTP, and what time it is for them."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.certstore import NotRootError
from sekisho.certstore.roots import read_certificates
from sekisho.language import say
from sekisho.network.certificate_request import asks_for_certificate
from sekisho.pki.server_trust import judging
from sekisho.preflight.finding import Doubt, Finding, Place
from sekisho.target_file.model import Target

ANSWER_SECONDS = 10.0
MOST_SKEW = 60.0  # seconds; more, and what a portal dates today may be yesterday's for us
MISSING, BROKEN = 404, 500
PROGRAMS = "sites.agent"  # where programs connect there need not be a page
AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
UNTRUSTED = {18, 19, 20, 21}  # X509_V_ERR_*: a self-signed certificate, or no way to a root that is trusted


@dataclass(frozen=True)
class Answer:
    """What one address said: the HTTP status, and its clock against ours in seconds (None without a Date)."""

    status: int | None
    skew: float | None


def check(target: Target, place: Place) -> Iterator[Finding]:
    """Look at every site, all at once."""
    trust, findings = _trust(target, place)
    yield from findings
    with ThreadPoolExecutor(max_workers=8) as threads:
        looks = [threads.submit(_site, name, url, trust, place) for name, url in target.sites.items()]
        for look in looks:
            yield from look.result()


def _trust(target: Target, place: Place) -> tuple[ssl.SSLContext, list[Finding]]:
    """How servers are judged: by the given root alone, else by those of the operating system.

    With a root that cannot be read, all are believed to be who they say: the rest can be looked at.
    """
    if target.trust_root is None:
        return judging(), []
    path = place.folder / target.trust_root
    try:
        roots = read_certificates(path.read_bytes())
        text = "".join(one.public_bytes(Encoding.PEM).decode("ascii") for one in roots)
        return judging(pem=text), _root_dates(roots, target.trust_root, place)
    except OSError as error:
        reason = say(f"読めません（{error.strerror}）", f"cannot be read ({error.strerror})")
    except NotRootError:
        reason = say("証明書ではありません", "not a certificate")
    remedy = say(
        "ポータルのサーバー証明書のルートを、PEM（-----BEGIN CERTIFICATE-----）か DER（.cer）で置いてください",
        "Provide the root of the portal's server certificates as PEM (-----BEGIN CERTIFICATE-----) or DER (.cer)",
    )
    return _believing(), [place.problem("trust_root", target.trust_root, reason, remedy)]


def _believing() -> ssl.SSLContext:
    context = judging()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _root_dates(roots: list[x509.Certificate], path: Path, place: Place) -> list[Finding]:
    now = time.time()
    old = [
        one for one in roots if not one.not_valid_before_utc.timestamp() <= now <= one.not_valid_after_utc.timestamp()
    ]
    what = say(
        "ルート証明書が有効期間の外です（{0.not_valid_before_utc:%Y-%m-%d} から {0.not_valid_after_utc:%Y-%m-%d} "
        "まで）",
        "the root certificate is outside its validity period ({0.not_valid_before_utc:%Y-%m-%d} to "
        "{0.not_valid_after_utc:%Y-%m-%d})",
    )
    return [
        place.problem(
            "trust_root", path, what.format(one), say("新しいルートに替えてください", "Replace it with a newer root")
        )
        for one in old
    ]


def _site(name: str, url: object, trust: ssl.SSLContext, place: Place) -> list[Finding]:
    key, parts = f"sites.{name}", urlsplit(str(url))
    try:
        answer = _ask(parts, trust)
    except OSError as error:
        if _wants_certificate(error, str(url)):
            return []
        doubt, what, remedy = _complaint(error)
        return [replace(place.problem(key, url, what, remedy), doubt=doubt)]
    return list(_judged(key, url, answer, place))


def _wants_certificate(error: OSError, url: str) -> bool:
    """Whether a server was reached that ends the handshake without a client certificate, as TLS 1.2 does."""
    ended = isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLCertVerificationError)
    return ended and asks_for_certificate(url)


def _complaint(error: OSError) -> tuple[Doubt, str, str]:
    """What kept us from the site, in words, and what to do about it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            Doubt.TRUST,
            say(
                f"サーバー証明書を信頼できません（{error.verify_message}）",
                f"the server certificate is not trusted ({error.verify_message})",
            ),
            _untrusted(error),
        )
    if isinstance(error, ssl.SSLError):
        remedy = say(
            "ポート番号と、TLS 1.2 以上が使えることを確かめてください",
            "Check the port, and that TLS 1.2 or later is enabled",
        )
        return (
            Doubt.TLS,
            say(
                f"TLS で接続できません（{error.reason or error}）", f"cannot connect over TLS ({error.reason or error})"
            ),
            remedy,
        )
    if isinstance(error, socket.gaierror):
        return (
            Doubt.NAME,
            say(f"ホスト名を引けません（{error.strerror}）", f"the host name cannot be resolved ({error.strerror})"),
            say("綴りと DNS を確かめてください", "Check the spelling and the DNS"),
        )
    if isinstance(error, TimeoutError):
        remedy = say(
            "ポータルの稼働とファイアウォールを確かめてください", "Check that the portal is up, and the firewall"
        )
        return (
            Doubt.WAY,
            say(f"{ANSWER_SECONDS:g} 秒たっても応答がありません", f"no answer within {ANSWER_SECONDS:g} seconds"),
            remedy,
        )
    remedy = say(
        "ポータルの稼働、ホスト名、ポート番号を確かめてください",
        "Check that the portal is up, the host name and the port",
    )
    return (
        Doubt.WAY,
        say(f"接続できません（{error.strerror or error}）", f"cannot connect ({error.strerror or error})"),
        remedy,
    )


def _judged(key: str, url: object, answer: Answer, place: Place) -> Iterator[Finding]:
    if answer.status is not None and answer.status >= BROKEN:
        yield place.problem(
            key,
            url,
            say(f"HTTP {answer.status} を返します", f"answers HTTP {answer.status}"),
            say("ポータルの稼働を確かめてください", "Check that the portal is up"),
        )
    elif answer.status == MISSING and not key.startswith(PROGRAMS):
        yield place.hint(
            key,
            url,
            say("HTTP 404 を返します", "answers HTTP 404"),
            say("URL のパスを確かめてください", "Check the path of the URL"),
        )
    if answer.skew is not None and abs(answer.skew) > MOST_SKEW:
        which = say("進んで", "ahead of") if answer.skew > 0 else say("遅れて", "behind")
        what = say(
            f"サーバーの時計が、この機械より {abs(answer.skew):.0f} 秒{which}います",
            f"the server's clock is {abs(answer.skew):.0f} s {which} this machine's",
        )
        yield place.problem(
            key,
            url,
            what,
            say(
                "両方の時計を合わせてください（日付に関わる判定が狂います）",
                "Set both clocks right (verdicts that depend on dates would be wrong)",
            ),
        )


def _untrusted(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in UNTRUSTED:
        return say(
            "trust_root に、このサーバーの証明書をたどった先のルートを指定してください",
            "Name in trust_root the root that this server's certificate leads to",
        )
    if "mismatch" in error.verify_message.lower() or "doesn't match" in error.verify_message.lower():
        return say(
            "URL のホスト名を、証明書に書かれた名前にしてください",
            "Use the host name that the certificate has in the URL",
        )
    return say("サーバーの証明書を確かめてください", "Check the server's certificate")


def _ask(parts: SplitResult, trust: ssl.SSLContext) -> Answer:
    """One request. A server that wants a client certificate may end the connection: it was reached all the same."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    with socket.create_connection((host, port), timeout=ANSWER_SECONDS) as plain:
        connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
        connection.sock = trust.wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
        try:
            return _answer(connection, parts)
        except (http.client.HTTPException, ConnectionError):
            return Answer(None, None)
        except ssl.SSLCertVerificationError:
            raise
        except ssl.SSLError:  # TLS 1.3 says only now that it wants a certificate
            return Answer(None, None)
        finally:
            connection.close()


def _answer(connection: http.client.HTTPConnection, parts: SplitResult) -> Answer:
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    began = time.time()
    connection.request("GET", path, headers={"User-Agent": AGENT, "Accept": "text/html"})
    response = connection.getresponse()
    answer = Answer(response.status, None)
    try:
        date = parsedate_to_datetime(response.headers["Date"] or "").timestamp()
    except (TypeError, ValueError):
        return answer
    # Dates have whole seconds, and were written between the question and the answer.
    middle = (began + time.time()) / 2
    return replace(answer, skew=date + 0.5 - middle)

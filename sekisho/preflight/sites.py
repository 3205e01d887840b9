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

from sekisho.preflight.finding import Finding, Place
from sekisho.servertrust import judging
from sekisho.target.model import Target

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
    if trust is None:
        return
    with ThreadPoolExecutor(max_workers=8) as threads:
        looks = [threads.submit(_site, name, url, trust, place) for name, url in target.sites.items()]
        for look in looks:
            yield from look.result()


def _trust(target: Target, place: Place) -> tuple[ssl.SSLContext | None, list[Finding]]:
    """How servers are judged: by the given root alone, else by those of the operating system."""
    if target.trust_root is None:
        return judging(), []
    path = place.folder / target.trust_root
    try:
        roots = x509.load_pem_x509_certificates(path.read_bytes())
        return judging(path), _root_dates(roots, target.trust_root, place)
    except OSError as error:
        reason = "PEM の証明書ではありません" if isinstance(error, ssl.SSLError) else f"読めません（{error.strerror}）"
    except ValueError:
        reason = "PEM の証明書ではありません"
    remedy = "ポータルのサーバー証明書のルートを、PEM（-----BEGIN CERTIFICATE-----）で置いてください"
    return None, [place.problem("trust_root", target.trust_root, reason, remedy)]


def _root_dates(roots: list[x509.Certificate], path: Path, place: Place) -> list[Finding]:
    now = time.time()
    old = [
        one for one in roots if not one.not_valid_before_utc.timestamp() <= now <= one.not_valid_after_utc.timestamp()
    ]
    what = (
        "ルート証明書が有効期間の外です（{0.not_valid_before_utc:%Y-%m-%d} から {0.not_valid_after_utc:%Y-%m-%d} まで）"
    )
    return [place.problem("trust_root", path, what.format(one), "新しいルートに替えてください") for one in old]


def _site(name: str, url: object, trust: ssl.SSLContext, place: Place) -> list[Finding]:
    key, parts = f"sites.{name}", urlsplit(str(url))
    try:
        answer = _ask(parts, trust)
    except ssl.SSLCertVerificationError as error:
        return [_untrusted(key, parts, error, place)]
    except ssl.SSLError as error:
        what = f"TLS で接続できません（{error.reason or error}）"
        return [place.problem(key, url, what, "ポート番号と、TLS 1.2 以上が使えることを確かめてください")]
    except socket.gaierror as error:
        return [place.problem(key, url, f"ホスト名を引けません（{error.strerror}）", "綴りと DNS を確かめてください")]
    except TimeoutError:
        what = f"{ANSWER_SECONDS:g} 秒たっても応答がありません"
        return [place.problem(key, url, what, "ポータルの稼働とファイアウォールを確かめてください")]
    except OSError as error:
        what = f"接続できません（{error.strerror or error}）"
        return [place.problem(key, url, what, "ポータルの稼働、ホスト名、ポート番号を確かめてください")]
    return list(_judged(key, url, answer, place))


def _judged(key: str, url: object, answer: Answer, place: Place) -> Iterator[Finding]:
    if answer.status is not None and answer.status >= BROKEN:
        yield place.problem(key, url, f"HTTP {answer.status} を返します", "ポータルの稼働を確かめてください")
    elif answer.status == MISSING and not key.startswith(PROGRAMS):
        yield place.hint(key, url, "HTTP 404 を返します", "URL のパスを確かめてください")
    if answer.skew is not None and abs(answer.skew) > MOST_SKEW:
        which = "進んで" if answer.skew > 0 else "遅れて"
        what = f"サーバーの時計が、この機械より {abs(answer.skew):.0f} 秒{which}います"
        yield place.problem(key, url, what, "両方の時計を合わせてください（日付に関わる判定が狂います）")


def _untrusted(key: str, parts: SplitResult, error: ssl.SSLCertVerificationError, place: Place) -> Finding:
    reason = f"サーバー証明書を信頼できません（{error.verify_message}）"
    if error.verify_code in UNTRUSTED:
        remedy = "trust_root に、このサーバーの証明書をたどった先のルートを PEM で指定してください"
    elif "mismatch" in error.verify_message.lower() or "doesn't match" in error.verify_message.lower():
        remedy = "URL のホスト名を、証明書に書かれた名前にしてください"
    else:
        remedy = "サーバーの証明書を確かめてください"
    return place.problem(key, parts.geturl(), reason, remedy)


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

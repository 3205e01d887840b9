"""The services behind the certificate."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pytest_bdd import parsers, then, when

from pages.dialect import plain
from pages.refusing import closed, refused
from pages.screen import Screen
from pages.service import LOGIN, ServicePage
from sekisho.browser.visit import Visit
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.manual.names import Names
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.portal.view import REFUSED, Term
from sekisho.results import Certificate, Note
from sekisho.verdict import BlockedError, DeviationError, EnvironmentProblemError, require
from sekisho.visible import shortened
from steps.client_authentication import Presenting
from steps.refusals import refuse
from steps.screens import reach
from steps.wording import deviates, prints

FORBIDDEN = ("messages", "forbidden")
A_MENU = 2  # things to be pressed
# What a page says that lets nobody in; a service's own says what there is not, or what must be done soon.
SHUT = re.compile(
    "(利用|アクセス|ログイン|接続|閲覧|表示|認証|確認|入室)[^。]{0,12}(でき|いただけ|頂け|になれ)(ません|ない)|許可(され|し|がありま)|権限"
    "|認証(に失敗|エラー)|有効な[^。]{0,8}証明書|証明書[^。]{0,8}(ありません|無効|失効|期限切れ|選択|提示|必要)|forbidden|denied|refused"
    "|not (allowed|permitted|authori[sz]ed)",
    re.IGNORECASE,
)
# What says it of this user, and not of others or of some day; above a menu too a person must tell.
KEPT_OUT = re.compile(
    "認証(に失敗|でき(ません|ない))|証明書[^。]{0,8}(ありません|(確認|認証)でき(ません|ない)|無効です|失効して|期限切れです)"
    "|許可されて(いま|おりま|いな)|権限が(あり|ござい)ません|not (allowed|permitted|authori[sz]ed)",
    re.IGNORECASE,
)
CONCEPT = "証明書で開くサービス"
EXAMPLES = ("サイト「○○システム」を開く",)


@when(parsers.parse("サイト「{site}」を開く"))
def _(browsing: Browsing, portal: Portal, names: Names, site: str) -> None:
    browsing.open(portal.sites[names.site(site)])


@when(parsers.parse("取り込んだ証明書で「{service}」を開く"), target_fixture="visit")
def _(presenting: Presenting, portal: Portal, names: Names, holdings: Holdings, service: str) -> Visit:
    return presenting.choose(portal.sites[names.site(service)], holdings.newest)


@when(parsers.parse("それまでの証明書で「{service}」を開く"), target_fixture="visit")
def _(presenting: Presenting, portal: Portal, names: Names, holdings: Holdings, service: str) -> Visit:
    return presenting.choose(portal.sites[names.site(service)], holdings.oldest)


@when(parsers.parse("「{which}」の証明書で「{service}」を開く"), target_fixture="visit")
def _(presenting: Presenting, portal: Portal, names: Names, holdings: Holdings, which: str, service: str) -> Visit:
    return presenting.choose(portal.sites[names.site(service)], holdings.named(names.certificate(which)))


@when(parsers.parse("証明書を選ばずに「{service}」を開く"), target_fixture="visit")
def _(browsing: Browsing, portal: Portal, names: Names, service: str) -> Visit:
    return browsing.visit(portal.sites[names.site(service)])


@when(parsers.parse("有効期限が切れた証明書しか無いパソコンで「{service}」を開く"), target_fixture="visit")
def _(browsing: Browsing, portal: Portal, names: Names, store: CertStore, service: str) -> Visit:
    living = [one for one in store.personal() if not over(one)]
    if living:
        raise BlockedError(
            say(
                f"パソコンに、有効期限の切れていない証明書がある（{living[0].not_after:%Y-%m-%d} まで）",
                f"This PC has a certificate that has not expired (until {living[0].not_after:%Y-%m-%d})",
            )
        )
    return browsing.visit(portal.sites[names.site(service)])


@when(parsers.parse("有効期限が切れた証明書を提示して「{service}」を開く"), target_fixture="visit")
def _(presenting: Presenting, portal: Portal, names: Names, holdings: Holdings, service: str) -> Visit:
    if not over(holdings.newest):
        raise BlockedError(
            say(
                f"利用者の証明書は、有効期限が切れていない（{holdings.newest.not_after:%Y-%m-%d} まで）",
                f"The subscriber's certificate has not expired (until {holdings.newest.not_after:%Y-%m-%d})",
            )
        )
    return presenting.show(portal.sites[names.site(service)], holdings.newest)


@when(parsers.parse("別の認証局の証明書で「{service}」を開く"), target_fixture="visit")
def _(presenting: Presenting, portal: Portal, names: Names, holdings: Holdings, service: str) -> Visit:
    return presenting.show(portal.sites[names.site(service)], foreign(holdings))


@then(parsers.parse("「{service}」にログインできる"))
def _(screen: Screen, evidence: Recorder, names: Names, account: Account, visit: Visit, service: str) -> None:
    enter(screen, evidence, account, visit, names.site(service))


@then(parsers.parse("もう一人の利用者も「{service}」にログインできる"))
def _(screen: Screen, evidence: Recorder, names: Names, other: Account, visit: Visit, service: str) -> None:
    enter(screen, evidence, other, visit, names.site(service))


@then("forbidden と表示される")
def _(screen: Screen, evidence: Recorder, visit: Visit) -> None:
    check_shut(screen, evidence, visit)


@then("サービスに入れない")
def _(screen: Screen, evidence: Recorder, visit: Visit) -> None:
    if not visit.refused and (came := behind(screen, evidence)) != FORBIDDEN:
        raise DeviationError(
            say("サービスのログインの画面が出た", "The login page of the service came")
            if came == LOGIN
            else say("サービスの画面が出た", "The page of the service came")
        )


@then("接続した先はすべて利用URLの一覧にある")
def _(evidence: Recorder, portal: Portal) -> None:
    known = {origin(url) for url in portal.sites.values()}
    evidence.add(Note(title=say("接続した先", "Servers that were connected to"), lines=evidence.hosts))
    strange = [host for host in evidence.hosts if host not in known]
    require(
        not strange,
        say(
            f"一覧に無い {'、'.join(strange)} に接続した",
            f"Connected to {', '.join(strange)}, which the list does not have",
        ),
    )


def check_shut(screen: Screen, evidence: Recorder, visit: Visit) -> None:
    """Raise DeviationError unless a service is shut to whoever has no valid certificate.

    A server that requires one shows no page without it, which is a WARNING where no row says what is shown.
    """
    if visit.refused:
        words = screen.dialect.all_words(*FORBIDDEN)
        wanted = next((one for one in words if prints(evidence.ids, one)), words[0])
        did = say(
            f"{wanted} の画面が無く、接続が拒まれた（{visit.refused}）",
            f'There is no page that says "{wanted}": the connection was refused ({visit.refused})',
        )
        deviates(evidence, wanted, did)
        return
    if (came := behind(screen, evidence)) != FORBIDDEN:
        raise DeviationError(
            say("有効な証明書が無いのにログインの画面が出た", "The login page came without a valid certificate")
            if came == LOGIN
            else say(
                "有効な証明書が無いのにサービスの画面が出た", "The page of the service came without a valid certificate"
            )
        )


def behind(screen: Screen, evidence: Recorder) -> Term:
    """What a service's door leads to: FORBIDDEN, LOGIN, or the service itself, as some let in by the certificate alone.

    Raises DeviationError when it is none of them. A page that refuses may name the service too.
    """
    services = [("services", name) for name in screen.dialect.sections.get("services", {})]
    first, *others = [LOGIN, *services] if screen.dialect.has(*LOGIN) or not services else services
    screen.dialect.words(*first)  # else an open door would be missed only where there is one
    seen = screen.look_for(FORBIDDEN, first, *others)
    if seen in services:
        screen.settle()  # a page's head comes first
        seen = LOGIN if screen.dialect.has(*LOGIN) and screen.has(*LOGIN) else seen
    if seen != LOGIN:
        _check_open(screen)
    if seen in services:
        seen = _entered(screen, seen)
    return seen or refuse(screen, evidence, FORBIDDEN, first)


def _check_open(screen: Screen) -> None:
    """Raise BlockedError where a page without a menu says that nobody can get in now: it refuses nobody."""
    said = closed(screen)
    if said and len(screen.menu()) < A_MENU:
        raise BlockedError(
            say(
                f"サービスが、いまは使えない。「{said}」と表示された。使えるときに、もう一度実行する",
                f'The service cannot be used now. It says "{said}". Run this again when it can be',
            )
        )


def _entered(screen: Screen, service: Term) -> Term | None:
    """The service, where a page with its name is its own; None where the page refuses, and only names it.

    A menu under its name is its own, whatever it announces to all. Raises BlockedError where a person must tell.
    """
    heads = list(map(plain, screen.headings()))
    headed = any(plain(word) in heads for word in screen.dialect.all_words(*service))
    if (screen.own_status or 0) >= REFUSED:
        return None
    said = refused(screen)
    if not SHUT.search(said) or (headed and len(screen.menu()) >= A_MENU and not KEPT_OUT.search(said)):
        return service
    if not headed:
        return None
    key = screen.dialect.key(FORBIDDEN, service)
    raise BlockedError(
        say(
            f"サービスの画面か、断る画面かが分からない。「{said}」と表示された。{key}",
            f'It is not known whether this is the page of the service or one that refuses. It says "{said}". {key}',
        )
    )


def enter(screen: Screen, evidence: Recorder, account: Account, visit: Visit, site: str) -> None:
    """Log in to the service of a site. Raises DeviationError when the certificate or the login is refused."""
    require(
        visit.refused is None,
        say(f"接続が拒まれた（{visit.refused}）", f"The connection was refused ({visit.refused})"),
    )
    log_in(screen, evidence, account.user_id, account.login_password, site)


def log_in(screen: Screen, evidence: Recorder, user_id: str, password: str, site: str) -> None:
    """Log in at a service's door, and see its menu. Raises DeviationError when it is a refusal."""
    came = behind(screen, evidence)
    if came == FORBIDDEN:
        raise DeviationError(_kept_out(screen))
    if came == LOGIN:
        ServicePage(screen).log_in(user_id, password)
    elif screen.dialect.has(*LOGIN):
        evidence.warning(
            say("ログインの画面は出ず、証明書だけで入れた", "No login page came: the certificate alone let in")
        )
    reach(screen, evidence, ("services", site), *([LOGIN] if came == LOGIN else ()))
    _check_open(screen)
    if said := closed(screen):
        evidence.warning(
            say(
                f"「{said}」と表示された。メニューはあるが、いま使えるのかどうか分からない",
                f'It says "{said}". There is a menu, but it is not known whether it can be used now',
            )
        )


def _kept_out(screen: Screen) -> str:
    if screen.has(*FORBIDDEN):
        return say(
            "有効な証明書を選んだのに forbidden と表示された", "A valid certificate was chosen, but forbidden was shown"
        )
    shown = shortened(screen.text())
    return say(
        f"有効な証明書を選んだのにサービスに入れない。表示されたのは: {shown}",
        f"A valid certificate was chosen, but the service does not let in. Shown: {shown}",
    )


def over(certificate: Certificate) -> bool:
    """Whether a certificate's time is over, by the clock of this machine and of its browser."""
    return certificate.not_after < datetime.now(UTC)


def foreign(holdings: Holdings) -> Certificate:
    """The certificate of an authority that the portal has never heard of. Raises EnvironmentProblemError without."""
    found = holdings.newest
    if found.title != "foreign":
        raise EnvironmentProblemError(
            say(
                f"別の認証局の証明書が無い（あるのは「{found.issuer_cn}」の証明書）",
                f'There is no certificate of another authority (there is one of "{found.issuer_cn}")',
            )
        )
    return found


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

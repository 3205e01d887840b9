"""Each private surface of the browser, tried on a portal of our own: what appears is read, answered, and proved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext

from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.canary.portal import LINK, USER, Portal
from sekisho.canary.report import Sighting
from sekisho.language import say
from sekisho.native_ui import CertificateManager, Choice, Surface, SurfaceError, shows_a_window, warning_page
from sekisho.pki.x509_text import facts
from sekisho.verdict import NotApplicableError, require

ENDS = "。."
APPEARS_SECONDS = 3.0
LONGEST = 200  # characters of a reason: it stands in one line
BUS_ONLY = (
    Surface.CERTIFICATE_DIALOG,
    Surface.PROTOCOL_DIALOG,
    Surface.SETTINGS_MENU,
    Surface.CERTIFICATE_MANAGER,
    Surface.CERTIFICATE_VIEWER,
    Surface.TRUSTED_ROOTS,
)


def with_store(pc: Pc, portal: Portal) -> Iterator[Sighting]:
    """What a browser with its own store can do; where none of its windows can be seen, nothing else is waited for."""
    if not _seen(pc):
        yield from (Sighting(surface=surface, problem=nothing_there()) for surface in BUS_ONLY)
        return
    pc.store.preinstall_root(portal.root)
    pc.store.add_own(portal.user, exportable=True)
    yield _tried(Surface.CERTIFICATE_DIALOG, lambda: _choose(pc, portal))
    yield _tried(Surface.PROTOCOL_DIALOG, lambda: _ask_for_program(pc, portal))
    yield from _manage(pc, portal)


def nothing_there() -> str:
    """Why nothing can be operated where not even a window can be seen."""
    return say(
        "ブラウザーのウィンドウが、アクセシビリティ・バスに現れない",
        "the browser's window does not appear on the accessibility bus",
    )


def pin(pc: Pc, portal: Portal, secret: str) -> Sighting:
    """The prompt for the PIN of a store that has one, on a screen."""
    return _tried(Surface.PIN_PROMPT, lambda: _unlock(pc, portal, secret))


def warning(pc: Pc, portal: Portal) -> Sighting:
    """The page about a server that nobody trusts, read and passed."""
    return _tried(Surface.WARNING_PAGE, lambda: _be_warned(pc, portal))


def _tried(surface: Surface, trial: Callable[[], None]) -> Sighting:
    """The trial's outcome, a second one's where the first failed: a busy machine is no browser's fault."""
    began = time.monotonic()
    problem = _problem(trial)
    if problem:
        problem = _problem(trial)
    return Sighting(surface=surface, problem=problem, seconds=round(time.monotonic() - began, 2))


def _problem(trial: Callable[[], None]) -> str:
    try:
        trial()
    except Exception as problem:  # noqa: BLE001 - whatever keeps a surface from working is the finding
        return reason(problem)
    return ""


def reason(problem: Exception) -> str:
    """An exception's first line, or at least what kind it is."""
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return lines[0].strip().rstrip(ENDS)[:LONGEST]


def _seen(pc: Pc) -> bool:
    with _window(pc) as window:
        window.new_page()
        return shows_a_window(pc.bus_address, APPEARS_SECONDS)


def _choose(pc: Pc, portal: Portal) -> None:
    chosen = facts(portal.user.certificate)
    with _visit(pc, portal.url, choose=chosen) as visit:
        no_dialog = say(
            "サーバーが証明書を求めても、選択画面が出ない", "the server asks for a certificate, and no dialog appears"
        )
        require(visit.dialog, no_dialog)
        unseen = say("選んだ証明書が、サーバーに届かない", "the certificate that was chosen does not reach the server")
        require(chosen.sha256 in portal.presented, unseen)


def _ask_for_program(pc: Pc, portal: Portal) -> None:
    with _visit(pc, portal.url) as visit:
        visit.page.get_by_role("link", name=LINK).click(no_wait_after=True)
        pc.dismiss_program_question()


def _be_warned(pc: Pc, portal: Portal) -> None:
    with _visit(pc, portal.untrusted_url) as visit:
        unwarned = say(
            "信頼できないサーバーの画面が、警告なしに開く", "the page of an untrusted server opens without a warning"
        )
        require(visit.refused, unwarned)
        pc.warning_words(visit.page)
        with pc.answering("cancel"):
            warning_page.proceed(visit.page)


def _unlock(pc: Pc, portal: Portal, secret: str) -> None:
    chosen = facts(portal.pinned_user.certificate)
    with _visit(pc, portal.url, choose=chosen, pin=secret) as visit:
        require(visit.prompts, say("PIN の入力画面が出ない", "no prompt for the PIN appears"))
        unseen = say(
            "PIN を入力しても、証明書がサーバーに届かない", "the certificate does not reach the server after the PIN"
        )
        require(chosen.sha256 in portal.presented, unseen)


def _manage(pc: Pc, portal: Portal) -> Iterator[Sighting]:
    """The way through the menu, and then by address what it leads to: each must be known by itself."""
    menu = _tried(Surface.SETTINGS_MENU, lambda: _walk(pc))
    yield menu
    pc.lacking = {Surface.SETTINGS_MENU: menu.problem or say("二度は歩かない", "not walked twice")}
    try:
        yield from _by_address(pc, portal)
    finally:
        pc.lacking = {}


def _walk(pc: Pc) -> None:
    """What lies behind the menu is another surface."""
    with _window(pc) as window:
        try:
            CertificateManager.open(pc, window)
        except SurfaceError as problem:
            if problem.surface is Surface.SETTINGS_MENU:
                raise
        except NotApplicableError:  # nobody walked
            raise
        except Exception:  # noqa: BLE001 - the manager's own trial tells
            return


def _by_address(pc: Pc, portal: Portal) -> Iterator[Sighting]:
    mine = portal.user.sha256
    with _window(pc) as window:
        opened: list[CertificateManager] = []
        listed = _tried(Surface.CERTIFICATE_MANAGER, lambda: opened.append(_listing(pc, window, mine)))
        yield listed
        if listed.problem:
            closed = say(
                "証明書の管理を開けないため、試せない", "not tried, as the certificate manager cannot be opened"
            )
            yield Sighting(surface=Surface.CERTIFICATE_VIEWER, problem=closed)
        else:
            yield _tried(Surface.CERTIFICATE_VIEWER, lambda: _view(opened[-1], mine))
        yield _tried(Surface.TRUSTED_ROOTS, lambda: _list_roots(pc, window))


def _listing(pc: Pc, window: BrowserContext, mine: str) -> CertificateManager:
    manager = CertificateManager.open(pc, window)
    unlisted = say("一覧に、ストアにある証明書が出ない", "the list does not show the certificate that is in the store")
    require([row.sha256 for row in manager.rows()] == [mine], unlisted)
    return manager


def _view(manager: CertificateManager, mine: str) -> None:
    unnamed = say("詳細に、証明書の発行先が出ない", "the viewer does not show to whom the certificate was issued")
    require(manager.details(mine).issued_to == USER, unnamed)


def _list_roots(pc: Pc, window: BrowserContext) -> None:
    trusted = {root.sha256 for root in pc.store.trusted_roots()}
    rows = CertificateManager.open_roots(pc, window).rows()
    unlisted = say("一覧に、信頼したルート証明書が出ない", "the list does not show the root that is trusted")
    require({row.sha256 for row in rows} == trusted, unlisted)


@contextmanager
def _window(pc: Pc) -> Iterator[BrowserContext]:
    """A window that takes along whatever is still open in it."""
    window = pc.window()
    try:
        yield window
    finally:
        window.close()


@contextmanager
def _visit(pc: Pc, url: str, choose: Choice = "cancel", pin: str | None = None) -> Iterator[Visit]:
    with _window(pc) as window:
        yield pc.visit(url, choose=choose, window=window, pin=pin)

"""One user's account on one PC: a certificate store, and a running browser that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from sekisho import results
from sekisho.browser import idle, presenting
from sekisho.browser.context_certificates import client_certificates, proxy_refusal
from sekisho.browser.driver import answers
from sekisho.browser.guard import LONGEST_ANSWER, Guard
from sekisho.browser.launch import BrowserChoice, launch
from sekisho.browser.remote import RemoteBrowser
from sekisho.browser.visit import Visit, closing_named, go
from sekisho.certstore import CertStore, ContextStore, NativeStore, Token
from sekisho.language import say
from sekisho.native_ui import (
    AccessibilityBus,
    Answering,
    Choice,
    Display,
    Lacking,
    Surface,
    need,
    take_question_away,
    warning_page,
)
from sekisho.network.hosts import EVERYWHERE, Hosts
from sekisho.verdict import BrokenError, NotApplicableError

ANSWER_SECONDS = 15.0
SILENT_AFTER = 15  # seconds after which the guard ends what the wait for an answer should have ended
WINDOW = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": {"width": 1024, "height": 700}}
# What a person allows when a page asks the machine or the network that it stands in (Local Network Access).
USERS_OWN_NETWORK = "local-network-access"
OWN_PAGES = ("chrome://settings", "chrome://certificate-manager", "edge://settings", "edge://certificate-manager")


class Pc:
    """Made by `start`; `end_scenario` makes it as new between scenarios, `close` ends it."""

    def __init__(
        self,
        browser: Browser,
        store: CertStore,
        bus: AccessibilityBus | None,
        name: str,
        display: Display | None = None,
    ) -> None:
        """Hold a running browser with its store."""
        self.store = store
        self.browser_name = name
        self.guard = Guard(browser)
        self.answer_seconds = ANSWER_SECONDS
        self.token: Token | None = None
        """The PKCS#11 token that is plugged in."""
        self.hosts: Hosts = EVERYWHERE
        """The places to which a certificate is presented."""
        self.system = ""
        """The system that the portal's users have, and that sites are told; empty for the one on which this is."""
        self.background: Sequence[str] = ()
        """The paths of addresses that the portal's pages ask for all the time."""
        self.lacking: Lacking = {}
        """The private surfaces that do not work in this browser, found out before the run, each with the reason."""
        self.driver_answers: Callable[[], bool] = lambda: True
        """Whether what speaks to the browser, Playwright's own program, is still there."""
        self.working: set[Surface] = set()
        """The private surfaces that were seen to work in this browser."""
        self._browser = browser
        self._bus = bus
        self._display = display
        self._windows: list[BrowserContext] = []
        self._launch: Callable[[], Browser] | None = None

    @classmethod
    def start(
        cls,
        playwright: Playwright,
        browser: BrowserChoice | RemoteBrowser,
        home: Path,
        mode: Literal["native", "context"] = "native",
        *,
        headed: bool = False,
        display: Display | None = None,
        pin: str | None = None,
        token_pin: str | None = None,
    ) -> Pc:
        """Start a browser with an empty store below `home`; raises EnvironmentProblemError.

        With a `pin` the browser asks for it before it first uses a key, and not again until it is started anew. It
        can be typed only into a browser on a `display`, which stays the caller's to stop. Raises NotApplicableError
        in context mode, where the browser has no store. With a `token_pin` it has a PKCS#11 token, too, behind that
        PIN: `pc.token`.
        """
        if (pin or token_pin) and mode == "context":
            raise NotApplicableError(
                say(
                    "--certs context では、秘密キーがブラウザー自身のストアに入らず、PIN を求められない",
                    "with --certs context the private key does not go into the browser's own store, and no PIN is "
                    "asked for",
                )
            )
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        store: CertStore = NativeStore(home, pin or "") if mode == "native" else ContextStore()
        token = Token.create(home, token_pin) if token_pin else None
        if token:
            token.plug_in()
        bus = AccessibilityBus.start() if mode == "native" else None

        def launched() -> Browser:
            return launch(playwright, browser, home, bus, headed=headed, display=display)

        try:
            pc = cls(launched(), store, bus, browser.name, display)
        except BaseException:
            if bus:
                bus.stop()
            raise
        pc.driver_answers, pc.token = lambda: answers(playwright), token
        pc._launch = launched
        return pc

    def start_again(self) -> None:
        """Start the browser again that was killed, with the same store; what was open in it is gone."""
        assert self._launch
        before = self.guard
        before.stop()
        self._windows.clear()
        self._browser = self._launch()
        self.guard = Guard(self._browser)
        self.guard.longest_answer, self.guard.longest_silence = before.longest_answer, before.longest_silence

    def stop_loading(self) -> None:
        """Press Stop in every window, as somebody who waits no longer; to be called where Playwright can wait."""
        for page in [page for window in self._windows for page in window.pages]:
            with suppress(PlaywrightError):  # it is just closing
                page.context.new_cdp_session(page).send("Page.stopLoading")
                idle.watch(page.context).give_up()

    def wait_at_most(self, seconds: float) -> None:
        """Give a portal so long for each answer, and no less than a large file takes once it has begun."""
        self.answer_seconds, self.guard.longest_answer = seconds, max(seconds, LONGEST_ANSWER)
        self.guard.longest_silence = round(seconds) + SILENT_AFTER

    @property
    def running(self) -> bool:
        """Whether the browser is still there; one that ended by itself is started anew by whoever needs a PC.

        The browser is asked: the news of its end may lie behind that of its pages' end, not yet heard.
        """
        if self.guard.ended or not self._browser.is_connected():
            return False
        try:
            self._browser.new_browser_cdp_session().detach()
        except PlaywrightError:
            return False
        return self._bus is None or self._bus.running

    @property
    def lost(self) -> BrokenError:
        """What has ended, where `running` is false."""
        if self.guard.ended:
            what = say(
                f"{self.browser_name} が応じなくなったので、終了させた",
                f"{self.browser_name} no longer responded, and was ended",
            )
        elif not self.driver_answers():
            what = say(
                "ブラウザーを操作するプログラム（Playwright のドライバー）が、動作中に終了した",
                "The program that drives the browser (Playwright's driver) ended while it was at work",
            )
        elif self._bus and not self._bus.running:
            what = say(
                "ブラウザーの画面を読むための D-Bus か AT-SPI が、動作中に終了した",
                "The D-Bus or AT-SPI by which the browser's dialogs are read ended while it was at work",
            )
        else:
            what = say(f"{self.browser_name} が、動作中に終了した", f"{self.browser_name} ended while it was at work")
        return BrokenError(what)

    @property
    def mode(self) -> Literal["native", "context"]:
        """Who keeps the certificates: the browser's own store, or Playwright."""
        return self.store.mode

    def window(
        self,
        *,
        present: results.Certificate | None = None,
        origins: Sequence[str] = (),
        unasked: bool = False,
        **options: Any,  # noqa: ANN401 - Playwright's own options, passed on
    ) -> BrowserContext:
        """A fresh window: its own cookies, and no certificate chosen yet. `end_scenario` closes it.

        `present` and `origins` matter in context mode only: the certificate the window shows to these origins. With
        `unasked` they do in native mode too: Playwright then shows what the browser itself would not offer.
        Further options are those of Playwright's `Browser.new_context`, such as `proxy=wire.proxy`.
        """
        options = WINDOW | options
        if isinstance(self.store, ContextStore):
            # Playwright's proxy for client certificates cannot be told which root to trust: with a trusted root,
            # context mode does not judge server certificates at all
            options |= {"ignore_https_errors": bool(self.store.trusted_roots())}
        if unasked:
            options |= {"ignore_https_errors": True}
        if present is not None and (unasked or self.mode == "context"):
            inside = [one for one in (*origins, *self.hosts.further) if self.hosts.has(one)]
            options |= {"client_certificates": client_certificates(self.store, present, inside)}
        options |= presenting.as_told(self._own_name, self.system, options.get("user_agent"))
        window = self._browser.new_context(accept_downloads=True, **options)
        told = presenting.tell(window, options["user_agent"]) if "user_agent" in options else None
        window.set_default_timeout(self.answer_seconds * 1000)
        with suppress(PlaywrightError):  # an older browser asks nobody for this
            window.grant_permissions([USERS_OWN_NETWORK])
        self.guard.watch(window, {"Emulation.setUserAgentOverride": told} if told else {})
        idle.watch(window).background = self.background
        self._windows.append(window)
        window.on("close", self._forget)
        return window

    @cached_property
    def _own_name(self) -> str:
        """What the browser calls itself where nobody says otherwise."""
        return self.says_of_itself()[1]

    def visit(
        self,
        url: str,
        *,
        choose: Choice = None,
        window: BrowserContext | None = None,
        origins: Sequence[str] = (),
        pin: str | None = None,
    ) -> Visit:
        """Go to an address as a person does, and answer the certificate dialog if it appears.

        `choose` is the certificate to select; "cancel" or None presses cancel. Without `window` a fresh one is used,
        because a browser keeps the choice made in a window. `origins` are further ones the choice holds for (context
        mode). A prompt for the PIN gets `pin` once; without one, or when it comes again, it is cancelled. Raises
        `native_ui.ChoiceMissingError` where a dialog does not offer the certificate, ElsewhereError where none of the
        `hosts` asks for it, NoAnswerError after `answer_seconds`.
        """
        present = choose if isinstance(choose, results.Certificate) else None
        page = (window or self.window(present=present, origins=[url, *origins])).new_page()
        with self.guard.judging(), closing_named(page, url), self.answering(choose, pin) as dialogs:
            status, refused = go(page, url, self.answer_seconds)
        if status == 503:  # noqa: PLR2004 - what Playwright's proxy answers
            refused = proxy_refusal(page)
        asked = next((dialog for dialog in dialogs if dialog.rows), None)
        prompts = tuple(dialog for dialog in dialogs if not dialog.rows)
        self.working |= ({Surface.CERTIFICATE_DIALOG} if asked else set()) | (
            {Surface.PIN_PROMPT} if prompts else set()
        )
        return Visit(page, asked, refused, None if refused else status, prompts)

    @contextmanager
    def answering(self, choose: Choice = None, pin: str | None = None) -> Iterator[list[results.Dialog]]:
        """Answer every dialog that appears meanwhile, such as after a click, as `visit` does; yields them in order.

        A certificate dialog has rows, a PIN prompt has none. Raises NotApplicableError for a `pin` without a display,
        or where the prompt does not work.
        """
        if pin:
            need(Surface.PIN_PROMPT, self.lacking)
        if pin and self._display is None:
            raise NotApplicableError(
                say(
                    "画面（X サーバー）のないブラウザーには、PIN を入力できない",
                    "a PIN cannot be entered into a browser without a display (X server)",
                )
            )
        if self._bus is None:
            yield []
            return
        with Answering(self._bus.address, choose, pin, self._display, self.hosts) as answering:
            yield answering.dialogs

    def dismiss_program_question(self) -> results.Dialog:
        """Read the browser's question whether a program may be opened, and cancel it.

        Raises NotApplicableError where that does not work, `SurfaceError` where it fails now, `SurfaceAbsentError`
        without a question.
        """
        need(Surface.PROTOCOL_DIALOG, self.lacking)
        question = take_question_away(self.bus_address)
        self.working.add(Surface.PROTOCOL_DIALOG)
        return question

    def warning_words(self, page: Page) -> str:
        """The text of the browser's warning page about a server; raises NotApplicableError, `SurfaceError`."""
        need(Surface.WARNING_PAGE, self.lacking)
        return warning_page.words(page)

    def says_of_itself(self) -> tuple[str, str]:
        """The running browser's product with its version, such as Chrome/156.0.8078.108, and its user agent."""
        return presenting.says_of_itself(self._browser)

    @property
    def bus_address(self) -> str:
        """D-Bus address of the accessibility bus; empty in context mode."""
        return self._bus.address if self._bus else ""

    def _forget(self, window: BrowserContext) -> None:
        if window in self._windows:
            self._windows.remove(window)

    def close_own_windows(self) -> None:
        """Close what the browser opened for itself beside the windows made here, such as its settings."""
        session = self._browser.new_browser_cdp_session()
        for target in session.send("Target.getTargets")["targetInfos"]:
            if target["type"] == "page" and target["url"].startswith(OWN_PAGES):
                session.send("Target.closeTarget", {"targetId": target["targetId"]})
        session.detach()

    def end_scenario(self) -> None:
        """Close every window and empty the store; the preinstalled roots stay."""
        if self.running:
            for window in list(self._windows):
                window.close()
        self.store.clear()
        self.hosts = EVERYWHERE
        self.guard.begin()

    def close(self) -> None:
        """End the browser and its bus."""
        self.guard.stop()
        try:
            self._browser.close()
        except PlaywrightError:  # it has ended already
            return
        finally:
            if self._bus:
                self._bus.stop()

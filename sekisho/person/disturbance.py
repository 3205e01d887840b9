"""What goes wrong once while a person carries out a procedure: one fault in one exchange, and what it does to them."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from greenlet import greenlet  # type: ignore[import-untyped] # what Playwright's own calls run in

from sekisho.evidence.masking import MASK, Masking
from sekisho.language import say
from sekisho.network import faults
from sekisho.network.certificate_request import asks_for_certificate
from sekisho.network.faults import Exchange, Wire
from sekisho.network.faults.fault import UNSEEN
from sekisho.network.hosts import origin
from sekisho.person.browsing import Browsing
from sekisho.pki.pkcs12 import Identity
from sekisho.portal import Portal
from sekisho.program import Program
from sekisho.verdict import BrokenError, DeviationError, EnvironmentProblemError, UnreachableError
from sekisho.visible import is_random

ASLEEP_MINUTES = 30
CONNECT_SECONDS = 5.0
# What a part of a path has that is one user's own: so many digits, or so many letters with digits among them.
DIGITS, TOKEN = 6, 16
ANYBODY = "*"
KINDS: Mapping[str, faults.Fault] = {
    "reply-lost": faults.Fault("lose-reply"),
    "killed": faults.Fault("lose-reply"),
    "asleep": faults.Fault("lose-reply"),
    "late": faults.Fault("hold"),
    "reset": faults.Fault("reset"),
    "refused": faults.Fault("refuse"),
    "unavailable": faults.Fault("status", number=503),
    "cut-first": faults.Fault("cut-first"),
    "cut-middle": faults.Fault("cut-middle"),
    "cut-last": faults.Fault("cut-last"),
}
"""What each fault of an exploration is on the wire."""


def site_of(url: str, sites: Mapping[str, str]) -> str:
    """The name of the site to which an address belongs; empty for an address elsewhere."""
    return next((name for name, site in sites.items() if origin(site) == origin(url)), "")


def address_of(url: str, sites: Mapping[str, str], clean: Callable[[str], str] = str) -> str:
    """An address by the site's name and the path, so that it is the same wherever the portal runs, and for whomever.

    `clean` masks what is secret.
    """
    site = site_of(url, sites)
    return f"{site} {'/'.join(map(_for_whomever, clean(urlsplit(url).path).split('/')))}" if site else url


def _for_whomever(segment: str) -> str:
    """A part of a path, or ANYBODY for what is one user's own: a number, a token, or what is masked as a secret."""
    mixed = len(segment) >= TOKEN and re.search("[0-9]", segment) and re.search("[A-Za-z]", segment)
    own = mixed or is_random(segment) or MASK in segment or len(re.findall("[0-9]", segment)) >= DIGITS
    return ANYBODY if own else segment


def _host_port(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _unconnected(url: str, why: str) -> str:
    return say(f"{url} に接続できない（{why}）", f"No connection to {url} ({why})")


def _not_there(url: str) -> str:
    """That nobody takes a connection at an address; empty where somebody does."""
    host, _, port = _host_port(url).rpartition(":")
    try:
        socket.create_connection((host, int(port)), CONNECT_SECONDS).close()
    except OSError as problem:
        return _unconnected(url, problem.strerror or str(problem))
    return ""


class Disturbance:
    """The wire under a person's windows, on which everything is noted, and a fault happens if one is arranged."""

    def __init__(
        self, wire: Wire, browsing: Browsing, portal: Portal, options: dict[str, Any], masking: Masking
    ) -> None:
        """Begin with a wire on which nothing passes yet. `options` are those of each window that is opened."""
        self._masking = masking
        self._wire, self._browsing, self._portal, self._options = wire, browsing, portal, options
        self._fault, self._by_program = "", False
        self._programs: list[Program] = []
        self._unreached: dict[str, str] = {}
        self._reached = False
        self.presses: list[tuple[str, str]] = []
        """The sentence and the screen of each press so far."""
        self.struck = ""
        """The sentence in whose exchange the fault happened, once what was disturbed is done over."""
        self.flaws: list[str] = []
        """Answers of the portal's that none may be like."""
        self.strange: list[str] = []
        """Answers of the portal's in which somebody else's name, number or address stands."""
        self.sentence: Callable[[], str] = str
        """Gives the sentence that is being carried out."""
        wire.begin()

    def lay(self, identities: list[Identity], strangers: Iterable[str]) -> None:
        """Lead every window from now on through the wire; it can present these certificates.

        `strangers` are names, numbers and addresses of others, which no answer may have in it.
        """
        self._wire.look_for(strangers)
        self._browsing.pc.store.trust_root(self._wire.ca_pem)
        self._options["proxy"] = self._wire.proxy
        self._present(identities)
        self._browsing.presses = self._press

    def lead(self, program: Program) -> None:
        """Lead a program of the PC through the wire too, as every program goes that heeds the PC's proxy."""
        program.use_proxy(self._wire.proxy_url)
        program.trust_root(self._wire.ca_pem)
        program.presses = self._press
        self._programs.append(program)

    @property
    def _places(self) -> dict[str, str]:
        """The portal's sites by their names, and by its host what they lead to without being one."""
        return {urlsplit(one).netloc: one for one in self._browsing.pc.hosts.further} | dict(self._portal.sites)

    def _present(self, identities: list[Identity]) -> None:
        for url in self._places.values() if identities else ():
            for one in identities if asks_for_certificate(url) else ():
                self._wire.present(urlsplit(url).netloc, one)

    def arrange(self, fault: str, press: int, method: str, address: str) -> None:
        """Let a fault happen in the first exchange of a press with this method, or any if it is empty, and address."""
        self._fault = fault

        def meant(one: Exchange) -> bool:
            found = (one.press, self.address(one)) == (press, address) and method in {"", one.method}
            self._by_program = one.program if found else self._by_program
            return found

        self._wire.arm(KINDS[fault], meant, self._struck())

    def _struck(self) -> Callable[[], None] | None:
        if self._fault == "killed":
            return self._kill
        if self._fault == "late":
            return partial(self._stop_waiting, asyncio.get_running_loop())
        return None

    def _kill(self) -> None:
        """End at once what asked: the browser, or the programs, which know no other way to stop waiting either."""
        if not self._by_program:
            self._browsing.pc.guard.kill()
        for program in self._programs if self._by_program else ():
            program.kill()

    def _stop_waiting(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have the person press Stop, in the middle of a call of Playwright's in their own thread."""
        if self._by_program:
            self._kill()
            return
        loop.call_soon_threadsafe(lambda: greenlet(self._browsing.pc.stop_loading).switch())

    def address(self, exchange: Exchange) -> str:
        """Where an exchange went."""
        return address_of(exchange.url, self._places, self._masking.clean)

    def is_of_portal(self, exchange: Exchange) -> bool:
        """Whether it went to one of the portal's places."""
        return bool(site_of(exchange.url, self._places))

    def explained(self, error: BaseException) -> BaseException:
        """What an error means where this wire has ended, or the portal behind it was not there: nothing that it did."""
        if not isinstance(error, DeviationError | EnvironmentProblemError):
            return error
        if not self._wire.alive:
            return BrokenError(
                say("回線の障害を起こすプロキシが途中で終わった", "The proxy that lays the faults has ended")
            )
        self._note_unreached()
        gone = [_unconnected(url, why) for url, why in self._unreached.items()] or self._gone_now()
        return UnreachableError(" ".join(gone)) if gone else error

    def _note_unreached(self) -> None:
        seen = self._wire.unreached
        self._unreached |= {url: seen[at] for url in self._places.values() if (at := _host_port(url)) in seen}

    def _gone_now(self) -> list[str]:
        """The sites of the portal's that passed over the wire and take no connection any more."""
        asked = {site_of(one.url, self._places) for one in self.exchanges} - {""}
        return [text for name in sorted(asked) if (text := _not_there(self._places[name]))]

    @property
    def exchanges(self) -> list[Exchange]:
        """What has passed so far."""
        return self._wire.exchanges

    @property
    def got(self) -> list[tuple[int, str, str, bool]]:
        """What the portal has answered so far: press, method, address, and whether the browser has a cookie of it.

        Parts of pages are left out: they come in any order.
        """
        forgotten = self._fault == "killed" and self.happened
        answered = (one for one in self.exchanges if one.answered and not one.part and self.is_of_portal(one))
        return [(one.press, one.method, self.address(one), one.kept and not forgotten) for one in answered]

    @property
    def slept(self) -> bool:
        """Whether time has passed behind the fault."""
        return self._fault == "asleep" and self.happened

    @property
    def reached(self) -> bool:
        """Whether the portal may have seen anything of what was done over this wire."""
        return self._reached or any(one.status is not None or one.fault for one in self.exchanges)

    @property
    def happened(self) -> bool:
        """Whether the fault has happened."""
        return self._wire.happened

    def _press(self, title: str) -> None:
        self._wire.pressed()
        self.presses.append((self.sentence(), title or self._browsing.windows.title))

    def settle(self) -> None:
        """What comes after the fault, whatever the person does: the line is whole."""
        if not self.happened:
            return
        if self._fault == "killed" and not self._by_program:
            self._browsing.start_browser_again()
        if self._fault == "asleep":
            self._portal.pass_minutes(ASLEEP_MINUTES)
        self._wire.release()

    def go_on(self, identities: list[Identity]) -> None:
        """What passes from now on is doing it over: nothing has passed yet, and nothing is arranged."""
        self._judge()
        self._note_unreached()
        seen = (one for one in self.exchanges if one.fault and one.fault.kind not in UNSEEN)
        hit = (self.presses[one.press - 1][0] for one in seen if one.press)
        self.struck = self.struck or next(hit, "")
        self._wire.begin()
        self._fault = ""
        self.presses.clear()
        self._present(identities)

    def leave(self) -> None:
        """Lead what is opened from now on to the portal without the wire."""
        self._judge()
        self._browsing.presses = _nothing
        self._options.pop("proxy", None)
        for program in self._programs:
            program.use_proxy("")
            program.presses = _nothing

    def _judge(self) -> None:
        """Of what has passed since the last time."""
        self._reached = self.reached
        where = [(f"{one.method} {self.address(one)}", one) for one in self.exchanges]
        self.flaws += [f"{place}: {one.flaw}" for place, one in where if one.flaw]
        self.strange += [f"{place}{say(' に ', ': ')}{one.strange}" for place, one in where if one.strange]


def _nothing(_: str) -> None:
    """What is told of presses while nobody wants to know."""

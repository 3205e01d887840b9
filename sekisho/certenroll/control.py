"""The control itself: what a page asks of it, who may ask, and what it answers.

A page's calls come one after the other, each in a request that no server ever sees: the browser's own network layer
hands it over, and the page waits for the answer, as it would for the real control.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Dialog, Route

from sekisho.certenroll import prompts
from sekisho.certenroll.catalogue import BUILT, FACTORY, FACTORY_CLASS, NOT_BUILT, built
from sekisho.certenroll.computer import Computer
from sekisho.certenroll.documented import members
from sekisho.certenroll.errors import (
    ACCESS_DENIED,
    CANCELLED,
    CANNOT_CREATE,
    EXISTS,
    NO_CHAIN,
    NO_INTERFACE,
    NO_SUCH_MEMBER,
    NOT_IMPLEMENTED,
    UNTRUSTED_ROOT,
    ComError,
    GapError,
)
from sekisho.certenroll.interface import ComObject, Value
from sekisho.certenroll.options import InternetOptions
from sekisho.language import say
from sekisho.network.hosts import EVERYWHERE, Hosts
from sekisho.pki.pkcs12 import ImportRefusedError
from sekisho.verdict import DeviationError, NotApplicableError

SOURCE = Path(__file__).with_name("control.js")
USER_AGENT = "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko"
# The calls after which something of the user's is changed.
WRITES = ("createrequest", "installresponse")
# What a page hears where the certificate leads up to no root that this PC trusts.
ROOT_LACKING = (UNTRUSTED_ROOT, NO_CHAIN)


@dataclass
class Factory:
    """One control in a page. `granted`: the user has allowed it to work on certificates."""

    origin: str
    granted: bool = False
    objects: dict[str, ComObject] = field(default_factory=dict)


class Control:
    """The control on one PC, for every window that is attached to it."""

    def __init__(
        self,
        computer: Computer,
        options: InternetOptions,
        hosts: Hosts = EVERYWHERE,
        said: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Work on a PC, under the browser's settings, for pages of some places. `said` is told what their boxes say."""
        self._hosts, self._said = hosts, said
        self._about = ""
        self.computer, self.options = computer, options
        self.gaps: list[str] = []
        self._lacking: set[str] = set()
        self._heeded = options
        self._trouble: Exception | None = None
        self._over = False
        self._address = f"/.certenroll-{secrets.token_urlsafe(12)}"
        self._factories: dict[str, Factory] = {}

    def attach(self, window: BrowserContext) -> None:
        """Give every page of a window the control, under the settings of this moment."""
        self._heeded = replace(self.options, trusted_sites=set(self.options.trusted_sites))
        told = {
            "address": self._address,
            "factory": FACTORY,
            "class": FACTORY_CLASS,
            "objects": {one.prog_id: {**one.described(), "lacks": members(one.prog_id)} for one in BUILT},
        }
        window.add_init_script(f"({SOURCE.read_text(encoding='utf-8')})({json.dumps(told)})")
        window.route(f"**{self._address}", self._serve)
        window.on("dialog", self._hear)

    def end(self) -> None:
        """Do nothing more for a page that is still asking: its PC is another's by now."""
        self._over = True

    def check(self) -> None:
        """Raise what went wrong: DeviationError where it is the portal's, NotApplicableError for what is not built."""
        if self._trouble:
            raise self._trouble
        if self.gaps:
            raise NotApplicableError(
                say(
                    f"証明書の登録コントロールのうち、ここに無いものをページが使った: {'、'.join(self.gaps)}",
                    "The page used something of the certificate enrolment control that is not here: "
                    f"{', '.join(self.gaps)}",
                )
            )

    def check_came(self) -> None:
        """Raise NotApplicableError where the page, of which nothing came, uses what only Internet Explorer has."""
        if self._lacking:
            used = say("、", ", ").join(sorted(self._lacking))
            raise NotApplicableError(
                say(
                    f"このブラウザーに無いものをページが使い、何も起きなかった: {used}",
                    f"The page uses what this browser does not have, and nothing happened: {used}",
                )
            )

    @property
    def lacks_root(self) -> bool:
        """Whether the page has just heard that there is no root: what it asks now is what to do without."""
        return bool(self._about)

    def _hear(self, dialog: Dialog) -> None:
        question = dialog.type == "confirm"
        prompt = prompts.message(dialog.message, question=question, about=self._about)
        if not question:  # one that is answered is no word about what came of a step
            self._said(dialog.message)
        try:
            agreed = self.computer.user.agrees(prompt)
        except Exception as problem:  # noqa: BLE001 - the page must go on; `check` raises what it was
            self._trouble, agreed = problem, False
        if agreed:
            dialog.accept()
        else:
            dialog.dismiss()

    def _serve(self, route: Route) -> None:
        if self._over:
            route.abort()
            return
        parts = urlsplit(route.request.url)
        asked = json.loads(route.request.post_data or "")
        if "lacking" in asked:
            self._lacking.add(asked["lacking"])
            route.fulfill(json={})
            return
        route.fulfill(json=self._answered(f"{parts.scheme}://{parts.netloc}", asked["factory"], asked["steps"]))

    def _answered(self, origin: str, factory: str, steps: list[list[Any]]) -> dict[str, Any]:
        try:
            value: Value = None
            self._about = ""
            for step in steps:
                value = self._step(origin, factory, *step)
        except ComError as error:
            self._about = prompts.ROOT_LACKING if error.number in ROOT_LACKING else ""
            return {"error": {"number": error.number, "text": error.sentence}}
        except ImportRefusedError as refusal:  # the portal's certificate, which no store takes
            self._trouble = DeviationError(
                say(
                    f"ポータルが渡した証明書を、証明書ストアが受け付けない: {refusal}",
                    f"The certificate store does not accept the certificate that the portal gave: {refusal}",
                )
            )
            return self._failed(EXISTS)
        except GapError as gap:
            self.gaps.append(str(gap))
            return self._failed()
        except Exception as problem:  # noqa: BLE001 - the page must get its answer; `check` raises what it was
            self._trouble = problem
            return self._failed()
        return {"value": self._out(self._factories[factory], value)}

    @staticmethod
    def _failed(number: int = NOT_IMPLEMENTED) -> dict[str, Any]:
        error = ComError(number)
        return {"error": {"number": error.number, "text": error.sentence}}

    def _step(self, origin: str, name: str, kind: str, *words: Any) -> Value:  # noqa: ANN401 - JSON
        self._hosts.check(say("証明書を作り、取り込む", "a certificate is made and imported"), origin)
        if kind == "factory":
            return self._make_factory(origin, name, element=bool(words[0]))
        factory = self._factories[name]
        if kind == "lacks":
            raise GapError(".".join(words))
        if kind == "new":
            return self._make(factory, *words)
        target, member, given = factory.objects[words[0]], words[1], words[2]
        if kind == "get":
            return target.get(member)
        values = [factory.objects[one["object"]] if isinstance(one, dict) else one for one in given]
        if kind == "put":
            return target.put(member, *values)
        if target.asks_before(member):
            self._permit(factory, member)
        return target.call(member, values)

    def _make_factory(self, origin: str, name: str, *, element: bool) -> None:
        """A page may have a control if settings and user agree; else it sees an element without members."""
        if not self._admitted(origin):
            raise ComError(NO_SUCH_MEMBER if element else CANNOT_CREATE)
        self._factories[name] = Factory(origin)

    def _admitted(self, origin: str) -> bool:
        options, user = self._heeded, self.computer.user
        if options.forbids(origin):
            return False
        if not self.options.addon_allowed:
            if not (user.agrees(prompts.ADDON) and user.agrees(prompts.ELEVATION)):
                return False
            self.options.addon_allowed = True
        return not options.asks(origin) or user.agrees(prompts.INTERACTION)

    def _make(self, factory: Factory, name: str, prog_id: str) -> None:
        kind = built(prog_id)
        if kind is None:
            if prog_id.lower() in {one.lower() for one in NOT_BUILT}:
                raise GapError(prog_id)
            raise ComError(NO_INTERFACE)
        factory.objects[name] = kind(self.computer)

    def _permit(self, factory: Factory, member: str) -> None:
        user = self.computer.user
        elevates = member.lower() in WRITES and self._heeded.elevates(factory.origin)
        if elevates and not user.agrees(prompts.ELEVATION):
            raise ComError(ACCESS_DENIED)
        factory.granted = factory.granted or user.agrees(prompts.web_access(factory.origin))
        if not factory.granted:
            raise ComError(CANCELLED)

    @staticmethod
    def _out(factory: Factory, value: Value) -> Value:
        """A value for the page; an object goes by its number, and a new one gets one."""
        if not isinstance(value, ComObject):
            return value
        for number, known in factory.objects.items():
            if known is value:
                return {"object": number, "kind": value.prog_id}
        number = f"python-{len(factory.objects)}"
        factory.objects[number] = value
        return {"object": number, "kind": value.prog_id}

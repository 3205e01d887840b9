"""The user's connection to the portal, in which a scenario lays a fault for the moment of a press."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sekisho.browser.pc import Pc
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.network.certificate_request import asks_for_certificate
from sekisho.network.faults import Aim, Exchange, Fault, Wire
from sekisho.pki.pkcs12 import Identity
from sekisho.results import Note
from sekisho.verdict import EnvironmentProblemError, NotApplicableError


class Line:
    """The user's connection: whole, until a fault is laid in."""

    def __init__(self, options: dict[str, Any], evidence: Recorder, pc: Pc, out_of_reach: str = "") -> None:
        """Begin whole; `options` are those of each window that is opened from now on.

        `out_of_reach` says why nothing can be laid into the line of a browser that is on another machine.
        """
        self._options, self._evidence, self._pc, self._out_of_reach = options, evidence, pc, out_of_reach
        self._wire: Wire | None = None
        self._fault: Fault | None = None

    def lay(self, fault: Fault, url: str, identity: Identity) -> None:
        """Put a proxy into the line that will have one fault; towards `url` it presents the user's certificate.

        So it does at the further places to which a site leads: the data of its pages may come from there.

        Raises NotApplicableError where the line is out of reach.
        """
        if self._out_of_reach:
            raise NotApplicableError(self._out_of_reach)
        self._fault, self._wire = fault, Wire.start()
        for one in (url, *filter(asks_for_certificate, self._pc.hosts.further)):
            self._wire.present(urlsplit(one).netloc, identity)
        self._pc.store.trust_root(self._wire.ca_pem)
        self._options["proxy"] = self._wire.proxy
        self._evidence.add(Note(title=say("回線の障害", "Fault on the line"), lines=[str(fault)]))

    def fail(self, aim: Aim) -> None:
        """Let the fault happen in what comes next: a press is about to cause it.

        Raises EnvironmentProblemError where the fault that was laid is about something else than this press.
        """
        if self._wire is None or self._fault is None or self._fault.aim != aim:
            raise EnvironmentProblemError(
                say(
                    f"この操作のための回線の障害が用意されていない（{self._fault or 'なし'}）",
                    f"no fault on the line was prepared for this action ({self._fault or 'none'})",
                )
            )
        self._wire.arm(self._fault)

    @property
    def has_failed(self) -> bool:
        """Whether the fault has happened."""
        return self._wire is not None and self._wire.happened

    def failure(self) -> Exchange:
        """The exchange in which the fault happened. Raises EnvironmentProblemError where it did not."""
        assert self._wire
        exchange = self._wire.wait_for_fault(0)
        self._evidence.add(
            Note(
                title=say("回線で起きたこと", "What happened on the line"),
                lines=[str(one) for one in self._wire.exchanges],
            )
        )
        return exchange

    def repair(self) -> None:
        """Take the proxy out, if it is in: windows opened from now on reach the portal directly."""
        if self._wire:
            self._options.clear()

    def stop(self) -> None:
        """End the proxy."""
        if self._wire:
            self._wire.stop()

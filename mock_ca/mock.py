"""What all systems share: one registry, clock, authority, outbox and set of defects."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mock_ca.authority import Authority, KeyMaker
from mock_ca.clock import Clock
from mock_ca.defects import Defects
from mock_ca.papers import Papers
from mock_ca.registry import Certificates, Outbox, Registry, Requests, Revocations, Subscribers


@dataclass
class Mock:
    """The parts that a system's portals work with.

    `addresses` is scheme://host:port by listener name; `server_roots` is the file of each system's server root.
    """

    registry: Registry
    clock: Clock
    defects: Defects
    authority: Authority
    keys: KeyMaker
    outbox: Outbox
    papers: Papers
    suite: str
    addresses: dict[str, str] = field(default_factory=dict)
    server_roots: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the tables."""
        self.subscribers = Subscribers(self.registry)
        self.requests = Requests(self.registry)
        self.certificates = Certificates(self.registry)
        self.revocations = Revocations(self.registry)

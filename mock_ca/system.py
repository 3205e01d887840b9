"""What a system (one manual's portals) offers to the process that runs it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, ClassVar

from aiohttp import web

from mock_ca.authority import Title
from mock_ca.defects import Defect
from mock_ca.mock import Mock


class Asks(Enum):
    """Whether a listener asks the browser for a client certificate."""

    NOTHING = "nothing"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True)
class Site:
    """One listener of a system: its key, title, kind, the port for `--fixed-ports` and where a visitor enters.

    `ciphers` is for OpenSSL where its own choice would keep visitors out.
    """

    key: str
    title: str
    asks: Asks
    fixed_port: int
    entrance: str
    ciphers: str = ""


@dataclass(frozen=True)
class ServerRoot:
    """An authority for the servers' own certificates: its short name, and the unit in its name."""

    name: str
    unit: str


@dataclass(frozen=True)
class Captions:
    """What the console calls a subscriber's states, the kinds of certificates, and the values of a trait to choose."""

    states: Mapping[str, str]
    kinds: Mapping[str, str]
    trait: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


class BadRequestError(ValueError):
    """What a caller of the control port asked for cannot be; the text says why."""


class System(ABC):
    """One system. The class attributes are read before anything is started."""

    name: ClassVar[str]
    title: ClassVar[str]
    sites: ClassVar[tuple[Site, ...]]
    issuers: ClassVar[Mapping[str, Title]]
    captions: ClassVar[Captions] = Captions({}, {})
    server_root: ClassVar[ServerRoot] = ServerRoot("server-root", "server certificates")
    defects: ClassVar[tuple[Defect, ...]]

    def __init__(self, mock: Mock) -> None:
        """Work with the shared parts."""
        self.mock = mock

    def url(self, key: str) -> str:
        """Where a visitor enters a site."""
        site = next(site for site in self.sites if site.key == key)
        return self.mock.addresses[f"{self.name}.{key}"] + site.entrance

    def takes_anybody(self, key: str) -> bool:  # noqa: ARG002 - for those who override it
        """Whether a site lets through a certificate of an authority that nobody knows: a defect."""
        return False

    @abstractmethod
    def app(self, key: str) -> web.Application:
        """The web application of one site."""

    @abstractmethod
    async def provision(self, state: str, traits: Mapping[str, Any]) -> dict[str, Any]:
        """Register a subscriber in a state and describe his account. Raises BadRequestError."""

    @abstractmethod
    async def reissue(self, user_id: str) -> dict[str, Any]:
        """The support desk: revoke, invite again, and say what is told by telephone. Raises BadRequestError."""

    @abstractmethod
    def daily(self, day: date) -> None:
        """What happens by itself each morning."""

    @abstractmethod
    async def resume(self) -> None:
        """Take up what a killed process left unfinished."""

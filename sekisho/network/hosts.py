"""Where a target says that its users are: what they type, show or fetch anywhere else is a finding, and is not done.

A place is an origin, as browsers tell them apart: scheme, host and port. A look-alike in other letters, another port,
or http instead of https makes another place; a name before the host (`user@`) makes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic_core import Url, ValidationError

from sekisho.language import say
from sekisho.results import Dialog
from sekisho.verdict import DeviationError

# The hosts of those who make browsers: a browser asks them for updates and accounts, and no portal is there.
MAKERS = ("google.com", "googleapis.com", "gvt1.com", "gstatic.com", "microsoft.com", "bing.com", "msn.com", "live.com")
WEB = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
INSIDE_ANOTHER = ("blob:", "view-source:", "filesystem:")
FROM_THE_PAGE = ("about:", "data:", "javascript:")
"""What a page makes by itself: it belongs to whoever made it."""
# How a browser's own dialog names a server: a host with its port, or at least with a dot.
NAMED = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?:\.?:\d{1,5})?")


class ElsewhereError(DeviationError):
    """The portal has its users do something at a place that is not among those of the target."""

    on_any_day = True

    def __init__(self, deed: str, place: str, dialog: Dialog | None = None) -> None:
        """Name what was to be done, and where; with the browser's own dialog that asked for it."""
        super().__init__(
            say(
                f"{deed}ところ（{place}）が、ターゲットファイルの [sites] と hosts に無い。秘密や証明書を渡さないよう、"
                f'そこで止めた。正しい行き先なら、hosts = ["{written(place)}"] と書く',
                f"The place where {deed} ({place}) is in neither [sites] nor hosts of the target file. It was "
                "stopped there, so that no secret or certificate is given away. If the place is right, write "
                f'hosts = ["{written(place)}"]',
            )
        )
        self.dialog = dialog


class Hosts:
    """The places of a target, given as addresses; of whatever is not a place of the web, nothing is said.

    `further` are those that are no site of their own: a site leads there, and its users' choices hold there too.
    """

    def __init__(self, addresses: Iterable[str] | None, further: Iterable[str] = ()) -> None:
        """Know these; None knows every place, for pages that belong to no target."""
        self.further = tuple(further)
        addresses = None if addresses is None else [*addresses, *self.further]
        self._known = None if addresses is None else frozenset(origin(one) for one in addresses) - {""}

    def has(self, address: str) -> bool:
        """Whether an address is at one of the places, or at none."""
        made_here = not address or address.startswith(FROM_THE_PAGE)
        return self._known is None or made_here or origin(address) in self._known

    def check(self, deed: str, *addresses: str) -> None:
        """Raise ElsewhereError for the first address that is elsewhere. `deed`: what is done there, to be continued."""
        for one in addresses:
            if not self.has(one):
                raise ElsewhereError(deed, origin(one) or one)

    def names(self, sentence: str) -> list[str] | None:
        """The servers elsewhere that a sentence of the browser's names: empty where it names one of the places.

        None where it names nobody.
        """
        said = [one for one in NAMED.findall(sentence) if ":" in one or "." in one]
        if self._known is None or any(self.has(f"https://{one}") for one in said):
            return []
        return said or None


EVERYWHERE = Hosts(None)


def origin(address: str) -> str:
    """The place of an address, with its port; empty where it is none of the web's."""
    for prefix in INSIDE_ANOTHER:
        address = address.removeprefix(prefix)
    try:
        url = Url(address)
    except (ValidationError, ValueError):
        return ""
    if url.scheme not in WEB or not url.host:
        return ""
    return f"{WEB[url.scheme]}://{url.host.rstrip('.')}:{url.port}"


def written(place: str) -> str:
    """A place as a target file names it: https and its port go without saying."""
    return place.removeprefix("https://").removesuffix(":443")


def address_of(entry: str) -> str:
    """The address that an entry of `hosts` means."""
    return entry if "://" in entry else f"https://{entry}"


def is_place(entry: str) -> bool:
    """Whether an entry of `hosts` is a host, a host with a port, or one of both with http:// before it."""
    address = address_of(entry)
    return bool(origin(address)) and re.fullmatch(r"https?://[^\s/?#@*\\]+/?", address) is not None

"""How the portal hands out a key's file: what is pressed, and what the answer's headers say of it."""

from __future__ import annotations

from dataclasses import dataclass

from tornado.web import RequestHandler

PKCS12 = "application/x-pkcs12"
BYTES = "application/octet-stream"


@dataclass(frozen=True)
class Way:
    """One way. `{}` is the member's ID."""

    press: str
    """What is pressed: a link, a link that opens a tab, a form's button, or a script by which the page makes it."""
    disposition: str = ""
    kind: str = ""
    """Content-Type; without one the browser looks at the bytes."""

    def tell(self, answer: RequestHandler, user_id: str) -> None:
        """Set the headers."""
        answer.clear_header("Content-Type")
        if self.kind:
            answer.set_header("Content-Type", self.kind)
        if self.disposition:
            answer.set_header("Content-Disposition", self.disposition.format(user_id).encode("cp932"))


ENTRY = Way("link", kind=PKCS12)
EXCHANGE = Way("form", 'attachment; filename="{}-koshin.p12"', BYTES)
WAYS = (
    Way("link", 'ATTACHMENT; FileName="{}.P12"', PKCS12),
    Way("tab", "attachment; filename*=UTF-8''%E9%8D%B5-{}.p12", BYTES),
    Way("script", "attachment; filename={}.p12", PKCS12),
    Way("form", "attachment; filename=証明書㈱{}.p12", BYTES),
    Way("link"),
    Way("tab", "attachment"),
    Way("form", 'Attachment; filename="{}.p12"', "text/html"),
    Way("script", "inline; filename={}.p12", "text/plain"),
)


def by_turns(number: str) -> Way:
    """The way for a request ID: as these are given one after another, each way has its turn."""
    return WAYS[int(number) % len(WAYS)]

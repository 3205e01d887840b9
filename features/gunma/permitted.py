"""Who may revoke certificates: what the screens of a user who is not a master user offer."""

from __future__ import annotations

from pytest_bdd import then

from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.portal.view import Term
from sekisho.verdict import require
from steps.refusals import refused

from .bank_screens import HOME
from .user_list import LIST, LIST_MEANS

CONCEPT = "利用者管理"

WAY: tuple[Term, ...] = (("menu", "admin"), ("menu", "users"))
REVOCATION: Term = ("menu", "revocation")
LOGGED_IN: tuple[Term, ...] = (HOME, ("menu", "home"), *WAY[:1])


@then("「管理」の「利用者管理」に「証明書失効」が無い")
def _(screen: Screen, evidence: Recorder) -> None:
    screen.wait_for(*LOGGED_IN)
    if not finds_revocation(screen):
        return
    said = kept_out(screen)
    require(
        bool(said),
        say("マスターユーザでない利用者に「証明書失効」がある", 'A user who is not a master user has "証明書失効"'),
    )
    evidence.warning(
        say(
            f"「証明書失効」はあるが、使えない（{said}）。手順書は、失効できないことの示し方を定めていない",
            f'"証明書失効" is there, but cannot be used ({said}). The manual does not prescribe how it is shown that '
            "nothing can be revoked",
        )
    )


def finds_revocation(screen: Screen) -> bool:
    """Whether a user finds 証明書失効, when each screen on the way to it has come to rest."""
    for section, name in WAY:
        if screen.look_for((section, name)) is None:
            return False
        screen.press(name, section)
    return screen.look_for(REVOCATION) is not None


def kept_out(screen: Screen) -> str:
    """How the portal keeps a user out who presses 証明書失効; empty where it does not."""
    section, name = REVOCATION
    if not screen.can_press(name, section):
        return say("押せない", "greyed out")
    screen.press(name, section)
    came = screen.look_for(LIST) or next((one for one in LIST_MEANS if screen.has(*one)), None)
    return "" if came else refused(screen)

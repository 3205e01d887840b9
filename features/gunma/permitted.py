"""Who may revoke certificates: what the screens of a user who is not a master user offer."""

from __future__ import annotations

from pytest_bdd import then

from pages.refusing import refused
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.portal.view import Term
from sekisho.verdict import require

from .bank_screens import HOME
from .reasons import fields
from .user_list import CONFIRMATION, LIST, LIST_MEANS

CONCEPT = "利用者管理"

WAY: tuple[Term, ...] = (("menu", "admin"), ("menu", "users"))
REVOCATION: Term = ("menu", "revocation")
ONWARDS: tuple[Term, ...] = (CONFIRMATION, ("buttons", "revoke"), ("buttons", "execute"))
LOGGED_IN: tuple[Term, ...] = (HOME, ("menu", "home"), *WAY[:1])


@then("「管理」の「利用者管理」に「証明書失効」が無い")
def _(screen: Screen, evidence: Recorder) -> None:
    screen.wait_for(*LOGGED_IN)
    if lacking := lacks(screen):
        if lacking in WAY:
            warn_of_another_way(screen, evidence, lacking)
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


def lacks(screen: Screen) -> Term | None:
    """What a user lacks on the way to 証明書失効, when each screen of it has come to rest; None where he finds that."""
    for term in WAY:
        if screen.stays(*REVOCATION):  # wherever on the way
            return None
        if screen.look_for(term) is None:
            return term
        screen.press(term[1], term[0])
    return None if screen.look_for(REVOCATION) else REVOCATION


def warn_of_another_way(screen: Screen, evidence: Recorder, lacking: Term) -> None:
    """Whoever has no 管理 cannot revoke, unless the bank calls it something else."""
    name, key = screen.dialect.words(*lacking)[0], screen.dialect.key(lacking)
    evidence.warning(
        say(
            f"「{name}」も「証明書失効」も無い。「{name}」が別の言葉なら、その先は確かめていない。{key}",
            f'There is neither "{name}" nor "証明書失効". If "{name}" goes by another word, what lies behind it was '
            f"not looked at. {key}",
        )
    )


def kept_out(screen: Screen) -> str:
    """How the portal keeps a user out who presses 証明書失効; empty where it does not.

    Who is asked for something to go on with is not kept out, whatever cautions stand beside it.
    """
    section, name = REVOCATION
    if not screen.can_press(name, section):
        return say("押せない", "greyed out")
    before, onwards = fields(screen.page), [one for one in ONWARDS if not screen.has(*one)]
    screen.press(name, section)
    came = screen.look_for(LIST, *onwards) or next((one for one in LIST_MEANS if screen.has(*one)), None)
    return "" if came or fields(screen.page) - before else refused(screen)

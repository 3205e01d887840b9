"""A certificate on a PKCS#11 token, as on an IC card: the key never leaves it, and the token's PIN opens it.

The token is SoftHSM's; where it is not installed the scenario is 対象外. It never locks its PIN, however often that is
wrong, and a lock-out is 対象外 with it, too: what the browser did with each wrong PIN is seen all the same.
"""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.certstore import Token
from sekisho.evidence.recorder import Recorder
from sekisho.language import Pair, say
from sekisho.manual.names import Names
from sekisho.native_ui import Surface, SurfaceError
from sekisho.person.browsing import Browsing
from sekisho.pki.pkcs12 import facts
from sekisho.portal import Account, Portal
from sekisho.results import Certificate, Note
from sekisho.verdict import NotApplicableError
from steps.picker import shown
from steps.premises import alive, identities
from steps.roots import trust

CONCEPT = "トークンの証明書"
EXAMPLES = (
    "トークンの証明書と PIN で「○○システム」を開く",
    "トークンの証明書を選び、誤った PIN を2回入力して「○○システム」を開く",
)

NEVER_LOCKS = Pair(
    "トークン（SoftHSM）は、誤った PIN を何回入力してもロックしない。ロックする IC カードなどで確かめること",
    "The token (SoftHSM) does not lock, however often a wrong PIN is entered. Check it with an IC card that locks",
)


@given("トークンに証明書を入れた利用者がいる", target_fixture="account")
def _(token_pc: Pc, token: Token, browsing: Browsing, portal: Portal, evidence: Recorder) -> Account:
    browsing.move_to(token_pc)
    trust(token_pc.store, portal)
    account = alive(portal.account("active"))
    for identity in identities(account):
        token.take_in(identity)
        evidence.add(facts(identity.der, say("トークンに入れた証明書", "Certificate put into the token")))
    return account


@when(parsers.parse("トークンの証明書と PIN で「{site}」を開く"), target_fixture="visit")
def _(browsing: Browsing, portal: Portal, names: Names, account: Account, token_pin: str, site: str) -> Visit:
    return browsing.visit(portal.sites[names.site(site)], on_token(account), pin=token_pin)


@when(parsers.parse("トークンの証明書を選び、誤った PIN を{times:d}回入力して「{site}」を開く"), target_fixture="visit")
def _(
    browsing: Browsing, portal: Portal, names: Names, account: Account, token_pin: str, times: int, site: str
) -> Visit:
    address, wrong = portal.sites[names.site(site)], token_pin.swapcase()
    *_, last = [browsing.visit(address, on_token(account), pin=wrong) for _ in range(times)]
    return last


@then("トークンの PIN が求められた")
def _(visit: Visit) -> None:
    shown(visit)
    if not visit.prompts:  # the token asks before it signs: no server can keep it from doing so
        raise SurfaceError(
            Surface.PIN_PROMPT, say("トークンの PIN が求められなかった", "the PIN of the token was not asked for")
        )


@then("トークンの PIN がロックされている")
def _(token: Token, evidence: Recorder) -> None:
    evidence.add(Note(title=say("トークンの状態", "State of the token"), lines=token.state()))
    if not token.locked:
        raise NotApplicableError(str(NEVER_LOCKS))


def on_token(account: Account) -> Certificate:
    """The user's newest certificate, which is on the token."""
    return facts(identities(account)[-1].der)

"""What a refusal is about: a bank that refuses for another reason has not said what it makes of a certificate."""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import Page

from pages.dialect import has_any
from sekisho.evidence.recorder import Recorder
from sekisho.evidence.screen_text import frames_of
from sekisho.language import say
from sekisho.portal.view import Showing, Term
from sekisho.verdict import BlockedError
from steps.refusals import own_words

CERTIFICATE = ("subjects", "certificate")
FIELDS = (
    "input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset], [type=file]), select, textarea"
)
KINDS = "all => all.map(one => one.type)"  # what they are called inside may change from page to page
EMPTY = (
    "all => all.some(one => /^(text|tel|number|email)$/.test(one.type) && !(one.value || one.readOnly || one.disabled))"
)


def is_about(screen: Showing, said: str, subject: Term) -> bool:
    """Whether a sentence names something."""
    return has_any(said, screen.dialect.words(*subject))


def check_reason(
    screen: Showing, evidence: Recorder, wanted: Term, *, besides: Term | None = None, key: Term | None = None
) -> None:
    """Raise BlockedError where a portal refuses in its own words and not for the certificate's sake.

    It names the certificate, and nothing `besides`. What it asks of those whom it has let in sounds like a refusal too:
    新しいパスワードを入力してください. `key` is what the target file may lack, where that is not the refusal.
    """
    said = own_words(screen, evidence, wanted)
    about_another = besides is not None and is_about(screen, said, besides)
    if not said or (is_about(screen, said, CERTIFICATE) and not about_another):
        return
    lacking = screen.dialect.key(key or wanted)
    raise BlockedError(
        say(
            f"「{said}」と表示された。証明書を理由に拒まれたかどうか分からない。{lacking}",
            f'It said "{said}". Whether it was refused because of the certificate is not known. {lacking}',
        )
    )


def fields(page: Page) -> Counter[str]:
    """What can be filled in or chosen on a page, by kind."""
    found = (one.locator(FIELDS).filter(visible=True) for one in frames_of(page))
    return Counter(kind for one in found for kind in one.evaluate_all(KINDS))


def lacks_words(page: Page) -> bool:
    """Whether a page has a field for words in which there is nothing."""
    return any(one.locator(FIELDS).filter(visible=True).evaluate_all(EMPTY) for one in frames_of(page))

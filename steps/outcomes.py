"""What comes of a procedure in one of several tabs: a file of the user's own, or a refusal that says why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pages.keys import Download, DownloadPage
from pages.refusing import refused
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.portal import Account
from sekisho.portal.view import Term
from sekisho.results import Note
from sekisho.verdict import DeviationError, require
from sekisho.visible import shortened
from steps.keys import opened
from steps.refusals import refusal

ELSEWHERE = ("messages", "elsewhere")
OVERTAKEN: tuple[Term, ...] = (
    ("screens", "session_invalid"),
    ("messages", "request_id_unknown"),
    ("messages", "not_today"),
    ("screens", "login"),
)


@dataclass(frozen=True)
class OwnWords:
    """A refusal in words that nobody knows: a warning, with what would make them known."""

    said: str
    key: str


Outcome = Download | Term | OwnWords | DeviationError
"""A file, the words of a refusal, or what was seen where there was neither."""


def handed_out(screen: Screen, folder: Path, evidence: Recorder) -> Outcome:
    """Press Download: the file, or the words with which it is refused."""
    return DownloadPage(screen, folder).download_or_refusal() or answered(screen, evidence)


def answered(screen: Screen, evidence: Recorder, *instead: Term) -> Term:
    """What the portal says to a page that something else has overtaken, or what it shows `instead`.

    Where the manual does not say in which words it is refused, others are a WARNING.
    """
    if screen.dialect.has(*ELSEWHERE):
        return refusal(screen, evidence, "elsewhere", *instead)
    seen = screen.look_for(*instead, *OVERTAKEN)
    if seen is None:
        said, key = refused(screen) or shortened(screen.text(), 100), screen.dialect.key(*OVERTAKEN[:-1])
        evidence.warning(
            say(
                f"古い画面からの手続きが、知っている言葉では拒まれなかった: {said}。{key}",
                f"Going on from the old page was not refused in known words: {said}. {key}",
            )
        )
    return seen or OVERTAKEN[0]


def check_reason(outcome: Outcome, evidence: Recorder) -> None:
    """Raise DeviationError where a tab did not go on and nothing says why; unknown words are a WARNING."""
    if isinstance(outcome, DeviationError):
        raise outcome
    if isinstance(outcome, OwnWords):
        evidence.warning(
            say(
                f"古いタブからの手続きが、知っている言葉では拒まれなかった: {outcome.said}。{outcome.key}",
                f"Going on from the old tab was not refused in known words: {outcome.said}. {outcome.key}",
            )
        )


def check_owner(outcome: Outcome, owner: Account, password: str, evidence: Recorder) -> None:
    """Raise DeviationError when a file holds another user's certificate; a refusal was said in words already."""
    check_reason(outcome, evidence)
    if not isinstance(outcome, Download):
        evidence.add(
            Note(
                title=say("拒まれた", "Refused"),
                lines=[say("この画面からの手続きは受け付けられなかった", "Going on from this page was not accepted")],
            )
        )
        return
    found = opened(outcome, password)
    evidence.add(found)
    require(
        found.subject_cn == owner.user_id,
        say(
            f"{owner.user_id} の画面から {found.subject_cn} の証明書が渡された",
            f"The page of {owner.user_id} handed out the certificate of {found.subject_cn}",
        ),
    )

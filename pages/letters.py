"""A printed letter as its reader uses it: the value beside a heading."""

from __future__ import annotations

from pages.dialect import Dialect, plain
from sekisho.language import say
from sekisho.mail.letters import Letter
from sekisho.verdict import DeviationError


def beside(letter: Letter, dialect: Dialect, name: str) -> str:
    """What stands beside a heading. Raises DeviationError when it is missing or empty."""
    words = dialect.words("letter", name)
    wanted = {plain(word) for word in words}
    value = next((value for heading, value in letter.rows if plain(heading) in wanted), "")
    if not value:
        raise DeviationError(
            say(
                f"「{letter.title}」に「{words[0]}」が無い。{dialect.key(('letter', name))}",
                f'"{letter.title}" has no "{words[0]}". {dialect.key(("letter", name))}',
            )
        )
    return value

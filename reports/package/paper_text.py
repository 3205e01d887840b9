"""What a statement on paper says, read back out of its PDF and compared with what it was made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from reports.conclusion import conclude
from reports.package import paper_words
from reports.package.apart import answer
from reports.package.paper_statement import NAMED, Signer, counted, day
from reports.package.statement import Certified, digest
from reports.reading import Results
from reports.wording import conclusion_name
from sekisho.language import say, speaking

SPACES = re.compile(r"\s+")


def read(pdf: bytes) -> str | None:
    """All words of a PDF without spaces; None where they cannot be had."""
    told = answer(paper_words.__name__, pdf)
    return folded(told.decode("utf-8", "replace")) or None if told else None


def folded(text: str) -> str:
    """Words as they are compared: fonts show the same sign under several numbers, and lines break anywhere."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text))


def missing(
    paper: str, results: Results, files: Mapping[str, bytes], certified: Certified, signer: Signer
) -> list[str]:
    """The figures of a package that do not stand on its paper: dates, names, sums, numbers, the conclusion."""
    with speaking(certified.language):
        wanted = _wanted(results, files, certified, signer)
    return [one for one in wanted if folded(one) not in paper]


def _wanted(results: Results, files: Mapping[str, bytes], certified: Certified, signer: Signer) -> list[str]:
    claim = conclusion_name(conclude(results))
    return [
        say(f"発行日 {day(certified.when)}", f"Issued {day(certified.when)}"),
        results.run.id,
        signer.fingerprint,
        *(digest(files[name]) for name in NAMED if name in files),
        say(f"総合判定 {claim}", f"Conclusion {claim}"),
        *counted(results),
    ]

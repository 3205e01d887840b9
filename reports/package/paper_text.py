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
from reports.wording import CONCLUSIONS

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
    wanted = [
        f"発行日 {day(certified.when)}",
        results.run.id,
        signer.fingerprint,
        *(digest(files[name]) for name in NAMED if name in files),
    ]
    wanted += [f"総合判定 {CONCLUSIONS[conclude(results)][0]}", *counted(results)]
    return [one for one in wanted if folded(one) not in paper]

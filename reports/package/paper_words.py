"""`python -m reports.package.paper_words`: the words of the PDF on standard input.

A process of its own, which can be ended and has its memory limited: a PDF may be a bomb.
"""

from __future__ import annotations

import sys
from io import BytesIO

from pypdf import PdfReader

from sekisho.machine.memory import limit_memory

MOST_PAGES = 300


def main() -> int:
    """Write what its pages say; an exception where it is no PDF."""
    limit_memory()
    pages = PdfReader(BytesIO(sys.stdin.buffer.read())).pages
    words = "\n".join(page.extract_text() for page in pages[:MOST_PAGES])
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

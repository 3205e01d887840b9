"""`python -m reports.package.paper_words`: the words of the PDF on standard input.

A process of its own, which can be ended and has its memory limited: a PDF may be a bomb.
"""

from __future__ import annotations

import sys
from io import BytesIO

from pypdf import PdfReader

MOST_PAGES = 300
MEMORY = 2 << 30  # bytes


def main() -> int:
    """Write what its pages say; an exception where it is no PDF."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pages = PdfReader(BytesIO(sys.stdin.buffer.read())).pages
    words = "\n".join(page.extract_text() for page in pages[:MOST_PAGES])
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The portal's people, as the command of a target file's [operator]: passes a question on to the running portal.

Standard library only: it is started once for each question.
"""

from __future__ import annotations

import sys
import urllib.request


def main() -> None:
    """Hand standard input to the address in the first argument, and print what comes back."""
    with urllib.request.urlopen(sys.argv[1], data=sys.stdin.buffer.read(), timeout=30) as answer:
        sys.stdout.buffer.write(answer.read())


if __name__ == "__main__":
    main()

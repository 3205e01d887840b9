"""An HTML mail as text: its lines as they are seen, its links with their addresses."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LONGEST_TAG = 4000
HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|title)\b.*?(?:</\1\b[^>]*>?|\Z)", re.DOTALL | re.IGNORECASE)
NO_TAG = re.compile(rf"<(?!/?[A-Za-z][^<>]{{0,{LONGEST_TAG}}}>)")
CHARSET = re.compile(rb"<meta[^<>]+charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
NAMED_WITHIN = 1024  # bytes, as in browsers
BLOCKS = {
    *("address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul"),
}
CELLS = {"td", "th"}


def charset(page: bytes) -> str:
    """The encoding that a page names in its own meta element; empty when it names none."""
    named = CHARSET.search(page[:NAMED_WITHIN])
    return named[1].decode("ascii") if named else ""


def to_text(page: str) -> str:
    """What a reader sees. A link's address stands in angle brackets behind its words, a table's row is one line.

    The standard library's parser takes quadratic time over tags that never end (lxml's successors do too), so it only
    gets those that do.
    """
    reader = _Reader()
    reader.feed(NO_TAG.sub("&lt;", HIDDEN.sub(" ", page)))
    reader.close()
    lines = (re.sub(r"[ \u00a0]+", " ", line).strip() for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects the words, with a line's end wherever a browser begins a line."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._link = ""
        self._said = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.found.append("\n")
        elif tag in CELLS:
            self.found.append("\t")
        elif tag == "a":
            self._link, self._said = (dict(attrs).get("href") or "").strip(), len(self.found)
        elif tag == "img":
            self.found.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.found.append("\n")
        elif tag == "a":
            self._end_link()

    def _end_link(self) -> None:
        """The address, unless it is what the link's words are."""
        if self._link.lower().startswith("http") and self._link not in "".join(self.found[self._said :]):
            self.found.append(f" <{self._link}> ")
        self._link = ""

    def handle_data(self, data: str) -> None:
        self.found.append(re.sub(r"\s+", " ", data))

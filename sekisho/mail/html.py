"""An HTML mail as text: its lines as they are seen, its links with their addresses."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlencode, urljoin, urlsplit

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
VOID = {*("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")}
ENDED_BY_THE_NEXT = {*("dd", "dt", "li", "p", "td", "th", "tr")}
# What senders hide: lines for a mail program's list above all. What only Outlook hides, others show.
UNSEEN = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0+)?(?:;|!|$)|(?:^|;)(?:font-size|max-height|max-width):0[a-z%]*(?:;|!|$)"
)


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
    reader.end()
    lines = (re.sub(r"[ \u00a0]+", " ", line).strip() for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects the words, with a line's end wherever a browser begins a line."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._link = self._form = self._base = ""
        self._fields: list[tuple[str, str]] | None = None  # None of a form that is posted: they are in no address
        self._said = 0
        self._unseen: list[str] = []  # what is open, from an element on that nobody sees

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen == [tag] and tag in ENDED_BY_THE_NEXT:
            self._unseen.clear()
        if tag not in VOID and (self._unseen or _is_unseen(dict(attrs))):
            self._unseen.append(tag)
        if self._unseen:
            return
        if tag in BLOCKS:
            self.found.append("\n")
        elif tag in CELLS:
            self.found.append("\t")
        else:
            self._begin(tag, {name: value or "" for name, value in attrs})

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element that leads somewhere, or stands for words."""
        if tag == "a":
            self._end_link()  # of one that was not ended
            self._link, self._said = self._address(attributes.get("href", "")), len(self.found)
        elif tag in {"img", "area"}:
            self.found.append(attributes.get("alt", ""))
            self._lead(self._address(attributes.get("href", "")))
        elif tag == "base":
            self._base = self._base or attributes.get("href", "")
        elif tag == "form":
            self._end_form()
            self._form = self._address(attributes.get("action", ""))
            self._fields = None if attributes.get("method", "").lower() == "post" else []
        elif tag == "input":
            self._field(attributes)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            self._end_unseen(tag)
        elif tag in BLOCKS:
            self.found.append("\n")
        elif tag == "a":
            self._end_link()
        elif tag == "form":
            self._end_form()

    def end(self) -> None:
        """End what the page has not ended."""
        self._end_link()
        self._end_form()

    def _address(self, link: str) -> str:
        """Where a link leads; empty where no browser would go by itself."""
        try:
            whole = urljoin(self._base, "".join(link.split())) if link.strip() else ""
        except ValueError:
            return ""
        return whole if whole.lower().startswith("http") else ""

    def _lead(self, link: str) -> None:
        if link:
            self.found.append(f" <{link}> ")

    def _field(self, attributes: dict[str, str]) -> None:
        """What a press on a form's button adds to its address, which nobody sees."""
        if self._fields is not None and attributes.get("type", "").lower() == "hidden" and "name" in attributes:
            self._fields.append((attributes["name"], attributes.get("value", "")))

    def _end_form(self) -> None:
        """The address behind a form's words; its fields take the place of the address's own."""
        if self._form and self._fields:
            self._form = urlsplit(self._form)._replace(query=urlencode(self._fields), fragment="").geturl()
        self._lead(self._form)
        self._form = ""

    def _end_unseen(self, tag: str) -> None:
        if tag in self._unseen:
            last = len(self._unseen) - 1 - self._unseen[::-1].index(tag)
            del self._unseen[last:]

    def _end_link(self) -> None:
        """The address where the link leads, and its words unless they are one themselves."""
        words, link = "".join(self.found[self._said :]).strip(), self._link
        if link and link != words:
            if re.fullmatch(r"https?://\S+", words, re.IGNORECASE):
                leads = words if _leads_on(link, words) else link
                self.found[self._said :] = [f" {leads} "]
            elif link not in words:
                self._lead(link)
        self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(re.sub(r"\s+", " ", data))


def _is_unseen(attributes: dict[str, str | None]) -> bool:
    """Whether an element is there, and not to be seen."""
    style = re.sub(r"\s+", "", attributes.get("style") or "").lower()
    return "hidden" in attributes or UNSEEN.search(style) is not None


def _leads_on(link: str, words: str) -> bool:
    """Whether a link leads to the address that its words are by way of another place, which looks at who opens it."""
    elsewhere = urlsplit(link).netloc != urlsplit(words).netloc
    return elsewhere and words in unquote(link)

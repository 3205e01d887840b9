"""Pages whose parts belong together by nothing but their place on the screen, made of the portal's own."""

from __future__ import annotations

import re

HEADINGS = r"<tr[^>]*>(?:(?!</tr>).)*ステータス</td>(?:(?!</tr>).)*</tr>"
PAIR = r"<tr[^>]*><t[dh][^>]*>((?:(?!</?t[rdh]\b).)*)</t[dh]><td[^>]*>((?:(?!</?t[rdh]\b).)*)</td></tr>"
LIST = re.compile(r"<table[^>]*>(?P<title>.*?)(?P<headings>" + HEADINGS + r")(?P<rest>.*?)</table>", re.DOTALL)
TWO_COLUMNS = re.compile(rf"<table[^>]*>\s*((?:{PAIR}\s*)+)</table>", re.DOTALL)
LINKED_PICTURE = re.compile(r'<a (href="[^"]*"(?: target="[^"]*")?)>(<img[^>]*) alt="([^"]*)"([^>]*)></a>')
FIXED = '<table border="1" cellspacing="0" width="{width}" style="table-layout:fixed">'
COLUMN = 150  # pixels
LINE = '<p style="margin:0;height:30px;white-space:nowrap">{}</p>'
SIDE = '<div style="float:left;width:300px">{}</div>'


def by_place(page: str) -> str:
    """A page with lists whose headings do not scroll, forms in two columns of their own, and image maps."""
    page = LINKED_PICTURE.sub(_map, page)
    return TWO_COLUMNS.sub(_columns, _headings_apart(page))


def _headings_apart(page: str) -> str:
    """The row that names the columns of a list, in a table of its own."""
    start = page.find("ステータス</td>")
    at = page.rfind("<table", 0, start)
    found = LIST.match(page, at) if min(start, at) >= 0 else None
    if not found:
        return page
    begin = FIXED.format(width=COLUMN * len(re.findall("<t[dh]", found["headings"])))
    scrolled = f'<div style="max-height:300px;overflow-y:scroll">{begin}{found["rest"]}</table></div>'
    lists = f"{begin}{found['title']}</table>{begin}{found['headings']}</table>{scrolled}"
    return page[: found.start()] + lists + page[found.end() :]


def _columns(found: re.Match[str]) -> str:
    """The labels of a form on the left, and its fields and values on the right."""
    pairs = re.findall(PAIR, found[1], re.DOTALL)
    sides = (SIDE.format("".join(map(LINE.format, side))) for side in zip(*pairs, strict=True))
    return "".join(sides) + '<br clear="all">'


def _map(found: re.Match[str]) -> str:
    leads, picture, words, rest = found.groups()
    name = f"map{found.start()}"
    area = f'<area shape="rect" coords="0,0,200,100" {leads} alt="{words}">'
    return f'{picture}{rest} usemap="#{name}"><map name="{name}">{area}</map>'

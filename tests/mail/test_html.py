"""An HTML mail is what its reader sees, and its links are where a press on them leads."""

from __future__ import annotations

import pytest

from sekisho.mail.html import to_text

GET = "https://p.test/get"


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (f'<a href="https://wrong.test/x">{GET}</a>', "https://wrong.test/x"),
        (f'<a href="{GET}?id=1">{GET}</a>', f"{GET}?id=1"),
        (f'<a href="{GET}">{GET}?id=1</a>', GET),
        (f'<a href="{GET}">{GET}</a>', GET),
        (f'<a href="https://safe.test/?url=https%3A%2F%2Fp.test%2Fget&amp;d=1">{GET}</a>', GET),
        (f'<a href="{GET}">こちら</a>', f"こちら <{GET}>"),
        (f'<a href="{GET}?\n id=1">こちら</a>', f"こちら <{GET}?id=1>"),
        (f'<a href="{GET}">一<a href="{GET}/2">二</a>', f"一 <{GET}> 二 <{GET}/2>"),
        (f'<a href="{GET}">一', f"一 <{GET}>"),
        (f'<map name=m><area alt="取得" href="{GET}"></map>', f"取得 <{GET}>"),
        (f'<form action="{GET}"><button>開く</button></form>', f"開く <{GET}>"),
        (f'<form action="{GET}?a=1"><input type=hidden name=id value="1 2">開く</form>', f"開く <{GET}?id=1+2>"),
        (f'<form method=POST action="{GET}?a=1"><input type=hidden name=id value=1>開く</form>', f"開く <{GET}?a=1>"),
        ('<base href="https://p.test/"><a href="get">開く</a>', f"開く <{GET}>"),
        ('<a href="get">開く</a><a href="javascript:x()">x</a>開', "開くx開"),
        ('<base href="https://p.test/"><a href="https://[x">開く</a>', "開く"),
    ],
)
def test_a_link_is_where_it_leads(page: str, read: str) -> None:
    """Whatever address its words are; what only looks at who opens it leads on to there."""
    assert to_text(page) == read


@pytest.mark.parametrize(
    "page",
    [
        "<div style='display:none'>リクエストID：999<br><b>x</b></div><p>見える</p>",
        "<div style='DISPLAY : none !important'>999</div>見える",
        "<p style='display:none'>999<p>見える",
        "<table><tr style='visibility:hidden'><td>999</td></tr><tr><td>見える</td></tr></table>",
        "<span hidden>999<i>9</i></span>見える",
        "<div style='font-size:0;color:#fff'>999</div>見える",
        "<div style='max-height:0px;overflow:hidden'><div>999</div></div>見える",
        "<img style='display:none' src=x alt=''>見える",
        "<p style='font-size:0.9em;mso-hide:all'>見える</p>",
    ],
)
def test_what_nobody_sees_is_not_read(page: str) -> None:
    """Lines for the list of a mail program, and all that is in them; what only one program hides, others show."""
    assert to_text(page) == "見える"

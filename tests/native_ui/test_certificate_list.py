"""The certificate manager's list, in the markup of several versions, in a real page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sekisho.native_ui import CertificateList, Surface, SurfaceError, language
from sekisho.native_ui.certificate_list import DELETE, DETAILS, Row

FIRST, SECOND, OTHER = "a" * 64, "b" * 64, "c" * 64
WORDS = {
    "ja": (
        *("信頼できる証明書", "{} を表示", "{} をすべてエクスポート", "{} の証明書ハッシュをコピー"),
        *("証明書 {} を削除", "新しいダイアログで {} の証明書の詳細を表示します", "中間証明書"),
    ),
    "en": (
        *("Trusted Certificates", "Show {}", "Export all {}", "Copy certificate hash for {}"),
        *("Delete certificate {}", "View certificate details for {} in a new dialog", "Intermediate Certificates"),
    ),
    "xx": ("Vertraut", "{} zeigen", "{} exportieren", "{} kopieren", "{} löschen", "{} ansehen", "Zwischenzertifikate"),
}
SHADOW = '<template shadowrootmode="open">'
# How versions write a list's title: 147 to 150 a div that holds the buttons too, 156 a heading of its own.
TITLES = {"150": "<div>{title}<span>{buttons}</span></div>", "156": "<div><h3>{title}</h3><span>{buttons}</span></div>"}


@pytest.fixture(scope="module")
def blank(plain_browser: Browser) -> Iterator[Page]:
    """A page to be filled."""
    page = plain_browser.new_page()
    yield page
    page.context.close()


def markup(version: str, spoken: str, listed: dict[str, str]) -> str:
    """Two lists, of which the first is the wanted one; custom elements with shadow roots, and buttons of their own."""
    title, opens, exports, copies, deletes, views, other = WORDS[spoken]

    def row(name: str, sha256: str) -> str:
        copy = f'<i slot="in" role="button" aria-label="{copies.format(name)}">c</i>'
        field = f'{SHADOW}<input readonly value="{sha256}"><slot name="in"></slot></template>{copy}'
        buttons = "".join(f'<i role="button" aria-label="{one.format(name)}">o</i>' for one in (deletes, views))
        return f"<x-e>{SHADOW}<div style='display:flex'>{name}<x-f>{field}</x-f>{buttons}</div></template></x-e>"

    def one(heading: str, rows: dict[str, str]) -> str:
        names = (opens, exports) if rows else ()
        buttons = "".join(f'<i role="button" aria-label="{name.format(heading)}">b</i>' for name in names)
        inside = "".join(row(name, sha256) for sha256, name in rows.items()) or "<p>&mdash;</p>"
        return TITLES[version].format(title=heading, buttons=buttons) + f'<div role="group">{inside}</div>'

    lists = one(title, listed) + one(other, {OTHER: "Issuing CA"})
    return f'<x-page>{SHADOW}<i role="button">←</i><h2>{title}</h2>{lists}</template></x-page>'


def opened(page: Page, version: str, spoken: str, listed: dict[str, str]) -> CertificateList:
    """The list on the page."""
    page.set_content("<main></main>")
    page.evaluate("html => document.querySelector('main').setHTMLUnsafe(html)", markup(version, spoken, listed))
    return CertificateList(page, Surface.TRUSTED_ROOTS, language.ROOTS_LIST, "", route=[])


@pytest.mark.parametrize("spoken", list(WORDS))
@pytest.mark.parametrize("version", list(TITLES))
def test_a_lists_certificates_are_read_with_their_names(blank: Page, version: str, spoken: str) -> None:
    """Only its own; each button belongs to the certificate on its line, whatever order the elements have."""
    shown = opened(blank, version, spoken, {FIRST: "CN=Root 1", SECOND: "Root 2"})
    assert shown.rows() == [Row("CN=Root 1", FIRST), Row("Root 2", SECOND)]
    for which, word in ((DELETE, 4), (DETAILS, 5)):
        label = shown._button(which, FIRST).get_attribute("aria-label")
        assert label == WORDS[spoken][word].format("CN=Root 1")


@pytest.mark.parametrize("spoken", list(WORDS))
@pytest.mark.parametrize("version", list(TITLES))
def test_an_empty_list_is_empty(blank: Page, version: str, spoken: str) -> None:
    """It has no buttons; the next list's certificates are not its own."""
    assert opened(blank, version, spoken, {}).rows() == []


def test_a_page_without_a_list_is_told_so(blank: Page) -> None:
    """It is an error of ours, and names the surface."""
    blank.set_content("<p>404</p>")
    blank.set_default_timeout(300)
    with pytest.raises(SurfaceError, match="一覧が出ません") as problem:
        CertificateList(blank, Surface.TRUSTED_ROOTS, language.ROOTS_LIST, "", route=[])
    assert problem.value.surface is Surface.TRUSTED_ROOTS

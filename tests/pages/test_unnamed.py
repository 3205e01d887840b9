"""A button that the manual gives no name may have any: it is missing only where nothing else could be it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fixtures.unnamed import undecided
from pages.dialect import load
from pages.screen import Screen
from sekisho.verdict import BlockedError, DeviationError

OPEN, PRINTED = ("menu", "requests"), ("menu", "key")  # of danshin: no row prints 申請情報一覧, and one 鍵の取得
ANY_PAGE = "<a href=/h>ヘルプ</a><button>ログアウト</button><a href=/c>お問い合わせ</a><button>×</button>"


def missing(
    page: Page, markup: str, term: tuple[str, str] = OPEN, own: dict[str, dict[str, list[str]]] | None = None
) -> DeviationError:
    """What a person says who looks for a button on a page."""
    page.set_content(markup)
    with pytest.raises(DeviationError) as found:
        Screen(lambda: page, load("danshin", own), 10).wait_for(term)
    return found.value


@pytest.mark.parametrize(
    "button",
    [
        "<a href=/l>受付状況の照会</a>",
        "<input type=image src=x alt=受付状況の照会>",
        "<div onclick=1>受付状況の照会</div>",
        "<button><img src=x alt=受付状況の照会></button>",
        "<iframe srcdoc='<a href=/l>受付状況の照会</a>'></iframe>",
    ],
)
def test_another_button_that_nobody_knows_may_be_it(page: Page, button: str) -> None:
    """Then the scenario is BLOCKED, and says which there are and what to write."""
    error = undecided(missing(page, f"{button}{ANY_PAGE}<a href=/k>鍵の取得</a>"), "danshin")
    assert isinstance(error, BlockedError)
    assert "これかもしれないもの: 「受付状況の照会」" in str(error)
    assert "[dialect.menu] requests" in str(error)


@pytest.mark.parametrize(
    "others", ["", ANY_PAGE, "<a href=/k>鍵の取得</a>", "<a href=/k style=display:none>別のもの</a>"]
)
def test_where_nothing_else_could_be_it_it_is_not_there(page: Page, others: str) -> None:
    """What any page has, what is known to be something else, and what nobody sees."""
    error = undecided(missing(page, f"<h1>トップページ</h1>{others}"), "danshin")
    assert isinstance(error, DeviationError)


@pytest.mark.parametrize("own", [{}, {"menu": {"key": ["鍵のダウンロード"]}}])
def test_a_name_that_a_row_prints_must_be_there(page: Page, own: dict[str, dict[str, list[str]]]) -> None:
    """Whatever else is; or the one that the target file has in its place."""
    error = undecided(missing(page, "<a href=/l>受付状況の照会</a>", PRINTED, own), "danshin")
    assert isinstance(error, DeviationError)


def test_a_page_that_fails_has_nothing_that_could_be_it(page: Page) -> None:
    """Whatever there is to be pressed: the manual goes on here."""
    failing = "<p>システムエラーが発生しました。</p><button>受付状況の照会</button>"
    error = undecided(missing(page, failing), "danshin")
    assert isinstance(error, DeviationError)


@pytest.mark.parametrize(
    "notice",
    [
        "左のメニューからお手続きを選択してください。",
        "サービス時間外はご利用できません。",
        "期限切れの証明書は更新できません。",
        "<a href=/s>システム障害情報はこちら</a>",
    ],
)
def test_what_a_page_announces_does_not_decide(page: Page, notice: str) -> None:
    """It stands there whatever is to be pressed."""
    error = undecided(missing(page, f"<h1>トップ</h1><p>{notice}</p><a href=/l>受付状況の照会</a>"), "danshin")
    assert isinstance(error, BlockedError)


def test_a_button_that_the_target_file_has_words_for_is_known_by_them(page: Page) -> None:
    """Its owner has said how it is called: it is not there."""
    own = {"menu": {"requests": ["受付一覧"]}}
    error = undecided(missing(page, "<a href=/l>受付状況の照会</a>", own=own), "danshin")
    assert isinstance(error, DeviationError)


@pytest.mark.parametrize(
    "furniture",
    [
        "<a href=/n>お知らせ</a>",
        "<button disabled>受付状況の照会</button>",
        "<a name=top>受付状況の照会</a>",
        "<table><tr onclick=1><td>受付状況の照会<td>3件</table>",
        "<a href=/p>山田太郎 様</a>",
        "<a href=mailto:x@y.test>x@y.test</a>",
        "<a href=#top>ページの上へ</a>",
    ],
)
def test_what_leads_nowhere_could_not_be_it(page: Page, furniture: str) -> None:
    """Greyed out, a mark in the page, a whole row, and what any page has."""
    error = undecided(missing(page, f"<h1>トップページ</h1>{furniture}"), "danshin")
    assert isinstance(error, DeviationError)


def test_a_long_label_is_told_in_short(page: Page) -> None:
    """A message is for people."""
    error = undecided(missing(page, f"<button>{'とても長い名前の' * 50}</button>"), "danshin")
    assert isinstance(error, BlockedError)
    assert len(str(error)) < 1000

"""Files told from pages in a real browser, whatever a portal's headers and scripts are like."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pages.downloads import Download, download_or_refusal, fetch, safe
from pages.screen import Screen
from sekisho.verdict import DeviationError

FILE = bytes.fromhex("30820a10020103") + bytes(range(256)) * 10
P12 = "application/x-pkcs12"
RAW = "attachment; filename=証明書㈱.p12"
HEADERS: dict[str, dict[str, str]] = {
    "upper": {"content-disposition": 'ATTACHMENT; FileName="User.p12"', "Content-Type": P12},
    "rfc5987": {
        "Content-Disposition": "attachment; filename*=UTF-8''%E8%A8%BC%E6%98%8E%E6%9B%B8.p12",
        "Content-Type": P12,
    },
    **{
        charset: {"Content-Disposition": RAW.encode(charset).decode("latin-1"), "Content-Type": P12}
        for charset in ("cp932", "euc_jis_2004", "utf8")
    },
    "no-type": {"Content-Disposition": "attachment; filename=a.p12"},
    "nothing": {},
    "html": {"Content-Disposition": "Attachment; filename=a.p12", "Content-Type": "text/html"},
    "inline": {"Content-Disposition": "inline; filename=a.p12", "Content-Type": P12},
    "text": {"Content-Disposition": "filename=a.p12", "Content-Type": "text/plain"},
    "outside": {"Content-Disposition": 'attachment; filename="../../a.p12"', "Content-Type": P12},
    "page": {"Content-Type": "text/html"},
}
NAMES = {
    "upper": "User.p12",
    "rfc5987": "証明書.p12",
    "cp932": "証明書㈱.p12",
    "euc_jis_2004": "証明書㈱.p12",
    "utf8": "証明書㈱.p12",
    "no-type": "a.p12",
    "nothing": "nothing",
    "html": "a.p12",
    "inline": "a.p12",
    "text": "a.p12",
    "outside": "_.._a.p12",
}
MOVES = "<p>準備中</p><script>onload = () => setTimeout(() => location = '/upper', 100)</script>"
BLOB = (
    "<button onclick=\"const a = document.createElement('a'); a.download = '証明書.p12';"
    'a.href = window.URL.createObjectURL(new Blob([new Uint8Array([48, 130, 10])])); a.click()">Download</button>'
)
FETCHED = (
    "<button onclick=\"fetch('/no-type', {method: 'POST'}).then(one => one.blob()).then(blob => {"
    "const a = document.createElement('a'); a.download = 'b.p12'; a.href = window.URL.createObjectURL(blob); a.click()"
    '})">Download</button>'
)
UNSEEN = (
    "<button onclick=\"const a = document.createElement('a'); a.download = 'c.p12';"
    "a.href = window.URL.createObjectURL(new Blob([new Uint8Array([48, 130, 10])]));"
    'scheduler.postTask(() => a.click(), {delay: 200})">Download</button>'
)
PAGES = {
    "blob": BLOB,
    "fetched": FETCHED,
    "unseen": UNSEEN,
    "tab": "<a href=/upper target=_blank>Download</a>",
    "frame": "<iframe name=f></iframe><form action=/upper target=f><input type=submit value=Download></form>",
    "link": "<a href=/upper download=other.p12>Download</a>",
    "moves": "<a href=/moving>Download</a>",
    "moving": MOVES,
    "refused": "<a href=/sorry>Download</a>",
    "sorry": "<p>一致しません</p>",
    "told": "<p id=m></p><button onclick=\"m.textContent = '日付が変わったため、お渡しできません'\">Download</button>",
    "silent": "<button>Download</button>",
}


class Handler(BaseHTTPRequestHandler):
    """A file under some headers, a page that leads to one, or a page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """`/to-x` is a page with a link to `x`."""
        name = self.path.strip("/?")
        page = PAGES.get(name) or (f"<a href=/{name[3:]}>Download</a>" if name.startswith("to-") else "")
        headers = {"Content-Type": "text/html; charset=utf-8"} if page else HEADERS.get(name, {})
        body = page.encode() or FILE
        self.send_response_only(200)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the base class's way

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Where it is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def screen(bare: Screen) -> Screen:
    """A screen with patience for a busy machine: only what never comes takes all of it."""
    bare.patience = 5
    return bare


@pytest.mark.parametrize(("how", "name"), NAMES.items())
def test_a_file_is_a_file_under_any_header_and_its_name_is_right(
    screen: Screen, site: str, tmp_path: Path, how: str, name: str
) -> None:
    """Also in the portal's own encoding; it stays in its folder."""
    screen.page.goto(f"{site}/to-{how}")
    for get in (fetch, _or_refusal):
        file = get(screen, lambda: screen.press("download"), tmp_path)
        assert (file.name, file.data, file.failure) == (name, FILE, "")
        assert file.path.parent == tmp_path


def _or_refusal(screen: Screen, press: Callable[[], None], folder: Path) -> Download:
    found = download_or_refusal(screen, press, folder)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("how", "name"),
    [("blob", "証明書.p12"), ("fetched", "b.p12"), ("tab", "User.p12"), ("frame", "User.p12"), ("link", "User.p12")],
)
def test_a_file_comes_however_it_is_handed_out(screen: Screen, site: str, tmp_path: Path, how: str, name: str) -> None:
    """Made in the page, in a new tab, in a frame, behind a plain link."""
    screen.page.goto(f"{site}/{how}")
    file = download_or_refusal(screen, lambda: screen.press("download"), tmp_path)
    assert file is not None
    assert (file.name, file.data[:3]) == (name, b"\x30\x82\x0a")


def test_a_page_that_then_hands_out_the_file_is_waited_for(screen: Screen, site: str, tmp_path: Path) -> None:
    """It says that it is preparing."""
    screen.page.goto(f"{site}/moves")
    assert fetch(screen, lambda: screen.press("download"), tmp_path).data == FILE


def test_a_file_made_unseen_on_a_screen_long_at_rest_is_waited_for(screen: Screen, site: str, tmp_path: Path) -> None:
    """Nothing that can be seen goes on after the press, as where a key is made in the browser."""
    screen.page.goto(f"{site}/unseen")
    assert not screen.until(lambda: False)
    assert fetch(screen, lambda: screen.press("download"), tmp_path).name == "c.p12"


def test_a_page_is_a_page(screen: Screen, site: str, tmp_path: Path) -> None:
    """A refusal is known at once; where a file had to come, it is told what came."""
    screen.page.goto(f"{site}/refused")
    assert download_or_refusal(screen, lambda: screen.press("download"), tmp_path) is None
    screen.page.goto(f"{site}/refused")
    screen.patience = 1
    with pytest.raises(DeviationError, match="ファイルがダウンロードされない。表示されたのは: 一致しません"):
        fetch(screen, lambda: screen.press("download"), tmp_path)


def test_a_page_that_says_why_it_gives_nothing_need_not_become_another(
    screen: Screen, site: str, tmp_path: Path
) -> None:
    """Where it says nothing either, nothing has come of the press."""
    screen.page.goto(f"{site}/told")
    assert download_or_refusal(screen, lambda: screen.press("download"), tmp_path) is None
    screen.page.goto(f"{site}/silent")
    with pytest.raises(DeviationError, match="ファイルも画面も返ってこない"):
        download_or_refusal(screen, lambda: screen.press("download"), tmp_path)


def test_a_file_that_the_browser_must_show_as_a_page_is_told(screen: Screen, site: str, tmp_path: Path) -> None:
    """Nothing says that it is a file but its octets: a person sees a page of rubbish."""
    for get in (fetch, _or_refusal):
        screen.page.goto(f"{site}/to-page")
        with pytest.raises(DeviationError, match=r"画面として表示された（Content-Type: text/html）"):
            get(screen, lambda: screen.press("download"), tmp_path)


def test_it_is_told_also_where_the_browser_no_longer_has_what_came(
    screen: Screen, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person sees is still there."""
    monkeypatch.setattr("pages.downloads._is_no_text", lambda _answer: False)
    screen.page.goto(f"{site}/to-page")
    screen.patience = 1
    with pytest.raises(DeviationError, match=r"画面として表示された（Content-Type: text/html）"):
        fetch(screen, lambda: screen.press("download"), tmp_path)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("", "download"),
        ("..", "download"),
        ("a/b\\c", "a_b_c"),
        ("x\x1b[31m\u202e.p12", "x[31m.p12"),
        ("a" * 300 + ".p12", "a" * 80 + ".p12"),
    ],
)
def test_a_name_stays_in_its_folder_and_on_its_line(name: str, kept: str) -> None:
    """No folder, no control character, no more than a file system takes."""
    assert safe(name) == kept

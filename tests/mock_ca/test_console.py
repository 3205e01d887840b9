"""The console: a person's way to the control port."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .running import Running
from .visitor import Visitor, opened
from .walks import opens


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A mock with a console."""
    running = Running(tmp_path_factory.mktemp("console"), "--console")
    yield running
    running.close()


@pytest.fixture
def person(served: Running) -> Visitor:
    """Someone who opened the address that was printed."""
    visitor = served.visitor()
    assert visitor.get(served.ready["console"]).url.endswith("/console")
    return visitor


def test_the_console_opens_with_its_ticket_only(served: Running) -> None:
    """Every page of it; afterwards a cookie does, and the address shows no ticket."""
    base = served.ready["control"]
    for path in ("/console", "/console/people", "/console/mail", "/console/defects", "/console?ticket=wrong"):
        page = served.visitor().get(base + path)
        assert page.status == 401
        assert "emp" not in page.words


def test_the_index_leads_to_every_site(served: Running, person: Visitor) -> None:
    """And offers the root that a browser must trust."""
    page = person.get("/console")
    urls = [url for sites in served.ready["systems"].values() for url in sites.values()]
    assert all(url.replace("&", "&amp;") in page.text for url in urls)
    for system, root in served.ready["server_roots"].items():
        assert person.get(f"/console/server-roots/{system}.pem").body == Path(root).read_bytes()


def test_a_provisioned_user_can_be_used_at_once(served: Running, person: Visitor) -> None:
    """His PKCS#12 and its password are shown, and his mails can be read with their links."""
    page = person.post("/console/people", system="danshin", state="renewable", certificate="shared", days_left="7")
    user_id = urlsplit(page.url).path.rpartition("/")[2]
    password = re.search(r'パスワード <span class="secret">(.+?)</span>', page.text)
    assert password
    package = person.get(f"/console/people/{user_id}/shared.p12")
    assert opens(served, "service", opened(package.body, password[1]))
    assert page.text.count("クライアント証明書更新のご案内") == 2
    mail = re.search(r'href="(/console/mail/\d+)"', page.text)
    assert mail
    assert f'<a href="{served.sites["renew"]}">' in person.get(mail[1]).text
    assert user_id in person.get("/console/people").words
    again = person.post(f"/console/people/{user_id}/reissue")
    assert "失効" in again.words


CHOICES = {
    "danshin": ({"certificate": "nissay"}, "nissay", "②日本生命"),
    "kihonet": ({"variant": "navi"}, "navi", "N-ナビ"),
    "obn": ({}, "obn", "電子証明書"),
}


@pytest.mark.parametrize("system", CHOICES)
def test_every_system_offers_its_states_and_choices(served: Running, person: Visitor, system: str) -> None:
    """A user can be made in each of them, and what he holds is called by its name."""
    traits, kind, words = CHOICES[system]
    form = person.get("/console/people").text.partition(f'value="{system}"')[2].partition("</form>")[0]
    states = re.findall(r'<option value="(\w+)">[^<]*', form.partition("</select>")[0])
    assert set(states) == {"invited", "active", "renewable", "renewing", "expired", "revoked"}
    assert all(f'name="{trait}"' in form and f'value="{value}"' in form for trait, value in traits.items())
    page = person.post("/console/people", system=system, state="expired", **traits)
    assert f"{words} の PKCS#12" in page.words
    assert person.get(f"{page.url}/{kind}.p12").status == 200


def test_letters_can_be_read(served: Running, person: Visitor) -> None:
    """Those of a user, and of no other; a user without any has no such heading."""
    page = person.post("/console/people", system="kihonet", state="invited", variant="navi")
    link = re.search(r'href="(/console/people/K\d+/papers/[^"]+)"', page.text)
    assert link
    assert "初期パスワード" in person.get(link[1]).words
    other = person.post("/console/people", system="kihonet", state="invited", variant="kihonet")
    assert "書面" not in other.words
    assert person.get(f"{other.url}/papers/{link[1].rpartition('/')[2]}").status == 404
    assert person.get("/console/people/*/papers/" + link[1].rpartition("/")[2]).status == 404


def test_clock_and_defects_are_switched(served: Running, person: Visitor) -> None:
    """As by the control port."""
    before = served.told("GET", "/clock")["now"]
    person.post("/console/clock", days="2", minutes="0")
    assert served.told("GET", "/clock")["now"][:10] > before[:10]
    person.post("/console/clock", reset="1")
    person.post("/console/defects", on="wrong-issuer")
    assert served.told("GET", "/defects")["on"] == ["wrong-issuer"]
    person.post("/console/defects")
    assert served.told("GET", "/defects")["on"] == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/console/people", {"system": "danshin", "state": "<b>"}),
        ("/console/people", {"system": "danshin", "state": "active", "days_left": "x"}),
        ("/console/people", {"system": "danshin", "state": "active", "days_left": "5000"}),
        ("/console/clock", {"days": "-1"}),
        ("/console/clock", {"days": "9" * 40}),
        ("/console/defects", {"on": "nonsense"}),
    ],
)
def test_bad_input_is_explained(person: Visitor, path: str, form: dict[str, str]) -> None:
    """With a page, and nothing of it is taken for markup."""
    page = person.post(path, **form)
    assert page.status == 400
    assert "できませんでした" in page.words
    assert "<b>" not in page.text.replace("<b>模擬認証局</b>", "")


def test_unknown_pages_are_not_found(person: Visitor) -> None:
    """Users, mails and files that do not exist."""
    for path in ("/console/people/emp99999", "/console/mail/99999", "/console/people/emp99999/shared.p12"):
        assert person.get(path).status == 404

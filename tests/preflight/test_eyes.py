"""What the browser opens is no problem, whatever OpenSSL says; and what it does not open is one."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import trustme

from tests.hostile.harvester import Host

from . import misdirected
from .servers import OLD_CIPHER, site, with_old_cipher, without_intermediate
from .test_command import checked


class Told(NamedTuple):
    """One finding, as the command prints it."""

    key: str
    what: str
    hint: int


Look = Callable[..., list[Told]]


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    """The authority of the portal's servers."""
    return trustme.CA()


@pytest.fixture
def look(tmp_path: Path, ca: trustme.CA) -> Look:
    """What `sekisho check` says of the sites of a target file; their first pages are none of the manual's."""

    def do(*urls: str, root: bytes = b"") -> list[Told]:
        (tmp_path / "root.pem").write_bytes(root or ca.cert_pem.bytes())
        (tmp_path / "Maildir").mkdir(exist_ok=True)
        sites = "\n".join(f'{name} = "{url}"' for name, url in zip(("service", "web", "nissay"), urls, strict=False))
        file = tmp_path / "portal.toml"
        file.write_text(
            f'manual = "danshin"\nname = "x"\ntrust_root = "root.pem"\n[sites]\nenrol = "{urls[0]}"\n{sites}\n'
            '[mail]\nmaildir = "Maildir"\n',
            encoding="utf-8",
        )
        _, problems, hints = checked(file)
        told = [Told(one["key"], one["what"], hint) for hint, some in enumerate((problems, hints)) for one in some]
        return [one for one in told if one.key in {"sites.service", "sites.web", "sites.nissay"}]

    return do


def test_an_intermediate_that_a_server_leaves_out_is_fetched_by_the_browser(look: Look, tmp_path: Path) -> None:
    """OpenSSL finds no way to the root; the hint says from where the browser has it."""
    with without_intermediate(tmp_path) as (running, root):
        (found,) = look(running.url, root=root)
    assert found.hint
    assert "unable to get local issuer certificate" in found.what
    assert "ブラウザー（chromium）は開きます" in found.what
    assert "/ca.cer から取り寄せます（AIA）" in found.what


def test_an_old_cipher_is_no_matter_for_the_browser(look: Look, ca: trustme.CA) -> None:
    """The hint names it, where Python does not speak it: Debian's does, others leave it out."""
    with with_old_cipher(ca) as old:
        found = look(old.url)
    if any(one["name"] == OLD_CIPHER for one in ssl.create_default_context().get_ciphers()):
        assert found == []
    else:
        assert [(one.hint, "TLS 1.2, RSA, AES_128_CBC, HMAC-SHA1" in one.what) for one in found] == [(True, True)]


def test_what_the_browser_refuses_too_is_a_problem(look: Look, ca: trustme.CA) -> None:
    """In its own words as well."""
    with site(ca, expired=True) as old, site(trustme.CA()) as strange:
        expired, unknown = look(old.url, strange.url)
    assert not expired.hint
    assert not unknown.hint
    assert "も ERR_CERT_DATE_INVALID と表示します" in expired.what
    assert "も ERR_CERT_AUTHORITY_INVALID と表示します" in unknown.what


def test_a_site_that_asks_for_a_certificate_opens(look: Look, ca: trustme.CA) -> None:
    """Whoever has none is refused; it was reached."""
    with site(ca, asks=True) as asking:
        assert look(asking.url) == []


@pytest.mark.parametrize("again", [False, True])
def test_a_name_that_shares_an_address_is_asked_for_as_the_browser_does(
    look: Look,
    ca: trustme.CA,
    again: bool,  # noqa: FBT001
) -> None:
    """What is answered with 421 on the other name's connection is asked for again; which may be answered so, too."""
    with misdirected.server(ca, "one.localhost", "two.localhost", again=again) as port:
        found = look(f"https://one.localhost:{port}/", f"https://two.localhost:{port}/")
    problems = [one for one in found if not one.hint]
    assert [one.key for one in problems] == (["sites.web"] if again else [])
    assert all("HTTP 421" in one.what for one in problems)


def test_a_page_that_asks_the_users_own_network_is_remarked_on(look: Look, ca: trustme.CA) -> None:
    """The browser wants the user's permission for that."""
    with site(ca) as page, site(ca) as near:
        page.headers = {"Content-Security-Policy": "treat-as-public-address", "Content-Type": "text/html"}
        page.body = f"<h1>x</h1><script>fetch('{near.url}')</script>".encode()
        (found,) = look(page.url)
    assert found.hint
    assert near.url in found.what
    assert "許可を求めます" in found.what


def test_a_site_that_leads_elsewhere_is_remarked_on(look: Look) -> None:
    """With what to write where the other place is the portal's too."""
    own, stranger = Host(), Host()
    (found,) = [one for one in look(own.url(f"/to?{stranger.url('/login')}")) if "へ移ります" in one.what]
    own.close()
    stranger.close()
    assert found.hint
    assert f"開くと http://127.0.0.1:{stranger.server_address[1]} へ移ります" in found.what


def test_a_site_for_a_file_may_hand_it_out_at_once(tmp_path: Path, ca: trustme.CA) -> None:
    """The root's site of obn; where numbers are to be entered, a file is no first page."""
    (tmp_path / "root.pem").write_bytes(ca.cert_pem.bytes())
    for folder in ("new", "cur", "tmp"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    file = tmp_path / "portal.toml"
    with site(ca) as running:
        running.headers = {"Content-Disposition": "attachment; filename=SCRoot2ca.cer"}
        file.write_text(
            f'manual = "obn"\nname = "x"\ntrust_root = "root.pem"\n[mail]\nmaildir = "Maildir"\n'
            f'[sites]\nroot = "{running.url}"\nenrol = "{running.url}"\n',
            encoding="utf-8",
        )
        _, problems, hints = checked(file)
    assert [one["key"] for one in problems] == ["dialect.fields.request_id", "dialect.fields.reference_id"]
    assert not [one for one in hints if one["key"].startswith("sites")]

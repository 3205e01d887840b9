"""Whether a site is there, can be trusted and knows what time it is."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.preflight import Finding, Place, sites
from sekisho.target_file import read
from tests.second_portal.authority import Authority

from .servers import site

Look = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    """The authority of the portal's servers."""
    return trustme.CA()


@pytest.fixture
def look(tmp_path: Path, ca: trustme.CA) -> Look:
    """Look at one site of a target file with this authority as root, or another."""

    def do(url: str, root: bytes = b"") -> list[Finding]:
        pem = root or ca.cert_pem.bytes()
        (tmp_path / "root.pem").write_bytes(pem)
        file = tmp_path / "portal.toml"
        file.write_text(
            f'manual = "danshin"\nname = "x"\ntrust_root = "root.pem"\n[sites]\nenrol = "{url}"\n'
            '[mail]\nmaildir = "Maildir"\n',
            encoding="utf-8",
        )
        return list(sites.check(read(file), Place(file)))

    return do


def the_problem(found: list[Finding], key: str = "sites.enrol") -> str:
    """The text of the only finding, which is a problem at a place in the file."""
    (one,) = found
    assert (one.key, one.hint) == (key, False)
    assert one.remedy
    return str(one)


class OldCa(Authority):
    """An authority that leaves out what RFC 5280 wants in its servers' certificates and no browser misses."""

    def issue_cert(self, host: str, **_: object) -> trustme.LeafCert:
        """As trustme issues one."""
        made = self.server(host)
        return trustme.LeafCert(made.pem, made.certificate.public_bytes(Encoding.PEM), [])


def test_a_certificate_without_key_identifiers_is_trusted_as_browsers_do(look: Look) -> None:
    """By every version of Python; 3.13 by itself would refuse it."""
    old = OldCa("Old Root")
    with site(cast("trustme.CA", old), "www.example.test") as running:
        assert look(running.url, old.certificate.public_bytes(Encoding.PEM)) == []
        assert "信頼できません" in the_problem(look(running.url))


def test_a_site_that_answers_is_no_finding(look: Look, ca: trustme.CA) -> None:
    """Nor is one that asks for a client certificate before it says a word, or refuses whoever has none."""
    with site(ca) as fine, site(ca, asks=True) as asking:
        assert look(fine.url) == []
        assert look(asking.url) == []
        fine.status = 403
        assert look(fine.url) == []


def test_a_site_of_tls_1_2_may_end_the_handshake_for_want_of_a_certificate(look: Look, ca: trustme.CA) -> None:
    """It was reached; whose certificate leads elsewhere is still named."""
    with site(ca, asks=True, newest=ssl.TLSVersion.TLSv1_2) as asking:
        assert look(asking.url) == []
        assert "信頼できません" in the_problem(look(asking.url, trustme.CA().cert_pem.bytes()))


def test_the_wrong_root_is_named_with_what_to_put_there(look: Look, ca: trustme.CA) -> None:
    """The server's certificate leads to another authority than the file says."""
    with site(ca) as fine:
        said = the_problem(look(fine.url, trustme.CA().cert_pem.bytes()))
    assert fine.url in said
    assert "サーバー証明書を信頼できません" in said
    assert "trust_root に" in said


@pytest.mark.parametrize("content", ["nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_root_that_is_no_certificate_is_named(look: Look, ca: trustme.CA, content: str) -> None:
    """And the sites are looked at all the same: whether they are there does not depend on it."""
    with site(ca) as fine:
        said = the_problem(look(fine.url, content.encode()), "trust_root")
    assert "証明書ではありません" in said
    assert [one.key for one in look("https://127.0.0.1:1/", content.encode())] == ["trust_root", "sites.enrol"]


def test_a_password_in_an_address_is_not_shown(look: Look, ca: trustme.CA) -> None:
    """Neither in what is wrong with the site nor in its value."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
    said = the_problem(look(f"https://tester:geheim@127.0.0.1:{port}/"))
    assert "https://tester:***@127.0.0.1" in said
    assert "geheim" not in said


def test_a_certificate_for_another_host_or_out_of_time_is_named(look: Look, ca: trustme.CA) -> None:
    """With OpenSSL's own words for it."""
    with site(ca, "other.example.test") as other, site(ca, expired=True) as old:
        assert "ホスト名を、証明書に書かれた名前に" in the_problem(look(other.url))
        assert "certificate has expired" in the_problem(look(old.url))


def test_nobody_there_is_told_apart_by_how(look: Look) -> None:
    """A refused connection, an unknown name, something that is no TLS."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = one.getsockname()[1]
    assert "Connection refused" in the_problem(look(f"https://127.0.0.1:{port}/"))
    assert "ホスト名を引けません" in the_problem(look("https://portal.invalid/"))


def test_silence_is_bounded(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is accepted and no word is said."""
    monkeypatch.setattr(sites, "ANSWER_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert "0.5 秒たっても" in the_problem(look(f"https://127.0.0.1:{listener.getsockname()[1]}/"))


@pytest.mark.parametrize(("seconds", "said"), [(120, "120 秒進んで"), (-3600, "3600 秒遅れて"), (30, "")])
def test_a_clock_that_differs_by_more_than_a_minute_is_named(
    look: Look, ca: trustme.CA, seconds: int, said: str
) -> None:
    """What it dates today may be yesterday's here."""
    with site(ca) as late:
        late.ahead = timedelta(seconds=seconds)
        found = look(late.url)
    if not said:
        assert found == []
        return
    number = int(said.split(maxsplit=1)[0])
    near = the_problem(found)
    assert any(said.replace(str(number), str(one)) in near for one in (number - 1, number, number + 1))


def test_what_the_site_answers_is_told(look: Look, ca: trustme.CA) -> None:
    """An error of the server is a problem, a page that is not there a hint."""
    with site(ca) as bad:
        bad.status = 503
        assert "HTTP 503" in the_problem(look(bad.url))
        bad.status = 404
        (hint,) = look(bad.url)
    assert hint.hint

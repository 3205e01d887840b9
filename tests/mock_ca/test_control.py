"""The control port: who may use it, and what it says to bad input."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509

from .running import Running
from .walks import enrolled

CALLS = [
    ("POST", "/scenario"),
    ("POST", "/subscribers"),
    ("GET", "/subscribers/emp00001"),
    ("POST", "/subscribers/emp00001/reissue"),
    ("GET", "/clock"),
    ("POST", "/clock"),
    ("DELETE", "/clock"),
    ("GET", "/defects"),
    ("PUT", "/defects"),
    ("GET", "/nothing"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_nothing_is_done_without_the_token(mock: Running, method: str, path: str) -> None:
    """401 and a sentence, for a wrong token and for none."""
    for token in ("wrong", "", "あ"):
        status, answer = mock.ask(method, path, {} if method != "GET" else None, token=token.encode().decode("latin-1"))
        assert (status, "Bearer TOKEN" in answer["error"]) == (401, True)


BAD = [
    ("POST", "/subscribers", {"system": "danshin"}, "state"),
    ("POST", "/subscribers", {"system": "danshin", "state": "happy"}, "renewable"),
    ("POST", "/subscribers", {"system": "atlantis", "state": "active"}, "danshin"),
    ("POST", "/subscribers", {"system": ["danshin"], "state": "active"}, "system"),
    ("POST", "/subscribers", {"system": "danshin", "state": ["active"]}, "state"),
    ("POST", "/subscribers", {"system": "danshin", "state": "active", "colour": 1}, "colour"),
    ("POST", "/subscribers", {"system": "danshin", "state": "active", "days_left": "3"}, "days_left"),
    ("POST", "/subscribers", {"system": "danshin", "state": "active", "days_left": -1}, "days_left"),
    ("POST", "/subscribers", {"system": "danshin", "state": "active", "days_left": True}, "days_left"),
    ("POST", "/subscribers", {"system": "danshin", "state": "expired", "days_ago": 0}, "days_ago"),
    ("POST", "/subscribers", {"system": "danshin", "state": "active", "certificate": "all"}, "certificate"),
    ("POST", "/subscribers", {"system": "danshin", "state": "active", "certificate": ["both"]}, "certificate"),
    ("POST", "/subscribers", {"system": "danshin", "state": "active", "pkcs12": "rc2"}, "aes256"),
    ("POST", "/subscribers", [], "object"),
    ("POST", "/subscribers/emp99999/reissue", {}, "emp99999"),
    ("POST", "/clock", {"days": -1}, "forward"),
    ("POST", "/clock", {"days": 10**30}, "forward"),
    ("POST", "/clock", {"days": 1, "minutes": 1}, "clock takes"),
    ("POST", "/clock", {"to": "25:00"}, "25:00"),
    ("POST", "/clock", {"day": "2028-02-30"}, "2028-02-30"),
    ("POST", "/clock", {"day": "2020-01-01"}, "forward"),
    ("POST", "/clock", {"day": "9999-01-01"}, "forward"),
    ("POST", "/clock", {}, "clock takes"),
    ("PUT", "/defects", {"on": ["invitation-never-expire"]}, "invitation-never-expires"),
    ("PUT", "/defects", {"on": "all"}, "defects are switched"),
    ("PUT", "/defects", {}, "defects are switched"),
]


@pytest.mark.parametrize(("method", "path", "body", "word"), BAD)
def test_bad_input_is_answered_with_a_sentence(mock: Running, method: str, path: str, body: object, word: str) -> None:
    """400, naming what was wrong; nothing is changed."""
    before = mock.told("GET", "/defects")["on"]
    status, answer = mock.ask(method, path, body)
    assert status == 400
    assert word in answer["error"]
    assert mock.told("GET", "/defects")["on"] == before


def test_unknown_things_are_not_found(mock: Running) -> None:
    """404 with a sentence."""
    assert mock.ask("GET", "/subscribers/emp99999")[0] == mock.ask("GET", "/nothing")[0] == 404


def test_a_new_scenario_begins_with_real_time_and_no_defects(mock: Running) -> None:
    """Whatever the last one left behind."""
    start = mock.told("GET", "/clock")["now"]
    mock.pass_time(days=40)
    mock.defect("wrong-issuer")
    mock.account("renewable")
    assert mock.touched()
    mock.told("POST", "/scenario", {})
    assert mock.told("GET", "/clock")["now"][:13] <= start[:13] or start[11:13] == "23"
    answer = mock.told("GET", "/defects")
    assert (answer["on"], answer["touched"]) == ([], [])


def test_on_a_day_of_the_calendar_certificates_are_of_that_day_too(mock: Running) -> None:
    """Noon of it in Japan; 29 February has no counterpart three years on, and the last of the month takes its place."""
    mock.pass_time(day="2028-02-29")
    assert mock.told("GET", "/clock")["now"].startswith("2028-02-29T12:00")
    held = enrolled(mock, mock.account("invited")).certificate
    assert (held.not_valid_before_utc.date(), held.not_valid_after_utc.date()) == (date(2028, 2, 29), date(2031, 2, 28))
    mock.told("POST", "/scenario", {})
    held = enrolled(mock, mock.account("invited")).certificate
    assert abs(held.not_valid_before_utc - datetime.now(UTC)) < timedelta(hours=1)


def test_a_clock_that_is_set_back_brings_the_same_mornings_again(mock: Running) -> None:
    """As on somebody else's portal, where a scenario's days pass for everybody; a new scenario would leave them out."""
    start = mock.told("GET", "/clock")["now"]
    user = mock.account("active", days_left=31)
    for sent in (1, 2):
        mock.pass_time(days=1)
        assert len(mock.mails(user["mail"])) == sent
        assert mock.told("DELETE", "/clock")["now"][:13] <= start[:13] or start[11:13] == "23"


def test_every_listener_is_on_loopback(mock: Running) -> None:
    """No other address of this machine answers."""
    sites = [url for system in mock.ready["systems"].values() for url in system.values()]
    addresses = [mock.ready["control"], mock.ready["repository"], *sites]
    assert {urlsplit(one).hostname for one in addresses} == {"127.0.0.1"}
    own = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in [*own, "127.0.0.2"]:
        for one in addresses:
            with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
                socket.create_connection((address, urlsplit(one).port), timeout=1)


def start(state: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Start a mock that cannot start."""
    command = [sys.executable, "-m", "mock_ca", "--state", str(state), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False, stdin=subprocess.DEVNULL)


PORTS = {
    "danshin": [18443, 18444, 18445, 18446, 18447],
    "kihonet": [18451, 18452, 18453, 18454],
    "obn": [18461, 18462, 18463, 18464, 18465, 18466, 18467],
    "gunma": [18471, 18472, 18473],
    "nec": [18481, 18482],
}


@pytest.mark.xdist_group("fixed ports")
def test_fixed_ports_are_the_same_every_time(tmp_path: Path) -> None:
    """One for each site, in order."""
    try:
        running = Running(tmp_path, "--fixed-ports")
    except json.JSONDecodeError:
        pytest.skip("a fixed port is in use by something else")
    try:
        found = {
            name: [urlsplit(url).port for url in sites.values()] for name, sites in running.ready["systems"].items()
        }
        assert {name: found[name] for name in PORTS} == PORTS
    finally:
        running.close()


def test_every_system_names_the_root_of_its_servers(mock: Running) -> None:
    """Danshin and kihonet have one in common, obn has its own, without a common name."""
    roots = {name: Path(path).read_bytes() for name, path in mock.ready["server_roots"].items()}
    assert roots["danshin"] == roots["kihonet"] == Path(mock.ready["server_root"]).read_bytes()
    subject = x509.load_pem_x509_certificate(roots["obn"]).subject
    assert subject.rfc4514_string() == "OU=Security Communication RootCA2,O=sekisho mock CA"


@pytest.mark.xdist_group("fixed ports")
def test_a_taken_port_is_named(tmp_path: Path) -> None:
    """Exit code 3 and one sentence."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", 18447))
            probe.listen()
        except OSError:
            pytest.skip("port 18447 is in use by something else")
        ended = start(tmp_path / "state", "--fixed-ports")
    assert ended.returncode == 3
    assert ended.stderr.count("\n") == 1
    assert "port 18447 on 127.0.0.1" in ended.stderr
    assert ended.stdout == ""


def test_a_state_directory_that_is_none_is_named(tmp_path: Path) -> None:
    """A file in its place, or a database that is none: exit code 3 and one sentence."""
    (tmp_path / "file").write_text("hello")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "registry.sqlite").write_bytes(b"not a database" * 100)
    for name in ("file", "broken"):
        ended = start(tmp_path / name)
        assert ended.returncode == 3
        assert ended.stderr.count("\n") == 1
        assert str(tmp_path / name) in ended.stderr


def test_a_subscribers_trace_tells_whether_anything_happened_to_him(mock: Running) -> None:
    """A log-in leaves none; a reissue does, for him alone."""
    one, other = mock.account("active"), mock.account("active")

    def traces() -> list[str]:
        return [mock.told("GET", f"/subscribers/{each['user_id']}/trace")["trace"] for each in (one, other)]

    before = traces()
    mock.logged_in(one)
    assert traces() == before
    mock.told("POST", f"/subscribers/{one['user_id']}/reissue", {})
    assert [new == old for new, old in zip(traces(), before, strict=True)] == [False, True]

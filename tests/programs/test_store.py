"""The store as a program finds it: what it puts there the browser has, and its keys are used where they lie."""

from __future__ import annotations

import http.client
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest
import trustme

from mock_apps.base import SerialReusedError, Store, StoreError
from mock_apps.base.store import _exchange
from sekisho.certstore import NativeStore
from tests.browser.authority import Signer, root
from tests.browser.servers import serve

GET = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.fixture
def native(tmp_path: Path) -> NativeStore:
    """The browser's store."""
    return NativeStore(tmp_path / "home")


@pytest.fixture
def authority() -> Signer:
    """Who issues."""
    return root("Test Root").issue("Test Issuing CA", ca=True)


def put(store: Store, who: Signer) -> None:
    """Add an identity as a program does that has just been given it."""
    store.add(who.key, who.cert, who.above)


def test_what_a_program_adds_is_the_users(native: NativeStore, authority: Signer) -> None:
    """With key and chain, and deletable and presentable like any import."""
    put(Store(native.folder), authority.issue("emp00001"))
    (mine,) = native.personal()
    assert mine.subject_cn == "emp00001"
    assert [one.subject_cn for one in native.authorities()] == ["Test Issuing CA", "Test Root"]
    assert len(native.identity(mine.sha256).chain) == 2
    native.delete(mine.sha256)
    assert native.personal() == []


def test_each_of_several_certificates_can_be_presented(native: NativeStore, authority: Signer, tmp_path: Path) -> None:
    """Also two of one name, as before and after a renewal: the one with this key is presented."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "root.pem")
    native.preinstall_root(tmp_path / "root.pem")
    server = serve(ca, ssl.CERT_REQUIRED, authority.cert, *authority.above)
    store = Store(native.folder)
    for name in ("emp00001", "emp00001", "emp00002"):
        put(store, authority.issue(name))
    assert len({one.key_id for one in store.held()}) == 3
    answers = [store.send(one, "127.0.0.1", server.server_address[1], GET) for one in store.held()]
    assert [status for status, _ in answers] == [200, 200, 200]
    assert sorted(body.partition(b"cn=")[2][:8] for _, body in answers) == [b"emp00001", b"emp00001", b"emp00002"]


def test_a_server_is_found_at_whichever_of_its_addresses_it_answers(
    native: NativeStore, authority: Signer, tmp_path: Path
) -> None:
    """As of localhost, which is ::1 first."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "root.pem")
    native.preinstall_root(tmp_path / "root.pem")
    server = serve(ca, ssl.CERT_REQUIRED, authority.cert, *authority.above)
    store = Store(native.folder)
    put(store, authority.issue("emp00001"))
    status, _ = store.send(store.held()[0], "localhost", server.server_address[1], GET, server="127.0.0.1")
    assert status == 200


def test_a_server_of_an_unknown_authority_is_not_spoken_to(native: NativeStore, authority: Signer) -> None:
    """The error has the tool's own words."""
    server = serve(trustme.CA(), ssl.CERT_REQUIRED, authority.cert)
    store = Store(native.folder)
    put(store, authority.issue("emp00001"))
    with pytest.raises(StoreError, match="SEC_ERROR_UNKNOWN_ISSUER"):
        store.send(store.held()[0], "127.0.0.1", server.server_address[1], GET)
    assert server.asked == []


def test_a_tool_that_ended_before_it_took_the_request_is_an_error_of_its_own() -> None:
    """What it did not take any more is lost with it."""
    with subprocess.Popen(["true"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tool:
        tool.wait()
        with pytest.raises(StoreError, match="応答が届きません"):
            _exchange(tool, GET)


def test_an_empty_store_holds_nothing(native: NativeStore) -> None:
    """No key, no error."""
    assert Store(native.folder).held() == []


def test_two_certificates_on_one_key_are_two(native: NativeStore, authority: Signer) -> None:
    """Whatever their nickname; when one is deleted the other keeps the key."""
    first = authority.issue("emp00001")
    again = authority.issue("emp00001", key=first.key)
    store = Store(native.folder)
    put(store, first)
    put(store, again)
    old, new = store.held()
    assert (old.key_id, {old.certificate, new.certificate}) == (new.key_id, {first.cert, again.cert})
    store.delete(old)
    assert [one.certificate for one in store.held()] == [new.certificate]
    assert [one.sha256 for one in native.personal()] == [native.identity(native.personal()[0].sha256).sha256]
    store.delete(new)
    assert store.held() == []
    assert native.personal() == []


def test_a_serial_number_given_twice_is_said_to_be_so(native: NativeStore, authority: Signer) -> None:
    """The store refuses the second certificate."""
    first = authority.issue("emp00001")
    store = Store(native.folder)
    put(store, first)
    with pytest.raises(SerialReusedError, match="same issuer/serial"):
        put(store, authority.issue("emp00001", serial=first.cert.serial_number))


def test_a_certificate_of_another_key_is_refused(native: NativeStore, authority: Signer) -> None:
    """With the library's words."""
    one, other = authority.issue("emp00001"), authority.issue("emp00001")
    with pytest.raises(StoreError, match="do not match"):
        Store(native.folder).add(one.key, other.cert, one.above)


@pytest.mark.parametrize("half", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"], ids=["nothing", "a part"])
def test_a_server_that_goes_without_an_answer_is_an_error_at_once(
    native: NativeStore, authority: Signer, tmp_path: Path, half: bytes
) -> None:
    """Not a wait without an end; and of a part of an answer it is known that it is one."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "root.pem")
    native.preinstall_root(tmp_path / "root.pem")
    store = Store(native.folder)
    put(store, authority.issue("emp00001"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def leave() -> None:
            with context.wrap_socket(listener.accept()[0], server_side=True) as line:
                line.recv(1000)
                line.sendall(half)

        threading.Thread(target=leave, daemon=True).start()
        with pytest.raises((StoreError, http.client.IncompleteRead)):
            store.send(store.held()[0], "127.0.0.1", listener.getsockname()[1], GET)

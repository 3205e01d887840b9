"""Programs behind a proxy that asks who goes through it."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
import trustme

from mock_apps.base import Agent, AgentError, Proxy, ProxyPasswordError, Store
from sekisho.certstore import NativeStore
from sekisho.network.proxy import PasswordProxy
from tests.browser.authority import Signer, root
from tests.browser.servers import Server, serve


@pytest.fixture(scope="module", params=["Basic", "NTLM"])
def guarded(request: pytest.FixtureRequest) -> Iterator[PasswordProxy]:
    """The harness's proxy, in each way of asking who is there."""
    proxy = PasswordProxy.start(request.param)
    yield proxy
    proxy.stop()


@pytest.fixture
def authority() -> Signer:
    """Who issues."""
    return root("Test Root")


@pytest.fixture
def server(authority: Signer, tmp_path: Path) -> Server:
    """A server that demands a certificate; the root of its own is in root.pem."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "root.pem")
    return serve(ca, ssl.CERT_OPTIONAL, authority.cert)


def behind(proxy: PasswordProxy, server: Server, folder: Path, password: str, authority: Signer | None) -> Agent:
    """A line to the server through the proxy, with a certificate of the authority or without one."""
    native = NativeStore(folder / "home")
    native.preinstall_root(folder / "root.pem")
    store = Store(native.folder)
    if authority:
        who = authority.issue("emp00001")
        store.add(who.key, who.cert, who.above)
    known = Proxy.at(proxy.address).known_to(proxy.user, password)
    return Agent(server.url, folder / "root.pem", store, next(iter(store.held()), None), known)


@pytest.mark.parametrize("certificate", [True, False])
def test_a_program_gets_through_with_the_password(
    guarded: PasswordProxy, server: Server, authority: Signer, tmp_path: Path, *, certificate: bool
) -> None:
    """TLS is that of the two ends: the server sees the certificate, if there is one, and the proxy only where to."""
    agent = behind(guarded, server, tmp_path, guarded.password, authority if certificate else None)
    with pytest.raises(AgentError, match=r"サーバーの応答を読み取れません（HTTP 200）"):  # it answers with a page
        agent.ask("submit", {})
    assert server.asked == ["POST /submit"]
    assert guarded.passed[-1] == f"127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize("certificate", [True, False])
def test_with_another_password_it_says_so(
    guarded: PasswordProxy, server: Server, authority: Signer, tmp_path: Path, *, certificate: bool
) -> None:
    """And never comes to the server."""
    before, passed = guarded.refused, len(guarded.passed)
    agent = behind(guarded, server, tmp_path, "x", authority if certificate else None)
    with pytest.raises(ProxyPasswordError, match="ユーザー名とパスワード"):
        agent.ask("submit", {})
    assert (guarded.refused, len(guarded.passed)) == (before + 1, passed)
    assert server.asked == []


def test_without_a_password_it_is_told_that_one_is_wanted(guarded: PasswordProxy) -> None:
    """So that the user can be asked."""
    with pytest.raises(ProxyPasswordError, match="求めています"):
        Proxy.at(guarded.address).open("127.0.0.1", 1)


def test_a_server_that_cannot_be_reached_is_not_taken_for_a_wrong_password(guarded: PasswordProxy) -> None:
    """The proxy's own answer, or the end of the connection, is an OSError."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = listener.getsockname()[1]
    known = Proxy.at(guarded.address).known_to(guarded.user, guarded.password)
    with suppress(OSError), known.open("127.0.0.1", nobody) as line:  # mitmproxy connects when something is sent
        line.sendall(b"hello")
        assert line.recv(1) == b""


@pytest.mark.parametrize(
    "answer", [b"", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 502 x\r\n\r\n", b"HTTP/1.1\r\n\r\n"], ids=repr
)
def test_what_is_no_proxy_is_an_error_not_a_wait(answer: bytes) -> None:
    """A closed connection, another protocol, a refusal, half an answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def respond() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(1000)
                line.sendall(answer)

        threading.Thread(target=respond, daemon=True).start()
        with pytest.raises(OSError, match="プロキシ"):
            Proxy.at(f"http://127.0.0.1:{listener.getsockname()[1]}").open("127.0.0.1", 1)


def test_a_program_that_knows_no_ntlm_gets_through_basic_only(guarded: PasswordProxy, server: Server) -> None:
    """An answer in the wrong way is none."""
    known = Proxy.at(guarded.address, knows_ntlm=False).known_to(guarded.user, guarded.password)
    with nullcontext() if guarded.scheme == "Basic" else pytest.raises(ProxyPasswordError):
        known.open("127.0.0.1", server.server_address[1]).close()


def test_the_users_file_is_gone_and_no_other_user_gets_through(
    guarded: PasswordProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password is in no file and in no variable of the environment."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ProxyPasswordError, match="失敗"):
        Proxy.at(guarded.address).known_to("stranger", guarded.password).open("127.0.0.1", 1)
    assert list(tmp_path.iterdir()) == []
    assert not any(guarded.password in value for value in os.environ.values())


@pytest.mark.parametrize("token", ["x", "NTLM", "NTLM ?", "NTLM TlRMTVNTUA==", "NTLM TlRMTVNTUAADAAAA", "Basic eA=="])
def test_nonsense_is_asked_again(guarded: PasswordProxy, token: str) -> None:
    """And ends nothing."""
    with socket.create_connection(("127.0.0.1", int(guarded.address.rpartition(":")[2])), 10) as line:
        line.sendall(f"CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\nProxy-Authorization: {token}\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 407")


def test_passwords_stay_out_of_texts(guarded: PasswordProxy) -> None:
    """A proxy's description may come into a log."""
    assert "secret" not in repr(Proxy.at(guarded.address).known_to("user", "secret"))

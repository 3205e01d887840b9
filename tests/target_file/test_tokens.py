"""A mailbox is opened with a token of OAuth 2.0, as Microsoft 365 and Gmail want it; Dovecot checks it for real."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from sekisho.evidence.masking import Masking
from sekisho.mail.imap import ImapMailbox, Server
from sekisho.mail.login import Password, Token
from sekisho.target_file import TargetPortal, read
from sekisho.target_file.token import TokenProgram
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError
from tests.processes import until

from . import dovecot
from .dovecot import Dovecot
from .tokens import Issuer, issuing

needs_dovecot = pytest.mark.skipif(not dovecot.PROGRAM, reason="Dovecot is missing; run: scripts/setup.sh tests")
TOKEN = "eyJhbGciOiJSUzI1NiJ9.himitsu~token-1=="


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    """Who issues tokens."""
    with issuing() as issuer:
        yield issuer


@pytest.fixture(scope="module")
def both(issuer: Issuer) -> Iterator[Dovecot]:
    """A server that takes passwords and both kinds of tokens, with one message."""
    with dovecot.running(introspection=issuer.url, mechanisms="plain oauthbearer xoauth2") as server:
        server.deliver("1", b"To: emp1@example.test\r\nSubject: hello\r\n\r\n")
        yield server


@pytest.fixture(scope="module")
def as_microsoft(issuer: Issuer) -> Iterator[Dovecot]:
    """A server that takes XOAUTH2 only."""
    with dovecot.running(introspection=issuer.url, mechanisms="xoauth2") as server:
        yield server


@pytest.fixture(autouse=True)
def _good(issuer: Issuer) -> None:
    issuer.good = {TOKEN}


def login(source: Callable[[], str] = lambda: TOKEN) -> Token:
    """How the mailbox's owner logs in."""
    return Token(dovecot.USER, source, "token_env = 'IMAP_TOKEN'")


def account(server: Dovecot, source: Callable[[], str] = lambda: TOKEN) -> Server:
    """Where the mailbox is."""
    return Server("127.0.0.1", server.port, login(source), root=server.root)


@needs_dovecot
@pytest.mark.parametrize("kind", ["both", "as_microsoft"])
def test_a_good_token_opens_the_mailbox(kind: str, request: pytest.FixtureRequest, issuer: Issuer) -> None:
    """By whichever mechanism the server offers."""
    server = request.getfixturevalue(kind)
    box = ImapMailbox(account(server))
    assert [mail.subject for mail in box.to("emp1@example.test")] == (["hello"] if kind == "both" else [])
    box.close()
    assert TOKEN in issuer.asked


@needs_dovecot
@pytest.mark.parametrize(("kind", "mechanism"), [("both", "OAUTHBEARER"), ("as_microsoft", "XOAUTH2")])
def test_an_expired_token_is_said_to_be_so(
    kind: str, mechanism: str, request: pytest.FixtureRequest, issuer: Issuer
) -> None:
    """And is not repeated."""
    issuer.good = set()
    said = rf"が portal のトークンを断りました（{mechanism}、(invalid_token|401)、.*期限.*token_env = 'IMAP_TOKEN'"
    with pytest.raises(EnvironmentProblemError, match=said) as raised:
        ImapMailbox(account(request.getfixturevalue(kind))).check()
    assert "himitsu" not in str(raised.value)


@needs_dovecot
def test_a_new_token_is_got_for_each_connection(both: Dovecot, issuer: Issuer) -> None:
    """It lives for an hour; a run may be longer."""
    tokens = iter([TOKEN, "another-token-2"])
    box = ImapMailbox(account(both, lambda: next(tokens)))
    box.check()
    issuer.good = {"another-token-2"}
    assert box._connection
    box._connection.shutdown()
    box.check()
    assert issuer.asked[-1] == "another-token-2"
    box.close()


@needs_dovecot
def test_a_server_without_tokens_is_named_with_what_it_takes(issuer: Issuer) -> None:
    """Neither mechanism is offered."""
    with (
        dovecot.running() as server,
        pytest.raises(EnvironmentProblemError, match=r"受け付けません（受け付ける方式: PLAIN）"),
    ):
        ImapMailbox(account(server)).check()


@needs_dovecot
def test_a_server_without_passwords_says_what_to_use_instead(as_microsoft: Dovecot) -> None:
    """As Microsoft 365 and Gmail do."""
    box = ImapMailbox(replace(account(as_microsoft), login=Password(dovecot.USER, "himitsu-1", "P")))
    with pytest.raises(EnvironmentProblemError, match=r"ログインできません"):
        box.check()


@pytest.mark.parametrize(
    "echo", [lambda line: line, base64.b64decode, lambda _: TOKEN.encode()], ids=["as is", "read", "token"]
)
def test_what_a_server_repeats_of_a_token_is_not_shown(tmp_path: Path, echo: Callable[[bytes], bytes]) -> None:
    """Some say in their refusal what they were told."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "root.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            with (
                context.wrap_socket(listener.accept()[0], server_side=True) as connection,
                connection.makefile("rwb") as line,
            ):
                line.write(b"* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] hello\r\n")
                line.flush()
                tag = line.readline().split()[0]
                line.write(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n" + tag + b" OK done\r\n")
                line.flush()
                tag = line.readline().split()[0]
                line.write(b"+ \r\n")
                line.flush()
                said = echo(line.readline().strip()).replace(b"\1", b" ")
                line.write(tag + b" NO \x1b[31mbad: " + said + b"\r\n")
                line.flush()
                line.readline()

        threading.Thread(target=refuse, daemon=True).start()
        server = Server("127.0.0.1", listener.getsockname()[1], login(), root=tmp_path / "root.pem")
        with pytest.raises(
            EnvironmentProblemError, match=r"トークンを断りました（XOAUTH2、␛\[31mbad: .*●●●●"
        ) as raised:
            ImapMailbox(server).check()
    assert "himitsu" not in str(raised.value)
    assert base64.b64encode(TOKEN.encode())[4:40].decode() not in str(raised.value)


def program(folder: Path, text: str) -> TokenProgram:
    """A command of a target file that runs some Python."""
    (folder / "token.py").write_text(text)
    return TokenProgram((sys.executable, "token.py"), folder, seconds=1)


def test_a_program_prints_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a shell, in the target file's folder, without the harness's own secrets."""
    monkeypatch.setenv("SEKISHO_KEY_PASSWORD", "himitsu")
    text = "import os, pathlib; assert 'SEKISHO_KEY_PASSWORD' not in os.environ; print(pathlib.Path('t').read_text())"
    (tmp_path / "t").write_text(f"{TOKEN}\n\n")
    assert program(tmp_path, text).token() == TOKEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "の出力 が空です"),
        ("print('himitsu himitsu')", "の出力 がアクセストークンではありません"),
        ("print('himitsu-1'); print('himitsu-2')", "の出力 がアクセストークンではありません"),
        ("print('秘密のトークン')", "の出力 がアクセストークンではありません"),
        ("import sys; sys.exit('himitsu-token')", "終了コード 1 で終わりました"),
        ("import time; print('himitsu', flush=True); time.sleep(60)", "1 秒のうちに終わりません"),
        ("import sys\nwhile True: sys.stdout.write('himitsu' * 1000)", "終わりません|終わりました|ではありません"),
    ],
)
def test_a_program_that_prints_no_token_is_named(tmp_path: Path, text: str, said: str) -> None:
    """What it printed is not repeated, and nothing of it is left."""
    began = time.monotonic()
    with pytest.raises(EnvironmentProblemError, match=said) as raised:
        program(tmp_path, text).token()
    assert time.monotonic() - began < 5
    assert "himitsu" not in str(raised.value)
    assert "token.py" in str(raised.value)


def test_what_a_program_leaves_behind_is_ended_and_its_token_counts(tmp_path: Path) -> None:
    """The child holds the output open."""
    text = "import os, time\nif os.fork() == 0:\n open('child', 'w').write(str(os.getpid()))\n time.sleep(60)\n"
    assert program(tmp_path, f"{text}time.sleep(.2)\nprint({TOKEN!r})").token() == TOKEN
    stat = Path(f"/proc/{(tmp_path / 'child').read_text()}/stat")
    until(lambda: not stat.exists() or stat.read_text().split()[2] == "Z", seconds=5)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the system's reason."""
    with pytest.raises(
        EnvironmentProblemError, match=r"token_command の no-such-program が起動できません: No such file"
    ):
        TokenProgram(("no-such-program",), tmp_path).token()


FILE = """
manual = "danshin"
name = "検証環境"
[sites]
enrol = "https://enrol.example.test/"
[mail.imap]
host = "localhost"
user = "portal"
trust_root = "root.pem"
"""


def written(folder: Path, *lines: str) -> Path:
    """A target file with some lines more about the mailbox."""
    path = folder / "portal.toml"
    path.write_text(FILE + "\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ('password_env = "A"', 'token_env = "B"'),
        ('token_env = "B"', 'token_command = ["x"]'),
    ],
    ids=["none", "both", "two kinds"],
)
def test_one_way_to_log_in_must_be_given(tmp_path: Path, lines: tuple[str, ...]) -> None:
    """Password or token."""
    with pytest.raises(
        ConfigurationProblemError, match=r"mail.imap: password_env、token_env、token_command のどれか一つ"
    ):
        read(written(tmp_path, *lines))


def portal_of(file: Path, masking: Masking) -> TargetPortal:
    """The portal of a target file."""
    return TargetPortal(read(file), file, masking.add)


@needs_dovecot
@pytest.mark.parametrize("way", ["token_env", "token_command"])
def test_a_target_file_says_where_the_token_is(
    both: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """It is masked, also in the scenarios that come after the one that opened the mailbox."""
    (tmp_path / "root.pem").write_bytes(both.root.read_bytes())
    (tmp_path / "token.py").write_text(f"print({TOKEN!r})")
    line = {
        "token_env": 'token_env = "TEST_TOKEN"',
        "token_command": f"token_command = {json.dumps([sys.executable, 'token.py'])}",
    }
    monkeypatch.setenv("TEST_TOKEN", TOKEN)
    masking = Masking()
    portal = portal_of(written(tmp_path, f"port = {both.port}", line[way]), masking)
    assert [mail.subject for mail in portal.mailbox.to("emp1@example.test")] == ["hello"]
    assert TOKEN not in masking.clean(f"Bearer {TOKEN}")
    masking.forget()
    portal.begin_scenario("other")
    assert TOKEN not in masking.clean(f"Bearer {TOKEN}")
    portal.close()


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    """As every other secret."""
    portal = portal_of(written(tmp_path, 'token_env = "NO_SUCH_TOKEN"'), Masking())
    with pytest.raises(ConfigurationProblemError, match="NO_SUCH_TOKEN"):
        _ = portal.mailbox

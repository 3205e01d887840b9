"""Mail is read over IMAP from a real Dovecot, and from a folder of files; what refuses is named with the file's key."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme

from sekisho.evidence.masking import Masking
from sekisho.mail.imap import ImapMailbox, Server, from_utf7, in_utf7
from sekisho.mail.login import Password
from sekisho.mail.mailbox import EmlFolder
from sekisho.target_file import TargetPortal, read
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

from . import dovecot
from .dovecot import Dovecot

needs_dovecot = pytest.mark.skipif(not dovecot.PROGRAM, reason="Dovecot is missing; run: scripts/setup.sh tests")
JAPANESE = "受信/検証"


def message(subject: str, to: str = "emp1@example.test") -> bytes:
    """A portal's mail."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "団信ネット <desk@example.test>", to, subject
    mail["Date"] = "Sat, 21 Nov 2026 12:00:00 +0900"
    mail.set_content("本文\nリクエストID: 123", charset="iso-2022-jp")
    return mail.as_bytes()


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    """A real server with a folder of a Japanese name."""
    with dovecot.running(in_utf7("受信"), in_utf7("受信") + "." + in_utf7("検証")) as running:
        yield running


@pytest.fixture
def account(server: Dovecot) -> Server:
    """How to read its INBOX."""
    return Server("127.0.0.1", server.port, login(dovecot.PASSWORD), root=server.root)


def login(password: str) -> Password:
    """How the mailbox's owner logs in."""
    return Password(dovecot.USER, password, "IMAP_PASSWORD")


@pytest.fixture
def box(account: Server) -> Iterator[ImapMailbox]:
    """The mailbox, logged out afterwards."""
    mailbox = ImapMailbox(account)
    yield mailbox
    mailbox.close()


@needs_dovecot
def test_only_the_recipients_mail_is_read_and_nothing_is_changed(server: Dovecot, box: ImapMailbox) -> None:
    """Encoded words and old charsets are undone; no message is marked as read."""
    server.deliver("1", message("【団信ネット】ユーザーIDのお知らせ", "Emp1@example.test"))
    server.deliver("2", message("他人のお知らせ", "xemp1@example.test"))
    (mail,) = box.to("emp1@example.test")
    assert (mail.subject, mail.sender) == ("【団信ネット】ユーザーIDのお知らせ", "desk@example.test")
    assert "リクエストID: 123" in mail.body
    assert not server.seen()


@needs_dovecot
@pytest.mark.parametrize("header", ["Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To"])
def test_a_message_is_found_by_every_header_that_says_to_whom_it_is(
    server: Dovecot, box: ImapMailbox, header: str
) -> None:
    """An administrator's list, say, stands in To."""
    raw = f"{header}: {header}@example.test\r\nTo: list@example.test\r\nSubject: {header}\r\n\r\n".encode()
    server.deliver(header, raw)
    assert [mail.subject for mail in box.to(f"{header}@example.test")] == [header]


@needs_dovecot
def test_an_address_in_japanese_is_looked_for_too(server: Dovecot, box: ImapMailbox) -> None:
    """RFC 6532; in a header it stands as it is."""
    server.deliver("rfc6532", "To: 受付@例え.jp\r\nSubject: x\r\n\r\n".encode())
    assert [mail.subject for mail in box.to("受付@例え.jp")] == ["x"]


@needs_dovecot
def test_waiting_ends_when_the_mail_comes(server: Dovecot, box: ImapMailbox) -> None:
    """Also after the server has hung up in between."""
    assert box.wait_for("late@example.test", lambda _: True, seconds=0) == []
    assert box._connection is not None
    box._connection.sock.shutdown(socket.SHUT_RDWR)
    threading.Timer(0.3, server.deliver, ("3", message("取得のご案内", "late@example.test"))).start()
    assert len(box.wait_for("late@example.test", lambda _: True, seconds=10)) == 1


@needs_dovecot
def test_a_folder_with_a_japanese_name_is_read(server: Dovecot, account: Server) -> None:
    """Below another one."""
    server.deliver("4", message("検証用", "deep@example.test"), folder=f".{in_utf7('受信')}.{in_utf7('検証')}")
    box = ImapMailbox(replace(account, folder=JAPANESE))
    assert [mail.subject for mail in box.to("deep@example.test")] == ["検証用"]
    box.close()


@needs_dovecot
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"login": login("wrong")},
            r"に portal としてログインできません.*mail.imap.user.*password_env = 'IMAP_PASSWORD'",
        ),
        ({"folder": "受診"}, r"フォルダー 受診 を開けません.*あるもの: .*受信/検証.*mail.imap.folder"),
        ({"root": None}, r"サーバー証明書を信頼できません（.*mail.imap.trust_root"),
        ({"host": "127.0.0.2"}, r"127.0.0.2:\d+ に接続できません（Connection refused）.*mail.imap.host"),
        ({"host": "no-such-host.invalid"}, r"no-such-host.invalid:\d+ に接続できません"),
        ({"root": Path("nowhere.pem")}, r"nowhere.pem を読めません（No such file.*mail.imap.trust_root"),
        ({"root": Path(__file__)}, r"test_mail_sources.py を読めません（証明書の PEM ではありません）"),
    ],
)
def test_a_refusal_is_named_with_the_key_to_look_at(account: Server, change: dict[str, Any], said: str) -> None:
    """ERROR, never a verdict about the portal."""
    with pytest.raises(EnvironmentProblemError, match=said):
        ImapMailbox(replace(account, **change)).check()


@needs_dovecot
def test_a_certificate_of_another_root_or_name_is_refused(account: Server, tmp_path: Path) -> None:
    """The password is not sent to whoever answers."""
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    with pytest.raises(EnvironmentProblemError, match="サーバー証明書を信頼できません"):
        ImapMailbox(replace(account, root=tmp_path / "other.pem")).check()


def test_a_server_without_tls_is_refused() -> None:
    """Nothing is sent in the clear."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"* OK hello\r\n")
                connection.recv(1000)

        threading.Thread(target=greet, daemon=True).start()
        port = listener.getsockname()[1]
        with pytest.raises(EnvironmentProblemError, match=r"が TLS で応答しません.*mail.imap.port"):
            ImapMailbox(Server("127.0.0.1", port, login("p"))).check()


@needs_dovecot
def test_a_target_file_names_the_mailbox(
    server: Dovecot, account: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The root beside the file, the password from the environment, masked."""
    (tmp_path / "root.pem").write_bytes(server.root.read_bytes())
    text = f"""
manual = "danshin"
name = "検証環境"
[sites]
enrol = "https://enrol.example.test/"
[mail.imap]
host = "localhost"
port = {account.port}
user = "portal"
password_env = "SEKISHO_TEST_IMAP"
trust_root = "root.pem"
"""
    (tmp_path / "portal.toml").write_text(text, encoding="utf-8")
    masking = Masking()
    portal = TargetPortal(read(tmp_path / "portal.toml"), tmp_path / "portal.toml", masking.add)
    monkeypatch.delenv("SEKISHO_TEST_IMAP", raising=False)
    with pytest.raises(ConfigurationProblemError, match="SEKISHO_TEST_IMAP"):
        _ = portal.mailbox
    monkeypatch.setenv("SEKISHO_TEST_IMAP", dovecot.PASSWORD)
    portal.mailbox.check()
    portal.close()
    assert dovecot.PASSWORD not in masking.clean(f"LOGIN portal {dovecot.PASSWORD}")
    assert portal.mailbox.patience == 60


@pytest.mark.parametrize("name", ["INBOX", "受信トレイ", "R&D", "日本語 and 英語", "~peter/mail/台北/日本語"])
def test_folder_names_are_written_as_the_standard_says(name: str) -> None:
    """There and back."""
    assert from_utf7(in_utf7(name)) == name


def test_the_standards_own_example_of_a_folder_name() -> None:
    """RFC 3501, 5.1.3."""
    assert in_utf7("~peter/mail/台北/日本語") == "~peter/mail/&U,BTFw-/&ZeVnLIqe-"
    assert from_utf7("&broken") == "&broken"
    assert from_utf7("&A-") == "&A-"


def test_a_folder_of_files_is_read_and_a_growing_file_again(tmp_path: Path) -> None:
    """What is no .eml is nobody's mail."""
    raw = message("お知らせ")
    (tmp_path / "1.eml").write_bytes(raw[:40])
    (tmp_path / "notes.txt").write_bytes(raw)
    box = EmlFolder(tmp_path)
    assert box.to("emp1@example.test") == []
    (tmp_path / "1.eml").write_bytes(raw)
    (tmp_path / "2.EML").write_bytes(message("二通目"))
    assert {mail.subject for mail in box.to("emp1@example.test")} == {"お知らせ", "二通目"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the key of the file."""
    with pytest.raises(EnvironmentProblemError, match=r"nowhere を読めません: No such file.*mail.folder"):
        EmlFolder(tmp_path / "nowhere").check()

"""Where a target's mail arrives, as its file says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sekisho.imapbox import ImapMailbox, Server
from sekisho.mailbox import EmlFolder, Mailbox, Maildir
from sekisho.target.model import Imap, MailSource


def mailbox(source: MailSource, folder: Path, secret: Callable[[str], str]) -> Mailbox:
    """The mailbox of a target file; relative paths start from its folder, `secret` gives a variable's value."""
    found = _of(source, folder, secret)
    found.lateness = source.lateness_seconds
    return found


def _of(source: MailSource, folder: Path, secret: Callable[[str], str]) -> Mailbox:
    if source.maildir:
        return Maildir(folder / source.maildir, source.seconds)
    if source.folder:
        return EmlFolder(folder / source.folder, source.seconds)
    assert source.imap
    return ImapMailbox(_server(source.imap, folder, secret), source.seconds)


def _server(imap: Imap, folder: Path, secret: Callable[[str], str]) -> Server:
    return Server(
        host=imap.host,
        port=imap.port,
        user=imap.user,
        password=secret(imap.password_env),
        password_env=imap.password_env,
        folder=imap.folder,
        root=folder / imap.trust_root if imap.trust_root else None,
    )

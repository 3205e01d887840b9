"""Where a target's mail arrives, as its file says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sekisho.mail.imap import ImapMailbox, Server
from sekisho.mail.login import Login, Password, Token
from sekisho.mail.mailbox import EmlFolder, Mailbox, Maildir
from sekisho.target.model import Imap, MailSource
from sekisho.target.token import TokenProgram, checked


def mailbox(
    source: MailSource, folder: Path, secret: Callable[[str], str], mask: Callable[[str], str] = str
) -> Mailbox:
    """The mailbox of a target file; relative paths start from its folder.

    `secret` gives a variable's value, `mask` registers what was got elsewhere and must not be written down.
    """
    found = _of(source, folder, secret, mask)
    found.lateness = source.lateness_seconds
    return found


def _of(source: MailSource, folder: Path, secret: Callable[[str], str], mask: Callable[[str], str]) -> Mailbox:
    if source.maildir:
        return Maildir(folder / source.maildir, source.seconds)
    if source.folder:
        return EmlFolder(folder / source.folder, source.seconds)
    assert source.imap
    imap = source.imap
    root = folder / imap.trust_root if imap.trust_root else None
    return ImapMailbox(
        Server(imap.host, imap.port, _login(imap, folder, secret, mask), imap.folder, root), source.seconds
    )


def _login(imap: Imap, folder: Path, secret: Callable[[str], str], mask: Callable[[str], str]) -> Login:
    if imap.token_command:
        program = TokenProgram(imap.token_command, folder)
        return Token(imap.user, lambda: mask(program.token()), "token_command")
    if imap.token_env:
        variable, key = imap.token_env, f"token_env = {imap.token_env!r}"
        secret(variable)
        return Token(imap.user, lambda: checked(secret(variable), key), key)
    return Password(imap.user, secret(imap.password_env), imap.password_env)

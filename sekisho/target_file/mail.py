"""Where a target's mail arrives, as its file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sekisho.mail.imap import ImapMailbox, Server
from sekisho.mail.login import Login, Password, Token
from sekisho.mail.mailbox import EmlFolder, Mailbox, Maildir
from sekisho.target_file.model import Imap, MailSource
from sekisho.target_file.token import TokenProgram, checked


@dataclass(frozen=True)
class _Known:
    """How values become known, and are kept from being written down."""

    secret: Callable[[str], str]
    mask: Callable[[str], str]
    handed: Callable[[str], str]


def mailbox(
    source: MailSource,
    folder: Path,
    secret: Callable[[str], str],
    mask: Callable[[str], str] = str,
    handed: Callable[[str], str] | None = None,
) -> Mailbox:
    """The mailbox of a target file; relative paths start from its folder.

    `secret` gives a variable's value, `mask` registers what was got elsewhere and must not be written down, `handed`
    gives the value of a variable that is for a program.
    """
    found = _of(source, folder, _Known(secret, mask, handed or secret))
    found.lateness = source.lateness_seconds
    return found


def _of(source: MailSource, folder: Path, known: _Known) -> Mailbox:
    if source.maildir:
        return Maildir(folder / source.maildir, source.seconds)
    if source.folder:
        return EmlFolder(folder / source.folder, source.seconds)
    assert source.imap
    imap = source.imap
    root = folder / imap.trust_root if imap.trust_root else None
    return ImapMailbox(Server(imap.host, imap.port, _login(imap, folder, known), imap.folder, root), source.seconds)


def _login(imap: Imap, folder: Path, known: _Known) -> Login:
    if imap.token_command:
        names = imap.environment
        program = TokenProgram(imap.token_command, folder, more=lambda: {name: known.handed(name) for name in names})
        return Token(imap.user, lambda: known.mask(program.token()), "token_command")
    if imap.token_env:
        variable, key = imap.token_env, f"token_env = {imap.token_env!r}"
        known.secret(variable)
        return Token(imap.user, lambda: checked(known.secret(variable), key), key)
    return Password(imap.user, known.secret(imap.password_env), imap.password_env)

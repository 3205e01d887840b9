"""A real IMAP server for a test: Dovecot with a throw-away configuration, on a free port of the loopback."""

from __future__ import annotations

import getpass
import grp
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme

PROGRAM = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
USER, PASSWORD = "portal", "himitsu-1"

# Started by root, Dovecot insists on users of its own for its parts; started by anybody else it has only that one.
CONF = """
base_dir = {base}/run
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 0
auth_failure_delay = 0
ssl = required
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""
# What was renamed in 2.4, which reads nothing that does not begin with the version it is written for.
OWN = {
    "2.3": """
ssl_cert = <{base}/server.pem
ssl_key = <{base}/server.key
mail_location = maildir:{base}/Maildir:INDEX=MEMORY
passdb {{
  driver = static
  args = user={user} password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home
}}
{oauth}
""",
    "2.4": """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
ssl_server_cert_file = {base}/server.pem
ssl_server_key_file = {base}/server.key
mail_driver = maildir
mail_path = {base}/Maildir
mail_index_path = MEMORY
passdb static {{
  password = {password}
  fields {{
    user = {user}
  }}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {base}/home
  }}
}}
{oauth}
""",
}

# Tokens instead of passwords: Dovecot asks whoever issued them (RFC 7662).
OAUTH = {
    "2.3": """
auth_mechanisms = {mechanisms}
passdb {{
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = {base}/oauth2.conf
}}
""",
    "2.4": """
auth_mechanisms = {mechanisms}
passdb oauth2 {{
  mechanisms_filter = oauthbearer xoauth2
}}
oauth2 {{
  introspection_mode = post
  introspection_url = {introspection}
  force_introspection = yes
  username_attribute = username
  active_attribute = active
  active_value = true
}}
""",
}
OAUTH_CONF = """
introspection_mode = post
introspection_url = {introspection}
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """A running server: `port`, the `root` of its certificate, and the Maildir it serves to USER."""

    def __init__(self, base: Path, port: int) -> None:
        """Name its place and port."""
        self.port, self.root, self.maildir, self._base = port, base / "root.pem", base / "Maildir", base

    def deliver(self, name: str, raw: bytes, folder: str = "") -> None:
        """One message, as a mail server would leave it."""
        draft = self._base / name
        draft.write_bytes(raw)
        draft.chmod(0o644)
        draft.rename(self.maildir / folder / "new" / name)

    def seen(self) -> bool:
        """Whether anybody has changed a message's flags."""
        return any(self.maildir.glob("**/cur/*:2,?*"))

    def log(self) -> str:
        """What the server says of itself."""
        return (self._base / "log").read_text()


@contextmanager
def running(*folders: str, introspection: str = "", mechanisms: str = "plain") -> Iterator[Dovecot]:
    """Dovecot with an empty INBOX and these folders (names in modified UTF-7).

    `introspection` is where it asks about tokens, `mechanisms` what it then offers.
    """
    assert PROGRAM
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name, socket.create_server(("127.0.0.1", 0)) as free:
        base = Path(name)
        base.chmod(0o755)
        server = Dovecot(base, free.getsockname()[1])
        _lay_out(server, base, folders)
        _configure(server, base, introspection, mechanisms)
        free.close()
        with subprocess.Popen([PROGRAM, "-F", "-c", base / "dovecot.conf"], stderr=subprocess.PIPE) as process:
            try:
                _answering(server.port, process)
                yield server
            finally:
                process.terminate()
                process.wait(10)


def _lay_out(server: Dovecot, base: Path, folders: tuple[str, ...]) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(server.root)
    issued.private_key_pem.write_to_path(base / "server.key")
    for number, pem in enumerate(issued.cert_chain_pems):
        pem.write_to_path(base / "server.pem", append=number > 0)
    for folder in ("", *(f".{one}" for one in folders)):
        for part in ("tmp", "new", "cur"):
            (server.maildir / folder / part).mkdir(parents=True)
    (base / "home").mkdir()
    if os.geteuid() == 0:
        for path in (base / "home", server.maildir, *server.maildir.rglob("*")):
            os.chown(path, int(_people()["uid"]), int(_people()["gid"]))


def _configure(server: Dovecot, base: Path, introspection: str, mechanisms: str) -> None:
    version = _version()
    facts = {"base": base, "port": server.port, "introspection": introspection, "mechanisms": mechanisms, **_people()}
    oauth = OAUTH[version].format(**facts) if introspection else ""
    (base / "oauth2.conf").write_text(OAUTH_CONF.format(**facts))
    (base / "dovecot.conf").write_text((OWN[version] + CONF).format(oauth=oauth, **facts))


def _version() -> str:
    """In whose words the configuration is to be."""
    said = subprocess.run([str(PROGRAM), "--version"], capture_output=True, text=True, check=True).stdout
    major, minor = said.split(".")[:2]
    return "2.4" if (int(major), int(minor)) >= (2, 4) else "2.3"


def _people() -> dict[str, str]:
    known = {"user": USER, "password": PASSWORD}
    if os.geteuid() == 0:
        return known | {"internal": "dovecot", "group": "dovecot", "login": "dovenull", "uid": "65534", "gid": "65534"}
    me, group = getpass.getuser(), grp.getgrgid(os.getegid()).gr_name
    ids = {"uid": str(os.geteuid()), "gid": str(os.getegid())}
    return known | {"internal": me, "group": group, "login": me} | ids


def _answering(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            assert time.monotonic() < end, "Dovecot does not answer"
            time.sleep(0.05)
        else:
            return

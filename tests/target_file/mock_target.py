"""A mock CA as somebody else's portal: a process of its own, described by nothing but a target file."""

from __future__ import annotations

import base64
import json
import mailbox
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from sekisho.results import read_scenarios
from sekisho.verdict import Verdict

OPERATOR = """
import json, mailbox, os, sys, urllib.request
from datetime import datetime
from email.utils import parsedate_to_datetime
question = json.load(sys.stdin)
def ask(method, path, body):
    head = {"Authorization": "Bearer " + os.environ["MOCK_TOKEN"], "Content-Type": "application/json"}
    request = urllib.request.Request(os.environ["MOCK_CONTROL"] + path, json.dumps(body).encode(), head, method=method)
    return json.load(urllib.request.urlopen(request, timeout=60))
def post(path, body):
    return ask("POST", path, body)
match question:
    case {"do": "reissue", "user_id": user}:
        told = post(f"/subscribers/{user}/reissue", {})
        print(json.dumps({"user_id": told["user_id"], "login_password": told["login_password"]}))
    case {"do": "pass_days", "days": days}:
        post("/clock", {"days": days}); print("{}")
    case {"do": "pass_minutes", "minutes": minutes}:
        post("/clock", {"minutes": minutes}); print("{}")
    case {"do": "wait_until", "time": moment}:
        post("/clock", {"to": moment}); print("{}")
    case {"do": "clock_back"}:
        now = datetime.fromisoformat(ask("DELETE", "/clock", {})["now"])
        mails = mailbox.Maildir(os.environ["MOCK_MAILDIR"], create=False)
        for mail in [key for key, mail in mails.items() if parsedate_to_datetime(mail["Date"]) > now]:
            mails.remove(mail)
        print("{}")
"""


@dataclass
class MockTarget:
    """The running portal, the folder of its target file, and the accounts that the file will hold."""

    folder: Path
    ready: dict[str, Any]
    manual: str
    accounts: list[str] = field(default_factory=list)
    addresses: dict[str, dict[str, str]] = field(default_factory=dict)
    """Where each user's mails go, by user ID and key of the target file."""
    secrets: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        """One call of the mock's control port."""
        head = {"Authorization": f"Bearer {self.ready['token']}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.ready["control"] + path, json.dumps(body).encode(), head, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def provision(self, state: str, **traits: str | int) -> str:
        """A new account in the file; gives its user ID."""
        made = self.ask("POST", "/subscribers", {"system": self.manual, "state": state, **traits})
        plain = ("user_id", "request_id", "letter", "mail", "admin_mail", "password_mail")
        lines = ["[[accounts]]", f"state = {json.dumps(state)}"]
        lines += [f"{name} = {json.dumps(made[name])}" for name in plain if made.get(name)]
        hidden = ("login_password", "reference_id", "otp_seed", "confirmation_password")
        lines += [f"{name}_env = {json.dumps(self._hide(made[name]))}" for name in hidden if made.get(name)]
        lines += [f"traits = {{ {', '.join(f'{name} = {json.dumps(value)}' for name, value in traits.items())} }}"]
        self.accounts.append("\n".join([*lines, self._identities(made)]))
        keys = ("mail", "admin_mail", "password_mail")
        self.addresses[made["user_id"]] = {key: made[key] for key in keys if made.get(key)}
        return str(made["user_id"])

    def deliver(self, to: str, subject: str, *, days_ago: int) -> None:
        """An old mail in the portal's mailbox; a negative number is one from a clock that was ahead."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "desk@example.test", to, subject
        mail["Date"] = format_datetime(datetime.now(UTC) - timedelta(days=days_ago))
        mail.set_content("http://127.0.0.1:9/old\nRequest ID: 999\n")
        mailbox.Maildir(self.ready["maildir"]).add(mail)

    def _identities(self, made: dict[str, Any]) -> str:
        held = []
        for number, one in enumerate(made["identities"]):
            name = f"{made['user_id']}-{number}.p12"
            (self.folder / name).write_bytes(base64.b64decode(one["pkcs12_base64"]))
            which = json.dumps(one["which"])
            held.append(f'{{ which = {which}, pkcs12 = "{name}", password_env = "{self._hide(one["password"])}" }}')
        return f"identities = [{', '.join(held)}]"

    def _hide(self, secret: str) -> str:
        name = f"MOCK_SECRET_{len(self.secrets)}"
        self.secrets[name] = secret
        return name

    def write(self, *more: str, operator: bool = False) -> Path:
        """The target file with these further lines, and its secrets in the `.env` beside it."""
        sites = [f"{name} = {json.dumps(url)}" for name, url in self.ready["systems"][self.manual].items()]
        root = self.ready.get("server_roots", {}).get(self.manual, self.ready["server_root"])
        lines = [f'manual = "{self.manual}"', 'name = "別の会社の検証環境"', f"trust_root = {json.dumps(root)}"]
        lines += [
            "[sites]",
            *sites,
            "[mail]",
            f"maildir = {json.dumps(self.ready['maildir'])}",
            "seconds = 5",
            "lateness_seconds = 0",
        ]
        if operator:
            (self.folder / "desk.py").write_text(OPERATOR, encoding="utf-8")
            lines += ["[operator]", f'command = [{json.dumps(sys.executable)}, "desk.py"]']
            lines += ['environment = ["MOCK_TOKEN", "MOCK_CONTROL", "MOCK_MAILDIR"]']
        path = self.folder / "portal.toml"
        path.write_text("\n".join([*lines, *more, *self.accounts, ""]), encoding="utf-8")
        secrets = [f"{name}='{value}'\n" for name, value in self.secrets.items()]
        (self.folder / ".env").write_text("".join(secrets), encoding="utf-8")
        return path

    def run(self, *arguments: str, out: str = "out") -> subprocess.CompletedProcess[str]:
        """`sekisho run` against the file, to its end."""
        asked = ["run", "--target", str(self.folder / "portal.toml"), "--out", str(self.folder / out), "--jobs", "1"]
        ready = self.ready
        control = {f"MOCK_{name.upper()}": ready[name] for name in ("token", "control", "maildir")}
        return subprocess.run(
            [sys.executable, "-c", "from sekisho.cli import main; main()", *asked, *arguments],
            env={**os.environ, **control, "PYTHONUTF8": "1", "COLUMNS": "160", "CI": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )


@contextmanager
def running(folder: Path, manual: str) -> Iterator[MockTarget]:
    """A mock CA whose system `manual` is the portal."""
    command = [sys.executable, "-m", "mock_ca", "--state", str(folder / "state"), "--until-stdin-closes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield MockTarget(folder, json.loads(process.stdout.readline()), manual)
        process.stdin.close()


def verdicts(folder: Path) -> dict[str, Verdict]:
    """What each scenario of a run came to, by the start of its name."""
    return {one.name.split()[0]: one.verdict for one in read_scenarios(folder)}

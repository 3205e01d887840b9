"""A mock CA in a process of its own, as every caller has it."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import urllib.error
import urllib.request
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from .visitor import CHROME, Identity, Page, Visitor


class Running:
    """The process, its control port, and what a visitor does with its sites."""

    def __init__(self, state: Path, *options: str) -> None:
        """Start it and wait until it is ready."""
        command = [sys.executable, "-m", "mock_ca", "--state", str(state), "--until-stdin-closes", *options]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.process.stdout
        self.ready: dict[str, Any] = json.loads(self.process.stdout.readline())
        self._mails: dict[str, EmailMessage] = {}
        self._look_at("danshin")

    def _look_at(self, system: str) -> None:
        self.system = system
        self.sites: dict[str, str] = self.ready["systems"][system]

    def of(self, system: str) -> Running:
        """The same process, looking at one of its systems."""
        other = copy.copy(self)
        other._look_at(system)
        return other

    def ask(self, method: str, path: str, body: object = None, token: str | None = None) -> tuple[int, Any]:
        """One call of the control port: status and JSON."""
        headers = {"Authorization": f"Bearer {self.ready['token'] if token is None else token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.ready["control"] + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def told(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """One call that must succeed."""
        status, answer = self.ask(method, path, body)
        assert status == 200, answer
        return answer

    def account(self, state: str, **traits: object) -> dict[str, Any]:
        """A new subscriber."""
        return cast(
            "dict[str, Any]", self.told("POST", "/subscribers", {"system": self.system, "state": state, **traits})
        )

    def facts(self, account: dict[str, Any]) -> dict[str, Any]:
        """What the registry knows about a subscriber."""
        return cast("dict[str, Any]", self.told("GET", f"/subscribers/{account['user_id']}"))

    def renewals(self, account: dict[str, Any]) -> list[dict[str, Any]]:
        """The renewals that a subscriber applied for."""
        return [one for one in self.facts(account)["requests"] if one["kind"] == "renewal"]

    def defect(self, *names: str) -> None:
        """Switch defects on, and all others off."""
        self.told("PUT", "/defects", {"on": list(names)})

    def touched(self) -> set[str]:
        """The defects that could have been noticed since the scenario began."""
        return set(self.told("GET", "/defects")["touched"])

    def pass_time(self, **step: object) -> None:
        """Move the business clock."""
        self.told("POST", "/clock", step)

    def mails(self, to: str) -> list[EmailMessage]:
        """The messages to one address, in order."""
        for path in Path(self.ready["maildir"]).glob("new/*"):
            if path.name not in self._mails:
                self._mails[path.name] = message_from_bytes(path.read_bytes(), policy=default)
        return [mail for _, mail in sorted(self._mails.items()) if mail["To"] == to]

    def visitor(self, holder: Identity | None = None, agent: str = CHROME) -> Visitor:
        """A browser profile."""
        return Visitor(Path(self.ready["server_roots"][self.system]), holder, agent)

    def logged_in(self, account: dict[str, Any]) -> Visitor:
        """A visitor who has logged in at the enrolment site."""
        visitor = self.visitor()
        visitor.get(self.sites["enrol"])
        page = visitor.post("login.jsp", userId=account["user_id"], password=account["login_password"])
        assert page.url.endswith("top.jsp"), page.words
        return visitor

    def close(self) -> None:
        """Stop it the way its parent's end does."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def kill(self) -> None:
        """Kill -9."""
        self.process.kill()
        self.close()


def submit(visitor: Visitor, request_id: str, password: str = "Himitsu#1", **other: str) -> Page:
    """Fill in the key page that the visitor is on, and press Submit."""
    form = {"requestId": request_id, "password": password, "passwordConfirm": password, **other}
    return visitor.post("key.jsp", **form)


def fetch(visitor: Visitor, request_id: str, password: str = "Himitsu#1") -> bytes:
    """From the menu to the file."""
    page = visitor.get("key.jsp")
    page = submit(visitor, request_id, password, ticket=page.field("ticket"))
    assert page.name == "download.jsp", page.words
    return visitor.download().body

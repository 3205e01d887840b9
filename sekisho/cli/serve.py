"""`sekisho serve`: the mock CA on fixed ports, to be explored by hand; portals of a family on free ones."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from sekisho.cli.exit import Exit
from sekisho.language import say
from sekisho.layout import python
from sekisho.machine import tempfolders
from sekisho.manual import mocks
from sekisho.manual.folders import known
from sekisho.verdict import EnvironmentProblemError


@dataclass(frozen=True)
class Mock:
    """The mock's process and the file its log goes to."""

    process: subprocess.Popen[str]
    log: IO[bytes]

    def ready(self) -> dict[str, Any]:
        """Where it listens. Raises EnvironmentProblemError when it ended instead, for a port that is taken."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise self.ended()
        found: dict[str, Any] = json.loads(line)
        return found

    def ended(self) -> EnvironmentProblemError:
        """Why it ended by itself: the last line of its log."""
        code = self.process.wait()
        self.log.seek(0)
        lines = self.log.read().decode("utf-8", errors="replace").split("\n")
        silent = say("理由は出力されていません。", "It gave no reason.")
        last = next((line for line in reversed(lines) if line.strip()), silent)
        hint = say(
            "ほかの sekisho serve を終えてから、もう一度起動してください。", " End the other sekisho serve first."
        )
        remedy = hint if "in use" in last else ""
        return EnvironmentProblemError(
            say(
                f"模擬認証局が動いていません（終了コード {code}）。{remedy}\n{last}",
                f"the mock CA is not running (exit code {code}).{remedy}\n{last}",
            )
        )


def serve(state: Path | None) -> Exit:
    """Run the mock until Ctrl-C, SIGTERM or SIGHUP. Raises EnvironmentProblemError if it does not start, or ends."""
    with _folder(state) as folder, _started(folder) as mock:
        try:
            _print(Console(), mock.ready())
            mock.process.wait()
        except KeyboardInterrupt:
            return Exit.CONFORMANT
        raise mock.ended()


@contextmanager
def _folder(state: Path | None) -> Iterator[Path]:
    if state is not None:
        yield state.resolve()
        return
    with tempfolders.lent("serve") as folder:
        yield folder


@contextmanager
def _started(folder: Path) -> Iterator[Mock]:
    """The mock. It reads our end of a pipe, so that it ends with us, however we end."""
    command = [*python("mock_ca"), "--state", str(folder), "--fixed-ports", "--console", *mocks.arguments()]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            [*command, "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
        ) as process,
    ):
        try:
            yield Mock(process, log)
        finally:
            process.terminate()


def _print(console: Console, ready: dict[str, Any]) -> None:
    """Whole addresses, however narrow the screen is: they are there to be copied."""
    addresses = list(_addresses(ready))
    width = max(cell_len(name) for name, _ in addresses) + 2
    console.print(
        say(
            "模擬認証局を起動しました。終了するには Ctrl-C を押してください。\n",
            "The mock CA is running. Ctrl-C ends it.\n",
        )
    )
    for name, address in addresses:
        console.print(set_cell_size(name, width) + address, soft_wrap=True, markup=False, highlight=False)


def _addresses(ready: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "console" in ready:
        yield say("操作画面", "Console"), str(ready["console"])
    for system, sites in ready["systems"].items():
        manual = known().get(system)
        names = {name: site.title for name, site in manual.about.sites.items()} if manual else {}
        for site, url in sites.items():
            yield f"{system} {names.get(site, site)}", str(url)
    yield say("CRL・OCSP・認証局証明書", "CRL, OCSP, CA certificates"), str(ready["repository"])
    for system, root in ready["server_roots"].items():
        yield say(f"{system} サーバー証明書のルート", f"{system} root of server certificates"), str(root)
    yield say("メール（Maildir）", "Mail (Maildir)"), str(ready["maildir"])

"""A process of its own with one PC: visits a page of its own, says so, and waits to be ended."""

from __future__ import annotations

import ssl
import sys
import tempfile
from pathlib import Path

import trustme
from playwright.sync_api import sync_playwright

from sekisho.browser.launch import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.pki.pkcs12 import facts
from tests.browser.authority import PASSWORD, root
from tests.browser.servers import serve


def main(visits: int) -> None:
    """Visit with a certificate of this process's own, so many times; print one line for each, then wait."""
    folder = Path(tempfile.mkdtemp())
    server_ca = trustme.CA()
    server_ca.cert_pem.write_to_path(str(folder / "root.pem"))
    issuer = root("Test Root").issue("Test Issuing CA", ca=True)
    server = serve(server_ca, ssl.CERT_OPTIONAL, issuer.cert, *issuer.above)
    with sync_playwright() as playwright:
        pc = Pc.start(playwright, BrowserChoice.resolve("chromium"), folder / "home")
        pc.store.preinstall_root(folder / "root.pem")
        for number in range(visits):
            (folder / "user.p12").write_bytes(issuer.issue(f"emp{number}").p12())
            who = pc.store.import_pkcs12(folder / "user.p12", PASSWORD)
            visit = pc.visit(server.url, choose=facts(who.certificate))
            rows = len(visit.dialog.rows) if visit.dialog else 0
            say(f"{visit.page.inner_text('h1')} of {rows}")
            pc.end_scenario()
        say("ready")
        sys.stdin.read()
        pc.close()


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))

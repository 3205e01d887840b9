"""The renewal procedure as a bare Playwright script: no Gherkin, no evidence, no words looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.mock import MockPortal
from sekisho.browser.pc import Pc
from sekisho.mail.mailbox import Maildir
from sekisho.pki.pkcs12 import facts

PASSWORD = "Bench-1234"  # noqa: S105 - of a key that lives for a second


@pytest.fixture
def manual() -> str:
    """The mock's system that this script uses."""
    return "danshin"


def test_renewal(pc: Pc, mock_portal: MockPortal, tmp_path: Path) -> None:
    """The same clicks as the scenario of the same name, on the same mock, with the same dialog."""
    user = mock_portal.account("renewable")
    old = tmp_path / "old.p12"
    old.write_bytes(user.identities[0].pkcs12)
    certificate = facts(pc.store.import_pkcs12(old, user.identities[0].password).certificate)
    mail = Maildir(mock_portal.mailbox.folder).to(user.mail)[-1]
    link = next(word for word in mail.body.split() if word.startswith("https://"))
    page = pc.visit(link, choose=certificate).page
    page.get_by_role("link", name="証明書更新申請").click()
    page.get_by_role("button", name="Submit").click()
    page.locator("input[type=password]").nth(1).wait_for()
    page.locator("input[type=password]").nth(0).fill(PASSWORD)
    page.locator("input[type=password]").nth(1).fill(PASSWORD)
    page.get_by_role("button", name="Submit").click()
    with page.expect_download() as offered:
        page.get_by_role("button", name="Download").click()
    new = tmp_path / "new.p12"
    offered.value.save_as(new)
    page.context.close()
    renewed = facts(pc.store.import_pkcs12(new, PASSWORD).certificate)
    service = pc.visit(mock_portal.sites["service"], choose=renewed).page
    service.locator("input[type=text]").fill(user.user_id)
    service.locator("input[type=password]").fill(user.login_password)
    service.get_by_role("button", name="ログイン").click()
    service.locator("text=団信ネット（3社共用） メニュー").first.wait_for()

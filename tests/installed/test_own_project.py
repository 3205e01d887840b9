"""sekisho as a pytest plugin in somebody's own project, and in a project that has no use for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Environment

FEATURE = """
# language: ja
機能: 自社の確認

  シナリオ: 存在しないリクエストIDでは鍵を取得できない
    前提 証明書の無い利用者がいる
    もし 案内に従って鍵の取得を開く
    かつ リクエストID「000000000000000」で鍵の取得を送信する
    ならば リクエストIDが正しくないと表示され、鍵はダウンロードできない
    ならば 自社の台帳に載っている
"""
TESTS = """
from pytest_bdd import scenarios, then

scenarios("own.feature")

@then("自社の台帳に載っている")
def listed(account):
    assert account.user_id
"""
UNCONCERNED = """
import sys

def test_nothing_was_imported():
    heavy = {"playwright", "pydantic", "mitmproxy", "cryptography", "fixtures", "steps", "pages", "sekisho.manual"}
    assert not heavy & set(sys.modules)

def test_options_are_free(pytestconfig):
    assert not hasattr(pytestconfig.option, "sekisho_target")
"""

pytestmark = pytest.mark.xdist_group("installed")


@pytest.fixture
def project(empty: Path) -> Path:
    """A project that asked for the sentences of danshin, with a feature and a sentence of its own."""
    (empty / "pytest.ini").write_text("[pytest]\nsekisho_manual = danshin\n", "utf-8")
    (empty / "tests").mkdir()
    (empty / "tests" / "own.feature").write_text(FEATURE.lstrip(), "utf-8")
    (empty / "tests" / "test_own.py").write_text(TESTS, "utf-8")
    return empty


def test_a_project_uses_the_sentences_beside_its_own(installed: Environment, project: Path) -> None:
    """Against the mock; results lie where those of a run would."""
    done = installed(project, "python", "-m", "pytest", "--sekisho-certs", "context", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert len(list((project / "sekisho-runs").glob("*/scenarios/*.json"))) == 1


def test_a_project_with_a_package_of_the_same_name_is_told(installed: Environment, project: Path) -> None:
    """Python would know only one of the two."""
    (project / "tests" / "pages").mkdir()
    (project / "tests" / "pages" / "__init__.py").touch()
    done = installed(project, "python", "-m", "pytest")
    assert done.returncode == 4
    assert "give yours another name" in done.stderr


def test_an_unknown_manual_is_refused_before_anything_starts(installed: Environment, project: Path) -> None:
    """With its name."""
    (project / "pytest.ini").write_text("[pytest]\nsekisho_manual = danshinn\n", "utf-8")
    done = installed(project, "python", "-m", "pytest")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "danshinn" in done.stdout + done.stderr


def test_a_project_that_does_not_ask_notices_nothing(installed: Environment, empty: Path) -> None:
    """Neither time nor options."""
    (empty / "test_other.py").write_text(UNCONCERNED, "utf-8")
    done = installed(empty, "python", "-m", "pytest", "-p", "no:allure_pytest", "-p", "no:hypothesispytest")
    assert done.returncode == 0, done.stdout + done.stderr

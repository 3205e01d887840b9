"""What scenarios call a site or a kind of user stands in manual.toml: no sentence knows it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.manual.folders import named
from sekisho.manual.names import Names
from sekisho.verdict import ConfigurationProblemError

Command = Callable[..., subprocess.CompletedProcess[str]]

CALLED = ("[accounts.called]\n", '[accounts.called]\n"南の蔵" = { certificate = "south" }\n')
SAID = """
  シナリオ: 知らない名前
    # KURA-GATE-01
    前提 「北の蔵」の証明書を取り込んだ利用者がいる
    もし 「南の蔵」の証明書で「蔵の入り口」を開く
"""


def test_a_site_has_the_name_of_its_title_and_others() -> None:
    """Which the file of the manual gives it."""
    names = Names(named("danshin"))
    assert [names.site(one) for one in ("団信ネット", "団信ネット（3社共用）", "団信Web")] == [
        "service",
        "service",
        "web",
    ]
    assert (names.certificate("日本生命"), dict(names.kind("両方"))) == ("nissay", {"certificate": "both"})


def test_a_kind_of_user_need_not_have_a_certificate_of_its_own() -> None:
    """Users of kihonet differ in what they are registered for."""
    names = Names(named("kihonet"))
    assert dict(names.kind("N-ナビ")) == {"variant": "navi"}
    with pytest.raises(ConfigurationProblemError, match=r"accounts\.called に「N-ナビ」がありません"):
        names.certificate("N-ナビ")


def test_a_name_that_the_manual_does_not_have_is_found_before_a_run(sekisho: Command, sixth: Path) -> None:
    """With the line that says it, the file that should have it, and the nearest one."""
    manual, gate = sixth / "manual.toml", sixth / "gate.feature"
    manual.write_text(manual.read_text(encoding="utf-8").replace(*CALLED), encoding="utf-8")
    gate.write_text(gate.read_text(encoding="utf-8") + SAID, encoding="utf-8")
    done = sekisho("manual", "check", str(sixth))
    assert done.returncode == 2
    assert (
        f"gate.feature:14: 「「北の蔵」の証明書を取り込んだ利用者がいる」: {sixth / 'manual.toml'}: accounts.called"
        in done.stdout
    )
    assert "sites.○○.title か called に「蔵の入り口」がありません（使えるもの: 入口" in done.stdout

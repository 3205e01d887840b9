"""A sample of what exploring somebody else's portal is: two tabs and a boundary of days, with all its habits."""

from __future__ import annotations

from pathlib import Path

from sekisho.results import BoundaryCell, TabsCell, read_scenarios
from sekisho.verdict import Verdict
from tests.second_portal.habits import EVERY
from tests.second_portal.pool import Wanted
from tests.second_portal.running import running
from tests.second_portal.setup import Setup
from tests.second_portal.trials import run

# In this order the portal once failed: nobody had given the password under which the first tab wanted its file.
ORDER = "同じ利用者が二つのタブで鍵を取得する（順序: A1→A2→A3→B1→B2→A4→B3→B4）"
CHOSEN = (ORDER, "鍵の取得の画面からは当日中に終える（*ふつうの日）")
WORDS = ("--kind", "tabs", "--kind", "boundaries", "--budget", "2", "--skip-check")


def test_two_tabs_and_the_boundary_of_a_day_show_nothing_at_the_second_portal(tmp_path: Path) -> None:
    """One order of the tabs, and one side of midnight; with frames, windows and words of its own."""
    users, folder = [Wanted("invited", {})] * 3, tmp_path / "run"
    select = [word for one in CHOSEN for word in ("--select", one)]
    with running(tmp_path / "portal", Setup(EVERY, users)) as portal:
        ended = run(portal, folder, *WORDS, *select, command="explore")
    found = read_scenarios(folder)
    assert ended.returncode == 0, ended.stdout
    assert {type(one.cell) for one in found if one.cell} == {BoundaryCell, TabsCell}
    assert {one.verdict for one in found} <= {Verdict.PASS, Verdict.WARNING}

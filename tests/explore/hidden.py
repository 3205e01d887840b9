"""Each defect that only an exploration shows, found by its smallest cell or walk: `python -m tests.explore.hidden`.

And by nothing else: with all of them at once no scenario of an ordinary run goes red. Names as arguments: only these
defects, or `ordinary`. The nightly workflow does it all; two of them are in the suite. Exits with 1 where one is not
found, or not there, or found by a scenario.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sekisho.results import BoundaryCell, FaultCell, Scenario, TabsCell, read_scenarios
from sekisho.verdict import Verdict


@dataclass(frozen=True)
class Hidden:
    """Where a defect shows first: the manual, the words that select its cells, how many at most, and the cell."""

    manual: str
    select: str
    budget: int
    cell: str
    """Method, the last part of the address, and the fault; of two tabs the order, the letter and its place; side and
    day of a boundary; the moves of a walk."""
    row: str
    kind: str = "faults"


# Days and walks are chosen by what stands in their names.
LEAP = "取得案内は発行後30日間有効（31日目の始まり、うるう*"
NEXT_DAY = "申請した更新の鍵は一覧から取得できる（次の日の始まり、ふつうの日）"
IN_2038 = "更新は有効期限の30日前から（31日前の終わり、2038年1月19日）"
MAY_RENEW = "*更新案内を受け取った利用者から*"
# A part of the cell's name selects it in every procedure of the manual.
REFUSED = "/renewal/key.jsp、障害: 要求がパソコンを出る前に、接続が拒まれる"
ISSUE, RENEWAL, REVOCATION = "新規取得の途中の障害", "更新の途中の障害", "失効の途中の障害"
DANSHIN = "danshin-explore-tabs"
ORDINARY = "ordinary"
HIDDEN = {
    "unseen-download-issues-again": Hidden("kihonet", ISSUE, 2, "POST key.jsp reply-lost", "KIHO-RULE-01"),
    "unseen-menu-locks-out": Hidden("kihonet", ISSUE, 1, "POST login.jsp reply-lost", "KIHO-RULE-03"),
    "guide-mailed-again-after-log-in": Hidden("kihonet", ISSUE, 1, "POST login.jsp reply-lost", "KIHO-RULE-07"),
    "fetched-key-not-offered-again": Hidden("kihonet", RENEWAL, 3, "POST file.p12 reply-lost", "KIHO-RENEW-06"),
    "fetched-key-shows-another-id": Hidden("kihonet", RENEWAL, 3, "POST file.p12 reply-lost", "KIHO-RENEW-06"),
    "left-key-page-not-offered-again": Hidden(
        "kihonet", f"*POST*{REFUSED}*", 1, "POST key.jsp refused", "KIHO-RENEW-06"
    ),
    "left-waiting-page-applies-again": Hidden("kihonet", f"*GET*{REFUSED}*", 1, "GET key.jsp refused", "KIHO-RULE-01"),
    "unseen-application-named-after-another": Hidden(
        "kihonet", RENEWAL, 1, "POST apply.jsp reply-lost", "KIHO-RENEW-03"
    ),
    "twice-fetched-key-shows-another-id": Hidden("kihonet", RENEWAL, 3, "POST file.p12 reply-lost", "KIHO-RENEW-06"),
    "leap-day-not-counted": Hidden("danshin", LEAP, 3, "31日目の始まり うるう日の前日", "DAN-RULE-01", "boundaries"),
    "midnight-between-apply-and-fetch": Hidden(
        "danshin", NEXT_DAY, 1, "次の日の始まり ふつうの日", "DAN-RESUME-03A", "boundaries"
    ),
    "clock-overflows-in-2038": Hidden(
        "danshin", IN_2038, 1, "31日前の終わり 2038年1月19日", "DAN-RULE-03", "boundaries"
    ),
    "second-reissue-leaves-certificate-alive": Hidden("danshin", MAY_RENEW, 1, "3,1,3", "DAN-REISSUE-01", "walks"),
    "log-out-forgets-unseen-application": Hidden("danshin", MAY_RENEW, 1, "5,8,", "DAN-RESUME-03A", "walks"),
    "completion-mailed-twice-on-return": Hidden("obn", REVOCATION, 3, "POST apply reply-lost", "OBN-REVOKE-04"),
    "key-of-the-log-in-before": Hidden("danshin", f"{DANSHIN}_issue-85c0ef3d", 1, "ABBAAABB", "DAN-ISSUE-06", "tabs"),
    "copied-page-issues-again": Hidden(
        "kihonet", "kihonet-explore-tabs_issue-a7bac7ec", 1, "AAABBB duplicate 2", "KIHO-RULE-01", "tabs"
    ),
    "reloaded-download-page-issues-again": Hidden(
        "danshin", f"{DANSHIN}_issue-b6d4debe", 1, "AAAABBBB reload 4", "DAN-ISSUE-05", "tabs"
    ),
    "double-press-applies-twice": Hidden(
        "danshin", f"{DANSHIN}_renewal-c07dbbc9", 1, "AAAABBBB double 2", "DAN-RESUME-03B", "tabs"
    ),
}


def explored(defect: str, folder: Path) -> list[str]:
    """What was found with a defect: cell and rows of each finding."""
    one = HIDDEN[defect]
    words = ["--kind", one.kind, "--manual", one.manual, "--select", one.select, "--budget", str(one.budget)]
    words += ["--jobs", "1", "--defect", defect, "--out", str(folder)]
    found = _red(["explore", *words], folder)
    return [f"{_told(each)}: {' '.join(each.failure.requirement)}" for each in found if each.failure]


def noticed(folder: Path, manuals: Sequence[str]) -> list[str]:
    """The scenarios of an ordinary run that go red with all of the defects at once."""
    words = [word for defect in HIDDEN for word in ("--defect", defect)]
    words += [word for manual in manuals for word in ("--manual", manual)]
    return [f"{each.manual} {each.name}" for each in _red(["run", *words, "--out", str(folder)], folder)]


def _red(words: Sequence[str], folder: Path) -> list[Scenario]:
    command = [sys.executable, "-c", "from sekisho.cli import main; main()", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not (folder / "run.json").is_file():
        raise RuntimeError(done.stdout + done.stderr)
    return [each for each in read_scenarios(folder) if each.verdict is Verdict.FAIL]


def _told(found: Scenario) -> str:
    match found.cell:
        case FaultCell() as cell:
            return f"{cell.method} {Path(cell.address).name} {cell.fault}"
        case TabsCell() as cell:
            return f"{cell.order} {cell.letter} {cell.at}" if cell.letter else cell.order
        case BoundaryCell() as cell:
            return f"{cell.side} {cell.place}"
    return found.repeat.rpartition(" ")[2]  # of a walk its moves


def main() -> int:
    """Try them all."""
    missed, asked = 0, sys.argv[1:] or [*HIDDEN, ORDINARY]
    for defect, one in HIDDEN.items():
        if defect not in asked:
            continue
        with TemporaryDirectory() as folder:
            found = explored(defect, Path(folder) / "run")
        good = any(
            each.startswith(one.cell if one.kind == "walks" else f"{one.cell}: ") and one.row in each for each in found
        )
        missed += not good
        sys.stdout.write(f"{'found' if good else 'MISSED'} {defect}: {'; '.join(found) or 'nothing'}\n")
        sys.stdout.flush()
    if ORDINARY in asked:
        with TemporaryDirectory() as folder:
            seen = noticed(Path(folder) / "run", sorted({one.manual for one in HIDDEN.values()}))
        missed += len(seen)
        sys.stdout.write(f"{'NOTICED' if seen else 'noticed'} by scenarios: {'; '.join(seen) or 'nothing'}\n")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())

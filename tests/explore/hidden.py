"""Each defect that only an exploration shows, found by its smallest cell or walk: `python -m tests.explore.hidden`.

And by nothing else: with all of them at once no scenario of an ordinary run goes red (`ordinary`). Names as arguments:
only these. A line for each says how it ended; what is going on goes to stderr, and results stand in reports/out. The
nightly workflow does it all. Exits with 1 where one is missed, or seen by a scenario; with 3 where one was not tried,
which says nothing about it; with 130 after Ctrl-C, behind the names of those that were not tried.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sekisho.cli.exit import Exit
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
    seed: int = 0
    """Of walks: one that draws the way there among its first twenty."""


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
GREEN = {Verdict.PASS, Verdict.NOT_APPLICABLE}
ROOT = Path(__file__).parents[2]
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
    "twice-fetched-key-shows-another-id": Hidden("kihonet", RENEWAL, 2, "POST key.jsp reply-lost", "KIHO-RENEW-06"),
    "leap-day-not-counted": Hidden("danshin", LEAP, 3, "31日目の始まり うるう日の前日", "DAN-RULE-01", "boundaries"),
    "midnight-between-apply-and-fetch": Hidden(
        "danshin", NEXT_DAY, 1, "次の日の始まり ふつうの日", "DAN-RESUME-03A", "boundaries"
    ),
    "clock-overflows-in-2038": Hidden(
        "danshin", IN_2038, 1, "31日前の終わり 2038年1月19日", "DAN-RULE-03", "boundaries"
    ),
    "second-reissue-leaves-certificate-alive": Hidden("danshin", MAY_RENEW, 1, "3,1,3", "DAN-REISSUE-01", "walks"),
    "log-out-forgets-unseen-application": Hidden("danshin", MAY_RENEW, 1, "5,8,", "DAN-RESUME-03A", "walks", seed=71),
    "completion-mailed-twice-on-return": Hidden("obn", REVOCATION, 3, "POST apply reply-lost", "OBN-REVOKE-04"),
    "key-of-the-log-in-before": Hidden("danshin", f"{DANSHIN}_issue-85c0ef3d", 1, "ABBAAABB", "DAN-ISSUE-06", "tabs"),
    "copied-page-issues-again": Hidden(
        "kihonet", "kihonet-explore-tabs_issue-a7bac7ec", 1, "AAABBB duplicate 2", "KIHO-RULE-01", "tabs"
    ),
    "reloaded-download-page-issues-again": Hidden(
        "danshin", f"{DANSHIN}_issue-b6d4debe", 1, "AAAABBBB reload 4", "DAN-ISSUE-05", "tabs"
    ),
    "overtaken-confirmation-shows-another-id": Hidden(
        "danshin", f"{DANSHIN}_renewal-dace029d", 1, "ABABABAB", "DAN-RENEW-05", "tabs"
    ),
    "double-press-applies-twice": Hidden(
        "danshin", f"{DANSHIN}_renewal-c07dbbc9", 1, "AAAABBBB double 2", "DAN-RESUME-03B", "tabs"
    ),
}


class NotTriedError(Exception):
    """A trial did not come to its end: it says nothing about the defect."""


def explored(defect: str, folder: Path) -> list[Scenario]:
    """What was found with a defect. Raises NotTriedError."""
    one = HIDDEN[defect]
    words = ["--kind", one.kind, "--manual", one.manual, "--select", one.select, "--budget", str(one.budget)]
    return _red(["explore", *words, "--seed", str(one.seed), "--defect", defect], folder)


def noticed(manuals: Sequence[str], folder: Path) -> list[Scenario]:
    """The scenarios of an ordinary run that go red with all of the defects at once. Raises NotTriedError."""
    words = [word for defect in HIDDEN for word in ("--defect", defect)]
    words += [word for manual in manuals for word in ("--manual", manual)]
    return _red(["run", *words], folder)


def _red(words: Sequence[str], folder: Path) -> list[Scenario]:
    """The results of a command that are not green; what it says goes to stderr. Raises NotTriedError."""
    command = [
        sys.executable,
        "-c",
        "from sekisho.cli import main; main()",
        *words,
        "--jobs",
        "1",
        "--out",
        str(folder),
    ]
    with subprocess.Popen(command, stdout=sys.stderr, start_new_session=True) as child:
        try:
            ended = child.wait()
        except KeyboardInterrupt:
            child.send_signal(signal.SIGINT)  # once: at a second it gives up what it has
            child.wait()
            raise
    if ended not in {Exit.CONFORMANT, Exit.NOT_CONFORMANT}:
        raise NotTriedError(f"exit code {ended}, see {folder}")
    return [each for each in read_scenarios(folder) if each.verdict not in GREEN]


def good(one: Hidden, found: Sequence[Scenario]) -> bool:
    """Whether its cell shows it first of all, and whatever else shows it, against its row."""
    right = all(each.verdict is Verdict.FAIL and each.failure and one.row in each.failure.requirement for each in found)
    first = _told(found[0]) if found else ""
    return right and (first.startswith(one.cell) if one.kind == "walks" else first == one.cell)


def _told(found: Scenario) -> str:
    match found.cell:
        case FaultCell() as cell:
            return f"{cell.method} {Path(cell.address).name} {cell.fault}"
        case TabsCell() as cell:
            return f"{cell.order} {cell.letter} {cell.at}" if cell.letter else cell.order
        case BoundaryCell() as cell:
            return f"{cell.side} {cell.place}"
    return found.repeat.rpartition(" ")[2]  # of a walk its moves


def _line(found: Scenario) -> str:
    """A finding as it is printed: the cell (of an ordinary run the scenario), verdict, rows and what the portal did."""
    what = _told(found) if found.cell else f"{found.manual} {found.name}"
    rows, did = (found.failure.requirement, found.failure.portal_did) if found.failure else ([], "")
    return f"{what}: {found.verdict} {' '.join(rows)} {' / '.join(did.split(chr(10)))}"


def tried(name: str, folder: Path) -> tuple[str, list[Scenario]]:
    """How the trial of a defect, or of the ordinary scenarios, ended, and what was red. Raises NotTriedError."""
    if name == ORDINARY:
        seen = noticed(sorted({one.manual for one in HIDDEN.values()}), folder)
        return ("seen by scenarios" if seen else "unseen"), seen
    found = explored(name, folder)
    return ("found" if good(HIDDEN[name], found) else "MISSED"), found


def main(asked: Sequence[str]) -> int:
    """Try them all; gives the exit code."""
    parser = argparse.ArgumentParser(
        "python -m tests.explore.hidden", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join([*HIDDEN, ORDINARY]))
    names = parser.parse_args(asked).names or [*HIDDEN, ORDINARY]
    if unknown := [name for name in names if name not in {*HIDDEN, ORDINARY}]:
        sys.stderr.write(f"No such hidden defect: {', '.join(unknown)}. There are: {', '.join([*HIDDEN, ORDINARY])}\n")
        return Exit.USAGE
    codes, out = list[Exit](), ROOT / "reports" / "out" / f"hidden-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for number, name in enumerate(names):
        try:
            how, red = tried(name, out / name)
            codes += [Exit.NOT_CONFORMANT] * (how not in {"found", "unseen"})
        except NotTriedError as why:
            how, red = f"NOT TRIED ({why})", []
            codes.append(Exit.ENVIRONMENT)
        except KeyboardInterrupt:
            sys.stdout.write(f"not tried: {', '.join(names[number:])}\n")
            return Exit.INTERRUPTED
        sys.stdout.write(f"{how} {name}: {'; '.join(map(_line, red)) or 'nothing'}\n")
        sys.stdout.flush()
    return min(filter(None, codes), default=Exit.CONFORMANT)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C
    sys.exit(main(sys.argv[1:]))

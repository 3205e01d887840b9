"""kill -9 of a run at a random moment: what had finished is whole, and after the next start nothing is left."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bench.soak.record import Round, Wrong
from bench.soak.runs import SEKISHO
from sekisho.machine import tempfolders
from sekisho.machine.processes import Member, family, survivors
from sekisho.results import read_scenario, scenario_names

MOMENTS = (0.2, 20.0)  # seconds after the start, in which a run of the scenarios below is at its work
SELECTED = ("DAN-ISSUE-01..13", "DAN-RENEW-0*", "DAN-RESUME-03A")
GOES = 20.0  # seconds that what the dead run has started may take to end by itself
PLACES = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - where short folders for sockets lie
OURS = "sekisho-own-"


@dataclass(frozen=True)
class Asked:
    """Which run is killed, and when: within these seconds after its start, by this seed."""

    manual: str = "danshin"
    jobs: int = 2
    seed: int = 1
    moments: tuple[float, float] = MOMENTS


def killed(number: int, folder: Path, asked: Asked) -> Round:
    """Start a run in a temporary folder of its own, kill it, start the next, and look at what is there.

    Every second time not the run alone is killed but all that it has started, too.
    """
    chance, begun = random.Random(f"{asked.seed} run {number}"), time.monotonic()  # noqa: S311 - to be had again
    moment, all_of_it = chance.uniform(*asked.moments), number % 2 == 0
    out = folder / f"killed-{number}"
    shutil.rmtree(out, ignore_errors=True)
    before = _folders()
    with tempfile.TemporaryDirectory(prefix="soak-") as place:
        said, members = _kill(_command(out, asked), Path(place), moment, all_of_it=all_of_it)
        left = survivors(members, GOES)
        _next_start(Path(place))
        wrong = [
            *(Wrong(f"process {one.number}", "still there", one.command) for one in left),
            *(Wrong(str(one.relative_to(place)), "left in TMPDIR") for one in sorted(Path(place).rglob("*"))),
            *(Wrong(str(one), "left") for one in sorted(_folders() - before) if tempfolders.left(one)),
            *_unfinished(out, said),
        ]
        for one in left:
            one.kill()
    finished = len(scenario_names(out))
    shutil.rmtree(out, ignore_errors=True)
    done = f"kill -9 of {'everything' if all_of_it else 'the run'} after {moment:.2f} s"
    return Round(number, done, round(time.monotonic() - begun, 1), tuple(wrong), {"finished": finished})


def _command(out: Path, asked: Asked) -> list[str]:
    selected = [f"--select={pattern}" for pattern in SELECTED] if asked.manual == "danshin" else []
    return [*SEKISHO, "run", "--manual", asked.manual, "--jobs", str(asked.jobs), "--out", str(out), *selected]


def _kill(command: list[str], place: Path, moment: float, *, all_of_it: bool) -> tuple[str, list[Member]]:
    """What the run had said until it was killed, and which processes it had."""
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as run:
        try:
            run.wait(moment)
        except subprocess.TimeoutExpired:
            members = family(run.pid)
            for one in members if all_of_it else members[:1]:
                one.kill()
        else:
            members = []
        output, _ = run.communicate()
    return output, members


def _next_start(place: Path) -> None:
    """What the next run does first; this one ends at once, as there is no such manual."""
    subprocess.run(
        [*SEKISHO, "run", "--manual", "nosuch"],
        env={**os.environ, "TMPDIR": str(place)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _folders() -> set[Path]:
    return {one for place in PLACES for one in Path(place).glob(f"{OURS}*")}


def _unfinished(out: Path, said: str) -> Iterator[Wrong]:
    """Scenarios whose end was announced, without a whole result."""
    names = scenario_names(out)
    for name in names:
        try:
            read_scenario(out, name)
        except (OSError, ValidationError) as problem:
            yield Wrong(name, "no whole result", str(problem))
    announced = sum(line.startswith("[") for line in said.splitlines())
    if announced > len(names):
        yield Wrong("finished scenarios", f"{announced} announced, {len(names)} on disk")

"""Mutants of the mock's rules: `make mutants ARGS="…"`, or `python -m tests.mutants [PATH …]`. See docs/mutants.md.

Records once which scenario touches which line of the mock, then starts a mock with one line changed, carries out the
scenarios that touch that line until one notices, and goes on with the next. What is known already is not done again.
Exit code 0: nothing survived; 1: something did, or the list of equivalents is not right; 3: nothing can be said.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sekisho.manual import folders
from sekisho.manual.rows import manuals
from sekisho.verdict import ConfigurationProblemError

from .recording import read
from .running import OUT, Trial, record, recordings, stale_manuals
from .sessions import SessionError
from .survey import Survey


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked for; gives the exit code."""
    parser = _parser()
    asked = parser.parse_intermixed_args(arguments)
    try:
        folders.add(asked.manual_dir)
        if unknown := set(asked.manual or ()) - set(manuals()):
            parser.error(f"--manual: {', '.join(sorted(unknown))}: there are {', '.join(manuals())}")
        for manual in [] if asked.list else stale_manuals(asked.manual, asked.certs, everything=asked.record):
            record(manual, asked.certs)
        survey = Survey.of(read(recordings(asked.manual, asked.certs)), asked.paths, OUT / "outcomes.jsonl")
        if not asked.list:
            trial = Trial(survey, asked.certs, most=asked.most, again=asked.again, doubt=asked.doubt)
            chosen = survey.chosen(trial.due(), sample=asked.sample, seed=asked.seed, shard=asked.shard)
            trial.run(chosen, minutes=asked.budget)
    except (ConfigurationProblemError, SessionError, TimeoutError, ValueError) as error:
        sys.stderr.write(f"mutants: {error}\n")
        return 3
    except KeyboardInterrupt:
        sys.stderr.write("mutants: interrupted; the next call goes on from here\n")
    print("\n".join(survey.report()))  # noqa: T201 - the command's output
    return 0 if survey.settled else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="only these files or folders of mock_ca")
    parser.add_argument(
        "--manual",
        action="append",
        metavar="NAME",
        help="ask only this manual's scenarios; may be repeated",
    )
    parser.add_argument(
        "--manual-dir",
        action="append",
        type=Path,
        default=[],
        metavar="DIR",
        help="a manual of the family that lies elsewhere, whose portal the mock plays too; may be repeated",
    )
    parser.add_argument(
        "--certs",
        choices=("auto", "context"),
        default="auto",
        help="context: without the browser's own dialogs, which is quicker, and only with what can be asked so",
    )
    parser.add_argument("--sample", type=int, metavar="N", help="only so many of those that are left, drawn at random")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="draws another sample (default: 1)")
    parser.add_argument("--shard", type=_shard, default=(1, 1), metavar="N/OF", help="only this part, such as 2/8")
    parser.add_argument("--budget", type=float, default=float("inf"), metavar="MINUTES", help="stop after this time")
    parser.add_argument("--most", type=int, metavar="N", help="at most so many scenarios for each mutant in this call")
    parser.add_argument("--again", action="store_true", help="try once more what was not killed, with all scenarios")
    parser.add_argument("--doubt", action="store_true", help="try what the list calls equivalent")
    parser.add_argument("--record", action="store_true", help="record anew which scenario touches which line")
    parser.add_argument("--list", action="store_true", help="only say what is known")
    return parser


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a part such as 2/8")
    return int(number), int(of)


if __name__ == "__main__":
    sys.exit(main())

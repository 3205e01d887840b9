"""How many workers a run gets."""

from __future__ import annotations

import os

from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError

WORTH_A_WORKER = 4  # scenarios: fewer do not repay the start of another mock and another browser
EXPLORING = 1.5  # workers for each core: two fifths of a cell's time are waiting for a disturbed screen to come to rest


def workers(asked: str, scenarios: int, *, shared_accounts: bool, of_a_core: float = 1.0) -> int:
    """The number behind --jobs: `auto`, or a number of 1 or more. Raises ConfigurationProblemError otherwise.

    A target file's accounts are used up one by one, which only one worker can keep count of. `of_a_core` is how many
    keep a core busy.
    """
    if asked == "auto":
        return 1 if shared_accounts else automatic(cores(), scenarios, of_a_core)
    if not asked.isdecimal() or int(asked) < 1:
        raise ConfigurationProblemError(
            say(
                f"--jobs {asked}: auto か 1 以上の整数を指定してください。",
                f"--jobs {asked}: must be auto or a whole number from 1.",
            )
        )
    if shared_accounts and int(asked) > 1:
        raise ConfigurationProblemError(
            say(
                f"--jobs {asked}: --target のアカウントは順に使うため、1 だけを指定できます。",
                f"--jobs {asked}: must be 1 with --target, whose accounts are used one after another.",
            )
        )
    return int(asked)


def automatic(cores: int, scenarios: int, of_a_core: float = 1.0) -> int:
    """The fastest number of workers: as many as keep the cores busy, as long as each gets enough to do."""
    return max(1, min(round(cores * of_a_core), scenarios // WORTH_A_WORKER))


def cores() -> int:
    """The cores this process may use, which a container may have limited."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

"""`sekisho explore`: what can be tried in the procedures beside carrying them out, in a run of their own."""

from __future__ import annotations

from dataclasses import replace

from sekisho.cli import defects, exploration, folders, going_on
from sekisho.cli import run as running
from sekisho.cli.exit import Exit
from sekisho.cli.options import Exploring
from sekisho.cli.resume import as_begun
from sekisho.machine import tempfolders
from sekisho.run.history import prepared


def explore(options: Exploring) -> Exit:
    """Explore and write the reports. Raises what `sekisho.cli.main` turns into an exit code."""
    tempfolders.sweep()
    asked = options
    manuals = dict.fromkeys(one.manual for one in exploration.check(options))
    options = replace(options, manuals=running.with_target(options).manuals if options.target else list(manuals))
    exploration.check_walk(options)
    defects.found(options.defects)
    begun = going_on.begun(options, options.resume) if options.resume else None
    browser = running.check_environment(options)
    if options.target and not options.skip_check:
        running.check_target(options.target, options, ())
    history = prepared(options.history) if options.history else None
    folder = begun or folders.new(options.out)
    kept = folders.taken_up if options.resume else folders.claimed  # what was killed could not let go of its folder
    with kept(folder), tempfolders.lent("files") as files:
        if options.resume:
            going_on.take_up(folder)
        with as_begun(folder):
            ended = exploration.carry_out(options, folder, files)
        open_ended = ended.open_ended
        code = running.conclude(folder, ended, options, history=history, browser=browser)
        if open_ended:
            going_on.tell(asked, folder)
        return code

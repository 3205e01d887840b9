#!/usr/bin/env bash
# Sets up what a run needs; with the argument `tests`, what `make test` needs besides; with `python`, only what lies inside
# this folder (uv and the Python packages), the system being left alone.
# Safe to run again: what is there is left alone, and what was interrupted goes on. What cannot be had is one line with the
# command that gets it: exit code 3 if nothing can work without it, else the set-up goes on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PATH:/usr/sbin:/sbin  # not on a plain user's PATH in Debian

for part in progress packages python browser; do
    # shellcheck source=/dev/null
    . "scripts/setup/$part.sh"
done

own_folder
if [ "$(uname -s)" != Linux ] || [ "${1:-}" = python ]; then
    ensure_uv
    ensure_python_packages
    exit
fi
look_for_packages "${1:-}"
install_packages
ensure_uv
ensure_python_packages
ensure_browser

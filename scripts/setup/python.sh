# shellcheck shell=bash
# uv, and by it the Python packages; both inside this folder.

UV=.tools/bin/uv

have_uv() { "$UV" --version >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in python3 python3.11 python3.12 python3.13 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

# To get uv, any Python will do that can make a virtual environment or has pip (uv then finds or fetches the Python of the
# packages): a bare Debian's has neither.
can_install_uv() {
    local python
    python=$(find_python) && "$python" -c '
try:
    import ensurepip
except ImportError:
    import pip
'
}

look_for_python() {
    have_uv || have uv || need python3-venv can_install_uv
}

install_uv_with() {
    local python=$1
    rm -rf .tools/uv
    if "$python" -m venv .tools/uv; then
        .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check uv || return 1
    else
        rm -rf .tools/uv
        "$python" -m pip install --quiet --disable-pip-version-check --target .tools/uv uv || return 1
    fi
    ln -sfn ../uv/bin/uv "$UV"
}

ensure_uv() {
    local python
    ! have_uv || return 0
    if have uv && uv --version >/dev/null 2>&1; then
        ln -sfn "$(command -v uv)" "$UV"
        return 0
    fi
    python=$(find_python) || stop "no Python to install uv with; run: make setup, or see https://docs.astral.sh/uv/"
    step "installing uv into .tools/" install_uv_with "$python" && return 0
    can_install_uv 2>/dev/null || stop "uv could not be installed: this Python has neither venv nor pip; run: make setup"
    stop "uv could not be installed: $(reason); put that right and run the same command again"
}

# The programs of an environment name its place: in a checkout that was moved or copied they lead to the old one.
was_elsewhere() {
    local first second
    { IFS= read -r first && IFS= read -r second; } 2>/dev/null <.venv/bin/playwright || return 1
    case $first$second in *"$PWD/.venv/"* | *"$(pwd -P)/.venv/"*) return 1 ;; *'/.venv/'*) return 0 ;; *) return 1 ;; esac
}

# A distribution builds its Python with optimisations, which a Python from pyenv usually lacks: it then needs a tenth longer.
# A person's own choice stays.
usual_python() {
    if [ -n "${UV_PYTHON:-}" ]; then
        printf '%s' "$UV_PYTHON"
    elif [ ! -e .python-version ] && /usr/bin/python3 -c '
import ctypes, sqlite3, ssl, sys, zoneinfo  # a minimal installation lacks some
sys.exit(sys.version_info < (3, 11))
' 2>/dev/null; then
        printf /usr/bin/python3
    fi
}

# A folder that was only half made is no environment to uv, and it refuses to touch it.
ensure_python_packages() {
    if [ -e .venv ] && { ! .venv/bin/python -c '' >/dev/null 2>&1 || was_elsewhere; }; then
        say "making .venv anew: it was made in another place, or its Python does not run"
        rm -rf .venv
    fi
    ! "$UV" sync --locked --check --quiet </dev/null >/dev/null 2>&1 || return 0
    step "installing the Python packages of uv.lock into .venv/" \
        env UV_PYTHON="$(usual_python)" "$UV" sync --locked --quiet ||
        stop "they could not be installed: $(reason); put that right and run the same command again"
}

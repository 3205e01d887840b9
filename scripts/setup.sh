#!/usr/bin/env bash
# Sets up everything `make run` needs; with the argument `tests`, what `make test` needs besides. Safe to run again: what is there is left alone.
# What cannot be had is said in one line with the command that would fix it, and the set-up goes on;
# only without uv or the Python packages nothing can work, and the script stops.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

UV=.tools/bin/uv
MISSING=()  # Debian packages to install, all in one go

say() { printf 'setup: %s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# The prefix that gives root rights, or failure where there is none. Without a terminal sudo may not ask.
root_prefix() {
    if [ "$(id -u)" -eq 0 ]; then
        return 0
    elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        printf 'sudo'
    else
        return 1
    fi
}

apt_get() {
    local prefix
    have apt-get && prefix=$(root_prefix) || return 1
    $prefix env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=1 "$@" </dev/null >/dev/null 2>.tools/apt.log
}

# An image of a bare machine has no package lists: the first failure fetches them, once.
apt_install() {
    apt_get install -y --no-install-recommends "$@" || { apt_get update && apt_get install -y --no-install-recommends "$@"; }
}

how_to_install() {
    if have dnf; then
        printf 'sudo dnf install'
        printf ' %s' $(fedora_names "$@")
    elif have apt-get; then
        printf 'sudo apt-get install %s' "$*"
    else
        printf 'install, with this system'\''s package manager, what Debian calls: %s' "$*"
    fi
}

fedora_names() {
    local name
    for name in "$@"; do
        case $name in
            libnss3-tools) echo nss-tools ;;
            dbus) echo dbus-daemon ;;
            libatomic1) echo libatomic ;;
            fonts-noto-cjk) echo google-noto-sans-cjk-fonts ;;
            dovecot-imapd) echo dovecot ;;
            xvfb) echo xorg-x11-server-Xvfb ;;
            chromium-l10n) ;; # part of Fedora's chromium
            python3-venv | python3-pip) echo python3-pip ;;
            *) echo "$name" ;;
        esac
    done
}

find_python() {
    local candidate
    for candidate in python3.11 python3 python3.12 python3.13 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

# A virtual environment needs python3-venv, pip --target needs python3-pip: a bare Debian has neither.
install_uv_with() {
    local python=$1
    if "$python" -m venv .tools/uv >/dev/null 2>&1; then
        .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check uv >&2 || return 1
    else
        rm -rf .tools/uv
        "$python" -m pip install --quiet --disable-pip-version-check --target .tools/uv uv >&2 2>/dev/null || return 1
    fi
    ln -sfn ../uv/bin/uv "$UV"
}

ensure_uv() {
    mkdir -p .tools/bin
    if "$UV" --version >/dev/null 2>&1; then
        return 0
    fi
    if have uv && uv --version >/dev/null 2>&1; then
        ln -sfn "$(command -v uv)" "$UV"
        return 0
    fi
    local python
    python=$(find_python) || { say "no Python 3.11 or newer; run: $(how_to_install python3)"; exit 3; }
    say "installing uv into .tools/"
    install_uv_with "$python" && return 0
    apt_install python3-venv python3-pip && install_uv_with "$python" && return 0
    say "uv could not be installed; run: $(how_to_install python3-venv), then make setup again"
    exit 3
}

ensure_python_packages() {
    "$UV" sync --locked --quiet || {
        say "the Python packages of uv.lock could not be installed; run: $UV sync --locked"
        exit 3
    }
}

playwright_chromium() {
    compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium-*/chrome-linux*/chrome" >/dev/null
}

have_browser() {
    local name
    for name in microsoft-edge{,-stable} google-chrome{,-stable} chromium{,-browser}; do
        have "$name" && return 0
    done
    playwright_chromium
}

# Bounded, because behind a firewall it can only fail: 5 seconds to connect, 5 minutes in all.
download_chromium() {
    say "no Edge, Chrome or Chromium: trying Playwright's own download"
    mkdir -p .tools
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=5000 timeout 300 \
        .venv/bin/playwright install --no-shell chromium </dev/null >.tools/playwright.log 2>&1 || return 1
    local prefix
    have apt-get && prefix=$(root_prefix) &&
        $prefix .venv/bin/playwright install-deps chromium </dev/null >>.tools/playwright.log 2>&1
    return 0
}

want() {  # want PACKAGE COMMAND...: the package is missing when the command fails
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || MISSING+=("$package")
}

have_at_spi() { [ -x /usr/libexec/at-spi-bus-launcher ] || [ -x /usr/lib/at-spi2-core/at-spi-bus-launcher ]; }

have_japanese_fonts() { have fc-list && [ -n "$(fc-list :lang=ja family)" ]; }

# Only Debian's chromium keeps its languages in a package of their own.
have_japanese_interface() {
    ! dpkg -s chromium >/dev/null 2>&1 || [ -e /usr/lib/chromium/locales/ja.pak ]
}

# Playwright's own program is linked with a library that a Debian without a compiler does not have.
have_libatomic() {
    local node
    for node in .venv/lib/python*/site-packages/playwright/driver/node; do
        [ -x "$node" ] || continue
        case $("$node" --version 2>&1) in *libatomic*) return 1 ;; esac
    done
}

ensure_system_packages() {
    have_browser || download_chromium || MISSING+=(chromium chromium-l10n)
    want chromium-l10n have_japanese_interface
    want libatomic1 have_libatomic
    want libnss3-tools have pk12util
    want dbus have dbus-daemon
    want at-spi2-core have_at_spi
    want fonts-noto-cjk have_japanese_fonts
    want xvfb have Xvfb
    want xdotool have xdotool
    [ ${#MISSING[@]} -gt 0 ] || return 0
    say "installing ${MISSING[*]}"
    apt_install "${MISSING[@]}" || install_one_by_one
}

# One package that cannot be had must not keep the others away.
install_one_by_one() {
    local package
    for package in "${MISSING[@]}"; do
        apt_get install -y --no-install-recommends "$package" || say "missing; run: $(how_to_install "$package")"
    done
}

# A real IMAP server, which the tests start for themselves: the system's own stays off.
ensure_test_packages() {
    local PATH=$PATH:/usr/sbin prefix
    have dovecot && return 0
    say "installing dovecot-imapd, for the tests"
    if ! apt_install dovecot-imapd; then
        say "missing; run: $(how_to_install dovecot-imapd)"
    elif have systemctl && prefix=$(root_prefix); then
        $prefix systemctl disable --quiet --now dovecot.socket dovecot.service >/dev/null 2>&1 || true
    fi
}

ensure_uv
ensure_python_packages
if [ "$(uname -s)" = Linux ]; then
    ensure_system_packages
    [ "${1:-}" != tests ] || ensure_test_packages
fi

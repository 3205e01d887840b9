# shellcheck shell=bash
# The browser: an Edge, Chrome or Chromium that is here, else the distribution's, else Playwright's own build.

# A snap may use neither a HOME nor a D-Bus of a scenario's own: to this project it is no browser. Ubuntu's packages
# chromium and chromium-browser only lead to one.
is_snap() {
    local path
    path=$(readlink -f "$1") || return 1
    case $path in /snap/* | */bin/snap) return 0 ;; esac
    [ "$(head -c 2 "$path" 2>/dev/null)" = '#!' ] && case $(head -c 4096 "$path") in */snap/bin/*) ;; *) return 1 ;; esac
}

# One that was only half unpacked does not tell its version.
is_browser() { have "$1" && ! is_snap "$(command -v "$1")" && "$1" --version >/dev/null 2>&1; }

playwright_chromium() {
    local path
    for path in "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome; do
        [ -x "$path" ] && [ -e "${path%/*/*}/INSTALLATION_COMPLETE" ] && printf '%s' "$path" && return 0
    done
    return 1
}

have_browser() {
    local name
    for name in microsoft-edge{,-stable} google-chrome{,-stable} chromium{,-browser}; do
        ! is_browser "$name" || return 0
    done
    playwright_chromium >/dev/null
}

# Debian keeps Chromium's languages and its sandbox in packages of their own.
splits_chromium() { dpkg -s chromium && [ -n "$(candidate chromium-sandbox)" ]; }

have_japanese_interface() { ! splits_chromium || dpkg -s chromium-l10n; }

have_sandbox() { ! splits_chromium || dpkg -s chromium-sandbox; }

# Without it Chromium takes namespaces of its own, where a plain user may make them; root has no sandbox at all.
look_for_sandbox() {
    if [ "$(id -u)" -eq 0 ] || unshare --user true 2>/dev/null; then
        want chromium-sandbox have_sandbox
    else
        need chromium-sandbox have_sandbox
    fi
}

look_for_browser() {
    if have_browser; then
        want chromium-l10n have_japanese_interface
        look_for_sandbox
    else
        NEEDED+=(chromium chromium-sandbox chromium-l10n)
    fi
}

# Now that the lists are fresh: what of it the distribution has. Ubuntu has none of it.
choose_browser_packages() {
    local package kept=()
    for package in "${NEEDED[@]}"; do
        case $package in
            chromium*) [ -z "$(candidate chromium)" ] || [ -z "$(candidate "$package")" ] || kept+=("$package") ;;
            *) kept+=("$package") ;;
        esac
    done
    NEEDED=("${kept[@]}")
    case " ${kept[*]} " in *' chromium '*) ;; *) return 0 ;; esac
    ! dpkg -s chromium >/dev/null 2>&1 || { REPAIR=--reinstall && NEEDED+=(chromium-common); }
}

# A download that stands still for five seconds is given up; one that was cut off is begun again by Playwright.
download_chromium() { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=5000 .venv/bin/playwright install --no-shell chromium; }

install_libraries() { $(root_prefix) "$PWD/.venv/bin/playwright" install-deps chromium; }

ensure_browser() {
    have_browser || download_browser
    warn_of_apparmor
}

download_browser() {
    local deps="$PWD/.venv/bin/playwright install-deps chromium"
    if have apt-get && root_prefix >/dev/null; then
        step "installing the libraries of Playwright's Chromium" install_libraries || say "that failed: $(reason); run: $deps"
    fi
    step "downloading Playwright's Chromium (170 MB)" download_chromium ||
        stop "no browser: $(reason); run: $(how_to_get_a_browser)"
    "$(playwright_chromium)" --version >.tools/setup.log 2>&1 || stop "Playwright's Chromium does not start: $(reason); run: $deps"
}

how_to_get_a_browser() {
    if have apt-get && [ -z "$(candidate chromium)" ]; then
        printf '%s install --with-deps chromium (or install Google Chrome)' "$PWD/.venv/bin/playwright"
    else
        how_to_install chromium chromium-sandbox chromium-l10n
    fi
}

# Ubuntu from 23.10 on keeps a plain user's programs from making namespaces, unless a profile names them: Google's and
# Microsoft's packages have one, Playwright's build has none.
warn_of_apparmor() {
    local name
    [ "$(id -u)" -ne 0 ] || return 0
    [ "$(sysctl -n kernel.apparmor_restrict_unprivileged_userns 2>/dev/null)" = 1 ] || return 0
    for name in microsoft-edge{,-stable} google-chrome{,-stable} chromium{,-browser}; do
        ! is_browser "$name" || return 0
    done
    say "this system's AppArmor forbids the sandbox of Playwright's Chromium (docs/setup.md); run: $PWD/.venv/bin/playwright install chrome"
}

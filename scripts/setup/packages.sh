# shellcheck shell=bash
# The system's packages: which are missing, how they are installed, what is said where that is impossible.

NEEDED=()    # without these no run is possible
OPTIONAL=()  # a run does without these, and says what it leaves out
BROWSERS=(microsoft-edge-stable google-chrome-stable chromium chromium-sandbox chromium-l10n)
POLICY=      # what apt says of the browsers and of what is missing
REFRESHED=   # whether this set-up has asked the distribution for its lists
REPAIR=      # --reinstall, where dpkg takes for installed what does not start

need() {  # need PACKAGE COMMAND...: the package is missing when the command fails
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || NEEDED+=("$package")
}

want() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || OPTIONAL+=("$package")
}

look_for_packages() {  # look_for_packages [tests]
    ask_apt
    look_for_python
    need libatomic1 have_libatomic
    look_for_browser
    want libnss3-tools have pk12util
    want dbus have dbus-daemon
    want at-spi2-core have_at_spi
    want fonts-noto-cjk have_japanese_fonts
    want xvfb have Xvfb
    want xdotool have xdotool
    [ "${1:-}" = tests ] || return 0
    want curl have curl
    want openssl have openssl
    want iproute2 have ip
    want dovecot-imapd have dovecot
    want poppler-utils have pdfsig
    want softhsm2 have softhsm2-util
    want opensc have pkcs11-tool
}

have_at_spi() { [ -x /usr/libexec/at-spi-bus-launcher ] || [ -x /usr/lib/at-spi2-core/at-spi-bus-launcher ]; }

have_japanese_fonts() { have fc-list && [ -n "$(fc-list :lang=ja family)" ]; }

# Playwright's own program is linked with a library that a Debian without a compiler does not have.
have_libatomic() {
    local node
    for node in .venv/lib/python*/site-packages/playwright/driver/node; do
        [ -x "$node" ] || continue
        case $("$node" --version 2>&1) in *libatomic*) return 1 ;; *) return 0 ;; esac
    done
    ! have ldconfig || case $(ldconfig -p) in *libatomic.so.1*) ;; *) return 1 ;; esac
}

# The prefix that gives root rights, or failure where there is none. Without a terminal sudo may not ask.
root_prefix() {
    if [ "$(id -u)" -eq 0 ]; then
        return 0
    elif have sudo && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
        printf 'sudo'
    else
        return 1
    fi
}

# Another installation that is going on (unattended-upgrades) is waited for, a server that says nothing is not.
APT_PATIENCE=(-o DPkg::Lock::Timeout=300 -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)
apt_get() {
    $(root_prefix) env DEBIAN_FRONTEND=noninteractive apt-get -qq "${APT_PATIENCE[@]}" "$@"
}

# A list that is older than a day offers versions with known holes, or ones that are not there any more.
lists_are_old() {
    local lists=/var/lib/apt/lists/ state=/var/lib/apt/
    ! have apt-config || eval "$(apt-config shell lists Dir::State::Lists/d state Dir::State/d)"
    [ ! -e .tools/lists-unfinished ] && compgen -G "$lists*_Packages*" >/dev/null || return 0
    [ -z "$(find "$lists" "$state"/periodic/update{,-success}-stamp .tools/lists-refreshed -maxdepth 0 -mmin -1440 2>/dev/null)" ]
}

refresh_lists() {
    REFRESHED=yes
    : >.tools/lists-unfinished  # part of the lists may be new already when this fails or is interrupted
    if step "refreshing the package lists" apt_get update -o APT::Update::Error-Mode=any; then
        mv .tools/lists-unfinished .tools/lists-refreshed
    else
        say "could not refresh all package lists, going on with what is there: $(reason)"
    fi
    ask_apt
}

# All questions to apt at once: where it keeps no cache, each takes half a second.
ask_apt() {
    ! have apt-cache || POLICY=$(LC_ALL=C apt-cache policy "${BROWSERS[@]}" "${NEEDED[@]}" "${OPTIONAL[@]}" 2>/dev/null) || true
}

# The version that apt would install; nothing where it has none, or only Ubuntu's door to a snap.
candidate() {
    local line here=
    while IFS= read -r line; do
        case $line in
            "$1:") here=yes ;;
            [![:space:]]*) here= ;;
            *Candidate:\ *snap* | *Candidate:\ '(none)'*) ;;
            *Candidate:\ *) [ -z "$here" ] || { printf '%s' "${line##* }" && return; } ;;
        esac
    done <<<"$POLICY"
}

install_packages() {
    [ ${#NEEDED[@]} -gt 0 ] || [ ${#OPTIONAL[@]} -gt 0 ] || { say_upgrades; return 0; }
    if ! have apt-get || ! root_prefix >/dev/null; then
        say_missing
        return 0
    fi
    if lists_are_old; then refresh_lists; else ask_apt; fi
    choose_browser_packages
    local packages=("${NEEDED[@]}" "${OPTIONAL[@]}")
    [ ${#packages[@]} -eq 0 ] || step "installing ${packages[*]}" install_now "${packages[@]}" || try_again
    keep_dovecot_off
    say_upgrades
}

install_now() { apt_get install -y --no-install-recommends $REPAIR "$@"; }

# What a first try leaves: an installation that was cut off, lists whose packages are gone, one package that is nowhere
# and keeps the others away.
try_again() {
    local package still=() nowhere=()
    say "that failed: $(reason)"
    case $(<.tools/setup.log) in *'dpkg --configure -a'*) $(root_prefix) dpkg --configure -a >/dev/null 2>&1 </dev/null || true ;; esac
    [ -n "$REFRESHED" ] || refresh_lists
    if [ ${#NEEDED[@]} -gt 0 ] && ! step "installing ${NEEDED[*]}" install_now "${NEEDED[@]}"; then
        say_missing
        return 0
    fi
    NEEDED=()
    for package in "${OPTIONAL[@]}"; do
        if [ -n "$(candidate "$package")" ]; then still+=("$package"); else nowhere+=("$package"); fi
    done
    [ ${#nowhere[@]} -eq 0 ] || say "going on without ${nowhere[*]}: this distribution has no such package"
    if [ ${#still[@]} -eq 0 ] || ! step "installing ${still[*]}" install_now "${still[@]}"; then
        say_missing
    fi
}

# One line for everything.
say_missing() {
    local all=("${NEEDED[@]}" "${OPTIONAL[@]}")
    [ ${#all[@]} -gt 0 ] || return 0
    ! needs_more_than_a_browser || stop "missing: ${all[*]}; run: $(how_to_install "${all[@]}")"
    say "going on without ${all[*]}; to have all, run: $(how_to_install "${all[@]}")"
}

# A browser alone is no reason to stop: Playwright's own may still be had, without root too.
needs_more_than_a_browser() {
    local package
    for package in "${NEEDED[@]}"; do
        case $package in chromium*) ! have_browser || return 0 ;; *) return 0 ;; esac
    done
    return 1
}

# On a bare machine root has none.
sudo_where_there_is_one() { [ "$(id -u)" -eq 0 ] && ! have sudo || printf 'sudo '; }

how_to_install() {
    local names
    if have dnf && ! have apt-get; then
        names=$(fedora_names "$@")
        printf '%sdnf install %s' "$(sudo_where_there_is_one)" "${names//$'\n'/ }"
    elif have apt-get; then
        printf '%ssh -c "apt-get update; apt-get install -y --no-install-recommends %s"' "$(sudo_where_there_is_one)" "$*"
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
            iproute2) echo iproute ;;
            softhsm2) echo softhsm ;;
            xvfb) echo xorg-x11-server-Xvfb ;;
            chromium-l10n | chromium-sandbox) ;; # part of Fedora's chromium
            python3-venv) echo python3-pip ;;
            *) echo "$name" ;;
        esac
    done
}

# The tests start a mail server of their own: the system's stays off.
keep_dovecot_off() {
    case " ${OPTIONAL[*]} " in *' dovecot-imapd '*) ;; *) return 0 ;; esac
    ! have systemctl ||
        $(root_prefix) systemctl disable --quiet --now dovecot.socket dovecot.service >/dev/null 2>&1 || true
}

say_upgrades() {
    local package version wanted
    have apt-cache || return 0
    for package in microsoft-edge-stable google-chrome-stable chromium; do
        version=$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null) && [ -n "$version" ] || continue
        wanted=$(candidate "$package")
        if dpkg --compare-versions "${wanted:-0}" gt "$version"; then
            say "$package $version is outdated; for $wanted run: $(sudo_where_there_is_one)apt-get install --only-upgrade $package"
        fi
    done
}

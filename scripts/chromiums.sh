#!/usr/bin/env bash
# Unpacks every version of Chromium that this Debian's sources offer beside the installed one, and prints the program of
# each, the installed one's too, one a line. Which versions there are is looked up when it runs (apt-cache madison): the release's, and the
# security suite's. They lie in .tools/browsers/; one that is there is not fetched again.
#
#   scripts/chromiums.sh                                      # paths on standard output, what it does on standard error
#   scripts/chromiums.sh | xargs -n 1 bin/sekisho run --browser
#
# Nothing is installed: the libraries are those of the installed chromium, which is left as it is.
# Exit code 3, and one line that says why, where none can be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CACHE=$PWD/.tools/browsers
PROGRAM=usr/lib/chromium/chromium
INSTALLED=$(dpkg-query --show --showformat='${Version}' chromium 2>/dev/null || true)

say() { printf 'chromiums: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 3
}

# Lists older than a day name versions that are gone.
refresh_lists() {
    [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 2>/dev/null | head -1)" ] && return 0
    [ "$(id -u)" -eq 0 ] || return 0
    apt_get update || say "the package lists could not be refreshed"
}

offered() { apt-cache madison chromium | awk -F' *[|] *' '$3 ~ /Packages$/ { print $2 }' | sort -uV; }

# A chromium whose program is not where Debian has it is Ubuntu's stub, which only fetches a snap.
unpack() {
    local version=$1 folder=$2 work
    work=$(mktemp -d "$CACHE/part.XXXXXX")
    if (fetch_into "$work" "$version"); then
        mv "$work/tree" "$folder"
    fi
    rm -rf "$work"
    [ -x "$folder/$PROGRAM" ]
}

fetch_into() {
    local package
    cd "$1" || return 1
    apt_get download "chromium=$2" "chromium-common=$2" || return 1
    apt_get download "chromium-l10n=$2" || say "no chromium-l10n of that version: its interface is English"
    for package in ./*.deb; do
        dpkg -x "$package" tree || return 1
    done
    [ -x "$1/tree/$PROGRAM" ]
}

apt_get() { apt-get -qq -o APT::Sandbox::User=root -o Acquire::Retries=1 "$@" >&2; }

main() {
    local version folder found=0
    command -v apt-cache >/dev/null && command -v dpkg >/dev/null || die "only Debian's packages are known here, and there is no apt"
    mkdir -p "$CACHE"
    exec 7>"$CACHE/lock" && flock 7
    rm -rf "$CACHE"/part.*
    refresh_lists
    for version in $(offered); do
        folder=$CACHE/chromium-${version//[!0-9A-Za-z.+~-]/_}
        if [ "$version" = "$INSTALLED" ] && [ -x "/$PROGRAM" ]; then
            folder=
        elif [ ! -x "$folder/$PROGRAM" ]; then
            say "unpacking Chromium $version"
            unpack "$version" "$folder" || {
                say "Chromium $version cannot be had from this system's sources"
                continue
            }
        fi
        if "$folder/$PROGRAM" --version >/dev/null 2>&1 </dev/null; then
            printf '%s\n' "$folder/$PROGRAM"
            found=$((found + 1))
        else
            say "Chromium $version does not start: $("$folder/$PROGRAM" --version 2>&1 </dev/null | tail -1)"
        fi
    done
    [ "$found" -gt 0 ] || die "no version of Chromium could be had; apt-cache madison chromium lists what the sources offer"
}

main

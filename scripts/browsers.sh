#!/usr/bin/env bash
# Unpacks further browsers, and prints the program of each, one a line. They lie in .tools/browsers/; one that is there
# is not fetched again. Nothing is installed: the libraries are those of the installed chromium, which is left as it is.
#
#   scripts/browsers.sh chromiums         # every version that this Debian's sources offer, the installed one too
#   scripts/browsers.sh headless-shell    # the newest headless shell of the npm package @sparticuz/chromium
#   scripts/browsers.sh chromiums | xargs -n 1 bin/sekisho run --browser
#
# Which versions of Chromium there are is looked up when it runs (apt-cache madison): the release's, and the security
# suite's. The headless shell has no dialogs and sends no client certificate: the browser on which context mode and the
# canary's refusals are tried; where npm cannot be reached, the newest one that is here.
# Paths on standard output, what it does on standard error. Exit code 3, and one line that says why, where none can be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CACHE=$PWD/.tools/browsers
CHROMIUM=usr/lib/chromium/chromium
PACKAGE=@sparticuz/chromium
# The package keeps its parts compressed by brotli, which every Node.js reads.
INFLATE='const fs = require("fs"); const zlib = require("zlib");
fs.createReadStream(process.argv[1]).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(process.argv[2]))'

say() { printf 'browsers: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 3
}

has() {
    local program
    for program; do
        command -v "$program" >/dev/null || return 1
    done
}

# Nobody else fetches meanwhile, and nothing half fetched is left.
prepare_cache() {
    mkdir -p "$CACHE"
    exec 7>"$CACHE/lock" && flock 7
    rm -rf "$CACHE"/part.*
}

# keep FETCH VERSION FOLDER PROGRAM: FETCH makes a `tree` in an empty folder; it is kept as FOLDER, whole or not at all.
keep() {
    local fetch=$1 version=$2 folder=$3 program=$4 work
    [ -x "$folder/$program" ] && return 0
    say "unpacking $(basename "$folder")"
    work=$(mktemp -d "$CACHE/part.XXXXXX")
    if (cd "$work" && "$fetch" "$version"); then
        mv "$work/tree" "$folder"
    fi
    rm -rf "$work"
    [ -x "$folder/$program" ]
}

starts() { "$1" --version >/dev/null 2>&1 </dev/null; }

complaint() { "$1" --version 2>&1 </dev/null | tail -1; }

# Lists older than a day name versions that are gone.
refresh_lists() {
    [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 2>/dev/null | head -1)" ] && return 0
    [ "$(id -u)" -eq 0 ] || return 0
    apt_get update || say "the package lists could not be refreshed"
}

offered() { apt-cache madison chromium | awk -F' *[|] *' '$3 ~ /Packages$/ { print $2 }' | sort -uV; }

apt_get() { apt-get -qq -o APT::Sandbox::User=root -o Acquire::Retries=1 "$@" >&2; }

# A chromium whose program is not where Debian has it is Ubuntu's stub, which only fetches a snap.
fetch_chromium() {
    local package
    apt_get download "chromium=$1" "chromium-common=$1" || return 1
    apt_get download "chromium-l10n=$1" || say "no chromium-l10n of that version: its interface is English"
    for package in ./*.deb; do
        dpkg -x "$package" tree || return 1
    done
    [ -x "tree/$CHROMIUM" ]
}

# Beside the program its software renderer, as the package's own unpacking leaves it.
fetch_headless_shell() {
    npm pack --silent "$PACKAGE@$1" >/dev/null || return 1
    tar -xzf ./*.tgz && mkdir tree || return 1
    node -e "$INFLATE" "$(part chromium.br)" tree/chromium || return 1
    node -e "$INFLATE" "$(part swiftshader.tar.br)" swiftshader.tar && tar -C tree -xf swiftshader.tar || return 1
    chmod 755 tree/chromium
}

# Where in the package a part lies: newer versions have a folder for each processor.
part() { find package/bin -name "$1" | sort -r | head -1; }

chromiums() {
    local version folder installed found=0
    has apt-cache dpkg || die "only Debian's packages are known here, and there is no apt"
    installed=$(dpkg-query --show --showformat='${Version}' chromium 2>/dev/null || true)
    prepare_cache
    refresh_lists
    for version in $(offered); do
        folder=$CACHE/chromium-${version//[!0-9A-Za-z.+~-]/_}
        if [ "$version" = "$installed" ] && [ -x "/$CHROMIUM" ]; then
            folder=
        elif ! keep fetch_chromium "$version" "$folder" "$CHROMIUM"; then
            say "Chromium $version cannot be had from this system's sources"
            continue
        fi
        if starts "$folder/$CHROMIUM"; then
            printf '%s\n' "$folder/$CHROMIUM"
            found=$((found + 1))
        else
            say "Chromium $version does not start: $(complaint "$folder/$CHROMIUM")"
        fi
    done
    [ "$found" -gt 0 ] || die "no version of Chromium could be had; apt-cache madison chromium lists what the sources offer"
}

headless_shell() {
    local version program
    has npm node || die "no npm; run: apt-get install npm"
    prepare_cache
    if version=$(npm view "$PACKAGE" version 2>/dev/null) && [ -n "$version" ]; then
        program=$CACHE/headless-shell-$version/chromium
        keep fetch_headless_shell "$version" "${program%/chromium}" chromium || die "$PACKAGE $version could not be fetched or unpacked"
    else
        program=$(find "$CACHE" -maxdepth 2 -path '*/headless-shell-*/chromium' 2>/dev/null | sort -V | tail -1)
        [ -n "$program" ] || die "npm cannot reach its registry, and none is in .tools/browsers/"
    fi
    starts "$program" || die "it does not start: $(complaint "$program")"
    printf '%s\n' "$program"
}

case ${1-} in
    chromiums) chromiums ;;
    headless-shell) headless_shell ;;
    *)
        say "which? chromiums or headless-shell"
        exit 2
        ;;
esac

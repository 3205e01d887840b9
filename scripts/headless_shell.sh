#!/usr/bin/env bash
# Unpacks the headless shell that the npm package @sparticuz/chromium carries, and prints its program. It has no dialogs
# and sends no client certificate: the browser on which context mode and the canary's refusals are tried.
#
#   scripts/headless_shell.sh       # the newest version, or the newest that is in .tools/browsers/ if npm cannot be reached
#
# Exit code 3, and one line that says why, where it cannot be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CACHE=$PWD/.tools/browsers
PACKAGE=@sparticuz/chromium
# The package keeps its parts compressed by brotli, which every Node.js reads.
INFLATE='const fs = require("fs"); const zlib = require("zlib");
fs.createReadStream(process.argv[1]).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(process.argv[2]))'

die() {
    printf 'headless_shell: %s\n' "$*" >&2
    exit 3
}

newest_here() { find "$CACHE" -maxdepth 2 -path '*/headless-shell-*/chromium' 2>/dev/null | sort -V | tail -1; }

unpack() {
    local version=$1 folder=$2 work
    work=$(mktemp -d "$CACHE/part.XXXXXX")
    if (fetch_into "$work" "$version"); then
        mv "$work/tree" "$folder"
    fi
    rm -rf "$work"
    [ -x "$folder/chromium" ]
}

# Beside the program its software renderer, as the package's own unpacking leaves it.
fetch_into() {
    cd "$1" || return 1
    npm pack --silent "$PACKAGE@$2" >/dev/null || return 1
    tar -xzf ./*.tgz && mkdir tree || return 1
    node -e "$INFLATE" "$(part chromium.br)" tree/chromium || return 1
    node -e "$INFLATE" "$(part swiftshader.tar.br)" swiftshader.tar && tar -C tree -xf swiftshader.tar || return 1
    chmod 755 tree/chromium
}

# Where in the package a part lies: newer versions have a folder for each processor.
part() { find package/bin -name "$1" | sort -r | head -1; }

main() {
    local version folder program
    command -v npm >/dev/null && command -v node >/dev/null || die "no npm; run: apt-get install npm"
    mkdir -p "$CACHE"
    exec 7>"$CACHE/lock" && flock 7
    rm -rf "$CACHE"/part.*
    if version=$(npm view "$PACKAGE" version 2>/dev/null) && [ -n "$version" ]; then
        folder=$CACHE/headless-shell-$version
        [ -x "$folder/chromium" ] || unpack "$version" "$folder" || die "$PACKAGE $version could not be fetched or unpacked"
        program=$folder/chromium
    else
        program=$(newest_here)
        [ -n "$program" ] || die "npm cannot reach its registry, and none is in .tools/browsers/"
    fi
    "$program" --version >/dev/null 2>&1 </dev/null || die "it does not start: $("$program" --version 2>&1 </dev/null | tail -1)"
    printf '%s\n' "$program"
}

main

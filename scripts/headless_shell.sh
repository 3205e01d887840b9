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
    (
        cd "$work"
        npm pack --silent "$PACKAGE@$version" >/dev/null
        tar -xzf ./*.tgz
        mkdir tree
        node -e "$INFLATE" package/bin/*/chromium.br tree/chromium 2>/dev/null || node -e "$INFLATE" package/bin/chromium.br tree/chromium
        chmod 755 tree/chromium
        # its software renderer, beside it as the package's own unpacking leaves it
        node -e "$INFLATE" "$(find package/bin -name 'swiftshader.tar.br' | head -1)" swiftshader.tar && tar -C tree -xf swiftshader.tar
    ) || {
        rm -rf "$work"
        return 1
    }
    mv "$work/tree" "$folder"
    rm -rf "$work"
}

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

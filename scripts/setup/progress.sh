# shellcheck shell=bash
# What is said while setting up: each step when it begins, then for how long it has been going on.

TICK=$([ -t 2 ] && echo 10 || echo 30)  # seconds between two signs of life
TICKER=

say() { printf 'setup: %s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 3
}

have() { command -v "$1" >/dev/null 2>&1; }

tick() {  # until it is ended; its own sleep must not outlive it
    local seconds=0
    trap 'kill $! 2>/dev/null; exit 0' TERM
    while :; do
        sleep "$TICK" >/dev/null 2>&1 &
        wait $!
        seconds=$((seconds + TICK))
        say "… still at it, $seconds s"
    done
}

no_more_ticks() {
    [ -z "$TICKER" ] || { kill "$TICKER" && wait "$TICKER"; } 2>/dev/null || true
    TICKER=
}

step() {  # step WHAT COMMAND...: run the command, whose output goes to .tools/setup.log
    local what=$1 start=$SECONDS code=0
    shift
    say "$what"
    tick &
    TICKER=$!
    ("$@") </dev/null >.tools/setup.log 2>&1 || code=$?  # apart: Ctrl-C is told by this shell, not into the log
    no_more_ticks
    [ $((SECONDS - start)) -lt 10 ] || [ "$code" -ne 0 ] || say "done after $((SECONDS - start)) s"
    return "$code"
}

# What the last step's output comes to: a full disk, else the first error, or the first line, with its last cause.
reason() {
    local line said= error= cause=
    while IFS= read -r line; do
        case $line in
            *'No space left'* | *ENOSPC* | *'enough free space'*) error=$line && cause= && break ;;
            *[Cc]ause:* | *'Caused by:'*) cause=${line#*: } ;;
            *'[Errno '*) cause="[Errno ${line#*'[Errno '}" && cause=${cause%%"')"*} ;;
            E:* | [Ee]rror:* | ERROR:*) error=${error:-$line} ;;
            *[![:space:]]*) said=${said:-$line} ;;
        esac
    done <.tools/setup.log
    said=${error:-$said}
    said=${said#"${said%%[![:space:]]*}"}
    printf '%s' "${said:-it said nothing; is there room left on the disk?}${cause:+ ($cause)}"
}

# Everything that is downloaded ends up below this folder, so it must be there and be ours.
own_folder() {
    mkdir -p .tools/bin 2>/dev/null && { echo >.tools/setup.log; } 2>/dev/null && return 0
    stop "cannot write in $PWD/.tools (no room left, or made by another user); free some room, or run: $(sudo_where_there_is_one)chown -R $(id -un) $PWD"
}

interrupted() {
    trap - INT TERM
    no_more_ticks
    say "interrupted; run the same command again: it goes on where it stopped"
    exit 130
}
trap interrupted INT TERM
trap no_more_ticks EXIT

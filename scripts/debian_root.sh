#!/usr/bin/env bash
# Runs a command in a bare Debian of another release: scripts/debian_root.sh [--suite NAME] [--user] [--keep] COMMAND...
#
#   scripts/debian_root.sh 'make run ARGS="--manual danshin"'
#   scripts/debian_root.sh --user --keep 'make test'
#
# The command runs (bash -c) at the top of a clone of HEAD, in a folder tree made by debootstrap (trixie, that is
# Debian 13) with git, make and Python and nothing else, as root, or with --user as a plain user who may use sudo.
# The tree is removed afterwards; --keep leaves it in .tools/debian/SUITE-(root|user), and the next --keep goes on in it
# with the HEAD of then. What the command leaves in reports/out/ is copied to .tools/debian/out/SUITE-(root|user).
#
# Everything is mounted in a namespace of its own, which the kernel takes down with the last process in it: however this
# script ends, kill -9 included, no mount and no process is left. pivot_root rather than chroot, because a changed root
# may not make the user namespaces that Chromium's sandbox needs.
#
# How this machine reaches its registries (mirror, proxy, certificate authorities, pip's, uv's and npm's settings) is read
# here and handed into the tree when it runs; none of it is written into the checkout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CACHE=$PWD/.tools/debian
# Names of variables that say how to reach the world.
HANDED='^([A-Za-z_]+_proxy|[A-Z_]+_PROXY|(PIP|UV|NPM|npm_config)_[A-Za-z_]+|[A-Z0-9_]*(CA_BUNDLE|CAINFO|CA_CERTS|CERT_FILE|CERT_DIR|CA_CERTS_FILE)|PIP_CERT|CI|LIBGL_ALWAYS_SOFTWARE)$'
# Where pip, uv and npm keep a machine's and a person's settings.
SETTINGS=(/etc/pip.conf /etc/xdg/pip /etc/uv /etc/npmrc /usr/etc/npmrc)
OWN_SETTINGS=(.config/pip .pip .config/uv .npmrc)

say() { printf 'debian_root: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 3
}

# Address of the archive with this label (Debian, Debian-Security) in the sources of this machine; empty where it has none.
archive() {
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -F'|' -v label="$1" '$1 == "Debian" && $2 == label { print $3; exit }'
}

# A tarball of the bare tree, made once; the packages that it is made of are kept, for the next one.
ensure_tarball() {
    local tarball=$1 suite=$2 tree mirror
    find "$CACHE" -maxdepth 1 -name "$suite.tar" -mtime +7 -delete
    [ -e "$tarball" ] && return 0
    mirror=$(archive Debian)
    tree=$(mktemp -d "$CACHE/making.XXXXXX")
    say "making a bare $suite with debootstrap"
    mkdir -p "$CACHE/packages"
    unshare --mount debootstrap --variant=minbase --include=ca-certificates,git,make,python3,sudo \
        --cache-dir="$CACHE/packages" "$suite" "$tree" ${mirror:+"$mirror"} >"$CACHE/debootstrap.log" 2>&1 || {
        rm -rf "$tree"
        die "debootstrap failed: $(tail -1 "$CACHE/debootstrap.log") (see .tools/debian/debootstrap.log)"
    }
    chmod 755 "$tree"
    tar -C "$tree" --numeric-owner --exclude=./dev/* -cf "$tarball.part" . && mv "$tarball.part" "$tarball"
    rm -rf "$tree"
}

# What this machine says about the way to its registries, in files of the tree.
hand_over() {
    local tree=$1 home=$2 suite=$3 mirror security path
    mirror=$(archive Debian) security=$(archive Debian-Security)
    if [ -n "$mirror" ]; then
        {
            printf 'deb %s %s main\n' "$mirror" "$suite" "$mirror" "$suite-updates"
            [ -z "$security" ] || printf 'deb %s %s-security main\n' "$security" "$suite"
        } >"$tree/etc/apt/sources.list"
    fi
    apt-config dump | grep -E '^Acquire::(http|https|Retries|Check-)' >"$tree/etc/apt/apt.conf.d/99machine" || true
    cp -a /etc/apt/auth.conf* "$tree/etc/apt/" 2>/dev/null || true
    cp -L /etc/resolv.conf /etc/hosts "$tree/etc/"
    mkdir -p "$tree/usr/local/share/ca-certificates"
    cp -a /usr/local/share/ca-certificates/. "$tree/usr/local/share/ca-certificates/" 2>/dev/null || true
    chroot "$tree" update-ca-certificates >/dev/null 2>&1
    for path in "${SETTINGS[@]}"; do
        [ ! -e "$path" ] || { mkdir -p "$tree${path%/*}" && cp -aL "$path" "$tree${path%/*}/"; }
    done
    for path in "${OWN_SETTINGS[@]}"; do
        [ ! -e "$HOME/$path" ] || { mkdir -p "$(dirname "$tree$home/$path")" && cp -aL "$HOME/$path" "$tree$home/$path"; }
    done
    environment | while IFS='=' read -r _ path; do
        [ ! -f "$path" ] || [ -e "$tree$path" ] || install -D -m 644 "$path" "$tree$path"
    done
}

environment() { env | grep -E "^[A-Za-z_]+=" | awk -F= -v names="$HANDED" '$1 ~ names'; }

# Folders that pip's settings name as a place of packages.
package_folders() {
    { cat "${SETTINGS[0]}" /etc/xdg/pip/pip.conf "$HOME/.config/pip/pip.conf" 2>/dev/null; environment | grep ^PIP_; } |
        grep -oE '(file://|[ =])/[^ ]+' | sed -E 's#^(file://|[ =])##' | sort -u | while read -r path; do
        [ ! -d "$path" ] || realpath "$path"
    done
}

bind() {
    mkdir -p "$2"
    mount --bind "$1" "$2"
}

# Inside the namespace: mount, make the tree the root, become the user, run the command.
inside() {
    local tree=$1 who=$2 home=$3 command=$4 path
    mount --bind "$tree" "$tree"
    mount -t proc proc "$tree/proc"
    mount --rbind /sys "$tree/sys"
    mount --bind /dev "$tree/dev"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$tree/dev/pts"
    mount --bind "$tree/dev/pts/ptmx" "$tree/dev/ptmx"
    mount -t tmpfs -o mode=1777 shm "$tree/dev/shm"
    mount -t tmpfs -o mode=755 run "$tree/run"
    package_folders | while read -r path; do bind "$path" "$tree$path"; done
    mapfile -t handed < <(environment)
    cd "$tree"
    mkdir -p .outside
    pivot_root . .outside
    cd /
    umount -l /.outside
    exec </dev/null setpriv --reuid="$who" --regid="$who" --init-groups --reset-env \
        env "${handed[@]}" HOME="$home" USER="$who" LOGNAME="$who" LANG=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        bash -c 'cd "$HOME/sekisho" && eval "$1"' bash "$command"
}

fill() {
    local tree=$1 who=$2 home=$3 suite=$4
    if [ ! -e "$tree/etc/debian_version" ]; then
        tar -C "$tree" --numeric-owner -xf "$CACHE/$suite.tar"
        [ "$who" = root ] || {
            chroot "$tree" useradd --create-home --shell /bin/bash "$who"
            printf '%s ALL=(ALL) NOPASSWD: ALL\n' "$who" >"$tree/etc/sudoers.d/$who"
            printf 'Defaults env_keep += "*_proxy *_PROXY SSL_CERT_FILE"\n' >>"$tree/etc/sudoers.d/$who"
        }
        hand_over "$tree" "$home" "$suite"
    fi
    if [ -d "$tree$home/sekisho" ]; then
        git -c safe.directory='*' -C "$tree$home/sekisho" fetch --quiet "$PWD" HEAD
        git -c safe.directory='*' -C "$tree$home/sekisho" reset --quiet --hard FETCH_HEAD
    else
        git clone --quiet --no-local "$PWD" "$tree$home/sekisho"
    fi
    chroot "$tree" chown -R "$who:" "$home"
}

main() {
    local suite=trixie who=root keep= tree home code=0
    while [ $# -gt 0 ]; do
        case $1 in
            --suite) suite=$2 && shift 2 ;;
            --user) who=tester && shift ;;
            --keep) keep=yes && shift ;;
            -*) die "unknown option $1; the first lines of scripts/debian_root.sh say which there are" ;;
            *) break ;;
        esac
    done
    [ $# -gt 0 ] || die "no command; as in: scripts/debian_root.sh 'make run'"
    [ "$(id -u)" -eq 0 ] || die "only root can make and mount such a tree; run: sudo $0 ..."
    local program
    for program in debootstrap unshare setpriv pivot_root git; do
        command -v "$program" >/dev/null || die "no $program; run: apt-get install debootstrap util-linux git"
    done
    mkdir -p "$CACHE"
    home=$([ "$who" = root ] && echo /root || echo "/home/$who")
    exec 7>"$CACHE/lock" && flock 7
    remove_leftovers
    ensure_tarball "$CACHE/$suite.tar" "$suite"
    if [ -n "$keep" ]; then
        tree=$CACHE/$suite-${who/tester/user}
        mkdir -p "$tree"
    else
        tree=$(mktemp -d "$CACHE/once.XXXXXX")
        trap 'rm -rf --one-file-system "$tree" "$tree.lock"' EXIT
    fi
    chmod 755 "$tree"
    exec 8>"$tree.lock" && flock -n 8 || die "another run goes on in ${tree#"$PWD"/}"
    fill "$tree" "$who" "$home" "$suite"
    exec 7>&-
    trap 'exit 130' INT TERM HUP
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child bash "$0" --inside "$tree" "$who" "$home" "$*" 8>&- &
    wait $! || code=$?
    collect "$tree$home/sekisho/reports/out" "$CACHE/out/$suite-${who/tester/user}"
    exit "$code"
}

# Trees of runs that were killed: nobody holds their locks.
remove_leftovers() {
    local lock
    for lock in "$CACHE"/once.*.lock; do
        [ -e "$lock" ] && flock -n "$lock" true && rm -rf --one-file-system "${lock%.lock}" "$lock"
    done
    return 0
}

collect() {
    [ -d "$1" ] || return 0
    rm -rf "$2"
    mkdir -p "${2%/*}"
    cp -a "$1" "$2"
}

if [ "${1:-}" = --inside ]; then
    shift
    inside "$@"
else
    main "$@"
fi

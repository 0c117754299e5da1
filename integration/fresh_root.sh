#!/usr/bin/env bash
# Runs demo.sh (twice) and test.sh as on a bare machine: in a new Debian root with nothing in it but the
# base system, on a fresh clone of what is committed here. Tells what each took; the whole output is in
# DIR.log.
#
#   integration/fresh_root.sh SUITE DIR [--demo-only | --tests-only]     SUITE: bookworm, trixie
#
# Needs root. Packages come from the mirror of this machine's own apt configuration. A root that is in DIR already
# is used again, and then the first demo is no longer one on a bare machine.
set -euo pipefail
export LC_ALL=C
tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() { echo "fresh_root.sh: error: $1" >&2; exit 2; }

[ $# -ge 2 ] || fail "usage: integration/fresh_root.sh SUITE DIR [--demo-only | --tests-only]"
suite=$1
root=$2
what=${3-}
[ "$(id -u)" = 0 ] || fail "not root: chroot and mount need it"

# A mount and a process namespace of our own: mounts and stray processes end with this script, however it ends.
if [ "${FRESH_ROOT_INSIDE-}" != yes ]; then
    FRESH_ROOT_INSIDE=yes exec unshare --mount --propagation private --pid --fork --kill-child "$0" "$@"
fi

# The mirror that this machine's apt takes Debian itself from.
mirror() {
    # shellcheck disable=SC2016  # apt expands it
    apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | sort -u | head -n 1
}

make_root() {
    local from
    command -v debootstrap >/dev/null || apt-get -q -y install debootstrap >/dev/null
    from=$(mirror)
    debootstrap --variant=minbase "$suite" "$root" "${from:-http://deb.debian.org/debian}" || return
    apt-config dump | grep -iE '^Acquire::[a-z]+::Proxy' >"$root/etc/apt/apt.conf.d/99host-proxy" || true
}

prepare() {
    root=$(cd "$root" && pwd)
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    # Certificate authorities that this machine was told to trust; where none is installed yet, they wait for the package.
    mkdir -p "$root/usr/local/share/ca-certificates"
    find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$root/usr/local/share/ca-certificates/" \;
    [ ! -x "$root/usr/sbin/update-ca-certificates" ] || chroot "$root" update-ca-certificates >/dev/null
    mount --bind "$root" "$root"  # a mount point at / lets tests make mount namespaces of their own
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount --bind /dev "$root/dev"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
    mount -t tmpfs tmpfs "$root/dev/shm"
    rm -rf "$root/root/tree"
    git clone --quiet --no-local "$tree" "$root/root/tree"
}

inside() {
    chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CI=true \
        bash -c "cd /root/tree && $1" </dev/null
}

failures=0
# step NAME COMMAND...: runs it, its output to the log only.
step() {
    local name=$1 before status=0
    shift
    before=$SECONDS
    echo "=== $name" >>"$log"
    "$@" >>"$log" 2>&1 || { status=$?; failures=$((failures + 1)); }
    printf '%-30s %4d s  status %d\n' "$name" $((SECONDS - before)) "$status" | tee -a "$log"
    [ "$status" = 0 ]
}

mkdir -p "$root"
log=${root%/}.log
: >"$log"
echo "$suite in $root, commit $(git -C "$tree" rev-parse --short HEAD), $(nproc) cores; log: $log"
if [ ! -e "$root/etc/debian_version" ]; then
    step "make the root" make_root || exit 1
fi
prepare
if [ "$what" != --tests-only ]; then
    step "demo.sh, bare" inside ./demo.sh || true
    step "demo.sh, second time" inside ./demo.sh || true
fi
if [ "$what" != --demo-only ]; then
    step "test.sh" inside ./test.sh || true
    grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1 || true
fi
[ "$failures" = 0 ]

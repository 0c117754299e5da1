#!/usr/bin/env bash
# Installs the Debian packages that this project needs; the only list of them.
#
#   integration/install_packages.sh build        what demo.sh needs: build, run, a name server
#   integration/install_packages.sh build test   and what test.sh needs
#   integration/install_packages.sh --list GROUP...   prints the names, installs nothing
#
# Asks apt for nothing when nothing is missing. Works as root and through sudo, on Debian 12 and 13 (seen) and by its
# package names on Ubuntu 24.04. What apt says goes to a log, shown when it fails.
set -euo pipefail
export LC_ALL=C

fail() {
    echo "install_packages.sh: error: $1" >&2
    [ -z "${2-}" ] || echo "install_packages.sh: hint: $2" >&2
    exit 1
}

# The major version of clang that the release ships: its packages carry it in their names.
clang_major() {
    local codename=unknown
    [ ! -r /etc/os-release ] || codename=$(source /etc/os-release && echo "${VERSION_CODENAME:-unknown}")
    case $codename in
        bookworm) echo 14 ;;
        noble) echo 18 ;;
        *) echo 19 ;;  # trixie
    esac
}

packages() {
    local clang
    case $1 in
        build)
            echo g++ cmake ninja-build pkgconf
            echo libc-ares-dev libyaml-cpp-dev libfmt-dev nlohmann-json3-dev
            echo libidn2-dev libunistring-dev libpsl-dev libssl-dev libcurl4-openssl-dev
            echo knot knot-dnsutils  # the name server of demo.sh, and kdig
            ;;
        test)
            clang=$(clang_major)
            echo libgtest-dev libgmock-dev libbenchmark-dev
            echo "clang-$clang" "clang-tidy-$clang" "clang-format-$clang" "libclang-rt-$clang-dev" "llvm-$clang"
            echo ca-certificates ccache git python3 python3-cryptography python3-jsonschema strace time valgrind
            echo bsdextrautils curl openssl  # ACME clients run them
            echo locales python3-venv  # certbot, and all it may be started in
            echo bind9-utils knot-dnssecutils nodejs  # readers of the records that we print
            echo apache2-bin  # httpd with mod_md, an ACME client; starts nothing
            echo dpkg-dev file  # our own package
            echo mandoc man-db zsh fish  # readers of the manual page and of the completions
            echo nsd unbound bind9-dnsutils dnsperf adns-tools  # name servers, dig and others, to be compared with
            ;;
        *) fail "no such group: $1" "the groups are: build test" ;;
    esac
}

# The given packages that are not installed, one a line.
missing() {
    local installed package
    # dpkg-query says 1 when it does not know one of the names; what it knows it prints all the same.
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' -- "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "installed $package" <<<"$installed" || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian starts and enables a name server when its package is configured. Ours are started by the tests themselves, on
# a free port of 127.0.0.1; one that we brought must not take port 53 of this machine, neither now (policy-rc.d says
# no, see invoke-rc.d(8)) nor after the next start (disabled in `disable_services`). A policy of the owner's stays.
policy=/usr/sbin/policy-rc.d
policy_is_ours=no

forbid_services() {
    [ ! -e "$policy" ] || return 0
    policy_is_ours=yes
    as_root sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy"
}

allow_services() {
    [ "$policy_is_ours" = no ] || as_root rm -f "$policy"
}

# Of the packages just brought in, those that run a service; one that was here before is left as it was.
disable_services() {
    local package
    for package in "$@"; do
        case $package in
            knot | nsd | unbound) as_root update-rc.d "$package" disable >/dev/null 2>&1 || true ;;
        esac
    done
}

install() {
    local log
    [ -x /usr/bin/apt-get ] || fail "this is no Debian or Ubuntu" "install by hand what provides: $*"
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
        fail "not root, and there is no sudo" "have root run: apt-get install $*"
    log=$(mktemp "${TMPDIR:-/tmp}/install_packages.XXXXXX")
    trap allow_services EXIT
    forbid_services
    # An update that fails for one source among many must not stop us; the install tells whether it mattered.
    as_root apt-get -q update </dev/null >"$log" 2>&1 || true
    if ! as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 install "$@" </dev/null >>"$log" 2>&1; then
        tail -n 30 "$log" >&2
        fail "apt-get install failed; its whole output is in $log"
    fi
    disable_services "$@"
    rm -f "$log"
}

main() {
    local only_list=no group wanted=() names absent
    [ "${1-}" != --list ] || { only_list=yes; shift; }
    [ $# -gt 0 ] || fail "no group given" "the groups are: build test"
    for group in "$@"; do
        names=$(packages "$group") || exit 1
        # shellcheck disable=SC2206  # package names hold no blanks
        wanted+=($names)
    done
    if [ "$only_list" = yes ]; then
        printf '%s\n' "${wanted[@]}"
        return
    fi
    command -v dpkg-query >/dev/null || fail "this is no Debian or Ubuntu" "install by hand what provides: ${wanted[*]}"
    absent=$(missing "${wanted[@]}")
    [ -n "$absent" ] || return 0
    # shellcheck disable=SC2086
    set -- $absent
    echo "installing $# Debian packages: $*"
    install "$@"
}

main "$@"

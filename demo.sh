#!/usr/bin/env bash
# Shows both programs at work, from a bare Debian 12 or 13: installs what is missing, builds, starts a name server on
# 127.0.0.1 with an example zone (integration/demo/), lints a list of names against it, checks three of them.
# Exit status 0 if everything shown came out as it should.
# shellcheck disable=SC2317  # the last line calls main
set -euo pipefail
export LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck disable=SC2086  # the settings of a user who tried the programs before
unset ${!PERSIST_@}

# The environment of Let's Encrypt that offers the method.
ca=letsencrypt-staging
account=https://acme-staging-v02.api.letsencrypt.org/acme/acct/1234567890
build=build/release
log=build/demo.log
work=
server=

fail() {
    echo "demo.sh: error: $1" >&2
    exit 1
}

clean_up() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    [ -z "$work" ] || rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Passes the compiler's progress on to a person: one line, rewritten in place. To a file it says nothing.
progress() {
    local line
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        [[ $line =~ ^(\[[0-9]+/[0-9]+\]) ]] && [ -t 1 ] && printf '\r    %s ' "${BASH_REMATCH[1]}"
    done
    [ ! -t 1 ] || printf '\r%20s\r' ''
}

build_programs() {
    mkdir -p build
    : >"$log"
    # Without the tests, which need more packages; test.sh turns them on again in the same folder.
    if ! cmake --preset release -DPERSIST_TESTS=OFF >>"$log" 2>&1 ||
        ! cmake --build --preset release --target persist-hook persist-lint 2>&1 | progress; then
        tail -n 30 "$log" >&2
        fail "the build failed; its whole output is in $log"
    fi
}

# Starts knotd as it would run on a real server, but from a folder of its own and on $1, without any right.
start_server_on() {
    cat >"$work/knot.conf" <<CONF
server:
    rundir: $work
    listen: 127.0.0.1@$1
log:
  - target: $work/knotd.log
    any: info
database:
    storage: $work
zone:
  - domain: example.com
    file: $PWD/integration/demo/example.zone
    zonefile-sync: -1
    journal-content: none
CONF
    knotd --config "$work/knot.conf" >>"$work/knotd.log" 2>&1 &
    server=$!
    for _ in {1..50}; do
        kill -0 "$server" 2>/dev/null || break
        ! kdig @127.0.0.1 -p "$1" +time=1 +retry=0 +short example.com SOA 2>/dev/null |
            grep -q hostmaster || return 0
        sleep 0.1
    done
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
    return 1
}

start_server() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/persist-demo.XXXXXX")
    for _ in {1..5}; do
        port=$((20000 + RANDOM % 12000))  # below the range from which the system itself takes ports
        ! start_server_on "$port" || return 0
    done
    cat "$work/knotd.log" >&2
    fail "the name server knotd did not start"
}

surprises=0

# show EXPECTED_STATUS WHAT_IT_MEANS WORDS_THAT_MUST_APPEAR -- PROGRAM ARGUMENT...
show() {
    local want=$1 meaning=$2 words=$3 status=0 output word
    shift 4
    printf '\n$ %s\n' "$*"
    output=$(PATH="$build/hook:$build/lint:$PATH" "$@" 2>&1 </dev/null) || status=$?
    printf '%s\n' "$output" | sed 's/^/    /'
    echo "exit status $status: $meaning"
    if [ "$status" != "$want" ]; then
        echo "demo.sh: error: expected exit status $want" >&2
        surprises=$((surprises + 1))
    fi
    for word in $words; do
        if [[ $output != *"$word"* ]]; then
            echo "demo.sh: error: expected \"$word\" in the output" >&2
            surprises=$((surprises + 1))
        fi
    done
}

check() {
    local name=$1
    shift
    show "$@" -- persist-hook check "$name" --ca "$ca" --account-url "$account" \
        --resolver "127.0.0.1:$port"
}

main() {
    echo "[1/4] Debian packages that the build and the demo need"
    integration/install_packages.sh build

    echo "[2/4] building persist-hook and persist-lint in $build (log: $log)"
    build_programs

    start_server
    echo "[3/4] name server on 127.0.0.1:$port with integration/demo/example.zone"

    echo "[4/4] the programs at work"
    show 1 "there are findings, one for each broken name of integration/demo/domains.yaml" \
        "DP101 DP206 DP310 DP311 DP401 DP504" -- \
        persist-lint --resolver "127.0.0.1:$port" integration/demo/domains.yaml
    check shop.example.com 0 "the record authorises; a renewal would go ahead" ""
    check old.example.com 1 "the record has expired; a renewal would be stopped before the CA is asked" ""
    check mail.example.com 1 "there is no record; what to publish is said above" "_validation-persist.mail.example.com"

    echo
    [ "$surprises" = 0 ] || fail "not everything came out as it should, see above ($surprises)"
    echo "All as expected. Both programs are in $build: hook/persist-hook --help, lint/persist-lint --help"
}

# All of this file is read before any of it runs: it may change under a run, by a pull or an editor.
main; exit

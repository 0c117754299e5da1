#!/usr/bin/env bash
# Installs what is missing, builds and runs every test. The last line says how many passed, failed and were skipped.
#
#   ./test.sh            what CI runs
#   ./test.sh --quick    the dev build and its tests only
#   ./test.sh --long     a million random rows for the second evaluator and for Boulder (and as many with CAA), five
#                        thousand for Pebble, instead of a hundred, twenty and one thousand; ten million look-ups over
#                        paths that lose, instead of two hundred thousand; every ACME client in every way; the static
#                        analyzer too
#
# Exit status 0 if nothing failed. What was skipped is listed by name. Logs of the steps: build/test-logs/.
# shellcheck disable=SC2317  # the last line calls main
set -euo pipefail
export LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck disable=SC2086  # the settings of a user who tried the programs before
unset ${!PERSIST_@}

quick=no
long=no
analyzer=--no-analyzer
rows=100000
boulder_rows=20000
pebble_rows=1000
for argument in "$@"; do
    case $argument in
        --quick) quick=yes ;;
        --long)
            long=yes
            analyzer=
            rows=1000000
            boulder_rows=1000000
            pebble_rows=5000
            ;;
        *) echo "usage: ./test.sh [--quick | --long]" >&2; exit 2 ;;
    esac
done

jobs=$(nproc)
logs=$PWD/build/test-logs
downloads=$HOME/.cache/persist-tests  # servers and clients that the tests bring for themselves
pinned_format=14                      # another clang-format breaks lines elsewhere
passed=0
failed=0
skips=()

# Runs "$@" with its output in a log of its own; counts as one test. Status 77: something is lacking here, and the last
# line of the output says what.
step() {
    local name=$1 log start=$SECONDS status=0
    shift
    log=$logs/${name//[^a-z0-9]/-}.log
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" = 0 ]; then
        passed=$((passed + 1))
        printf 'ok    %-44s %4d s\n' "$name" $((SECONDS - start))
        return 0
    elif [ "$status" = 77 ]; then
        skip "$name" "$(tail -n 1 "$log")"
        return 1
    fi
    failed=$((failed + 1))
    printf 'FAIL  %-44s %4d s\n' "$name" $((SECONDS - start))
    tail -n 60 "$log" | sed 's/^/    /'
    echo "    the whole log: $log"
    return 1
}

skip() {
    skips+=("$1: $2")
    printf 'SKIP  %s: %s\n' "$1" "$2"
}

# Debian's python3, for the modules that install_packages.sh brings.
python=/usr/bin/python3

configure() {
    local preset=$1
    shift
    cmake --preset "$preset" ${launcher[@]+"${launcher[@]}"} "-DPython3_EXECUTABLE=$python" "$@"
}

build() {
    configure "$@" && cmake --build --preset "$1" --parallel "$jobs"
}

# Only what is looked at below: the tests themselves run in dev and asan.
build_release() {
    configure release -DPERSIST_TESTS=ON -DCMAKE_COMPILE_WARNING_AS_ERROR=ON &&
        cmake --build --preset release --parallel "$jobs" \
            --target persist-hook persist-hook-acme persist-lint persist-vectors limit_loop cares_loop far_server
}

# Every case of every test that ctest knows in build/$1 counts; no case at all is a failure.
run_ctest() {
    local preset=$1 start=$SECONDS log=$logs/ctest-$1.log report=$logs/ctest-$1.xml verdict=ok
    local good bad left_out kind name
    rm -f "$report"
    ctest --preset "$preset" --parallel "$jobs" --no-tests=error --output-junit "$report" \
        --test-output-size-passed 100000000 --test-output-size-failed 100000000 >"$log" 2>&1 </dev/null || true
    if ! "$python" integration/count_tests.py "$report" >"$log.counts" 2>>"$log"; then
        echo "0 1 0" >"$log.counts"
    fi
    read -r good bad left_out <"$log.counts"
    [ $((good + bad + left_out)) -gt 0 ] || bad=1
    [ "$bad" = 0 ] || verdict=FAIL
    passed=$((passed + good))
    failed=$((failed + bad))
    printf '%-5s %-44s %4d s  %d passed, %d failed\n' "$verdict" "ctest $preset" \
        $((SECONDS - start)) "$good" "$bad"
    while read -r kind name; do
        case $kind in
            FAIL) printf '    FAIL %s\n' "$name" ;;
            SKIP) skip "$preset: $name" "by its own word, see $log" ;;
        esac
    done < <(tail -n +2 "$log.counts")
    [ "$bad" = 0 ] || grep -avE '^ *[0-9]+/[0-9]+ Test .* Passed |^ *Start |\[ +(RUN|OK) ' "$log" | tail -n 300 | sed 's/^/    /'
}

# The clang to use: the release's; where several are installed the one that pins the format, else the newest.
find_clang() {
    local names
    names=$(compgen -c clang++- | grep -xE 'clang\+\+-[0-9]+' | sort -u -t- -k2 -n || true)
    if grep -qx "clang++-$pinned_format" <<<"$names"; then
        echo "$pinned_format"
    else
        tail -n 1 <<<"${names//clang++-/}"
    fi
}

has_fuzzer() {
    local try
    try=$(mktemp -d)
    echo 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }' >"$try/x.cc"
    "clang++-$clang" -fsanitize=fuzzer,address "$try/x.cc" -o "$try/x" 2>/dev/null
    local status=$?
    rm -rf "$try"
    return $status
}

format_check() {
    git ls-files '*.cc' '*.h' | xargs "clang-format-$pinned_format" --dry-run --Werror
}

# 5, 15 and 30 % of the packets lost, a third of the look-ups each: no wrong answer, and memory stays flat.
lossy_look_ups() {
    PERSIST_LOSS_LOOKUPS=$(($1 / 3 + 1)) build/dev/integration/dns_loss_test
}

# The programs need no shared library: they start fast, and run on a host that has none of ours.
is_static() {
    local program
    for program in build/release/hook/persist-hook build/release/lint/persist-lint; do
        if ldd "$program"; then
            echo "$program needs shared libraries"
            return 1
        fi
    done
}

# Let's Encrypt's own validation code, built here, gives the same verdicts, with CAA and without.
boulder_agrees() {
    local boulder_va
    boulder_va=$(integration/peers.sh boulder-va) || return
    "$python" integration/boulder_va/compare_boulder.py --boulder "$boulder_va" \
        --program build/release/tests/persist-vectors --vectors tests/testdata/vectors/records.json \
        --rows "$boulder_rows" --jobs "$jobs"
}

# So does a live Pebble, where each row's name is ordered.
pebble_agrees() {
    local pebble
    pebble=$(integration/peers.sh pebble) || return
    "$python" integration/pebble/compare_pebble.py --pebble "$pebble" \
        --program build/release/tests/persist-vectors --vectors tests/testdata/vectors/records.json \
        --rows "$pebble_rows" --jobs "$jobs"
}

# `account` and `detect` at a live Pebble: a key's account is found, and none is ever made.
account_at_pebble() {
    local pebble
    pebble=$(integration/peers.sh pebble) || return
    "$python" integration/pebble/account_at_pebble.py --pebble "$pebble" --program build/release/hook/persist-hook
}

# ACME clients get a certificate from that Pebble exactly where `persist-hook check` says so.
client_agrees() {
    local pebble client
    pebble=$(integration/peers.sh pebble) || return
    client=$(integration/peers.sh "$1") || return
    "$python" integration/native_clients/run_native_clients.py --program build/release/hook/persist-hook \
        --pebble "$pebble" "--$1" "$client"
}

# ACME clients that know other methods only, with persist-hook in front, get one exactly where the record is good.
gate_holds() {
    local pebble=pebble client long_run=()
    [ "$1" != uacme-1.7.4 ] || pebble="pebble-2.8.0"
    [ "$long" = no ] || long_run=(--long)
    pebble=$(integration/peers.sh "$pebble") || return
    client=$(integration/peers.sh "$1") || return
    "$python" integration/gated_clients/run_gated_clients.py --program build/release/hook/persist-hook \
        --pebble "$pebble" --client "$1" --path "$client" ${long_run[@]+"${long_run[@]}"}
}

# What `persist-hook record` prints is taken by the tools that it is for, and authorises once it is served.
formats_are_read() {
    local dns_tools ansible_dns hcl_reader program
    for program in node nsupdate named-checkzone kzonecheck; do
        command -v "$program" >/dev/null || { echo "there is no $program here"; return 77; }
    done
    dns_tools=$(integration/peers.sh dns-tools) || return
    ansible_dns=$(integration/peers.sh ansible-dns) || return
    hcl_reader=$(integration/peers.sh hcl-reader) || return
    "$dns_tools" integration/record_formats/run_record_formats.py --program build/release/hook/persist-hook \
        --hcl-reader "$hcl_reader" --collections "$ansible_dns"
}

package_is_good() {
    configure release -B build/package -DPERSIST_TESTS=OFF -DCMAKE_COMPILE_WARNING_AS_ERROR=ON -DCMAKE_INSTALL_PREFIX=/usr &&
        integration/packages.sh build/package
}

summary() {
    local name
    echo
    for name in ${skips[@]+"${skips[@]}"}; do
        echo "skipped: $name"
    done
    echo "$passed passed, $failed failed, ${#skips[@]} skipped"
    [ "$failed" = 0 ]
}

main() {
    mkdir -p "$logs" "$downloads"
    export PERSIST_TEST_DOWNLOADS=$downloads
    integration/install_packages.sh build test
    clang=$(find_clang)
    launcher=()
    if command -v ccache >/dev/null; then
        # Another checkout of the same text, as CI makes one each time, finds the objects of this one.
        export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
        launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    fi

    if step "build dev" build dev; then run_ctest dev; fi
    if [ "$quick" = yes ]; then
        summary
        return
    fi
    if [ "$long" = yes ]; then
        step "ten million look-ups over lossy paths" lossy_look_ups 10000000 || true
    fi
    # Slower by half a dozen times there: fewer names show as much of the code.
    if step "build asan" build asan; then PERSIST_LOSS_LOOKUPS=5000 run_ctest asan; fi

    if step "build release" build_release; then
        step "programs are static" is_static || true
        step "persist-hook within its limits" "$python" integration/hook_cost.py --build build/release \
            --server build/dev/integration/fake_dns || true
        step "fake_dns within its limits" "$python" integration/fake_dns_cost.py \
            --server build/dev/integration/fake_dns || true
        step "a list within its limits" "$python" integration/list_cost.py --build build/release || true
        step "a name within its limits" "$python" integration/audit_cost.py --build build/release \
            --server build/dev/integration/fake_dns || true
        step "bench runs" "$python" integration/bench/bench_test.py --build build/release || true
        step "second evaluator agrees on $rows rows" "$python" tests/second_evaluator/compare.py \
            --vectors tests/testdata/vectors/records.json --program build/release/tests/persist-vectors \
            --rows "$rows" --jobs "$jobs" || true
        step "Boulder agrees on 2 x $boulder_rows rows" boulder_agrees || true
        step "Pebble agrees on $pebble_rows rows" pebble_agrees || true
        step "persist-hook asks Pebble about accounts" account_at_pebble || true
        for client in acmez acme-sh uacme; do
            step "$client issues where persist-hook says so" client_agrees "$client" || true
        done
        for client in certbot-2.1.0 certbot-4.0.0 certbot-5.8.0 lego-4.9.1 lego-4.35.2 acme-sh dehydrated-0.7.2 \
            uacme-1.7.4 uacme mod-md; do
            step "persist-hook stops $client" gate_holds "$client" || true
        done
        step "manuals show what the programs print" "$python" integration/doc_examples.py --build build/release \
            docs/migration.md docs/myths.md || true
        step "DNS tools take what persist-hook prints" formats_are_read || true
        step "the package installs, runs and goes" package_is_good || true
    fi
    step "second evaluator's own tests" "$python" tests/second_evaluator/evaluator_test.py || true
    step "comparison with Boulder's own tests" "$python" integration/boulder_va/compare_boulder_test.py || true
    step "comparison with Pebble's own tests" "$python" integration/pebble/compare_pebble_test.py || true

    if [ -n "$clang" ] && has_fuzzer; then
        if step "build fuzz with clang $clang" build fuzz "-DCMAKE_CXX_COMPILER=clang++-$clang"; then
            run_ctest fuzz
        fi
    else
        skip "fuzz targets" "no clang with libFuzzer here"
    fi
    if command -v "clang-format-$pinned_format" >/dev/null; then
        step "clang-format $pinned_format" format_check || true
    else
        skip "clang-format" "clang-format-$pinned_format is not to be had here; another version breaks lines elsewhere"
    fi
    if [ "$clang" = "$pinned_format" ]; then
        step "clang-tidy $clang" "$python" integration/clang_tidy.py \
            --build build/dev --version "$clang" --jobs "$jobs" $analyzer || true
    else
        skip "clang-tidy" "clang-tidy-$pinned_format is not to be had here; another version has other checks"
    fi
    summary
}

# All of this file is read before any of it runs: it may change under a run, by a pull or an editor.
main; exit

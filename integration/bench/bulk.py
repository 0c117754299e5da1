"""Many names at one authoritative server without delay: persist-lint beside the limit of the machine and its peers."""
import pathlib
import re
import shutil
import sys

import zones
from measure import instructions, measure_quietly, medians, peak_kib

TALLY = re.compile(rb"summary: (\d+) checks: (\d+) authorized, (\d+) refused, (\d+) unknown")
JSON_TALLY = re.compile(rb'"checks":(\d+),"authorized":(\d+),"refused":(\d+),"unknown":(\d+)')
COUNTED = ("c-ares", "massdns", "persist-lint --no-caa", "persist-lint --no-caa, JSON Lines",
           "persist-lint --no-caa, wildcards too")


def commands(build, folder, server):
    """What is timed: name -> command."""
    bench = build / "integration/bench"
    asked = ["127.0.0.1", str(server.port), folder / "owners"]
    lint = [build / "lint/persist-lint", "--resolver", f"127.0.0.1:{server.port}"]
    rows = {"limit loop": [bench / "limit_loop", *asked], "c-ares": [bench / "cares_loop", *asked]}
    if shutil.which("dnsperf"):
        rows["dnsperf"] = ["dnsperf", "-s", "127.0.0.1", "-p", str(server.port), "-d", folder / "queries", "-n", "1"]
    if shutil.which("massdns"):
        (folder / "resolvers").write_text(f"127.0.0.1:{server.port}\n")
        rows["massdns"] = ["massdns", "--root", "-q", "-r", folder / "resolvers", "-t", "TXT", "-o", "S", "-s", "100",
                           "--rcvbuf", "4194304", folder / "owners"]
    rows["persist-lint --no-caa"] = [*lint, "--no-caa", folder / "list.yaml"]
    rows["persist-lint --no-caa, JSON Lines"] = [*lint, "--no-caa", "--format", "jsonl", folder / "list.yaml"]
    rows["persist-lint --no-caa, wildcards too"] = [*lint, "--no-caa", folder / "wildcards.yaml"]
    rows["persist-lint"] = [*lint, folder / "list.yaml"]
    return rows


def expected_tally(names, wildcards):
    """Checks, authorised ones, refused ones, unknown ones."""
    good = sum(zones.is_authorized(i) for i in range(names))
    if not wildcards:
        return names, good, names - good, 0
    both = good + sum(zones.fault(i) is None for i in range(names))
    return 2 * names, both, 2 * names - both, 0


def tail(out):
    out.seek(max(0, out.seek(0, 2) - 10_000))
    return out.read()


def check_tally(tally):
    def check(out, status):
        text = tail(out)
        found = TALLY.search(text) or JSON_TALLY.search(text)
        if status != 1 or not found or tuple(map(int, found.groups())) != tally:
            sys.exit(f"persist-lint: status {status}, not the verdicts {tally}: {text[-500:].decode()}")
        return {}
    return check


def check_loop(out, _):
    """limit_loop and cares_loop time their loop alone."""
    asked, answered, wall, cpu = map(float, out.read().split())
    return {"wall": wall, "cpu": cpu, "lost": asked - answered}


def check_peer(_, status):
    if status != 0:
        sys.exit(f"a peer ended with {status}")
    return {}


def check_of(name, names, tallies):
    if name in ("limit loop", "c-ares"):
        return check_loop
    if name.startswith("persist-lint"):
        return check_tally(tallies["wildcards" in name])
    return check_peer


def run(options, folder, server, names):
    """The figures of every row at that many names."""
    rows = commands(options.build, pathlib.Path(folder), server)
    tallies = [expected_tally(names, wildcards) for wildcards in (False, True)]
    runs = {name: [] for name in rows}
    rounds = options.rounds * (5 if names < 100_000 else 1)
    for _ in range(rounds):
        for name, command in rows.items():
            runs[name].append(measure_quietly(command, [server], check_of(name, names, tallies), options.again))
    results = {name: medians(several) for name, several in runs.items()}
    for name, row in results.items():
        row["kib"] = peak_kib(rows[name])
    return results


def count(options, folder, server):
    """Instructions of the rows that are worth counting."""
    rows = commands(options.build, pathlib.Path(folder), server)
    return {name: instructions(rows[name]) for name in COUNTED if name in rows}

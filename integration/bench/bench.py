#!/usr/bin/env python3
"""How fast both programs are, beside what the machine can do at all and beside their peers.

    integration/bench/bench.py --build build/release --json docs/performance.json
    integration/bench/report.py docs/performance.json

A quiet machine with two cores, servers on the first, clients on the second; everything on loopback.
bulk        so many names at NSD, in turn: limit_loop (queries built beforehand, answers only counted), c-ares as its
            manual says, dnsperf and massdns where they are installed, persist-lint in four ways
paths       a server 20 ms away, one that loses questions, a recursive resolver cold and warm
one name    persist-hook check beside kdig, dig and adnshost
parts       reading a list, judging a record (where list_bench and record_bench are built)
cost        instructions (callgrind), system calls, memory
A run is made again (--again) while others use more than 3 % of the machine; the cost does not depend on that.
Exit status: 0; 1 if a verdict was wrong or a program failed; 77 where NSD is not installed.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import tempfile

import bulk
import one_name
import parts
import paths
import servers
import zones

SECTIONS = ("bulk", "paths", "one name", "parts", "cost")
COUNTED_AT = (2_000, 12_000)  # names; what a further one costs is the slope
PACKAGES = ("nsd", "knot", "unbound", "dnsperf", "libc-ares-dev", "knot-dnsutils", "bind9-dnsutils", "adns-tools")


def machine():
    """What the figures were measured on."""
    cpu = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    versions = subprocess.run(["dpkg-query", "--show", "--showformat=${Package} ${Version}\\n", *PACKAGES],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
    return {"cpu": cpu, "cores": os.cpu_count(), "kernel": platform.release(),
            "system": platform.freedesktop_os_release()["PRETTY_NAME"],
            "date": datetime.date.today().isoformat(), "packages": versions.split("\n")[:-1]}


def run_bulk(options):
    results = {}
    for names in options.names:
        with tempfile.TemporaryDirectory(prefix="persist-bench-") as folder:
            zones.write(folder, names)
            with servers.nsd(folder) as server:
                results[str(names)] = bulk.run(options, folder, server, names)
        print_rows(f"{names:,} names", results[str(names)])
    return results


def run_paths(options):
    with tempfile.TemporaryDirectory(prefix="persist-bench-") as folder:
        results = paths.run(options, folder)
    for path, result in results.items():
        print_rows(f"{path}, {result['names']:,} names", result["rows"])
    return results


def run_one_name(options):
    with tempfile.TemporaryDirectory(prefix="persist-bench-") as folder:
        results = one_name.run(options, folder)
    print("\none name, ms")
    for name, wall in results.items():
        print(f"{name:44}{wall:9.2f}")
    return results


def run_parts(options):
    results = parts.run(options)
    print("\nns")
    for name, value in results.items():
        print(f"{name:44}{value:9.1f}")
    return results


def run_cost(options):
    """Of a name among many, and of persist-hook. Empty without the tools."""
    if not all(shutil.which(tool) for tool in ("valgrind", "strace", "time")):
        return {}
    counted = []
    for names in COUNTED_AT:
        with tempfile.TemporaryDirectory(prefix="persist-bench-") as folder:
            zones.write(folder, names)
            with servers.nsd(folder) as server:
                counted.append(bulk.count(options, folder, server))
    least, most = COUNTED_AT
    slopes = {name: (counted[1][name] - counted[0][name]) / (most - least) for name in counted[0]}
    with tempfile.TemporaryDirectory(prefix="persist-bench-") as folder:
        results = {"instructions a name": slopes, "persist-hook": one_name.cost(options, folder)}
    print("\n" + json.dumps(results, indent=1))
    return results


def print_rows(title, rows):
    print(f"\n{title}\n{'':40}{'wall s':>9}{'CPU s':>9}{'foreign':>9}")
    for name, row in rows.items():
        more = "".join(f"  {what} {row[what]:g}" for what in ("lost", "wrong", "unknown") if row.get(what))
        print(f"{name:40}{row['wall']:9.3f}{row['cpu']:9.3f}{row['foreign']:9.1%}{more}", flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="folder of a release build")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures there")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=SECTIONS,
                        help="leave the other sections as they are in the file")
    parser.add_argument("--names", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="sizes of bulk")
    parser.add_argument("--rounds", type=int, default=5, help="of bulk; five times as many below 100,000 names")
    parser.add_argument("--path-names", type=int, default=1_000_000)
    parser.add_argument("--path-rounds", type=int, default=3, help="but one where a resolver is in between")
    parser.add_argument("--again", type=int, default=3, help="times that a run is made again because others were busy")
    parser.add_argument("--hook-runs", type=int, default=500)
    options = parser.parse_args()
    options.build = options.build.resolve()
    return options


def main():
    options = arguments()
    if not shutil.which("nsd"):
        print("nsd is not installed")
        return 77
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # stops the servers
    runs = {"bulk": run_bulk, "paths": run_paths, "one name": run_one_name, "parts": run_parts, "cost": run_cost}
    results = json.loads(options.json.read_text()) if options.json and options.json.exists() else {}
    results["machine"] = machine()
    for section in options.only:
        results[section] = runs[section](options)
        if options.json:
            options.json.write_text(json.dumps(results, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

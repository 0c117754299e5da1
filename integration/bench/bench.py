#!/usr/bin/env python3
"""How fast persist-lint is, beside what the machine can do at all.

    integration/bench/bench.py --build build/release [--names N...] [--rounds 5] [--json FILE]

For each number of names: writes a zone and a list, serves the zone with NSD on loopback (one core), and times in turn,
on another core: limit_loop (queries built beforehand, answers only counted), dnsperf where it is installed, persist-lint
without and with CAA, to the last verdict in its report. Prints medians, processor time and peak memory a name, ratios,
and the share of the machine that somebody else used meanwhile: above 3 % do not trust a time. Instructions a name
(callgrind) and memory do not depend on that.
Exit status: 0; 1 if a verdict was wrong; 77 where NSD is not installed.
"""
import argparse
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import zones

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Nsd:
    """NSD with one zone on a loopback port of its own."""

    CONFIG = """server:
    ip-address: 127.0.0.1@{port}
    do-ip6: no
    server-count: 1
    username: ""
    zonesdir: "{folder}"
    database: ""
    pidfile: "{folder}/nsd.pid"
    logfile: "{folder}/nsd.log"
    xfrdfile: "{folder}/xfrd.state"
    zonelistfile: "{folder}/zone.list"
    xfrdir: "{folder}"
    minimal-responses: yes
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
    receive-buffer-size: 4194304
    send-buffer-size: 4194304
remote-control:
    control-enable: no
zone:
    name: example.
    zonefile: "zone"
"""

    def __init__(self, folder, core):
        self.port = free_port()
        config = pathlib.Path(folder, "nsd.conf")
        config.write_text(self.CONFIG.format(port=self.port, folder=folder))
        self.process = subprocess.Popen([shutil.which("nsd"), "-d", "-c", config],
                                        preexec_fn=lambda: os.sched_setaffinity(0, {core}))

    def wait_until_ready(self):
        query = bytes.fromhex("0001000000010000000000000265780765786d61706c6500") + b"\0\1\0\1"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.connect(("127.0.0.1", self.port))
            one.settimeout(0.2)
            for _ in range(600):
                try:
                    one.send(query)
                    one.recv(512)
                    return
                except OSError:
                    time.sleep(0.2)
        sys.exit("NSD did not come up")

    def cpu(self):
        """Processor seconds of the server and its children."""
        total, todo = 0, [self.process.pid]
        while todo:
            pid = todo.pop()
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
                todo += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except OSError:
                pass
        return total / TICKS

    def stop(self):
        self.process.terminate()
        self.process.wait()


def machine_cpu():
    fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:8]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def measure(command, server, core):
    """Runs the command on one core; what it took."""
    with tempfile.TemporaryFile() as out:
        machine, served, start = machine_cpu(), server.cpu(), time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                                 preexec_fn=lambda: os.sched_setaffinity(0, {core}))
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        cpu = usage.ru_utime + usage.ru_stime
        foreign = machine_cpu() - machine - cpu - (server.cpu() - served)
        out.seek(max(0, out.tell() - 10_000))
        last_line = out.read().splitlines()[-1]
    return {"wall": wall, "cpu": cpu, "kib": usage.ru_maxrss, "status": os.waitstatus_to_exitcode(status),
            "foreign": max(0.0, foreign) / (wall * os.cpu_count()), "last line": last_line}


def commands(build, folder, port):
    lint = [build / "lint/persist-lint", "--resolver", f"127.0.0.1:{port}", "--format", "jsonl"]
    rows = {"limit loop": [build / "integration/bench/limit_loop", "127.0.0.1", str(port), folder / "owners"]}
    if shutil.which("dnsperf"):
        rows["dnsperf"] = ["dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", folder / "queries", "-n", "1"]
    rows["persist-lint --no-caa"] = lint + ["--no-caa", folder / "list.yaml"]
    rows["persist-lint"] = lint + [folder / "list.yaml"]
    return rows


def check_verdicts(name, run, names, authorized):
    """Every name has its verdict, and the right one; else the run ends here."""
    if not name.startswith("persist-lint"):
        return
    summary = json.loads(run["last line"])["summary"]
    if (summary["checks"], summary["authorized"], summary["unknown"]) != (2 * names, authorized, 0):
        sys.exit(f"{name}: wrong verdicts: {summary}")


def instructions(command):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", *command],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return int(next(line for line in done.stderr.splitlines() if "Collected" in line).split()[-1])


def bench(options, names):
    """Medians of all commands at that many names."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="persist-bench-") as folder:
        folder = pathlib.Path(folder)
        authorized = zones.write(folder, names)
        server = Nsd(folder, core=0)
        try:
            server.wait_until_ready()
            rows = commands(options.build, folder, server.port)
            runs = {name: [] for name in rows}
            for _ in range(options.rounds):
                for name, command in rows.items():
                    runs[name].append(measure(command, server, core=os.cpu_count() - 1))
                    check_verdicts(name, runs[name][-1], names, authorized)
            for name, several in runs.items():
                results[name] = {key: statistics.median(run[key] for run in several)
                                 for key in ("wall", "cpu", "kib", "foreign")}
            if names <= options.callgrind_up_to and shutil.which("valgrind"):
                lint = rows["persist-lint --no-caa"]
                results["persist-lint --no-caa"]["instructions"] = instructions(lint)
        finally:
            server.stop()
    return results


def report(names, results):
    print(f"\n{names:,} names")
    print(f"{'':24}{'wall s':>9}{'names/s':>11}{'CPU us/name':>13}{'x limit CPU':>13}{'MiB':>8}{'foreign':>9}")
    limit = results["limit loop"]["cpu"]
    for name, row in results.items():
        print(f"{name:24}{row['wall']:9.3f}{names / row['wall']:11,.0f}{row['cpu'] / names * 1e6:13.2f}"
              f"{row['cpu'] / limit:13.2f}{row['kib'] / 1024:8.1f}{row['foreign']:9.1%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--names", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--callgrind-up-to", type=int, default=100_000, help="most names that are counted so")
    parser.add_argument("--json", type=pathlib.Path, help="write the medians there")
    options = parser.parse_args()
    if not shutil.which("nsd"):
        print("nsd is not installed")
        return 77
    results = {}
    for names in options.names:
        results[names] = bench(options, names)
        report(names, results[names])
    counted = {n: r["persist-lint --no-caa"]["instructions"] for n, r in results.items()
               if "instructions" in r["persist-lint --no-caa"]}
    if len(counted) > 1:
        least, most = min(counted), max(counted)
        slope = (counted[most] - counted[least]) / (most - least)
        print(f"\ninstructions a name, from {least:,} to {most:,} names: {slope:,.0f}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

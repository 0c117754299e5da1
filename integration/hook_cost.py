#!/usr/bin/env python3
"""What one `persist-hook check` costs, held against limits.

    integration/hook_cost.py --build build/release --server build/dev/integration/fake_dns [--wall ROUNDS]

Instructions in user space (callgrind), system calls (strace) and peak memory (time) do not depend on what else the machine
does: past a limit the exit status is 1. The main limits are those of one look-up, without CAA; CAA of the name takes three
more, up to the top-level domain. With --wall also the time beside `kdig +short` and `dig +short`, in turn, which needs a
quiet machine and fails nothing. The server is our own, on 127.0.0.1, one TXT record.
Exit status: 0 within the limits, 1 not, 77 where valgrind, strace or time are not installed.
"""

import argparse
import contextlib
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ACCOUNT = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"
NAME = "ok.fault.test"
LIMITS = {
    "instructions": 1_000_000,
    "instructions with a settings file": 1_400_000,
    "system calls": 45,
    "system calls with CAA": 70,
    "system calls, rights given up": 53,
    # Most are the program's own pages, shared with the page cache; hook/text_order.ld keeps them few. How many of them the
    # kernel maps round a fault differs from copy to copy of one program.
    "peak memory, KiB": 2_400,
}
# What c-ares asks for before its first query, in Debian 13 (1.34) beyond that in Debian 12 (1.18): it reads
# nsswitch.conf and others, whatever it is told to look up, and seeds tables.
ALLOWANCE_FOR_NEW_CARES = {
    "instructions": 300_000,
    "instructions with a settings file": 300_000,
    "system calls": 17,
    "system calls with CAA": 17,
    "system calls, rights given up": 17,
    "peak memory, KiB": 500,
}


def limits():
    version = subprocess.run(["pkg-config", "--modversion", "libcares"], capture_output=True, text=True).stdout
    is_new = tuple(map(int, version.strip().split("."))) >= (1, 20)
    return {what: limit + (ALLOWANCE_FOR_NEW_CARES[what] if is_new else 0) for what, limit in LIMITS.items()}


@contextlib.contextmanager
def served(program):
    """Runs a fake_dns; gives its port, and a folder that is there as long."""
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(
        [program.resolve()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server.stdout.readline().split()[1], pathlib.Path(folder)
        finally:
            server.terminate()


def run(command, folder):
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def must_run(command, folder):
    done = run(command, folder)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def instructions(check, folder):
    out = folder / "callgrind.out"
    must_run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *check], folder)
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.MULTILINE).group(1))


def system_calls(check, folder):
    out = folder / "strace.out"
    must_run(["strace", "-f", "-qq", "-o", out, *check], folder)
    return len(out.read_text().splitlines())


def peak_kib(check, folder):
    out = folder / "time.out"
    must_run(["time", "--format", "%M", "--output", out, *check], folder)
    return int(out.read_text())


def wall_ms(command, folder):
    start = time.perf_counter()
    must_run(command, folder)
    return (time.perf_counter() - start) * 1000


def compare_wall(check, port, rounds, folder):
    owner = f"_validation-persist.{NAME}"
    commands = {
        "persist-hook check": check,
        "kdig +short": ["kdig", "+short", "-p", port, "@127.0.0.1", owner, "TXT"],
        "dig +short": ["dig", "+short", "-p", port, "@127.0.0.1", owner, "TXT"],
    }
    times = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(wall_ms(command, folder))
    for name, values in times.items():
        print(f"{name:36} median {statistics.median(values):8.2f} ms, best {min(values):.2f} ms")


def measure(hook, port, rounds, folder):
    hook = [hook, "check"]
    asked = ["--resolver", f"127.0.0.1:{port}", "--now", "1795219200", NAME]
    with_caa = [*hook, "--ca", "letsencrypt", "--account-url", ACCOUNT, *asked]
    as_root = [*with_caa, "--no-caa"]
    # Of a user who is not root nothing is taken; and valgrind could not write its file.
    with_caa.append("--no-drop")
    plain = [*with_caa, "--no-caa"]
    settings = folder / "hook.yaml"
    settings.write_text(f"ca: letsencrypt\naccount-url: {ACCOUNT}\n")
    with_settings = [*hook, "--config", settings, "--no-caa", "--no-drop", *asked]
    got = {
        "instructions": instructions(plain, folder),
        "instructions with a settings file": instructions(with_settings, folder),
        "system calls": system_calls(plain, folder),
        "system calls with CAA": system_calls(with_caa, folder),
        "system calls, rights given up": system_calls(as_root, folder),
        "peak memory, KiB": peak_kib(plain, folder),
    }
    limit = limits()
    for what, value in got.items():
        print(f"{what:36} {value:12,} of {limit[what]:,}")
    if rounds:
        compare_wall(plain, port, rounds, folder)
    return all(value <= limit[what] for what, value in got.items())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--server", type=pathlib.Path, required=True)
    parser.add_argument("--wall", type=int, default=0, metavar="ROUNDS")
    options = parser.parse_args()
    missing = [tool for tool in ("valgrind", "strace", "time") if not shutil.which(tool)]
    if missing:
        print("not installed: " + " ".join(missing))
        return 77
    with served(options.server) as (port, folder):
        good = measure((options.build / "hook/persist-hook").resolve(), port, options.wall, folder)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

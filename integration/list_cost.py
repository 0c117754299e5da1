#!/usr/bin/env python3
"""What the first pass of persist-lint over a long list costs, held against limits.

    integration/list_cost.py --build build/release

The lists end with a faulty entry, so that the program ends after the pass, without a query. Instructions in user space
(callgrind) for each entry, and the peak memory (time) with a million entries, do not depend on what else the machine
does: past a limit the exit status is 1.
Exit status: 0 within the limits, 1 not, 77 where valgrind or time are not installed.
"""

import argparse
import pathlib
import re
import shutil
import sys
import tempfile

from hook_cost import run

SETTINGS = """accounts:
  le: {ca: letsencrypt, url: https://acme-v02.api.letsencrypt.org/acme/acct/1234567890}
defaults: {account: le}
domains:
"""
PLAIN = "  - name: host{:07}.example.com\n    wildcard: true\n"
ODD = "  - name: host{:07}.example.com  # why\n    wildcard: true\n"
FAULT = "  - a b\n"
FEW, MANY, MILLION = 2_000, 12_000, 1_000_000
LIMITS = {
    "instructions for an entry": 5_000,
    "the same, one in a hundred with a comment": 6_500,
    # 16 octets a name are kept, in vectors that double their size when they are full.
    "peak memory with a million entries, KiB": 32_000,
}


def write_list(folder, entries, odd_every=0):
    path = folder / f"{entries}-{odd_every}.yaml"
    with path.open("w") as file:
        file.write(SETTINGS)
        for i in range(entries):
            file.write((ODD if odd_every and i % odd_every == 0 else PLAIN).format(i))
        file.write(FAULT)
    return path


def run_to_fault(command, path, folder):
    done = run([*command, path], folder)
    if done.returncode != 2 or "that no host name may have" not in done.stderr:
        sys.exit(f"{' '.join(map(str, command))} {path}: status {done.returncode}\n{done.stdout}{done.stderr}")


def instructions(lint, path, folder):
    out = folder / "callgrind.out"
    run_to_fault(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *lint], path, folder)
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.MULTILINE).group(1))


def instructions_for_an_entry(lint, folder, odd_every):
    few, many = (instructions(lint, write_list(folder, n, odd_every), folder) for n in (FEW, MANY))
    return (many - few) // (MANY - FEW)


def peak_kib(lint, folder):
    out = folder / "time.out"
    run_to_fault(["time", "--quiet", "--format", "%M", "--output", out, *lint], write_list(folder, MILLION), folder)
    return int(out.read_text())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    options = parser.parse_args()
    missing = [tool for tool in ("valgrind", "time") if not shutil.which(tool)]
    if missing:
        print("not installed: " + " ".join(missing))
        return 77
    lint = [(options.build / "lint/persist-lint").resolve(), "--resolver", "127.0.0.1:9"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        values = (
            instructions_for_an_entry(lint, folder, 0),
            instructions_for_an_entry(lint, folder, 100),
            peak_kib(lint, folder),
        )
    got = dict(zip(LIMITS, values))
    for what, value in got.items():
        print(f"{what:44} {value:10,} of {LIMITS[what]:,}")
    return 0 if all(value <= LIMITS[what] for what, value in got.items()) else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""What a name costs persist-lint from its line in the list to its line in the report, held against limits.

    integration/audit_cost.py --build build/release --server build/dev/integration/fake_dns

Instructions in user space (callgrind) for each entry of a list, without CAA, do not depend on what else the machine does:
past a limit, or where they grow with the length of the list, the exit status is 1. The server is our own, on 127.0.0.1;
every name has the same record, which authorises.
Exit status: 0 within the limits, 1 not, 77 where valgrind is not installed.
"""

import argparse
import pathlib
import shutil
import sys

from hook_cost import ACCOUNT, instructions, served

SETTINGS = f"""accounts:
  le: {{ca: letsencrypt, url: {ACCOUNT}}}
defaults: {{account: le}}
domains:
"""
FEW, MANY, MOST = 500, 2_000, 8_000
LINEAR = 1.05
LIMITS = {"text": 38_500, "jsonl": 55_500}


def cost_of_names(lint, output, names, folder):
    path = folder / f"{names}.yaml"
    path.write_text(SETTINGS + "".join(f"  - host{i:07}.ok.fault.test\n" for i in range(names)))
    return instructions([*lint, "--format", output, path], folder)


def measure(lint, output, folder):
    few, many, most = (cost_of_names(lint, output, names, folder) for names in (FEW, MANY, MOST))
    for_each = (many - few) // (MANY - FEW)
    growth = (most - many) / (MOST - MANY) / for_each
    print(f"{output:6} instructions a name {for_each:8,} of {LIMITS[output]:,}, "
          f"growing {growth:.3f}-fold of {LINEAR} in a list four times as long")
    return for_each <= LIMITS[output] and growth <= LINEAR


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--server", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("not installed: valgrind")
        return 77
    with served(options.server) as (port, folder):
        lint = [(options.build / "lint/persist-lint").resolve(), "--resolver", f"127.0.0.1:{port}", "--no-caa"]
        good = [measure(lint, output, folder) for output in LIMITS]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())

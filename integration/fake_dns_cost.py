#!/usr/bin/env python3
"""What an answer costs fake_dns, held against a limit: the tests under load are about the programs, not about the server.

    integration/fake_dns_cost.py --server build/dev/integration/fake_dns

Instructions in user space (callgrind) for each answer do not depend on what else the machine does: past the limit the
exit status is 1. How many answers a second that makes: start the server and ask it with `limit_loop 127.0.0.1 PORT NAMES`
of the release build, NAMES with lines like `_validation-persist.n1.ok.fault.test`.
Exit status: 0 within the limit, 1 not, 77 where valgrind is not installed.
"""

import argparse
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

FEW, MANY = 500, 4_500
AT_ONCE = 50
LIMIT = 10_000


def query(number):
    labels = ["_validation-persist", f"n{number}", "ok", "fault", "test"]
    name = b"".join(bytes([len(label)]) + label.encode() for label in labels)
    header = struct.pack(">6H", number, 0x0100, 1, 0, 0, 1)
    return header + name + b"\0" + struct.pack(">2H", 16, 1) + b"\0" + struct.pack(">2HIH", 41, 1232, 0, 0)


def ask(port, questions):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(("127.0.0.1", port))
        client.settimeout(60)
        for first in range(0, questions, AT_ONCE):
            for number in range(first, first + AT_ONCE):
                client.send(query(number))
            for _ in range(AT_ONCE):
                flags, _, answers = struct.unpack(">3H", client.recv(65535)[2:8])
                if flags != 0x8180 or answers != 1:
                    sys.exit(f"not the answer that was expected: flags {flags:04x}, {answers} records")


def instructions(server, questions, folder):
    out = folder / "callgrind.out"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--log-file=/dev/null", server]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        ask(int(process.stdout.readline().split()[1]), questions)
        process.stdin.close()  # ends it
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.MULTILINE).group(1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("not installed: valgrind")
        return 77
    with tempfile.TemporaryDirectory() as name:
        few, many = (instructions(options.server.resolve(), n, pathlib.Path(name)) for n in (FEW, MANY))
    got = (many - few) // (MANY - FEW)
    print(f"instructions an answer {got:10,} of {LIMIT:,}")
    return 0 if got <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

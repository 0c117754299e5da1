"""What `persist-hook record` prints is read by the tools that it is printed for, served, and found good by `check`.

For each format and each case of cases.py: the tool itself, or an independent reader of its language, takes the output;
zone-file checkers of BIND and Knot DNS take the records; knotd serves them; `persist-hook check` must say authorised, for
the account and the names they were made for, by record and by CAA.

Exit status: 0 all passed, 1 some did not, 2 a program failed.
"""

import argparse
import concurrent.futures
import contextlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(HERE, "../pebble"), os.path.join(HERE, "../native_clients")]

from cases import CASES, ISSUER  # noqa: E402
from name_server import ZONE, NameServer  # noqa: E402
from readers import APPLIERS, READERS, run  # noqa: E402
from update_server import UpdateServer  # noqa: E402


INTRUDER = "https://ca.example/acct/2"


class Job:
    """One case in one format."""

    def __init__(self, form, case, tools, updates, folder):
        self.form, self.case, self.tools, self.updates = form, case, tools, updates
        self.name = "%s-%s.test" % (case.name, form)
        self.folder = folder / self.name
        self.folder.mkdir()
        self.commands = []  # to check with, where the format has some

    @property
    def label(self):
        return "%s %s" % (self.form, self.case.name)

    def hook(self, command, *words, account=None):
        identifiers = [text.format(name=self.name) for text in self.case.wanted]
        words = [self.tools.program, command, *identifiers, "--issuer", ISSUER, "--account-url",
                 account or self.case.account, *self.case.binding, *words]
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})

    def record(self):
        dialect = "both" if len(self.case.dialects) > 1 else self.case.dialects[0]
        return self.hook("record", "--format", self.form, "--zone", "test", "--dialect", dialect, *self.case.options)

    @property
    def has_intruder(self):
        """Another account has a good TXT record too; CAA alone says no."""
        return self.form == "zone" and self.case.has_caa

    def read(self):
        """The records as the tool understands them; empty where it published them itself."""
        done = self.record()
        if self.form in self.case.refused:
            if done.returncode != 2 or done.stdout or "octoDNS" not in done.stderr:
                raise RuntimeError("not refused: %s" % done)
            return []
        if done.returncode != 0:
            raise RuntimeError("status %d: %s" % (done.returncode, done.stderr))
        if self.form in APPLIERS:
            APPLIERS[self.form](done.stdout, self)
            return []
        lines = READERS[self.form](done.stdout, self)
        if self.has_intruder:
            wildcard = ["--wildcard"] if self.case.wanted[-1].startswith("*") else []
            lines += self.hook("record", "--dialect", self.case.dialects[0], *wildcard, account=INTRUDER).stdout.splitlines()
        return lines

    def check(self, address):
        """What is wrong with what the name server has."""
        if self.form in self.case.refused:
            return []
        wrong = []
        for dialect in self.case.dialects:
            done = self.hook("check", "--dialect", dialect, "--resolver", address, "--format", "json")
            if done.returncode != 0:
                wrong.append("check --dialect %s: status %d: %s" % (dialect, done.returncode, done.stdout + done.stderr))
                continue
            for check in json.loads(done.stdout)["checks"]:
                caa = len((check["caa"] or {}).get("records", []))  # those of issue, or those of issuewild
                if check["verdict"] != "authorized" or caa != int(self.case.has_caa):
                    wrong.append("%s, %d CAA records" % (check["verdict"], caa))
        if self.has_intruder:
            done = self.hook("check", "--dialect", self.case.dialects[0], "--resolver", address, account=INTRUDER)
            if done.returncode != 1 or "CAA" not in done.stderr:
                wrong.append("CAA does not keep another account out: %s" % done)
        for command in self.commands:
            words = shlex.split(command)
            run([self.tools.program, *words[1:], "--resolver", address])
        return wrong


def check_zone_file(lines, folder):
    """By the checkers of two name servers."""
    path = folder / "zone"
    path.write_text(ZONE.format(serial=1) + "".join(line + "\n" for line in lines))
    run(["named-checkzone", "-q", "-i", "none", "test", path])
    run(["kzonecheck", "-o", "test", path])


def guarded(action, *words):
    """What it gives, and what is wrong."""
    try:
        return action(*words), []
    except (RuntimeError, AssertionError, ValueError, KeyError) as error:
        return [], ["%s: %s" % (type(error).__name__, error)]


def take(job):
    """The lines, what is wrong, and how long it took."""
    start = time.monotonic()
    lines, wrong = guarded(job.read)
    if lines and not wrong:
        _, wrong = guarded(check_zone_file, lines, job.folder)
    return lines, wrong, time.monotonic() - start


def run_all(options, stack, folder):
    """How many passed, and how many did not."""
    updates, server = stack.enter_context(UpdateServer()), stack.enter_context(NameServer())
    jobs = [Job(form, case, options, updates, folder) for form in [*READERS, *APPLIERS] for case in CASES]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        taken = list(threads.map(take, jobs))
    server.publish([line for lines, wrong, _ in taken if not wrong for line in lines])
    failed = 0
    for job, (_, wrong, seconds) in zip(jobs, taken):
        if not wrong:
            found, wrong = guarded(job.check, (updates if job.form in APPLIERS else server).address)
            wrong = wrong + found
        failed += bool(wrong)
        print("%-4s  %-28s %6.1f s" % ("FAIL" if wrong else "ok", job.label, seconds), flush=True)
        for text in wrong:
            print("      " + text, flush=True)
    return len(jobs) - failed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path, help="persist-hook")
    parser.add_argument("--hcl-reader", required=True, type=pathlib.Path, help="as integration/peers.sh prints it")
    parser.add_argument("--collections", required=True, type=pathlib.Path, help="folder of Ansible's collections")
    options = parser.parse_args()
    options.program = options.program.absolute()
    options.python = pathlib.Path(sys.executable)
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="persist-formats-")))
        try:
            passed, failed = run_all(options, stack, folder)
        except (RuntimeError, OSError) as error:
            print("run_record_formats.py: error: %s" % error, file=sys.stderr)
            return 2
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

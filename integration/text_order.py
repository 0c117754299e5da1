#!/usr/bin/env python3
"""Lists the functions that a check runs through, for the linker: hook/text_order.ld.

    integration/text_order.py --build build/release --server build/dev/integration/fake_dns >hook/text_order.ld

The kernel maps sixteen pages round each one that is touched, so functions that are scattered over a program bring nearly
all of it into memory. Run it again when integration/hook_cost.py finds more memory used than its limit; a name that no
longer exists does no harm, a function that is missing costs a few pages. Needs valgrind and GNU ld.
Exit status 0, or 77 where valgrind is not installed.
"""

import argparse
import bisect
import collections
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

from hook_cost import ACCOUNT, run, served

HEAD = """/* The functions that a check runs through, side by side: what the kernel reads and maps round them is then used too.
   Made by integration/text_order.py. Names that do not exist are ignored. */
SECTIONS
{
  .text.check :
  {
"""
TAIL = """  }
}
INSERT BEFORE .text;
"""


def calls(port, folder):
    """Runs of persist-hook whose functions count: what clients and scripts call, good and bad."""
    settings = folder / "hook.yaml"
    settings.write_text(f"ca: letsencrypt\naccount-url: {ACCOUNT}\n")
    given = ["--ca", "letsencrypt", "--account-url", ACCOUNT]
    asked = ["--no-drop", "--resolver", f"127.0.0.1:{port}", "--now", "1795219200"]
    yield ["check", *given, *asked, "ok.fault.test"]
    yield ["check", *given, *asked, "nodata.fault.test"]
    yield ["check", "--config", str(settings), *asked, "ok.fault.test"]


def link_with_map(build, folder):
    """Links persist-hook once more, in the order of today; returns the program and where each section of code came to lie."""
    commands = subprocess.run(["ninja", "-C", build, "-t", "commands", "hook/persist-hook"], capture_output=True, text=True, check=True)
    words = shlex.split(commands.stdout.splitlines()[-1])
    command = [word for word in words[words.index("&&") + 1 : len(words) - 2] if not word.startswith("-Wl,-T,")]
    program = folder / "persist-hook"
    command[command.index("-o") + 1] = str(program)
    subprocess.run([*command, f"-Wl,-Map={folder / 'map'}"], cwd=build, check=True)
    text = (folder / "map").read_text()
    text = text[text.index("Linker script and memory map") :]
    found = re.findall(r"^ (\.text\S*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$", text, re.MULTILINE)
    return program, sorted((int(at, 16), int(size, 16), section, origin) for section, at, size, origin in found if int(size, 16))


def addresses(command, folder):
    """Of every instruction that a run executes."""
    out = folder / "callgrind.out"
    run(["valgrind", "--tool=callgrind", "--dump-instr=yes", "--compress-pos=no", f"--callgrind-out-file={out}", *command], folder)
    return {int(at, 16) for at in re.findall(r"^0x([0-9a-f]+) ", out.read_text(), re.MULTILINE)}


def executed_sections(program, sections, port, folder):
    starts = [section[0] for section in sections]
    executed = set()
    for arguments in calls(port, folder):
        for at in addresses([program, *arguments], folder):
            index = bisect.bisect(starts, at) - 1
            if index >= 0 and at < sections[index][0] + sections[index][1]:
                executed.add(index)
    return [sections[index] for index in sorted(executed)]


def print_order(executed):
    by_object = collections.defaultdict(list)
    for _, _, section, origin in executed:
        member = re.search(r"(lib[^/(]*\.a)\((.*)\)$", origin)
        # What runs before main lies together by itself.
        if member and not section.startswith(".text.startup"):
            by_object[f"*{member[1]}:{member[2]}"].append(section)
    lines = [f"    {where}({' '.join(names)})\n" for where, names in sorted(by_object.items())]
    sys.stdout.write(HEAD + "".join(lines) + TAIL)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--server", type=pathlib.Path, required=True)
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        print("not installed: valgrind", file=sys.stderr)
        return 77
    with served(options.server) as (port, folder):
        program, sections = link_with_map(options.build.resolve(), folder)
        print_order(executed_sections(program, sections, port, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())

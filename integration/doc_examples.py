"""The commands in our manuals print what the manuals say.

In the given Markdown files a block `zone` is the zone example.com from there on, served by knotd, and a block `console` is a
command (`$ ...`, continued behind a backslash) with all that it prints; `(status N)` ends it where N is not 0. `--update`
writes what they print now.

Exit status: 0 all is as it says, 1 something is not, 2 a program failed.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(HERE, "pebble"), os.path.join(HERE, "native_clients")]

from name_server import CONFIGURATION, ZONE, NameServer  # noqa: E402

CAA = "@ CAA 0 issue letsencrypt.org\n@ CAA 0 issue ca.example\n"  # else its parent `com` is asked, which is not ours
BLOCK = re.compile(r"^```(zone|console)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
ASKS_DNS = ("persist-hook check ", "persist-lint -d ")


class ExampleServer(NameServer):
    """Serves example.com."""

    def write(self, lines):
        text = ZONE.format(serial=self.serial).replace("test.", "example.com.")
        caa = "" if any(" CAA " in line for line in lines) else CAA
        (self.folder / "zone").write_text(text + caa + "".join(line + "\n" for line in lines))

    def publish(self, lines):
        self.serial += 1
        self.write(lines)
        self.control("--blocking", "zone-reload", "example.com")
        if str(self.serial) not in self.control("zone-status", "example.com", "+serial"):
            raise RuntimeError("knotd refuses the zone: %s" % self.log)

    def start(self):
        configuration = self.folder / "knot.conf"
        text = CONFIGURATION.replace("domain: test", "domain: example.com")
        configuration.write_text(text.format(folder=self.folder, port=self.port))
        self.launch("--config", str(configuration))

    def answers(self):
        try:
            self.control("zone-status", "example.com")
            return True
        except RuntimeError:
            return False


def output_of(command, build, server):
    """What it prints, on both streams, and its status; the resolver that we add is not seen."""
    resolver = " --resolver " + server.address
    for start in ASKS_DNS:
        command = re.sub("^" + start, start.rstrip().replace(" -d", resolver + " -d") + (
            resolver if start.endswith("check ") else "") + " ", command)
    path = ":".join([str(build / "hook"), str(build / "lint"), os.environ["PATH"]])
    done = subprocess.run(["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env={"PATH": path, "LANG": "C.UTF-8"})
    printed = done.stdout.replace(resolver, "")
    if printed and not printed.endswith("\n"):
        printed += "\n"
    return printed + ("(status %d)\n" % done.returncode if done.returncode else "")


def run_block(text, build, server):
    """The same block with what its commands print now."""
    result, lines = "", text.splitlines(keepends=True)
    for at, line in enumerate(lines):
        if not line.startswith("$ "):
            continue
        command = line[2:]
        while command.endswith("\\\n"):
            at += 1
            command += lines[at]
        result += "$ " + command + output_of(command, build, server)
    return result


def check_file(path, options, server):
    """How many blocks are as they say, and how many are not."""
    text = path.read_text()
    good, bad, fresh, end = 0, 0, "", 0
    for block in BLOCK.finditer(text):
        fresh += text[end:block.start(2)]
        now = block[2]
        if block[1] == "zone":
            server.publish(block[2].splitlines())
        else:
            now = run_block(block[2], options.build.absolute(), server)
            good, bad = good + (now == block[2]), bad + (now != block[2])
            if now != block[2] and not options.update:
                print("%s: this is not what is printed now:\n%s\nbut:\n%s" % (path, block[2], now))
        fresh += now
        end = block.end(2)
    if options.update:
        path.write_text(fresh + text[end:])
    return good, bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    try:
        with ExampleServer() as server:
            counts = [check_file(path, options, server) for path in options.files]
    except RuntimeError as error:
        print("doc_examples.py: error: %s" % error, file=sys.stderr)
        return 2
    good, bad = (sum(column) for column in zip(*counts))
    print("%d blocks as they say, %d not" % (good, bad))
    return 1 if bad and not options.update or not good + bad else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Runs clang-tidy, with clang's own warnings, over the product's files; remembers which were clean.

    integration/clang_tidy.py --build build/dev --version 14 [--no-analyzer] [--cache DIR] [--jobs N] [FOLDER...]

A file is looked at again only when something that clang-tidy sees has changed: the preprocessed text with its
comments, the command line, the configuration or clang-tidy itself. Prints findings only. The static analyzer
takes two thirds of the time; --no-analyzer leaves it out.
Exit status: 0 clean, 1 findings, 2 nothing to look at.
"""
import argparse
import concurrent.futures
import hashlib
import json
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def clang_arguments(entry):
    """The arguments of a compile command that mean something to any compiler of it."""
    words = shlex.split(entry["command"])
    return [w for w in words if w.startswith(("-I", "-D", "-std", "-W", "-isystem"))]


class Tidy:
    def __init__(self, options):
        self.build = options.build
        self.tidy = f"clang-tidy-{options.version}"
        self.clang = f"clang++-{options.version}"
        # Beside the checks of .clang-tidy.
        self.checks = "clang-diagnostic-*" + (",-clang-analyzer-*" if options.no_analyzer else "")
        self.cache = options.cache
        self.cache.mkdir(parents=True, exist_ok=True)
        version = subprocess.run([self.tidy, "--version"], capture_output=True, check=True).stdout
        self.salt = version + (ROOT / ".clang-tidy").read_bytes() + self.checks.encode()

    def key(self, entry):
        arguments = clang_arguments(entry)
        command = [self.clang, "-E", "-C", "-w", *arguments, entry["file"]]
        text = subprocess.run(command, capture_output=True, cwd=entry["directory"]).stdout
        # Where the tree lies does not matter to a finding.
        text = text.replace(bytes(ROOT), b"")
        words = " ".join(arguments).replace(str(ROOT), "").encode()
        return hashlib.sha256(b"\0".join([self.salt, words, text])).hexdigest()

    def findings(self, entry):
        """What clang-tidy says about one file; empty if it is clean."""
        mark = self.cache / self.key(entry)
        if mark.exists():
            return ""
        # The g++ of the build knows warnings that clang does not; .clang-tidy turns that complaint off.
        command = [self.tidy, "-p", self.build, "--quiet", "--checks=" + self.checks, entry["file"]]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if done.returncode == 0 and "warning:" not in done.stdout:
            mark.touch()
            return ""
        return done.stdout + done.stderr


def product_entries(build, folders):
    entries = json.loads(pathlib.Path(build, "compile_commands.json").read_text())
    wanted = [ROOT / folder for folder in folders]
    return [e for e in entries if any(w in pathlib.Path(e["file"]).parents for w in wanted)]


def main():
    parser = argparse.ArgumentParser(description="clang-tidy over the product's files")
    parser.add_argument("--build", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--no-analyzer", action="store_true")
    parser.add_argument("--cache", type=pathlib.Path,
                        default=pathlib.Path.home() / ".cache/persist-tests/clang-tidy")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("folders", nargs="*", default=["shared", "hook", "lint"])
    options = parser.parse_args()
    entries = product_entries(options.build, options.folders)
    if not entries:
        print("no file to look at in " + options.build, file=sys.stderr)
        return 2
    tidy = Tidy(options)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        bad = [text for text in pool.map(tidy.findings, entries) if text]
    print("".join(bad), end="")
    print(f"{len(entries)} files, {len(bad)} with findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

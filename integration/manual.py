#!/usr/bin/env python3
"""The manual page and the completions that persist-hook prints, read by those who read them.

    integration/manual.py --program build/dev/hook/persist-hook

mandoc finds nothing to warn of in the page, and man renders it. bash, zsh and fish read the completions, and complete words
by them. Exit status: 0 all is well, 1 something is not, 77 where mandoc, man or one of the shells is not installed.
"""

import argparse
import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

# What is typed, and what it can become; the word in question comes last.
CASES = {
    "a command": ("ex", ["exec", "explain"]),
    "an option": ("check --on-", ["--on-refused", "--on-unknown"]),
    "the only option": ("check --on-ref", ["--on-refused"]),
    "an option behind a name": ("check example.com --no-ca", ["--no-caa"]),
    "an option that another command lacks": ("record --on-", []),
    "one of the words of a metavar": ("check --on-refused ", ["block", "warn"]),
    "a format of records": ("record --format n", ["nsupdate"]),
    "a format of check": ("check --format ", ["json", "text"]),
    "a CA": ("check --ca lets", ["letsencrypt", "letsencrypt-staging"]),
    "a client": ("install d", ["dehydrated"]),
    "a file": ("check --config /etc/debian_v", ["/etc/debian_version"]),
    "a shell": ("--completion z", ["zsh"]),
}
LONGEST_WAIT = 60  # seconds; zsh reads many files at its start
BASH = """source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); compopt() { :; }
_persist_hook; [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}" """
FISH = 'source $argv[1]; complete -C"$argv[2]"'


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_WAIT, **options)


def output(program, *arguments):
    done = run(program, *arguments)
    if done.returncode != 0 or done.stderr:
        raise RuntimeError("%s %s: status %d, %s" % (program, arguments, done.returncode, done.stderr))
    return done.stdout


def by_bash(path, typed):
    done = run("bash", "--norc", "-c", BASH, "bash", path, "persist-hook", *typed.split(" "))
    return sorted(done.stdout.split("\n")[:-1]), done.stderr


def by_fish(path, typed):
    done = run("fish", "--no-config", "-c", FISH, path, "persist-hook " + typed)
    words = [line.split("\t")[0] for line in done.stdout.split("\n")[:-1]]
    # fish offers words that contain what is typed, too, and paths.
    return sorted(word for word in words if word.startswith(typed.split(" ")[-1])), done.stderr


class Zsh:
    """A shell on a terminal of its own: zsh completes for somebody who types only."""

    def __init__(self, path, folder):
        environment = {"PATH": os.environ["PATH"], "TERM": "dumb", "HOME": folder, "LC_ALL": "C"}
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.execvpe("zsh", ["zsh", "-f", "-i"], environment)
        self.pid = pid
        self.seen = ""
        self.type("PS1='' PS2='' LISTMAX=1000; unsetopt zle_bracketed_paste prompt_sp prompt_cr list_beep\n")
        self.type("autoload -Uz compinit && compinit -u -D && source %s && echo re''ady\n" % path)
        self.wait("ready\r\n")

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, *ends):
        """What appears up to the first of the texts."""
        end_of_patience = time.monotonic() + LONGEST_WAIT
        while not any(end in self.seen for end in ends):
            if not select.select([self.terminal], [], [], max(0, end_of_patience - time.monotonic()))[0]:
                raise RuntimeError("zsh printed %r only" % self.seen)
            self.seen += os.read(self.terminal, 65536).decode(errors="replace")
        at = min(self.seen.index(end) + len(end) for end in ends if end in self.seen)
        before, self.seen = self.seen[:at], self.seen[at:]
        return before

    def unfold(self, typed):
        """The line that a Tab makes of what is typed: a widget prints it."""
        self.type("zle -N show; show() { print -r -- \"line<$BUFFER>\"; zle kill-buffer }; bindkey '^X' show; echo bo''und\n")
        self.wait("bound\r\n")
        self.type("persist-hook " + typed + "\t\x18")
        self.wait("line<")
        return self.wait(">")[len("persist-hook "):-1]

    def end(self):
        self.type("\x15exit\n")
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def common_beginning(typed, words):
    """What a Tab makes of it: all that the words agree on, and a blank if there is but one."""
    if not words:
        return typed
    before = typed[: len(typed) - len(typed.split(" ")[-1])]
    return before + os.path.commonprefix(words) + (" " if len(words) == 1 else "")


def check_page(program, folder):
    page = folder / "persist-hook.1"
    page.write_text(output(program, "--man"))
    lint = run("mandoc", "-T", "lint", "-W", "warning", str(page))
    shown = run("man", "--warnings", "-l", str(page), env=dict(os.environ, MANWIDTH="100", LC_ALL="C"))
    problems = ["mandoc: " + line for line in lint.stdout.splitlines()]
    problems += ["man: " + line for line in shown.stderr.splitlines()]
    for text in ("persist-hook check [OPTIONS] NAME...", "--account-url URL", "PERSIST_HOOK_ACCOUNT_URL", "EXIT STATUS"):
        if text not in shown.stdout:
            problems.append("man: does not show " + text)
    return problems


def check_shells(program, folder):
    problems = []
    paths = {shell: str(folder / shell) for shell in ("bash", "zsh", "fish")}
    for shell, path in paths.items():
        pathlib.Path(path).write_text(output(program, "--completion", shell))
    zsh = Zsh(paths["zsh"], str(folder))
    for name, (typed, words) in CASES.items():
        want = sorted(words)
        for shell, complete in (("bash", by_bash), ("fish", by_fish)):
            got = complete(paths[shell], typed)
            if got != (want, ""):
                problems.append("%s: %s: %r, not %r" % (shell, name, got, want))
        got = zsh.unfold(typed)
        if got.rstrip() != common_beginning(typed, want).rstrip():
            problems.append("zsh: %s: %r, not %r" % (name, got, common_beginning(typed, want)))
    zsh.end()
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    missing = [tool for tool in ("mandoc", "man", "bash", "zsh", "fish") if shutil.which(tool) is None]
    if missing:
        print("not installed: " + ", ".join(missing), file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory() as folder:
        problems = check_page(program, pathlib.Path(folder)) + check_shells(program, pathlib.Path(folder))
    for problem in problems:
        print(problem, file=sys.stderr)
    print("%d completions in three shells and a manual page, %d problems" % (len(CASES), len(problems)))
    return 1 if problems else 0


sys.exit(main())

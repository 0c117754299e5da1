#!/usr/bin/env python3
"""`persist-hook account` and `detect`, asked about a live Pebble.

    integration/pebble/account_at_pebble.py --pebble PATH --program build/dev/hook/persist-hook

An account that was made there is found by its key; of a key without an account none is made, which Pebble itself tells:
it counts its accounts in its log. Exit status: 0 as it must be, 1 not.
"""

import argparse
import json
import os
import pathlib
import socket
import subprocess
import sys

from acme_account import AcmeAccount
from cryptography.hazmat.primitives import serialization
from pebble import Pebble

ISSUER = "pebble.example"


class KeyOnly(AcmeAccount):
    """A key without an account, until `AcmeAccount.register` is called."""

    def register(self):
        pass


class Run:
    def __init__(self, program, *words, **variables):
        done = subprocess.run([program, *words], capture_output=True, text=True, timeout=120,
                              env={"PATH": os.environ["PATH"], **variables}, stdin=subprocess.DEVNULL)
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def document(self):
        return json.loads(self.out)


class Questions:
    def __init__(self, program, pebble):
        self.program, self.pebble = program, pebble
        self.failures = []

    def expect(self, what, got, want):
        print("%-5s %s" % ("ok" if got == want else "FAIL", what))
        if got != want:
            self.failures.append(what)
            print("      got  %r\n      want %r" % (got, want))

    def key_file(self, account, name):
        """The account's key, as only we may read it."""
        path = self.pebble.folder / name
        with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
            file.write(account.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                                 serialization.NoEncryption()))
        return path

    def ask(self, key, *more, **variables):
        return Run(self.program, "account", "--key", key, "--directory", self.pebble.directory, "--ca-file",
                   self.pebble.certificate, *more, **variables)

    def accounts(self):
        """How many accounts Pebble says that it has."""
        marks = [line for line in (self.pebble.folder / "log").read_text().splitlines() if "accounts in memory" in line]
        return int(marks[-1].split("There are now ")[1].split()[0]) if marks else 0

    # --- what is asked -----------------------------------------------------------------------------

    def an_account_is_found(self):
        account = AcmeAccount(self.pebble)
        key = self.key_file(account, "known.pem")
        url = account.url("https", "127.0.0.1:%d" % self.pebble.port)
        run = self.ask(key, "--format", "json")
        self.expect("an account is found by its key", run.status, 0)
        [listed] = run.document["accounts"]
        self.expect("its URL is the one that Pebble gave", listed["account_url"], url)
        self.expect("it is valid", listed["status"], "valid")
        self.expect("its key is told", listed["key_type"], "EC P-256")
        self.expect("in text too", "  account:   %s (valid)\n" % url in self.ask(key).out, True)
        log = self.pebble.folder / "tls.log"
        again = self.ask(key, "--format", "json", SSLKEYLOGFILE=str(log), https_proxy="http://127.0.0.1:9")
        self.expect("E05: asking again gives the same, whatever the environment says", again.out, run.out)
        self.expect("E05: no TLS secrets are written", log.exists(), False)
        return account, key

    def none_is_made(self):
        stranger = KeyOnly(self.pebble)
        key = self.key_file(stranger, "stranger.pem")
        before = self.accounts()
        run = self.ask(key, "--format", "json")
        self.expect("a key without an account is refused", run.status, 1)
        self.expect("no URL is told", run.document["accounts"][0]["account_url"], None)
        self.expect("the error says so", "has the key with the thumbprint" in run.err, True)
        self.expect("Pebble has no more accounts than before", self.accounts(), before)
        AcmeAccount.register(stranger)
        self.expect("and one more when the key registers itself", self.accounts(), before + 1)
        self.expect("which is found then", self.ask(key).status, 0)

    def a_closed_account_is_refused(self, account, key):
        url = account.url("https", "127.0.0.1:%d" % self.pebble.port)
        account.post("/my-account/" + account.id, {"status": "deactivated"}, url)
        run = self.ask(key)
        self.expect("a deactivated account is refused", run.status, 1)

    def an_unknown_ca_is_not_trusted(self, key):
        for variables in ({}, {"SSL_CERT_FILE": str(self.pebble.certificate)}):
            run = Run(self.program, "account", "--key", key, "--directory", self.pebble.directory, **variables)
            self.expect("a certificate of nobody's is not trusted %s" % list(variables), (run.status, run.out), (3, ""))

    def no_core_file_can_hold_the_key(self, key):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            silent.settimeout(60)
            directory = "https://127.0.0.1:%d/dir" % silent.getsockname()[1]
            process = subprocess.Popen([self.program, "account", "--key", key, "--directory", directory],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            try:
                connection, _ = silent.accept()  # so the key has been read
                limits = pathlib.Path("/proc/%d/limits" % process.pid).read_text()
                connection.close()
            finally:
                process.kill()
                process.wait()
        [core] = [line for line in limits.splitlines() if line.startswith("Max core file size")]
        self.expect("no core file can hold the key", core.split()[4:6], ["0", "0"])

    def the_directory_is_read(self):
        run = Run(self.program, "detect", self.pebble.directory, "--ca-file", self.pebble.certificate, "--format", "json")
        document = run.document
        self.expect("an unknown CA without draft -02 cannot be told", (run.status, document["offers"]), (3, "unknown"))
        self.expect("its CAA identities are a hint", (document["issuers"], document["issuers_source"]),
                    ([ISSUER], "directory"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pebble", required=True)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    options = parser.parse_args()
    # Nobody is asked for names: the discard port.
    with Pebble(options.pebble, [ISSUER], "127.0.0.1:9") as pebble:
        questions = Questions(options.program.resolve(), pebble)
        account, key = questions.an_account_is_found()
        questions.none_is_made()
        questions.a_closed_account_is_refused(account, key)
        questions.an_unknown_ca_is_not_trusted(key)
        questions.no_core_file_can_hold_the_key(key)
        questions.the_directory_is_read()
    return 1 if questions.failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""ACME clients that know dns-persist-01 issue from a Pebble over knotd, where `persist-hook check` says they will.

Each client, with an account of its own, asks for a certificate for each case of records.py. The certificate must exist
exactly when `persist-hook check`, asking the same server for the same account, exits with 0; the case says which.

Exit status: 0 all passed, 1 some did not, 2 a program failed.
"""

import argparse
import concurrent.futures
import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../pebble"))

from clients import AcmeSh, Acmez, Uacme  # noqa: E402
from cryptography import x509  # noqa: E402
from name_server import NameServer  # noqa: E402
from pebble import Pebble  # noqa: E402
from records import CASES  # noqa: E402

ISSUER = "pebble.letsencrypt.org"
REFUSAL = "DNS-PERSIST-01 challenge"  # stands in every text of Pebble's about a record that does not do
CLIENTS = {"acmez": Acmez, "acme_sh": AcmeSh, "uacme": Uacme}


def words_of(case, client, account):
    """What stands in braces in a case."""
    label = "%s-%s" % (case.name, client.name.replace(".", "-"))
    now = int(time.time())
    return {"label": label, "name": label + ".test", "issuer": ISSUER, "ISSUER": ISSUER.upper(), "account": account,
            "past": now - 60, "future": now + 86400}


def zone_lines(case, words):
    lines = ['_validation-persist.{label} TXT "%s"' % text for text in case.records] + list(case.zone_lines)
    return [line.format(**words) for line in lines]


def says_yes(options, server, identifiers, account):
    """Whether `persist-hook check` exits with 0."""
    done = subprocess.run(
        [os.path.abspath(options.program), "check", *identifiers, "--ca", "pebble", "--account-url", account,
         "--resolver", server.address],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
    if done.returncode not in (0, 1):
        raise RuntimeError("persist-hook check %s: status %d: %s" % (identifiers, done.returncode, done.stderr))
    return done.returncode == 0


def is_certificate(path, identifiers):
    """Whether there is one; it must be for these names."""
    if not path.exists():
        return False
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if sorted(names.get_values_for_type(x509.DNSName)) != sorted(identifiers):
        raise RuntimeError("%s is for %s" % (path, names))
    return True


def run_case(options, server, client, account, case, words):
    """Whether it passed; prints its line, and what the client said if it did not."""
    identifiers = [text.format(**words) for text in case.identifiers]
    start = time.monotonic()
    hook = says_yes(options, server, identifiers, account)
    issued = is_certificate(client.issue(identifiers), identifiers)
    good = hook == issued == case.authorises and issued != (REFUSAL in client.output)
    print("%-4s  %-8s %-28s persist-hook %-3s  certificate %-3s %6.1f s" % (
        "ok" if good else "FAIL", client.name, case.name, "yes" if hook else "no", "yes" if issued else "no",
        time.monotonic() - start), flush=True)
    if not good:
        print("expected %s; the client said:\n%s" % (case.authorises, client.output[-3000:]), flush=True)
    return good


class Run:
    """A client with its account, and its share of the cases. One Pebble does not bear several orders at a time."""

    def __init__(self, client, cases):
        self.client, self.cases, self.account = client, cases, client.account_url()
        self.words = {case.name: words_of(case, client, self.account) for case in cases}

    def zone_lines(self):
        return [line for case in self.cases for line in zone_lines(case, self.words[case.name])]

    def run(self, options, server):
        """Which cases passed."""
        return [run_case(options, server, self.client, self.account, case, self.words[case.name])
                for case in self.cases]


def run_all(options, server, stack):
    """Which cases passed."""
    folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="persist-clients-")))
    runs = []
    for kind, program in options.clients:
        for k in range(kind.at_once):
            pebble = stack.enter_context(Pebble(options.pebble, [ISSUER], server.address))
            client = kind(program, pebble, folder / ("%s-%d" % (kind.name, k)))
            runs.append(Run(client, CASES[k::kind.at_once]))
    server.publish([line for run in runs for line in run.zone_lines()])
    with concurrent.futures.ThreadPoolExecutor(len(runs)) as threads:
        return [good for passed in threads.map(lambda run: run.run(options, server), runs) for good in passed]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="persist-hook")
    parser.add_argument("--pebble", required=True, help="pebble")
    for name in CLIENTS:
        parser.add_argument("--" + name.replace("_", "-"), help="the client, as integration/peers.sh prints it")
    options = parser.parse_args()
    options.clients = [(kind, getattr(options, name)) for name, kind in CLIENTS.items() if getattr(options, name)]
    if not options.clients:
        parser.error("no client given")
    with contextlib.ExitStack() as stack:
        try:
            passed = run_all(options, stack.enter_context(NameServer()), stack)
        except RuntimeError as error:
            print("run_native_clients.py: error: %s" % error, file=sys.stderr)
            return 2
    print("%d passed, %d failed" % (passed.count(True), passed.count(False)))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())

"""ACME clients with persist-hook in front get a certificate exactly where the record is good.

The CA is a Pebble that believes every answer to a challenge, so that nothing but persist-hook can stop an order. For each
row of rows.py the certificate must exist exactly when the record is good; when the client is stopped, the CA must have
heard no answer to any challenge, what the client shows must have our text in it, and its exit status must say so.

Exit status: 0 all passed, 1 some did not, 2 a program failed.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import os
import pathlib
import signal
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[1:1] = [os.path.join(HERE, "../pebble"), os.path.join(HERE, "../native_clients")]

from hooked_certbot import Certbot  # noqa: E402
from hooked_clients import AcmeSh, Dehydrated, Lego, Uacme  # noqa: E402
from hooked_mod_md import ModMd  # noqa: E402
from name_server import NameServer  # noqa: E402
from own_server import free_port  # noqa: E402
from pebble import Pebble  # noqa: E402
from rows import BROKEN, OUR_TEXT, rows_of  # noqa: E402
from run_native_clients import ISSUER, is_certificate, words_of, zone_lines  # noqa: E402
from streams import SystemLog  # noqa: E402
from two_lineages import TwoLineages  # noqa: E402

KINDS = {"certbot": Certbot, "lego": Lego, "acme.sh": AcmeSh, "dehydrated": Dehydrated, "mod_md": ModMd,
         "uacme": Uacme}
Counts = collections.namedtuple("Counts", "orders authorizations answers certificates")


class BelievingPebble(Pebble):
    def __init__(self, program, dns_server, reuses):
        super().__init__(program, [ISSUER], dns_server, {
            "PEBBLE_VA_ALWAYS_VALID": "1", "PEBBLE_AUTHZREUSE": "100" if reuses else "0"})

    def counts(self):
        """What it has done so far."""
        text = (self.folder / "log").read_text(errors="replace")
        return Counts(*(text.count(what) for what in (
            "Added order", "authorizations in the db", "Pulled a task", "Issued certificate")))


class Order:
    """A row with the names that it is about, and what came of it."""

    def __init__(self, client, account, row):
        self.client, self.row = client, row
        self.case = row.case._replace(name=row.name)
        self.words = words_of(self.case, client, account)
        self.identifiers = [text.format(**self.words) for text in self.case.identifiers]
        self.path = client.certificate(self.identifiers)

    def octets(self):
        return self.path.read_bytes() if is_certificate(self.path, self.identifiers) else None

    def run(self, program):
        """What is wrong with what happens."""
        if self.row.reused or self.row.style == "folder":
            self.client.issue(self.identifiers, ["/usr/bin/true"])
        before, old = self.client.pebble.counts(), self.octets()
        port = free_port()
        broken = BROKEN.get(self.row.broken, {})
        with self.client.also({name: value.format(closed_port=port) for name, value in broken.items()}):
            self.client.issue(self.identifiers, [self.row.hook or program], self.row)
        counts = Counts(*(b - a for a, b in zip(before, self.client.pebble.counts())))
        return self.wrong(counts, self.octets() != old)

    def wrong(self, counts, issued):
        row, client, wrong = self.row, self.client, []
        expected = row.certificate_expected
        if (issued, counts.certificates) != (expected, int(expected)):
            wrong.append("%d certificates were issued, %s is there" % (counts.certificates, "one" if issued else "none"))
        if not expected and counts.answers:
            wrong.append("%d challenges were answered" % counts.answers)
        if not expected and row.style in client.gates and counts.orders:
            wrong.append("%d orders were made" % counts.orders)
        if row.reused and counts.answers:
            wrong.append("no authorization was reused")
        status = row.status if row.status is not None else 0 if expected else client.stopped
        if client.status != status:
            wrong.append("exit status %s, not %d" % (client.status, status))
        wrong += self.wrong_text(not expected if row.says is None else row.says)
        if row.logged and not any("persist-hook[" in line and self.words["name"] in line for line in client.logged):
            wrong.append("the log of the system has %s" % client.logged)
        return wrong

    def wrong_text(self, says):
        text = self.row.text.format(identifier=self.identifiers[0]) if says else OUR_TEXT
        return ["%r is %s" % (text, "missing" if says else "there")] if (text in self.client.output) != says else []


def report(client, name, wrong, start):
    """Whether it passed; prints its line, and what the client said if it did not."""
    print("%-4s  %-16s %-40s %6.1f s" % (
        "FAIL" if wrong else "ok", client.name, name, time.monotonic() - start), flush=True)
    if wrong:
        print("      %s\n%s" % ("; ".join(wrong), client.output[-3000:]), flush=True)
    return not wrong


class Share:
    """A client with its account, and its share of the rows, one behind the other: a Pebble does not bear several orders."""

    def __init__(self, client, rows):
        self.client, account = client, client.account_url()
        self.orders = [Order(client, account, row) for row in rows]

    def zone_lines(self, _):
        return [line for order in self.orders for line in zone_lines(order.case, order.words)]

    def run(self, program, tell):
        for order in self.orders:
            start = time.monotonic()
            yield tell(self.client, order.row.name, order.run(program), start)


def shares(options, server, stack):
    """Which rows go with which account and Pebble."""
    folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="persist-gated-")))
    numbers = iter(range(100))
    variables = {"PERSIST_HOOK_CA": "pebble", "PERSIST_HOOK_RESOLVER": server.address}

    def new_client(reuses):
        pebble = stack.enter_context(BelievingPebble(options.pebble, server.address, reuses))
        client = options.kind(options.path, pebble, folder / str(next(numbers)), variables)
        stack.callback(client.close)
        return client

    rows = [r for r in rows_of(options.kind, options.long) if not options.rows or options.rows in r.name]
    if any(r.logged for r in rows) and not SystemLog.works():
        print("left out: rows with a log of the system, as there are no mount namespaces here", flush=True)
        rows = [r for r in rows if not r.logged]
    once = [r for r in rows if not r.reused]
    parts = [(False, once[k::options.kind.at_once]) for k in range(options.kind.at_once)]
    parts.append((True, [r for r in rows if r.reused]))
    found = [Share(new_client(reuses), part) for reuses, part in parts if part]
    if issubclass(options.kind, Certbot) and (not options.rows or options.rows in "two-lineages"):
        found.append(TwoLineages(new_client(False)))
    return found


def run_all(options, server, stack):
    """Which rows passed."""
    found = shares(options, server, stack)
    server.publish([line for share in found for line in share.zone_lines(ISSUER)])
    program = os.path.abspath(options.program)
    with concurrent.futures.ThreadPoolExecutor(len(found)) as threads:
        results = threads.map(lambda share: list(share.run(program, report)), found)
        return [good for passed in results for good in passed]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="persist-hook")
    parser.add_argument("--pebble", required=True, help="pebble")
    parser.add_argument("--client", required=True, help="certbot-5.8.0, lego-4.9.1 ... as integration/peers.sh calls it")
    parser.add_argument("--path", required=True, help="the client, as integration/peers.sh prints it")
    parser.add_argument("--rows", help="only those with this in their names")
    parser.add_argument("--long", action="store_true", help="every row, also with older releases of certbot")
    options = parser.parse_args()
    kind = KINDS.get(options.client.replace("acme-sh", "acme.sh").replace("mod-md", "mod_md").partition("-")[0])
    if kind is None:
        parser.error("no such client: %s" % options.client)
    options.kind = type(kind.__name__, (kind,), {"name": options.client})
    # Whoever started this with `&` has it ignored, and so would every client; the rows that want that say so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.ExitStack() as stack:
        try:
            passed = run_all(options, stack.enter_context(NameServer()), stack)
        except RuntimeError as error:
            print("run_gated_clients.py: error: %s" % error, file=sys.stderr)
            return 2
    print("%d passed, %d failed" % (passed.count(True), passed.count(False)))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())

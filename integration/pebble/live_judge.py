"""Has a live Pebble judge rows: one order, then challenge after challenge."""

import collections
import concurrent.futures
import itertools
import math
import os
import sys
import time

for folder in ("../boulder_va", "../../tests/second_evaluator"):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), folder))

from acme_account import AcmeAccount  # noqa: E402
from basics import LONGEST_NAME  # noqa: E402
from boulder_rows import as_ca_has_it  # noqa: E402

AT_ONCE = 16  # challenges that one Pebble is judging
ACCOUNT_DIGITS = 16  # of the number of an account: most have so many
ERROR = "urn:ietf:params:acme:error:"

# A row as it was judged: by Pebble, at a time between row["now"] and `after`.
Judged = collections.namedtuple("Judged", "row after verdict detail")


def seconds():
    """The time for one who compares whole seconds: a limit is over for Pebble as soon as it is past by a fraction."""
    return math.ceil(time.time())


def new_account(pebble):
    """An account whose URL is as long as those of all other runs: so the rows are the same."""
    return next(a for a in (AcmeAccount(pebble) for _ in itertools.count()) if len(a.id) == ACCOUNT_DIGITS)


def judged(account, server, make, path, authorization):
    """Has Pebble judge the row that `make` gives for an account and a time."""
    judged_row = make(account, seconds())
    server.serve(judged_row)
    challenge = account.respond(path, authorization, judged_row["account"]["url"])
    if challenge["status"] == "valid":
        return Judged(judged_row, seconds(), "accept,-", "")
    error = challenge["error"]
    return Judged(judged_row, seconds(), "reject," + error["type"].replace(ERROR, ""), error["detail"])


def name_of(identifier):
    value = identifier["value"]
    return value[2:] if value.startswith("*.") else value


def judge_all(account, server, makers):
    """One order for all: Pebble does not bear several at a time."""
    identifiers = [as_ca_has_it(make(account, seconds()))["identifier"] for make in makers]
    by_name = {name_of(identifier): make for identifier, make in zip(identifiers, makers)}
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
        def one(path):
            authorization = account.authorization(path)
            return judged(account, server, by_name[name_of(authorization["identifier"])], path, authorization)
        return list(threads.map(one, account.order(identifiers)))


def asked_wrongly(server, results):
    """Names that were asked for without need, or not asked for. One that is too long is asked for, in vain."""
    wanted = {r.row["query_name"] for r in results if r.row["query_name"]}
    asked = {name for name in server.asked if len(name) <= LONGEST_NAME}
    return ["%s was %sasked for" % (name, "" if name in asked else "not ") for name in sorted(wanted ^ asked)]

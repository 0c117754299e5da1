"""Rows that a live Pebble can be asked about: the vectors fitted to its account, its clock and names of their own, and
random rows of the same making as those for Boulder.

Row k of a seed is always the same row, but for the number of the account and the time, which are Pebble's.
"""

import os
import random
import re
import sys

for folder in ("../boulder_va", "../../tests/second_evaluator"):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), folder))

from basics import joined  # noqa: E402
from boulder_rows import as_ca_has_it, judgeable_world, with_records  # noqa: E402
from dns_responder import fits_a_message  # noqa: E402
from ingredients import ISSUERS  # noqa: E402

ROWS_PER_PEBBLE = 250  # a Pebble's issuer domain names stand in its configuration
# Scheme and authority of account URLs. Pebble takes both as the request has them; the rest is its own.
ACCOUNTS = [
    ("https", "ca.example"), ("https", "acme-v02.api.letsencrypt.org"), ("http", "127.0.0.1:14000"),
    ("https", "[2001:db8::1]:14000"), ("https", "ca.example:8443"), ("https", "user=a&b,c!d'e.example"),
    ("https", "long." * 60 + "example"),
]
# Like the escaped form of another text: Pebble, which judges escaped text, takes that text for it.
LIKE_ESCAPED = [(scheme, "ca.example") for scheme in ('a\\"b', "\\009", "\\195\\169", "a\\\\b")]
TIME = re.compile(rb"(persistuntil[ \t]*=[ \t]*[+0]*)([0-9]{10})(?![0-9])", re.IGNORECASE)
NEAR = 10**9  # seconds; a time further away is not meant as one beside `now`
LONG_NAME = 200


def left_out(row):
    """Why a Pebble cannot be asked about the row; None if it can."""
    if row["identifier"]["type"] != "dns":
        return "an IP identifier: the challenge is not offered"
    if row["account"]["status"] != "valid":
        return "an account that is not valid: no request of it is answered"
    if not fits_a_message(as_ca_has_it(row)):
        return "more records than a DNS message holds"
    return None


# --- names: Pebble may use an authorization again, so that no two rows have the same -----------------


def marked(name, mark):
    """Another name for each `mark`, of as many labels; a very long one keeps its length."""
    wildcard, plain = ("*.", name[2:]) if name.startswith("*.") else ("", name)
    dot = "." if plain.endswith(".") else ""
    plain = plain[:len(plain) - len(dot)]
    return wildcard + (plain[len(mark):] if len(plain) > LONG_NAME else plain) + mark + dot


def with_own_names(row, mark):
    row = dict(row, identifier=dict(row["identifier"]))
    if row["identifier"]["type"] == "dns":
        row["identifier"]["value"] = marked(row["identifier"]["value"], mark)
    row["elsewhere"] = [dict(record, owner=marked(record["owner"], mark)) for record in row["elsewhere"]]
    if "cname_chain" in row:
        row["cname_chain"] = [marked(name, mark) for name in row["cname_chain"]]
    return row


# --- vectors ----------------------------------------------------------------------------------------


def rewritten(record, pattern, replacement):
    """The record with what matches replaced. What falls on a joint of two strings stays on it; none grows over 255."""
    text = joined(record)
    cells = [bytes([octet]) for octet in text]
    for found in pattern.finditer(text):
        new, last = replacement(found), found.end() - 1
        for i, at in enumerate(range(found.start(), found.end())):
            cells[at] = new[i:i + 1] if at < last else new[i:]
    strings, start = [], 0
    for octets in map(bytes.fromhex, record["hex"]):
        piece = b"".join(cells[start:start + len(octets)])
        strings += [piece[i:i + 255].hex() for i in range(0, max(len(piece), 1), 255)]
        start += len(octets)
    return dict(record, hex=strings)


def with_account(row, account):
    """An account URL of Pebble's in place of the row's, in the records too; what was nearly the row's is nearly it."""
    old = row["account"]["url"]
    scheme, is_url, rest = old.partition("://")
    host, _, path = rest.partition("/")
    url = account.url(scheme, host) if is_url else account.url("https", "ca.example")
    old, new = ("/" + path, url[url.rindex("/my-account/"):]) if is_url else (old, url)
    pattern = re.compile(re.escape(old.encode()))
    answer = [rewritten(record, pattern, lambda _: new.encode()) for record in row["answer"]]
    return dict(row, answer=answer, account=dict(row["account"], url=url))


def at_time(row, now):
    """As if the row's `now` were this one: times near the one stay as far from the other."""
    def moved(found):
        time = int(found[2])
        return found[1] + b"%010d" % (time + now - row["now"]) if abs(time - row["now"]) < NEAR else found[0]
    return dict(row, now=now, answer=[rewritten(record, TIME, moved) for record in row["answer"]])


def fitted(vector, mark, account, now):
    row = at_time(with_account(with_own_names(vector, mark), account), now)
    return dict(row, query_name=as_ca_has_it(row)["query_name"])


# --- random rows ------------------------------------------------------------------------------------


def issuers_of(seed, number):
    """The issuer domain names of the Pebble that is asked about the row."""
    rng = random.Random("pebble/%s/issuers/%d" % (seed, number // ROWS_PER_PEBBLE))
    return rng.sample(ISSUERS, rng.choice([1, 1, 2, 3, 4]))


def row(seed, number, account, now):
    """Row `number` of this seed."""
    rng = random.Random("pebble/%s/%d" % (seed, number))
    urls, like_escaped = ([account.url(*form) for form in forms] for forms in (ACCOUNTS, LIKE_ESCAPED))
    world = judgeable_world(rng, number, seed, issuers_of(seed, number), urls, like_escaped)
    world.update(id="P%s-%d" % (seed, number), now=now)
    made = with_own_names(with_records(rng, world), "x%d" % number)
    return dict(made, query_name=as_ca_has_it(made)["query_name"])

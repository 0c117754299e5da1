"""Random rows that a validation authority of Boulder can be asked about; and which rows cannot, and why.

Made of the parts of ../../tests/second_evaluator, with more of what Boulder treats in a way of its own: any octet at
any place (its DNS library escapes some), times to the second round persistUntil, long and many records.

Row k of a seed is always the same row.
"""

import os
import random
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tests/second_evaluator"))

from basics import LABEL, base_name, too_long  # noqa: E402
from generate import character_strings, new_world, one_record, records_elsewhere  # noqa: E402
from ingredients import chance  # noqa: E402

ACCOUNTS = [
    "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
    "https://acme-staging-v02.api.letsencrypt.org/acme/acct/987654321", "https://ca.example/acct/123",
    "http://127.0.0.1:14000/my-account/1", "https://ca.example/acct/007", "https://[2001:db8::1]:14000/acct?id=9",
    "https://ca.example:8443/%7Euser/a=b/9223372036854775807", "https://ca.example/" + "long/" * 60 + "1",
]
# URLs like the escaped form of another text: a CA that judges escaped text takes that text for it.
LIKE_ESCAPED = [
    'https://ca.example/a\\"b/5', "https://ca.example/\\009/5", "https://ca.example/\\195\\169/5", "https://ca.example/\\\\5",
]
ESCAPED = [(b'\\"', b'"'), (b"\\009", b"\t"), (b"\\195\\169", b"\xc3\xa9"), (b"\\\\", b"\\")]
OUTCOMES = ["refused", "formerr", "notimp"]
ESCAPES = [b"\\032", b"\\059", b"\\061", b"\\;", b'\\"', b"\\", b"\\\\", b"\\000"]
LARGEST_ANSWER = 64_000  # octets: with header, question and OPT no DNS message holds more than 65,535
PERSIST_UNTIL = re.compile(rb"(persistuntil[ \t]*=[ \t]*)[^ ;]*", re.IGNORECASE)


def left_out(row):
    """Why a validation authority of Boulder cannot be asked about the row; None if it can."""
    if len(row["issuer_domain_names"]) != 1:
        return "several issuer domain names"
    if row["account"]["status"] != "valid":
        return "an account that is not valid: its validation authority does not know the status"
    if not re.search("[1-9][0-9]*$", row["account"]["url"]):
        return "an account URL that does not end in a number above zero"
    return None


def query_name(row):
    """The name to be asked for; empty if none can be."""
    if row["identifier"]["type"] != "dns" or too_long(base_name(row["identifier"])[0]):
        return ""
    return LABEL + base_name(row["identifier"])[0]


def as_ca_has_it(row):
    """The row with the identifier in the form that ACME identifiers have at the CA: lower case, A-labels, no final dot."""
    identifier = dict(row["identifier"])
    if identifier["type"] == "dns":
        name, wildcard = base_name(identifier)
        identifier["value"] = "*." + name if wildcard else name
    return dict(row, identifier=identifier, query_name=query_name(row))


# --- accidents that happen to the text of a record -------------------------------------------------


def time_at_the_edge(rng, world, text):
    near = b"%d" % (world["now"] + rng.randrange(-2, 3))
    if PERSIST_UNTIL.search(text):
        return PERSIST_UNTIL.sub(lambda found: found[1] + near, text, count=1)
    return text + b"; persistUntil=" + near


def any_octet(rng, world, text):
    """One octet of all 256, or text that looks like an escaped octet, mostly at the edge of a token."""
    edges = [i + side for i, octet in enumerate(text) if octet in b";= " for side in (0, 1)] + [0, len(text)]
    at = rng.choice(edges) if chance(rng, 70) else rng.randrange(len(text) + 1)
    octets = bytes([rng.randrange(256)]) if chance(rng, 75) else rng.choice(ESCAPES)
    return text[:at] + octets + text[at + rng.randrange(2):]


def unescaped(rng, world, text):
    for escaped, plain in ESCAPED:
        if escaped in world["account"]["url"].encode():
            return text.replace(escaped, plain)
    return text


def long_record(rng, world, text):
    return text + b"; note=" + bytes([rng.choice(b'x"\\\t')]) * rng.choice([200, 255, 256, 3000, 20000])


ACCIDENTS = [time_at_the_edge] * 8 + [any_octet] * 12 + [unescaped] * 2 + [long_record]


# --- one row ---------------------------------------------------------------------------------------


def judgeable_world(rng, number, seed, issuers, accounts, like_escaped):
    """A row with no records yet, for an account of a CA that reads account URLs in clear."""
    world = new_world(rng, number, seed)
    world["issuer_domain_names"] = issuers or world["issuer_domain_names"][:1]
    world["account"]["status"] = "valid"
    world["account"]["url"] = rng.choice(like_escaped) if chance(rng, 4) else rng.choice(accounts)
    if chance(rng, 75):
        world.update(draft="01", account_hash_prefix=None, accepted_hash_algs=None)
        world["account"]["thumbprints"] = []
    if world["identifier"]["type"] != "dns" or not query_name(world):
        world["dns"] = "unsent"
    elif chance(rng, 1):
        world["dns"] = rng.choice(OUTCOMES)
    return world


def some_record(rng, world, name, wildcard):
    if chance(rng, 1):
        return {"hex": []}  # RDATA of no octets
    text = one_record(rng, world, name, wildcard)
    while chance(rng, 25):
        text = rng.choice(ACCIDENTS)(rng, world, text)
    return {"hex": character_strings(rng, text)}


def that_fit(records):
    """The first of the records, as many as one DNS message holds."""
    octets, kept = 0, []
    for record in records:
        octets += 12 + sum(1 + len(string) // 2 for string in record["hex"])
        if octets > LARGEST_ANSWER:
            break
        kept.append(record)
    return kept


def with_records(rng, world):
    if world["dns"] == "unsent":
        return world
    name, wildcard = base_name(world["identifier"])
    if world["dns"] == "noerror":
        wanted = wildcard if chance(rng, 90) else not wildcard
        count = rng.choice([1] * 14 + [2] * 5 + [3, 3, 4, 6, 0]) if chance(rng, 99) else rng.randrange(7, 40)
        world["answer"] = that_fit([some_record(rng, world, name, wanted) for _ in range(count)])
    if chance(rng, 10):
        records_elsewhere(rng, world, name)
    return world


def row(seed, number):
    """Row `number` of this seed."""
    rng = random.Random("boulder/%s/%d" % (seed, number))
    world = judgeable_world(rng, number, seed, None, ACCOUNTS, LIKE_ESCAPED)
    world["id"] = "B%s-%d" % (seed, number)
    return with_records(rng, world)

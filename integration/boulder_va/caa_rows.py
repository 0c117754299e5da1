"""Random rows with CAA for a validation authority of Boulder: a name with a good record, mostly, and what DNS says about CAA
at the name and at its parents.

A row has the members of boulder_rows.py and `caa`: for some of the names, from the name itself up to the top-level
domain, what DNS says there (`dns`), the RDATA of each record (`hex`) and the aliases on the way (`cname_chain`).

Row k of a seed is always the same row.
"""

import random

from boulder_rows import ACCOUNTS, LIKE_ESCAPED, any_octet, judgeable_world, query_name, unescaped

from basics import base_name
from generate import identifier, rendered, wrong_shape
from ingredients import (
    BAD_TAGS, BAD_VALUES, ISSUERS, UNKNOWN_TAGS, VALUES, chance, issuer_near_miss, mixed_case, mutated, uri_near_miss,
)

FAILURES = ["servfail", "servfail", "bogus", "refused", "formerr", "notimp", "timeout", "truncated"]
METHODS = [b"dns-persist-01"] * 5 + [b"http-01", b"dns-01", b"tls-alpn-01", b"dns-account-01", b"x", b"DNS-PERSIST-01"]
BAD_METHODS = [
    b"", b" dns-persist-01", b"dns-persist-01 ", b"dns_persist_01", b"a.b", b"*", b"dns-persist-01.", b"\xc3\xa9", b"a\nb",
    b"\x00", b'"dns-persist-01"', b"dns-persist-01=",
]
PARAMETER_TAGS = [b"accounturi", b"validationmethods"]
ODD_PARAMETER_TAGS = [b"", b"a-b", b"accounturi-", b"x1", b"account uri", b"0", *BAD_TAGS]
OTHER_TAGS = [
    b"iodef", b"issuemail", b"issuevmc", b"contactemail", b"tbs", b"auth", b"path", b"issue-wild", b"", b"issue ", b" issue",
    b"issue\x00", b"issues", b"issu", b"issuewildcard", b'"issue"', b"\\105ssue", b"i\xc5\xbfsue", b"iss\\ue", b"\xff",
]
ALIASES = ["alias.example.net", "caa.example.org", "x.example.net", "y.z.example.org", "_caa.example.org"]


# --- one record ------------------------------------------------------------------------------------


def method_list(rng):
    methods = [rng.choice(METHODS) for _ in range(rng.choice([1, 1, 2, 3]))]
    if chance(rng, 25):
        methods.insert(rng.randrange(len(methods) + 1), rng.choice(BAD_METHODS))
    return b",".join(methods)


def account(rng, world):
    url = world["account"]["url"].encode()
    if chance(rng, 70):
        return url
    return uri_near_miss(rng, url) if chance(rng, 70) else rng.choice(ACCOUNTS).encode()


def parameters(rng, world):
    chosen = []
    if chance(rng, 50):
        chosen.append([b"accounturi", account(rng, world)])
    if chance(rng, 50):
        chosen.append([b"validationmethods", method_list(rng)])
    if chance(rng, 15):
        chosen += [[rng.choice(UNKNOWN_TAGS), rng.choice(VALUES)] for _ in range(rng.choice([1, 1, 2]))]
    if chance(rng, 8):
        chosen.append([rng.choice(ODD_PARAMETER_TAGS), rng.choice(VALUES if chance(rng, 70) else BAD_VALUES)])
    if chosen and chance(rng, 8):
        tag, value = rng.choice(chosen)
        chosen.append([tag if chance(rng, 70) else mixed_case(rng, tag), value if chance(rng, 50) else account(rng, world)])
    for pair in chosen:
        if chance(rng, 4):
            pair[0] = mixed_case(rng, pair[0])
        elif chance(rng, 2):
            pair[0] = rng.choice(PARAMETER_TAGS)
        elif chance(rng, 1):
            pair[1] += b"x" * rng.choice([200, 255, 3000])
    rng.shuffle(chosen)
    return chosen


def value(rng, world):
    """The value of an issue or issuewild property: good, nearly good, for another CA, for none, or broken."""
    issuer = world["issuer_domain_names"][0].encode()
    if chance(rng, 8):
        return rng.choice([b"", b";", b" ; ", b";;", b"; accounturi=x", b"\t;", b"%", b'";"', b"\x00"])
    if chance(rng, 22):
        issuer = issuer_near_miss(rng, issuer) if chance(rng, 50) else rng.choice(ISSUERS).encode()
    text = rendered(rng, issuer, parameters(rng, world))
    for accident in (wrong_shape, lambda r, t: any_octet(r, world, t), mutated):
        if chance(rng, 6):
            text = accident(rng, text)
    return text


def flags(rng):
    return rng.choice([0] * 14 + [128] * 3 + [1, rng.randrange(256), rng.randrange(256)])


def rdata(rng, world, wildcard):
    """The octets of one record."""
    if chance(rng, 1):
        return rng.choice([b"", bytes([flags(rng)]), bytes([flags(rng), rng.randrange(1, 256)]), b"\x00\x06issue"])
    tag = b"issuewild" if chance(rng, 45 if wildcard else 15) else b"issue"
    if chance(rng, 10):
        tag = rng.choice(OTHER_TAGS)
    if chance(rng, 10):
        tag = mixed_case(rng, tag)
    text = b"mailto:a@example.com" if tag == b"iodef" else value(rng, world)
    return bytes([flags(rng), len(tag)]) + tag + text


# --- what DNS says at one name ---------------------------------------------------------------------


def alias_chain(rng, name):
    if not chance(rng, 15):
        return []
    return [name, *rng.sample(ALIASES, rng.choice([1, 1, 2, 5]))]


def set_at(rng, world, name, wildcard):
    count = rng.choice([1, 1, 1, 2, 2, 3, 4]) if chance(rng, 98) else rng.randrange(5, 30)
    records = [rdata(rng, world, wildcard).hex() for _ in range(count)]
    return {"name": name, "dns": "noerror", "hex": records, "cname_chain": alias_chain(rng, name)}


def nothing_at(rng, name):
    return {"name": name, "dns": "nodata" if chance(rng, 65) else "nxdomain", "hex": [],
            "cname_chain": alias_chain(rng, name)}


def failure_at(rng, name):
    return {"name": name, "dns": rng.choice(FAILURES), "hex": [], "cname_chain": []}


def anything_at(rng, world, name, wildcard):
    kind = rng.randrange(4)
    if kind == 0:
        return failure_at(rng, name)
    return nothing_at(rng, name) if kind == 1 else set_at(rng, world, name, wildcard)


def levels(row):
    """The name and its parents up to the top-level domain."""
    labels = base_name(row["identifier"])[0].split(".")
    return [".".join(labels[i:]) for i in range(len(labels))]


def answers(rng, world):
    """What DNS says about CAA: nothing up to some name, the set there, and above it anything."""
    names, wildcard = levels(world), base_name(world["identifier"])[1]
    first = rng.choice([0, 0, 0, *range(len(names) + 1)])
    found = [failure_at(rng, at) if chance(rng, 6) else nothing_at(rng, at) for at in names[:first]]
    found += [set_at(rng, world, at, wildcard) for at in names[first:first + 1]]
    found += [anything_at(rng, world, at, wildcard) for at in names[first + 1:]]
    # The others are not in the row: they exist, without CAA.
    return [each for each in found if each["hex"] or chance(rng, 70)]


# --- one row ---------------------------------------------------------------------------------------


def good_text(world, wildcard):
    text = "%s; accounturi=%s" % (world["issuer_domain_names"][0], world["account"]["url"])
    return (text + "; policy=wildcard" if wildcard else text).encode()


def row(seed, number):
    """Row `number` of this seed."""
    rng = random.Random("boulder-caa/%s/%d" % (seed, number))
    world = judgeable_world(rng, number, seed, None, ACCOUNTS, LIKE_ESCAPED)
    world.update(draft="01", account_hash_prefix=None, accepted_hash_algs=None, dns="noerror")
    while world["identifier"]["type"] != "dns" or not query_name(world):
        world["identifier"] = identifier(rng)
    text = unescaped(rng, world, good_text(world, base_name(world["identifier"])[1]))
    if chance(rng, 3):
        text += b"0"
    if chance(rng, 2):
        world["dns"] = rng.choice(["servfail", "nxdomain", "nodata"])
    if world["dns"] == "noerror":
        world["answer"] = [{"hex": [text[i:i + 255].hex() for i in range(0, len(text), 255)]}]
    world.update(id="C%s-%d" % (seed, number), query_name=query_name(world), caa=answers(rng, world))
    return world

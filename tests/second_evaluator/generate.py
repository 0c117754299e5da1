"""Prints random rows in the form of records.json, one JSON object a line.

Row k of a seed is always the same row, whatever was generated before it.
"""

import argparse
import json
import random
import signal

from basics import LABEL, ancestors, base_name, too_long
from ingredients import (
    ACCOUNTS, ALGORITHMS, BAD_POLICIES, BAD_TAGS, BAD_VALUES, ISSUERS, KEYS, MISSPELT, POLICIES, PREFIXES,
    SHORT_NAMES, STRANGE, UNKNOWN_TAGS,
    VALUES, WSP_RUNS, chance, hashed_near_miss, hashed_uri, issuer_near_miss, mixed_case, mutated, time_bad,
    time_good, uri_near_miss,
)

DEFAULT_NOW = 1795219200
OUTCOMES = ["noerror"] * 40 + ["nodata", "nxdomain", "nxdomain", "servfail", "bogus", "timeout"]
FOREIGN = [
    b"", b";", b"v=spf1 -all", b"other-ca.example; accounturi=https://other-ca.example/acct/7",
    b"other-ca.example; accounturi", b'"', b'""', b"\x00",
]


# --- one record ------------------------------------------------------------------------------------


def parameters(rng, world, name, wildcard):
    """Tags and values of a record that strict accepts, in canonical spelling."""
    uri = hashed_uri(rng, world, name) if world["draft"] == "02" else world["account"]["url"]
    chosen = [[b"accounturi", uri.encode()]]
    if wildcard or chance(rng, 15):
        chosen.append([b"policy", rng.choice(POLICIES)])
    if chance(rng, 40):
        chosen.append([b"persistUntil", time_good(rng, world["now"])])
    if chance(rng, 20):
        chosen += [[rng.choice(UNKNOWN_TAGS), rng.choice(VALUES)] for _ in range(rng.choice([1, 1, 2, 3]))]
    if chance(rng, 30):
        rng.shuffle(chosen)
    return chosen


def wrong_account(rng, world, name, chosen):
    url = world["account"]["url"].encode()
    if world["draft"] == "02" and chance(rng, 85):
        value = hashed_near_miss(rng, world, name).encode()
    elif world["draft"] == "02" and chance(rng, 50):
        value = url
    else:
        value = uri_near_miss(rng, url)
    for pair in chosen:
        pair[1] = value if pair[0] == b"accounturi" else pair[1]


def wrong_time(rng, world, name, chosen):
    chosen[:] = [pair for pair in chosen if pair[0] != b"persistUntil"]
    chosen.insert(rng.randrange(len(chosen) + 1), [b"persistUntil", time_bad(rng, world["now"])])


def wrong_policy(rng, world, name, chosen):
    chosen[:] = [pair for pair in chosen if pair[0] != b"policy"]
    if chance(rng, 70):
        chosen.insert(rng.randrange(len(chosen) + 1), [b"policy", rng.choice(BAD_POLICIES)])


def wrong_tag(rng, world, name, chosen):
    pair = rng.choice(chosen)
    kind = rng.randrange(4)
    if kind == 0:
        pair[0] = rng.choice(MISSPELT.get(pair[0], BAD_TAGS))
    elif kind == 1:
        pair[0] = mixed_case(rng, pair[0])
    elif kind == 2:
        chosen.insert(rng.randrange(len(chosen) + 1), [rng.choice(BAD_TAGS), rng.choice(VALUES)])
    else:
        chosen.insert(rng.randrange(len(chosen) + 1), [rng.choice(UNKNOWN_TAGS), rng.choice(BAD_VALUES)])


def missing(rng, world, name, chosen):
    chosen.pop(rng.randrange(len(chosen)))


def duplicate(rng, world, name, chosen):
    tag, value = rng.choice(chosen)
    if chance(rng, 40):
        tag, value = rng.choice(UNKNOWN_TAGS), rng.choice(VALUES)
        chosen.insert(rng.randrange(len(chosen) + 1), [tag, value])
    tag = mixed_case(rng, tag) if chance(rng, 30) else tag
    chosen.insert(rng.randrange(len(chosen) + 1), [tag, value if chance(rng, 60) else rng.choice(VALUES)])


def strange_edge(rng, world, name, chosen):
    """A strange octet beside or inside a tag or a value."""
    pair = rng.choice(chosen)
    side = rng.randrange(2)
    at = rng.choice([0, len(pair[side]), rng.randrange(len(pair[side]) + 1)])
    pair[side] = pair[side][:at] + rng.choice(STRANGE) + pair[side][at:]


FAULTS = [
    wrong_account, wrong_account, wrong_time, wrong_time, wrong_policy, wrong_tag, missing, duplicate, strange_edge,
    strange_edge,
]


def rendered(rng, issuer, chosen):
    """The text of a record; blanks in legal places only, but more of them than anyone writes."""
    runs = WSP_RUNS if chance(rng, 25) else [b"", b" ", b"  "] if chance(rng, 25) else None

    def blank(usual):
        return rng.choice(runs) if runs and chance(rng, 40) else usual

    text = blank(b"") + issuer + blank(b"")
    for tag, value in chosen:
        text += b";" + blank(b" ") + tag + blank(b"") + b"=" + blank(b"") + value + blank(b"")
    return text


def wrong_shape(rng, text):
    """A violation between the parameters rather than in one of them."""
    semicolons = [i for i, octet in enumerate(text) if octet == 0x3B] or [len(text)]
    at = rng.choice(semicolons)
    return rng.choice([
        text + b";", text + b" ; ", text + b";\t", text[:at] + b";" + text[at:], text[:at] + b" ;\t;" + text[at + 1:],
        text[:at] + text[at + 1:],
        text[:at] + b"," + text[at + 1:], text[:at] + b"\\;" + text[at + 1:], text[:at], text[:at + 1],
        text.replace(b"=", b"", 1), text + b"; wildcard",
        text + b"; =abc", text + b";=", b'"' + text + b'"', b'"' + text, text + b'"', b' "' + text + b'"\t',
        text + b"\n", b"\r\n" + text, b"\xe2\x80\x9c" + text,
        text.replace(b"=", b" "), text + b" policy=wildcard", b'" ' + text + b' "', b"'" + text + b"'",
        text.replace(b"; ", b";\x0b"),
    ])


def one_record(rng, world, name, wildcard):
    """The octets of one TXT record for `name`: good, nearly good, foreign or broken."""
    if chance(rng, 8):
        return rng.choice(FOREIGN)
    issuer = rng.choice(world["issuer_domain_names"]).encode()
    chosen = parameters(rng, world, name, wildcard)
    kinds = rng.choices(["none", "parameter", "issuer", "shape", "mutation"], [28, 44, 11, 9, 8])[0]
    if kinds == "parameter":
        for fault in rng.sample(FAULTS, rng.choice([1, 1, 1, 2])):
            if chosen:
                fault(rng, world, name, chosen)
    elif kinds == "issuer":
        issuer = rng.choice(ISSUERS).encode() if chance(rng, 15) else issuer_near_miss(rng, issuer)
    text = rendered(rng, issuer, chosen)
    if kinds == "shape":
        text = wrong_shape(rng, text)
    return mutated(rng, text) if kinds == "mutation" or chance(rng, 2) else text


def character_strings(rng, text):
    """`text` cut into strings of at most 255 octets, sometimes anywhere and with empty ones."""
    if chance(rng, 80):
        return [text[i:i + 255].hex() for i in range(0, len(text), 255)] or [""]
    cuts = sorted(rng.randrange(len(text) + 1) for _ in range(rng.choice([1, 1, 2, 3, 6])))
    pieces = [text[a:b] for a, b in zip([0] + cuts, cuts + [len(text)])]
    return [piece[i:i + 255].hex() for piece in pieces for i in range(0, max(len(piece), 1), 255)]


# --- one row ---------------------------------------------------------------------------------------


def long_name(rng):
    """A name of 233 octets, the longest that can be validated, or one octet more."""
    labels = ["a" * 63, "b" * 63, "c" * 63, "d" * (33 + rng.randrange(2)), "example"]
    return ".".join(labels)


def identifier(rng):
    if chance(rng, 1):
        return {"type": "ip", "value": rng.choice(["192.0.2.1", "2001:db8::1"])}
    value = long_name(rng) if chance(rng, 3) else rng.choice(SHORT_NAMES)
    value = mixed_case(rng, value) if chance(rng, 8) else value
    value = value + "." if chance(rng, 8) else value
    return {"type": "dns", "value": "*." + value if chance(rng, 20) else value}


def new_world(rng, number, seed):
    """A row with no records in it yet."""
    hashed = chance(rng, 45)
    url = "https://ca.example/acct?a=1;b=2" if chance(rng, 1) else rng.choice(ACCOUNTS)
    return {
        "id": "G%s-%d" % (seed, number),
        "draft": "02" if hashed else "01",
        "identifier": identifier(rng),
        "dns": rng.choice(OUTCOMES),
        "answer": [],
        "elsewhere": [],
        "issuer_domain_names": rng.sample(ISSUERS, rng.choice([1] * 9 + [2, 2, 3, 4])),
        "account": {
            "url": url,
            "status": rng.choice(["deactivated", "revoked"]) if chance(rng, 4) else "valid",
            "thumbprints": rng.sample(KEYS, rng.choice([1, 1, 2, 4])) if hashed else [],
        },
        "account_hash_prefix": rng.choice(PREFIXES) if hashed else None,
        "accepted_hash_algs": rng.choice(ALGORITHMS) if hashed else None,
        "allow_parent": chance(rng, 25),
        "now": rng.choice([DEFAULT_NOW, DEFAULT_NOW, DEFAULT_NOW, 1749988800, 1, rng.randrange(1, 2**33)]),
    }


def records_elsewhere(rng, world, name):
    """Records at parents, where a CA may climb to, and at names where nobody looks."""
    above = [LABEL + ancestor for ancestor in ancestors(name)] or [LABEL + "com"]
    nowhere = [LABEL + label + name for label in ("other", "www.", "*.")] + [name, "_acme-challenge." + name, LABEL + "com"]
    for _ in range(rng.choice([1, 1, 2, 4])):
        owner = rng.choice(above) if chance(rng, 80) else rng.choice(nowhere)
        hashed = owner[len(LABEL):] if owner.startswith(LABEL) and chance(rng, 85) else name
        text = one_record(rng, world, hashed, wildcard=chance(rng, 75))
        owner = mixed_case(rng, owner) if chance(rng, 5) else owner
        world["elsewhere"].append({"owner": owner, "hex": character_strings(rng, text)})


def row(seed, number):
    """Row `number` of this seed."""
    rng = random.Random("%s/%d" % (seed, number))
    world = new_world(rng, number, seed)
    if world["identifier"]["type"] != "dns":
        world["dns"] = "unsent"
        return world
    name, wildcard = base_name(world["identifier"])
    if too_long(name):
        world["dns"] = "unsent"
    if world["dns"] == "noerror":
        wanted = wildcard if chance(rng, 90) else not wildcard
        for _ in range(rng.choice([1] * 14 + [2] * 5 + [3, 3, 4, 6, 0])):
            text = one_record(rng, world, name, wanted)
            world["answer"].append({"hex": character_strings(rng, text)})
    if chance(rng, 60 if world["allow_parent"] else 5) and world["dns"] != "unsent":
        records_elsewhere(rng, world, name)
    return world


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first row")
    options = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for number in range(options.start, options.start + options.rows):
        print(json.dumps(row(options.seed, number)))


if __name__ == "__main__":
    main()

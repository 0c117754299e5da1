"""Parts of a record, good and nearly good, from which generate.py builds rows.

Every function takes the random generator first. Text of records is octets, all else is str.
"""

import base64
import hashlib

from account_hash import HASHES, hash_digest, hash_preimage

WSP_RUNS = [b"", b" ", b"  ", b"\t", b" \t ", b"\t\t", b"   "]
STRANGE = [
    b"\t", b"\n", b"\r\n", b"\x0b", b"\x00", b"\x1c", b"\x1f", b"\x7f", b"\x80", b"\xff", b'"', b"\\", b"\\;", b'\\"',
    b"'", b"\xc2\xa0", b"\xe2\x80\x9c", b"\xe2\x80\x9d", b"\xef\xbb\xbf", b"\xc3\xa9", b"\\009", b"=", b";", b",", b"_",
    b".", b"-", b"%",
]
SHORT_NAMES = [
    "example.com", "www.example.com", "a.b.example.org", "xn--bcher-kva.example", "intranet", "x.co",
    "1.2.example.net", "deep.er.than.most.example.com", "a--b.example.com",
]
ISSUERS = [
    "authority.example", "letsencrypt.org", "ca.example.net", "sectigo.com", "xn--bcher-kva.example", "a.b-c.d0",
    "pki.goog",
]
ACCOUNTS = [
    "https://ca.example/acct/123", "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890",
    "acct:5555555555@sectigo.com", "https://ca.example/acct?id=123&x=y", "http://127.0.0.1:14000/my-account/1",
    "https://ca.example:8443/%7Euser/a=b",
]
PREFIXES = [
    "https://ca.example/account-hash/", "urn:example:acme-account:", "https://ca.example/h",
    "https://ca.example/sha-256/",
]
ALGORITHMS = [["sha-256"], ["sha-256"], ["sha-256", "sha-512"], ["sha-512", "sha-384", "sha-256"], ["sha-384"]]
KEYS = [base64.urlsafe_b64encode(hashlib.sha256(b"key %d" % i).digest()).rstrip(b"=").decode() for i in range(12)]
UNKNOWN_TAGS = [b"note", b"x", b"comment", b"expires", b"scope", b"a-b", b"n0--te", b"persist-until", b"account"]
BAD_TAGS = [
    b"my_tag", b"-x", b"x-", b"", b"my tag", b"x.y", b"n\xc3\xb6te", b'"note"', b"no\\te", b"\t", b"note\x00", b"*",
    b"=x",
]
VALUES = [b"", b"1", b"hello", b"a=b==c", b'"quoted"', b"back\\slash", b":", b"<>", b"~!", b"wildcard"]
BAD_VALUES = [b"hello world", b"caf\xc3\xa9", b"a\tb", b"\x7f", b"a\nb", b"\x00", b"\xff\xfe"]
POLICIES = [b"wildcard"] * 6 + [b"WILDCARD", b"Wildcard", b"wILDCARD"]
BAD_POLICIES = [
    b"", b"exact", b"wildcards", b"wildcar", b'"wildcard"', b"wild card", b"*", b"subdomains", b"wildcard,",
    b"w\xc4\xb1ldcard",
]
MISSPELT = {
    b"accounturi": [
        b"account", b"account-uri", b"accounturl", b"accounturi_", b"uri", b"accountur\xc4\xb0",
        b"accounturi\x00", b"acounturi",
    ],
    b"policy": [b"scope", b"policies", b"polic", b"policy-", b"_policy", b"pol\xc4\xb0cy"],
    b"persistUntil": [
        b"persist-until", b"expires", b"persistuntill", b"persist_until", b"validuntil", b"per\xc5\xbfistUntil",
    ],
}
WRONG_ALGORITHMS = ["sha256", "SHA-256", "sha-256-128", "", "sha-1", "sha3-256", "sha-25"]
HASH_NAMES_WRONG = [
    "example.net", "*.example.com", "_validation-persist.example.com", "com", "example.com.", "EXAMPLE.COM",
]


def chance(rng, percent):
    return rng.random() * 100 < percent


def mixed_case(rng, text):
    """`text` (octets or str) with some letters in the other case."""
    characters = [text[i:i + 1] for i in range(len(text))]
    return text[:0].join([c.swapcase() if rng.random() < 0.3 else c for c in characters])


def issuer_near_miss(rng, issuer):
    head, _, tail = issuer.partition(b".")
    return rng.choice([
        issuer + b".", issuer + b"..", b"." + issuer, issuer.upper(), mixed_case(rng, issuer),
        mixed_case(rng, issuer) + b".", b"www." + issuer, tail,
        issuer + b" .", issuer + b",", issuer + b"x", b"x" + issuer, issuer.replace(b".", b"-"),
        issuer.replace(b"e", b"\xd0\xb5"),
        issuer.replace(b".", b".."), b'"' + issuer + b'"', b'"' + issuer, b"https://" + issuer, b"issuer=" + issuer,
        issuer + b"/", head,
        b"\\" + issuer, issuer + b"\\", b"acme-v02.api." + issuer, b"b\xc3\xbccher.example", b"", b".", b"-" + issuer,
        issuer + b"\x00",
        b"\xef\xbd\x81" + issuer[1:], issuer + b" " + issuer, b"0 issue " + issuer, issuer + b"\xc2\xad",
    ])


def uri_near_miss(rng, uri):
    """A URI that a human would take for the same account."""
    scheme, _, rest = uri.partition(b":")
    return rng.choice([
        uri + b"/", uri + b"4", uri[:-1], scheme.upper() + b":" + rest, uri.upper(), mixed_case(rng, uri),
        uri.replace(b"example/", b"example:443/"),
        uri.replace(b"a", b"%61", 1), uri.replace(b"https", b"http"), b"<" + uri + b">", b'"' + uri + b'"',
        uri + b"#", uri + b"?", uri.rpartition(b"/")[2],
        uri.replace(b"/acct", b"//acct"), uri.replace(b"/acct", b"/./acct"),
        uri.replace(b"acme-v02", b"acme-staging-v02"), uri + b",", uri + b"\\", b'"' + uri,
        rng.choice(ACCOUNTS).encode(), KEYS[0].encode(), b"", uri + b" ", uri + b"\t", b"/" + uri, uri + b"%20",
        uri + b"\n",
    ])


def hashed_uri(rng, world, name):
    """The hashed form for `name`, made as a client makes it; mostly with the current key."""
    keys = world["account"]["thumbprints"]
    key = keys[0] if chance(rng, 70) else rng.choice(keys)
    hashed = name if chance(rng, 75) else "*"
    algorithm = rng.choice(world["accepted_hash_algs"])
    digest = hash_digest(algorithm, hash_preimage(hashed, key, world["account"]["url"]))
    return "%s%s/%s" % (world["account_hash_prefix"], algorithm, digest)


def hashed_near_miss(rng, world, name):
    """The hashed form with one thing wrong in its input or in its text."""
    prefix, url, key = world["account_hash_prefix"], world["account"]["url"], world["account"]["thumbprints"][0]
    algorithm = world["accepted_hash_algs"][0]
    kind = rng.randrange(5)
    if kind == 0:
        name = rng.choice(HASH_NAMES_WRONG + ["www." + name, name + "."])
    elif kind == 1:
        key = rng.choice(KEYS)
    elif kind == 2:
        url = rng.choice(ACCOUNTS)
    digest = hash_digest(algorithm, hash_preimage(name[:255], key, url))
    if kind == 3:
        algorithm = rng.choice(WRONG_ALGORITHMS + [algorithm + ".", *HASHES])
    if kind == 4:
        digest = rng.choice([
            digest + "=", digest[:-1], digest + "A", "", digest.replace("-", "+"), digest[:-1] + "+",
            digest[:-1] + "/", "/" + digest, digest + "/", digest.swapcase(),
            digest[:-1] + chr(ord(digest[-1]) ^ 1), hashlib.sha256(digest.encode()).hexdigest(), digest[:22],
            "A" * len(digest), digest[:5] + '"' + digest[6:],
        ])
    if chance(rng, 25):
        prefix = rng.choice([
            prefix[:-1], prefix + "/", prefix.upper(), prefix.replace("https", "http"), "", prefix.replace("ca.", "CA."),
            *PREFIXES,
        ])
    slash = "" if chance(rng, 4) else "/"
    return prefix + algorithm + slash + digest


def time_good(rng, now):
    """A persistUntil that strict accepts."""
    return rng.choice([
        b"%d" % now, b"%d" % (now + 1), b"%d" % (now + rng.randrange(10**8)), b"000%d" % (now + 86400),
        b"%d" % (now * 1000), b"%d" % (now * 10**6),
        b"0" * 40 + b"%d" % (now + 5), b"253402300799", b"31556889864403199", b"31556889864403200",
        b"9223371974719179006", b"9223371974719179007",
        b"9223371974719179008", b"9223372036854775807", b"0009223372036854775807", b"%d" % rng.randrange(now, 2**63),
    ])


def time_bad(rng, now):
    """A persistUntil that is past or no integer of 64 bits."""
    later = b"%d" % (now + 86400)
    return rng.choice([
        b"%d" % (now - 1), b"%d" % (now - rng.randrange(1, 10**8)), b"0", b"-0", b"00", b"-1", b"-%s" % later,
        b"-62135596800", b"-62135596800", b"-062135596800",
        b"-62135596799", b"-62135596801", b"-9223372036854775808", b"-9223372036854775809", b"9223372036854775808",
        b"18446744073709551616",
        b"18446744073709551615", b"+" + later, b"+0", b"+%d" % (now - 1), b"+9223372036854775807",
        b"+9223371974719179008", b"+", b"-", b"--1", b"+-1", b"",
        b"0x6B36EC80", b"1.8e9", later + b".0", later + b".", later[:3] + b"," + later[3:],
        later[:3] + b"_" + later[3:], b'"' + later + b'"', b"never",
        b"2027-01-01T00:00:00Z", b"2027-01-01", b"9" * 40, b"-" + b"9" * 40, b"1" + b"0" * 40, later + b"\t",
        b"\t" + later, later[:4] + b" " + later[4:],
        later + b"\x00", later + b"s", b"\xd9\xa3" * 10, later + b"\\", later + b"=", b"- " + later,
        b"%d" % rng.randrange(-(2**65), 2**65),
    ])


def mutated(rng, text):
    """`text` after one to four small accidents."""
    text = bytearray(text)
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            text[at:at] = rng.choice(STRANGE)
        elif kind == 1:
            text[at:at + 1] = b""
        elif kind == 2:
            text[at:at] = text[at:at + rng.randrange(1, 24)]
        elif kind == 3:
            text[at:at + rng.randrange(1, 24)] = b""
        elif kind == 4:
            text[at:at + 1] = bytes([rng.randrange(256)])
        elif at < len(text):
            text[at] ^= 1 << rng.randrange(8)
    return bytes(text)

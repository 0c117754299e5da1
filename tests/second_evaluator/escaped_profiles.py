"""Boulder, and Pebble with -dnsserver: both judge the escaped text that their DNS library hands over."""

import re

from basics import ACCEPT, Fault, Judgement, base_name, best, cut, integer, joined, malformed, too_long, unauthorized

GO_INTEGER = re.compile(rb"[+-]?[0-9]+")
GO_LAST_TIME = 9223371974719179007  # one second more wraps Go's clock round to the past
GO_ZERO_TIME = -62135596800  # 0001-01-01, which Boulder takes for "no limit"

ESCAPED = [
    b"\\" + bytes([octet]) if octet in b'"\\' else bytes([octet]) if 0x20 <= octet <= 0x7E else b"\\%03d" % octet
    for octet in range(256)
]


def escaped(text):
    return b"".join([ESCAPED[octet] for octet in text])


def escaped_parameters(pieces, unique_tags):
    """Known parameters by tag. With `unique_tags` no tag at all may come twice."""
    known, seen = {}, set()
    for piece in pieces:
        if not piece.strip(b" "):
            raise malformed("empty-parameter")
        pair = cut(piece, b" ")
        if pair is None:
            raise malformed("missing-equals")
        tag, value = pair[0].lower(), pair[1]
        if not tag:
            raise malformed("empty-tag")
        if b" " in value:
            raise malformed("bad-value")
        if tag in seen and (unique_tags or tag in known):
            raise malformed("duplicate-parameter")
        seen.add(tag)
        if tag == b"accounturi" and not value:
            raise malformed("accounturi-empty")
        if tag == b"persistuntil":
            value = integer(value, GO_INTEGER)
        if tag in (b"accounturi", b"policy", b"persistuntil"):
            known[tag] = value
    if b"accounturi" not in known:
        raise malformed("accounturi-missing")
    return known


def escaped_check(known, row, wildcard, zero_time):
    if known[b"accounturi"] != row["account"]["url"].encode():
        raise unauthorized("accounturi-mismatch")
    if wildcard and known.get(b"policy", b"").lower() != b"wildcard":
        raise unauthorized("policy-not-wildcard")
    until = known.get(b"persistuntil", GO_LAST_TIME)
    if zero_time and until == GO_ZERO_TIME:
        return
    if until > GO_LAST_TIME or row["now"] > until:
        raise unauthorized("expired")


def boulder_issuer(issuer):
    issuer = issuer.lower()
    return issuer[:-1] if issuer.endswith(b".") else issuer


def escaped_record(text, row, wildcard, profile):
    pieces = escaped(text).split(b";")
    issuer = pieces[0].strip(b" ")
    if profile == "boulder":
        issuer = boulder_issuer(issuer)
    if not issuer or issuer not in [n.encode() for n in row["issuer_domain_names"]]:
        return None
    try:
        known = escaped_parameters(pieces[1:], unique_tags=profile == "pebble")
        escaped_check(known, row, wildcard, zero_time=profile == "boulder")
    except Fault as fault:
        return fault.judgement
    return ACCEPT


def escaped_profile(row, profile):
    name, wildcard = base_name(row["identifier"])
    lookup_error = "dns" if profile == "boulder" else "unauthorized"
    if too_long(name) or row["dns"] not in ("noerror", "nodata"):
        return Judgement("reject", lookup_error)
    if row["dns"] == "nodata" or not row["answer"]:
        return Judgement("reject", "unauthorized")
    return best(map(joined, row["answer"]), lambda text: escaped_record(text, row, wildcard, profile))


def boulder(row):
    """Boulder's answer; None where it cannot be asked."""
    if row["account"]["status"] != "valid" or len(row["issuer_domain_names"]) != 1:
        return None
    if row["identifier"]["type"] != "dns":
        return Judgement("reject", "malformed")
    return escaped_profile(row, "boulder")


def pebble(row):
    """Pebble's answer (with -dnsserver); None where it cannot be asked."""
    if row["account"]["status"] != "valid" or row["identifier"]["type"] != "dns":
        return None
    return escaped_profile(row, "pebble")

"""What the drafts say, by the row's own draft: clear account URL (-01) or hashed form (-02)."""

import re

from account_hash import hash_matches, split_hashed_uri
from basics import (
    ACCEPT, LABEL, LDH, VALUE, Fault, Judgement, ancestors, base_name, best, cut, integer, joined, malformed,
    records_at, too_long, unauthorized,
)

WSP = b" \t"
INTEGER = re.compile(rb"-?[0-9]+")


def strict_parameters(rest):
    """The known parameters of the text behind the issuer's semicolon; the first violation decides."""
    known = {}
    for piece in rest.split(b";") if rest.strip(WSP) else []:
        if not piece.strip(WSP):
            raise malformed("empty-parameter")
        pair = cut(piece, WSP)
        if pair is None:
            raise malformed("missing-equals")
        tag, value = pair
        if not tag:
            raise malformed("empty-tag")
        if not LDH.fullmatch(tag):
            raise malformed("bad-tag")
        if not VALUE.fullmatch(value):
            raise malformed("bad-value")
        tag = tag.lower()
        if tag not in (b"accounturi", b"policy", b"persistuntil"):
            continue
        if tag in known:
            raise malformed("duplicate-parameter")
        if tag == b"accounturi" and not value:
            raise malformed("accounturi-empty")
        if tag == b"persistuntil":
            value = integer(value, INTEGER)
        known[tag] = value
    if b"accounturi" not in known:
        raise malformed("accounturi-missing")
    return known


def strict_check(known, row, name, wildcard_needed):
    account = row["account"]
    if row["draft"] == "02":
        algorithm, digest = split_hashed_uri(known[b"accounturi"], row)
    if account["status"] != "valid":
        raise unauthorized("account-deactivated")
    if row["draft"] == "02":
        if not hash_matches(algorithm, digest, name, account):
            raise unauthorized("hash-mismatch")
    elif known[b"accounturi"] != account["url"].encode():
        raise unauthorized("accounturi-mismatch")
    if wildcard_needed and known.get(b"policy", b"").lower() != b"wildcard":
        raise unauthorized("policy-not-wildcard")
    if row["now"] > known.get(b"persistuntil", row["now"]):
        raise unauthorized("expired")


def strict_record(text, row, name, wildcard_needed):
    issuer, _, rest = text.partition(b";")
    issuer = issuer.strip(WSP).lower()
    dotless = issuer[:-1] if issuer.endswith(b".") else issuer
    if not dotless or dotless not in [n.encode() for n in row["issuer_domain_names"]]:
        return None
    try:
        if issuer != dotless:
            raise malformed("bad-issuer")
        strict_check(strict_parameters(rest), row, name, wildcard_needed)
    except Fault as fault:
        return fault.judgement
    return ACCEPT


def strict_exact(row, name, wildcard):
    if row["dns"] == "nxdomain":
        return Judgement("reject", "dns", "nxdomain")
    if row["dns"] not in ("noerror", "nodata"):
        return Judgement("reject", "dns", "dns-failure")
    if row["dns"] == "nodata" or not row["answer"]:
        return Judgement("reject", "unauthorized", "no-record")
    return best(map(joined, row["answer"]), lambda text: strict_record(text, row, name, wildcard))


def strict(row):
    """What the drafts say, by the row's own draft."""
    if row["identifier"]["type"] != "dns":
        return Judgement("reject", "malformed", "identifier-not-dns")
    name, wildcard = base_name(row["identifier"])
    if too_long(name):
        return Judgement("reject", "malformed", "name-too-long")
    exact = strict_exact(row, name, wildcard)
    # A step that failed is never healed by the next one: nobody knows what it would have said.
    if exact is ACCEPT or exact.reason == "dns-failure" or not row["allow_parent"]:
        return exact
    found = False
    for ancestor in ancestors(name):
        records = records_at(row, LABEL + ancestor)
        found = found or bool(records)
        if best(records, lambda text: strict_record(text, row, ancestor, True)) is ACCEPT:
            return ACCEPT
    if found and exact.reason in ("no-record", "nxdomain"):
        return Judgement("reject", "unauthorized", "subdomain-not-authorized")
    return exact

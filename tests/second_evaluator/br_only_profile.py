"""A CA that implements the Baseline Requirements only, modelled on DigiCert's library.

It knows no `policy`, has no wildcard rule and never climbs; it gives verdicts without ACME errors.
"""

import re

from basics import ACCEPT, LDH, VALUE, Fault, Judgement, base_name, cut, integer, joined, too_long

JAVA_SPACE = bytes(range(0x09, 0x0E)) + bytes(range(0x1C, 0x21))
JAVA_INTEGER = re.compile(rb"[+-]?[0-9]+")
JAVA_LAST_TIME = 31556889864403199


def br_text(text):
    """Without one pair of quotes round the whole; None for a quote that is not closed."""
    text = text.strip(JAVA_SPACE)
    if not text.startswith(b'"'):
        return text
    return text[1:-1].strip(JAVA_SPACE) if len(text) > 1 and text.endswith(b'"') else None


def br_time_good(text, now):
    try:
        until = integer(text, JAVA_INTEGER)
    except Fault:
        return False
    return 0 <= until <= JAVA_LAST_TIME and now <= until


def br_record_good(text, row):
    text = br_text(text)
    if text is None:
        return False
    issuer, *pieces = text.split(b";")
    issuer = issuer.strip(JAVA_SPACE)
    if not all(LDH.fullmatch(label) for label in issuer.split(b".")):
        return False
    values = {}
    for piece in pieces:
        pair = cut(piece, JAVA_SPACE)
        if pair is None or not LDH.fullmatch(pair[0]) or not VALUE.fullmatch(pair[1]):
            return False
        values.setdefault(pair[0], []).append(pair[1])
    times = values.get(b"persistUntil", [])
    return (
        issuer.lower().decode() in row["issuer_domain_names"]
        and values.get(b"accounturi") == [row["account"]["url"].encode()]
        and (not times or (len(times) == 1 and br_time_good(times[0], row["now"])))
    )


def br_only(row):
    """The verdict on the records alone; None where it is not asked."""
    if row["draft"] != "01" or row["identifier"]["type"] != "dns" or row["dns"] != "noerror":
        return None
    if too_long(base_name(row["identifier"])[0]):
        return None
    good = any(br_record_good(joined(record), row) for record in row["answer"])
    return ACCEPT if good else Judgement("reject")

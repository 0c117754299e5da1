"""What the profiles share: judgements, names, the joined text, cutting a parameter."""

import re
import unicodedata
from typing import NamedTuple, Optional

LABEL = "_validation-persist."
LONGEST_NAME = 253

# RFC 8659 section 4.2. An issuer-domain-name is labels joined by dots; a tag is one label.
LDH = re.compile(rb"[A-Za-z0-9](?:-*[A-Za-z0-9])*")
VALUE = re.compile(rb"[\x21-\x3A\x3C-\x7E]*")


class Judgement(NamedTuple):
    verdict: str
    error: Optional[str] = None
    reason: Optional[str] = None


class Fault(Exception):
    """A record of ours fails; `judgement` says how."""

    def __init__(self, error, reason):
        super().__init__(reason)
        self.judgement = Judgement("reject", error, reason)


ACCEPT = Judgement("accept")


def malformed(reason):
    return Fault("malformed", reason)


def unauthorized(reason):
    return Fault("unauthorized", reason)


def normalised(name):
    """Lower case, NFC, A-labels, no trailing dot (section 9.2)."""
    name = unicodedata.normalize("NFC", name.lower())
    labels = [l if l.isascii() else "xn--" + l.encode("punycode").decode() for l in name.split(".")]
    name = ".".join(labels)
    return name[:-1] if name.endswith(".") else name


def base_name(identifier):
    """The name being validated and whether a wildcard is asked for."""
    value = identifier["value"]
    wildcard = value.startswith("*.")
    return normalised(value[2:] if wildcard else value), wildcard


def ancestors(name):
    """Proper ancestors, nearest first, stopping before a single label."""
    labels = name.split(".")
    return [".".join(labels[i:]) for i in range(1, len(labels) - 1)]


def joined(record):
    return bytes.fromhex("".join(record["hex"]))


def records_at(row, owner):
    return [joined(r) for r in row["elsewhere"] if normalised(r["owner"]) == owner]


def too_long(name):
    return len(LABEL + name) > LONGEST_NAME


def best(records, judge):
    """One good record is enough; else malformed outranks unauthorized, and the first of a class
    speaks for it. `judge` gives None for a record of somebody else."""
    judgements = []
    for record in records:
        judgement = judge(record)
        if judgement is ACCEPT:
            return ACCEPT
        if judgement is not None:
            judgements.append(judgement)
    for error in ("malformed", "unauthorized"):
        for judgement in judgements:
            if judgement.error == error:
                return judgement
    return Judgement("reject", "unauthorized", "issuer-mismatch")


def cut(piece, space):
    """One parameter, stripped: tag and value, or None where there is no equals sign."""
    tag, equals, value = piece.partition(b"=")
    return (tag.strip(space), value.strip(space)) if equals else None


def integer(text, form):
    """The value of a 64-bit decimal number."""
    if not form.fullmatch(text):
        raise malformed("persistuntil-malformed")
    digits = text.lstrip(b"+-").lstrip(b"0")
    number = int(digits or b"0") if len(digits) < 20 else 2**64
    number = -number if text.startswith(b"-") else number
    if not -(2**63) <= number < 2**63:
        raise malformed("persistuntil-malformed")
    return number

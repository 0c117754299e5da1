"""The records that the clients meet: what stands at `_validation-persist.NAME`, and whether it authorises."""

from typing import NamedTuple, Tuple

GOOD = "{issuer}; accounturi={account}"


class Case(NamedTuple):
    name: str
    records: Tuple[str, ...]  # TXT values; in braces what is known later
    authorises: bool
    identifiers: Tuple[str, ...] = ("{name}",)
    zone_lines: Tuple[str, ...] = ()  # other lines of the zone


WILDCARD = ("*.{name}",)
BOTH = ("{name}", "*.{name}")

CASES = [
    Case("good", (GOOD,), True),
    Case("missing", (), False),
    Case("no-txt", (), False, zone_lines=("_validation-persist.{label} A 127.0.0.1",)),
    Case("wrong-account", ("{issuer}; accounturi={account}0",), False),
    Case("no-account", ("{issuer}",), False),
    Case("other-issuer", ("other-ca.example; accounturi={account}",), False),
    Case("capital-issuer", ("{ISSUER}; accounturi={account}",), False),
    Case("expired", (GOOD + "; persistUntil={past}",), False),
    Case("in-time", (GOOD + "; persistUntil={future}",), True),
    Case("bad-time", (GOOD + "; persistUntil=2027-01-01",), False),
    Case("trailing-semicolon", (GOOD + ";",), False),
    Case("quotes", ('\\"' + GOOD + '\\"',), False),
    Case("unknown-tag", (GOOD + "; note=x",), True),
    Case("duplicate-unknown-tag", (GOOD + "; note=x; note=y",), False),
    Case("split", ('{issuer}; accoun" "turi={account}',), True),
    Case("foreign-and-good", ("v=spf1 -all", GOOD), True),
    Case("expired-and-good", (GOOD + "; persistUntil={past}", GOOD), True),
    Case("malformed-and-wrong", (GOOD + ";", "{issuer}; accounturi={account}0"), False),
    Case("alias", (), True, zone_lines=(
        "_validation-persist.{label} CNAME target.{label}", 'target.{label} TXT "' + GOOD + '"')),
    Case("wildcard-no-policy", (GOOD,), False, WILDCARD),
    Case("wildcard", (GOOD + "; policy=wildcard",), True, WILDCARD),
    Case("wildcard-and-name", (GOOD + "; policy=WILDCARD",), True, BOTH),
    Case("name-and-wildcard-no-policy", (GOOD,), False, BOTH),
    Case("wildcard-of-parent", (), False, zone_lines=(
        '_validation-persist.parent-{label} TXT "' + GOOD + '; policy=wildcard"',), identifiers=("www.parent-{name}",)),
]

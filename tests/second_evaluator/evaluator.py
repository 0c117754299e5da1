"""Judges dns-persist-01 records: a second reading of the rules, with no code of the programs.

A row has the members of a row of records.json. `hex` is authoritative, `strings` is not read.
Everything here is a function from values to values.

Sources: draft-ietf-acme-dns-persist-01 and -02, RFC 8659 section 4.2, CA/Browser Forum TLS
Baseline Requirements 3.2.2.4.22, and what Boulder, Pebble and DigiCert's library were seen to do.
"""

from br_only_profile import br_only
from escaped_profiles import boulder, pebble
from strict_profile import strict


def column(judgement, members):
    return "-" if judgement is None else ",".join(member or "-" for member in judgement[:members])


def answer_line(row):
    """The line that the program must print for this row."""
    return "\t".join(
        [row["id"], column(strict(row), 3), column(boulder(row), 2), column(pebble(row), 2), column(br_only(row), 1)]
    )

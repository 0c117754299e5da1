"""The records that are printed in every format: options of `persist-hook record`, and how each is checked afterwards."""

from typing import NamedTuple, Tuple

ISSUER = "ca.example"
PREFIX = "https://ca.example/hash/"
THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"  # RFC 7638 section 3.1
HASHING = ("--thumbprint", THUMBPRINT, "--account-hash-prefix", PREFIX)
# What an account URL may hold in a record, RFC 8659 section 4.2: 0x21 to 0x7E without `;`.
HOSTILE = "https://ca.example/?a=${b}&c=%{d}&{{e}}&$${f}&{%g%}#'`$(h)<!--//*--></script>,@!~|^[]()::##[error]+%41%22"
QUOTES = '"\\"\\\\"\'{{"\\092"}}'


class Case(NamedTuple):
    name: str
    account: str
    wanted: Tuple[str, ...] = ("{name}",)  # identifiers
    options: Tuple[str, ...] = ()  # of `record` alone
    binding: Tuple[str, ...] = ()  # of both commands
    dialects: Tuple[str, ...] = ("01",)
    refused: Tuple[str, ...] = ()  # formats that cannot hold it, and say so

    @property
    def has_caa(self):
        return "--with-caa" in self.options


CASES = [
    Case("plain", "https://ca.example/acct/1"),
    Case("wildcard-until", "https://ca.example/acct/1", ("{name}", "*.{name}"), ("--persist-until", "+90d", "--with-caa")),
    Case("only-wildcard", "https://ca.example/acct/1", ("*.{name}",), ("--with-caa",)),
    Case("dialect-02", "https://ca.example/acct/1", options=("--with-caa",), binding=HASHING, dialects=("02",)),
    Case("both-dialects", "https://ca.example/acct/1", options=("--with-caa",), binding=HASHING, dialects=("01", "02")),
    Case("long", "https://ca.example/acct/" + "0123456789" * 60, options=("--with-caa", "--ttl", "5m")),
    Case("hostile", HOSTILE, ("{name}", "*.{name}"), ("--with-caa",)),
    Case("quotes", "https://ca.example/" + QUOTES, options=("--with-caa",), refused=("octodns",)),
    Case("long-quotes", "https://ca.example/" + "a" * 190 + QUOTES * 30, refused=("octodns",)),
]

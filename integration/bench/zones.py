"""A zone of dns-persist-01 records and the lists that go with it, for integration/bench/bench.py."""
import pathlib

ACCOUNT = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"
FUTURE = 2_000_000_000
PAST = 1_600_000_000
SETTINGS = (f"version: 1\ndefaults: {{ca: letsencrypt, account: main}}\n"
            f"accounts:\n  main: {{ca: letsencrypt, url: {ACCOUNT}}}\ndomains:\n")


def label(i):
    return f"d{i:07d}"


def wildcard_label(i):
    """Of the other list, whose wildcards are wanted too."""
    return f"w{i:07d}"


def name(i):
    return f"{label(i)}.example"


def fault(i):
    """The one thing that is wrong with record i; None: nothing."""
    for every, what in ((1009, "missing"), (101, "other CA"), (211, "other account"), (70, "expired"),
                        (50, "no wildcard")):
        if i % every == 0:
            return what
    return None


def is_authorized(i):
    """Is the name itself? Its wildcard needs a record without any fault."""
    return fault(i) in (None, "no wildcard")


def record(i, policy=""):
    """The TXT value of name i, with `policy` unless that is its fault."""
    wrong = fault(i)
    issuer = "sectigo.com" if wrong == "other CA" else "letsencrypt.org"
    value = f"{issuer}; accounturi={ACCOUNT}" + ("9" if wrong == "other account" else "")
    if wrong != "no wildcard":
        value += policy
    return f"{value}; persistUntil={PAST if wrong == 'expired' else FUTURE + i % 86400}"


def write(folder, names):
    """Of so many names: zone, owners, queries, list.yaml (the names) and wildcards.yaml (others, their wildcards too)."""
    folder = pathlib.Path(folder)
    with open(folder / "zone", "w") as zone, open(folder / "owners", "w") as owners, \
            open(folder / "queries", "w") as queries, open(folder / "list.yaml", "w") as entries, \
            open(folder / "wildcards.yaml", "w") as wildcards:
        zone.write("$ORIGIN example.\n$TTL 3600\n@ SOA ns host 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n")
        entries.write(SETTINGS)
        wildcards.write(SETTINGS)
        for i in range(names):
            if fault(i) != "missing":
                zone.write(f'_validation-persist.{label(i)} TXT "{record(i)}"\n'
                           f'_validation-persist.{wildcard_label(i)} TXT "{record(i, "; policy=wildcard")}"\n')
            owners.write(f"_validation-persist.{name(i)}\n")
            queries.write(f"_validation-persist.{name(i)} TXT\n")
            entries.write(f"  - name: {name(i)}\n")
            wildcards.write(f"  - name: {wildcard_label(i)}.example\n    wildcard: true\n")

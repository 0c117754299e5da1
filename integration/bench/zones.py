"""A zone of dns-persist-01 records and the list that goes with it, for integration/bench/bench.py."""
import pathlib

ACCOUNT = "https://acme-v02.api.letsencrypt.org/acme/acct/1234567890"
FUTURE = 2_000_000_000
PAST = 1_600_000_000


def fault(i):
    """The one thing that is wrong with record i; None: nothing."""
    for every, name in ((1009, "missing"), (101, "other CA"), (211, "other account"), (70, "expired"),
                        (50, "no wildcard")):
        if i % every == 0:
            return name
    return None


def record(i):
    """The TXT value of name i; None: there is none."""
    wrong = fault(i)
    if wrong == "missing":
        return None
    issuer = "sectigo.com" if wrong == "other CA" else "letsencrypt.org"
    value = f"{issuer}; accounturi={ACCOUNT}" + ("9" if wrong == "other account" else "")
    if wrong != "no wildcard":
        value += "; policy=wildcard"
    return f"{value}; persistUntil={PAST if wrong == 'expired' else FUTURE + i % 86400}"


def write(folder, names):
    """Writes zone, owners and list.yaml of so many names; returns how many of their checks, the name and its
    wildcard each, are authorised."""
    folder = pathlib.Path(folder)
    with open(folder / "zone", "w") as zone, open(folder / "owners", "w") as owners, \
            open(folder / "queries", "w") as queries, open(folder / "list.yaml", "w") as entries:
        zone.write("$ORIGIN example.\n$TTL 3600\n@ SOA ns host 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n")
        entries.write("version: 1\ndefaults: {ca: letsencrypt, account: main}\n"
                      f"accounts:\n  main: {{ca: letsencrypt, url: {ACCOUNT}}}\ndomains:\n")
        for i in range(names):
            value = record(i)
            if value is not None:
                zone.write(f'_validation-persist.d{i:07d} TXT "{value}"\n')
            owners.write(f"_validation-persist.d{i:07d}.example\n")
            queries.write(f"_validation-persist.d{i:07d}.example TXT\n")
            entries.write(f"  - name: d{i:07d}.example\n    wildcard: true\n")
    return sum({None: 2, "no wildcard": 1}.get(fault(i), 0) for i in range(names))

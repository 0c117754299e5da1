"""What both programs are to reach, and where they stand by the figures of one run of bench.py."""
import dataclasses

import paths

PER_MILLION = 1_000_000
MOST_FIXED = 5000  # questions under way that a patient operator might dare at a far server
LINT = "persist-lint --no-caa"


@dataclasses.dataclass
class Target:
    """`value` may be None: not measured."""
    what: str
    bar: float
    value: float | None
    unit: str = ""
    digits: int = 2

    def is_met(self):
        return self.value is not None and self.value <= self.bar

    def text(self, value):
        if value is None:
            return "-"
        return f"{value:,.{self.digits}f}" + (f" {self.unit}" if self.unit else "")


def ratio(a, b):
    return a / b if a is not None and b else None


def figure(rows, row, what):
    return rows.get(row, {}).get(what)


def slope(bulk, row, what):
    """How much a further name adds, between the least and the most names for which it was counted."""
    counted = {int(names): rows[row][what] for names, rows in bulk.items() if figure(rows, row, what) is not None}
    if len(counted) < 2:
        return None
    least, most = min(counted), max(counted)
    return (counted[most] - counted[least]) / (most - least)


def best_fixed(rows):
    """Seconds of limit_loop with the number under way that served it best, of those with which nothing was lost."""
    fixed = (row for name, row in rows.items() if name.startswith("limit") and not row["lost"])
    return min((row["wall"] for row in fixed), default=None)


def many_names(bulk, instructions):
    """At the largest size."""
    names = max(bulk, key=int)
    rows, before = bulk[names], bulk.get(str(int(names) // 10), {})
    limit, lint = rows["limit loop"], rows[LINT]

    def beside(row, what):
        return ratio(lint[what], figure(rows, row, what))

    growth = ratio(lint["cpu"] / int(names), before[LINT]["cpu"] / (int(names) // 10)) if before else None
    octets = slope(bulk, LINT, "kib")
    yield Target("time, of the limit loop's", 1.20, beside("limit loop", "wall"))
    yield Target("time, of c-ares' as its manual says", 1.00, beside("c-ares", "wall"))
    if "massdns" in rows:
        yield Target("time, of massdns'", 0.80, beside("massdns", "wall"))
        yield Target("processor time, of massdns'", 0.75, beside("massdns", "cpu"))
    yield Target("processor time, of the limit loop's", 1.25, ratio(lint["cpu"], limit["cpu"]))
    yield Target("instructions a name, in user space", 5000, instructions.get(LINT), digits=0)
    yield Target("peak memory", 32, ratio(lint["kib"], 1024), "MiB", 1)
    yield Target("memory for a further name", 16, octets * 1024 if octets is not None else None, "octets", 1)
    yield Target("processor time a name, of that with a tenth of the names", 1.05, growth)
    if "10000" in bulk:
        yield Target("ten thousand names", 0.13, bulk["10000"][LINT]["wall"], "s", 3)
    yield Target("with CAA, of the time without", 2.00, ratio(rows["persist-lint"]["wall"], lint["wall"]))


def by_path(section):
    bars = {"Unbound, cold, 20 ms behind it": 1.03}
    for path, result in section.items():
        best = best_fixed(result["rows"])
        if best is not None:
            yield Target(f"{path}: time, of the best fixed number under way", bars.get(path, 1.25),
                         result["rows"]["persist-lint"]["wall"] / best)
    far, lossy = (section[path]["rows"]["persist-lint"]["wall"] for path in ("20 ms", "20 ms, 1 % lost"))
    yield Target(f"20 ms: time, of that with always {MOST_FIXED:,} under way", 1.10,
                 far / (section["20 ms"]["names"] * paths.DELAY_MS / 1000 / MOST_FIXED))
    yield Target("20 ms, 1 % lost: time, of that without loss", 1.30, lossy / far)
    faults = sum(row.get("wrong", 0) + row.get("unknown", 0)
                 for result in section.values() for row in result["rows"].values())
    yield Target("all paths: verdicts that are wrong or unknown", 0, faults, digits=0)


def one_name(wall, cost):
    hook = wall["persist-hook check --no-caa, settings file"]
    yield Target("settings file, one look-up: time, of `kdig +short`'s", 0.45, ratio(hook, wall.get("kdig +short")))
    yield Target("the same, of `adnshost`'s", 1.00, ratio(hook, wall.get("adnshost")))
    yield Target("instructions, flags only", 1_000_000, cost.get("instructions"), digits=0)
    yield Target("instructions, settings file", 1_400_000, cost.get("instructions, settings file"), digits=0)
    yield Target("system calls", 45, cost.get("system calls"), digits=0)
    yield Target("peak memory", 3000, cost.get("kib"), "KiB", 0)


def parts(section):
    def per_million(name):
        return section[name] * PER_MILLION / 1e9 if name in section else None

    yield Target("a list of a million entries", 0.10, per_million("list"), "s", 3)
    yield Target("the same, one entry in a hundred with a comment", 0.25, per_million("list, one in a hundred odd"),
                 "s", 3)
    for whose in ("the drafts to the letter", "Let's Encrypt"):
        yield Target(f"a record read and judged ({whose})", 110, section.get(f"record, {whose}"), "ns", 0)
    # Twice is what a sorted set of its tags costs: 64 times the octets, twice the steps for each.
    yield Target("an octet of a hostile record of 64 KiB, of one of 1 KiB", 2, section.get("growth for an octet"))


def all_targets(results):
    """section -> its targets."""
    cost = results.get("cost", {})
    return {"bulk": list(many_names(results["bulk"], cost.get("instructions a name", {}))),
            "paths": list(by_path(results["paths"])),
            "one name": list(one_name(results["one name"], cost.get("persist-hook", {}))),
            "parts": list(parts(results["parts"]))}

#!/usr/bin/env python3
"""Writes the figures of a run of bench.py into docs/performance.md, between its marks, and docs/performance.svg.

    integration/bench/report.py docs/performance.json [--docs docs] [--check]

Exit status: 0; with --check, which writes nothing: 1 if the documents do not show these figures.
"""
import argparse
import json
import pathlib
import re
import sys

import chart
import targets
from measure import LONG, QUIET

BLOCK = re.compile(r"(<!-- figures: ([a-z ]+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def table(head, rows):
    """The first column to the left, the others to the right."""
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def cell(value, digits=2):
    return "-" if value is None else f"{value:,.{digits}f}"


def machine(results):
    of = results["machine"]
    text = (f"Measured on {of['date']}: {of['cpu']}, {of['cores']} cores, {of['system']}, Linux {of['kernel']}; "
            f"{', '.join(of['packages'])}.\n")
    rows = [row for rows in results["bulk"].values() for row in rows.values()]
    rows += [row for path in results["paths"].values() for row in path["rows"].values()]
    worst = max((row["foreign"] for row in rows if row["wall"] > LONG), default=0)
    if worst > QUIET:
        text += (f"\n**Others used up to {worst:.0%} of the machine meanwhile: the times are not to be trusted**, "
                 "instructions and memory are.\n")
    return text


def target_table(section):
    def write(results):
        rows = [[target.what, f"<= {target.text(target.bar)}", target.text(target.value),
                 "-" if target.value is None else "yes" if target.is_met() else "**no**"]
                for target in targets.all_targets(results)[section]]
        return table(["", "target", "now", "met"], rows)
    return write


def bulk(results):
    text = ""
    for names, rows in results["bulk"].items():
        limit = rows["limit loop"]["cpu"]
        text += f"{int(names):,} names:\n\n"
        text += table(["", "names/s", "CPU us a name", "CPU, of the limit loop's", "peak MiB", "others' CPU"],
                      [[name, cell(int(names) / row["wall"], 0), cell(row["cpu"] / int(names) * 1e6),
                        cell(row["cpu"] / limit), cell(targets.ratio(row["kib"], 1024), 1), f"{row['foreign']:.1%}"]
                       for name, row in rows.items()]) + "\n"
    counted = results.get("cost", {}).get("instructions a name", {})
    return text + table(["instructions in user space", "a name"],
                        [[name, cell(value, 0)] for name, value in counted.items()])


def paths(results):
    rows = [[path, f"{result['names']:,}", name, cell(row["wall"]), cell(row["cpu"]), cell(row.get("lost"), 0),
             cell(row.get("wrong"), 0), cell(row.get("unknown"), 0)]
            for path, result in results["paths"].items() for name, row in result["rows"].items()]
    return table(["path", "names", "", "s", "CPU s", "lost", "wrong", "unknown"], rows)


def one_name(results):
    wall = results["one name"]
    peers = [name for name in ("kdig +short", "adnshost") if name in wall]
    return table(["", "ms", *(f"of {name}'s" for name in peers)],
                 [[name, cell(ms), *(cell(ms / wall[peer]) for peer in peers)] for name, ms in wall.items()])


def parts(results):
    return table(["", "ns"], [[name, cell(value, 0)] for name, value in results["parts"].items()
                              if not name.startswith("growth")])


BLOCKS = {"machine": machine, "bulk": bulk, "paths": paths, "one name": one_name, "parts": parts}
BLOCKS |= {f"targets of {section}": target_table(section) for section in ("bulk", "paths", "one name", "parts")}


def drawing(results):
    names = max(results["bulk"], key=int)
    bulk_bars = [(name, int(names) / row["wall"], f"{int(names) / row['wall']:,.0f}")
                 for name, row in results["bulk"][names].items()]
    hook_bars = [(name, ms, f"{ms:.2f}") for name, ms in results["one name"].items()]
    return chart.svg([(f"Names a second, {int(names):,} names, more is better", bulk_bars),
                      ("One name, milliseconds, less is better", hook_bars)])


def fill(document, results):
    """The document with the figures between its marks."""
    return BLOCK.sub(lambda found: f"{found[1]}{BLOCKS[found[2]](results)}{found[3]}", document)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("json", type=pathlib.Path)
    parser.add_argument("--docs", type=pathlib.Path, default=pathlib.Path("docs"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    results = json.loads(options.json.read_text())
    absent = {"machine", "bulk", "paths", "one name", "parts"} - set(results)
    if absent:
        sys.exit(f"{options.json} has no figures of: {', '.join(sorted(absent))}")
    page, picture = options.docs / "performance.md", options.docs / "performance.svg"
    old = page.read_text()
    written = {page: fill(old, results), picture: drawing(results)}
    if options.check:
        stale = [str(path) for path, text in written.items() if not path.exists() or path.read_text() != text]
        print("\n".join(f"{path} does not show the figures of {options.json}" for path in stale))
        return 1 if stale else 0
    for path, text in written.items():
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

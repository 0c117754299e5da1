#!/usr/bin/env python3
"""Counts what a run of ctest did, case by case: reads the file of `ctest --output-junit`.

Prints `PASSED FAILED SKIPPED` on one line, then one line for each case that failed or was skipped. An entry whose
program is a GoogleTest one counts as its cases, any other entry as one. A program that died, or that says it passed
without saying how many cases it ran, is one failure more.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

CASES = re.compile(r"^\[  (PASSED|FAILED|SKIPPED)  ?\] (\d+) tests?[,.]", re.MULTILINE)
CASE = re.compile(r"^\[  (FAILED|SKIPPED)  ?\] ([^\s,]+)", re.MULTILINE)


def count_entry(entry):
    """(passed, names failed, names skipped) of one entry of ctest."""
    name, status = entry.get("name"), entry.get("status")
    output = entry.findtext("system-out") or ""
    if entry.find("skipped") is not None or status in ("notrun", "disabled"):
        return 0, [], [name]
    is_gtest = "Running main() from" in output
    if not is_gtest:
        return (1, [], []) if status == "run" else (0, [name], [])
    counts = {kind: int(number) for kind, number in CASES.findall(output)}
    listed = output[output.rfind("[==========]"):]
    names = {"FAILED": [], "SKIPPED": []}
    for kind, case in CASE.findall(listed):
        if not case.isdigit():
            names[kind].append(f"{name}: {case}")
    complete = "PASSED" in counts and all(len(names[kind]) == counts.get(kind, 0) for kind in names)
    if not complete or (status != "run" and not names["FAILED"]):
        names["FAILED"].append(f"{name}: ended before its last case, or its output is not understood")
    return counts.get("PASSED", 0), names["FAILED"], names["SKIPPED"]


def main():
    passed, failed, skipped = 0, [], []
    for entry in ElementTree.parse(sys.argv[1]).getroot().iter("testcase"):
        good, bad, left_out = count_entry(entry)
        passed += good
        failed += bad
        skipped += left_out
    print(passed, len(failed), len(skipped))
    for name in failed:
        print("FAIL", name)
    for name in skipped:
        print("SKIP", name)


if __name__ == "__main__":
    main()

"""Compares our verdicts under the profile `letsencrypt` with those of Let's Encrypt's own validation code.

Each row of the vector files and of caa_table.py, then random rows without CAA (boulder_rows.py) and as many with it
(caa_rows.py), go to `persist-vectors --judge-letsencrypt` and to `boulder_va --judge`, which runs Boulder's validation
authority over real DNS messages. Verdict and ACME error type must be equal; where a row has a column `boulder`, they
must also be what stands there. Boulder must have asked for the right names, and say the words that we expect of it.

Exit status: 0 all alike, 1 differences, 2 a program failed or lacks an answer.
"""

import argparse
import collections
import json
import multiprocessing
import subprocess
import sys

import boulder_rows
import caa_rows
import caa_table
from boulder_rows import as_ca_has_it, left_out, query_name

CHUNK = 4000
SHOWN = 20
KINDS = {"accept,-", "reject,unauthorized", "reject,malformed", "reject,dns"}
CAA_KINDS = {"accept,-", "reject,unauthorized", "reject,dns", "reject,caa"}
ENOUGH = 100  # rows that must lead to every kind of verdict


def answers(program, mode, rows):
    """The lines that `program` answers. Raises RuntimeError when it cannot be run, fails or leaves a row out."""
    text = "".join(json.dumps(r) + "\n" for r in rows)
    try:
        done = subprocess.run([program, mode], input=text.encode(), capture_output=True, check=False)
    except OSError as error:
        raise RuntimeError("cannot run %s: %s" % (program, error)) from error
    lines = done.stdout.decode(errors="backslashreplace").split("\n")[:-1]
    if done.returncode != 0 or len(lines) != len(rows):
        tail = done.stderr.decode(errors="replace")[-2000:].strip()
        raise RuntimeError("%s: status %d, %d answers to %d rows: %s"
                           % (program, done.returncode, len(lines), len(rows), tail))
    return lines


def ours_of(line, r):
    """`verdict,error`, the words that Boulder is expected to say, and the names that we would ask for CAA."""
    columns = line.split("\t")
    if len(columns) != 4 or columns[0] != r["id"]:
        raise RuntimeError("the answer to %s is %s" % (r["id"], line))
    return columns[1], columns[2], columns[3].split()


def verdict_of_boulder(answer, r):
    if answer["id"] != r["id"]:
        raise RuntimeError("the answer to %s is %s" % (r["id"], answer))
    return "%s,%s" % (answer["verdict"], answer["error"] or "-")


def asked_wrongly(answer, r, caa_names):
    """Boulder asks for CAA at all names at once, and we one after the other up to the first set."""
    if answer["asked"] != ("" if r["dns"] in ("unsent", "timeout") else query_name(r)):
        return True
    names = caa_rows.levels(r) if caa_names else []
    return caa_names != names[:len(caa_names)] or answer["caa_asked"] != sorted(names)


def difference(r, line, answer):
    """What is not as it should be, as a text; empty if all is."""
    got, words, caa_names = ours_of(line, r)
    wanted = verdict_of_boulder(answer, r)
    column = r.get("boulder")
    stated = "%s,%s" % (column["verdict"], column["error"] or "-") if column else wanted
    faults = ["ours"] * (got != wanted) + ["vector"] * (stated != wanted)
    faults += ["names asked for"] * asked_wrongly(answer, r, caa_names)
    faults += ["words"] * (got == wanted and words not in answer["detail"])
    if not faults:
        return ""
    return "differ  %s\nrow     %s\nours    %s\nvector  %s\nboulder %s" % (
        ", ".join(faults), json.dumps(r), line, stated, answer)


def compare(programs, rows):
    """How often each verdict was Boulder's, and a text for each row that is judged differently."""
    ours = answers(programs.program, "--judge-letsencrypt", rows)
    boulders = [json.loads(line) for line in answers(programs.boulder, "--judge", list(map(as_ca_has_it, rows)))]
    kinds = collections.Counter(verdict_of_boulder(answer, r) for r, answer in zip(rows, boulders))
    return kinds, list(filter(None, map(difference, rows, ours, boulders)))


def compare_chunk(task):
    options, row, start, count = task
    return compare(options, [row(options.seed, number) for number in range(start, start + count)])


def compare_random(options, row):
    """As `compare`; the differences beyond the first are counted, not kept."""
    last = options.start + options.rows
    tasks = [(options, row, k, min(CHUNK, last - k)) for k in range(options.start, last, CHUNK)]
    kinds, differences, more = collections.Counter(), [], 0
    with multiprocessing.Pool(options.jobs) as pool:
        for found, texts in pool.imap(compare_chunk, tasks):
            kinds.update(found)
            kept = texts[:SHOWN - len(differences)]
            differences, more = differences + kept, more + len(texts) - len(kept)
    return kinds, differences, more


def compare_vectors(options):
    rows = []
    for path in options.vectors:
        with open(path, encoding="utf-8") as file:
            rows += json.load(file)
    reasons = collections.Counter(filter(None, map(left_out, rows)))
    for reason, count in reasons.items():
        print("%d vectors left out: %s" % (count, reason))
    kinds, differences = compare(options, [r for r in rows if not left_out(r)])
    return kinds, differences, 0


def report(what, every_kind, kinds, differences, more):
    """Prints the outcome; whether all is alike."""
    for text in differences:
        print(text)
    spread = "; ".join("%d %s" % (count, kind) for kind, count in sorted(kinds.items()))
    print("%d %s compared (%s), %d differences" % (sum(kinds.values()), what, spread, len(differences) + more), flush=True)
    if sum(kinds.values()) >= ENOUGH and set(kinds) != every_kind:
        raise RuntimeError("the %s lead to %s, not to every kind of verdict" % (what, sorted(kinds)))
    return not differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="persist-vectors")
    parser.add_argument("--boulder", required=True, help="boulder_va")
    parser.add_argument("--vectors", action="append", default=[], metavar="FILE", help="vector file, may be repeated")
    parser.add_argument("--rows", type=int, default=20000, help="number of random rows, of either kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first row")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    alike = True
    try:
        if options.vectors:
            alike &= report("vectors", KINDS, *compare_vectors(options))
            alike &= report("CAA sets", CAA_KINDS, *compare(options, caa_table.rows()), 0)
        if options.rows:
            alike &= report("random rows", KINDS, *compare_random(options, boulder_rows.row))
            alike &= report("random rows with CAA", CAA_KINDS, *compare_random(options, caa_rows.row))
    except RuntimeError as error:
        print("compare_boulder.py: error: %s" % error, file=sys.stderr)
        return 2
    return 0 if alike else 1


if __name__ == "__main__":
    sys.exit(main())

"""Compares our verdicts under the profile `pebble` with those of a live Pebble.

Each row of the vector files, then random rows (pebble_rows.py), go to `persist-vectors --judge` and to a Pebble, as a
name in an order, with our own name server behind it. Verdict and ACME error type must be equal; for a vector
they must also be what its column `pebble` says. Pebble must have asked for the right name and no other.

Exit status: 0 all alike, 1 differences, 2 a program failed or lacks an answer.
"""

import argparse
import collections
import concurrent.futures
import functools
import itertools
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../boulder_va"))

from compare_boulder import ENOUGH, SHOWN, answers  # noqa: E402
from dns_responder import DnsResponder  # noqa: E402
from live_judge import asked_wrongly, judge_all, new_account, seconds  # noqa: E402
from pebble import Pebble  # noqa: E402
from pebble_rows import ROWS_PER_PEBBLE, fitted, issuers_of, left_out, row  # noqa: E402

KINDS = {"accept,-", "reject,unauthorized", "reject,malformed"}


def unjudgeable(result, line, line_after):
    if result.after != result.row["now"] and line[3] != line_after[3]:
        return "a time limit passed while Pebble was judging"
    if "i/o timeout" in result.detail and result.row["dns"] != "timeout":
        return "this machine was too slow to answer Pebble within two seconds"
    return None


def compare_results(program, results):
    """How often each verdict was Pebble's, a text for each row that is judged differently, and reasons not to judge."""
    rows = [r.row for r in results]
    ours = [line.split("\t") for line in answers(program, "--judge", rows + [dict(r.row, now=r.after) for r in results])]
    kinds, differences, reasons = collections.Counter(), [], collections.Counter()
    for result, line, line_after in zip(results, ours, ours[len(rows):]):
        if line[0] != result.row["id"]:
            raise RuntimeError("the answer to %s is %s" % (result.row["id"], line))
        reason = unjudgeable(result, line, line_after)
        if reason:
            reasons[reason] += 1
            continue
        kinds[result.verdict] += 1
        column = result.row.get("pebble")
        stated = "%s,%s" % (column["verdict"], column["error"] or "-") if column else result.verdict
        if not line[3] == stated == result.verdict:
            differences.append("row     %s\nours    %s\nvector  %s\npebble  %s %s" % (
                json.dumps(result.row), line[3], stated, result.verdict, result.detail))
    return kinds, differences, reasons


def compare_chunk(options, issuers, makers):
    """As `compare_results`, with a Pebble that has these issuer domain names."""
    reasons, can_be_asked = collections.Counter(), []
    with DnsResponder() as server, Pebble(options.pebble, issuers, server.address) as pebble:
        account = new_account(pebble)
        for make in makers:
            reason = left_out(make(account, seconds()))
            reasons.update([reason] if reason else [])
            can_be_asked += [] if reason else [make]
        results = judge_all(account, server, can_be_asked)
        kinds, differences, more = compare_results(options.program, results)
        return kinds, differences + asked_wrongly(server, results), reasons + more


def vector_chunks(options):
    vectors, chunks = [], collections.defaultdict(list)
    for path in options.vectors:
        with open(path, encoding="utf-8") as file:
            vectors += json.load(file)
    for number, vector in enumerate(vectors):
        chunks[tuple(vector["issuer_domain_names"])].append(functools.partial(fitted, vector, "x%d" % number))
    return [(options, list(issuers), makers) for issuers, makers in chunks.items()]


def random_chunks(options):
    numbers = range(options.start, options.start + options.rows)
    for _, group in itertools.groupby(numbers, lambda number: number // ROWS_PER_PEBBLE):
        group = list(group)
        yield options, issuers_of(options.seed, group[0]), [functools.partial(row, options.seed, k) for k in group]


def compare(options, chunks):
    """As `compare_results`; differences beyond the first are counted, not kept."""
    kinds, differences, more, reasons = collections.Counter(), [], 0, collections.Counter()
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for found, texts, why in pool.map(compare_chunk, *zip(*chunks)):
            kinds, reasons = kinds + found, reasons + why
            kept = texts[:SHOWN - len(differences)]
            differences, more = differences + kept, more + len(texts) - len(kept)
    return kinds, differences, more, reasons


def report(kinds, differences, more, reasons):
    """Prints the outcome; whether all is alike."""
    compared = sum(kinds.values())
    for text in differences:
        print(text)
    print("; ".join("%d %s" % (count, kind) for kind, count in sorted(kinds.items())))
    why = "; ".join("%d %s" % (count, reason) for reason, count in sorted(reasons.items()))
    print("%d compared, %d differ, %d cannot be judged%s" % (
        compared, len(differences) + more, sum(reasons.values()), " (%s)" % why if why else ""), flush=True)
    if compared < 9 * sum(reasons.values()):
        raise RuntimeError("too many rows cannot be judged")
    if compared >= ENOUGH and set(kinds) != KINDS:
        raise RuntimeError("the rows lead to %s, not to every kind of verdict" % sorted(kinds))
    return not differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="persist-vectors")
    parser.add_argument("--pebble", required=True, help="pebble")
    parser.add_argument("--vectors", action="append", default=[], metavar="FILE", help="vector file, may be repeated")
    parser.add_argument("--rows", type=int, default=5000, help="number of random rows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first row")
    parser.add_argument("--jobs", type=int, default=2, help="so many Pebbles at a time")
    options = parser.parse_args()
    try:
        chunks = vector_chunks(options) + list(random_chunks(options))
        alike = report(*compare(options, chunks))
    except RuntimeError as error:
        print("compare_pebble.py: error: %s" % error, file=sys.stderr)
        return 2
    return 0 if alike else 1


if __name__ == "__main__":
    sys.exit(main())

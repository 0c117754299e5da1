"""Compares the C++ evaluator with the Python one on random rows.

First the Python evaluator has to pass the vector files. Then rows are generated in chunks; each
chunk goes to one run of `PROGRAM --judge`, and every line of the answer is compared.

Exit status: 0 all alike, 1 differences or failed vectors, 2 the program failed or lacks an answer.
"""

import argparse
import json
import multiprocessing
import subprocess
import sys

import vectors
from evaluator import answer_line
from generate import row

CHUNK = 2000
SHOWN = 20


def program_lines(program, text):
    """The program's answer lines. Raises RuntimeError when it cannot be run or fails."""
    try:
        done = subprocess.run([program, "--judge"], input=text.encode(), capture_output=True, check=False)
    except OSError as error:
        raise RuntimeError("cannot run %s: %s" % (program, error)) from error
    if done.returncode != 0:
        tail = done.stderr.decode(errors="replace")[-500:].strip()
        raise RuntimeError("%s ended with status %d: %s" % (program, done.returncode, tail))
    return done.stdout.decode(errors="backslashreplace").split("\n")[:-1]


def compare_chunk(task):
    """Number of rows, the first differences as (row text, program's line, ours), number of all."""
    program, seed, start, count = task
    rows = [row(seed, number) for number in range(start, start + count)]
    texts = [json.dumps(r) for r in rows]
    got = program_lines(program, "".join(text + "\n" for text in texts))
    if len(got) != count:
        raise RuntimeError("%d rows from number %d on, but %d lines in answer" % (count, start, len(got)))
    wanted = [answer_line(r) for r in rows]
    differences = [d for d in zip(texts, got, wanted) if d[1] != d[2]]
    return count, differences[:SHOWN], len(differences)


def compare(options):
    """Prints the differences; gives (rows compared, differences)."""
    last = options.start + options.rows
    tasks = [(options.program, options.seed, k, min(CHUNK, last - k)) for k in range(options.start, last, CHUNK)]
    compared = different = 0
    with multiprocessing.Pool(options.jobs) as pool:
        for count, differences, total in pool.imap(compare_chunk, tasks):
            for text, got, wanted in differences[:max(0, SHOWN - different)]:
                print("row     %s\nprogram %s\npython  %s" % (text, got, wanted), flush=True)
            compared, different = compared + count, different + total
    return compared, different


def vectors_pass(paths):
    passed, failures = 0, []
    for path in paths:
        count, found = vectors.check_file(path)
        passed, failures = passed + count, failures + found
    for text in failures:
        print(text)
    print("%d passed, %d failed" % (passed, len({text.split()[0] for text in failures})), flush=True)
    return not failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first row")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--program", help="persist-vectors; without it only the vectors are checked")
    parser.add_argument("--vectors", action="append", default=[], metavar="FILE", help="vector file, may be repeated")
    options = parser.parse_args()
    if not options.program and not options.vectors:
        parser.error("nothing to do: give --program, --vectors or both")
    if options.vectors and not vectors_pass(options.vectors):
        return 1
    if not options.program:
        return 0
    try:
        compared, different = compare(options)
    except RuntimeError as error:
        print("compare.py: error: %s" % error, file=sys.stderr)
        return 2
    print("%d rows compared, %d differences" % (compared, different))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

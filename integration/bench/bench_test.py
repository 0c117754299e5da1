#!/usr/bin/env python3
"""bench.py runs, notices a wrong verdict, and its figures reach the documents, which show docs/performance.json now.

    integration/bench/bench_test.py --build build/release

Exit status: 0, 1, 77 where NSD is not installed.
"""
import argparse
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import bulk
import paths

HERE = pathlib.Path(__file__).resolve().parent
DOCS = HERE.parent.parent / "docs"
NAMES = 1000
SMALL = ["--names", str(NAMES), "--rounds", "1", "--path-names", str(NAMES), "--path-rounds", "1", "--again", "0",
         "--hook-runs", "3", "--only", "bulk", "paths", "one name", "parts"]
ARGUMENTS = argparse.Namespace(build=None)


def run(program, *arguments):
    return subprocess.run([sys.executable, HERE / program, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)


class SmallRun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.docs = pathlib.Path(cls.folder.name)
        cls.json = cls.docs / "performance.json"
        cls.done = run("bench.py", "--build", ARGUMENTS.build, "--json", cls.json, *SMALL)
        cls.results = json.loads(cls.json.read_text()) if cls.done.returncode == 0 else {}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.assertEqual(self.done.returncode, 0, self.done.stdout)

    def test_every_row_was_measured(self):
        rows = self.results["bulk"][str(NAMES)]
        self.assertLessEqual({"limit loop", "c-ares", "persist-lint", *bulk.COUNTED} - {"massdns"}, set(rows))
        for name, row in rows.items():
            self.assertGreater(row["wall"], 0, name)
            self.assertEqual(row.get("lost", 0), 0, name)

    def test_every_verdict_was_right(self):
        for path, result in self.results["paths"].items():
            for name in ("persist-lint", "persist-lint, JSON Lines"):
                row = result["rows"][name]
                self.assertEqual((row["wrong"], row["unknown"]), (0, 0), (path, name))

    def test_delay_and_loss_are_there(self):
        rows = {path: result["rows"]["persist-lint"] for path, result in self.results["paths"].items()}
        self.assertGreaterEqual(rows["20 ms"]["wall"], paths.DELAY_MS / 1000)
        self.assertGreaterEqual(rows["20 ms, 1 % lost"]["wall"], 2 * paths.DELAY_MS / 1000)

    def test_documents_show_the_figures(self):
        shutil.copy(DOCS / "performance.md", self.docs)
        self.assertEqual(run("report.py", self.json, "--docs", self.docs, "--check").returncode, 1)
        done = run("report.py", self.json, "--docs", self.docs)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertEqual(run("report.py", self.json, "--docs", self.docs, "--check").returncode, 0)
        self.assertIn(f"\n{NAMES:,} names:\n", (self.docs / "performance.md").read_text())
        picture = xml.etree.ElementTree.parse(self.docs / "performance.svg").getroot()
        self.assertIn("persist-lint --no-caa", [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")])


class Checks(unittest.TestCase):
    def test_wrong_tally_ends_the_bench(self):
        good = b"summary: 4 checks: 3 authorized, 1 refused, 0 unknown\n"
        self.assertEqual(bulk.check_tally((4, 3, 1, 0))(io.BytesIO(good), 1), {})
        for name, text, status in (("tally", good.replace(b"0 unknown", b"1 unknown"), 1), ("status", good, 3),
                                   ("no summary", b"", 1)):
            with self.subTest(name), self.assertRaises(SystemExit):
                bulk.check_tally((4, 3, 1, 0))(io.BytesIO(text), status)

    def test_every_verdict_is_compared(self):
        first = b'{"name":"d0000000.example","verdict":"refused"}\n'
        second = b'{"name":"d0000001.example","verdict":"authorized"}\n'
        for name, lines, wrong, unknown in (
                ("right", [first, second], 0, 0), ("other order", [second, first], 2, 0), ("cut off", [first], 1, 0),
                ("empty", [], 2, 0), ("wrong", [first.replace(b"refused", b"authorized"), second], 1, 0),
                ("unknown", [first, second.replace(b"authorized", b"unknown")], 0, 1)):
            with self.subTest(name):
                self.assertEqual(paths.check_verdicts(2)(io.BytesIO(b"".join(lines)), 1),
                                 {"wrong": wrong, "unknown": unknown})

    def test_verdicts_are_counted_in_a_text(self):
        text = b"summary: 2 checks: %d authorized, %d refused, %d unknown\n"
        for name, counts, wrong, unknown in (("right", (1, 1, 0), 0, 0), ("unknown", (0, 1, 1), 0, 1),
                                             ("wrong", (2, 0, 0), 1, 0), ("both", (0, 0, 2), 0, 2)):
            with self.subTest(name):
                self.assertEqual(paths.check_counts(2)(io.BytesIO(text % counts), 1),
                                 {"wrong": wrong, "unknown": unknown})
        with self.assertRaises(SystemExit):
            paths.check_counts(2)(io.BytesIO(b""), 3)

    def test_documents_are_those_of_the_last_run(self):
        done = run("report.py", DOCS / "performance.json", "--docs", DOCS, "--check")
        self.assertEqual((done.returncode, done.stdout.strip()), (0, ""))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.parse_args(namespace=ARGUMENTS)
    if not shutil.which("nsd"):
        print("nsd is not installed")
        return 77
    return 0 if unittest.main(argv=sys.argv[:1], exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())

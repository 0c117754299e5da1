"""Tests of the comparison itself: that it finds what differs, and that rows are what they say."""

import contextlib
import io
import json
import os
import pathlib
import tempfile
import types
import unittest

import caa_rows
import caa_table
from boulder_rows import as_ca_has_it
from compare_boulder import CAA_KINDS, compare, report

NAME = "_validation-persist.a.example.com"
LEVELS = ["a.example.com", "com", "example.com"]


def row(**members):
    return {"id": "X1", "identifier": {"type": "dns", "value": "a.example.com"}, "dns": "noerror", **members}


def answer(verdict="accept", error="", detail="", **members):
    return {"id": "X1", "verdict": verdict, "error": error, "detail": detail, "asked": NAME, "caa_asked": [], **members}


class Comparison(unittest.TestCase):
    def compared(self, r, line, boulder):
        """What is said to differ when these are the answers."""
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, mode, text in [("ours", "--judge-letsencrypt", line), ("boulder", "--judge", json.dumps(boulder))]:
                path = pathlib.Path(folder) / name
                path.with_suffix(".txt").write_text(text + "\n")
                path.write_text('#!/bin/sh\ncat >/dev/null\n[ "$*" = %s ] && cat "$0.txt"\n' % mode)
                path.chmod(0o755)
                paths.append(os.fspath(path))
            kinds, differences = compare(types.SimpleNamespace(program=paths[0], boulder=paths[1]), [r])
        self.assertEqual(sum(kinds.values()), 1)
        return differences[0].split("\n")[0].removeprefix("differ  ") if differences else ""

    def test_answers(self):
        forbids = answer("reject", "caa", "CAA record for com prevents issuance", caa_asked=LEVELS)
        good_record = answer(caa_asked=LEVELS)
        ours = "reject,caa\tprevents issuance\ta.example.com example.com com"
        table = [
            ("alike", row(), "accept,-\t\t", answer(), ""),
            ("alike with CAA", row(caa=[]), ours, forbids, ""),
            ("we stop at the first set", row(caa=[]), "accept,-\t\ta.example.com", good_record, ""),
            ("another verdict", row(), "reject,unauthorized\t\t", answer(), "ours"),
            ("another error type", row(caa=[]), ours.replace("caa", "dns", 1), forbids, "ours"),
            ("the vector", row(boulder={"verdict": "accept", "error": None}), "accept,-\t\t", answer(), ""),
            ("another vector", row(boulder={"verdict": "reject", "error": "caa"}), "accept,-\t\t", answer(), "vector"),
            ("other words", row(caa=[]), ours.replace("prevents", "forbids"), forbids, "words"),
            ("another name", row(), "accept,-\t\t", answer(asked="_validation-persist.com"), "names asked for"),
            ("no name", row(), "accept,-\t\t", answer(asked=""), "names asked for"),
            ("a name though none can be", row(dns="unsent"), "accept,-\t\t", answer(), "names asked for"),
            ("CAA not asked by Boulder", row(caa=[]), ours, dict(forbids, caa_asked=[]), "names asked for"),
            ("CAA of the top level not asked", row(caa=[]), ours, dict(forbids, caa_asked=LEVELS[:1]), "names asked for"),
            ("CAA not asked by us", row(caa=[]), "accept,-\t\t", good_record, "names asked for"),
            ("CAA of another name", row(caa=[]), "accept,-\t\texample.com", good_record, "names asked for"),
            ("all at once", row(caa=[]), "accept,-\t\t", forbids, "ours, names asked for"),
        ]
        for name, r, line, boulder, expected in table:
            with self.subTest(name):
                self.assertEqual(self.compared(r, "X1\t" + line, boulder), expected)

    def test_answers_to_other_rows(self):
        for line, boulder in [("X2\taccept,-\t\t", answer()), ("X1\taccept,-\t\t", answer(id="X2")),
                              ("X1\taccept,-", answer()), ("X1\taccept,-\t\t\nX1\taccept,-\t\t", answer())]:
            with self.subTest(line), self.assertRaises(RuntimeError):
                self.compared(row(), line, boulder)

    def test_report(self):
        table = [
            ("alike", dict.fromkeys(CAA_KINDS, 25), [], 0, True),
            ("few rows", {"accept,-": 1}, [], 0, True),
            ("a difference", {"accept,-": 1}, ["text"], 0, False),
        ]
        for name, kinds, differences, more, expected in table:
            with self.subTest(name), contextlib.redirect_stdout(io.StringIO()):
                self.assertEqual(report("rows", CAA_KINDS, kinds, differences, more), expected)
        for kinds in ({"accept,-": 100}, dict.fromkeys([*CAA_KINDS, "reject,malformed"], 25)):
            with self.assertRaises(RuntimeError), contextlib.redirect_stdout(io.StringIO()):
                report("rows", CAA_KINDS, kinds, [], 0)


class Rows(unittest.TestCase):
    def test_rdata_of_a_line(self):
        self.assertEqual(bytes.fromhex(caa_table.rdata("128 issue ca.example; a=b")), b"\x80\x05issueca.example; a=b")
        self.assertEqual(bytes.fromhex(caa_table.rdata("0 issue ")), b"\x00\x05issue")

    def test_titles_differ(self):
        titles = [r["id"] for r in caa_table.rows()]
        self.assertEqual(len(set(titles)), len(titles))

    def test_levels(self):
        self.assertEqual(caa_rows.levels(row()), ["a.example.com", "example.com", "com"])
        self.assertEqual(caa_rows.levels({"identifier": {"type": "dns", "value": "*.B.Example."}}), ["b.example", "example"])
        self.assertEqual(caa_rows.levels({"identifier": {"type": "dns", "value": "intranet"}}), ["intranet"])

    def test_random_rows(self):
        """A row is the same each time, has CAA for its own names only, and a seed has everything that DNS can say."""
        said, chains = set(), 0
        for number in range(300):
            made = caa_rows.row(5, number)
            self.assertEqual(made, caa_rows.row(5, number))
            self.assertEqual(made["query_name"], as_ca_has_it(made)["query_name"])
            names = [each["name"] for each in made["caa"]]
            self.assertEqual(names, [name for name in caa_rows.levels(made) if name in names])
            said |= {each["dns"] for each in made["caa"]}
            chains += sum(bool(each["cname_chain"]) for each in made["caa"])
        self.assertEqual(said, {"noerror", "nodata", "nxdomain", *caa_rows.FAILURES})
        self.assertGreater(chains, 0)


if __name__ == "__main__":
    unittest.main()

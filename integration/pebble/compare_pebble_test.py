"""Tests of the comparison itself: that it finds what differs, and fits vectors as it says."""

import os
import pathlib
import tempfile
import unittest

from compare_pebble import compare_results
from live_judge import Judged, asked_wrongly
from pebble_rows import fitted, marked

NOW = 1795219200


class Account:
    id = "0123456789abcdef"

    def url(self, scheme, host):
        return "%s://%s/my-account/%s" % (scheme, host, self.id)


def record(*strings):
    return {"hex": [s.encode().hex() for s in strings]}


def row(*records, **members):
    return {"id": "X1", "query_name": "_validation-persist.example.com", "dns": "noerror", "now": NOW, "elsewhere": [],
            "identifier": {"type": "dns", "value": "example.com"}, "answer": list(records),
            "account": {"url": "https://ca.example/acct/123"}, **members}


class Comparison(unittest.TestCase):
    def compared(self, our_verdicts, result):
        """What comes of it when ours are these, at `now` and at `after`."""
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program"
            lines = "".join("X1\\t-\\t-\\t%s\\t-\\n" % verdict for verdict in our_verdicts)
            program.write_text("#!/bin/sh\ncat >/dev/null\nprintf '%s'\n" % lines)
            program.chmod(0o755)
            kinds, differences, reasons = compare_results(os.fspath(program), [result])
            return sum(kinds.values()), len(differences), list(reasons)

    def test_outcomes(self):
        column = {"verdict": "reject", "error": "malformed"}
        good, bad, worse = "accept,-", "reject,unauthorized", "reject,malformed"
        late = "this machine was too slow to answer Pebble within two seconds"
        over = "a time limit passed while Pebble was judging"
        table = [
            ("alike", [good, good], Judged(row(), NOW, good, ""), (1, 0, [])),
            ("another verdict", [good, good], Judged(row(), NOW, bad, ""), (1, 1, [])),
            ("another error type", [worse, worse], Judged(row(), NOW, bad, ""), (1, 1, [])),
            ("another vector", [bad, bad], Judged(row(pebble=column), NOW, bad, ""), (1, 1, [])),
            ("the vector", [worse, worse], Judged(row(pebble=column), NOW, worse, ""), (1, 0, [])),
            ("time passed", [good, bad], Judged(row(), NOW + 1, bad, ""), (0, 0, [over])),
            ("no time passed", [good, bad], Judged(row(), NOW, bad, ""), (1, 1, [])),
            ("late answer", [good, good], Judged(row(), NOW, bad, "read tcp: i/o timeout"), (0, 0, [late])),
            ("no answer", [good, good], Judged(row(dns="timeout"), NOW, bad, "i/o timeout"), (1, 1, [])),
        ]
        for name, ours, result, expected in table:
            with self.subTest(name):
                self.assertEqual(self.compared(ours, result), expected)

    def test_names_asked_for(self):
        class Server:
            asked = {"_validation-persist.com", "x" * 254}

        self.assertEqual(asked_wrongly(Server, [Judged(row(), NOW, "", "")]), [
            "_validation-persist.com was asked for", "_validation-persist.example.com was not asked for"])


class Fitting(unittest.TestCase):
    def test_records(self):
        url = "https://ca.example/my-account/0123456789abcdef"
        table = [
            ("account", ["a; accounturi=https://ca.example/acct/123"], ["a; accounturi=" + url]),
            ("nearly", ["accounturi=https://CA.example/acct/1234"], ["accounturi=" + url.replace("ca", "CA", 1) + "4"]),
            ("joint", ["https://ca.example/ac", "ct/123; x"],
             ["https://ca.example/my", "-account/0123456789abcdef; x"]),
            ("empty strings", ["", ""], ["", ""]),
            ("none", [], []),
            ("near time", ["persistUntil=1795219199"], ["persistUntil=1795219299"]),
            ("zeros", ["PERSISTUNTIL = +001795219199"], ["PERSISTUNTIL = +001795219299"]),
            ("far time", ["persistUntil=9999999999"], ["persistUntil=9999999999"]),
            ("milliseconds", ["persistUntil=1795219199000"], ["persistUntil=1795219199000"]),
        ]
        for name, strings, expected in table:
            with self.subTest(name):
                made = fitted(row(record(*strings)), "x7", Account(), NOW + 100)
                self.assertEqual(made["answer"], [record(*expected)])
                self.assertEqual(made["account"]["url"], url)
                self.assertEqual(made["query_name"], "_validation-persist.example.comx7")

    def test_long_strings_are_cut(self):
        made = fitted(row(record("y" * 240 + "/acct/123")), "x7", Account(), NOW)["answer"][0]["hex"]
        self.assertEqual([len(s) // 2 for s in made], [255, 13])

    def test_names(self):
        for name, expected in [("a.example", "a.examplex7"), ("*.a.example", "*.a.examplex7"),
                               ("A.example.", "A.examplex7."),
                               ("b" * 60 + ".c" * 80, "b" * 58 + ".c" * 80 + "x7")]:
            with self.subTest(name):
                self.assertEqual(marked(name, "x7"), expected)


if __name__ == "__main__":
    unittest.main()

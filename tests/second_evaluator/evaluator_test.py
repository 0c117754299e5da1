"""The evaluator against the vectors, and the generator against its purpose.

The vectors are looked for in PERSIST_VECTORS, else in ../testdata/vectors.
"""

import os
import unittest

import vectors
from evaluator import strict
from generate import row

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.environ.get("PERSIST_VECTORS", os.path.join(HERE, "..", "testdata", "vectors"))
REASONS = """
    no-record nxdomain dns-failure issuer-mismatch bad-issuer empty-parameter missing-equals
    empty-tag bad-tag bad-value duplicate-parameter accounturi-missing accounturi-empty
    accounturi-mismatch policy-not-wildcard expired persistuntil-malformed hash-prefix hash-alg
    hash-format hash-mismatch account-deactivated name-too-long identifier-not-dns
    subdomain-not-authorized
"""


class Vectors(unittest.TestCase):
    def test_records(self):
        self.assertEqual(vectors.check_file(os.path.join(VECTORS, "records.json")), (192, []))

    def test_account_hash(self):
        self.assertEqual(vectors.check_file(os.path.join(VECTORS, "account_hash.json")), (16, []))


class Generator(unittest.TestCase):
    def test_row_is_the_same_every_time(self):
        self.assertEqual([row(3, k) for k in range(50)], [row(3, k) for k in range(50)])

    def test_every_reason_occurs(self):
        judgements = [strict(row(1, k)) for k in range(6000)]
        self.assertEqual({j.reason for j in judgements} - {None}, set(REASONS.split()))

    def test_about_a_third_is_accepted(self):
        accepted = sum(strict(row(2, k)).verdict == "accept" for k in range(3000))
        self.assertTrue(900 <= accepted <= 1350, accepted)


if __name__ == "__main__":
    unittest.main()

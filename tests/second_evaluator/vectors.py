"""Runs the evaluator over the vector files: records.json and account_hash.json."""

import json

import evaluator
from account_hash import hash_digest, hash_preimage
from basics import LABEL, base_name


def record_failures(row):
    """Differences between the row's expectation and the evaluator, as text."""
    want = row["expect"]
    yield from differs("strict", tuple(evaluator.strict(row)), (want["verdict"], want["error"], want["reason"]))
    for profile in ("boulder", "pebble"):
        got, want = getattr(evaluator, profile)(row), row[profile]
        yield from differs(profile, got and tuple(got[:2]), want and (want["verdict"], want["error"]))
    if row["digicert"] is not None:
        got = evaluator.br_only(row)
        yield from differs("br-only", got and got.verdict, row["digicert"]["verdict"])
    if row["identifier"]["type"] == "dns":
        name, _ = base_name(row["identifier"])
        yield from differs("query_name", LABEL + name, row["query_name"])


def hash_failures(row):
    preimage = hash_preimage(row["domain_name"], row["key"], row["account_url"])
    digest = hash_digest(row["hash_alg"], preimage)
    yield from differs("preimage", preimage.hex(), row["preimage_hex"])
    yield from differs("digest", digest, row["digest"])
    yield from differs("uri", "%s%s/%s" % (row["account_hash_prefix"], row["hash_alg"], digest), row["account_uri"])


def differs(what, got, want):
    if got != want:
        yield "%s: got %r, want %r" % (what, got, want)


def check_file(path):
    """Number of rows that passed, and one text a failure."""
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    passed, failures = 0, []
    for row in rows:
        found = list(hash_failures(row) if "digest" in row else record_failures(row))
        failures += ["%s %s" % (row["id"], text) for text in found]
        passed += not found
    return passed, failures

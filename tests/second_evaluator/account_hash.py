"""The hashed account URI of draft-02 (sections 4.1, 4.2, 10.2)."""

import base64
import hashlib
import re

from basics import malformed

BASE64URL = re.compile(rb"[A-Za-z0-9_-]*")

# Function and length of its digest in unpadded base64url.
HASHES = {"sha-256": (hashlib.sha256, 43), "sha-384": (hashlib.sha384, 64), "sha-512": (hashlib.sha512, 86)}


def hash_preimage(name, thumbprint, account_url):
    return bytes([len(name)]) + (name + thumbprint + account_url).encode("ascii")


def hash_digest(algorithm, preimage):
    return base64.urlsafe_b64encode(HASHES[algorithm][0](preimage).digest()).rstrip(b"=").decode()


def split_hashed_uri(uri, row):
    prefix = row["account_hash_prefix"].encode()
    if not uri.startswith(prefix):
        raise malformed("hash-prefix")
    algorithm, slash, digest = uri[len(prefix):].partition(b"/")
    if not slash:
        raise malformed("hash-format")
    algorithm = algorithm.decode("ascii")
    if algorithm not in row["accepted_hash_algs"]:
        raise malformed("hash-alg")
    if len(digest) != HASHES[algorithm][1] or not BASE64URL.fullmatch(digest):
        raise malformed("hash-format")
    return algorithm, digest.decode()


def hash_matches(algorithm, digest, name, account):
    return any(
        hash_digest(algorithm, hash_preimage(hashed, key, account["url"])) == digest
        for key in account["thumbprints"]
        for hashed in (name, "*")
    )

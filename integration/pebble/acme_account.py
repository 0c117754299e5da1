"""An ACME account at a Pebble (RFC 8555), driven to the verdicts on dns-persist-01 challenges and no further.

Pebble makes account URLs of the request's Host header and X-Forwarded-Proto: one account has as many URLs as we like.
"""

import base64
import http.client
import json
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

PATIENCE = 60  # seconds until Pebble must have judged


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def as_base64url(value):
    return base64url(json.dumps(value).encode())


class AcmeAccount:
    """Registers itself. Each thread has a connection of its own."""

    def __init__(self, pebble):
        self.pebble = pebble
        self.threads = threading.local()
        self.key = ec.generate_private_key(ec.SECP256R1())
        numbers = self.key.public_key().public_numbers()
        self.jwk = {"kty": "EC", "crv": "P-256", "x": base64url(numbers.x.to_bytes(32, "big")),
                    "y": base64url(numbers.y.to_bytes(32, "big"))}
        self.id = None
        self.register()

    def register(self):
        _, headers = self.post("/sign-me-up", {"termsOfServiceAgreed": True})
        self.id = headers["Location"].rpartition("/")[2]

    def url(self, scheme, host):
        return "%s://%s/my-account/%s" % (scheme, host, self.id)

    # --- requests ----------------------------------------------------------------------------------

    def exchange(self, method, path, body=None, headers=None):
        if not hasattr(self.threads, "connection"):
            self.threads.connection = http.client.HTTPSConnection(
                "127.0.0.1", self.pebble.port, context=self.pebble.tls, timeout=PATIENCE)
        self.threads.connection.request(method, path, body, {"User-Agent": "persist-tests", **(headers or {})})
        response = self.threads.connection.getresponse()
        text = response.read()
        self.threads.nonce = response.headers["Replay-Nonce"]
        return response, text

    def signed(self, protected, payload):
        """The JWS of RFC 7515; both parts are base64url."""
        signature = self.key.sign(("%s.%s" % (protected, payload)).encode(), ec.ECDSA(hashes.SHA256()))
        octets = b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(signature))
        return json.dumps({"protected": protected, "payload": payload, "signature": base64url(octets)}).encode()

    def post(self, path, payload, account_url=None):
        """Asks by this URL of the account; the object and headers that come back. `payload` None: POST-as-GET."""
        if getattr(self.threads, "nonce", None) is None:
            self.exchange("HEAD", "/nonce-plz")
        account_url = account_url or self.url("https", "ca.example")
        scheme, _, rest = account_url.partition("://")
        host = rest.partition("/")[0]
        protected = {"alg": "ES256", "nonce": self.threads.nonce, "url": "https://%s%s" % (host, path)}
        payload = "" if payload is None else as_base64url(payload)
        protected.update({"kid": account_url} if self.id else {"jwk": self.jwk})
        response, text = self.exchange("POST", path, self.signed(as_base64url(protected), payload), {
            "Host": host, "X-Forwarded-Proto": scheme, "Content-Type": "application/jose+json"})
        if response.status >= 400:
            raise RuntimeError("Pebble says %d to %s: %s" % (response.status, path, text.decode(errors="replace")))
        return json.loads(text), response.headers

    # --- orders ------------------------------------------------------------------------------------

    def order(self, identifiers):
        """Paths of the authorizations of a new order."""
        order, _ = self.post("/order-plz", {"identifiers": identifiers})
        return [urllib.parse.urlsplit(url).path for url in order["authorizations"]]

    def authorization(self, path):
        return self.post(path, None)[0]

    def respond(self, path, authorization, account_url):
        """Has the challenge judged, for the account by this URL; gives the challenge as it is then."""
        challenge = persist_challenge(authorization)
        self.post(urllib.parse.urlsplit(challenge["url"]).path, {}, account_url)
        deadline, wait = time.monotonic() + PATIENCE, 0.005
        while time.monotonic() < deadline:
            challenge = persist_challenge(self.authorization(path))
            if challenge["status"] in ("valid", "invalid"):
                return challenge
            time.sleep(wait)
            wait = min(2 * wait, 0.1)
        raise RuntimeError("Pebble does not judge %s" % authorization["identifier"])


def persist_challenge(authorization):
    return next(c for c in authorization["challenges"] if c["type"] == "dns-persist-01")

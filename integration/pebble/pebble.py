"""A Pebble of our own on 127.0.0.1, with a certificate made for it, asking the name server that it is told."""

import datetime
import ipaddress
import json
import os
import ssl
import urllib.error
import urllib.request

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from own_server import PATIENCE, OwnServer

# Validate at once, refuse no nonce and use no authorization again: chance has no part in a comparison.
ENVIRONMENT = {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0", "PEBBLE_AUTHZREUSE": "0"}


def write_certificate(folder):
    """cert.pem, which is its own issuer, and key.pem for a server on 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start).not_valid_after(start + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256()))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


class Pebble(OwnServer):
    """`with Pebble(program, issuers, "127.0.0.1:53") as pebble`: up inside, stopped and its folder gone behind it.
    `variables` of its own go before those above."""

    def __init__(self, program, issuers, dns_server, variables=None):
        super().__init__(os.path.abspath(program))
        self.issuers, self.dns_server, self.variables = issuers, dns_server, variables or {}
        write_certificate(self.folder)
        self.certificate = self.folder / "cert.pem"
        self.tls = ssl.create_default_context(cafile=str(self.certificate))

    @property
    def directory(self):
        return "https://127.0.0.1:%d/dir" % self.port

    def start(self):
        config = {
            "listenAddress": "127.0.0.1:%d" % self.port, "managementListenAddress": "", "httpPort": 1, "tlsPort": 1,
            "certificate": "cert.pem", "privateKey": "key.pem", "keyAlgorithm": "ecdsa", "caaIdentities": self.issuers,
            "retryAfter": {"authz": 1, "order": 1},
        }
        (self.folder / "config.json").write_text(json.dumps({"pebble": config}))
        self.launch("-config", "config.json", "-dnsserver", self.dns_server, cwd=self.folder,
                    env={"PATH": os.environ["PATH"], **ENVIRONMENT, **self.variables})

    def answers(self):
        try:
            with urllib.request.urlopen(self.directory, context=self.tls, timeout=PATIENCE):
                return True
        except (urllib.error.URLError, OSError):
            return False

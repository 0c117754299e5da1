"""A Pebble of our own on 127.0.0.1, with a certificate made for it, asking the name server that it is told."""

import datetime
import ipaddress
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PATIENCE = 30  # seconds until it must be up
# Validate at once, refuse no nonce and use no authorization again: chance has no part in a comparison.
ENVIRONMENT = {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0", "PEBBLE_AUTHZREUSE": "0"}


def free_port():
    """A port of 127.0.0.1 that was free a moment ago, for TCP and UDP."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            try:
                udp.bind(tcp.getsockname())
                return tcp.getsockname()[1]
            except OSError:
                pass


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


class Pebble:
    """`with Pebble(program, issuers, "127.0.0.1:53") as pebble`: up inside, stopped and its folder gone behind it."""

    def __init__(self, program, issuers, dns_server):
        self.program, self.issuers, self.dns_server = program, issuers, dns_server
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="persist-pebble-"))
        self.process, self.port = None, None
        write_certificate(self.folder)
        self.certificate = self.folder / "cert.pem"
        self.tls = ssl.create_default_context(cafile=str(self.certificate))

    @property
    def directory(self):
        return "https://127.0.0.1:%d/dir" % self.port

    def __enter__(self):
        try:
            for _ in range(5):
                self.port = free_port()
                self.start()
                if self.is_up():
                    return self
                self.stop()
            raise RuntimeError("%s does not start: %s" % (self.program, (self.folder / "log").read_text()[-2000:]))
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        config = {
            "listenAddress": "127.0.0.1:%d" % self.port, "managementListenAddress": "", "httpPort": 1, "tlsPort": 1,
            "certificate": "cert.pem", "privateKey": "key.pem", "keyAlgorithm": "ecdsa", "caaIdentities": self.issuers,
            "retryAfter": {"authz": 1, "order": 1},
        }
        (self.folder / "config.json").write_text(json.dumps({"pebble": config}))
        # It ends with us, however we end.
        command = ["setpriv", "--pdeathsig", "KILL", os.path.abspath(self.program), "-config", "config.json",
                   "-dnsserver", self.dns_server]
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env={"PATH": os.environ["PATH"], **ENVIRONMENT})

    def is_up(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.directory, context=self.tls, timeout=PATIENCE):
                    return True
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        return False

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

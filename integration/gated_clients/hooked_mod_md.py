"""Apache httpd with mod_md, which asks for certificates by itself, in the background, with the rights of its `User`."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import clients
from hooked_clients import Hooked
from own_server import free_port

MODULES = pathlib.Path("/usr/lib/apache2/modules")
HTTPD_SH = pathlib.Path(__file__).resolve().parent / "httpd.sh"
POSTPONED = "AH10060"  # "event-handler for 'renewing' returned ..., preventing renewal to proceed"
CONFIGURATION = """
ServerRoot {folder}
DefaultRuntimeDir {folder}
PidFile {folder}/pid
ServerName localhost
User www-data
Group www-data
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule ssl_module {modules}/mod_ssl.so
LoadModule md_module {modules}/mod_md.so
Mutex sem
ErrorLog {folder}/error.log
LogLevel info
MDStoreDir /etc/apache2/md
MDCertificateAuthority {directory}
MDCACertificateFile {folder}/ca.pem
MDCertificateAgreement accepted
MDContactEmail owner@example.com
MDPortMap http:{port} https:{port}
MDCAChallenges dns-01
MDChallengeDns01 /usr/bin/true
MDMessageCmd {command}
MDomain {names}
<VirtualHost 127.0.0.1:{port}>
ServerName {name}
SSLEngine on
</VirtualHost>
"""


class ModMd(Hooked):
    gates = ("hook",)
    stopped = 1  # it has no exit status of its own: 1 here if it put the renewal off

    def __init__(self, program, pebble, folder, variables):
        super().__init__(program, pebble, folder, variables)
        # Not below a folder that is ours alone: www-data has to get there.
        self.public = pathlib.Path(tempfile.mkdtemp(prefix="persist-httpd-"))
        self.public.chmod(0o755)
        self.store = self.public / "md"
        self.store.mkdir()
        (self.public / "ca.pem").write_bytes(pebble.certificate.read_bytes())
        shutil.copytree("/etc", self.public / "etc", symlinks=True)
        self.variables.pop("PERSIST_HOOK_THEN")

    def close(self):
        shutil.rmtree(self.public)

    def certificate(self, identifiers):
        return self.folder / (identifiers[0] + ".pem")

    def configure(self, identifiers, command):
        name = identifiers[0]
        (self.public / "httpd.conf").write_text(CONFIGURATION.format(
            folder=self.public, port=free_port(), modules=MODULES, directory=self.pebble.directory, command=command,
            names=" ".join(identifiers), name=name.replace("*.", "any.")))

    def log(self):
        path = self.public / "error.log"
        return path.read_text(errors="replace") if path.exists() else ""

    @contextlib.contextmanager
    def httpd(self):
        """Up inside, stopped behind it; what it and its hook say is in `output` then."""
        (self.public / "error.log").unlink(missing_ok=True)
        with open(self.public / "said", "w+b") as said:
            process = subprocess.Popen(
                [HTTPD_SH, self.public / "etc", self.store, self.program, "-DFOREGROUND", "-f", self.public / "httpd.conf"],
                cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env=self.environment())
            try:
                yield process
            finally:
                process.terminate()
                process.wait(clients.PATIENCE)
                said.seek(0)
                self.output = said.read().decode(errors="replace") + self.log()

    def wait_for(self, process, done):
        deadline = time.monotonic() + clients.PATIENCE
        while not done():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("httpd did nothing: %s" % self.log()[-2000:])
            time.sleep(0.05)

    def register(self):
        """The account is made with the first certificate, and moved to its place when httpd starts again."""
        self.issue(["first-mod-md.test"], ["/usr/bin/true"])
        with self.httpd() as process:
            self.wait_for(process, lambda: list(self.store.glob("accounts/*/account.json")))
        return "".join(path.read_text() for path in self.store.glob("accounts/*/account.json"))

    def issue(self, identifiers, hook, row=None):
        name = identifiers[0]
        for place in ("domains", "staging"):
            shutil.rmtree(self.store / place / name, ignore_errors=True)
        program = hook[0]
        if os.path.basename(program) == "persist-hook":
            program = shutil.copy(program, self.public)
        self.configure(identifiers, "%s mod-md" % program)
        staged = self.store / "staging" / name / "pubcert.pem"
        # At `renewing` its user cannot look up whether a wildcard is among the names.
        known = {} if name.startswith("*.") else {"PERSIST_HOOK_NO_WILDCARD": "true"}
        with self.also({**self.variables, **known}), self.httpd() as process:
            self.wait_for(process, lambda: staged.exists() or POSTPONED in self.log())
            self.status = 0 if staged.exists() else 1
            if staged.exists():
                shutil.copy(staged, self.certificate(identifiers))

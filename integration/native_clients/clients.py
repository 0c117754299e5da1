"""The ACME clients: how each registers, and how it asks for a certificate by dns-persist-01."""

import pathlib
import re
import subprocess

UACME_SH = pathlib.Path(__file__).resolve().parent / "uacme.sh"
PATIENCE = 120  # seconds for one run of a client


class Client:
    """A client with an account of its own at one Pebble; what it keeps lies in `folder`."""

    at_once = 1  # so many of it, each with an account of its own, share the cases

    def __init__(self, program, pebble, folder):
        self.program, self.pebble, self.folder = program, pebble, pathlib.Path(folder)
        self.output, self.status = "", None
        (self.folder / "bin").mkdir(parents=True)
        self.write_script("bin/sleep", "exec /bin/sleep 0.2")  # nobody needs to wait for this CA as long as for others

    def write_script(self, name, text):
        path = self.folder / name
        path.write_text("#!/bin/sh\n%s\n" % text)
        path.chmod(0o755)
        return str(path)

    def environment(self):
        return {"PATH": "%s/bin:/usr/bin:/bin" % self.folder, "HOME": str(self.folder)}

    def run(self, *words):
        """Whether it exits with 0; what it says is in `output`."""
        done = subprocess.run([*self.command(), *words], cwd=self.folder, stdin=subprocess.DEVNULL, timeout=PATIENCE,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              env=self.environment())
        self.output, self.status = done.stdout, done.returncode
        return self.status == 0

    def account_url(self):
        found = re.search(r"https://[^\s'\"]*/my-account/[0-9a-f]+", self.register())
        if not found:
            raise RuntimeError("%s does not register: %s" % (self.program, self.output[-2000:]))
        return found[0]


class Acmez(Client):
    name = "acmez"

    def command(self):
        return [self.program, self.pebble.directory, str(self.pebble.certificate), str(self.folder)]

    def register(self):
        """A text with the account's URL in it."""
        self.run()
        return self.output

    def issue(self, identifiers):
        """The certificate's file; it need not exist."""
        self.run(*identifiers)
        return self.folder / (identifiers[0] + ".pem")


class AcmeSh(Client):
    name = "acme.sh"
    at_once = 3  # a certificate takes it seconds

    def command(self):
        return ["env", "ACME_PACKAGED=1", self.program, "--home", str(self.folder), "--config-home", str(self.folder),
                "--server", self.pebble.directory, "--ca-bundle", str(self.pebble.certificate)]

    def register(self):
        self.run("--register-account")
        return "".join(path.read_text() for path in self.folder.glob("ca/**/ca.conf"))

    def issue(self, identifiers):
        self.run("--issue", "--dns-persist", *(word for name in identifiers for word in ("-d", name)))
        return self.folder / (identifiers[0] + "_ecc") / (identifiers[0] + ".cer")


class Uacme(Client):
    name = "uacme"

    def command(self):
        hook = self.write_script("hook", '[ "$1" != begin ] || [ "$2" = dns-persist-01 ]')
        return [str(UACME_SH), self.program, str(self.pebble.certificate), "-v", "-y", "-t", "EC",
                "-a", self.pebble.directory, "-c", str(self.folder), "-h", hook]

    def register(self):
        self.run("new")
        return self.output

    def issue(self, identifiers):
        self.run("issue", *identifiers)
        return self.folder / identifiers[0].replace("*.", "") / "cert.pem"

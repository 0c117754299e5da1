"""The ACME clients but certbot, each with its hook: how it asks for a certificate by a method that this CA always believes.

`hook` is a program and its arguments; what a client cannot hand over as arguments is set as variables.
"""

import contextlib

import clients
import streams

NOTHING = "/usr/bin/true"  # for the hook that would publish something


class Hooked(clients.Client):
    """A client whose runs see the variables of persist-hook too."""

    styles = ("hook",)  # the ways to hook it in
    gates = ("hook",)   # those that stop an order whose authorizations are valid already
    stopped = 1         # its exit status when the hook stops it
    at_once = 3
    verbosities = (False,)  # whether it can be quiet

    def __init__(self, program, pebble, folder, variables):
        super().__init__(program, pebble, folder)
        self.logged = []
        self.variables = {**variables, "PERSIST_HOOK_THEN": NOTHING}

    def close(self):
        """What it has outside its folder goes."""

    def environment(self):
        return {**super().environment(), **self.variables}

    @contextlib.contextmanager
    def also(self, variables):
        """With other variables, for a while."""
        kept = self.variables
        self.variables = {**kept, **variables}
        yield
        self.variables = kept

    def issue(self, identifiers, hook, row=None):
        """Asks for a certificate, or for a new one. No `row`: as it does when nobody is in the way."""
        raise NotImplementedError

    def run(self, *words, logged=False, **how):
        """Whether it exits with 0; what it says is in `output`. `how`: see streams.run. `logged`: what comes to the log of
        the system is in `logged`."""
        command = [*self.command(), *words]
        if logged:
            log = streams.SystemLog(self.folder)
            command = log.command(command)
        self.status, self.output = streams.run(command, self.folder, self.environment(), **how)
        if logged:
            log.read()
            self.logged = log.lines
        return self.status == 0


class Lego(Hooked):
    gates = ()

    def command(self):
        return [self.program, "--server", self.pebble.directory, "--path", str(self.folder), "--email", "owner@example.com",
                "--accept-tos", "--dns", "exec", "--dns.disable-cp", "--dns.resolvers", self.pebble.dns_server]

    def environment(self):
        return {**super().environment(), "LEGO_CA_CERTIFICATES": str(self.pebble.certificate), "EXEC_MODE": "RAW",
                "EXEC_POLLING_INTERVAL": "1", "EXEC_SEQUENCE_INTERVAL": "1"}

    def register(self):
        """It has no command for that alone."""
        self.issue(["first-%s.test" % self.name.replace(".", "-")], [NOTHING])
        return "".join(path.read_text() for path in self.folder.glob("accounts/*/*/account.json"))

    def certificate(self, identifiers):
        return self.folder / "certificates" / (identifiers[0].replace("*", "_") + ".crt")

    def issue(self, identifiers, hook, row=None):
        self.variables["EXEC_PATH"] = hook[0]
        names = [word for name in identifiers for word in ("--domains", name)]
        renew = ["renew", "--days", "10000", "--no-random-sleep"]
        self.run(*names, *(renew if self.certificate(identifiers).exists() else ["run"]))


class AcmeSh(Hooked, clients.AcmeSh):
    def certificate(self, identifiers):
        return self.folder / (identifiers[0] + "_ecc") / (identifiers[0] + ".cer")

    def issue(self, identifiers, hook, row=None):
        names = [word for name in identifiers for word in ("-d", name)]
        self.run("--issue", "--force", "--dns-persist", *names, "--pre-hook", hook[0])


class Dehydrated(Hooked):
    name = "dehydrated"

    def command(self):
        return [self.program, "--config", str(self.folder / "config")]

    def configure(self, hook):
        lines = {"CA": self.pebble.directory, "BASEDIR": self.folder, "CHALLENGETYPE": "dns-01", "HOOK": hook[0],
                 "CURL_OPTS": "--cacert %s" % self.pebble.certificate, "ACCOUNT_KEYSIZE": "2048"}
        (self.folder / "config").write_text("".join('%s="%s"\n' % line for line in lines.items()))

    def register(self):
        self.configure([NOTHING])
        self.run("--register", "--accept-terms")
        return "".join(path.read_text() for path in self.folder.glob("accounts/*/account_id.json"))

    def certificate(self, identifiers):
        return self.folder / "certs" / alias(identifiers) / "cert.pem"

    def issue(self, identifiers, hook, row=None):
        self.configure(hook)
        self.run("--cron", "--force", "--alias", alias(identifiers), "--domain", " ".join(identifiers))


def alias(identifiers):
    """What dehydrated calls the certificate: it insists on a name without a star."""
    return identifiers[0].replace("*.", "star-")


class Uacme(Hooked, clients.Uacme):
    gates = ()
    stopped = 2
    verbosities = (False, True)

    def command(self):
        return [str(clients.UACME_SH), self.program, str(self.pebble.certificate), "-y", "-t", "EC",
                "-a", self.pebble.directory, "-c", str(self.folder)]

    def register(self):
        self.run("-v", "new")
        return self.output

    def certificate(self, identifiers):
        return self.folder / identifiers[0].replace("*.", "") / "cert.pem"

    def issue(self, identifiers, hook, row=None):
        self.run(*([] if row and row.quiet else ["-v"]), "-f", "-h", hook[0], "issue", *identifiers)

    def account_url(self):
        """It keeps that nowhere."""
        self.variables["PERSIST_HOOK_ACCOUNT_URL"] = super().account_url()
        return self.variables["PERSIST_HOOK_ACCOUNT_URL"]

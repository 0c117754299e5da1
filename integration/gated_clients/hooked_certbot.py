"""certbot, with persist-hook as its pre-hook, as its auth hook, or in its folder of pre-hooks."""

import json
import shlex

import locales
from hooked_clients import NOTHING, Hooked

READABLE = "c-utf-8"


class Certbot(Hooked):
    styles = ("pre", "auth", "folder")
    gates = ("pre", "folder")
    at_once = 2
    verbosities = (False, True)

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.locale = READABLE
        del self.variables["PERSIST_HOOK_THEN"]

    def command(self):
        folders = [word for kind in ("config", "work", "logs") for word in ("--%s-dir" % kind, str(self.folder / kind))]
        return [self.program, *folders, "--non-interactive", "--server", self.pebble.directory]

    def environment(self):
        return {**super().environment(), "REQUESTS_CA_BUNDLE": str(self.pebble.certificate),
                **locales.variables(self.locale, self.folder / "locales")}

    def register(self):
        self.run("register", "--agree-tos", "--register-unsafely-without-email")
        return "".join(json.loads(path.read_text())["uri"] for path in self.folder.glob("config/accounts/**/regr.json"))

    def certificate(self, identifiers):
        return self.folder / "config/live" / identifiers[0].replace("*.", "") / "cert.pem"

    def issue(self, identifiers, hook, row=None):
        if row and row.style == "folder":
            self.renew(identifiers, hook, row)
            return
        name = identifiers[0].replace("*.", "")
        words = ["--preferred-challenges", "dns", "--key-type", "ecdsa", "--cert-name", name, "--force-renewal"]
        if row and row.style == "pre":
            words += ["--pre-hook", gate(hook, "certbot-pre", row, "--cert-name", name), "--manual-auth-hook", NOTHING]
        else:
            words += ["--manual-auth-hook", gate(hook, "certbot-auth", row, "--then", NOTHING)]
        names = [word for identifier in identifiers for word in ("--domain", identifier)]
        self.go(row, "certonly", "--manual", *words, *names)

    def renew(self, identifiers, hook, row):
        """By the hook in the folder."""
        name = identifiers[0].replace("*.", "")
        self.in_folder(gate(hook, "certbot-pre", row, "--cert-name", name))
        try:
            self.go(row, "renew", "--cert-name", name, "--force-renewal", "--no-random-sleep-on-renew")
        finally:
            self.in_folder(NOTHING)

    def go(self, row, *words):
        self.locale = row.locale if row else READABLE
        how = {"stderr": row.stderr, "background": row.background, "logged": row.logged} if row else {}
        self.run(*words, *(["--quiet"] if row and row.quiet else []), **how)

    def in_folder(self, command):
        folder = self.folder / "config/renewal-hooks/pre"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "00-persist-hook").write_text("#!/bin/sh\nexec %s\n" % command)
        (folder / "00-persist-hook").chmod(0o755)


def gate(hook, command, row, *words):
    """What certbot is to run: persist-hook with what it needs; another program gets nothing."""
    if len(hook) > 1 or hook[0].startswith("/usr/bin/"):
        return shlex.join(hook)
    abort = ["--certbot-abort", row.abort] if row and row.abort else []
    return shlex.join([hook[0], command, *words, *abort])

"""Two certificates that one `certbot renew` looks after, the second without a record: only the first may be renewed."""

import shlex
import time

from records import GOOD
from rows import CASES, Row

NAMES = ("first-{label}.test", "second-{label}.test")  # certbot takes them in this order
STYLES = ("auth", "pre")
TRIES = 5  # Pebble uses one authorization in a hundred again, though told not to: nobody asks an auth hook then


class TwoLineages:
    """As Share in run_gated_clients.py: both styles, one behind the other."""

    def __init__(self, client):
        self.client, self.account = client, client.account_url()
        self.label = client.name.replace(".", "-")
        self.names = [name.format(label=self.label) for name in NAMES]

    def zone_lines(self, issuer):
        return ['_validation-persist.first-%s TXT "%s"' % (self.label, GOOD.format(issuer=issuer, account=self.account))]

    def files(self):
        return [self.client.certificate([name]).read_bytes() for name in self.names]

    def renew(self, program, style):
        """Which of them are new behind a run in which persist-hook looks at each."""
        words = []
        if style == "auth":
            words = ["--manual-auth-hook", shlex.join([program, "certbot-auth", "--then", "/usr/bin/true"])]
        else:
            for name in self.names:
                self.set_pre_hook(name, shlex.join([program, "certbot-pre", "--cert-name", name]))
        for _ in range(TRIES):
            files, before = self.files(), self.client.pebble.counts()
            self.client.run("renew", "--force-renewal", "--no-random-sleep-on-renew", *words)
            made = self.client.pebble.counts().authorizations - before.authorizations
            if style == "pre" or made == len(self.names):
                break
        return [old != new for old, new in zip(files, self.files())]

    def set_pre_hook(self, name, command):
        path = self.client.folder / "config/renewal" / (name + ".conf")
        lines = [line for line in path.read_text().splitlines() if not line.startswith(("pre_hook", "manual_auth_hook"))]
        lines.insert(lines.index("[renewalparams]") + 1, "pre_hook = %s\nmanual_auth_hook = /usr/bin/true" % command)
        path.write_text("\n".join(lines) + "\n")

    def run(self, program, report):
        """Whether each passed."""
        for name in self.names:
            self.client.issue([name], ["/usr/bin/true"], Row("", CASES["missing"], "auth"))
        for style in STYLES:
            start, wrong = time.monotonic(), []
            renewed = self.renew(program, style)
            if renewed != [True, False]:
                wrong.append("renewed are %s" % renewed)
            if self.client.status != 1:
                wrong.append("exit status %d" % self.client.status)
            if self.names[1] not in self.client.output or "persist-hook: error:" not in self.client.output:
                wrong.append("it does not say why")
            yield report(self.client, "two-lineages-" + style, wrong, start)

"""knotd with a zone `test.` that takes signed updates (RFC 2136)."""

import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../native_clients"))

from name_server import CONFIGURATION, NameServer  # noqa: E402

KEYS = """key:
  - id: updates
    algorithm: hmac-sha256
    secret: {secret}
acl:
  - id: updates
    key: updates
    action: update
"""


class UpdateServer(NameServer):
    """As NameServer, and `key` is what nsupdate -y takes."""

    def __init__(self):
        super().__init__()
        self.secret = base64.b64encode(os.urandom(32)).decode()

    @property
    def key(self):
        return "hmac-sha256:updates:" + self.secret

    def start(self):
        configuration = self.folder / "knot.conf"
        text = CONFIGURATION.replace("    journal-content: none\n", "    acl: updates\n")
        text = text.replace("zone:\n", KEYS + "zone:\n", 1)
        configuration.write_text(text.format(folder=self.folder, port=self.port, secret=self.secret))
        self.launch("--config", str(configuration))

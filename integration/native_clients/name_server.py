"""knotd with the zone `test.` of our making, on a free port of 127.0.0.1."""

import socket
import subprocess

from own_server import OwnServer

CONFIGURATION = """server:
    rundir: {folder}
    listen: 127.0.0.1@{port}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
log:
  - target: stderr
    any: info
database:
    storage: {folder}
control:
    listen: {folder}/control
zone:
  - domain: test
    file: {folder}/zone
    zonefile-sync: -1
    journal-content: none
"""
ZONE = """$ORIGIN test.
$TTL 60
@ SOA ns hostmaster {serial} 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
"""


class NameServer(OwnServer):
    """`with NameServer() as server`: up inside, with an empty zone, stopped and its folder gone behind it."""

    def __init__(self):
        super().__init__("knotd")
        self.serial = 1
        self.write([])

    @property
    def address(self):
        return "127.0.0.1:%d" % self.port

    def write(self, lines):
        text = ZONE.format(serial=self.serial) + "".join(line + "\n" for line in lines)
        (self.folder / "zone").write_text(text)

    def publish(self, lines):
        """Makes these, relative to `test.`, all records there are."""
        self.serial += 1
        self.write(lines)
        self.control("--blocking", "zone-reload", "test")
        if str(self.serial) not in self.control("zone-status", "test", "+serial"):
            raise RuntimeError("knotd refuses the zone: %s" % self.log)

    def control(self, *words):
        command = ["knotc", "--config", str(self.folder / "knot.conf"), *words]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError("knotc %s: %s" % (" ".join(words), done.stdout + done.stderr))
        return done.stdout

    def start(self):
        configuration = self.folder / "knot.conf"
        configuration.write_text(CONFIGURATION.format(folder=self.folder, port=self.port))
        self.launch("--config", str(configuration))

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
            self.control("zone-status", "test")
            return True
        except (OSError, RuntimeError):
            return False

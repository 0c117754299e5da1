"""knotd with the zone `test.` of our making, on a free port of 127.0.0.1."""

import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

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
PATIENCE = 30  # seconds until it must be up


class NameServer:
    """`with NameServer() as server`: up inside, with an empty zone, stopped and its folder gone behind it."""

    def __init__(self, free_port):
        self.free_port = free_port
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="persist-knot-"))
        self.process = None
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
            raise RuntimeError("knotd refuses the zone: %s" % (self.folder / "log").read_text()[-2000:])

    def control(self, *words):
        command = ["knotc", "--config", str(self.folder / "knot.conf"), *words]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError("knotc %s: %s" % (" ".join(words), done.stdout + done.stderr))
        return done.stdout

    def __enter__(self):
        try:
            for _ in range(5):
                self.port = self.free_port()
                self.start()
                if self.is_up():
                    return self
                self.stop()
            raise RuntimeError("knotd does not start: %s" % (self.folder / "log").read_text()[-2000:])
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        configuration = self.folder / "knot.conf"
        configuration.write_text(CONFIGURATION.format(folder=self.folder, port=self.port))
        with open(self.folder / "log", "wb") as log:  # it ends with us, however we end
            self.process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "knotd", "--config", str(configuration)],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def is_up(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                self.control("zone-status", "test")
                return True
            except (OSError, RuntimeError):
                time.sleep(0.05)
        return False

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

"""A server of our own on a free port of 127.0.0.1, in a folder of its own."""

import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

PATIENCE = 30  # seconds until it must be up


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


class OwnServer:
    """In a `with`: up inside, stopped and its folder gone behind it. Whoever derives from it says how it starts (`start`)
    and when it is up (`answers`)."""

    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="persist-%s-" % pathlib.Path(program).name))
        self.process, self.port = None, None

    @property
    def log(self):
        """The end of what it said."""
        return (self.folder / "log").read_text()[-2000:]

    def __enter__(self):
        try:
            for _ in range(5):
                self.port = free_port()
                self.start()
                if self.is_up():
                    return self
                self.stop()
            raise RuntimeError("%s does not start: %s" % (self.program, self.log))
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def launch(self, *words, **more):
        """Runs the program with these words; it ends with us, however we end."""
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", self.program, *words],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, **more)

    def is_up(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.answers():
                return True
            time.sleep(0.02)
        return False

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

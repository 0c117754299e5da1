"""Runs a program whose standard error is what an operator's may be, and keeps what it said."""

import contextlib
import os
import pathlib
import pty
import signal
import socket
import subprocess
import threading

SYSTEM_LOG_SH = pathlib.Path(__file__).resolve().parent / "system_log.sh"
PATIENCE = 120  # seconds for one run


class Reader:
    """All that comes out of a descriptor until its other ends are closed."""

    def __init__(self, descriptor):
        self.octets, self.descriptor = b"", descriptor
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        with contextlib.suppress(OSError):  # a terminal without programs
            while True:
                piece = os.read(self.descriptor, 65536)
                if not piece:
                    break
                self.octets += piece
        os.close(self.descriptor)

    def text(self):
        self.thread.join(PATIENCE)
        return self.octets.decode(errors="replace")


class File:
    """One that programs write; each goes on where the one before has stopped, or where the file ends then."""

    def __init__(self, path, flags):
        self.path = path
        self.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | flags, 0o600)

    def text(self):
        return self.path.read_text(errors="replace")


class Unwritable:
    """A file that is open for reading only, as by a slip of the shell; root could write it all the same."""

    def __init__(self, path):
        path.write_text("")
        self.path, self.descriptor = path, os.open(path, os.O_RDONLY)

    def text(self):
        return self.path.read_text(errors="replace")


class SystemLog:
    """A log of the system for programs that `command` starts; `lines` are what came."""

    def __init__(self, folder):
        self.path, self.lines = folder / "log", []
        self.path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))

    @staticmethod
    def works():
        """Whether there may be one here: it needs a mount namespace."""
        root = [] if os.geteuid() == 0 else ["--map-root-user"]
        return subprocess.run(["unshare", "--mount", *root, "true"], capture_output=True).returncode == 0

    def command(self, command):
        return [str(SYSTEM_LOG_SH), str(self.path), *command]

    def read(self):
        with self.socket, contextlib.suppress(BlockingIOError):
            self.socket.setblocking(False)
            while True:
                self.lines.append(self.socket.recv(65536).decode(errors="replace"))


def ends(kind, folder):
    """The descriptor that the program gets, and who has its text."""
    if kind == "unwritable":
        kept = Unwritable(folder / "stderr")
        return kept.descriptor, kept
    if kind in ("file", "appended"):
        kept = File(folder / "stderr", os.O_APPEND if kind == "appended" else 0)
        return kept.descriptor, kept
    if kind == "terminal":
        ours, theirs = pty.openpty()
    elif kind == "socket":
        ours, theirs = (end.detach() for end in socket.socketpair())
    else:
        ours, theirs = os.pipe()
    return theirs, Reader(ours)


def run(command, folder, environment, stderr="pipe", background=False):
    """Exit status, as a shell has it, and text of a program. `background`: started by a shell with `&`. One that does not
    end has none."""
    if background:
        command = ["/bin/sh", "-c", '"$@" & wait $!', "sh", *command]
    error, errors = ends(stderr, folder)
    ours, output = os.pipe()
    outputs = Reader(ours)
    try:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=error, start_new_session=True)
    finally:
        os.close(error)
        os.close(output)
    try:
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None, outputs.text() + errors.text()
    return (128 - status if status < 0 else status), outputs.text() + errors.text()

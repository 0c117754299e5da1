"""Name servers on loopback for integration/bench/bench.py, each on one core. Every one is a context manager."""
import pathlib
import shutil
import socket
import subprocess
import sys
import time

from measure import CLIENT_CORE, SERVER_CORE, TICKS, pin

NSD = """server:
    ip-address: 127.0.0.1@{port}
{more}    do-ip6: no
    server-count: 1
    username: ""
    zonesdir: "{folder}"
    database: ""
    pidfile: "{folder}/nsd.pid"
    logfile: "{folder}/nsd.log"
    xfrdfile: "{folder}/xfrd.state"
    zonelistfile: "{folder}/zone.list"
    xfrdir: "{folder}"
    minimal-responses: yes
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
    receive-buffer-size: 4194304
    send-buffer-size: 4194304
remote-control:
    control-enable: no
zone:
    name: example.
    zonefile: "zone"
"""
KNOT = """server:
    rundir: "{folder}"
    listen: 127.0.0.1@{port}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
log:
  - target: "{folder}/knot.log"
    any: notice
database:
    storage: "{folder}/knot.db"
    journal-db-max-size: 16M
zone:
  - domain: example.
    storage: "{folder}"
    file: zone
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
    semantic-checks: off
"""
UNBOUND = """server:
    interface: 127.0.0.1@{port}
    do-ip6: no
    do-daemonize: no
    username: ""
    chroot: ""
    directory: "{folder}"
    pidfile: "{folder}/unbound.pid"
    use-syslog: no
    logfile: "{folder}/unbound.log"
    num-threads: 1
    outgoing-range: 8192
    num-queries-per-thread: 4096
    so-rcvbuf: 4m
    so-sndbuf: 4m
    msg-cache-size: 1g
    rrset-cache-size: 2g
    do-not-query-localhost: no
    module-config: "iterator"
    domain-insecure: "example."
    local-zone: "example." nodefault
    qname-minimisation: no
    access-control: 127.0.0.0/8 allow
remote-control:
    control-enable: no
stub-zone:
    name: "example."
    stub-addr: 127.0.0.1@{stub}
"""


def can_take(address, port):
    """The port if UDP and TCP are to be had there, else None; port 0 is any."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket(socket.AF_INET) as tcp:
            udp.bind((address, port))
            tcp.bind((address, udp.getsockname()[1]))
            return udp.getsockname()[1]
    except OSError:
        return None


def free_port():
    while (port := can_take("127.0.0.1", 0)) is None:
        pass
    return port


class Server:
    def __init__(self, command, core, port=None, **more):
        self.process = subprocess.Popen(command, preexec_fn=pin(core), **more)
        self.port = port

    def __enter__(self):
        try:
            self.wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def wait_until_ready(self):
        query = bytes.fromhex("000101000001000000000000076578616d706c6500") + b"\0\6\0\1"  # example. SOA
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.connect(("127.0.0.1", self.port))
            one.settimeout(0.2)
            for _ in range(600):
                if self.process.poll() is not None:
                    sys.exit(f"{self.process.args[0]} did not start")
                try:
                    one.send(query)
                    if one.recv(512)[3] & 15 == 0:
                        return
                except OSError:
                    pass
                time.sleep(0.1)
        sys.exit(f"{self.process.args[0]} did not come up")

    def cpu(self):
        """Processor seconds of the server and its children."""
        total, todo = 0, [self.process.pid]
        while todo:
            pid = todo.pop()
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
                todo += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except OSError:
                pass
        return total / TICKS


def configured(program, options, text, folder, **words):
    """The program with its configuration in `folder`, beside the zone."""
    port = free_port()
    config = pathlib.Path(folder, f"{program}.conf")
    config.write_text(text.format(port=port, folder=folder, **words))
    return Server([shutil.which(program), *options, config], SERVER_CORE, port,
                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def nsd(folder, also=""):
    """`also`: a further address, at port 53, for clients that know no other."""
    return configured("nsd", ["-d", "-c"], NSD, folder, more=f"    ip-address: {also}@53\n" if also else "")


def knot(folder):
    return configured("knotd", ["-c"], KNOT, folder)


def unbound(folder, stub):
    """A recursive resolver that knows nothing yet, in front of the server at port `stub`."""
    return configured("unbound", ["-d", "-c"], UNBOUND, folder, stub=stub)


def far(build, folder, path, core=SERVER_CORE):
    """far_server; `path`: delay, jitter in milliseconds, loss in per cent."""
    command = [build / "integration/bench/far_server", folder / "zone", *map(str, path)]
    server = Server(command, core, stdout=subprocess.PIPE, text=True)
    server.port = int(server.process.stdout.readline())
    return server


def far_behind_resolver(build, folder, path):
    """The resolver's core is the limit; the far server shares that of the client, which has time to spare."""
    return far(build, folder, path, CLIENT_CORE)

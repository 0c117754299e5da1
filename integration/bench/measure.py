"""What a program takes, and how much of the machine others used meanwhile."""
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")
CLIENT_CORE = os.cpu_count() - 1
SERVER_CORE = 0
QUIET = 0.03  # the share of the machine that others may use
LONG = 0.5  # seconds; in shorter runs the ticks of the clock are too coarse to tell that
MEMORY = "/dev/shm"  # reports go there: a disk is not what is measured
if not os.path.isdir(MEMORY) or shutil.disk_usage(MEMORY).free < 4 << 30:
    MEMORY = None


def machine_cpu():
    """Seconds that all cores were busy since the start of the machine."""
    fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def pin(core):
    return lambda: os.sched_setaffinity(0, {core})


def measure(command, servers, check):
    """Runs the command on the client's core; what it took, and what `check(output file, exit status)` adds to that or
    says instead: the programs that time their loop alone."""
    with tempfile.TemporaryFile(dir=MEMORY) as out:
        machine, served, start = machine_cpu(), sum(server.cpu() for server in servers), time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                                 preexec_fn=pin(CLIENT_CORE))
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            child.kill()
            raise
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        cpu = usage.ru_utime + usage.ru_stime
        foreign = machine_cpu() - machine - cpu - (sum(server.cpu() for server in servers) - served)
        run = {"wall": wall, "cpu": cpu, "foreign": max(0.0, foreign) / (wall * os.cpu_count())}
        out.seek(0)
        return run | check(out, child.returncode)


def measure_quietly(command, servers, check, again):
    """As measure, made again while others are busy, at most so many times."""
    runs = [measure(command, servers, check)]
    while runs[-1]["foreign"] > QUIET and runs[-1]["wall"] > LONG and len(runs) <= again:
        runs.append(measure(command, servers, check))
    return min(runs, key=lambda run: run["foreign"])


def medians(runs):
    """Of each figure of runs that are alike; what somebody else used is the mean, because its clock is coarse."""
    row = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    row["foreign"] = sum(run["foreign"] * run["wall"] for run in runs) / sum(run["wall"] for run in runs)
    return row


def peak_kib(command):
    """None where time(1) is not installed: getrusage would count the image of this program too."""
    if not shutil.which("time"):
        return None
    with tempfile.NamedTemporaryFile() as out, tempfile.TemporaryFile(dir=MEMORY) as report:
        subprocess.run(["time", "--quiet", "--format", "%M", "--output", out.name, *command], stdout=report,
                       stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, preexec_fn=pin(CLIENT_CORE), check=False)
        return int(out.read())


def instructions(command):
    """In user space, by callgrind."""
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", *command],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    return int(next(line for line in done.stderr.splitlines() if "Collected" in line).split()[-1])

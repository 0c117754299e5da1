"""One name: persist-hook check beside the tools that only look it up."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

import servers
import zones
from measure import CLIENT_CORE

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import hook_cost

NAME = zones.name(1)
OWNER = f"_validation-persist.{NAME}"
ADDRESS_FOR_ADNS = "127.0.53.1"  # adnshost knows no other port than 53
SILENT = [(os.POSIX_SPAWN_OPEN, descriptor, "/dev/null", os.O_RDWR, 0) for descriptor in range(3)]


def commands(build, folder, port, has_port_53):
    hook = [build / "hook/persist-hook", "check", "--resolver", f"127.0.0.1:{port}"]
    flags = ["--ca", "letsencrypt", "--account-url", zones.ACCOUNT]
    settings = folder / "hook.yaml"
    settings.write_text(f"ca: letsencrypt\naccount-url: {zones.ACCOUNT}\n")
    rows = {"persist-hook check --no-caa": [*hook, *flags, "--no-caa", NAME],
            "persist-hook check --no-caa, settings file": [*hook, "--config", settings, "--no-caa", NAME],
            "persist-hook check, settings file": [*hook, "--config", settings, NAME]}
    peers = {"kdig +short": ["kdig", "+short", "-p", str(port), "@127.0.0.1", OWNER, "TXT"],
             "dig +short": ["dig", "+short", "-p", str(port), "@127.0.0.1", OWNER, "TXT"]}
    if has_port_53:
        peers["adnshost"] = ["adnshost", "--config", f"nameserver {ADDRESS_FOR_ADNS}", "-Qq", "-t", "txt", OWNER]
    rows |= {name: command for name, command in peers.items() if shutil.which(command[0])}
    return {name: [shutil.which(command[0]), *map(str, command[1:])] for name, command in rows.items()}


def must_answer(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not done.stdout:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")


def wall_ms(command):
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=SILENT)
    _, status, _ = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {os.waitstatus_to_exitcode(status)}")
    return wall * 1000


def with_rows(options, folder, use):
    """What `use(rows)` says, while a server answers."""
    folder = pathlib.Path(folder)
    zones.write(folder, 1000)
    has_port_53 = servers.can_take(ADDRESS_FOR_ADNS, 53) is not None
    with servers.nsd(folder, ADDRESS_FOR_ADNS if has_port_53 else "") as server:
        return use(commands(options.build, folder, server.port, has_port_53))


def run(options, folder):
    """Median milliseconds of every row, in turn."""
    def use(rows):
        for command in rows.values():
            must_answer(command)
        times = {name: [] for name in rows}
        for _ in range(options.hook_runs):
            for name, command in rows.items():
                times[name].append(wall_ms(command))
        return {name: statistics.median(several) for name, several in times.items()}

    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {CLIENT_CORE})  # the programs inherit it; the server sets its own
    try:
        return with_rows(options, folder, use)
    finally:
        os.sched_setaffinity(0, cores)


def cost(options, folder):
    """What does not depend on what else the machine does."""
    def use(rows):
        # Without root's rights valgrind could not write its file; of a user who is not root nothing is taken anyway.
        plain, settings, with_caa = ([*command, "--no-drop"] for command in list(rows.values())[:3])
        return {"instructions": hook_cost.instructions(plain, pathlib.Path(folder)),
                "instructions, settings file": hook_cost.instructions(settings, pathlib.Path(folder)),
                "system calls": hook_cost.system_calls(plain, pathlib.Path(folder)),
                "system calls, CAA too": hook_cost.system_calls(with_caa, pathlib.Path(folder)),
                "kib": hook_cost.peak_kib(settings, pathlib.Path(folder))}
    return with_rows(options, folder, use)

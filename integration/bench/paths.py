"""Servers that are far away, lose questions, or ask others: does persist-lint find its pace by itself, and is every
verdict right? Beside it limit_loop with fixed numbers of questions under way, the best of which only a trial finds."""
import pathlib
import shutil
import sys

import bulk
import servers
import zones
from measure import measure, measure_quietly, medians

DELAY_MS = 20
FAR = (DELAY_MS, 0, 0)
LOSSY = (DELAY_MS, 0, 1)
RESTLESS = (DELAY_MS, 100, 1)
NEAR_WINDOWS = (64, 128, 256, 512, 1000)
FAR_WINDOWS = (1000, 2000, 5000, 10_000)
RESOLVER_WINDOWS = (500, 1000, 2000)
WARM_WINDOWS = (64, 128, 256, 512)


def commands(options, folder, server, names, windows):
    """row -> (command, check). The default report is there for its time, JSON Lines because they tell every verdict."""
    lint = [options.build / "lint/persist-lint", "--resolver", f"127.0.0.1:{server.port}", "--no-caa"]
    limit = [options.build / "integration/bench/limit_loop", "127.0.0.1", str(server.port), folder / "owners"]
    rows = {"persist-lint": ([*lint, folder / "list.yaml"], check_counts(names)),
            "persist-lint, JSON Lines": ([*lint, "--format", "jsonl", folder / "list.yaml"], check_verdicts(names))}
    return rows | {f"limit loop, {window}": ([*limit, str(window)], check_limit) for window in windows}


def check_limit(out, _):
    asked, answered, wall, cpu = map(float, out.read().split())
    return {"wall": wall, "cpu": cpu, "lost": asked - answered}


def check_counts(names):
    """From the summary: how many more than in the zone are authorised or refused, and how many unknown."""
    _, *right, _ = bulk.expected_tally(names, wildcards=False)

    def check(out, status):
        found = bulk.TALLY.search(bulk.tail(out))
        if not found:
            sys.exit(f"persist-lint: status {status}, no summary")
        _, *counts, unknown = map(int, found.groups())
        return {"wrong": sum(max(0, count - most) for count, most in zip(counts, right)), "unknown": unknown}
    return check


def check_verdicts(names):
    """Of every name, one line each in the order of the list."""
    def check(out, _):
        wrong = unknown = 0
        i = -1
        for i, line in zip(range(names), out):
            right = b'"verdict":"authorized"' if zones.is_authorized(i) else b'"verdict":"refused"'
            if b'"verdict":"unknown"' in line:
                unknown += 1
            elif right not in line or not line.startswith(b'{"name":"%s"' % zones.name(i).encode()):
                wrong += 1
        return {"wrong": wrong + names - 1 - i, "unknown": unknown}
    return check


def compare(options, folder, server, windows):
    """All rows in turn at a server without a memory."""
    names = options.path_names
    with server:
        rows = commands(options, folder, server, names, windows)
        runs = {name: [] for name in rows}
        for _ in range(options.path_rounds):
            for name, (command, check) in rows.items():
                runs[name].append(measure_quietly(command, [server], check, options.again))
    return {"names": names, "rows": {name: medians(several) for name, several in runs.items()}}


def behind_resolver(options, folder, names, path, windows):
    """(cold, warm): a resolver in between, which knows nothing when a cold run begins, and all after the last one."""
    cold, warm = {}, {}
    with servers.far_behind_resolver(options.build, folder, path) as far:
        left = list(commands(options, folder, far, names, windows))
        while left:
            with servers.unbound(folder, far.port) as resolver:
                command, check = commands(options, folder, resolver, names, windows)[left[0]]
                cold[left.pop(0)] = measure(command, [far, resolver], check)
                if not left:
                    rows = commands(options, folder, resolver, names, WARM_WINDOWS)
                    warm = {name: measure_quietly(command, [resolver], check, options.again)
                            for name, (command, check) in rows.items()}
    return {"names": names, "rows": cold}, {"names": names, "rows": warm}


def run(options, folder):
    """path -> number of names, rows of figures."""
    folder, build = pathlib.Path(folder), options.build
    zones.write(folder, options.path_names)
    results = {"NSD, no delay": compare(options, folder, servers.nsd(folder), NEAR_WINDOWS)}
    if shutil.which("knotd"):
        results["Knot, no delay"] = compare(options, folder, servers.knot(folder), NEAR_WINDOWS)
    results["20 ms"] = compare(options, folder, servers.far(build, folder, FAR), FAR_WINDOWS)
    results["20 ms, 1 % lost"] = compare(options, folder, servers.far(build, folder, LOSSY), ())
    if shutil.which("unbound"):
        results["Unbound, cold, 20 ms behind it"], results["Unbound, warm"] = behind_resolver(
            options, folder, options.path_names, FAR, RESOLVER_WINDOWS)
        few = min(options.path_names, 100_000)
        zones.write(folder, few)
        results["Unbound, cold, 20 to 120 ms and 1 % lost behind it"], _ = behind_resolver(
            options, folder, few, RESTLESS, ())
    return results

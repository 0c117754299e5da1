"""The parts by themselves: reading a list, reading and judging a record. Google Benchmark times them."""
import json
import subprocess

from measure import CLIENT_CORE, pin

LIST = {"list": "read_list/maps", "list, one in a hundred odd": "read_list/maps_one_in_a_hundred_odd",
        "list, by yaml-cpp": "read_list/maps_by_yaml_cpp", "list, bare names": "read_list/names"}
RECORD = {"record, the drafts to the letter": "evaluate_usual/to_the_letter",
          "record, Let's Encrypt": "evaluate_usual/lets_encrypt"}
HOSTILE = ("parameters", "long_value", "semicolons", "distinct_tags")
SHORT, LONG = 1 << 10, 1 << 16


def nanoseconds(program, repetitions):
    """Benchmark -> median for an item, or for a call where it counts none. Empty where it is not built."""
    if not program.exists():
        return {}
    done = subprocess.run([program, "--benchmark_format=json", "--benchmark_report_aggregates_only=true",
                           f"--benchmark_repetitions={repetitions}", "--benchmark_min_time=0.1"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=pin(CLIENT_CORE), check=True)
    rows = json.loads(done.stdout)["benchmarks"]
    return {row["run_name"]: 1e9 / row["items_per_second"] if "items_per_second" in row else row["cpu_time"]
            for row in rows if row.get("aggregate_name") == "median"}


def run(options):
    """Nanoseconds for an entry, for a record; how much dearer an octet is in a hostile record of 64 KiB than of one."""
    bench = options.build / "tests/bench"
    found = nanoseconds(bench / "list_bench", options.rounds) | nanoseconds(bench / "record_bench", options.rounds)
    results = {name: found[row] for name, row in (LIST | RECORD).items() if row in found}
    growth = [found[f"evaluate_hostile/{kind}/{LONG}"] / found[f"evaluate_hostile/{kind}/{SHORT}"] * SHORT / LONG
              for kind in HOSTILE if f"evaluate_hostile/{kind}/{LONG}" in found]
    if growth:
        results["growth for an octet"] = max(growth)
    return results

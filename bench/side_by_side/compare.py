"""compare.py BUILD FORMS: medians of five turns, Jiheng and its peers alternating, and the ratio between them."""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
PEERS = {"docx": ["python-docx"], "xlsx": ["openpyxl", "SheetJS"], "doc": [], "xls": ["xlrd"], "html": ["lxml"], "txt": []}
TURNS = 5


def jiheng(build, forms, carrier):
    out = subprocess.run([f"{build}/bench/reading_bench" if os.path.exists(f"{build}/bench/reading_bench") else f"{build}/reading_bench",
                          f"--benchmark_filter=read/{carrier}$", "--benchmark_format=json", "--benchmark_min_time=0.2"],
                         env=dict(os.environ, JIHENG_BENCH_FORMS=forms), capture_output=True, check=True, text=True).stdout
    result = json.loads(out)["benchmarks"][0]
    return result["cpu_time"] / result["documents"], result["peak_mb"]


def peer(name, folder):
    command = ["node", str(HERE / "sheetjs.mjs"), folder, "3"] if name == "SheetJS" else ["/usr/bin/python3", str(HERE / "peers.py"), name, folder, "3"]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def whole_process(build, file):
    """Wall time of `jiheng read --json FILE`, milliseconds, and the peak memory of all such processes, MB."""
    times = []
    for _ in range(30):
        start = time.perf_counter()
        subprocess.run([f"{build}/jiheng", "read", "--json", file], stdout=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main():
    build, forms = sys.argv[1], sys.argv[2]
    print(f"{'carrier':8} {'reader':12} {'ms/document':>12} {'times ours':>11}")
    for carrier, peers in PEERS.items():
        folder = f"{forms}/{carrier}"
        turns = {name: [] for name in ["Jiheng", *peers]}
        peak = 0
        for _ in range(TURNS):
            milliseconds, memory = jiheng(build, forms, carrier)
            turns["Jiheng"].append(milliseconds)
            peak = max(peak, memory)
            for name in peers:
                turns[name].append(peer(name, folder))
        ours = statistics.median(turns["Jiheng"])
        for name, values in turns.items():
            print(f"{carrier:8} {name:12} {statistics.median(values):12.3f} {statistics.median(values) / ours:11.1f}")
        first = sorted(p for p in pathlib.Path(folder).iterdir() if p.suffix != ".json")[0]
        print(f"{carrier:8} {'one process':12} {whole_process(build, str(first)):12.1f}              peak of the batch {peak:.0f} MB")
    batch = [str(p) for carrier in PEERS for p in pathlib.Path(f"{forms}/{carrier}").iterdir() if p.suffix != ".json"]
    subprocess.run([f"{build}/jiheng", "read", "--json", *batch], stdout=subprocess.DEVNULL, check=True)
    print(f"whole program, {len(batch)} documents in one batch: peak {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB (largest child of this run)")


main()

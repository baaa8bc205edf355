"""compare.py BUILD FORMS [TURNS]: Jiheng, the floor of reading (bytes, inflation, a bare scan) and its peers, alternating turn by turn.

A folder of FORMS a carrier (docx, xlsx, …). Microseconds a document, of each the best round of a turn; the best turn of each is kept,
ours and the peers' alike.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
PEERS = {"docx": ["python-docx"], "xlsx": ["openpyxl", "SheetJS"], "xls": ["xlrd"], "html": ["lxml"], "pdf": ["pdftotext"]}


def limits(build, folder):
    run = subprocess.run([f"{build}/limits_bench", str(folder), "200"], capture_output=True, text=True)
    sys.stderr.write(run.stderr)
    return json.loads(run.stdout) if run.returncode == 0 else None


def peer(name, folder):
    command = ["node", str(HERE / "sheetjs.mjs"), str(folder), "8"] if name == "SheetJS" else ["/usr/bin/python3", str(HERE / "peers.py"), name, str(folder), "4"]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout) * 1000


def documents(folder):
    return sorted(str(p) for p in folder.iterdir() if p.suffix != ".json" and p.is_file())


def measure(build, folder, turns):
    ours, theirs = [], {name: [] for name in PEERS.get(folder.name, [])}
    for _ in range(turns):
        result = limits(build, folder)
        if result is None:
            return
        ours.append(result)
        for name, values in theirs.items():
            values.append(peer(name, folder))
    middle = {key: (max if key == "isolation" else min)(turn[key] for turn in ours) for key in ours[0]}
    floor = middle["file"] + middle["inflate"] + middle["scan"]
    ratios = ", ".join(f"{name} {min(values):.0f} = {min(values) / middle['read']:.0f} ×" for name, values in theirs.items())
    print(f"{folder.name:5} {middle['documents']:4.0f} {middle['read']:8.1f} {middle['file']:6.1f} {middle['inflate']:8.1f} {middle['scan']:6.1f}"
          f" {middle['hash']:6.1f} {middle['read'] / floor:8.1f} {middle['read'] / (floor + middle['hash']):7.1f} {middle['isolation']:9.2f} {middle['peak_mb']:6.0f}  {ratios}", flush=True)


def wall(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000


def whole_program(build, folders):
    """Processes as people start them: wall time, the best of many, for the machine is never quite idle."""
    print("\none file, whole process, its worker included:")
    for folder in folders:
        file = documents(folder)[0]
        times = [wall([f"{build}/jiheng", "read", "--json", file]) for _ in range(40)]
        print(f"  {folder.name:5} median {statistics.median(times):5.1f} ms, best {min(times):5.1f} ms")
    batch = [file for folder in folders for file in documents(folder)]
    child = subprocess.Popen([f"{build}/jiheng", "read", "--json", *batch], stdout=subprocess.DEVNULL)
    usage = os.wait4(child.pid, 0)[2]  # of this one and its workers, whichever was the largest
    print(f"all {len(batch)} documents in one batch: {usage.ru_maxrss / 1024:.0f} MB at the peak of the largest process")
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        return
    many = (batch * 40)[:4000]
    one, two = [], []
    for _ in range(5):
        one.append(wall(["taskset", "-c", str(cores[0]), f"{build}/jiheng", "read", "--json", *many]))
        two.append(wall(["taskset", "-c", f"{cores[0]},{cores[1]}", f"{build}/jiheng", "read", "--json", *many]))
    print(f"{len(many)} documents: one core {min(one):.0f} ms, two cores {min(two):.0f} ms = {min(one) / min(two):.2f} ×")


def main():
    build, forms = sys.argv[1], pathlib.Path(sys.argv[2])
    turns = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    print(f"{'':5} {'docs':>4} {'read':>8} {'file':>6} {'inflate':>8} {'scan':>6} {'hash':>6} {'÷ floor':>8} {'+ hash':>7} {'isolated':>9} {'MB':>6}  peers, µs = times ours")
    read = []
    for folder in sorted(p for p in forms.iterdir() if p.is_dir() and documents(p)):
        measure(build, folder, turns)
        probe = subprocess.run([f"{build}/jiheng", "read", "--json", documents(folder)[0]], stdout=subprocess.DEVNULL)
        if probe.returncode == 0:
            read.append(folder)
    whole_program(build, read)


main()

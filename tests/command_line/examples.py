"""What the program must give on the examples in ../shared, where they lie beside the project: exact readings, findings, reading back."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

JIHENG = os.environ["JIHENG"]
EXAMPLES = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "examples"
CARRIERS = ("txt", "docx", "xlsx", "html", "doc", "xls", "pdf", "ofd")
faults = []


def jiheng(*arguments, status=(0,)):
    done = subprocess.run([JIHENG, *map(str, arguments)], capture_output=True, timeout=300)
    if done.returncode not in status:
        faults.append(f"{' '.join(map(str, arguments))[:200]}: status {done.returncode}: {done.stderr.decode()[:300]}")
    return done.stdout


def documents(folder):
    return sorted(p for p in folder.iterdir() if p.suffix != ".json")


def exact(path):
    for name in (path.name + ".tables.json", path.stem + ".tables.json"):
        if (path.parent / name).exists():
            return json.loads((path.parent / name).read_text(encoding="utf-8"))["tables"]
    return None


def bare(table):
    """A table as it compares: without the places, and with null, absent and empty the same."""
    def clean(value):
        if isinstance(value, dict):
            return {k: clean(v) for k, v in value.items() if k != "source" and v not in (None, [], {}, "")}
        return [clean(v) for v in value] if isinstance(value, list) else value
    return clean(table)


def read(files):
    return [json.loads(line) for line in jiheng("read", "--json", *files).decode("utf-8").splitlines()]


def check_readings():
    count = 0
    for carrier in CARRIERS:
        files = [p for p in documents(EXAMPLES / "seed") if p.suffix == "." + carrier] + documents(EXAMPLES / "forms" / carrier)
        for path, document in zip(files, read(files)):
            count += 1
            truth = exact(path)
            if [bare(t) for t in document["tables"]] != [bare(t) for t in truth]:
                faults.append(f"{path.name}: not read exactly")
    return count


def check_findings():
    expected = json.loads((EXAMPLES / "seed" / "expected-findings.json").read_text(encoding="utf-8"))
    tables = exact(EXAMPLES / "seed" / "lukou-finance-bureau-2026.txt")
    for carrier in CARRIERS:
        path = EXAMPLES / "seed" / f"lukou-finance-bureau-2026.{carrier}"
        if not path.exists():
            continue
        first = jiheng("audit", "--json", path, status=(1,))
        if first != jiheng("audit", "--json", path, status=(1,)):
            faults.append(f"{carrier}: two audits differ")
        found = json.loads(first)["findings"]

        def matches(finding, want):
            """The rule, and a place of the table and indicator that are named; an indicator goes by its name."""
            places = [(a["table"], tables[a["table"]]["indicators"][a["indicator"]]["level3"] if a["indicator"] is not None else None) for a in finding["at"]]
            wanted = (want.get("table"), want.get("indicator"))
            return (finding["rule"] == want["rule"] and ("proposed_value" not in want or finding["proposed_value"] == want["proposed_value"])
                    and (wanted[0] is None or any(t == wanted[0] and wanted[1] in (None, name) for t, name in places)))
        for want in expected["must_find"]:
            if carrier not in want.get("carriers", CARRIERS):
                continue
            if not any(matches(f, want) for f in found):
                faults.append(f"{carrier}: not found: {want}")
        for want in expected.get("must_not_find", []):
            if any(matches(f, want) for f in found):
                faults.append(f"{carrier}: found, and must not be: {want}")


def check_reading_back():
    files = [p for p in documents(EXAMPLES / "seed") if p.suffix == ".txt"]
    for folder in sorted((EXAMPLES / "forms").iterdir()):
        if folder.name in CARRIERS:
            files += documents(folder)
    before = [document["tables"] for document in read(files)]
    for carrier in ("docx", "xlsx", "html"):
        with tempfile.TemporaryDirectory() as out:
            written = jiheng("convert", "--to", carrier, "--out", out, *files).decode("utf-8").splitlines()
            if len(written) != len(files):
                faults.append(f"{carrier}: {len(written)} of {len(files)} files written")
                continue
            for path, old, document in zip(files, before, read(written)):
                if [bare(t) for t in document["tables"]] != [bare(t) for t in old]:
                    faults.append(f"{path.name} → {carrier}: reads back differently")


def main():
    if not EXAMPLES.exists():
        print("examples: not here, skipped")
        return 0
    count = check_readings()
    check_findings()
    check_reading_back()
    for fault in faults[:40]:
        print("examples:", fault)
    print(f"examples: {count} documents read, seed audited in {len(CARRIERS)} carriers, written and read back; {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())

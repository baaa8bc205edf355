"""Every ledger and every measure through the command line, against figures worked out in Python (ledger_world.py)."""
import csv
import datetime as dt
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

import postgresql
from ledger_world import World, two

JIHENG = os.environ["JIHENG"]
failures = []


def check(what, good, detail=""):
    if not good:
        failures.append(what)
        print(f"FAILED {what} {detail}")


class Place:
    """A database with its folder."""

    def __init__(self, folder, database=None):
        self.folder = pathlib.Path(folder)
        self.file = self.folder / "j.db"
        self.database = database or f"sqlite:{self.file}"

    def run(self, *arguments):
        return subprocess.run([JIHENG, *arguments, "--db", self.database, "--data", str(self.folder / "data")], capture_output=True, text=True)

    def write(self, rows, name):
        path = self.folder / name
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            for row in rows:
                writer.writerow({key: written(value) for key, value in row.items()})
        return str(path)

    def take(self, type_, rows, *more):
        return self.run("ledger", "import", type_, self.write(rows, f"{type_}.csv"), *more)

    def measure(self, measure, a, b, *more):
        answer = self.run("measure", measure, "--from", str(a), "--to", str(b), "--json", *more)
        if answer.returncode != 0:
            check(f"measure {measure} answers", False, answer.stderr)
            return {"value": "?"}
        return json.loads(answer.stdout)


def written(value):
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        # A time is the same whatever its offset.
        return value.isoformat() if value.minute % 2 else value.astimezone(dt.timezone.utc).isoformat()
    if isinstance(value, dt.date) and value.day % 3 == 0:
        return f"{value.year}年{value.month}月{value.day}日" if value.day % 2 else f"{value.year}.{value.month}.{value.day}"
    return str(value)


def periods(chosen):
    yield dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    for _ in range(3):
        first = dt.date(2025, 1, 1) + dt.timedelta(days=chosen.randrange(800))
        yield first, first + dt.timedelta(days=chosen.randrange(200))


def every_measure(place, seed):
    world = World(seed)
    for type_, rows in world.rows.items():
        answer = place.take(type_, rows)
        check(f"import of {type_}", answer.returncode == 0, answer.stderr)
    for a, b in periods(random.Random(seed)):
        for measure, value in world.measures(a, b).items():
            answer = place.measure(measure, a, b)
            check(f"{measure} {a}..{b}, seed {seed}", answer["value"] == value, f"{answer['value']} instead of {value}")
    a, b = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    check("paid of a project", place.measure("execution.paid", a, b, "--project", "项目P03")["value"] == two(world.paid(a, b, "P03") / 10000))
    check("availability of a system", place.measure("platform.availability", a, b, "--project", "绩效平台")["value"] == world.availability(a, b, "绩效平台"))
    gaps = place.measure("network.security_incidents", a, b)["gaps"]
    reported = {z["month"] for z in world.rows["zero_report"]}
    check("months without a zero report are gaps", [g[:7] for g in gaps] == [f"2026-{m:02}" for m in range(1, 13) if f"2026-{m:02}" not in reported], str(gaps))
    check("verify", place.run("admin", "verify").returncode == 0)
    again = place.run("ledger", "export", "payment")
    exported = list(csv.DictReader(again.stdout.splitlines()))
    check("export gives what was imported", [(r["payment_no"], r["amount"]) for r in exported] == sorted((p["payment_no"], f"{p['amount']:.2f}") for p in world.rows["payment"]))
    return world


def stale_receipts(place, world):
    a, b = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    receipts = {}
    for measure in ("execution.paid", "execution.rate", "review.savings", "review.recheck_error_rate", "assets.rent_income", "network.online_resolved"):
        path = place.folder / f"{measure}.json"
        path.write_text(place.run("measure", measure, "--from", str(a), "--to", str(b), "--json").stdout, encoding="utf-8")
        receipts[measure] = path
        check(f"receipt of {measure} is the same", place.run("measure", "verify", str(path)).returncode == 0)
    changed = next(p for p in world.rows["payment"] if a <= p["paid_on"] <= b and p["state"] != "void")
    check("a changed record", place.take("payment", [dict(changed, amount=changed["amount"] + 1)]).returncode == 0)
    for measure, path in receipts.items():
        answer = place.run("measure", "verify", str(path), "--json")
        found = json.loads(answer.stdout)
        touched = measure.startswith("execution.")
        check(f"{measure} is stale just where its record changed", found["state"] == ("stale" if touched else "same"), answer.stdout)
        if touched:
            check(f"{measure} names the record", [c["id"] for c in found["changed"]] == [changed["payment_no"]], answer.stdout)
    forged = json.loads(receipts["review.savings"].read_text(encoding="utf-8"))
    forged["value"] = "99999.00"
    receipts["review.savings"].write_text(json.dumps(forged), encoding="utf-8")
    answer = place.run("measure", "verify", str(receipts["review.savings"]), "--json")
    check("a forged receipt is found", json.loads(answer.stdout)["state"] == "foreign", answer.stdout)


def bad_rows(folder):
    place = Place(folder)
    place.take("unit", [dict(code="1", name="教育局")])
    place.take("project", [dict(code="P1", name="评审", unit="教育局", year=2026)])
    good = dict(payment_no="Z1", project="P1", paid_on="2026-03-05", amount="1,234.50", fund="", state="")
    rows = [good, dict(good, payment_no="Z2", paid_on="2026-02-30"), dict(good, payment_no="Z3", project="P9"), dict(good, payment_no="", amount="十"), dict(good),
            dict(good, payment_no="Z5", fund="现金"), dict(good, payment_no="合计", project="", paid_on="", amount="3,703.50")]
    answer = place.take("payment", rows, "--json")
    found = [(bad["row"], bad["field"]) for bad in json.loads(answer.stdout)["bad"]]
    check("bad rows are named", found == [(3, "paid_on"), (4, "project"), (5, "amount"), (5, "payment_no"), (6, "payment_no"), (7, "fund")], str(found))
    check("nothing is stored", answer.returncode == 3 and place.run("ledger", "export", "payment").stdout.count("\n") == 1)
    answer = place.take("payment", rows, "--skip-bad-rows", str(place.folder / "bad.csv"))
    check("the good row is stored", answer.returncode == 0 and place.run("ledger", "export", "payment").stdout.count("Z1,P1,2026-03-05,1234.50") == 1, answer.stderr)
    check("the sum is left out with a note", "第8行是合计" in answer.stderr, answer.stderr)
    bad = list(csv.reader((place.folder / "bad.csv").open(encoding="utf-8-sig")))
    check("the bad rows are written with reasons", [row[0] for row in bad] == ["行号", "3", "4", "5", "6", "7"] and all(row[-1] for row in bad), str(bad))
    answer = place.take("payment", [dict(good, payment_no="Z7", project="新项目")], "--create-missing")
    check("a missing project is created", answer.returncode == 0 and "新项目" in place.run("ledger", "export", "project").stdout, answer.stderr)
    check("the same again changes nothing", "1条没有变化" in place.take("payment", [good]).stdout)
    answer = place.take("zero_report", [dict(subject="security_incident", month="2026年3月", reported_on="46086", count="0")])
    check("months and serial dates", "security_incident,2026-03,2026-03-05,0" in place.run("ledger", "export", "zero_report").stdout, answer.stderr)
    for name, text in (("empty.csv", ""), ("header.csv", "甲,乙\n1,2\n"), ("noise.csv", "\x00\x01\x02")):
        (place.folder / name).write_text(text)
        answer = place.run("ledger", "import", "payment", str(place.folder / name))
        check(f"{name} is refused with a sentence", answer.returncode == 3 and answer.stderr.strip().endswith("。"), answer.stderr)
    named = [dict(credit_code=code, name=name, aliases="") for code, name in (("=1+1", "-甲公司"), ("@x", "+乙公司"))]
    place.take("agency", named)
    (place.folder / "again.csv").write_text(place.run("ledger", "export", "agency").stdout, encoding="utf-8")
    answer = place.run("ledger", "import", "agency", str(place.folder / "again.csv"))
    check("what goes out for programs comes in as it was", "2条没有变化" in answer.stdout, answer.stdout + answer.stderr)
    shown = place.run("ledger", "export", "agency", "--labels").stdout
    check("and for people no cell is a formula", "'=1+1" in shown and "'-甲公司" in shown, shown)
    check("an unknown type is wrong usage", place.run("ledger", "import", "nothing", str(place.folder / "bad.csv")).returncode == 2)
    check("an unknown measure is wrong usage", place.run("measure", "nothing", "--from", "2026-01-01", "--to", "2026-01-02").returncode == 2)
    check("a period without days is refused", place.run("measure", "execution.paid", "--from", "2026-02-01", "--to", "2026-01-02").returncode == 2)


def tampering(place):
    database = sqlite3.connect(place.file)
    database.execute("UPDATE ledger_payment SET amount = amount + 1 WHERE id = 'Z5'")
    seq = database.execute("SELECT seq FROM ledger_payment WHERE id = 'Z5'").fetchone()[0]
    database.commit()
    database.close()
    answer = place.run("admin", "verify")
    check("an altered row is found", answer.returncode == 1 and f"第 {seq} 条" in answer.stderr and "Z5" in answer.stderr, answer.stderr)


def killed(folder):
    """A program killed in the middle of an import leaves all of it or nothing, and goes on afterwards."""
    place = Place(folder)
    place.take("project", [dict(code="P1", name="评审", unit="财政局", year=2026)])
    rows = [dict(payment_no=f"Z{i}", project="P1", paid_on="2026-03-05", amount="1.25") for i in range(20000)]
    path = place.write(rows, "many.csv")
    command = [JIHENG, "ledger", "import", "payment", path, "--db", place.database, "--data", str(place.folder / "data")]
    for delay in (0.02, 0.08, 0.15, 0.25, 0.4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        stored = place.run("ledger", "export", "payment").stdout.count("\n") - 1
        check(f"killed after {delay} s: all or nothing", stored in (0, len(rows)), str(stored))
        check(f"killed after {delay} s: verify", place.run("admin", "verify").returncode == 0)
    answer = subprocess.run(command, capture_output=True, text=True)
    check("the import goes through afterwards", answer.returncode == 0, answer.stderr)
    check("and is there once", place.run("ledger", "export", "payment").stdout.count("\n") == len(rows) + 1)


def county_ledger(folder):
    """A county adds a ledger without C++."""
    place = Place(folder)
    desks = place.folder / "data/desks/roads"
    desks.mkdir(parents=True)
    declaration = desks / "roads.yaml"
    text = (pathlib.Path(__file__).parent / "roads.yaml").read_text(encoding="utf-8")
    declaration.write_text(text, encoding="utf-8")
    rows = [dict(road_no=f"R{i}", name=f"道路{i}", repaired_on=f"2026-0{i}-01", length=f"{i}.5", cost="1000") for i in range(1, 6)]
    check("a county's ledger takes rows", place.take("road_repair", rows).returncode == 0)
    twice = dict(road_no="R9", name="道路9", repaired_on="2026-09-01", length="1", cost="1000", contract_no="")
    check("what is to be unique is held against what is there", place.take("road_repair", [dict(twice, contract_no="HT1")]).returncode == 0
          and place.take("road_repair", [dict(twice, road_no="R8", contract_no="HT1")]).returncode == 3)
    place.take("road_repair", [dict(twice, repaired_on="")])
    a, b = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    check("a county's measure counts", place.measure("roads.repaired_length", a, b)["value"] == "17.50")
    out = place.folder / "验收单.docx"
    listed = place.run("ledger", "document", "road_repair", "R1")
    check("a county's paper is offered", listed.stdout == "acceptance\t验收单\n", listed.stdout + listed.stderr)
    made = place.run("ledger", "document", "road_repair", "R1", "acceptance", "--out", str(out))
    # What people read: numbers stand in controls of their own, which name their source.
    paper = re.sub("<[^>]*>", "", zipfile.ZipFile(out).read("word/document.xml").decode()) if made.returncode == 0 else made.stderr
    check("and filled", all(word in paper for word in ["公路养护验收单", "道路1（R1）", "1,000.00元", "壹仟元整", "2026年1月1日", "合同：____"]) and "null" not in paper, paper)
    check("but for none that is not ready", place.run("ledger", "document", "road_repair", "R9", "acceptance", "--out", str(out)).returncode != 0)
    declaration.write_text(text.replace("【里程】", "【长度】"), encoding="utf-8")
    answer = place.run("ledger", "list")
    check("a paper's fault tells file, line and reason", answer.returncode == 2 and "roads/roads.yaml 第" in answer.stderr and "【长度】" in answer.stderr, answer.stderr)
    # The paper prints the amount in capitals, which a text has not.
    declaration.write_text(text.replace("type: amount", "type: text").replace("（大写：人民币【费用（大写）】）", ""), encoding="utf-8")
    answer = place.run("ledger", "export", "road_repair")
    check("a destructive change is refused", answer.returncode == 4 and "cost" in answer.stderr, answer.stderr)
    declaration.write_text(text.replace("type: amount", "type: money"), encoding="utf-8")
    answer = place.run("ledger", "list")
    check("a faulty declaration tells file, line and reason", answer.returncode == 2 and "roads/roads.yaml 第" in answer.stderr and "money" in answer.stderr, answer.stderr)
    declaration.write_text(text + "\n# more\n", encoding="utf-8")
    check("and mended it goes on", place.run("ledger", "export", "road_repair").stdout.count("\n") == 7)


def main():
    """ledgers.py [SEEDS…]: each on SQLite, and on PostgreSQL where it is installed."""
    seeds = [int(argument) for argument in sys.argv[1:]] or [1]
    with tempfile.TemporaryDirectory() as folder:
        def fresh(name):
            inner = pathlib.Path(folder) / name
            inner.mkdir()
            return inner

        for seed in seeds:
            place = Place(fresh(f"sqlite{seed}"))
            stale_receipts(place, every_measure(place, seed))
            tampering(place)
        if postgresql.installed():
            with postgresql.cluster() as new_database:
                for seed in seeds:
                    place = Place(fresh(f"postgresql{seed}"), new_database())
                    stale_receipts(place, every_measure(place, seed + 1000))
        bad_rows(fresh("bad"))
        killed(fresh("killed"))
        county_ledger(fresh("county"))
    print(f"ledgers: {len(failures)} failed" if failures else "ledgers: all good")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

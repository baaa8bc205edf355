"""What goes wrong around the ledgers: a full disk, a lost server, a program killed while it brings the tables up to date, a journal whose end was
cut off. Nothing is half done, the sentence says what to do, and verifying passes afterwards (or, of the journal, finds it)."""
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

import postgresql

JIHENG = os.environ["JIHENG"]
ROWS = 40_000
failures = []


def check(what, good, detail=""):
    if not good:
        failures.append(what)
        print(f"FAILED {what} {detail}")


def payments(path, rows, first=0):
    with open(path, "w", encoding="utf-8") as out:
        out.write("payment_no,project,paid_on,amount\n")
        for i in range(first, first + rows):
            out.write(f"Z{i:07},P{i % 40},2026-{i % 12 + 1:02}-{i % 28 + 1:02},{i % 90000}.25\n")
    return str(path)


class Place:
    def __init__(self, folder, database=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.arguments = ["--db", database or f"sqlite:{folder}/j.db", "--data", f"{folder}/data"]

    def run(self, *command):
        return subprocess.run([JIHENG, *command, *self.arguments], capture_output=True, text=True, timeout=300)

    def start(self, *command):
        return subprocess.Popen([JIHENG, *command, *self.arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def projects(self):
        path = self.folder / "projects.csv"
        path.write_text("code,name,unit,year\n" + "".join(f"P{i},项目{i},财政局,2026\n" for i in range(40)), encoding="utf-8")
        answer = self.run("ledger", "import", "project", str(path))
        check("projects", answer.returncode == 0, answer.stderr)

    def stored(self):
        return self.run("ledger", "export", "payment").stdout.count("\n") - 1

    def is_sound(self, what):
        answer = self.run("admin", "verify")
        check(f"{what}: verify", answer.returncode == 0, answer.stdout + answer.stderr)


def full_disk(folder):
    """The database lies on a small disk of its own."""
    disk = pathlib.Path(folder) / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True).returncode != 0:
        print("full disk: a small disk could not be mounted here, passed over")
        return
    try:
        place = Place(disk)
        place.projects()
        table = payments(pathlib.Path(folder) / "many.csv", ROWS)
        answer = place.run("ledger", "import", "payment", table)
        check("full disk: refused", answer.returncode == 4, f"{answer.returncode} {answer.stderr}")
        check("full disk: the sentence says so", "满" in answer.stderr and "没有保存" in answer.stderr, answer.stderr)
        check("full disk: nothing is stored", place.stored() == 0)
        place.is_sound("full disk")
        small = payments(pathlib.Path(folder) / "few.csv", 50)
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        answer = place.run("ledger", "import", "payment", small)
        check("full disk: with room again it goes on", answer.returncode == 0 and place.stored() == 50, answer.stderr)
        place.is_sound("room again")
    finally:
        subprocess.run(["umount", str(disk)])


def lost_server(folder, database):
    """The server ends the connection in the middle of an import."""
    place = Place(folder, database)
    place.projects()
    table = payments(place.folder / "many.csv", 3 * ROWS)
    name, host = database.split("///")[1].split("?")[0], database.split("host=")[1].split("&")[0]
    ended = 0
    for _ in range(3):
        process = place.start("ledger", "import", "payment", table)
        for _ in range(2000):
            # While rows stream in.
            found = subprocess.run(["psql", "-h", host, "-U", "jiheng", "-d", "postgres", "-Atc",
                                    f"SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}' AND state = 'active' AND query LIKE 'COPY ledger_payment%'"],
                                   capture_output=True, text=True)
            if found.stdout.strip() not in ("", "0") or process.poll() is not None:
                break
            time.sleep(0.01)
        _, said = process.communicate(timeout=120)
        if process.returncode == 0:
            break
        ended += 1
        check("lost server: status", process.returncode == 4, f"{process.returncode} {said}")
        check("lost server: the sentence says so", "连接断了" in said, said)
        check("lost server: nothing is stored", place.stored() == 0, str(place.stored()))
        place.is_sound("lost server")
    check("lost server: it was lost at least once", ended > 0)
    if ended == 3:
        answer = place.run("ledger", "import", "payment", table)
        check("lost server: the import goes through afterwards", answer.returncode == 0, answer.stderr)
    check("lost server: and is there once", place.stored() == 3 * ROWS)
    place.is_sound("server found again")


def forget(database, statements):
    """Puts the tables back to before the ledgers' sums and indexes were made."""
    if database.startswith("sqlite:"):
        connection = sqlite3.connect(database.removeprefix("sqlite:"))
        names = [row[0] for row in connection.execute("SELECT name FROM ledger_indexes")]
        for statement in [f"DROP INDEX {name}" for name in names] + statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return
    psql = ["psql", "-q", "-At", "-v", "ON_ERROR_STOP=1", database]
    names = subprocess.run([*psql, "-c", "SELECT name FROM ledger_indexes"], capture_output=True, text=True, check=True).stdout.split()
    subprocess.run([*psql, "-c", "; ".join([f"DROP INDEX {name}" for name in names] + statements)], check=True)


def killed_migration(folder, database):
    """Killed while a new version brings its tables up to date: from nothing, and over records that are there."""
    chance = random.Random(5)
    for turn in range(6):
        place = Place(f"{folder}/new{turn}") if database is None else Place(folder, database)
        process = place.start("admin", "migrate")
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        process.wait()
        place.is_sound(f"killed while the first tables were made, turn {turn}")
    place = Place(folder, database)
    place.projects()
    answer = place.run("ledger", "import", "payment", payments(place.folder / "many.csv", ROWS))
    check("killed migration: import", answer.returncode == 0, answer.stderr)
    wanted = place.run("measure", "execution.paid", "--from", "2026-01-01", "--to", "2026-12-31").stdout
    roads = place.folder / "data/desks/roads"
    roads.mkdir(parents=True)
    (roads / "roads.yaml").write_bytes((pathlib.Path(__file__).parent / "roads.yaml").read_bytes())
    for turn in range(6):
        forget(place.arguments[1], ["DELETE FROM ledger_indexes", "DELETE FROM ledger_index_wishes", "DELETE FROM ledger_sums", "DELETE FROM ledger_sum_heads"])
        process = place.start("admin", "migrate")
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.wait()
        place.is_sound(f"killed migration, turn {turn}")
        check(f"killed migration, turn {turn}: all records are there", place.stored() == ROWS)
        found = place.run("measure", "execution.paid", "--from", "2026-01-01", "--to", "2026-12-31").stdout
        check(f"killed migration, turn {turn}: the measure is the same", found == wanted, found)


CUT = """
DELETE FROM journal WHERE seq > {seq};
DELETE FROM records WHERE seq > {seq};
DELETE FROM attachments WHERE seq > {seq};
UPDATE journal_heads SET seq = {seq}, hash = (SELECT hash FROM journal WHERE seq = {seq});
DELETE FROM ledger_payment WHERE seq > {seq};
UPDATE ledger_payment SET until = NULL WHERE until > {seq};
UPDATE ledger_heads SET seq = {seq} WHERE type = 'payment';
"""


def truncated_journal(folder):
    """Whoever cuts the end off the journal, with all that belongs to it, leaves a sound chain; the anchor outside tells."""
    place = Place(folder)
    anchors = place.folder / "usb" / "anchors.txt"
    anchors.parent.mkdir()
    place.projects()
    check("nothing to anchor yet is told", Place(f"{folder}/empty").run("admin", "anchor").returncode == 2)
    for i in range(4):
        answer = place.run("ledger", "import", "payment", payments(place.folder / "few.csv", 30, first=i * 20))
        check("payments", answer.returncode == 0, answer.stderr)
        if i > 0:
            answer = place.run("admin", "anchor", "--to", str(anchors))
            check("anchored", answer.returncode == 0, answer.stderr)
    code = place.run("admin", "anchor").stdout.split("锚定码 ")[1].split()[0]
    lines = anchors.read_text(encoding="utf-8").splitlines()
    check("a line each time", len(lines) == 3 and all(line.split()[1] == "local" for line in lines), str(lines))
    check("all anchors hold", place.run("admin", "verify", "--anchors", str(anchors), "--anchor", code.upper()).returncode == 0)
    seq = int(lines[1].split()[2])
    database = sqlite3.connect(place.folder / "j.db")
    database.executescript(CUT.format(seq=seq))
    database.close()
    answer = place.run("admin", "verify")
    check("without anchors the cut journal looks sound", answer.returncode == 0, answer.stderr)
    answer = place.run("admin", "verify", "--anchors", str(anchors))
    check("with them the cut is found", answer.returncode == 1 and "被截掉了" in answer.stderr and f"只到第{seq}条" in answer.stderr, answer.stdout + answer.stderr)
    check("the paper finds it too", place.run("admin", "verify", "--anchor", code).returncode == 1)
    anchors.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    check("the anchors before the cut still hold", place.run("admin", "verify", "--anchors", str(anchors)).returncode == 0)
    # Something else is written in its place.
    place.run("ledger", "import", "payment", payments(place.folder / "few.csv", 30, first=500))
    anchors.write_text("\n".join(lines) + "\n", encoding="utf-8")
    answer = place.run("admin", "verify", "--anchors", str(anchors))
    check("another end in its place is found", answer.returncode == 1 and "不符" in answer.stderr, answer.stdout + answer.stderr)
    anchors.write_text("some text\n", encoding="utf-8")
    check("a file that holds no anchors is refused", place.run("admin", "verify", "--anchors", str(anchors)).returncode == 2)


def main():
    with tempfile.TemporaryDirectory() as folder:
        def fresh(name):
            inner = pathlib.Path(folder) / name
            inner.mkdir()
            return inner

        full_disk(fresh("full"))
        truncated_journal(fresh("cut"))
        killed_migration(fresh("killed"), None)
        if postgresql.installed():
            with postgresql.cluster() as new_database:
                lost_server(fresh("lost"), new_database())
                killed_migration(fresh("killed-postgresql"), new_database())
    print(f"ledger faults: {len(failures)} failed" if failures else "ledger faults: all good")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

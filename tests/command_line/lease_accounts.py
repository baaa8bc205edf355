"""Rent to the cent: random leases with steps, free months, terminations, waivers, partial, early and refunded payments; each account, line by
line, and the measure of arrears, as of random past days, against a computation that shares nothing with the program's."""
import calendar
import csv
import datetime as dt
import fractions
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import urllib.request

JIHENG = os.environ["JIHENG"]
LEASES = 500
failures = []


def check(what, good, detail=""):
    if not good:
        failures.append(what)
        if len(failures) < 20:
            print(f"FAILED {what} {detail}")


def cents(value):
    """Half up, of an exact fraction of yuan."""
    hundred = value * 100
    return int((hundred + fractions.Fraction(1, 2)) // 1) if hundred >= 0 else -int((-hundred + fractions.Fraction(1, 2)) // 1)


def yuan(fen):
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


def months_after(start, n):
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


class Landlord:
    """500 leases and all that happened to them, in cents."""

    def __init__(self, seed):
        chosen = random.Random(seed)
        self.shops = [f"M{i:03}" for i in range(160)]
        self.leases, self.waivers, self.receipts = [], [], []
        for i in range(LEASES):
            # Many begin at the end of a month, where shorter ones have no such day.
            start = dt.date(2015, 1, 1) + dt.timedelta(days=chosen.randrange(4000))
            if chosen.random() < 0.3:
                start = start.replace(day=calendar.monthrange(start.year, start.month)[1])
            end = months_after(start, chosen.randrange(1, 121)) - dt.timedelta(days=chosen.choice((0, 1, 1, 1, 7)))
            end = max(end, start)
            stopped = chosen.random() < 0.25
            lease = dict(lease_no=f"HT{i:03}", shopfront=chosen.choice(self.shops), tenant=f"C{i % 90}", starts_on=start, ends_on=end,
                         terminated_on=start + dt.timedelta(days=chosen.randrange((end - start).days + 1)) if stopped else None,
                         monthly_rent=chosen.randrange(1, 2_000_000), rent_free_months=chosen.choice((None, 0, 1, 2, 6)),
                         step_percent=chosen.choice((None, "0", "3", "5", "2.5", "5.125", "0.333333", "-4")), opening_arrears=chosen.choice((None, None, chosen.randrange(900_000))),
                         state=chosen.choice(("valid",) * 9 + ("void",)))
            self.leases.append(lease)
            self.happenings(lease, chosen)
        chosen.shuffle(self.receipts)
        self.of_lease = {lease["lease_no"]: ([], []) for lease in self.leases}
        for waiver in self.waivers:
            self.of_lease[waiver["lease_no"]][0].append(waiver)
        for receipt in self.receipts:
            self.of_lease[receipt["lease_no"]][1].append(receipt)

    def happenings(self, lease, chosen):
        number = lease["lease_no"]
        for due_on, n, fen in self.months(lease, dt.date(2030, 1, 1)):
            luck = chosen.random()
            if luck < 0.04:
                self.waivers.append(dict(waiver_no=f"JM{number}-{n}", lease_no=number, month=f"{due_on.year}-{due_on.month:02}", amount=chosen.randrange(1, fen + 2),
                                         approval_no="批", state=chosen.choice(("valid", "valid", "void"))))
            if luck < 0.25:
                continue  # not paid
            parts = [fen] if luck < 0.7 else [fen // 3, fen - fen // 3] if luck < 0.9 else [fen + 100]
            for part, amount in enumerate(parts):
                on = due_on + dt.timedelta(days=chosen.randrange(-90, 120))
                self.receive(number, f"{n}-{part}", on, amount, chosen)
                if chosen.random() < 0.03:
                    self.receive(number, f"{n}-{part}R", on + dt.timedelta(days=chosen.randrange(60)), -amount, chosen)  # paid back

    def receive(self, number, of, on, amount, chosen):
        self.receipts.append(dict(receipt_no=f"SK{number}-{of}", lease_no=number, received_on=on, amount=amount, kind=chosen.choice(("rent",) * 12 + ("deposit", "penalty")),
                                  state=chosen.choice(("valid",) * 15 + ("void",))))

    @staticmethod
    def months(lease, by):
        """(first day, number, cents) of each month due by the day."""
        step = fractions.Fraction(lease["step_percent"] or 0) / 100
        last = min(d for d in (lease["ends_on"], lease["terminated_on"], by) if d is not None)
        n = 0
        while (due_on := months_after(lease["starts_on"], n)) <= last:
            free = n < (lease["rent_free_months"] or 0)
            yield due_on, n + 1, 0 if free else cents(fractions.Fraction(lease["monthly_rent"], 100) * (1 + step) ** (n // 12))
            n += 1

    def account(self, lease, by):
        """Lines as (kind, day, record, cents), without their order within a day."""
        waivers, receipts = self.of_lease[lease["lease_no"]]
        lines = [] if lease["opening_arrears"] is None else [("opening", None, "", lease["opening_arrears"])]
        lines += [("due", due_on.isoformat(), str(n), fen) for due_on, n, fen in self.months(lease, by)]
        for waiver in waivers:
            first = dt.date.fromisoformat(waiver["month"] + "-01")
            if waiver["state"] != "void" and first <= by:
                lines.append(("waiver", first.isoformat(), waiver["waiver_no"], -waiver["amount"]))
        for receipt in receipts:
            if receipt["kind"] == "rent" and receipt["state"] != "void" and receipt["received_on"] <= by:
                lines.append(("receipt", receipt["received_on"].isoformat(), receipt["receipt_no"], -receipt["amount"]))
        return lines

    def owed(self, lease, by):
        return max(0, sum(fen for *_, fen in self.account(lease, by)))


class Program:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.place = ["--db", f"sqlite:{folder}/j.db", "--data", f"{folder}/data"]

    def take(self, type_, rows):
        path = self.folder / f"{type_}.csv"
        money = {"monthly_rent", "opening_arrears", "amount"}
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            for row in rows:
                writer.writerow({key: "" if value is None else yuan(value) if key in money else value for key, value in row.items()})
        answer = subprocess.run([JIHENG, "ledger", "import", type_, str(path), *self.place], capture_output=True, text=True)
        check(f"import of {type_}", answer.returncode == 0, answer.stderr[:400])

    def arrears(self, by):
        answer = subprocess.run([JIHENG, "measure", "assets.arrears", "--from", "2015-01-01", "--to", str(by), "--json", *self.place], capture_output=True, text=True)
        return json.loads(answer.stdout)["numerator"]

    def serve(self):
        self.server = subprocess.Popen([JIHENG, "serve", "--listen", "127.0.0.1:0", *self.place], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.server.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                self.address = found.group(0)
                return
        raise RuntimeError("the server did not start")

    def account(self, lease_no, by):
        with urllib.request.urlopen(f"{self.address}/api/v1/leases/{lease_no}/account?by={by}", timeout=30) as answer:
            return json.load(answer)


def hold_accounts(program, landlord, chosen, days_each):
    lines = 0
    for lease in landlord.leases:
        if lease["state"] == "void":
            continue
        for _ in range(days_each):
            by = lease["starts_on"] + dt.timedelta(days=chosen.randrange(-30, 4200))
            told = program.account(lease["lease_no"], by)
            wanted = landlord.account(lease, by)
            lines += len(wanted)
            found = [(l["kind"], l["on"], l["record"], round(fractions.Fraction(l["amount"]) * 100)) for l in told["lines"]]
            check(f"account of {lease['lease_no']} by {by}", sorted(found, key=str) == sorted(wanted, key=str), str(set(found) ^ set(wanted))[:300])
            check(f"{lease['lease_no']} owes by {by}", told["owed"] == yuan(landlord.owed(lease, by)), told["owed"])
            balance = 0
            for line, (*_, fen) in zip(told["lines"], found):
                balance += fen
                check(f"balance of {lease['lease_no']} by {by}", line["balance"] == yuan(balance))
            days = [l["on"] or "" for l in told["lines"]]
            check(f"order of {lease['lease_no']} by {by}", days == sorted(days))
    return lines


def main():
    """lease_accounts.py [SEEDS [DAYS]]: so many landlords, so many past days for each lease."""
    seeds, days_each = (int(sys.argv[1]) if len(sys.argv) > 1 else 1), (int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    lines = 0
    for seed in range(seeds):
        landlord, chosen = Landlord(seed), random.Random(seed + 1000)
        with tempfile.TemporaryDirectory() as folder:
            program = Program(folder)
            program.take("shopfront", [dict(code=s, address=f"解放路{s}号") for s in landlord.shops])
            program.take("tenant", [dict(code=f"C{i}", name=f"承租人{i}") for i in range(90)])
            program.take("lease", landlord.leases)
            program.take("rent_waiver", landlord.waivers)
            program.take("rent_receipt", landlord.receipts)
            for _ in range(6 * days_each):
                by = dt.date(2016, 1, 1) + dt.timedelta(days=chosen.randrange(5000))
                owed = sum(landlord.owed(lease, by) for lease in landlord.leases if lease["state"] != "void")
                found = program.arrears(by)
                check(f"arrears by {by}, seed {seed}", fractions.Fraction(found) == fractions.Fraction(owed, 100), f"{found} instead of {yuan(owed)}")
            program.serve()
            try:
                lines += hold_accounts(program, landlord, chosen, days_each)
            finally:
                program.server.terminate()
                program.server.wait()
    print(f"lease accounts: {len(failures)} failed" if failures else f"lease accounts: all good, {seeds * LEASES} leases, {lines} lines held to the cent")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

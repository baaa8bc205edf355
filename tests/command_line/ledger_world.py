"""A bureau's ledgers made at random, and their measures worked out in Python alone, from the contract's sentences."""
import calendar
import datetime as dt
import json
import pathlib
import random
from decimal import Decimal, ROUND_HALF_UP, getcontext

getcontext().prec = 120
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
ROOT = pathlib.Path(__file__).resolve().parents[2]


def two(value):
    return None if value is None else str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def rate(part, whole):
    return None if not whole else two(Decimal(part) * 100 / Decimal(whole))


class Holidays:
    """The State Council's calendar out of its files."""

    def __init__(self):
        self.special = {}
        for file in sorted((ROOT / "policies/holidays").glob("*.json")):
            for day in json.loads(file.read_text(encoding="utf-8"))["days"]:
                self.special[dt.date.fromisoformat(day["date"])] = day["isOffDay"]

    def works(self, day):
        off = self.special.get(day)
        return day.weekday() < 5 if off is None else not off


class World:
    """Rows of every type as dictionaries of Python values; None is an empty field."""

    def __init__(self, seed, size=120):
        self.random = random.Random(seed)
        self.size = size
        self.holidays = Holidays()
        self.rows = {}
        self.make()

    # What a field may be.
    def day(self, first="2025-01-01", days=900):
        return dt.date.fromisoformat(first) + dt.timedelta(days=self.random.randrange(days))

    def time(self):
        day = self.day()
        return dt.datetime(day.year, day.month, day.day, self.random.randrange(24), self.random.randrange(60), self.random.randrange(60), tzinfo=SHANGHAI)

    def money(self, most=900000):
        return Decimal(self.random.randrange(most * 100)) / 100

    def maybe(self, value, share=0.2):
        return None if self.random.random() < share else value

    def some(self, *values):
        return self.random.choice(values)

    def make(self):
        r, many = self.random, range(self.size)
        units = [f"第{i}单位" for i in range(20)]
        self.rows["unit"] = [dict(code=f"U{i:03}", name=name, aliases=f"简称{i}；又名{i}") for i, name in enumerate(units)]

        def unit():
            i = r.randrange(20)
            return self.some(units[i], f"U{i:03}", f"简称{i}", f"又名{i}"), units[i]

        self.canonical = {}  # how a unit was written → its name

        def unit_text():
            text, name = unit()
            self.canonical[text] = name
            return text

        projects = [f"P{i:02}" for i in range(12)]
        self.rows["project"] = [dict(code=p, name=f"项目{p}", unit=unit_text(), year=2026) for p in projects]
        project = lambda: r.choice(projects)
        self.rows["budget_line"] = [dict(project=project(), year=self.some(2025, 2026, 2027), initial_amount=self.maybe(self.money()),
                                         adjusted_amount=self.maybe(self.money(), 0.6), document_no=None) for _ in many]
        self.rows["payment"] = [dict(payment_no=f"Z{i}", project=project(), paid_on=self.day(), amount=self.money() - 100000,
                                     fund=self.some("general_public", "other", None), state=self.some("valid", "void", None)) for i in many]
        agencies = [f"9143{i:014}" for i in range(15)]
        self.rows["agency"] = [dict(credit_code=a, name=f"机构{a[-3:]}", aliases=None, listed_on=None, delisted_on=None) for a in agencies]
        states = "registered supplementing accepted assigned reviewing consulting rechecking concluded archived suspended withdrawn".split()
        kinds = "estimate budget_estimate budget control_price change settlement final_account special".split()
        cases = [f"PS{i:04}" for i in many]
        self.rows["review_case"] = []
        for number in cases:
            concluded = self.maybe(self.day(), 0.3)
            accepted = None if concluded is None or r.random() < 0.2 else concluded - dt.timedelta(days=r.randrange(100))
            self.rows["review_case"].append(dict(
                case_no=number, project_name=f"工程{number}", owner_unit=unit_text(), kind=r.choice(kinds), accepted_on=accepted,
                submitted_amount=self.maybe(self.money()), concluded_amount=self.maybe(self.money()), concluded_on=concluded,
                agency=self.maybe(r.choice(agencies)), state=r.choice(states + ["concluded", "archived"] * 4)))
        self.rows["case_pause"] = []
        for _ in many:
            start = self.day()
            self.rows["case_pause"].append(dict(case_no=r.choice(cases), paused_on=start, resumed_on=self.maybe(start + dt.timedelta(days=r.randrange(60))), reason=None))
        self.rows["recheck"] = [dict(recheck_no=f"FH{i}", case_no=r.choice(cases), rechecked_on=self.day(), rechecked_amount=self.money(),
                                     blind=self.some("yes", "no", None), state=self.some("valid", "void", None)) for i in many]
        self.rows["agency_engagement"] = [dict(engagement_no=f"WT{i}", agency=r.choice(agencies), case_no=self.maybe(r.choice(cases)), engaged_on=self.day(),
                                               fee=self.money(90000), deduction=self.maybe(self.money(900)), fee_paid_on=self.maybe(self.day())) for i in many]
        self.rows["network_unit"] = [dict(unit_name=unit_text(), joined_on=self.maybe(self.day()), left_on=self.maybe(self.day(), 0.6)) for _ in range(12)]
        self.rows["stability_test"] = []
        for i in many:
            end = self.time()
            self.rows["stability_test"].append(dict(
                test_no=f"CS{i}", started_at=end - dt.timedelta(hours=2), ended_at=end, targets=None, loss_percent=Decimal(r.randrange(400)) / 100,
                latency_p95_ms=Decimal(r.randrange(3000)) / 10, max_loss_percent=Decimal(2), max_latency_p95_ms=Decimal(150),
                minutes_file=self.maybe(f"纪要{i}.docx"), state=self.some("done", "void", None)))
        self.rows["ticket"] = []
        for i in many:
            opened = self.time()
            restored = self.maybe(opened + dt.timedelta(minutes=r.randrange(300)))
            self.rows["ticket"].append(dict(
                ticket_no=f"GD{i}", unit_name=unit_text(), opened_at=opened, restored_at=restored, closed_at=None, channel=self.some("remote", "im", "phone", "onsite"),
                category=self.some("fault", "fault", "request", "consult"), cause=self.some("own", "carrier", "power", "user", "planned", None),
                priority=None, state=self.some("open", "resolved", "closed", "void")))
        self.rows["incident"] = [dict(incident_no=f"SJ{i}", occurred_at=self.time(), kind=self.some("security", "availability", "data"), grade=self.some("1", "2", "3", "4"),
                                      restored_at=None, state=self.some("open", "closed", "void", None)) for i in many]
        self.rows["zero_report"] = [dict(subject="security_incident", month=f"{y}-{m:02}", reported_on=dt.date(y, m, 28), count=0)
                                    for y in (2025, 2026, 2027) for m in range(1, 13) if r.random() < 0.7]
        self.rows["outage"] = []
        for _ in range(25):
            start = self.time()
            self.rows["outage"].append(dict(system=self.some("一体化", "绩效平台"), started_at=start, ended_at=self.maybe(start + dt.timedelta(minutes=r.randrange(4000)), 0.1),
                                            planned=self.some("yes", "no", "no"), cause=None, state=self.some("valid", "valid", "void", None)))
        self.rows["inspection"] = [dict(inspection_no=f"JC{i}", kind=self.some("accounting_quality", "bookkeeping_agency", "special"), object=f"对象{r.randrange(30)}",
                                        concluded_on=self.maybe(self.day()), state=self.some("planned", "fieldwork", "concluded", "archived", "void")) for i in many]
        self.rows["finding"] = [dict(finding_no=f"WT{i}", source=self.some("inspection", "evaluation", "monitoring", "audit"), unit_name=unit_text(), problem=f"问题{i}", basis=None,
                                     due_on=self.day(), extended_to=self.maybe(self.day(), 0.8), verified_on=self.maybe(self.day(), 0.4),
                                     state=self.some("open", "replied", "verified", "closed", "void", None)) for i in many]
        enterprises = [f"9142{i:014}" for i in range(20)]
        self.rows["enterprise"] = [dict(credit_code=e, name=f"企业{e[-3:]}", listed_on=self.maybe(self.day()), delisted_on=self.maybe(self.day(), 0.7)) for e in enterprises]
        self.rows["soe_assessment"] = [dict(enterprise=r.choice(enterprises), year=2026, score=Decimal("88.5"), grade="B", concluded_on=self.maybe(self.day())) for _ in range(30)]
        shops = [f"M{i:03}" for i in range(60)]
        self.rows["shopfront"] = [dict(code=s, address=f"解放路{s}号", area=Decimal("35.5"), acquired_on=self.maybe(self.day()), disposed_on=self.maybe(self.day(), 0.8),
                                       appraised_monthly_rent=None, state=self.some("idle", "let", None)) for s in shops]
        self.rows["tenant"] = [dict(code=f"C{i}", name=f"承租人{i}", phone=None) for i in range(20)]
        leases = [f"HT{i:03}" for i in range(80)]
        self.rows["lease"] = []
        for number in leases:
            start = self.day("2018-01-01", 3000)
            end = start + dt.timedelta(days=r.randrange(30, 2500))
            self.rows["lease"].append(dict(
                lease_no=number, shopfront=r.choice(shops), tenant=f"C{r.randrange(20)}", starts_on=start, ends_on=end,
                terminated_on=self.maybe(start + dt.timedelta(days=r.randrange((end - start).days + 1)), 0.8), monthly_rent=self.money(9000), deposit=None,
                rent_free_months=self.some(None, 0, 1, 3), step_percent=self.some(None, Decimal("3"), Decimal("2.5"), Decimal("5.125")), pay_every_months=self.some(None, 1, 3),
                opening_arrears=self.maybe(self.money(5000), 0.7), approval_no=None, state=self.some("valid", "valid", "valid", "void", None)))
        self.rows["rent_waiver"] = [dict(waiver_no=f"JM{i}", lease_no=r.choice(leases), month=f"{r.randrange(2020, 2028)}-{r.randrange(1, 13):02}", amount=self.money(3000),
                                         approval_no="批", state=self.some("valid", "void", None)) for i in range(40)]
        self.rows["rent_receipt"] = [dict(receipt_no=f"SK{i}", lease_no=r.choice(leases), received_on=self.day("2019-01-01", 3000), amount=self.money(60000) - 5000,
                                          kind=self.some("rent", "rent", "deposit", "penalty"), treasury_slip_no=None, state=self.some("valid", "valid", "void", None)) for i in range(400)]
        self.rows["maintenance_order"] = [dict(order_no=f"WX{i}", shopfront=r.choice(shops), reported_on=self.day(), finished_on=self.maybe(self.day()), cost=self.money(2000)) for i in many]
        self.rows["asset_check"] = [dict(report_year=2025, unit_name=unit_text(), check_no=f"{r.randrange(9)}", checked_on=self.day(), passed=self.some("yes", "yes", "no")) for _ in many]
        self.rows["satisfaction_answer"] = [dict(survey=self.some("窗口服务", "评审服务"), answered_at=self.time(), group=None, answer=self.some("5", "4", "3", "2", "1")) for _ in many]
        self.rows["key_project"] = [dict(project=project(), year=2026, purpose=self.some("monitoring", "evaluation"), done_on=self.maybe(self.day())) for _ in range(25)]
        self.rows["evaluation_result"] = [dict(project=project(), year=self.some(2025, 2026), graded_on=self.day(), grade="良") for _ in range(30)]
        self.rows["result_use"] = [dict(project=project(), year=self.some(2025, 2026), applied_on=self.day(), how="压减", changed_amount=None) for _ in range(15)]
        self.rows["goal_review"] = [dict(unit_name=unit_text(), year=2026, round=1, reviewed_on=self.day(), grade="良", reviewer=None, state=self.some("done", "void", None)) for _ in many]
        self.rows["platform_system"] = [dict(system=f"系统{r.randrange(5)}", maintained_from=self.day(), maintained_to=self.maybe(self.day())) for _ in range(8)]
        self.rows["work_task"] = [dict(task_no=f"RW{i}", name=f"任务{i}", project=self.maybe(project()), due_on=self.day(), done_on=self.maybe(self.day()), proof_file=None,
                                       state=self.some("open", "done", "void", None)) for i in many]
        self.rows["backup_drill"] = [dict(drill_no="YL1", system="一体化", held_on=self.day(), restored="yes", minutes_file=None)]

    # The measures, a function each.
    def live(self, type_, *void):
        return [row for row in self.rows[type_] if row.get("state") not in (void or ("void",))]

    @staticmethod
    def inside(value, a, b):
        if value is None:
            return False
        if isinstance(value, dt.datetime):
            value = value.astimezone(SHANGHAI).date()
        return a <= value <= b

    def concluded(self, a, b):
        return [c for c in self.rows["review_case"] if self.inside(c["concluded_on"], a, b) and c["state"] in ("concluded", "archived")]

    def budget(self, a, b, project=None):
        total = Decimal(0)
        for line in self.rows["budget_line"]:
            if a.year <= line["year"] <= b.year and project in (None, line["project"]):
                amount = line["adjusted_amount"] if line["adjusted_amount"] is not None else line["initial_amount"]
                total += amount or 0
        return total

    def paid(self, a, b, project=None):
        return sum((p["amount"] for p in self.live("payment") if self.inside(p["paid_on"], a, b) and project in (None, p["project"])), Decimal(0))

    def on_time(self, a, b):
        cases = [c for c in self.concluded(a, b) if c["accepted_on"]]
        good = 0
        for case in cases:
            pauses = [p for p in self.rows["case_pause"] if p["case_no"] == case["case_no"]]
            days, day = 0, case["accepted_on"] + dt.timedelta(days=1)
            while day <= case["concluded_on"]:
                paused = any(p["paused_on"] <= day and (p["resumed_on"] is None or day < p["resumed_on"]) for p in pauses)
                days += self.holidays.works(day) and not paused
                day += dt.timedelta(days=1)
            good += days <= 30
        return rate(good, len(cases))

    def faults(self, a, b):
        return [t["restored_at"] - t["opened_at"] for t in self.live("ticket") if t["category"] == "fault" and t["cause"] in ("own", None) and self.inside(t["restored_at"], a, b)]

    def availability(self, a, b, system=None):
        begin = dt.datetime(a.year, a.month, a.day, tzinfo=SHANGHAI)
        end = dt.datetime(b.year, b.month, b.day, tzinfo=SHANGHAI) + dt.timedelta(days=1)
        down = [(max(o["started_at"], begin), min(o["ended_at"] or end, end)) for o in self.live("outage") if o["planned"] == "no" and system in (None, o["system"])]
        total, reached = dt.timedelta(), begin
        for start, stop in sorted(d for d in down if d[0] < d[1]):
            start = max(start, reached)
            if start < stop:
                total += stop - start
                reached = stop
        whole = Decimal(int((end - begin).total_seconds()))
        return two((whole - Decimal(int(total.total_seconds()))) * 100 / whole)

    @staticmethod
    def month_start(start, n):
        months = start.year * 12 + start.month - 1 + n
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))

    def arrears(self, b):
        total = Decimal(0)
        for lease in self.live("lease"):
            owed = lease["opening_arrears"] or Decimal(0)
            n = 0
            while True:
                due = self.month_start(lease["starts_on"], n)
                if due > b or due > lease["ends_on"] or (lease["terminated_on"] and due > lease["terminated_on"]):
                    break
                if n >= (lease["rent_free_months"] or 0):
                    owed += (lease["monthly_rent"] * (1 + (lease["step_percent"] or Decimal(0)) / 100) ** (n // 12)).quantize(Decimal("0.01"), ROUND_HALF_UP)
                n += 1
            owed -= sum(w["amount"] for w in self.live("rent_waiver") if w["lease_no"] == lease["lease_no"] and dt.date.fromisoformat(w["month"] + "-01") <= b)
            owed -= sum(s["amount"] for s in self.live("rent_receipt") if s["lease_no"] == lease["lease_no"] and s["kind"] == "rent" and s["received_on"] <= b)
            total += max(owed, Decimal(0))
        return two(total / 10000)

    def rectified(self, a, b, *sources):
        found = [f for f in self.live("finding") if f["source"] in sources and self.inside(f["due_on"], a, b)]
        return rate(sum(1 for f in found if f["verified_on"] and f["verified_on"] <= b), len(found))

    def tests(self, a, b):
        return [t for t in self.live("stability_test") if self.inside(t["ended_at"], a, b) and t["minutes_file"]]

    def shops(self, b):
        return [s for s in self.rows["shopfront"] if (s["acquired_on"] is None or s["acquired_on"] <= b) and (s["disposed_on"] is None or s["disposed_on"] > b)]

    def named(self, text):
        return self.canonical.get(text, text)

    def measures(self, a, b):
        """id → value as the contract writes it."""
        inside = lambda value: self.inside(value, a, b)
        cases = self.concluded(a, b)
        both = [c for c in cases if c["submitted_amount"] is not None and c["concluded_amount"] is not None]
        saved = sum((c["submitted_amount"] - c["concluded_amount"] for c in both), Decimal(0))
        by_number = {c["case_no"]: c for c in self.rows["review_case"]}
        rechecks = [(x["rechecked_amount"], by_number[x["case_no"]]["concluded_amount"]) for x in self.live("recheck") if inside(x["rechecked_on"])]
        rechecks = [x for x in rechecks if x[1] is not None]
        faults = self.faults(a, b)
        tests = self.tests(a, b)
        good_tests = [t for t in tests if t["loss_percent"] <= t["max_loss_percent"] and t["latency_p95_ms"] <= t["max_latency_p95_ms"]]
        inspected = lambda kind: str(len({i["object"] for i in self.rows["inspection"] if i["kind"] == kind and inside(i["concluded_on"]) and i["state"] in ("concluded", "archived")}))
        key = lambda purpose: str(len({k["project"] for k in self.rows["key_project"] if k["purpose"] == purpose and inside(k["done_on"])}))
        results = {(e["project"], e["year"]) for e in self.rows["evaluation_result"] if inside(e["graded_on"])}
        used = {(u["project"], u["year"]) for u in self.rows["result_use"] if u["applied_on"] <= b}
        tasks = [t for t in self.live("work_task") if inside(t["due_on"])]
        shops = self.shops(b)
        let = {l["shopfront"] for l in self.live("lease") if l["starts_on"] <= b <= l["ends_on"] and (l["terminated_on"] is None or l["terminated_on"] >= b)}
        checks = [c for c in self.rows["asset_check"] if inside(c["checked_on"])]
        listed = [e for e in self.rows["enterprise"] if (e["listed_on"] is None or e["listed_on"] <= b) and (e["delisted_on"] is None or e["delisted_on"] > b)]
        assessed = {s["enterprise"] for s in self.rows["soe_assessment"] if inside(s["concluded_on"])}
        answers = [s["answer"] in ("4", "5") for s in self.rows["satisfaction_answer"] if inside(s["answered_at"])]
        return {
            "execution.budget": two(self.budget(a, b) / 10000), "execution.paid": two(self.paid(a, b) / 10000), "execution.rate": rate(self.paid(a, b), self.budget(a, b)),
            "review.concluded_count": str(len(cases)), "review.agencies_engaged": str(len({e["agency"] for e in self.rows["agency_engagement"] if inside(e["engaged_on"])})),
            "review.recheck_error_rate": rate(sum(abs(x - y) for x, y in rechecks), sum(y for _, y in rechecks)),
            "review.savings": two(saved / 10000), "review.reduction_rate": rate(saved, sum(c["submitted_amount"] for c in both)),
            "review.on_time_rate": self.on_time(a, b),
            "review.fees_paid": two(sum((e["fee"] - (e["deduction"] or 0) for e in self.rows["agency_engagement"] if inside(e["fee_paid_on"])), Decimal(0)) / 10000),
            "network.stability_tests": str(len(tests)), "network.stability_pass_rate": rate(len(good_tests), len(tests)),
            "network.units_served": str(len({self.named(n["unit_name"]) for n in self.rows["network_unit"]
                                             if (n["joined_on"] is None or n["joined_on"] <= b) and (n["left_on"] is None or n["left_on"] >= a)})),
            "network.online_resolved": str(sum(1 for t in self.rows["ticket"] if t["channel"] != "onsite" and inside(t["restored_at"]) and t["state"] in ("resolved", "closed"))),
            "network.security_incidents": str(sum(1 for i in self.live("incident") if i["kind"] == "security" and inside(i["occurred_at"]))),
            "network.repair_hours_max": two(Decimal(int(max(faults).total_seconds())) / 3600) if faults else None,
            "network.repair_within_2h_rate": rate(sum(1 for f in faults if f <= dt.timedelta(hours=2)), len(faults)),
            "platform.availability": self.availability(a, b),
            "supervision.accounting_quality_units": inspected("accounting_quality"), "supervision.bookkeeping_agencies": inspected("bookkeeping_agency"),
            "supervision.rectification_rate": self.rectified(a, b, "inspection"), "performance.rectification_rate": self.rectified(a, b, "evaluation", "monitoring", "audit"),
            "performance.units_reviewed": str(len({self.named(g["unit_name"]) for g in self.live("goal_review") if inside(g["reviewed_on"])})),
            "performance.key_monitored": key("monitoring"), "performance.key_evaluated": key("evaluation"),
            "performance.result_application_rate": rate(len(results & used), len(results)),
            "performance.systems_maintained": str(len({p["system"] for p in self.rows["platform_system"] if p["maintained_from"] <= b and (p["maintained_to"] is None or p["maintained_to"] >= a)})),
            "tasks.on_time_rate": rate(sum(1 for t in tasks if t["done_on"] and t["done_on"] <= t["due_on"]), len(tasks)),
            "assets.shopfronts": str(len(shops)),
            "assets.rent_income": two(sum((s["amount"] for s in self.live("rent_receipt") if s["kind"] == "rent" and inside(s["received_on"])), Decimal(0)) / 10000),
            "assets.arrears": self.arrears(b), "assets.occupancy_rate": rate(sum(1 for s in shops if s["code"] in let), len(shops)),
            "assets.report_accuracy": rate(sum(1 for c in checks if c["passed"] == "yes"), len(checks)),
            "assets.maintenance_cost": two(sum((m["cost"] for m in self.rows["maintenance_order"] if inside(m["finished_on"])), Decimal(0)) / 10000),
            "assets.soe_assessed_rate": rate(sum(1 for e in listed if e["credit_code"] in assessed), len(listed)),
            "satisfaction.rate": rate(sum(answers), len(answers)),
        }

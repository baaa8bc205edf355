"""A second scorer, written from the contract of scoring with fractions alone, against `jiheng score --json` on random tables and on spoilt
ones; and the examples in ../shared, where they lie beside the project. Nothing here is taken from the program's own results."""
import json
import os
import pathlib
import random
import subprocess
import sys
from fractions import Fraction

JIHENG = os.environ["JIHENG"]
EXAMPLES = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "examples" / "scoring" / "cases.json"
COST, OUTPUT, BENEFIT, SATISFACTION = "成本指标", "产出指标", "效益指标", "满意度指标"
faults = []


class Refused(Exception):
    pass


def printed(value, places=2):
    """Rounded half up, as text; nothing here is below zero."""
    units = (value * 10 ** places * 2 + 1) // 2
    return f"{units // 100}.{units % 100:02d}"


def cut(value):
    return Fraction(value * 100 // 1, 100)


def split(total, count):
    each = cut(Fraction(total) / count)
    return [each] * (count - 1) + [total - each * (count - 1)]


def weights(pack, indicators):
    given = [i["weight"] for i in indicators]
    if any(given) and not all(given):
        raise Refused("mixed")
    if all(given):
        found = [Fraction(w) for w in given]
        if sum(found) != 90:
            raise Refused("sum")
    else:
        levels = [i["level1"] for i in indicators]
        has_cost = COST in levels
        if pack == "cn-2020":
            levels = [OUTPUT if level == COST else level for level in levels]
        share = {OUTPUT: 50, BENEFIT: 30, SATISFACTION: 10}
        if pack == "cn-2021" and has_cost:
            share = {COST: 20, OUTPUT: 40, BENEFIT: 20, SATISFACTION: 10}
        if SATISFACTION not in levels:
            share[BENEFIT] += share.pop(SATISFACTION)
        if BENEFIT not in levels:
            share[OUTPUT] += share.pop(BENEFIT)
        if not set(levels) <= set(share):
            raise Refused("level")
        found = [None] * len(indicators)
        for level, total in share.items():
            rows = [n for n, each in enumerate(levels) if each == level]
            for n, weight in zip(rows, split(total, len(rows))):
                found[n] = weight
    applies = [n for n, i in enumerate(indicators) if not i["not_applicable"]]
    if len(applies) == len(indicators):
        return found
    whole = sum(found[n] for n in applies)
    if whole == 0:
        raise Refused("zero")
    scaled = [None] * len(indicators)
    for n in applies[:-1]:
        scaled[n] = cut(found[n] * 90 / whole)
    scaled[applies[-1]] = 90 - sum(scaled[n] for n in applies[:-1])
    return scaled


def indicator_score(i, w):
    if i["comparator"] == "qualitative":
        if i["judged_percent"] is not None and not 0 <= Fraction(i["judged_percent"]) <= 100:
            raise Refused("percent")
        if i["actual"] is None or i["judged_percent"] is None:
            return None, False, Fraction(0)
        percent = Fraction(i["judged_percent"])
        return printed(percent), percent >= 80, w * percent / 100
    if i["value"] is None or Fraction(i["value"]) < 0:
        raise Refused("target")
    t = Fraction(i["value"])
    if i["actual"] is None:
        return None, False, Fraction(0)
    a = Fraction(i["actual"])
    if a < 0:
        raise Refused("actual")
    direction = i["direction"] or {">=": "forward", ">": "forward", "<=": "reverse", "<": "reverse", "=": "exact"}[i["comparator"]]
    met = {">=": a >= t, ">": a > t, "<=": a <= t, "<": a < t, "=": a == t}[i["comparator"]]
    if direction == "forward":
        score = w if a >= t else w * a / t
    elif direction == "reverse":
        score = w if a <= t else w * t / a
    else:
        score = w if a == t else w * min(a, t) / max(a, t)
    over, under = (t, a) if direction == "reverse" else (a, t)
    return printed(over * 100 / under) if under else None, met, score


def score(pack, table):
    indicators, execution = table["indicators"], table["execution"]
    if not any(i["level1"] == OUTPUT and not i["not_applicable"] for i in indicators):
        raise Refused("no output")
    if not execution["budget"] or Fraction(execution["budget"]) == 0:
        raise Refused("budget")
    rate = Fraction(execution["executed"]) / Fraction(execution["budget"])
    out = {"execution": {"rate": printed(rate * 100), "weight": "10.00", "score": printed(min(Fraction(10), 10 * rate))}, "indicators": []}
    total = Fraction(out["execution"]["score"])
    for n, (i, w) in enumerate(zip(indicators, weights(pack, indicators))):
        row = {"indicator": n, "weight": None, "achievement": None, "met": None, "score": None}
        if not i["not_applicable"]:
            achievement, met, points = indicator_score(i, w)
            row.update(weight=printed(w), achievement=achievement, met=met, score=printed(points))
            total += Fraction(row["score"])
        out["indicators"].append(row)
    out["total"] = printed(total)
    out["grade"] = "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"
    return out


def decimal(dice):
    number = dice.choice([str(dice.randrange(0, 12)), str(dice.randrange(0, 200000)), f"{dice.randrange(0, 500)}.{dice.randrange(0, 1000)}",
                          "0", "0.0", "0.000001", "12345678901234567890.123", "95", "100"])
    return number


def any_indicator(dice, level):
    comparator = dice.choice([">=", "<=", ">", "<", "=", "qualitative"])
    i = {"level1": level, "level2": None, "level3": f"指标{dice.randrange(100)}", "comparator": comparator, "value": decimal(dice), "unit": "个",
         "weight": None, "actual": decimal(dice), "judged_percent": None, "not_applicable": dice.random() < 0.15,
         "direction": dice.choice([None] * 6 + ["forward", "reverse", "exact"])}
    if comparator == "qualitative":
        i.update(value="有所改善", actual="已改善", judged_percent=dice.choice(["0", "100", "79.99", "80", "60", str(dice.randrange(101)), None]))
    elif dice.random() < 0.3:
        i["actual"] = i["value"]
    if dice.random() < 0.1:
        i["actual"] = None
    return i


def any_table(dice):
    levels = [level for level in (COST, OUTPUT, BENEFIT, SATISFACTION) if level == OUTPUT or dice.random() < 0.7]
    indicators = [any_indicator(dice, dice.choice(levels)) for _ in range(dice.randrange(1, 12))]
    if dice.random() < 0.5:
        indicators.sort(key=lambda i: (COST, OUTPUT, BENEFIT, SATISFACTION).index(i["level1"]))
    if dice.random() < 0.5:
        rest = Fraction(90)
        for i in indicators[:-1]:
            units = 10 ** dice.randrange(0, 4)
            share = Fraction(rest * units // dice.randrange(2, 8), units)
            i["weight"] = as_decimal(share)
            rest -= share
        indicators[-1]["weight"] = as_decimal(rest)
    return {"kind": "self_evaluation", "unit_name": "某局", "indicators": indicators,
            "execution": {"budget": dice.choice(["100", "1813.77", "0.03", str(dice.randrange(1, 10 ** 9))]), "executed": decimal(dice)}}


def as_decimal(fraction):
    thousandths = fraction * 1000
    assert thousandths.denominator == 1
    return f"{thousandths.numerator // 1000}.{thousandths.numerator % 1000:03d}"


def spoil(dice, table):
    """One thing wrong that the contract refuses; a table may be refused for another reason too."""
    i = dice.choice(table["indicators"])
    fault = dice.randrange(10)
    if fault == 0:
        table["execution"]["budget"] = dice.choice(["0", None, "0.00"])
    elif fault == 1:
        i["weight"] = "91" if i["weight"] is None or dice.random() < 0.5 else None
    elif fault == 2 and i["comparator"] != "qualitative":
        i["value"] = "-1"
    elif fault == 3 and i["comparator"] != "qualitative":
        i["actual"] = "-0.5"
    elif fault == 4 and i["comparator"] != "qualitative":
        i["value"] = None
    elif fault == 5 and i["comparator"] == "qualitative":
        i["judged_percent"] = dice.choice(["100.01", "-1"])
    elif fault == 6:
        i["level1"] = "管理指标"
    elif fault == 7:
        for each in table["indicators"]:
            each["not_applicable"] = each["not_applicable"] or each["level1"] == OUTPUT
    elif fault == 8:
        table["execution"] = {"budget": None, "executed": "1"}


def run(pack, tables):
    return subprocess.run([JIHENG, "score", "--json", "--pack", pack, "-"], input=json.dumps(tables, ensure_ascii=False).encode(),
                          capture_output=True, timeout=300)


def compare(pack, tables, expected, what):
    done = run(pack, tables)
    if done.returncode != 0:
        faults.append(f"{what}, {pack}: status {done.returncode}: {done.stderr.decode()[:300]}")
        return
    for n, (table, want, got) in enumerate(zip(tables, expected, json.loads(done.stdout), strict=True)):
        if got != {"table": n, "pack": pack + "@1", **want}:
            faults.append(f"{what}, {pack}: {json.dumps(table, ensure_ascii=False)}\n  gives {got}\n  instead of {want}")


def check_random(seed=20200225, count=4000):
    dice = random.Random(seed)
    for pack in ("cn-2020", "cn-2021"):
        tables, expected = [], []
        while len(tables) < count:
            table = any_table(dice)
            try:
                expected.append(score(pack, table))
            except Refused:
                continue
            tables.append(table)
        compare(pack, tables, expected, "random tables")
    return 2 * count


def check_refusals(seed=7, count=200):
    dice = random.Random(seed)
    refused = 0
    for n in range(count):
        pack, table = dice.choice(["cn-2020", "cn-2021"]), any_table(dice)
        spoil(dice, table)
        try:
            compare(pack, [table], [score(pack, table)], "spoilt table that is sound")
        except Refused as why:
            refused += 1
            done = run(pack, [table])
            if done.returncode != 2 or done.stdout or "第1张表" not in done.stderr.decode():
                faults.append(f"not refused ({why}): {json.dumps(table, ensure_ascii=False)}: {done.returncode} {done.stderr.decode()[:200]}")
    return refused


def check_examples():
    if not EXAMPLES.exists():
        return 0
    cases = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    for pack in sorted({case["pack"] for case in cases}):
        own = [case for case in cases if case["pack"] == pack]
        compare(pack, [case["table"] for case in own], [case["expected"] for case in own], "examples")
        for case in own:
            if score(pack, case["table"]) != case["expected"]:
                faults.append("the second scorer differs from an example")
    return len(cases)


def main():
    examples, tables, refused = check_examples(), check_random(), check_refusals()
    for fault in faults[:10]:
        print("scores:", fault)
    print(f"scores: {examples} examples, {tables} random tables against a second scorer, {refused} spoilt ones refused; {len(faults)} faults")
    return 1 if faults or refused < 50 else 0


sys.exit(main())

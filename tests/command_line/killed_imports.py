"""Kill -9 in the middle of an import of 100 files, fifty times at random moments: verify passes, every file is wholly in or wholly out,
and importing again brings the rest in."""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

JIHENG = os.environ["JIHENG"]
FILES, TIMES = 100, 50
FORM = """2026年项目支出绩效目标表
填报单位（盖章）：第{n}镇财政所    金额单位：万元
项目名称\t第{n}镇道路养护
年度本级预算金额\t{n}
本年度绩效目标\t养护道路。
一级指标\t二级指标\t三级指标\t指标值类型\t指标值\t度量单位
产出指标\t数量指标\t养护里程\t≥\t{n}\t公里
效益指标\t社会效益指标\t通行村数\t≥\t3\t个
满意度指标\t服务对象满意度指标\t村民满意度\t≥\t90\t%
"""


def jiheng(*arguments, **more):
    return subprocess.run([JIHENG, *arguments], capture_output=True, text=True, timeout=120, **more)


def stored(place):
    """Name of the unit → number of indicators of its tables."""
    out = jiheng("export", *place, "--what", "list", "--to", "json", "--out", "-").stdout
    return {item["unit_name"]: item["tables"] for item in json.loads(out)["items"]}


def main():
    chance = random.Random(20261124)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for n in range(1, FILES + 1):
            path = pathlib.Path(folder) / f"{n:03}.txt"
            path.write_text(FORM.format(n=n), encoding="utf-8")
            files.append(str(path))
        started = time.monotonic()
        place = ["--db", f"sqlite:{folder}/whole/jiheng.db", "--data", f"{folder}/whole"]
        whole = jiheng("import", *place, *files)
        if whole.returncode != 0:
            print("import failed:", whole.stderr)
            return 1
        full_time = time.monotonic() - started
        seen = set()
        for turn in range(TIMES):
            place = ["--db", f"sqlite:{folder}/{turn}/jiheng.db", "--data", f"{folder}/{turn}"]
            # A session of its own, so that the workers die with their parent.
            process = subprocess.Popen([JIHENG, "import", *place, *files], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            time.sleep(chance.uniform(0, full_time))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            verified = jiheng("admin", "verify", *place)
            if verified.returncode != 0:
                print(f"turn {turn}: verify: {verified.stdout}{verified.stderr}")
                return 1
            units = stored(place)
            seen.add(len(units))
            if any(tables != 1 for tables in units.values()):
                print(f"turn {turn}: a file is half in: {units}")
                return 1
            if turn % 10 == 0:
                again = jiheng("import", *place, *files)
                if again.returncode != 0 or len(stored(place)) != FILES:
                    print(f"turn {turn}: the rest did not come in: {again.stderr}")
                    return 1
        print(f"killed imports: {TIMES} times killed, with {min(seen)} to {max(seen)} of {FILES} files in; every file whole")
    return 0


sys.exit(main())

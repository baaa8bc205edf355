"""make_forms.py FOLDER COUNT: as many units' forms, an overall table and two projects each, as tab separated text."""
import pathlib
import random
import sys

LEVELS = [("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("成本指标", "经济成本指标"),
          ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标")]
THINGS = ["清淤河道", "检修设备", "组织培训", "开展督查", "更新台账", "新建站点", "回访群众", "发放补助"]


def indicators(rng, count):
    rows = ["一级指标\t二级指标\t三级指标\t指标值\t指标解释"]
    for i in range(count):
        level1, level2 = LEVELS[i * len(LEVELS) // count]
        value = f"≥{rng.randint(80, 99)}%" if level2 in ("质量指标", "服务对象满意度指标") else f"≤{rng.randint(10, 900)}万元" if level1 == "成本指标" else f"≥{rng.randint(2, 400)}个"
        rows.append(f"{level1}\t{level2}\t{rng.choice(THINGS)}第{i + 1}项{'合格率' if '%' in value else '数'}\t{value}\t按年度台账统计，以验收单为准")
    return "\n".join(rows)


def form(number, rng):
    unit = f"某县第{number + 1}局"
    basic, project = rng.randint(100, 3000), rng.randint(20, 900)
    parts = [f"2026年部门整体支出绩效目标表\n填报单位：{unit}\n金额单位：万元\n年度履职目标\t保障机构运转，完成年度任务。\n资金总额\t{basic + project}\n基本支出\t{basic}\n项目支出\t{project}\n{indicators(rng, 35)}"]
    for name in ("河道清淤专项", "设备更新专项"):
        parts.append(f"2026年项目支出绩效目标表\n填报单位：{unit}\n项目名称\t{name}\n年度资金总额\t{project // 2}\n年度绩效目标\t按期完成，群众满意。\n{indicators(rng, 12)}")
    return "\n\n".join(parts) + "\n"


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(2026)
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(form(number, rng), encoding="utf-8")


main()

#!/usr/bin/env python3
"""Does a draw of projects again: verify_draw.py DRAW.json (GET /api/v1/evaluation-draws/ID). Exit 0 where everything is as it was told."""
import hashlib
import json
import sys


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def faults(draw):
    if sha256(draw["seed"]) != draw["seed_hash"]:
        yield "种子与封存时公布的校验值不符"
    list_hash = sha256("".join(line + "\n" for line in draw["lines"]))
    if list_hash != draw["list_hash"]:
        yield "名单与封存时公布的校验值不符"
    tickets = [sha256("\n".join([draw["seed"], draw["beacon"], list_hash, line])) for line in draw["lines"]]
    order = sorted(range(len(tickets)), key=tickets.__getitem__)
    if order[: draw["count"]] != draw["chosen"]:
        yield "抽取结果与重新计算的不符"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        draw = json.load(file)
    if not draw["drawn"]:
        sys.exit("还没有抽取")
    found = list(faults(draw))
    for each in found:
        print(each)
    if not found:
        print("与公布的一致，抽中：")
        for at in draw["chosen"]:
            print(draw["lines"][at])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

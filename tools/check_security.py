#!/usr/bin/env python3
"""Holds docs/security.md to the tests it names: `file` `Suite.Name` for GoogleTest, `file` "title" for the others."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
table = (root / "docs/security.md").read_text(encoding="utf-8")

faults = []
named = 0
for number, line in enumerate(table.splitlines(), 1):
    if not line.startswith("| ") or line.startswith("| item"):
        continue
    proof = line.rstrip().rstrip("|").rsplit("|", 1)[1].strip()
    tests = re.findall(r'`([^`]+\.(?:cpp|mjs|ts))` (?:`(\w+)\.(\w+)`|"([^"]+)")', proof)
    if not tests and proof != "–":
        faults.append(f"docs/security.md:{number}: names no test and does not say that there is none")
    for file, suite, name, title in tests:
        named += 1
        path = root / file
        if not path.is_file():
            faults.append(f"docs/security.md:{number}: no file {file}")
            continue
        text = path.read_text(encoding="utf-8")
        is_there = title in text if title else re.search(rf"^TEST(?:_F|_P)?\({suite}, {name}\)", text, re.MULTILINE)
        if not is_there:
            faults.append(f"docs/security.md:{number}: {file} has no test {title or suite + '.' + name}")

print("\n".join(faults) or f"{named} tests named, all there")
sys.exit(bool(faults))

#!/usr/bin/env python3
"""Holds the modules of src/ to their order: a file may include headers of its own module and of those above it, never of those below.

The order is that of src/README.md. Third-party headers stay out of public headers, but for the standard library's.
"""
import pathlib
import re
import sys

ORDER = ["base", "goals", "reading", "policy", "auditing", "scoring", "writing", "store", "access", "registry", "ledgers", "desks", "service", "app"]
# Siblings that could use one another by the order, and must not: the formats know nothing of audit, the audit nothing of files.
FORBIDDEN = {("policy", "reading"), ("auditing", "reading"), ("scoring", "reading"), ("scoring", "auditing"), ("writing", "reading"),
             ("store", "goals"), ("store", "reading"), ("store", "policy"), ("store", "auditing"), ("store", "scoring"), ("store", "writing")}


def faults(source: pathlib.Path):
    for file in sorted(source.rglob("*")):
        if file.suffix not in (".h", ".cpp"):
            continue
        module = file.relative_to(source).parts[0]
        if module not in ORDER:
            yield f"{file}: the folder {module}/ is not in the order of modules"
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            found = re.match(r'#include "([a-z_]+)/', line)
            if not found or found[1] not in ORDER:
                continue
            if ORDER.index(found[1]) > ORDER.index(module) or (module, found[1]) in FORBIDDEN:
                yield f"{file}:{number}: {module}/ must not use {found[1]}/"


def main() -> int:
    found = list(faults(pathlib.Path(__file__).parent.parent / "src"))
    print("\n".join(found) if found else "modules in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

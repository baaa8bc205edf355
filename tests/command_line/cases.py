"""Runs cases/NAME/: `command` in a copy of the folder, with $JIHENG; its standard output must be `expected` where that file is there, its
exit status that of `status` (0 without one), and each line of `says` must stand in its standard error."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

CASES = pathlib.Path(__file__).parent / "cases"


def text(path):
    return path.read_text(encoding="utf-8") if path.exists() else None


def run(case):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "case"
        shutil.copytree(case, work)
        done = subprocess.run(["bash", "-c", text(case / "command")], cwd=work, capture_output=True, timeout=120, env=dict(os.environ, TZ="Asia/Shanghai"))
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    wrong = []
    wanted = int(text(case / "status") or 0)
    if done.returncode != wanted:
        wrong.append(f"exit status {done.returncode} instead of {wanted}; standard error: {err.strip()}")
    expected = text(case / "expected")
    if expected is not None and out != expected:
        wrong.append(f"standard output:\n{out}\ninstead of:\n{expected}")
    for line in (text(case / "says") or "").splitlines():
        if line not in err:
            wrong.append(f"standard error does not say {line!r}: {err.strip()}")
    return wrong


def main():
    failed = 0
    cases = sorted(p for p in CASES.iterdir() if (p / "command").exists())
    for case in cases:
        for wrong in run(case):
            failed += 1
            print(f"case {case.name}: {wrong}")
    print(f"command line cases: {len(cases)} run, {failed} faults")
    return 1 if failed or not cases else 0


sys.exit(main())

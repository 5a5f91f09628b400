#!/usr/bin/env python3
"""Instruction counts of each request kind in two worlds that differ by many hidden rows: equal within a limit.

Usage: instructions.py PROGRAM [LARGEST_DIFFERENCE_IN_PERCENT]
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LEAST_KINDS = 60


def run(program, folder):
    """The kinds asked, in order."""
    command = ["valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/out",
               program]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"instructions: the program ended with {done.returncode}")
    return done.stdout.splitlines()


def counts(folder):
    """Instructions by (world, kind), from the dumps."""
    found = {}
    for path in Path(folder).glob("out.*"):
        text = path.read_text(errors="replace")
        trigger = re.search(r"^desc: Trigger: Client Request: (few|many) (.*)$", text, re.M)
        total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
        if trigger and total:
            found[trigger[1], trigger[2]] = int(total[1])
    return found


def main():
    if shutil.which("valgrind") is None:
        sys.exit("instructions: valgrind is missing; ./dev test installs it")
    allowed = float(sys.argv[2]) if len(sys.argv) > 2 else 0.1
    with tempfile.TemporaryDirectory() as folder:
        kinds = run(sys.argv[1], folder)
        found = counts(folder)
    worst = []
    for kind in kinds:
        few, many = found.get(("few", kind)), found.get(("many", kind))
        if not few or not many:
            sys.exit(f"instructions: nothing was counted for {kind}")
        worst.append((100 * abs(many - few) / few, few, many, kind))
    worst.sort(reverse=True)
    for difference, few, many, kind in worst[:12]:
        print(f"{difference:8.3f} %  {few:>10}  {many:>10}  {kind}")
    over = sum(1 for row in worst if row[0] > allowed)
    print(f"instructions: {len(worst)} request kinds, largest difference {worst[0][0]:.3f} %, {over} over {allowed} %")
    if len(worst) < LEAST_KINDS:
        sys.exit(f"instructions: fewer than {LEAST_KINDS} kinds")
    sys.exit(1 if over else 0)


main()

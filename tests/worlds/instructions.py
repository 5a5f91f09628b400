#!/usr/bin/env python3
"""Instructions of each request kind in worlds that differ in hidden rows only (counted.h).

Usage: instructions.py PROGRAM MANY OTHERS EVEN  fails where few hidden rows differ from many by more than MANY percent,
                                             many from as many others by more than OTHERS percent, or the kinds
                                             that the file EVEN names by more than 0.1 percent
       instructions.py PROGRAM --leaks MANY  says of each planted leak whether it is "found", by a difference that it
                                             makes larger by more than MANY percent, or "lost"
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LEAST_KINDS = 60
EVEN_PERCENT = 0.1


def run(program, folder):
    """Fills the worlds and counts in them; what the counting program printed, line by line."""
    subprocess.run([program, "--fill", folder], check=True)
    command = ["valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/out",
               program, "--count", folder]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"instructions: the program ended with {done.returncode}")
    return done.stdout.splitlines()


def counts(folder):
    """Instructions by which world, then by kind, from the dumps."""
    found = {}
    for path in Path(folder).glob("out.*"):
        with path.open(errors="replace") as dump:
            text = dump.read()
        trigger = re.search(r"^desc: Trigger: Client Request: ([a-z:_]+) (.*)$", text, re.M)
        total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
        if trigger and total:
            found.setdefault(trigger[1], {})[trigger[2]] = int(total[1])
    return found


def differences(one, other):
    """(percent, one, other, kind), the largest first."""
    if not one or set(one) != set(other):
        sys.exit("instructions: some kinds were not counted")
    return sorted(((100 * abs(other[kind] - one[kind]) / one[kind], one[kind], other[kind], kind) for kind in one),
                  reverse=True)


def compare(name, worst, allowed, even):
    """True when no kind differs by more, and those of `even` by next to nothing."""
    for percent, one, other, kind in worst[:12]:
        print(f"{percent:8.3f} %  {one:>10}  {other:>10}  {kind}")
    over = [row[3] for row in worst if row[0] > (EVEN_PERCENT if row[3] in even else allowed)]
    missing = even - {row[3] for row in worst}
    for kind in sorted(missing):
        print(f"instructions: no request kind is called {kind}")
    within = sum(1 for row in worst if row[0] <= EVEN_PERCENT)
    print(f"instructions, {name}: {len(worst)} request kinds, largest difference {worst[0][0]:.3f} %, "
          f"median {worst[len(worst) // 2][0]:.3f} %, {within} within {EVEN_PERCENT} % ({len(even)} must be), "
          f"over their limit: {over if over else 'none'}")
    return not over and not missing and len(worst) >= LEAST_KINDS


def tell_leaks(names, found, allowed):
    off = {row[3]: row[0] for row in differences(found.get("few:off", {}), found.get("many:off", {}))}
    for name in names:
        rows = differences(found.get("few:" + name, {}), found.get("many:" + name, {}))
        percent, kind = max((row[0] - off[row[3]], row[3]) for row in rows)
        print(f"{'found' if percent > allowed else 'lost'} {name}\t{percent:.1f} % more work, {kind}")
    print("end")


def main():
    if shutil.which("valgrind") is None:
        sys.exit("instructions: valgrind is missing; ./dev test installs it")
    program, *limits = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        said = run(program, folder)
        found = counts(folder)
    if limits[0] == "--leaks":
        tell_leaks(said, found, float(limits[1]))
        return 0
    few, many, others = (found.get(name, {}) for name in ("few", "many", "others"))
    even = {line for line in Path(limits[2]).read_text().splitlines() if line and not line.startswith("#")}
    met = compare("few or many", differences(few, many), float(limits[0]), even)
    return 0 if compare("many or as many others", differences(many, others), float(limits[1]), even) and met else 1


sys.exit(main())

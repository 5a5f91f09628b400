#!/usr/bin/env python3
"""A case of tests/compile_fail is compiled twice: as it stands it must compile, with -DWRONG it must not.

Usage: compile_fail.py CASE COMPILER FLAG…

The error must match the case's `// expect: REGEX` line, so that a case cannot pass by failing for another reason.
"""

import re
import subprocess
import sys
from pathlib import Path


def compile_case(command, case):
    done = subprocess.run([*command, "-fsyntax-only", "-x", "c++", case], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def judge(case, command):
    """Why the case fails, or None."""
    expected = re.search(r"(?m)^// expect: (.+)$", Path(case).read_text(encoding="utf-8"))
    if not expected:
        return "the case has no `// expect: REGEX` line"
    compiles, errors = compile_case(command, case)
    if not compiles:
        return f"the right form does not compile:\n{errors}"
    compiles, errors = compile_case([*command, "-DWRONG"], case)
    if compiles:
        return "the wrong form compiles"
    if not re.search(expected[1].strip(), errors):
        return f"the wrong form fails for another reason than /{expected[1]}/:\n{errors}"
    return None


if __name__ == "__main__":
    reason = judge(sys.argv[1], sys.argv[2:])
    if reason:
        print(f"{sys.argv[1]}: {reason}")
    sys.exit(1 if reason else 0)

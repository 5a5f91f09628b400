#!/usr/bin/env python3
"""Every #include of ours obeys src/layers.txt: arrows only point down, modules of one row never meet, nobody includes app/.

Usage: layers_check.py ROOT
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import source_tree

INCLUDE = re.compile(r'(?m)^[ \t]*#[ \t]*include[ \t]+"([^"]+)"')
LINE = re.compile(r"^(\d+) ([a-z]+):((?: [a-z]+)*) *$")
TEST_SUPPORT = "support"


@dataclass(frozen=True)
class Module:
    row: int
    may_include: frozenset


def parse_layers(text):
    """(modules by name, problems of the file itself)."""
    modules, problems = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.match(line)
        if not match:
            problems.append(f"src/layers.txt:{number}: not `row module: names`: {line}")
            continue
        modules[match[2]] = Module(int(match[1]), frozenset(match[3].split()))
    for name, module in modules.items():
        for other in sorted(module.may_include):
            if other not in modules:
                problems.append(f"src/layers.txt: {name} may include {other}, which is not a module")
            elif modules[other].row >= module.row:
                problems.append(f"src/layers.txt: {name} (row {module.row}) may not point at {other} (row {modules[other].row})")
    return modules, problems


def why_not(modules, name, included, is_test):
    """Why a file of module `name` may not include the path, or None."""
    first = included.split("/")[0]
    if "/" not in included or included.startswith("."):
        return "is written without its module: module/file.h"
    if first == TEST_SUPPORT:
        return None if is_test else "is for tests only"
    if first == "app":
        return "belongs to app/, which nobody includes"
    if first not in modules:
        return f"names the unknown module {first}"
    if first == name or first in modules[name].may_include:
        return None
    return f"is not among what {name} may include: {' '.join(sorted(modules[name].may_include)) or 'nothing'}"


def check(root):
    root = Path(root)
    modules, problems = parse_layers(source_tree.read(root / "src/layers.txt"))
    for path in source_tree.files(root / "src", source_tree.CPP_SUFFIXES):
        where = path.relative_to(root)
        name = where.parts[1]
        if name not in modules:
            problems.append(f"{where}: src/{name} is not in src/layers.txt")
            continue
        text = source_tree.without_comments(source_tree.read(path))
        is_test = path.name.endswith("_test.cpp")
        for match in INCLUDE.finditer(text):
            reason = why_not(modules, name, match[1], is_test)
            if reason:
                problems.append(f'{where}:{source_tree.line_of(text, match.start(1))}: "{match[1]}" {reason}')
    return problems


if __name__ == "__main__":
    sys.exit(source_tree.report(check(sys.argv[1]), "layers"))

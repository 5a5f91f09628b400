#!/usr/bin/env python3
"""Pages that cannot rot: links lead somewhere, decision records stay short and whole, every module is explained.

Usage: docs_check.py ROOT
"""

import re
import sys
from pathlib import Path

import source_tree
from layers_check import parse_layers

LINK = re.compile(r"\]\(([^)\s#]+)(#[^)]*)?\)")
DECISION = re.compile(r"^\d{4}-[a-z0-9-]+\.md$")
MAX_DECISION_LINES = 60
DECISION_PARTS = ["**Situation.**", "**Choice.**", "**Rejected.**", "**What would change our mind.**"]


def broken_links(root):
    for page in source_tree.files(root, {".md"}):
        for match in LINK.finditer(source_tree.read(page)):
            target = match[1]
            if "://" not in target and not target.startswith(("mailto:", "/")) and not (page.parent / target).exists():
                yield f"{page.relative_to(root)}: the link to {target} leads nowhere"


def decision_defects(root):
    numbers = set()
    for page in source_tree.files(root / "docs/decisions", {".md"}):
        text = source_tree.read(page)
        if not DECISION.match(page.name):
            yield f"{page.name}: decisions are named NNNN-title.md"
        if page.name[:4] in numbers:
            yield f"{page.name}: the number {page.name[:4]} is taken"
        numbers.add(page.name[:4])
        if text.count("\n") > MAX_DECISION_LINES:
            yield f"{page.name}: {text.count(chr(10))} lines; the limit is {MAX_DECISION_LINES}"
        for part in DECISION_PARTS:
            if part not in text:
                yield f"{page.name}: {part} is missing"


def unexplained_modules(root):
    architecture = source_tree.read(root / "ARCHITECTURE.md")
    modules, _ = parse_layers(source_tree.read(root / "src/layers.txt"))
    for name in modules:
        if f"| `{name}` |" not in architecture:
            yield f"ARCHITECTURE.md: the module {name} has no line in the table"


def check(root):
    root = Path(root)
    return [*broken_links(root), *decision_defects(root), *unexplained_modules(root)]


if __name__ == "__main__":
    sys.exit(source_tree.report(check(sys.argv[1]), "documents"))

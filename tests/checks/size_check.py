#!/usr/bin/env python3
"""Functions stay under 60 lines and files under 500.

Usage: size_check.py ROOT

A function is a brace opened at namespace or class level after a parameter list. That is cruder than a compiler's view
and enough for code in one format; clang-tidy measures the same limit exactly on changed files.
"""

import re
import sys
from pathlib import Path

import source_tree

MAX_FUNCTION_LINES = 60
MAX_FILE_LINES = 500
FOLDERS = ["src", "app", "tests", "bench", "portal", "tools"]
SUFFIXES = {".cpp", ".h", ".ts", ".tsx", ".css", ".py", ".sh"}
# Data and what tools write: length says nothing about them.
EXCEPT = re.compile(r"(^|/)(golden|corpus|fixtures|generated)/|\.gen\.|\.d\.ts$")

SCOPE = re.compile(r"\b(namespace|class|struct|union|enum)\b|\bextern\s*\"?\s*C?\s*\"?\s*$")
TEMPLATE_HEAD = re.compile(r"\btemplate\s*<[^{};]*?>\s*(?=class|struct|union|requires|[A-Za-z_])")
PREPROCESSOR = re.compile(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*")


def opens_scope(head):
    """Whether the text before a brace opens a namespace or a type rather than a function or data."""
    bare = TEMPLATE_HEAD.sub("", head)
    return bool(SCOPE.search(bare)) and "(" not in re.sub(r"\b(alignas|__attribute__|decltype)\s*\([^)]*\)+", "", bare)


def opens_function(head):
    return ")" in head and not head.rstrip().endswith("=")


def functions(text):
    """(first line, last line, head) of every function body in C++ code."""
    code = source_tree.code_only(text)
    code = PREPROCESSOR.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), code)
    stack = []  # one of "scope", "function", "data" for each open brace
    start = 0
    body = None
    for match in re.finditer(r"[{};]", code):
        mark, offset = match[0], match.start()
        outside = all(kind == "scope" for kind in stack)
        if mark == "{":
            head = code[start:offset]
            kind = "scope" if outside and opens_scope(head) else "function" if outside and opens_function(head) else "data"
            if kind == "function":
                first = start + len(head) - len(head.lstrip())
                body = (source_tree.line_of(code, first), " ".join(head.split()), len(stack))
            stack.append(kind)
        elif mark == "}" and stack:
            stack.pop()
            if body and len(stack) == body[2]:
                yield body[0], source_tree.line_of(code, offset), body[1]
                body = None
        if all(kind == "scope" for kind in stack):
            start = offset + 1


def check(root):
    root = Path(root)
    problems = []
    paths = [path for folder in FOLDERS if (root / folder).is_dir() for path in source_tree.files(root / folder, SUFFIXES)]
    for path in paths + [root / "dev"] if (root / "dev").exists() else paths:
        where = path.relative_to(root).as_posix()
        if EXCEPT.search(where):
            continue
        text = source_tree.read(path)
        lines = text.count("\n")
        if lines > MAX_FILE_LINES:
            problems.append(f"{where}: {lines} lines; the limit is {MAX_FILE_LINES}: split it by purpose")
        if path.suffix not in source_tree.CPP_SUFFIXES:
            continue
        for first, last, head in functions(text):
            if last - first + 1 > MAX_FUNCTION_LINES:
                problems.append(f"{where}:{first}: {last - first + 1} lines; the limit is {MAX_FUNCTION_LINES}: {head[:80]}")
    return problems


if __name__ == "__main__":
    sys.exit(source_tree.report(check(sys.argv[1]), "sizes"))

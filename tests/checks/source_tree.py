"""What the source checks share: which files are ours, and C++ text without comments and strings."""

import re
from pathlib import Path

# Made by tools or fetched by them; never ours to check.
GENERATED = {"build", ".cache", ".git", "node_modules", "dist", "demo-data", "__pycache__"}

CPP_SUFFIXES = {".cpp", ".h"}

_CPP_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<text>R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)"
          | "(?:\\.|[^"\\\n])*"
          | (?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)
_SCRIPT_COMMENT = re.compile(r"(?m)^\s*#.*$")


def files(root, suffixes=None):
    """Paths below `root` that are ours, sorted; only those with one of `suffixes` when given."""
    found = []
    pending = [Path(root)]
    while pending:
        for path in pending.pop().iterdir():
            if path.name in GENERATED or path.is_symlink():
                continue
            if path.is_dir():
                pending.append(path)
            elif suffixes is None or path.suffix in suffixes:
                found.append(path)
    return sorted(found)


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """C++ or TypeScript with comments blanked; strings and line numbers stay."""
    return _CPP_TOKEN.sub(lambda match: _blank(match[0]) if match["comment"] else match[0], text)


def code_only(text):
    """C++ with comments and the contents of strings blanked; line numbers stay."""
    return _CPP_TOKEN.sub(lambda match: _blank(match[0]), text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def report(problems, subject):
    """Prints every problem; the exit code of a check."""
    for problem in problems:
        print(problem)
    print(f"{subject}: {len(problems)} problems" if problems else f"{subject}: fine")
    return 1 if problems else 0

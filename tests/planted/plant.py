#!/usr/bin/env python3
"""Plants leaks: copies the sources that tests/planted/*.leak quote, with the quotes replaced, and writes their table.

Usage: plant.py --root ROOT --out DIR      write the copies (DIR/src/...) and DIR/planted_table.inc
       plant.py --root ROOT --check        only say whether every leak applies
       plant.py --root ROOT --absent FILE  fail when the built program FILE holds a switch or the name of a leak

A leak is a text file. Heads come first, then pairs of blocks; a quote stands in its source exactly once:

    name: the_stem_of_the_file
    channel: class 4              a class of RELIABILITY 3, or the number of a channel of its section 4
    file: src/policy/reading.cpp
    why: One sentence: what the developer thought, and what leaks.
    include: planted/service_account.h      if the planted text needs a header (optional)
    --- original
    exact source text
    --- planted
    its replacement, which asks planted::is_on("the_stem_of_the_file")

Outputs that would not change are left alone, so that nothing is compiled again for nothing.
"""

import argparse
import json
import re
import sys
from pathlib import Path

HEADS = ("name", "channel", "file", "why")
OPTIONAL = ("include",)
CHANNEL = re.compile(r"^(class \d+|\d+|39 \(work\))(, (class \d+|\d+))*$")
SWITCH = re.compile(r'\bplanted::is_on\("([^"]*)"\)')
MARKS = {"--- original": "original", "--- planted": "planted"}


class Refused(Exception):
    """A leak that cannot be planted; the text says which, where and what to do."""


class Block:
    def __init__(self, line):
        self.line = line  # of the leak file, where the replacement begins
        self.original = []
        self.planted = []


class Leak:
    def __init__(self, path):
        self.path = path
        self.heads = {}
        self.blocks = []
        self._read(path.read_text(encoding="utf-8").splitlines())
        self._check()

    def refuse(self, what):
        raise Refused(f"{self.path}: {what}")

    def _read(self, lines):
        part = None
        for number, line in enumerate(lines, 1):
            if line in MARKS:
                self._begin(MARKS[line], part, number)
                part = MARKS[line]
            elif part:
                getattr(self.blocks[-1], part).append(line)
            elif line.strip():
                key, colon, value = line.partition(":")
                if not colon or key not in HEADS + OPTIONAL or key in self.heads:
                    self.refuse(f"line {number}: one each of {', '.join(HEADS)} is expected, as `key: text`")
                self.heads[key] = value.strip()

    def _begin(self, mark, part, number):
        if mark == "original":
            if part == "original":
                self.refuse(f"line {number}: the quote before has no `--- planted`")
            self.blocks.append(Block(0))
        elif part != "original":
            self.refuse(f"line {number}: `--- planted` follows its `--- original`")
        else:
            self.blocks[-1].line = number + 1

    def _check(self):
        for part in (part for block in self.blocks for part in (block.original, block.planted)):
            while part and not part[-1].strip():
                part.pop()
        for key in HEADS:
            if not self.heads.get(key):
                self.refuse(f"`{key}:` is missing")
        if self.heads["name"] != self.path.stem:
            self.refuse(f"its name is {self.heads['name']}; name and file name are one")
        if not CHANNEL.match(self.heads["channel"]):
            self.refuse("the channel is `class N`, the number of a channel, or `39 (work)`")
        if not self.blocks or not all(block.original and block.planted for block in self.blocks):
            self.refuse("at least one pair of `--- original` and `--- planted`, neither of them empty, is expected")
        asked = set(SWITCH.findall("\n".join("\n".join(block.planted) for block in self.blocks)))
        if asked != {self.heads["name"]}:
            self.refuse(f'it must ask planted::is_on("{self.heads["name"]}") and no other switch; it asks {sorted(asked)}')


class Edit:
    """One replacement in whole lines of the source: [first, last] become `lines`."""

    def __init__(self, leak, block, source):
        quote = "\n".join(block.original)
        count = source.count(quote)
        if count != 1:
            what = "is not there" if count == 0 else f"stands there {count} times"
            leak.refuse(
                f"its quote {what} in {leak.heads['file']}:\n\n{quote}\n\n"
                "Quote the present source (more lines, when it is not unique); the planted text must follow its meaning."
            )
        self.leak, self.line = leak, block.line
        self.begin = source.index(quote)
        self.end = self.begin + len(quote)
        self.text = "\n".join(block.planted)


def planted_source(path, source, edits):
    """The source with every edit applied; #line lets errors point into the leak, and back into the source after it."""
    edits = sorted(edits, key=lambda edit: edit.begin)
    for before, after in zip(edits, edits[1:]):
        if after.begin < before.end:
            after.leak.refuse(f"its quote overlaps that of {before.leak.path.name} in {path}")
    headers = sorted({"planted/planted.h"} | {edit.leak.heads.get("include", "planted/planted.h") for edit in edits})
    out = [f'#include "{header}"' for header in headers] + [f'#line 1 "{path}"']
    done = 0
    index = 0
    while index < len(edits):
        # Edits that share a line are written together.
        begin = source.rfind("\n", 0, edits[index].begin) + 1
        text, at, first = "", begin, edits[index]
        while index < len(edits) and (at == begin or "\n" not in source[at : edits[index].begin]):
            text += source[at : edits[index].begin] + edits[index].text
            at = edits[index].end
            index += 1
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        out += source[done:begin].splitlines()
        out += [f'#line {first.line} "tests/planted/{first.leak.path.name}"']
        out += (text + source[at:end]).splitlines()
        out += [f'#line {source.count(chr(10), 0, end) + 2} "{path}"']
        done = end + 1
    return "\n".join(out + source[done:].splitlines()) + "\n"


def read_leaks(root):
    return [Leak(path) for path in sorted((root / "tests/planted").glob("*.leak"))]


def planted_sources(root, leaks):
    """Path under the root -> text, for every source that a leak quotes."""
    found = {}
    for path in sorted({leak.heads["file"] for leak in leaks}):
        mine = [leak for leak in leaks if leak.heads["file"] == path]
        if not path.startswith("src/") or not (root / path).is_file():
            mine[0].refuse(f"there is no source {path}; name the file under src/ that holds the text now")
        source = (root / path).read_text(encoding="utf-8")
        found[path] = planted_source(path, source, [Edit(leak, block, source) for leak in mine for block in leak.blocks])
    return found


def table(leaks):
    rows = ("{" + ", ".join(json.dumps(leak.heads[head]) for head in HEADS) + "},\n" for leak in leaks)
    return "".join(rows)


def write(path, text):
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def traces_in(program, leaks):
    content = program.read_bytes()
    marks = [b"6hinomi7planted"] + [leak.heads["name"].encode() for leak in leaks]
    return [mark.decode() for mark in marks if mark in content]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--absent", type=Path)
    arguments = parser.parse_args()
    try:
        leaks = read_leaks(arguments.root)
        if arguments.absent:
            traces = traces_in(arguments.absent, leaks)
            if traces:
                raise Refused(f"{arguments.absent} holds what only a test may hold: {', '.join(traces)}")
            return 0
        sources = planted_sources(arguments.root, leaks)
    except Refused as refused:
        print(f"planted leaks: {refused}", file=sys.stderr)
        return 1
    if arguments.check:
        print(f"{len(leaks)} leaks apply to {len(sources)} sources")
        return 0
    for path, text in sources.items():
        write(arguments.out / path, text)
    write(arguments.out / "planted_table.inc", table(leaks))
    return 0


if __name__ == "__main__":
    sys.exit(main())

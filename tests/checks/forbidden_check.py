#!/usr/bin/env python3
"""Names that may not appear, with the reason and the one place that may use them: tests/checks/forbidden.toml.

Usage: forbidden_check.py ROOT

Every rule carries an example that it must catch; the check tries all examples first, so that a rule which no longer
works is a failure. An allowance that nothing needs is a failure too: the list can only shrink.
"""

import fnmatch
import hashlib
import re
import sys
import tomllib
from pathlib import Path

import source_tree

VIEWS = {
    "code": source_tree.code_only,
    "code and strings": source_tree.without_comments,
    "everything": lambda text: text,
}
WORD = re.compile(r"[A-Za-z]{3,}")
TEXT_SUFFIXES = {
    ".cpp", ".h", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".json", ".toml", ".txt", ".md", ".py", ".sh",
    ".cmake", ".yml", ".yaml", ".sql", ".service", "",
}  # fmt: skip
MAX_BYTES = 2_000_000


class Rule:
    def __init__(self, entry):
        self.name = entry["name"]
        self.reason = entry["reason"]
        self.pattern = re.compile(entry["pattern"], re.MULTILINE)
        self.paths = entry["in"]
        self.owners = entry.get("except", [])
        self.view = VIEWS[entry.get("look_at", "code")]
        self.examples = entry["examples"]
        self.harmless = entry.get("harmless", [])

    def applies_to(self, path):
        return matches_any(path, self.paths) and not matches_any(path, self.owners)

    def find(self, text):
        """Line numbers of what the rule forbids."""
        shown = self.view(text)
        return [source_tree.line_of(shown, match.start()) for match in self.pattern.finditer(shown)]

    def defects(self):
        """What is wrong with the rule itself, by its own examples."""
        missed = [f"rule {self.name} does not catch its example: {text}" for text in self.examples if not self.find(text)]
        wrong = [f"rule {self.name} catches what it calls harmless: {text}" for text in self.harmless if self.find(text)]
        return missed + wrong


def matches_any(path, globs):
    return any(fnmatch.fnmatchcase(path, glob) for glob in globs)


def digest(word):
    return hashlib.sha256(word.lower().encode()).hexdigest()[:16]


def readable(root):
    """(path below root, text) of every text file of ours."""
    for path in source_tree.files(root, TEXT_SUFFIXES):
        if path.stat().st_size <= MAX_BYTES:
            yield path.relative_to(root).as_posix(), source_tree.read(path)


def hidden_words(where, text, digests, seen):
    """Words whose digest is listed; a list that spelled them out would forbid itself."""
    for word in set(WORD.findall(text)):
        if word not in seen:
            seen[word] = digest(word) in digests
        if seen[word]:
            yield f"{where}: the word '{word}' may not appear in this project"


def check(root, rules_file):
    root = Path(root)
    listed = tomllib.loads(source_tree.read(Path(rules_file)))
    rules = [Rule(entry) for entry in listed["rule"]]
    problems = [defect for rule in rules for defect in rule.defects()]
    allowed = {(entry["rule"], entry["path"]): entry["reason"] for entry in listed.get("allow", [])}
    used, seen = set(), {}
    for where, text in readable(root):
        problems += hidden_words(where, text, set(listed["words"]["digests"]), seen)
        for rule in rules:
            lines = rule.find(text) if rule.applies_to(where) else []
            if lines and (rule.name, where) in allowed:
                used.add((rule.name, where))
                continue
            problems += [f"{where}:{line}: {rule.name}: {rule.reason}" for line in lines]
    problems += [f"forbidden.toml: the allowance of {path} from {name} is no longer needed" for name, path in sorted(set(allowed) - used)]
    return problems


if __name__ == "__main__":
    rules_path = Path(__file__).with_name("forbidden.toml")
    sys.exit(source_tree.report(check(sys.argv[1], rules_path), "forbidden names"))

#!/usr/bin/env python3
"""What plant.py promises, on a small tree of its own."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import plant

SOURCE = "int a() {\n  return 1;\n}\nint b() { return 2; }\n"
HEADS = "name: {name}\nchannel: class 4\nfile: src/x.cpp\nwhy: a reason\n"
BLOCK = "--- original\n{original}\n--- planted\n{planted}\n"


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        (self.root / "src").mkdir()
        (self.root / "tests/planted").mkdir(parents=True)
        (self.root / "src/x.cpp").write_text(SOURCE)

    def leak(self, name, original, planted=None):
        planted = planted or f'{original} planted::is_on("{name}");'
        text = HEADS.format(name=name) + BLOCK.format(original=original, planted=planted)
        (self.root / f"tests/planted/{name}.leak").write_text(text)

    def run_plant(self, *arguments):
        with mock.patch.object(sys, "argv", ["plant.py", "--root", str(self.root), *arguments]):
            with contextlib.redirect_stderr(io.StringIO()) as errors, contextlib.redirect_stdout(io.StringIO()):
                return plant.main(), errors.getvalue()

    def planted(self):
        out = self.root / "out"
        self.assertEqual(self.run_plant("--out", str(out)), (0, ""))
        return (out / "src/x.cpp").read_text()

    def refused(self, *words):
        code, errors = self.run_plant("--check")
        self.assertEqual(code, 1)
        for word in words:
            self.assertIn(word, errors)

    def test_a_quote_is_replaced_and_errors_point_back(self):
        self.leak("one", "  return 1;")
        self.assertEqual(
            self.planted().splitlines(),
            [
                '#include "planted/planted.h"',
                '#line 1 "src/x.cpp"',
                "int a() {",
                '#line 8 "tests/planted/one.leak"',
                '  return 1; planted::is_on("one");',
                '#line 3 "src/x.cpp"',
                "}",
                "int b() { return 2; }",
            ],
        )

    def test_two_quotes_may_share_a_line(self):
        self.leak("one", "return 2;")
        self.leak("two", "int b()")
        text = self.planted()
        self.assertIn('int b() planted::is_on("two"); { return 2; planted::is_on("one"); }', text)

    def test_a_quote_that_is_gone_or_ambiguous_names_leak_and_file(self):
        self.leak("one", "return 3;")
        self.refused("one.leak", "is not there", "src/x.cpp")
        self.leak("one", "return")
        self.refused("one.leak", "stands there 2 times", "src/x.cpp")

    def test_quotes_may_not_overlap(self):
        self.leak("one", "return 1;")
        self.leak("two", "{\n  return 1;")
        self.refused("one.leak", "overlaps", "two.leak")

    def test_a_leak_asks_its_own_switch(self):
        self.leak("one", "return 1;", 'return planted::is_on("two");')
        self.refused("one.leak", 'planted::is_on("one")')

    def test_what_would_not_change_is_not_written_again(self):
        self.leak("one", "return 1;")
        self.planted()
        copy = self.root / "out/src/x.cpp"
        before = copy.stat().st_mtime_ns
        self.leak("two", "return 2;", 'return planted::is_on("two");')
        (self.root / "tests/planted/two.leak").unlink()
        self.planted()
        self.assertEqual(copy.stat().st_mtime_ns, before)

    def test_a_program_with_a_switch_is_refused(self):
        self.leak("one_leak", "return 1;")
        program = self.root / "program"
        program.write_bytes(b"\x7fELF nothing of the kind")
        self.assertEqual(self.run_plant("--absent", str(program)), (0, ""))
        program.write_bytes(b"\x7fELF _ZN6hinomi7planted5is_onE one_leak")
        code, errors = self.run_plant("--absent", str(program))
        self.assertEqual(code, 1)
        self.assertIn("one_leak", errors)


if __name__ == "__main__":
    unittest.main()

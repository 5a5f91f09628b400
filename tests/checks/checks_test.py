#!/usr/bin/env python3
"""The source checks must be able to fail: each gets a small tree with a planted violation.

Usage: checks_test.py
"""

import tempfile
import unittest
from pathlib import Path

import docs_check
import forbidden_check
import layers_check
import size_check

LAYERS = "0 base:\n1 model: base\n2 policy: model base\n2 rules: model base\n"
RULES = """
[words]
digests = ["{digest}"]
[[rule]]
name = "printf"
pattern = 'printf'
in = ["src/*"]
except = ["src/base/*"]
reason = "use fmt"
examples = ["printf(x)"]
"""


class SourceTree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("src/layers.txt", LAYERS)

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def assert_one_problem(self, problems, *parts):
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])


class Layers(SourceTree):
    def test_arrows_that_point_down_are_fine(self):
        self.write("src/rules/duty.cpp", '#include "rules/duty.h"\n#include "model/fact.h"\n#include <vector>\n')
        self.write("src/rules/duty_test.cpp", '#include "support/builders.h"\n')
        self.assertEqual(layers_check.check(self.root), [])

    def test_modules_of_one_row_never_include_each_other(self):
        self.write("src/rules/duty.h", '#pragma once\n#include "policy/reach.h"\n')
        self.assert_one_problem(layers_check.check(self.root), "src/rules/duty.h:2", "policy/reach.h")

    def test_an_arrow_up_is_refused(self):
        self.write("src/base/text.h", '#include "model/label.h"\n')
        self.assert_one_problem(layers_check.check(self.root), "base may include: nothing")

    def test_nobody_includes_app(self):
        self.write("src/model/label.h", '#include "app/embedded.h"\n')
        self.assert_one_problem(layers_check.check(self.root), "nobody includes")

    def test_only_tests_include_test_support(self):
        self.write("src/model/label.cpp", '#include "support/builders.h"\n')
        self.assert_one_problem(layers_check.check(self.root), "for tests only")

    def test_a_module_without_a_line_in_the_law_is_refused(self):
        self.write("src/helpers/x.h", "#pragma once\n")
        self.assert_one_problem(layers_check.check(self.root), "src/helpers is not in src/layers.txt")

    def test_an_include_in_a_comment_does_not_count(self):
        self.write("src/base/text.h", '// #include "model/label.h"\n/*\n#include "model/label.h"\n*/\n')
        self.assertEqual(layers_check.check(self.root), [])

    def test_the_law_itself_may_not_join_modules_of_one_row(self):
        self.write("src/layers.txt", LAYERS.replace("2 rules: model", "2 rules: policy model"))
        self.assert_one_problem(layers_check.check(self.root), "rules (row 2) may not point at policy (row 2)")


class Forbidden(SourceTree):
    def check(self, extra=""):
        self.write("rules.toml", RULES.format(digest=forbidden_check.digest("zebra")) + extra)
        return forbidden_check.check(self.root, self.root / "rules.toml")

    def test_a_forbidden_name_is_found_with_its_place_and_reason(self):
        self.write("src/model/fact.cpp", "int f();\nint g() { return printf(1); }\n")
        self.assert_one_problem(self.check(), "src/model/fact.cpp:2", "use fmt")

    def test_the_owner_may_use_it(self):
        self.write("src/base/text.cpp", "printf(1);\n")
        self.assertEqual(self.check(), [])

    def test_comments_and_strings_do_not_count(self):
        self.write("src/model/fact.cpp", 'auto text = "printf"; // printf\n/* printf */ auto raw = R"(printf)";\n')
        self.assertEqual(self.check(), [])

    def test_an_allowance_covers_one_file_and_must_be_needed(self):
        allowance = '[[allow]]\nrule = "printf"\npath = "src/model/fact.cpp"\nreason = "why"\n'
        self.assert_one_problem(self.check(allowance), "no longer needed")
        self.write("src/model/fact.cpp", "printf(1);\n")
        self.assertEqual(self.check(allowance), [])

    def test_a_rule_that_misses_its_own_example_is_a_failure(self):
        broken = '[[rule]]\nname = "dead"\npattern = "x"\nin = ["*"]\nreason = "r"\nexamples = ["y"]\n'
        self.write("rules.toml", RULES.format(digest="0") + broken)
        problems = forbidden_check.check(self.root, self.root / "rules.toml")
        self.assertIn("rule dead does not catch its example: y", problems)

    def test_a_hidden_word_is_found_in_any_text_in_any_case(self):
        self.write("docs/guide.md", "Written with ZEBRA.\n")
        self.assert_one_problem(self.check(), "docs/guide.md", "ZEBRA")


class Sizes(SourceTree):
    def function(self, lines, head="int f()"):
        return head + " {\n" + "  step();\n" * (lines - 2) + "}\n"

    def test_sixty_lines_are_allowed_and_sixty_one_are_not(self):
        self.write("src/base/a.cpp", "namespace hinomi {\n" + self.function(60) + "}\n")
        self.assertEqual(size_check.check(self.root), [])
        self.write("src/base/a.cpp", "namespace hinomi {\n" + self.function(61) + "}\n")
        self.assert_one_problem(size_check.check(self.root), "src/base/a.cpp:2", "61 lines", "int f()")

    def test_members_templates_and_lambdas_at_namespace_level_are_functions(self):
        member = "class Box : public Base {\n public:\n" + self.function(70, "  int f() const") + "};\n"
        template = self.function(70, "template <class T>\nT f(T x)")
        lambda_ = self.function(70, "const auto f = [](int x)").replace("}\n", "};\n")
        for text in (member, template, lambda_):
            self.write("src/base/a.cpp", text)
            self.assert_one_problem(size_check.check(self.root), "the limit is 60")

    def test_tables_and_types_are_not_functions(self):
        self.write("src/base/a.cpp", "const Row kRows[] = {\n" + "  {1, f(2)},\n" * 80 + "};\nstruct S {\n" + "  int x;\n" * 80 + "};\n")
        self.assertEqual(size_check.check(self.root), [])

    def test_braces_in_strings_and_comments_do_not_count(self):
        self.write("src/base/a.cpp", 'void f() { g("{"); /* { */ }\n' + "int x;\n" * 100)
        self.assertEqual(size_check.check(self.root), [])

    def test_a_file_over_five_hundred_lines_is_refused(self):
        self.write("portal/src/page.ts", "x;\n" * 501)
        self.assert_one_problem(size_check.check(self.root), "portal/src/page.ts", "501 lines")


class Documents(SourceTree):
    DECISION = "\n".join(docs_check.DECISION_PARTS)

    def setUp(self):
        super().setUp()
        self.write("ARCHITECTURE.md", "| `base` | x |\n| `model` | x |\n| `policy` | x |\n| `rules` | x |\n")
        self.write("docs/decisions/0001-layers.md", self.DECISION)

    def test_whole_documents_are_fine(self):
        self.write("README.md", "[a](ARCHITECTURE.md#rows) [b](https://example.test/x)\n")
        self.assertEqual(docs_check.check(self.root), [])

    def test_a_link_to_nowhere_is_found(self):
        self.write("docs/guide.md", "[a](missing.md)\n")
        self.assert_one_problem(docs_check.check(self.root), "docs/guide.md", "missing.md")

    def test_a_decision_without_a_part_or_over_sixty_lines_is_refused(self):
        self.write("docs/decisions/0001-layers.md", self.DECISION.replace("**Rejected.**", ""))
        self.assert_one_problem(docs_check.check(self.root), "Rejected")
        self.write("docs/decisions/0001-layers.md", self.DECISION + "\n" * 61)
        self.assert_one_problem(docs_check.check(self.root), "the limit is 60")

    def test_a_number_is_given_once(self):
        self.write("docs/decisions/0001-other.md", self.DECISION)
        self.assert_one_problem(docs_check.check(self.root), "0001 is taken")

    def test_a_module_without_explanation_is_found(self):
        self.write("ARCHITECTURE.md", "| `base` | x |\n| `model` | x |\n| `policy` | x |\n")
        self.assert_one_problem(docs_check.check(self.root), "the module rules")


if __name__ == "__main__":
    unittest.main()

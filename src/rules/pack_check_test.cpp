#include "rules/pack_check.h"

#include <gtest/gtest.h>

#include "support/shipped_packs.h"

namespace hinomi::rules {
namespace {

TEST(ShippedPacks, LoadTogether) {
  const auto book = load_rulebook(shipped_packs());
  ASSERT_TRUE(book.ok()) << book.error().code << ": " << book.error().detail << " at " << book.error().where;
  EXPECT_NE((*book)->find_line("JP-EBA-R3-09"), nullptr);
}

TEST(ShippedPacks, EveryExampleComesTrue) {
  const PackCheck check = check_examples(*shipped_rulebook());
  EXPECT_GE(check.examples, 15U);
  EXPECT_GE(check.promises, 60U);
  for (const auto& failure : check.failures) {
    ADD_FAILURE() << failure.pack << ": " << failure.example << ": " << failure.subject << " is " << failure.found
                  << ", not " << failure.expected;
  }
}

TEST(ShippedPacks, EveryDutyStandsInAnExampleAndEveryNameHasATerm) {
  const auto book = shipped_rulebook();
  std::set<std::string> promised;
  for (const Pack& pack : book->packs()) {
    for (const Example& example : pack.examples) {
      for (const auto& [id, verdict] : example.verdicts) promised.insert(id);
    }
  }
  for (const DutyLine& line : book->lines()) {
    EXPECT_TRUE(promised.contains(line.id)) << line.id;
    for (const Duty& duty : line.versions) {
      for (const auto* expression : {&duty.holder, &duty.trigger}) {
        for (const auto& node : expression->nodes()) {
          const auto& name = node.condition.name;
          EXPECT_NE(book->term(name.empty() ? "op.ci" : name).ja, name) << line.id;
        }
      }
    }
  }
}

TEST(ShippedPacks, NameEveryFactAndEveryWordOfTheVocabulary) {
  const auto book = shipped_rulebook();
  const auto named = [&book](const std::string& name) {
    return std::any_of(book->packs().begin(), book->packs().end(),
                       [&name](const Pack& pack) { return pack.terms.contains(name); });
  };
  const Vocabulary vocabulary = Vocabulary::standard();
  for (const auto& [name, definition] : vocabulary.all()) {
    EXPECT_TRUE(named(name)) << name;
    for (const auto word : definition.choices) EXPECT_TRUE(named(name + ":" + std::string(word))) << name << word;
  }
}

TEST(ShippedPacks, NothingClaimsToBeVerifiedAndPromptlyNeverHasANumber) {
  const auto book = shipped_rulebook();
  for (const DutyLine& line : book->lines()) {
    for (const Duty& duty : line.versions) {
      EXPECT_EQ(duty.verified_on.has_value(), !duty.verified_by.empty());
      for (const Stage& stage : duty.stages) {
        const DeadlineRule& rule = stage.deadline;
        const bool is_counted = rule.kind == DeadlineKind::Hours || rule.kind == DeadlineKind::Days ||
                                rule.kind == DeadlineKind::Months || rule.kind == DeadlineKind::BusinessDays;
        EXPECT_EQ(is_counted, rule.number > 0) << duty.id;
        const bool is_urged = rule.kind == DeadlineKind::Promptly || rule.kind == DeadlineKind::None;
        if (is_urged) EXPECT_FALSE(deadlines_from(rule, Instant()).raw.has_value()) << duty.id;
      }
    }
  }
}

constexpr std::string_view kHead = R"(
[pack]
id = "probe"
version = "1"
title = { ja = "試験", en = "Probe" }
provenance = "invented"
[[party]]
code = "meti"
ja = "経済産業省"
en = "METI"
)";

std::string duty(std::string_view id, std::string_view trigger, std::string_view more = "") {
  return std::string("[[duty]]\nid = \"") + std::string(id) + R"("
title = { ja = "題", en = "Title" }
basis = { ja = "根拠", en = "Basis" }
nature = "statutory"
holder = 'op.ci'
trigger = ')" +
         std::string(trigger) + R"('
clock_start = "t.known"
recipients = ["meti"]
route = "named_direct"
form = { ja = "様式", en = "Form" }
confidence = "open"
verified_on = ""
provenance = "invented"
)" + std::string(more) +
         R"(
[[duty.stage]]
name = "prompt"
title = { ja = "速報", en = "Prompt" }
deadline = "promptly"
)";
}

Result<std::shared_ptr<const Rulebook>> book_of(const std::string& rest) {
  const std::vector<PackSource> sources{{"probe.toml", std::string(kHead) + rest}};
  return load_rulebook(sources);
}

void expect_refused(const std::string& rest, std::string_view code, std::string_view place) {
  const auto book = book_of(rest);
  ASSERT_FALSE(book.ok()) << rest;
  EXPECT_EQ(book.error().code, code) << book.error().detail;
  EXPECT_EQ(book.error().where.substr(0, 10), "probe.toml");
  EXPECT_NE(book.error().where.find(place), std::string::npos) << book.error().where;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  return text.replace(text.find(what), what.size(), with);
}

TEST(Pack, ASmallPackLoads) { EXPECT_TRUE(book_of(duty("JP-A", "hum.killed")).ok()); }

TEST(Pack, ErrorsNameFileLineAndColumn) {
  expect_refused(duty("JP-A", "hum.kiled"), "rules.name_unknown", "line 17, column 12");
  expect_refused(duty("JP-A", "fired(\"JP-B\")"), "rules.duty_unknown", "line 17, column 12");
  expect_refused("[[duty]\n", "rules.toml_syntax", "line 11");
  expect_refused(replaced(duty("JP-A", "op.ci"), "'op.ci'", "'''\nop.ci\n  and op.cx'''"), "rules.name_unknown",
                 "line 18, column 7");
}

TEST(Pack, CirclesAreRefusedWithTheirPath) {
  expect_refused(duty("JP-A", "fired(\"JP-B\")") + duty("JP-B", "op.ci and fired(\"JP-A\")"), "rules.cycle", "line");
  expect_refused(duty("JP-A", "fired(\"JP-*\")"), "rules.cycle", "line 17, column 12");
  const auto book =
      book_of(duty("JP-C", "fired(\"JP-A\")") + duty("JP-A", "fired(\"JP-B\")") + duty("JP-B", "fired(\"JP-A\")"));
  EXPECT_NE(book.error().detail.find("JP-A → JP-B → JP-A"), std::string::npos) << book.error().detail;
}

TEST(Pack, ADerivedFactMayNotDependOnItself) {
  expect_refused(
      "[[derive]]\nfact = \"svc.level_breached\"\nwhen = 'svc.level_breached'\nnote = { ja = \"注\", en = \"n\" }\n",
      "rules.cycle", "line 13, column 9");
}

TEST(Pack, WhatIsMissingWrongOrUnknownIsRefused) {
  const auto good = duty("JP-A", "hum.killed");
  expect_refused(replaced(good, "confidence = \"open\"\n", ""), "rules.key_missing", "line");
  expect_refused(replaced(good, "\"open\"", "\"certain\""), "rules.toml_type", "line 22");
  expect_refused(replaced(good, "provenance", "provenence"), "rules.key_missing", "line");
  expect_refused(duty("JP-A", "hum.killed", "colour = \"red\"\n"), "rules.key_unknown", "line 25");
  expect_refused(replaced(good, "[\"meti\"]", "[\"nobody\"]"), "rules.party_unknown", "line");
  expect_refused(replaced(good, "'op.ci'", "'hum.killed'"), "rules.holder", "line 16, column 11");
  expect_refused(replaced(good, ", en = \"Title\"", ""), "rules.key_missing", "line");
  expect_refused(replaced(good, "deadline = \"promptly\"", "deadline = \"promptly\"\nnumber = 3"),
                 "rules.deadline_number", "line");
  expect_refused(replaced(good, "deadline = \"promptly\"", "deadline = \"promptly\"\nhouse_target_hours = 3"),
                 "rules.house_target", "line");
  expect_refused(replaced(good, "deadline = \"promptly\"", "deadline = \"hours\"\nnumber = 0"), "rules.toml_type",
                 "line");
  expect_refused(replaced(good, "verified_on = \"\"", "verified_on = 2026-10-01"), "rules.toml_type", "line");
  expect_refused(good + good, "rules.versions_overlap", "line");
}

TEST(Pack, VersionsMayFollowEachOtherButNotOverlap) {
  const auto version = [](std::string_view days) { return duty("JP-A", "hum.killed", days); };
  EXPECT_TRUE(book_of(version("effective_until = 2026-09-30") + version("effective_from = 2026-10-01")).ok());
  expect_refused(version("effective_until = 2026-10-01") + version("effective_from = 2026-10-01"),
                 "rules.versions_overlap", "line");
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Pack, HostileFilesAreRefusedCheaply) {
  expect_refused("a = " + repeated("[", 5000), "rules.too_deep", "line 11");
  expect_refused(repeated("a.", 5000) + "a = 1\n", "rules.too_deep", "line 11");
  expect_refused("[" + repeated("a.", 5000) + "a]\n", "rules.too_deep", "line 11");
  expect_refused(std::string((1U << 20) + 1, '#'), "rules.too_large", "");
  expect_refused("\xc2\xa7 = 1\n", "rules.toml_syntax", "line 11, column 1");
  expect_refused("a = \"open\nb = 1\n", "rules.toml_syntax", "line 11, column 6");
  for (const auto* header : {"[=]\n", "[[ \n]]\n", " [\t\xe7\x81\xab]\n"})
    expect_refused(header, "rules.toml_syntax", "line 11");
  expect_refused("a = \"\xff\"\n", "rules.toml_syntax", "");
  expect_refused(repeated("[[duty]]\n", 501), "rules.too_large", "line");
  expect_refused(std::string("a = 1\0b = 2", 11), "rules.toml_syntax", "line");
}

TEST(Pack, FailuresOfExamplesAreFoundAndNamed) {
  const auto book = book_of(duty("JP-A", "hum.killed") + R"(
[[example]]
name = "wrong on purpose"
kind = "incident"
op = { ci = true }
now = "2026-12-05T22:30:00+09:00"
facts = { "hum.killed" = true }
[example.expect]
JP-A = "does_not"
JP-B = "fires"
[[example.clock]]
duty = "JP-A"
stage = "prompt"
raw = "2026-12-05T22:30:00+09:00"
)");
  ASSERT_TRUE(book.ok()) << book.error().detail;
  const PackCheck check = check_examples(**book);
  ASSERT_EQ(check.failures.size(), 3U);
  EXPECT_EQ(check.failures[0].subject, "JP-A");
  EXPECT_EQ(check.failures[0].found, "fires");
  EXPECT_EQ(check.failures[1].found, "no such duty");
  EXPECT_EQ(check.failures[2].subject, "JP-A prompt raw");
}

TEST(Pack, ExamplesStateOnlyWhatAReportCould) {
  const std::string example =
      "[[example]]\nname = \"x\"\nkind = \"incident\"\nop = {}\nnow = \"2026-12-05T22:30:00+09:00\"\n";
  expect_refused(example + "facts = { \"hum.kiled\" = true }\n[example.expect]\nA = \"fires\"\n", "rules.example_facts",
                 "line 16");
  expect_refused(example + "facts = { \"outage.lost_kw\" = -1 }\n[example.expect]\nA = \"fires\"\n",
                 "rules.example_facts", "line 16");
}

TEST(PackDifference, SaysWhatANewVersionChanges) {
  const auto pack = [](const std::string& rest) {
    return read_pack({"probe.toml", std::string(kHead) + rest}, Vocabulary::standard()).value();
  };
  const auto before = pack(duty("JP-A", "hum.killed") + duty("JP-B", "hum.killed"));
  const auto after = pack(duty("JP-A", "hum.killed or hum.hospitalised") + duty("JP-C", "hum.killed"));
  const auto differences = compare_packs(before, after);
  ASSERT_EQ(differences.size(), 3U);
  EXPECT_EQ(differences[0].subject, "JP-A from none");
  EXPECT_EQ(differences[0].field, "trigger");
  EXPECT_EQ(differences[0].after, "hum.killed or hum.hospitalised");
  EXPECT_EQ(differences[1].kind, PackDifference::Kind::Added);
  EXPECT_EQ(differences[2].kind, PackDifference::Kind::Removed);
  EXPECT_TRUE(compare_packs(before, before).empty());
}

}  // namespace
}  // namespace hinomi::rules

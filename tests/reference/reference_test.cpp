// The rule of reading in src/policy against its naive twin, and the laws of combining labels.
// HINOMI_REFERENCE_SEED and HINOMI_REFERENCE_WORLDS choose other worlds; a failure prints the two that replay it.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>
#include <string_view>

#include "policy/principal.h"
#include "policy/readers.h"
#include "policy/reading.h"
#include "reference/directory_of.h"
#include "reference/random_worlds.h"

namespace hinomi::reference {
namespace {

using policy::LabelEntry;
using policy::LabelId;
using policy::Principal;
using ReadingRule = std::function<bool(const Principal&, const Label&)>;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  if (text == nullptr) return otherwise;
  const std::string_view digits(text);
  std::uint64_t value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::uint64_t first_seed() { return setting("HINOMI_REFERENCE_SEED", 20261123); }
std::uint64_t worlds_or(std::uint64_t usual) { return setting("HINOMI_REFERENCE_WORLDS", usual); }

std::string replay(std::uint64_t seed) {
  return fmt::format("replay: HINOMI_REFERENCE_SEED={} HINOMI_REFERENCE_WORLDS=1 ctest -R reference", seed);
}

// A drawn directory, with what both sides need to be asked about it.
struct Case {
  explicit Case(std::uint64_t seed)
      : random(seed), draw(random), world(random_world(draw)), directory(directory_of(world)) {
    for (const Human& human : world.people) {
      if (auto found = policy::principal_of(directory, person_id(human.number)); found.ok())
        principals.emplace(human.number, *found);
    }
  }
  SeededRandom random;
  Draw draw;
  World world;
  Directory directory;
  std::map<int, Principal> principals;  // of the people who are anybody
};

constexpr int kLabelsAWorld = 60;

struct Tally {
  std::uint64_t pairs = 0, admitted = 0, worlds = 0;
  std::array<std::uint64_t, kVerdicts> verdicts{};
  std::vector<std::string> differences;
};

// Each person of each world against each label; the person that the program does not know is asked about too.
Tally compared(const ReadingRule& rule, std::uint64_t seed, std::uint64_t worlds) {
  Tally tally;
  for (; tally.worlds < worlds && tally.differences.size() < 5; ++tally.worlds) {
    Case one(seed + tally.worlds);
    const int people = static_cast<int>(one.world.people.size());
    for (int i = 0; i < kLabelsAWorld; ++i) {
      const Marking marking = random_marking(one.draw, one.world);
      const Label label = label_of(marking);
      for (int person = 0; person <= people; ++person) {
        const Verdict verdict = verdict_on(one.world, person, marking);
        const auto known = one.principals.find(person);
        const bool program = known != one.principals.end() && rule(known->second, label);
        const bool model = reads(one.world, person, marking);
        ++tally.pairs;
        tally.admitted += model ? 1 : 0;
        ++tally.verdicts.at(static_cast<std::size_t>(verdict));
        if (program != model)
          tally.differences.push_back(words_of(one.world, person, marking) + "\n" + replay(seed + tally.worlds));
      }
    }
  }
  return tally;
}

TEST(Reading, TheProgramAndTheModelAgreeOnEveryPair) {
  const std::uint64_t seed = first_seed();
  const std::uint64_t worlds = worlds_or(22'000);
  const Tally tally = compared(policy::may_read, seed, worlds);
  EXPECT_THAT(tally.differences, testing::IsEmpty());
  const double share = static_cast<double>(tally.admitted) / static_cast<double>(tally.pairs);
  fmt::print("{} pairs in {} worlds from seed {}, {:.1f} % admitted\n", tally.pairs, tally.worlds, seed, 100 * share);
  for (int i = 0; i < kVerdicts; ++i) {
    const auto times = tally.verdicts.at(static_cast<std::size_t>(i));
    fmt::print("  {:>9}  {}\n", times, words_of(static_cast<Verdict>(i)));
    if (worlds >= 1'000) {
      EXPECT_GT(times, tally.pairs / 1'000) << words_of(static_cast<Verdict>(i)) << " is hardly ever decided";
    }
  }
  if (worlds < 1'000) return;
  EXPECT_GT(tally.pairs, worlds * 364);  // eight millions in the usual 22,000
  EXPECT_GT(share, 0.10);
  EXPECT_LT(share, 0.60);
}

// --- the comparison can see: each of these rules is wrong in one way, and is found out

Label with(Label label, const std::function<void(Label&)>& change) {
  change(label);
  return label;
}

Principal with(Principal principal, const std::function<void(Principal&)>& change) {
  change(principal);
  return principal;
}

// Whether one of the audience's sets alone, for the reader and label as they are, would let the person in.
bool any_set_admits(const Principal& principal, const Label& label) {
  return std::ranges::any_of(label.audience.sets(), [&](const AudienceSet& set) {
    return policy::may_read(principal, with(label, [&](Label& l) { l.audience = Audience::only(set); }));
  });
}

bool first_set_admits(const Principal& principal, const Label& label) {
  if (label.audience.sets().empty()) return policy::may_read(principal, label);
  return policy::may_read(principal,
                          with(label, [&](Label& l) { l.audience = Audience::only(label.audience.sets().front()); }));
}

bool red_like_strict(const Principal& principal, const Label& label) {
  if (label.tlp != Tlp::Red || principal.ceiling != Tlp::Red) return policy::may_read(principal, label);
  return policy::may_read(principal, with(label, [](Label& l) { l.tlp = Tlp::AmberStrict; }));
}

bool everyone_to_amber(const Principal& principal, const Label& label) {
  if (!label.audience.is_everyone() || label.tlp != Tlp::Amber || principal.ceiling < Tlp::Amber)
    return policy::may_read(principal, label);
  return policy::may_read(principal, with(label, [](Label& l) { l.tlp = Tlp::Green; }));
}

bool nobody_means_everyone(const Principal& principal, const Label& label) {
  const bool empty = std::ranges::any_of(label.audience.sets(), [](const AudienceSet& set) { return set.is_empty(); });
  if (!empty) return policy::may_read(principal, label);
  return policy::may_read(principal, with(label, [](Label& l) { l.audience = Audience::everyone(); }));
}

bool one_compartment_is_enough(const Principal& principal, const Label& label) {
  const bool one = std::ranges::any_of(label.compartments,
                                       [&](const std::string& name) { return principal.compartments.contains(name); });
  return policy::may_read(principal, with(label, [&](Label& l) {
                            if (one) l.compartments.clear();
                          }));
}

struct WrongRule {
  const char* name;
  ReadingRule rule;
};

// A rule that asks the right one about a label or a person that was changed first.
WrongRule forgetting(const char* name, std::function<void(Label&)> change) {
  return {name, [change](const Principal& p, const Label& l) { return policy::may_read(p, with(l, change)); }};
}
WrongRule mistaking(const char* name, std::function<void(Principal&)> change) {
  return {name, [change](const Principal& p, const Label& l) { return policy::may_read(with(p, change), l); }};
}

std::vector<WrongRule> wrong_rules() {
  return {
      forgetting("forgets the embargo", [](Label& l) { l.embargo_until.reset(); }),
      forgetting("forgets the clearance", [](Label& l) { l.needs_clearance = false; }),
      forgetting("forgets the compartments", [](Label& l) { l.compartments.clear(); }),
      forgetting("forgets the class", [](Label& l) { l.gov_class = GovClass::None; }),
      forgetting("takes the full analysis for the provided one",
                 [](Label& l) { l.gov_class = std::min(l.gov_class, GovClass::Teikyo); }),
      forgetting("takes the provided analysis for the public one",
                 [](Label& l) {
                   if (l.gov_class == GovClass::Teikyo) l.gov_class = GovClass::Shuchi;
                 }),
      forgetting("forgets the audience", [](Label& l) { l.audience = Audience::everyone(); }),
      mistaking("forgets the person's ceiling", [](Principal& p) { p.ceiling = Tlp::Red; }),
      mistaking("forgets the groups' ceilings",
                [](Principal& p) {
                  for (auto& [group, ceiling] : p.groups) ceiling = Tlp::Red;
                }),
      mistaking("forgets the groups", [](Principal& p) { p.groups.clear(); }),
      mistaking("takes an operator for the secretariat",
                [](Principal& p) {
                  if (p.org_kind == OrgKind::Operator) p.org_kind = OrgKind::Secretariat;
                }),
      mistaking("takes the secretariat for an authority",
                [](Principal& p) {
                  if (p.org_kind == OrgKind::Secretariat) p.org_kind = OrgKind::Ministry;
                }),
      {"asks for one set instead of all", any_set_admits},
      {"asks for the first set only", first_set_admits},
      {"treats RED as AMBER+STRICT", red_like_strict},
      {"lets everyone read AMBER", everyone_to_amber},
      {"reads an empty set as everyone", nobody_means_everyone},
      {"is content with one of the compartments", one_compartment_is_enough},
      {"admits everybody", [](const Principal&, const Label&) { return true; }},
      {"admits nobody", [](const Principal&, const Label&) { return false; }},
  };
}

TEST(Reading, EveryWrongRuleIsFoundOut) {
  constexpr std::uint64_t kWorlds = 400;
  std::size_t found = 0;
  for (const WrongRule& wrong : wrong_rules()) {
    const bool differs = !compared(wrong.rule, first_seed(), kWorlds).differences.empty();
    EXPECT_TRUE(differs) << "not found in " << kWorlds << " worlds: a rule that " << wrong.name;
    found += differs ? 1 : 0;
  }
  fmt::print("wrong rules: {} planted, {} found\n", wrong_rules().size(), found);
}

// --- the functions made of the rule

TEST(Reading, AReachAndTheReadersAreTheModelsAnswersTogether) {
  const std::uint64_t worlds = worlds_or(600);
  for (std::uint64_t w = 0; w < worlds; ++w) {
    SCOPED_TRACE(replay(first_seed() + w));
    Case one(first_seed() + w);
    std::vector<Marking> markings;
    std::vector<LabelEntry> labels;
    for (std::int64_t id = 1; id <= 20; ++id) {
      markings.push_back(random_marking(one.draw, one.world));
      labels.push_back({LabelId{id * 3}, label_of(markings.back())});
      const policy::Readers found = policy::readers_of(one.directory, labels.back().label);
      std::vector<int> people;
      std::set<OrgId> orgs;
      for (const PersonId& person : found.people) people.push_back(number_of(person));
      for (const int person : readers(one.world, markings.back()))
        orgs.insert(one.directory.persons.at(person_id(person)).org);
      ASSERT_EQ(people, readers(one.world, markings.back()));
      ASSERT_EQ(found.orgs, std::vector<OrgId>(orgs.begin(), orgs.end()));
    }
    for (const auto& [person, principal] : one.principals) {
      const policy::Reach reach = policy::reach_of(principal, labels);
      std::vector<LabelId> readable;
      for (std::size_t i = 0; i < markings.size(); ++i) {
        const bool reads_it = reads(one.world, person, markings[i]);
        if (reads_it) readable.push_back(labels[i].id);
        ASSERT_EQ(reach.covers(labels[i].id), reads_it) << words_of(one.world, person, markings[i]);
        ASSERT_FALSE(reach.covers(LabelId{labels[i].id.value + 1}));
      }
      ASSERT_EQ(reach.labels(), readable);
      ASSERT_EQ(reach.person(), principal.person);
      ASSERT_EQ(reach.newest_known_label(), labels.back().id);
    }
  }
}

// --- the laws of combining

using Labels = std::array<Label, 3>;

void expect_the_laws(const Labels& labels) {
  const auto& [a, b, c] = labels;
  ASSERT_EQ(stricter(a, b), stricter(b, a));
  ASSERT_EQ(canonical_text(stricter(a, b)), canonical_text(stricter(b, a)));
  ASSERT_EQ(stricter(stricter(a, b), c), stricter(a, stricter(b, c)));
  ASSERT_EQ(stricter(a, a), a);
  ASSERT_EQ(stricter(stricter(a, b), b), stricter(a, b));
}

TEST(Combining, IsCommutativeAssociativeIdempotentAndWhatTheModelSays) {
  const std::uint64_t worlds = worlds_or(1'500);
  std::uint64_t pairs = 0;
  for (std::uint64_t w = 0; w < worlds; ++w) {
    SCOPED_TRACE(replay(first_seed() + w));
    Case one(first_seed() + w);
    for (int i = 0; i < 10; ++i) {
      const Marking a = random_marking(one.draw, one.world);
      const Marking b = random_marking(one.draw, one.world);
      const Marking c = random_marking(one.draw, one.world);
      expect_the_laws({label_of(a), label_of(b), label_of(c)});
      const Label whole = stricter(label_of(a), label_of(b));
      for (const auto& [person, principal] : one.principals) {
        const bool reads_whole = policy::may_read(principal, whole);
        ASSERT_EQ(reads_whole, reads(one.world, person, both_of(a, b))) << words_of(one.world, person, both_of(a, b));
        // Adding a part never adds a reader.
        ASSERT_LE(reads_whole, reads(one.world, person, a) && reads(one.world, person, b));
        ++pairs;
      }
    }
  }
  fmt::print("{} pairs of a person and a combined label from seed {}\n", pairs, first_seed());
}

TEST(Combining, ARestrictionNeverAddsAReader) {
  const std::uint64_t worlds = worlds_or(2'000);
  for (std::uint64_t w = 0; w < worlds; ++w) {
    SCOPED_TRACE(replay(first_seed() + w));
    Case one(first_seed() + w);
    for (int i = 0; i < 20; ++i) {
      const Marking before = random_marking(one.draw, one.world);
      const Marking after = narrowed(one.draw, one.world, before);
      const Label label_before = label_of(before);
      const Label label_after = label_of(after);
      for (const auto& [person, principal] : one.principals)
        ASSERT_LE(policy::may_read(principal, label_after), policy::may_read(principal, label_before))
            << words_of(one.world, person, before) << "\n"
            << words_of(one.world, person, after);
    }
  }
}

TEST(Combining, AnEmptyAudienceIsNobodyWhateverItIsJoinedWith) {
  for (std::uint64_t w = 0; w < worlds_or(500); ++w) {
    Case one(first_seed() + w);
    const Label other = label_of(random_marking(one.draw, one.world));
    for (const Audience& empty : {Audience::nobody(), Audience::only({}), Audience::every_one_of({AudienceSet{}})}) {
      Label label;
      label.tlp = Tlp::Clear;
      label.audience = empty;
      EXPECT_THAT(policy::readers_of(one.directory, label).people, testing::IsEmpty());
      EXPECT_THAT(policy::readers_of(one.directory, stricter(label, other)).people, testing::IsEmpty());
    }
  }
}

TEST(Combining, WhatNoDirectoryKnowsAdmitsNobody) {
  for (std::uint64_t w = 0; w < worlds_or(500); ++w) {
    SCOPED_TRACE(replay(first_seed() + w));
    Case one(first_seed() + w);
    Marking marking = random_marking(one.draw, one.world);
    marking.everyone = false;
    marking.conditions = {Condition{{200, 201}, {200}, {200, 201}}};
    EXPECT_THAT(policy::readers_of(one.directory, label_of(marking)).people, testing::IsEmpty());
    EXPECT_FALSE(policy::principal_of(one.directory, person_id(200)).ok());
  }
}

// --- the text that the store keeps

TEST(Text, ALabelReadBackHasTheSameReaders) {
  for (std::uint64_t w = 0; w < worlds_or(500); ++w) {
    SCOPED_TRACE(replay(first_seed() + w));
    Case one(first_seed() + w);
    for (int i = 0; i < 10; ++i) {
      const Marking marking = random_marking(one.draw, one.world);
      const Label label = label_of(marking);
      const Result<Label> read_back = parse_label(canonical_text(label));
      ASSERT_TRUE(read_back.ok()) << canonical_text(label) << ": " << read_back.error().detail;
      ASSERT_EQ(*read_back, label);
      ASSERT_EQ(policy::readers_of(one.directory, *read_back).people, policy::readers_of(one.directory, label).people);
    }
  }
}

// One byte of a kept label that changed, or was cut off, gives either no label at all or one whose meaning is exactly
// what the text says; an unknown word never becomes a laxer known one.
TEST(Text, AnUnknownWordInALabelIsNoLabel) {
  const std::string text = canonical_text(
      label_of({Colour::Amber, Class::Provided, false, {Condition{{1}, {2}, {3}}}, {"nuclear"}, true, true}));
  ASSERT_TRUE(parse_label(text).ok());
  for (std::size_t at = 0; at < text.size(); ++at) {
    EXPECT_FALSE(parse_label(text.substr(0, at)).ok()) << text.substr(0, at);
    for (const char put : {'Q', '#', '"', '}', ' '}) {
      std::string changed = text;
      if (changed[at] == put) continue;
      changed[at] = put;
      const Result<Label> label = parse_label(changed);
      if (label.ok()) EXPECT_EQ(canonical_text(*label), changed);
    }
  }
  EXPECT_FALSE(parse_label("").ok());
  EXPECT_FALSE(parse_label("{}").ok());
  EXPECT_FALSE(parse_label("null").ok());
}

}  // namespace
}  // namespace hinomi::reference

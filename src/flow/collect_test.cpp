#include "flow/collect.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "formats/source_reader.h"
#include "support/platform.h"
#include "support/read_file.h"

namespace hinomi::flow {
namespace {

using hinomi::testing::must;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

SourceItem an_item(const std::string& id, std::vector<std::string> cves, Tlp tlp = Tlp::Clear) {
  SourceItem item;
  item.external_id = id;
  item.version = "1";
  item.title = "Advisory " + id;
  item.cves = std::move(cves);
  item.tlp = tlp;
  item.raw = "{}";
  return item;
}

MarkedStixObject an_object(const std::string& name, StixMarking marking) {
  const std::string id = "malware--" + uuid_text(uuid_v5(Uuid{}, name));
  return {{id, "malware", "2.1", "2026-11-20T00:00:00Z", R"({"id":")" + id + R"("})"}, marking};
}

class Collecting : public hinomi::testing::PlatformTest {
 protected:
  Collecting() { must(make_collected_collection(platform().store, policy::MachineRoom::local_operator())); }

  Collected bring(std::vector<SourceItem> items, const std::string& source = "a-source") {
    ReadOutcome outcome;
    outcome.items = std::move(items);
    return must(collect(platform(), caller(sector().analyst), {.source = source}, std::move(outcome)));
  }
  Collected bring_objects(std::vector<MarkedStixObject> objects, Tlp unmarked = Tlp::AmberStrict) {
    ReadOutcome outcome;
    outcome.objects = std::move(objects);
    return must(
        collect(platform(), caller(sector().analyst), {.source = "stix", .unmarked = unmarked}, std::move(outcome)));
  }
  std::vector<store::CaseSummary> cases_of(const PersonId& person) {
    return must(platform().store.cases(caller(person).reach, {})).rows;
  }
  std::size_t objects_of(const PersonId& person) {
    return must(platform().store.objects(caller(person).reach, collected_collection(), {}, 0, 100)).objects.size();
  }
};

TEST_F(Collecting, ItemsOfOneMatterFromTwoSourcesBecomeOneCase) {
  bring({an_item("A-1", {"CVE-2026-1000"})}, "first");
  bring({an_item("B-1", {"CVE-2026-1000"})}, "second");
  const auto cases = cases_of(sector().acme_reporter);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].sources, 2U);
  EXPECT_TRUE(cases[0].number.text().starts_with("NC-"));
}

TEST_F(Collecting, ACaseIsFoundByWhatLaterItemsAddedToIt) {
  bring({an_item("A-1", {"CVE-2026-1000"})}, "first");
  bring({an_item("B-1", {"CVE-2026-1000", "CVE-2026-2000"})}, "second");
  bring({an_item("C-1", {"CVE-2026-2000"})}, "third");
  ASSERT_THAT(cases_of(sector().acme_reporter), SizeIs(1));
  EXPECT_EQ(cases_of(sector().acme_reporter)[0].sources, 3U);
}

TEST_F(Collecting, AnExploitedVulnerabilityRaisesTheScoreOfTheCaseItJoins) {
  bring({an_item("A-1", {"CVE-2026-1000"})});
  const int before = cases_of(sector().analyst)[0].score;
  SourceItem exploited = an_item("CVE-2026-1000", {"CVE-2026-1000"});
  exploited.format = SourceFormat::Kev;
  bring({exploited}, "kev");
  const auto after = cases_of(sector().analyst);
  ASSERT_THAT(after, SizeIs(1));
  EXPECT_GT(after[0].score, before);
  EXPECT_THAT(after[0].reasons, Contains(HasSubstr("triage.known_exploited")));
}

TEST_F(Collecting, RepeatingAnImportAddsNothing) {
  const std::vector<SourceItem> items{an_item("A-1", {"CVE-2026-1000"}), an_item("A-2", {"CVE-2026-2000"})};
  const Collected first = bring(items);
  EXPECT_EQ(first.added, 2U);
  const Collected again = bring(items);
  EXPECT_EQ(again.added, 0U);
  EXPECT_EQ(again.duplicates, 2U);
  EXPECT_EQ(again.cases, 2U);
  EXPECT_THAT(cases_of(sector().analyst), SizeIs(2));
}

TEST_F(Collecting, AnItemKnownUnderAStricterLabelLeavesNoEmptyCase) {
  bring({an_item("A-1", {"CVE-2026-1000"}, Tlp::Amber)});
  EXPECT_EQ(bring({an_item("A-1", {"CVE-2026-1000"})}).duplicates, 1U);
  EXPECT_THAT(cases_of(sector().acme_reporter), IsEmpty());
}

TEST_F(Collecting, WhatIsAmberStaysWithTheSecretariat) {
  bring({an_item("A-1", {"CVE-2026-1000"}, Tlp::Amber)});
  EXPECT_THAT(cases_of(sector().acme_reporter), IsEmpty());
  EXPECT_THAT(cases_of(sector().second_analyst), SizeIs(1));
}

TEST_F(Collecting, WhatIsRedStaysWithThePersonWhoBroughtIt) {
  bring({an_item("A-1", {"CVE-2026-1000"}, Tlp::Red)});
  EXPECT_THAT(cases_of(sector().second_analyst), IsEmpty());
  EXPECT_THAT(cases_of(sector().analyst), SizeIs(1));
}

TEST_F(Collecting, AHiddenItemInAPublicCaseChangesNothingForOthers) {
  bring({an_item("A-1", {"CVE-2026-1000"})}, "public");
  const auto before = cases_of(sector().acme_reporter);
  SourceItem hidden = an_item("S-1", {"CVE-2026-1000", "CVE-2026-3000"}, Tlp::AmberStrict);
  hidden.format = SourceFormat::Kev;
  bring({hidden}, "partner");
  const auto after = cases_of(sector().acme_reporter);
  ASSERT_THAT(after, SizeIs(1));
  EXPECT_EQ(after[0].score, before[0].score);
  EXPECT_EQ(after[0].sources, 1U);
  EXPECT_EQ(cases_of(sector().analyst)[0].sources, 2U);
  // Its other CVE must not draw public items into the case.
  bring({an_item("P-2", {"CVE-2026-3000"})}, "public");
  EXPECT_THAT(cases_of(sector().acme_reporter), SizeIs(2));
}

TEST_F(Collecting, APublicItemDoesNotDisappearInAHiddenCase) {
  bring({an_item("S-1", {"CVE-2026-1000"}, Tlp::AmberStrict)}, "partner");
  bring({an_item("A-1", {"CVE-2026-1000"})}, "public");
  EXPECT_THAT(cases_of(sector().acme_reporter), SizeIs(1));
}

TEST_F(Collecting, ObjectsTakeTheLabelOfTheirMarking) {
  const Collected collected = bring_objects({an_object("open", {true, Tlp::Green}), an_object("unmarked", {}),
                                             an_object("amber", {true, Tlp::Amber}), an_object("odd", {true, {}})});
  EXPECT_EQ(collected.objects, 4U);
  EXPECT_EQ(collected.added, 4U);
  EXPECT_EQ(objects_of(sector().acme_reporter), 1U);
  EXPECT_EQ(objects_of(sector().second_analyst), 4U);
}

TEST_F(Collecting, AChannelSaysWhatItsUnmarkedObjectsAre) {
  bring_objects({an_object("unmarked", {})}, Tlp::Clear);
  EXPECT_EQ(objects_of(sector().acme_reporter), 1U);
}

TEST_F(Collecting, AnObjectThatChangedUnderTheSameVersionIsAProblemAndTheFirstOneStays) {
  bring_objects({an_object("one", {true, Tlp::Green})});
  EXPECT_EQ(bring_objects({an_object("one", {true, Tlp::Green})}).duplicates, 1U);
  MarkedStixObject changed = an_object("one", {true, Tlp::Green});
  changed.object.raw += " ";
  const Collected collected = bring_objects({changed});
  EXPECT_EQ(collected.added, 0U);
  EXPECT_THAT(collected.problems, ElementsAre(Field(&ReadProblem::code, "collect.object_conflict")));
  EXPECT_EQ(objects_of(sector().acme_reporter), 1U);
}

TEST_F(Collecting, MembersMayNotImport) {
  const auto refused = collect(platform(), caller(sector().acme_reporter), {.source = "x"}, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "permit.import");
}

TEST_F(Collecting, ARunThatReadNothingIsNoSuccess) {
  Collected nothing;
  nothing.problems.push_back({"kev.json", "byte 12", "json.malformed", "The text ends early."});
  const Channel channel{.source = "kev"};
  must(note_run(platform(), caller(sector().analyst), run_of(channel, nothing)));
  const auto health = must(platform().store.source_health());
  ASSERT_THAT(health, SizeIs(1));
  EXPECT_EQ(health[0].last_success, std::nullopt);
  EXPECT_EQ(health[0].problems, 1U);
  EXPECT_EQ(health[0].last_problem, "kev.json byte 12: The text ends early.");
}

}  // namespace
}  // namespace hinomi::flow

#include "formats/stix.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "base/json.h"
#include "support/read_file.h"

namespace hinomi {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kUuid = "7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10";

// One object in an envelope; `members` follow type and id.
ReadOutcome read_one(std::string_view type, std::string_view members) {
  const std::string text = fmt::format(R"({{"objects":[{{"type":"{0}","id":"{0}--{1}"{2}}}]}})", type, kUuid, members);
  auto outcome = read_stix({"peer", "envelope.json", text});
  EXPECT_TRUE(outcome.ok()) << text;
  return std::move(outcome).value_or({});
}

constexpr std::string_view kTimes = R"(,"created":"2026-01-01T00:00:00Z","modified":"2026-01-02T00:00:00.5Z")";

TEST(Stix, KeepsTheBytesOfEveryObject) {
  const std::string object =
      R"({ "type":"x-note",  "id":"x-note--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10", "big":9007199254740993, "s":"\u3042🏮" })";
  const std::string text = "{\"type\":\"bundle\",\"objects\":[ " + object + " ]}";
  const auto outcome = read_stix({"peer", "bundle.json", text});
  ASSERT_TRUE(outcome.ok());
  ASSERT_THAT(outcome->objects, SizeIs(1));
  EXPECT_EQ(outcome->objects[0].object.raw, object);
}

TEST(Stix, VersionIsModifiedInItsOwnText) {
  const auto outcome = read_one("malware", kTimes);
  ASSERT_THAT(outcome.objects, SizeIs(1));
  EXPECT_EQ(outcome.objects[0].object.version, "2026-01-02T00:00:00.5Z");
}

TEST(Stix, VersionOfAMarkingIsItsCreation) {
  const auto outcome = read_one("marking-definition", R"(,"spec_version":"2.1","created":"2026-01-01T00:00:00.00Z")");
  ASSERT_THAT(outcome.objects, SizeIs(1));
  EXPECT_EQ(outcome.objects[0].object.version, "2026-01-01T00:00:00.00Z");
}

TEST(Stix, AbsentSpecVersionMeansTwoPointZeroExceptForObservables) {
  EXPECT_EQ(read_one("malware", kTimes).objects.at(0).object.spec_version, "2.0");
  EXPECT_EQ(read_one("ipv4-addr", R"(,"value":"192.0.2.1")").objects.at(0).object.spec_version, "2.1");
  EXPECT_EQ(read_one("x-custom-observable", R"(,"value":1)").objects.at(0).object.spec_version, "2.1");
  EXPECT_EQ(read_one("malware", fmt::format(R"(,"spec_version":"2.1"{})", kTimes)).objects.at(0).object.spec_version,
            "2.1");
}

TEST(Stix, ObservablesHaveNoVersion) {
  EXPECT_EQ(read_one("file", R"(,"name":"a.exe")").objects.at(0).object.version, "");
}

struct BrokenObject {
  std::string_view type;
  std::string_view members;
  std::string_view code;
  std::string_view where;
};

TEST(Stix, BrokenObjectsAreReportedWithPointerAndReason) {
  const std::string_view created = R"(,"created":"2026-01-01T00:00:00Z")";
  const BrokenObject cases[] = {
      {"malware", "", "stix.created", "/objects/0/created"},
      {"malware", created, "stix.modified", "/objects/0/modified"},
      {"x-mine", created, "stix.modified", "/objects/0/modified"},
      {"malware", R"(,"created":"2026-01-02T00:00:00Z","modified":"2026-01-01T23:59:59.999Z")",
       "stix.modified_before_created", "/objects/0/modified"},
      {"malware", R"(,"created":"2026-01-01T00:00:00+09:00","modified":"2026-01-02T00:00:00Z")", "stix.time",
       "/objects/0/created"},
      {"malware", R"(,"created":"2026-01-01T00:00:00Z","modified":"2026-02-30T00:00:00Z")", "stix.time",
       "/objects/0/modified"},
      {"malware", R"(,"created":"2026-01-01T00:00:00Z","modified":17)", "stix.time", "/objects/0/modified"},
      {"malware", R"(,"spec_version":"3.0")", "stix.spec_version", "/objects/0/spec_version"},
      {"malware", R"(,"spec_version":2.1)", "stix.spec_version", "/objects/0/spec_version"},
      {"malware", R"(,"revoked":"yes")", "stix.revoked", "/objects/0/revoked"},
      {"Malware", "", "stix.type", "/objects/0/type"},
      {"ab", "", "stix.type", "/objects/0/type"},
      {"x--y", "", "stix.type", "/objects/0/type"},
      {"marking-definition", "", "stix.created", "/objects/0/created"},
      {"url", R"(,"object_marking_refs":"marking-definition--x")", "stix.marking", "/objects/0/object_marking_refs"},
      {"url", R"(,"object_marking_refs":["identity--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10"])", "stix.marking",
       "/objects/0/object_marking_refs"},
      {"url", R"(,"granular_markings":[{"selectors":["value"]}])", "stix.marking", "/objects/0/granular_markings"},
  };
  for (const auto& broken : cases) {
    const auto outcome = read_one(broken.type, broken.members);
    EXPECT_THAT(outcome.objects, IsEmpty()) << broken.type << broken.members;
    EXPECT_THAT(outcome.problems,
                ElementsAre(AllOf(Field(&ReadProblem::code, broken.code), Field(&ReadProblem::where, broken.where),
                                  Field(&ReadProblem::file, "envelope.json"))))
        << broken.type << broken.members;
  }
}

TEST(Stix, IdMustNameTheTypeAndAUuid) {
  for (const std::string_view id :
       {"tool--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10", "malware--7d1f6d0c",
        "malware-7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10", "malware--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a1g", ""}) {
    const auto outcome =
        read_stix({"peer", "e.json", fmt::format(R"({{"objects":[{{"type":"malware","id":"{}"{}}}]}})", id, kTimes)});
    ASSERT_TRUE(outcome.ok());
    EXPECT_THAT(outcome->problems, ElementsAre(Field(&ReadProblem::code, "stix.id"))) << id;
  }
}

TEST(Stix, OneBrokenObjectDoesNotTakeTheOthersWithIt) {
  const std::string good = fmt::format(R"({{"type":"tool","id":"tool--{}"{}}})", kUuid, kTimes);
  const auto outcome = read_stix(
      {"peer", "e.json", fmt::format(R"({{"objects":[{0},7,{{"type":"tool","id":"tool--{1}"}},{0}]}})", good, kUuid)});
  ASSERT_TRUE(outcome.ok());
  EXPECT_THAT(outcome->objects, SizeIs(2));
  EXPECT_THAT(outcome->problems,
              ElementsAre(Field(&ReadProblem::where, "/objects/1"), Field(&ReadProblem::where, "/objects/2/created")));
  EXPECT_EQ(outcome->problems[1].subject, fmt::format("tool--{}", kUuid));
}

TEST(Stix, ContainersOfOtherShapesAreRefused) {
  for (const std::string_view text : {R"([])", R"({})", R"({"type":"malware","objects":[]})", R"({"objects":{}})",
                                      R"({"type":"bundle","objects":1})"}) {
    const auto outcome = read_stix({"peer", "e.json", text});
    ASSERT_FALSE(outcome.ok()) << text;
    EXPECT_EQ(outcome.error().code, "stix.container") << text;
  }
  EXPECT_EQ(read_stix({"peer", "e.json", R"({"objects":[{"a":1)"}).error().code, "json.syntax");
  EXPECT_TRUE(
      read_stix({"peer", "e.json", R"({"type":"bundle","id":"bundle--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10"})"}).ok());
}

TEST(Stix, LimitsAreKept) {
  const std::string object = fmt::format(R"({{"type":"url","id":"url--{}","value":"https://a.example/"}})", kUuid);
  const std::string two = fmt::format(R"({{"objects":[{0},{0}]}})", object);
  EXPECT_EQ(read_stix({"p", "e", two}, {.max_objects = 1}).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(read_stix({"p", "e", two}, {.max_bytes = 50}).error().kind, ErrorKind::TooLarge);
  const auto outcome = read_stix({"p", "e", two}, {.max_object_bytes = 40});
  ASSERT_TRUE(outcome.ok());
  EXPECT_THAT(outcome->problems, SizeIs(2));
}

TEST(Stix, TimesKeepTheirInstantWhateverTheirDigits) {
  const auto whole = parse_stix_time("2026-01-01T00:00:00Z");
  ASSERT_TRUE(whole.ok());
  for (const std::string_view text :
       {"2026-01-01T00:00:00.0Z", "2026-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000000000000Z"}) {
    EXPECT_EQ(parse_stix_time(text).value_or(Instant::max()), *whole) << text;
  }
  for (const std::string_view text :
       {"2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+00:00", "2026-01-01t00:00:00Z", "2026-01-01T00:00:00z",
        "2026-01-01T00:00:00", "2026-01-01", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00.0x0Z", ""}) {
    EXPECT_FALSE(parse_stix_time(text).ok()) << text;
  }
}

std::string marked_with(std::string_view refs) {
  return fmt::format(R"(,"value":"https://a.example/","object_marking_refs":[{}])", refs);
}

TEST(StixMarking, KnowsTheIdsOfBothTlpVersions) {
  const std::pair<std::string_view, Tlp> cases[] = {
      {"94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::Clear}, {"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::Green},
      {"55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::Amber}, {"939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::AmberStrict},
      {"e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::Red},   {"613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::Clear},
      {"34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::Green}, {"f88d31f6-486f-44da-b317-01333bde0b82", Tlp::Amber},
      {"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::Red},
  };
  for (const auto& [uuid, tlp] : cases) {
    const auto outcome = read_one("url", marked_with(fmt::format(R"("marking-definition--{}")", uuid)));
    EXPECT_EQ(outcome.objects.at(0).marking, (StixMarking{true, tlp})) << uuid;
  }
}

TEST(StixMarking, TheStricterOfSeveralCounts) {
  const std::string refs = fmt::format(R"("{}","{}")", tlp_marking_id(Tlp::Amber), tlp_marking_id(Tlp::Green));
  EXPECT_EQ(read_one("url", marked_with(refs)).objects.at(0).marking, (StixMarking{true, Tlp::Amber}));
}

TEST(StixMarking, OneUnknownMarkingOutweighsTheTlpBesideIt) {
  const std::string_view unknown = R"("marking-definition--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10")";
  for (const std::string& refs : {fmt::format(R"({},"{}")", unknown, tlp_marking_id(Tlp::Clear)),
                                  fmt::format(R"("{}",{})", tlp_marking_id(Tlp::Clear), unknown)}) {
    EXPECT_EQ(read_one("url", marked_with(refs)).objects.at(0).marking, (StixMarking{true, std::nullopt})) << refs;
  }
}

TEST(StixMarking, UnmarkedIsToldApartFromUnknown) {
  EXPECT_EQ(read_one("url", R"(,"value":"https://a.example/")").objects.at(0).marking, StixMarking{});
}

TEST(StixMarking, GranularMarkingsCountForTheWholeObject) {
  const std::string members = fmt::format(
      R"(,"value":"x","granular_markings":[{{"lang":"ja","selectors":["value"]}},{{"marking_ref":"{}","selectors":["value"]}}])",
      tlp_marking_id(Tlp::Red));
  EXPECT_EQ(read_one("url", members).objects.at(0).marking, (StixMarking{true, Tlp::Red}));
}

TEST(StixMarking, StatementsInTheSameContainerRestrictNobody) {
  const std::string text = fmt::format(
      R"({{"objects":[{{"type":"url","id":"url--{0}","value":"x","object_marking_refs":["marking-definition--{0}"]}},
    {{"type":"marking-definition","id":"marking-definition--{0}","created":"2026-01-01T00:00:00Z","definition_type":"statement","definition":{{"statement":"ours"}}}}]}})",
      kUuid);
  const auto outcome = read_stix({"p", "e", text});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->objects.at(0).marking, StixMarking{});
}

TEST(StixMarking, WellKnownIdsCannotBeRedefined) {
  const std::string text = fmt::format(
      R"({{"objects":[{{"type":"marking-definition","id":"{0}","created":"2026-01-01T00:00:00Z","definition_type":"statement","definition":{{"statement":"free"}}}},
    {{"type":"url","id":"url--{1}","value":"x","object_marking_refs":["{0}"]}}]}})",
      tlp_marking_id(Tlp::Red), kUuid);
  const auto outcome = read_stix({"p", "e", text});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->objects.at(1).marking, (StixMarking{true, Tlp::Red}));
}

TEST(StixMarking, OurDefinitionsAreReadBackAsTheSameTlp) {
  for (const Tlp tlp : {Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red}) {
    const auto outcome = read_stix({"p", "e", fmt::format(R"({{"objects":[{}]}})", tlp_marking_definition(tlp))});
    ASSERT_TRUE(outcome.ok());
    ASSERT_THAT(outcome->objects, SizeIs(1)) << tlp_marking_definition(tlp);
    EXPECT_EQ(outcome->objects[0].object.id, tlp_marking_id(tlp));
    EXPECT_EQ(tlp_of_marking(outcome->objects[0].object.id), tlp);
  }
  EXPECT_THAT(tlp_marking_definition(Tlp::AmberStrict),
              AllOf(HasSubstr(R"("name":"TLP:AMBER+STRICT")"), HasSubstr(R"("tlp_2_0":"amber+strict")")));
}

TEST(StixRealData, AttackForIcsIsImportedCompletelyAndByteForByte) {
  const std::string text = testing::read_file(std::string(HINOMI_SHARED_DATA) + "/attack/ics-attack.json");
  if (text.empty()) GTEST_SKIP() << "shared/data/attack is not here";
  const auto outcome = read_stix({"attack", "ics-attack.json", text});
  ASSERT_TRUE(outcome.ok());
  EXPECT_THAT(outcome->problems, IsEmpty());
  EXPECT_GE(outcome->objects.size(), 1'800U);
  std::set<std::pair<std::string, std::string>> versions;
  std::size_t custom_types = 0;
  for (const auto& [object, marking] : outcome->objects) {
    versions.emplace(object.id, object.version);
    custom_types += object.type.starts_with("x-mitre-") ? 1 : 0;
    EXPECT_NE(text.find(object.raw), std::string::npos) << object.id;
    EXPECT_TRUE(!marking.is_marked) << object.id << ": the copyright statement must not hide the object";
    EXPECT_EQ(object.spec_version, "2.1");
  }
  EXPECT_EQ(versions.size(), outcome->objects.size());
  EXPECT_GT(custom_types, 200U);
}

TEST(StixDemo, TheDemoBundleReadsWithoutProblems) {
  const auto text = testing::read_file(std::string(HINOMI_SOURCE_DIR) + "/packs/demo/feeds/threat-objects.json");
  const auto outcome = read_stix({"demo", "threat-objects.json", text});
  ASSERT_TRUE(outcome.ok());
  EXPECT_THAT(outcome->problems, IsEmpty());
  EXPECT_THAT(outcome->objects, SizeIs(19));
  EXPECT_EQ(std::ranges::count_if(outcome->objects, [](const auto& read) { return read.marking.tlp == Tlp::Green; }),
            15);
}

}  // namespace
}  // namespace hinomi

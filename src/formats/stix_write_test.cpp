#include "formats/stix_write.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "formats/stix.h"
#include "formats/stix_pattern.h"

namespace hinomi {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Objects = std::vector<StixObject>;

class StixWrite : public ::testing::Test {
 protected:
  Release a_release() {
    Release release;
    release.number = HumanNumber::make(NumberKind::Release, 2026, random_);
    release.label.tlp = Tlp::AmberStrict;
    release.published_at = *parse_rfc3339("2026-11-22T02:05:00Z");
    release.edition.title = "遠方監視制御装置への\"不正\"な操作";
    release.edition.body = "本文\n二行目";
    release.edition.implication = "示唆";
    release.edition.indicators = {{IndicatorType::Ipv4, "198.51.100.7"}, {IndicatorType::Domain, "evil.example"}};
    release.edition.techniques = {"T0883"};
    release.edition.cves = {"CVE-2099-10001"};
    return release;
  }
  Release next_version(Release release, ReleaseState state) {
    ++release.version;
    release.state = state;
    release.published_at += std::chrono::hours(1);
    if (state == ReleaseState::Withdrawn) release.edition = {};
    return release;
  }
  Objects write(const Release& release, const Objects& previous = {}) {
    auto objects = stix_objects_of(
        release, {kIssuer, "電力ISAC（架空）", *parse_rfc3339("2026-01-01T00:00:00Z"), random_}, previous);
    EXPECT_TRUE(objects.ok());
    return std::move(objects).value_or({});
  }
  static std::string text_at(const StixObject& object, std::string_view key) {
    const auto document = parse_json(object.raw);
    return std::string((*document)->root().string_at(key).value_or(""));
  }
  static bool is_revoked(const StixObject& object) {
    const auto document = parse_json(object.raw);
    return (*document)->root().boolean_at("revoked").value_or(false);
  }
  static Objects of_type(const Objects& objects, std::string_view type) {
    Objects found;
    std::ranges::copy_if(objects, std::back_inserter(found), [&](const auto& object) { return object.type == type; });
    return found;
  }
  static std::map<std::string, std::string> ids_by_pattern(const Objects& objects) {
    std::map<std::string, std::string> found;
    for (const auto& object : of_type(objects, "indicator")) found[text_at(object, "pattern")] = object.id;
    return found;
  }

  const std::string kIssuer = "identity--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a01";
  SeededRandom random_{3};
};

TEST_F(StixWrite, EverythingEmittedIsReadBackTheSame) {
  const Objects objects = write(a_release());
  const std::string bundle = stix_bundle_of(objects, random_);
  const auto outcome = read_stix({"self", "bundle.json", bundle});
  ASSERT_TRUE(outcome.ok());
  EXPECT_THAT(outcome->problems, IsEmpty());
  ASSERT_EQ(outcome->objects.size(), objects.size());
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const StixObject& read = outcome->objects[i].object;
    EXPECT_EQ(std::tie(read.id, read.type, read.spec_version, read.version, read.raw),
              std::tie(objects[i].id, objects[i].type, objects[i].spec_version, objects[i].version, objects[i].raw));
    const bool is_public_part = read.type == "identity" || read.type == "marking-definition";
    EXPECT_EQ(outcome->objects[i].marking.tlp, is_public_part ? std::nullopt : std::optional(Tlp::AmberStrict))
        << read.raw;
  }
}

TEST_F(StixWrite, TheReportRefersToExactlyWhatIsPublishedWithIt) {
  const Objects objects = write(a_release());
  const StixObject report = of_type(objects, "report").at(0);
  const auto document = parse_json(report.raw);
  std::set<std::string> references;
  const auto object_refs = (*document)->root().find("object_refs");
  for (const JsonView reference : *object_refs) references.emplace(*reference.string());
  std::set<std::string> expected;
  for (const auto& object : objects) {
    if (object.type == "indicator" || object.type == "vulnerability" || object.type == "attack-pattern")
      expected.insert(object.id);
  }
  EXPECT_THAT(expected, SizeIs(4));
  EXPECT_EQ(references, expected);
  EXPECT_EQ(text_at(report, "name"), a_release().edition.title);
  EXPECT_THAT(text_at(report, "description"), HasSubstr("【電力事業者向けの示唆】\n示唆"));
  EXPECT_THAT(text_at(report, "published"), "2026-11-22T02:05:00.000000Z");
}

TEST_F(StixWrite, TheReportNamesTheRelease) {
  const Release release = a_release();
  EXPECT_THAT(of_type(write(release), "report").at(0).raw,
              HasSubstr(fmt::format(R"("external_id":"{}")", release.number.text())));
}

TEST_F(StixWrite, IdsAreRandomAndNeverComputed) {
  const Release release = a_release();
  const auto first = ids_by_pattern(write(release));
  const auto second = ids_by_pattern(write(release));
  for (const auto& [pattern, id] : first) {
    EXPECT_NE(id, second.at(pattern));
    EXPECT_EQ(id[id.size() - 22], '4') << "version 4, not a hash of anything: " << id;
  }
}

TEST_F(StixWrite, ACorrectionKeepsIdsAndRevokesWhatIsGone) {
  const Release first = a_release();
  const Objects published = write(first);
  Release second = next_version(first, ReleaseState::Corrected);
  second.edition.indicators = {{IndicatorType::Domain, "evil.example"}, {IndicatorType::Domain, "worse.example"}};
  const Objects corrected = write(second, published);
  const auto before = ids_by_pattern(published);
  const auto after = ids_by_pattern(corrected);
  EXPECT_EQ(after.at("[domain-name:value = 'evil.example']"), before.at("[domain-name:value = 'evil.example']"));
  EXPECT_THAT(before, Not(::testing::Contains(::testing::Key("[domain-name:value = 'worse.example']"))));
  EXPECT_EQ(of_type(corrected, "report").at(0).id, of_type(published, "report").at(0).id);
  for (const StixObject& object : corrected) {
    if (object.type == "identity" || object.type == "marking-definition") continue;
    EXPECT_EQ(is_revoked(object), text_at(object, "pattern") == "[ipv4-addr:value = '198.51.100.7']") << object.raw;
    EXPECT_EQ(object.version, "2026-11-22T03:05:00.000000Z");
  }
}

TEST_F(StixWrite, AWithdrawalRevokesEverythingAndRepeatsNoText) {
  const Release first = a_release();
  const Objects published = write(first);
  const Objects withdrawn = write(next_version(first, ReleaseState::Withdrawn), published);
  EXPECT_THAT(of_type(withdrawn, "indicator"), SizeIs(2));
  EXPECT_THAT(of_type(withdrawn, "report"), SizeIs(1));
  for (const StixObject& object : withdrawn) {
    if (object.type == "identity" || object.type == "marking-definition") continue;
    EXPECT_TRUE(is_revoked(object)) << object.raw;
    EXPECT_THAT(object.raw, Not(HasSubstr("本文")));
    EXPECT_THAT(object.raw, Not(HasSubstr("遠方監視")));
  }
  const auto outcome = read_stix({"self", "b", stix_bundle_of(withdrawn, random_)});
  EXPECT_THAT(outcome->problems, IsEmpty());
}

TEST_F(StixWrite, WhatWasRevokedComesBackUnderANewId) {
  const Release first = a_release();
  Objects history = write(first);
  Release second = next_version(first, ReleaseState::Corrected);
  second.edition.indicators.clear();
  const Objects corrected = write(second, history);
  history.insert(history.end(), corrected.begin(), corrected.end());
  Release third = next_version(second, ReleaseState::Corrected);
  third.edition.indicators = first.edition.indicators;
  const Objects restored = write(third, history);
  for (const auto& [pattern, id] : ids_by_pattern(restored)) EXPECT_NE(id, ids_by_pattern(corrected).at(pattern));
  for (const StixObject& object : restored) EXPECT_FALSE(is_revoked(object)) << object.raw;
}

TEST_F(StixWrite, AVersionIsAlwaysLaterThanTheOneBefore) {
  const Release first = a_release();
  Release second = next_version(first, ReleaseState::Corrected);
  second.published_at = first.published_at;
  const Objects corrected = write(second, write(first));
  EXPECT_EQ(of_type(corrected, "report").at(0).version, "2026-11-22T02:05:00.000001Z");
}

TEST_F(StixWrite, ValuesSaidTwiceAreOneObject) {
  Release release = a_release();
  release.edition.cves = {"CVE-2099-10001", "CVE-2099-10001"};
  release.edition.indicators.push_back(release.edition.indicators.front());
  const Objects objects = write(release);
  EXPECT_THAT(of_type(objects, "vulnerability"), SizeIs(1));
  EXPECT_THAT(of_type(objects, "indicator"), SizeIs(2));
}

TEST_F(StixWrite, ATechnicalOnlyEditionHasNoStory) {
  Release release = a_release();
  release.edition.kind = EditionKind::TechnicalOnly;
  release.edition.title.clear();
  release.edition.body.clear();
  release.edition.implication.clear();
  const StixObject report = of_type(write(release), "report").at(0);
  EXPECT_EQ(text_at(report, "name"), release.number.text());
  EXPECT_THAT(report.raw, Not(HasSubstr("description")));
}

TEST_F(StixWrite, AStoryWithoutImplicationShowsTheGap) {
  Release release = a_release();
  release.edition.implication.clear();
  EXPECT_THAT(text_at(of_type(write(release), "report").at(0), "description"), HasSubstr("示唆は追って"));
}

TEST_F(StixWrite, AnEmptyEditionStillHasAReference) {
  Release release = a_release();
  release.edition = {};
  const StixObject report = of_type(write(release), "report").at(0);
  EXPECT_THAT(report.raw, HasSubstr(fmt::format(R"("object_refs":["{}"])", kIssuer)));
}

TEST_F(StixWrite, RefusesAnIssuerThatIsNoIdentityAndUnreadableHistory) {
  EXPECT_EQ(stix_objects_of(a_release(), {"tool--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a01", "x", {}, random_}).error().code,
            "stix.issuer");
  const Objects broken{{"report--1", "report", "2.1", "", "{"}};
  EXPECT_EQ(stix_objects_of(a_release(), {kIssuer, "x", {}, random_}, broken).error().code, "stix.previous");
}

TEST(StixPattern, NamesTheObservableOfEachType) {
  const std::pair<Indicator, std::string_view> cases[] = {
      {{IndicatorType::Ipv4, "198.51.100.7"}, "[ipv4-addr:value = '198.51.100.7']"},
      {{IndicatorType::Ipv4Cidr, "198.51.100.0/24"}, "[ipv4-addr:value = '198.51.100.0/24']"},
      {{IndicatorType::Ipv6, "2001:db8::1"}, "[ipv6-addr:value = '2001:db8::1']"},
      {{IndicatorType::Domain, "evil.example"}, "[domain-name:value = 'evil.example']"},
      {{IndicatorType::Url, "https://evil.example/'x"}, R"([url:value = 'https://evil.example/\'x'])"},
      {{IndicatorType::Email, "a@evil.example"}, "[email-addr:value = 'a@evil.example']"},
      {{IndicatorType::Md5, "00"}, "[file:hashes.MD5 = '00']"},
      {{IndicatorType::Sha1, "00"}, "[file:hashes.'SHA-1' = '00']"},
      {{IndicatorType::Sha256, "00"}, "[file:hashes.'SHA-256' = '00']"},
      {{IndicatorType::FileName, R"(a\b'.exe)"}, R"([file:name = 'a\\b\'.exe'])"},
  };
  for (const auto& [indicator, pattern] : cases) EXPECT_EQ(stix_pattern_of(indicator), pattern);
}

}  // namespace
}  // namespace hinomi

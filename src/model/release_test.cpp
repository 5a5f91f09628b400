#include "model/release.h"

#include <gmock/gmock.h>

#include <functional>

#include "model/organisation.h"
#include "model/source.h"

namespace hinomi {
namespace {

Edition an_edition() {
  return {.kind = EditionKind::TechnicalOnly,
          .title = "題",
          .body = "一段落\n\n二段落",
          .implication = "示唆",
          .check = "ログを見る",
          .mitigation = "更新する",
          .indicators = {{IndicatorType::Domain, "evil.example"}},
          .techniques = {"T0883"},
          .cves = {"CVE-2023-12345"}};
}

Release a_release() {
  Release release;
  release.number = *HumanNumber::parse("NS-2026-K7Q4");
  release.label.tlp = Tlp::Green;
  release.label.audience = Audience::everyone();
  release.edition = an_edition();
  release.published_at = *parse_rfc3339("2026-11-23T03:00:00Z");
  return release;
}

TEST(Edition, ReadsBackToTheSame) {
  const auto read = parse_edition(edition_text(an_edition()));
  ASSERT_TRUE(read.ok()) << read.error().detail << read.error().where;
  EXPECT_EQ(*read, an_edition());
}

TEST(Edition, OfNothingIsTheSameTextForever) {
  EXPECT_EQ(edition_text({}),
            R"({"body":"","check":"","cves":[],"implication":"","indicators":[],"kind":"story","mitigation":"",)"
            R"("techniques":[],"title":""})");
}

TEST(Edition, RefusesUnknownAndMissingFields) {
  EXPECT_EQ(parse_edition(R"({"kind":"story","note":""})").error().where, "/note");
  EXPECT_EQ(parse_edition(R"({"kind":"story"})").error().where, "/title");
  EXPECT_EQ(parse_edition(R"({"kind":"full"})").error().where, "/kind");
}

TEST(SignedText, IsTheSameForever) {
  Release release = a_release();
  release.edition = {};
  EXPECT_EQ(release_signed_text(release),
            R"({"edition":)" + edition_text({}) + R"(,"label":)" + canonical_text(release.label) +
                R"(,"number":"NS-2026-K7Q4","published_at":"2026-11-23T03:00:00.000000Z","reason":"",)"
                R"("state":"published","version":1})");
}

TEST(SignedText, ChangesWithEveryThingItCovers) {
  const std::string original = release_signed_text(a_release());
  const std::vector<std::function<void(Release&)>> changes{
      [](Release& r) { r.number = *HumanNumber::parse("NS-2026-K7Q5"); },
      [](Release& r) { r.version = 2; },
      [](Release& r) { r.state = ReleaseState::Corrected; },
      [](Release& r) { r.label.tlp = Tlp::Amber; },
      [](Release& r) { r.label.needs_clearance = true; },
      [](Release& r) { r.edition.body += "!"; },
      [](Release& r) { r.edition.indicators[0].type = IndicatorType::Url; },
      [](Release& r) { r.reason = "誤記"; },
      [](Release& r) { r.published_at += std::chrono::microseconds(1); }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Release changed = a_release();
    changes[i](changed);
    EXPECT_NE(release_signed_text(changed), original) << i;
  }
}

template <class Enum, class Text, class Parse>
void expect_words_read_back(int count, Text text, Parse parse) {
  std::set<std::string_view> words;
  for (int i = 0; i < count; ++i) {
    const auto value = static_cast<Enum>(i);
    const auto read = parse(text(value));
    ASSERT_TRUE(read.ok()) << text(value);
    EXPECT_EQ(*read, value);
    EXPECT_TRUE(words.insert(text(value)).second);
  }
  EXPECT_FALSE(parse("").ok());
  EXPECT_THAT(parse("nonsense").error().detail, ::testing::HasSubstr(std::string(text(static_cast<Enum>(0)))));
}

TEST(Words, OfEveryEnumReadBack) {
  expect_words_read_back<OrgKind>(9, org_kind_text, parse_org_kind);
  expect_words_read_back<License>(10, license_text, parse_license);
  expect_words_read_back<Role>(7, role_text, parse_role);
  expect_words_read_back<SourceFormat>(8, source_format_text, parse_source_format);
  expect_words_read_back<EditionKind>(2, edition_kind_text, parse_edition_kind);
  expect_words_read_back<ReleaseState>(3, release_state_text, parse_release_state);
  expect_words_read_back<GovClass>(4, gov_class_text, parse_gov_class);
}

}  // namespace
}  // namespace hinomi

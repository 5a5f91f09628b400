#include "formats/taxii.h"

#include <gmock/gmock.h>

#include <limits>

#include "base/crypto.h"
#include "base/text.h"

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Parameters = std::vector<TaxiiParameter>;

Result<TaxiiFilter> parse(const Parameters& parameters, TaxiiEndpoint endpoint = TaxiiEndpoint::Objects) {
  return parse_taxii_filter(parameters, endpoint);
}

Instant at(std::string_view text) { return parse_rfc3339(text).value_or(Instant{}); }

TEST(TaxiiFilter, WithoutParametersTheLastVersionsOfEverythingAreWanted) {
  const auto filter = parse({});
  ASSERT_TRUE(filter.ok());
  EXPECT_EQ(*filter, TaxiiFilter{});
  EXPECT_TRUE(filter->versions.last);
}

TEST(TaxiiFilter, AllPartsTogether) {
  const auto filter = parse({{"added_after", "2026-01-01T00:00:00.000001Z"},
                             {"limit", "20"},
                             {"next", "abc"},
                             {"match[id]", "tool--b,tool--a"},
                             {"match[type]", "tool,x-any"},
                             {"match[version]", "first,2026-01-01T00:00:00.5Z,2026-01-01T00:00:00.500Z"},
                             {"match[spec_version]", "2.0,2.1"}});
  ASSERT_TRUE(filter.ok());
  EXPECT_EQ(filter->added_after, at("2026-01-01T00:00:00.000001Z"));
  EXPECT_EQ(filter->limit, 20U);
  EXPECT_EQ(filter->next, "abc");
  EXPECT_THAT(filter->ids, ElementsAre("tool--a", "tool--b"));
  EXPECT_THAT(filter->types, ElementsAre("tool", "x-any"));
  EXPECT_TRUE(filter->versions.first);
  EXPECT_FALSE(filter->versions.last);
  EXPECT_THAT(filter->versions.exact, ElementsAre(at("2026-01-01T00:00:00.5Z")));
  EXPECT_THAT(filter->spec_versions, ElementsAre("2.0", "2.1"));
}

TEST(TaxiiFilter, RefusesWhatTheSpecificationForbids) {
  const std::vector<std::pair<Parameters, std::string_view>> cases = {
      {{{"limit", "0"}}, "limit"},
      {{{"limit", "-1"}}, "limit"},
      {{{"limit", "+1"}}, "limit"},
      {{{"limit", "abc"}}, "limit"},
      {{{"limit", "1.5"}}, "limit"},
      {{{"limit", ""}}, "limit"},
      {{{"limit", "000"}}, "limit"},
      {{{"limit", "5"}, {"limit", "5"}}, "limit"},
      {{{"added_after", "yesterday"}}, "added_after"},
      {{{"added_after", ""}}, "added_after"},
      {{{"added_after", "2026-01-01"}}, "added_after"},
      {{{"added_after", "2026-01-01T00:00:00Z,2026-01-02T00:00:00Z"}}, "added_after"},
      {{{"added_after", "2026-01-01T00:00:00Z"}, {"added_after", "2026-01-02T00:00:00Z"}}, "added_after"},
      {{{"next", ""}}, "next"},
      {{{"next", std::string(300, 'a')}}, "next"},
      {{{"next", "a"}, {"next", "a"}}, "next"},
      {{{"match[version]", "all,first"}}, "match[version]"},
      {{{"match[version]", "2026-01-01T00:00:00Z,all"}}, "match[version]"},
      {{{"match[version]", "newest"}}, "match[version]"},
      {{{"match[version]", ""}}, "match[version]"},
      {{{"match[version]", "first,,last"}}, "match[version]"},
      {{{"match[type]", "tool"}, {"match[type]", "malware"}}, "match[type]"},
      {{{"match[id]", ","}}, "match[id]"},
      {{{"match[spec_version]", ""}}, "match[spec_version]"},
  };
  for (const auto& [parameters, where] : cases) {
    const auto filter = parse(parameters);
    ASSERT_FALSE(filter.ok()) << parameters[0].first << "=" << parameters[0].second;
    EXPECT_EQ(filter.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(filter.error().code, "taxii.filter");
    EXPECT_EQ(filter.error().where, where);
  }
}

TEST(TaxiiFilter, ToleratesWhatTheSpecificationLeavesOpen) {
  EXPECT_EQ(parse({{"limit", "99999999999999999999999999"}})->limit, std::numeric_limits<std::uint32_t>::max());
  EXPECT_EQ(parse({{"limit", "007"}})->limit, 7U);
  EXPECT_EQ(parse({{"added_after", "2026-01-01T00:00:00Z"}})->added_after, at("2026-01-01T00:00:00Z"));
  EXPECT_EQ(parse({{"added_after", "2026-01-01T00:00:00.123Z"}})->added_after, at("2026-01-01T00:00:00.123Z"));
  EXPECT_EQ(*parse({{"match[colour]", "red"}, {"match[colour]", "red"}, {"foo", "bar"}}), TaxiiFilter{});
  EXPECT_THAT(parse({{"match[spec_version]", "3.0"}})->spec_versions, ElementsAre("3.0"));
  EXPECT_TRUE(parse({{"match[version]", "all"}})->versions.all);
  EXPECT_TRUE(parse({{"match[version]", "last,first"}})->versions.last);
}

TEST(TaxiiFilter, AnEndpointIgnoresFieldsThatAreNotItsOwn) {
  EXPECT_THAT(parse({{"match[id]", "tool--a"}, {"match[type]", "tool"}}, TaxiiEndpoint::Object)->ids, IsEmpty());
  EXPECT_TRUE(parse({{"match[version]", "nonsense"}}, TaxiiEndpoint::Versions).ok());
  EXPECT_FALSE(parse({{"match[version]", "nonsense"}}, TaxiiEndpoint::Manifest).ok());
  EXPECT_TRUE(parse({{"limit", "0"}}, TaxiiEndpoint::DeleteObject).ok());
  EXPECT_TRUE(parse({{"match[version]", "first"}}, TaxiiEndpoint::DeleteObject)->versions.first);
}

TEST(TaxiiFilter, ListsAreBounded) {
  std::string many = "a0";
  for (int i = 1; i < 1'001; ++i) many += ",a" + std::to_string(i);
  EXPECT_FALSE(parse({{"match[id]", many}}).ok());
}

class TaxiiCursor : public ::testing::Test {
 protected:
  SeededRandom random_{7};
  Bytes key_ = Bytes(32, 0x11);
  CollectionId here_ = CollectionId::random(random_);
  CollectionId there_ = CollectionId::random(random_);
  std::string sealed_ = seal_taxii_cursor(key_, here_, {42, 7});
};

TEST_F(TaxiiCursor, OpensToWhatWasSealed) {
  for (const TaxiiPosition position :
       {TaxiiPosition{0, 0}, TaxiiPosition{42, 7}, TaxiiPosition{UINT64_MAX, UINT64_MAX}}) {
    const auto opened = open_taxii_cursor(key_, here_, seal_taxii_cursor(key_, here_, position));
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(*opened, position);
  }
}

TEST_F(TaxiiCursor, IsWorthlessForAnotherCollectionOrKey) {
  EXPECT_FALSE(open_taxii_cursor(key_, there_, sealed_).ok());
  EXPECT_FALSE(open_taxii_cursor(Bytes(32, 0x12), here_, sealed_).ok());
}

TEST_F(TaxiiCursor, GarbageAndEveryChangedCharacterAreRefused) {
  for (const std::string& garbage : {std::string(), std::string("x"), std::string("!!!!"), sealed_ + "A",
                                     sealed_.substr(1), std::string(10'000, 'A')}) {
    EXPECT_EQ(open_taxii_cursor(key_, here_, garbage).error().code, "taxii.next") << garbage;
  }
  for (std::size_t i = 0; i < sealed_.size(); ++i) {
    std::string changed = sealed_;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(open_taxii_cursor(key_, here_, changed).ok()) << i;
  }
}

TEST_F(TaxiiCursor, ShowsNothingOfThePosition) {
  const auto bytes = from_base64url(sealed_);
  ASSERT_TRUE(bytes.ok());
  EXPECT_THAT(*bytes, SizeIs(32));
  const std::string number("\0\0\0\0\0\0\0\x2A", 8);
  EXPECT_EQ(as_text(*bytes).find(number), std::string_view::npos);
  EXPECT_NE(sealed_, seal_taxii_cursor(key_, there_, {42, 7}));
}

TEST(TaxiiPage, CarriesMoreAndNext) {
  const auto page = read_taxii_page(
      {"peer", "page",
       R"({"more":true,"next":"n1","objects":[{"type":"url","id":"url--7d1f6d0c-3a0e-4e33-9a55-0c1c5c6e1a10","value":"x"}]})"});
  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page->more);
  EXPECT_EQ(page->next, "n1");
  EXPECT_THAT(page->outcome.objects, SizeIs(1));
}

TEST(TaxiiPage, AnEmptyEnvelopeIsAnEmptyPage) {
  const auto page = read_taxii_page({"peer", "page", "{}"});
  ASSERT_TRUE(page.ok());
  EXPECT_FALSE(page->more);
  EXPECT_THAT(page->outcome.objects, IsEmpty());
  EXPECT_FALSE(read_taxii_page({"peer", "page", "[]"}).ok());
  EXPECT_THAT(read_taxii_page({"peer", "page", R"({"more":true})"})->outcome.objects, IsEmpty());
}

}  // namespace
}  // namespace hinomi

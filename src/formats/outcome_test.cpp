#include "formats/outcome.h"

#include <gmock/gmock.h>

namespace hinomi {
namespace {

ReadOutcome sample() {
  SourceItem item;
  item.format = SourceFormat::Kev;
  item.source = "kev";
  item.external_id = "CVE-2099-1000";
  item.title = "題名";
  item.published = Instant(std::chrono::microseconds(-5));
  item.tlp = Tlp::AmberStrict;
  item.cves = {"CVE-2099-1000", "CVE-2099-1001"};
  item.products = {"", "P"};
  item.raw = std::string("{\"a\":\"\x01\"}");
  ReadOutcome outcome;
  outcome.items = {item, {}};
  outcome.objects = {{{"url--x", "url", "2.1", "", "{}"}, {true, std::nullopt}},
                     {{"a", "b", "2.0", "v", "r"}, {true, Tlp::Red}}};
  outcome.problems = {{"f", "/objects/1", "stix.id", "why", "url--y"}};
  return outcome;
}

TEST(Outcome, TravelsUnchanged) {
  const ReadOutcome before = sample();
  const auto after = parse_outcome(write_outcome(before));
  ASSERT_TRUE(after.ok());
  ASSERT_EQ(after->items.size(), 2U);
  const SourceItem& item = after->items[0];
  EXPECT_EQ(item.title, before.items[0].title);
  EXPECT_EQ(item.published, before.items[0].published);
  EXPECT_EQ(item.tlp, Tlp::AmberStrict);
  EXPECT_EQ(item.cves, before.items[0].cves);
  EXPECT_EQ(item.products, before.items[0].products);
  EXPECT_EQ(item.raw, before.items[0].raw);
  EXPECT_EQ(after->items[1].published, std::nullopt);
  EXPECT_EQ(after->objects[0].marking, (StixMarking{true, std::nullopt}));
  EXPECT_EQ(after->objects[1].marking, (StixMarking{true, Tlp::Red}));
  EXPECT_EQ(after->objects[1].object.raw, "r");
  EXPECT_EQ(after->problems[0].subject, "url--y");
  EXPECT_EQ(write_outcome(*after), write_outcome(before));
}

TEST(Outcome, EveryCutIsRefused) {
  const std::string frame = write_outcome(sample());
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_FALSE(parse_outcome(std::string_view(frame).substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(parse_outcome(frame + "x").ok());
}

TEST(Outcome, AClaimedCountAllocatesNothing) {
  EXPECT_EQ(parse_outcome("HNO1\xFF\xFF\xFF\xFF").error().code, "outcome.too_large");
  EXPECT_EQ(parse_outcome(std::string_view("HNO1\x00\x01\x00\x00", 8)).error().code, "outcome.malformed");
}

TEST(Outcome, ValuesOutsideTheirSetsAreRefused) {
  const std::string frame = write_outcome(sample());
  constexpr std::size_t kFormatAt = 8;
  for (const std::size_t at : {kFormatAt, kFormatAt + 1, kFormatAt + 2}) {
    std::string changed = frame;
    changed[at] = '\x7F';
    EXPECT_EQ(parse_outcome(changed).error().code, "outcome.malformed") << at;
  }
}

TEST(Outcome, ATimeWithoutItsMarkIsRefused) {
  std::string frame = write_outcome(sample());
  constexpr std::size_t kHasTimeAt = 10;
  ASSERT_EQ(frame[kHasTimeAt], 1);
  frame[kHasTimeAt] = 0;
  EXPECT_FALSE(parse_outcome(frame).ok());
}

TEST(Outcome, TextMustBeUtf8AndCvesMustBeCves) {
  ReadOutcome outcome = sample();
  outcome.items[0].title = "\xFF";
  EXPECT_FALSE(parse_outcome(write_outcome(outcome)).ok());
  outcome = sample();
  outcome.items[0].cves = {"CVE-1"};
  EXPECT_FALSE(parse_outcome(write_outcome(outcome)).ok());
  outcome.items[0].cves = {"CVE-2099-1001", "CVE-2099-1000"};
  EXPECT_FALSE(parse_outcome(write_outcome(outcome)).ok());
  outcome = sample();
  outcome.objects[0].object.spec_version = "9";
  EXPECT_FALSE(parse_outcome(write_outcome(outcome)).ok());
}

TEST(Outcome, LimitsAreKept) {
  const std::string frame = write_outcome(sample());
  EXPECT_EQ(parse_outcome(frame, {.max_bytes = frame.size() - 1}).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(parse_outcome(frame, {.max_entries = 4}).error().kind, ErrorKind::TooLarge);
  EXPECT_TRUE(parse_outcome(frame, {.max_bytes = frame.size(), .max_entries = 5}).ok());
  EXPECT_EQ(parse_outcome(frame, {.max_text_bytes = 5}).error().kind, ErrorKind::TooLarge);
}

}  // namespace
}  // namespace hinomi

#include "hunt/plan.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>

#include "hunt/hunt_test_support.h"

namespace hinomi {
namespace {

const std::vector<std::string> kList{
    "evil.example",      "1.2.3.4",           "198.51.100.0/24",    "2001:db8::1",
    "http://bad.test/a", "boss@evil.example", "請求書 請求書1.exe", "0123456789abcdef0123456789abcdef"};
constexpr std::string_view kText =
    "evil.example 1.2.3.4 198.51.100.9 2001:db8::1 http://bad.test/a boss@evil.example "
    "0123456789abcdef0123456789abcdef\n";

Bytes plan_bytes() { return compile_plan(indicators_of(kList), test_options()).value().bytes; }

TEST(HuntPlan, RemembersWhatEveryIndicatorSays) {
  const HuntPlan plan = plan_of({"hxxp://Evil[.]example/A", "1.2.3.4"});
  ASSERT_EQ(plan.size(), 2U);
  EXPECT_EQ(plan.at(0).type, IndicatorType::Url);
  EXPECT_EQ(plan.at(0).value, "http://evil.example/A");
  EXPECT_EQ(plan.at(1).id, "indicator--1");
  EXPECT_EQ(plan.at(1).release, "NS-2026-K7Q4");
  EXPECT_EQ(plan.at(1).label, "TLP:AMBER");
  EXPECT_EQ(plan.at(2).value, "");
}

TEST(HuntPlan, OfNothingFindsNothing) {
  const HuntPlan plan = plan_of({});
  EXPECT_EQ(plan.size(), 0U);
  EXPECT_THAT(hits_in(plan, kText), testing::IsEmpty());
}

TEST(HuntPlan, KeepsItsExpiry) {
  PlanOptions options = test_options();
  options.expires_at = parse_rfc3339("2026-12-01T00:00:00Z").value();
  const HuntPlan plan = HuntPlan::own(compile_plan(indicators_of(kList), options).value().bytes).value();
  EXPECT_EQ(plan.expires_at(), options.expires_at);
  EXPECT_EQ(plan_of(kList).expires_at(), std::nullopt);
}

TEST(HuntPlan, RefusesEveryTruncation) {
  const Bytes bytes = plan_bytes();
  for (std::size_t size = 0; size < bytes.size(); size += size < 400 ? 1 : 97) {
    EXPECT_FALSE(HuntPlan::open(ByteView(bytes).first(size)).ok()) << size;
  }
}

TEST(HuntPlan, RefusesAnotherVersionWithItsOwnMessage) {
  Bytes bytes = plan_bytes();
  bytes[8] = 77;
  EXPECT_EQ(HuntPlan::open(bytes).error().code, "hunt.plan_version");
}

TEST(HuntPlan, SurvivesEveryChangedHeaderWord) {
  const Bytes good = plan_bytes();
  for (std::size_t at = 0; at + 4 <= sizeof(hunting::PlanHeader); at += 4) {
    for (const std::uint32_t value : {0U, 1U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
      Bytes bytes = good;
      std::memcpy(bytes.data() + at, &value, sizeof value);
      if (const auto plan = HuntPlan::open(bytes); plan.ok()) hits_in(*plan, kText);
    }
  }
}

TEST(HuntPlan, SurvivesRandomDamageBehindTheHeader) {
  const Bytes good = plan_bytes();
  std::mt19937_64 random(11);
  for (int round = 0; round < 300; ++round) {
    Bytes bytes = good;
    for (int i = 0; i < 200; ++i) {
      const std::size_t at = sizeof(hunting::PlanHeader) + random() % (bytes.size() - sizeof(hunting::PlanHeader));
      bytes[at] = static_cast<std::uint8_t>(random());
    }
    const auto plan = HuntPlan::open(bytes);
    ASSERT_TRUE(plan.ok());
    for (std::uint32_t i = 0; i < plan->size(); ++i) static_cast<void>(plan->at(i));
    hits_in(*plan, kText);
  }
}

TEST(HuntPlan, BoundsTheWorkOfManyNamesThatEndAlike) {
  std::vector<PlanIndicator> items;
  for (int i = 0; i < 200; ++i) {
    items.push_back({{IndicatorType::FileName, fmt::format("{} annual report of the year.exe", i)}, "", "", ""});
  }
  const auto compiled = compile_plan(items, test_options());
  EXPECT_THAT(compiled->skipped, testing::SizeIs(200 - 64));
}

}  // namespace
}  // namespace hinomi

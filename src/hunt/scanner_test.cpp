#include "hunt/scanner.h"

#include <gmock/gmock.h>

#include <random>

#include "base/text.h"
#include "hunt/hunt_test_support.h"
#include "hunt/part_scanner.h"

namespace hinomi {
namespace {

struct Boundary {
  std::string indicator;
  std::string text;
  std::string matched;  // empty: no hit
};

void PrintTo(const Boundary& row, std::ostream* out) { *out << row.indicator << " in " << row.text; }

class Boundaries : public testing::TestWithParam<Boundary> {};

TEST_P(Boundaries, AreWhereTheObservableEnds) {
  const Boundary& row = GetParam();
  const HuntPlan plan = plan_of({row.indicator});
  ASSERT_EQ(plan.size(), 1U) << "the indicator of the row cannot be read";
  const auto hits = hits_in(plan, row.text);
  if (row.matched.empty()) {
    EXPECT_THAT(hits, testing::IsEmpty());
    return;
  }
  ASSERT_THAT(hits, testing::SizeIs(1));
  EXPECT_EQ(hits[0].matched, row.matched);
  EXPECT_EQ(row.text.substr(hits[0].offset, row.matched.size()), row.matched);
}

const std::string kMd5 = "0123456789abcdef0123456789abcdef";
const std::string kSha1 = kMd5 + "00112233";
const std::string kSha256 = kMd5 + kMd5;
const std::string kMd5Upper = "0123456789ABCDEF0123456789ABCDEF";

INSTANTIATE_TEST_SUITE_P(
    Domain, Boundaries,
    testing::Values(
        Boundary{"evil.example", "GET evil.example HTTP", "evil.example"},
        Boundary{"evil.example", "evil.example", "evil.example"},
        Boundary{"evil.example", "a.b.evil.example", "evil.example"}, Boundary{"evil.example", "notevil.example", ""},
        Boundary{"evil.example", "my-evil.example", ""}, Boundary{"evil.example", "my_evil.example", ""},
        Boundary{"evil.example", "evil.example.cdn.test", ""}, Boundary{"evil.example", "evil.examples", ""},
        Boundary{"evil.example", "evil-example", ""}, Boundary{"evil.example", "EVIL.Example", "EVIL.Example"},
        Boundary{"evil.example", "evil.example.", "evil.example"},
        Boundary{"evil.example", "see evil.example...", "evil.example"},
        Boundary{"evil.example", "evil.example:8443", "evil.example"},
        Boundary{"evil.example", "\"*.evil.example\"", "evil.example"},
        Boundary{"evil.example", ".evil.example", "evil.example"},
        Boundary{"evil.example", "user@evil.example>", "evil.example"},
        Boundary{"evil.example", "https://evil.example/path", "evil.example"},
        Boundary{"evil.example", R"({"q":"a\nevil.example\n"})", "evil.example"},
        Boundary{"evil.example", R"({"q":"\u0022evil.example"})", "evil.example"},
        Boundary{"evil.example", "u=http%3A%2F%2Fevil.example%2F", "evil.example"},
        Boundary{"evil.example", "は evil.exampleです", "evil.example"},
        Boundary{"evil.example", "evil[.]example", "evil[.]example"},
        Boundary{"evil.example", "www[.]evil(dot)example,", "evil(dot)example"},
        Boundary{"evil.example", "evil [.] example", ""}, Boundary{"evil.co.jp", "www.evil.co.jp", "evil.co.jp"},
        Boundary{"evil.co.jp", "evil.co.jp", "evil.co.jp"}, Boundary{"evil.co.jp", "vil.co.jp", ""},
        Boundary{"t.me", "t.me", "t.me"}, Boundary{"t.me", "www.t.me", "t.me"}, Boundary{"t.me", "at.me", ""},
        Boundary{"x1.shop.evil.example", "x1.shop.evil.example", "x1.shop.evil.example"},
        Boundary{"x1.shop.evil.example", "x2.shop.evil.example", ""}));

INSTANTIATE_TEST_SUITE_P(
    Ipv4, Boundaries,
    testing::Values(
        Boundary{"1.2.3.4", "src=1.2.3.4 ", "1.2.3.4"}, Boundary{"1.2.3.4", "1.2.3.45", ""},
        Boundary{"1.2.3.4", "11.2.3.4", ""}, Boundary{"1.2.3.4", "1.2.3.4.5", ""}, Boundary{"1.2.3.4", "0.1.2.3.4", ""},
        Boundary{"1.2.3.4", "1.2.3.4:443", "1.2.3.4"}, Boundary{"1.2.3.4", "from 1.2.3.4.", "1.2.3.4"},
        Boundary{"1.2.3.4", "1.2.3.4/24", "1.2.3.4"}, Boundary{"1.2.3.4", "1.2.3.1-1.2.3.4", "1.2.3.4"},
        Boundary{"1.2.3.4", "v1.2.3.4", ""}, Boundary{"1.2.3.4", "1.2.3.4a", ""}, Boundary{"1.2.3.4", "1.2.3.04", ""},
        Boundary{"1.2.3.4", ".1.2.3.4", ""}, Boundary{"1.2.3.4", "1.2.3.4.example.test", ""},
        Boundary{"1.2.3.4", R"("\t1.2.3.4\n")", "1.2.3.4"}, Boundary{"1.2.3.4", "1[.]2[.]3[.]4", "1[.]2[.]3[.]4"},
        Boundary{"1.2.3.4", "::ffff:1.2.3.4", "1.2.3.4"}, Boundary{"198.51.100.0/24", "198.51.100.7", "198.51.100.7"},
        Boundary{"198.51.100.0/24", "198.51.101.7", ""}, Boundary{"198.51.100.8/30", "198.51.100.11", "198.51.100.11"},
        Boundary{"198.51.100.8/30", "198.51.100.12", ""},
        Boundary{"100.64.0.0/10", "100.127.255.255", "100.127.255.255"}, Boundary{"100.64.0.0/10", "100.128.0.0", ""},
        Boundary{"203.0.112.0/20", "203.0.127.1", "203.0.127.1"}, Boundary{"203.0.112.0/20", "203.0.128.1", ""},
        Boundary{"1.2.3.4", "1.2.3.256", ""}));

INSTANTIATE_TEST_SUITE_P(Ipv6, Boundaries,
                         testing::Values(Boundary{"2001:db8::1", "from 2001:db8::1 to", "2001:db8::1"},
                                         Boundary{"2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:0DB8:0:0:0:0:0:1"},
                                         Boundary{"2001:db8::1", "[2001:db8::1]:443", "2001:db8::1"},
                                         Boundary{"2001:db8::1", "2001:db8::1/128", "2001:db8::1"},
                                         Boundary{"2001:db8::1", "2001:db8::12", ""},
                                         Boundary{"2001:db8::1", "2001:db8::1:2", ""},
                                         Boundary{"2001:db8::1", "src:2001:db8::1: refused", "2001:db8::1"},
                                         Boundary{"2001:db8::1", "2001:db8::1.443", "2001:db8::1"},
                                         Boundary{"2001:db8::1", "x2001:db8::1", ""},
                                         Boundary{"2001:db8::1", "2001:db8::1g", ""},
                                         Boundary{"2001:db8::1", "12:34:56 00:11:22:33:44:55", ""}));

INSTANTIATE_TEST_SUITE_P(
    Hash, Boundaries,
    testing::Values(Boundary{kMd5, "md5=" + kMd5 + ",", kMd5}, Boundary{kMd5, kMd5Upper, kMd5Upper},
                    Boundary{kMd5, kMd5 + "0", ""}, Boundary{kMd5, "0" + kMd5, ""}, Boundary{kMd5, kSha256, ""},
                    Boundary{kMd5, "x" + kMd5, ""}, Boundary{kMd5, kMd5 + "x", ""},
                    Boundary{kMd5, "md5_" + kMd5 + ".bin", kMd5}, Boundary{kMd5, "\"\\n" + kMd5 + "\"", kMd5},
                    Boundary{kSha1, "SHA1=" + kSha1, kSha1}, Boundary{kSha1, kSha1 + "ab", ""},
                    Boundary{kSha256, "\"" + kSha256 + "\"", kSha256}, Boundary{kSha256, "h%3D" + kSha256, kSha256},
                    Boundary{kSha256, kSha256 + "00", ""}, Boundary{kSha256, "0" + kSha256, ""}));

INSTANTIATE_TEST_SUITE_P(
    Url, Boundaries,
    testing::Values(
        Boundary{"http://evil.example/a", "GET http://evil.example/a -", "http://evil.example/a"},
        Boundary{"http://evil.example/a", "http://evil.example/ab", ""},
        Boundary{"http://evil.example/a", "http://evil.example/a/extra", ""},
        Boundary{"http://evil.example/a", "https://evil.example/a", ""},
        Boundary{"http://evil.example/a", "http://www.evil.example/a", ""},
        Boundary{"http://evil.example/a", "HTTP://Evil.Example:80/a", "HTTP://Evil.Example:80/a"},
        Boundary{"http://evil.example/a", "http://evil.example/A", ""},
        Boundary{"http://evil.example/a", "http://evil.example:8080/a", ""},
        Boundary{"http://evil.example/a", "hxxp://evil.example/a", "hxxp://evil.example/a"},
        Boundary{"http://evil.example/a", "hxxp[:]//evil[.]example/a", "hxxp[:]//evil[.]example/a"},
        Boundary{"http://evil.example/a", R"("http:\/\/evil.example\/a")", R"(http:\/\/evil.example\/a)"},
        Boundary{"http://evil.example/a", R"("http:\/\/evil.example\u002fa")", R"(http:\/\/evil.example\u002fa)"},
        Boundary{"http://evil.example/a", "(http://evil.example/a).", "http://evil.example/a"},
        Boundary{"http://evil.example/a", "http://evil.example/a#top", "http://evil.example/a#top"},
        Boundary{"http://evil.example/a", "http://me:pw@evil.example/a", "http://me:pw@evil.example/a"},
        Boundary{"http://evil.example/", "http://evil.example ", "http://evil.example"},
        Boundary{"http://evil.example/%7Ea?b=%2f", "http://evil.example/~a?b=%2F", "http://evil.example/~a?b=%2F"},
        Boundary{"http://192.0.2.1/x.sh", "wget http://192.0.2.1/x.sh;", "http://192.0.2.1/x.sh"},
        Boundary{"http://192.0.2.1:8080/x", "http://192.0.2.1:8080/x", "http://192.0.2.1:8080/x"},
        Boundary{"http://[2001:db8::1]/x", "http://[2001:db8::1]/x", "http://[2001:db8::1]/x"},
        Boundary{"http://evil.example/a?b=1&c=2", R"("http://evil.example/a?b=1\u0026c=2")",
                 R"(http://evil.example/a?b=1\u0026c=2)"}));

INSTANTIATE_TEST_SUITE_P(
    EmailAndFileName, Boundaries,
    testing::Values(Boundary{"boss@evil.example", "from=<boss@evil.example>", "boss@evil.example"},
                    Boundary{"boss@evil.example", "Boss@Evil.Example", "Boss@Evil.Example"},
                    Boundary{"boss@evil.example", "bigboss@evil.example", ""},
                    Boundary{"boss@evil.example", "boss@www.evil.example", ""},
                    Boundary{"boss@evil.example", "boss[@]evil[.]example", "boss[@]evil[.]example"},
                    Boundary{"boss@evil.example", "boss(at)evil.example", "boss(at)evil.example"},
                    Boundary{"dropper.exe", R"(C:\Temp\dropper.exe)", "dropper.exe"},
                    Boundary{"dropper.exe", R"("C:\\Temp\\Dropper.EXE")", "Dropper.EXE"},
                    Boundary{"dropper.exe", "eyedropper.exe", ""}, Boundary{"dropper.exe", "dropper.exe.bak", ""},
                    Boundary{"dropper.exe", "/tmp/dropper.exe", "dropper.exe"},
                    Boundary{"dropper.exe", "請求書dropper.exe", ""},
                    Boundary{"dropper.exe", "検体はdropper.exeです", "dropper.exe"}));

TEST(Scanner, CountsLinesFromOneAndOffsetsFromTheStart) {
  const HuntPlan plan = plan_of({"evil.example", "192.0.2.7"});
  std::string text;
  for (int i = 0; i < 20000; ++i) text += i % 1000 == 999 ? "x evil.example\n" : "nothing to see on this line\n";
  text += "last 192.0.2.7";
  const auto hits = hits_in(plan, text);
  ASSERT_THAT(hits, testing::SizeIs(21));
  EXPECT_EQ(hits[0].line, 1000U);
  EXPECT_EQ(hits[19].line, 20000U);
  EXPECT_EQ(hits[20].line, 20001U);
  for (const SeenHit& hit : hits) EXPECT_EQ(text.substr(hit.offset, hit.matched.size()), hit.matched);
}

TEST(Scanner, ReportsTheSameValueForEveryReleaseThatCarriesIt) {
  const Indicator evil = read_indicator("evil.example").value();
  const std::vector<PlanIndicator> twice{{evil, "a", "NS-1", "TLP:GREEN"}, {evil, "b", "NS-2", "TLP:RED"}};
  const HuntPlan plan = HuntPlan::own(compile_plan(twice, test_options()).value().bytes).value();
  const auto hits = hits_in(plan, "evil.example");
  ASSERT_THAT(hits, testing::SizeIs(2));
  EXPECT_EQ(plan.at(hits[0].indicator).release, "NS-1");
  EXPECT_EQ(plan.at(hits[1].indicator).release, "NS-2");
}

TEST(Scanner, FindsNetworkAddressDomainUrlAndHostInOneUrl) {
  const HuntPlan plan = plan_of({"evil.example", "http://www.evil.example/a", "www.evil.example"});
  EXPECT_THAT(hits_in(plan, "http://www.evil.example/a"), testing::SizeIs(3));
}

TEST(Scanner, FindsFileNamesWithSpacesAndJapanese) {
  std::vector<PlanIndicator> items;
  for (const char* name : {"invoice 2024 (1).exe", "請求書.exe"}) {
    items.push_back({{IndicatorType::FileName, name}, name, "", ""});
  }
  const HuntPlan plan = HuntPlan::own(compile_plan(items, test_options()).value().bytes).value();
  EXPECT_THAT(hits_in(plan, R"(run "C:\Invoice 2024 (1).exe")"), testing::SizeIs(1));
  EXPECT_THAT(hits_in(plan, "D:/請求書.exe"), testing::SizeIs(1));
  EXPECT_THAT(hits_in(plan, "D:/新請求書.exe"), testing::IsEmpty());
}

TEST(Scanner, CountsButDoesNotReportAboveTheLimitPerIndicator) {
  const HuntPlan plan = plan_of({"evil.example"});
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "evil.example\n";
  std::size_t reported = 0;
  ScanOptions options;
  options.max_hits_per_indicator = 10;
  Scanner scanner(plan, [&](std::span<const Hit> hits) { reported += hits.size(); }, options);
  scanner.feed(as_bytes(text));
  scanner.finish();
  EXPECT_EQ(reported, 10U);
  EXPECT_EQ(scanner.hits(), 5000U);
  EXPECT_EQ(scanner.hits_of(0), 5000U);
  EXPECT_EQ(scanner.lines(), 5000U);
}

TEST(Scanner, ListsWhatItCannotLookForInsteadOfForgettingIt) {
  const std::vector<PlanIndicator> items{{{IndicatorType::FileName, "README"}, "a", "", ""},
                                         {{IndicatorType::Domain, "evil.example"}, "b", "", ""},
                                         {{IndicatorType::Md5, "12"}, "c", "", ""}};
  const auto compiled = compile_plan(items, test_options());
  ASSERT_TRUE(compiled.ok());
  ASSERT_THAT(compiled->skipped, testing::SizeIs(2));
  EXPECT_EQ(compiled->skipped[0].index, 0U);
  EXPECT_EQ(compiled->skipped[1].index, 2U);
}

// Text made of pieces that matter to the scanner, glued in random order.
std::string random_text(std::mt19937_64& random, std::size_t pieces) {
  static const std::vector<std::string> kPieces{"evil.example",
                                                "www.",
                                                "a.b.",
                                                "1.2.3.4",
                                                "5",
                                                ".",
                                                "..",
                                                ":",
                                                "::",
                                                "2001:db8::1",
                                                "/",
                                                "//",
                                                "http://",
                                                "hxxp",
                                                "[.]",
                                                "(dot)",
                                                "[",
                                                "]",
                                                "@",
                                                "boss",
                                                "\\",
                                                "\\n",
                                                "\\u0022",
                                                "%2F",
                                                "\n",
                                                " ",
                                                ",",
                                                "\"",
                                                "-",
                                                "_",
                                                "x",
                                                "0123456789abcdef0123456789abcdef",
                                                "dropper.exe",
                                                "は",
                                                "請求書.exe",
                                                "evil",
                                                "example",
                                                "co.jp",
                                                "evil.co.jp",
                                                "198.51.100.9",
                                                "/a",
                                                "#",
                                                "?q=1",
                                                "evil[.]example",
                                                "1[.]2[.]3[.]4",
                                                "boss@evil.example",
                                                "http://evil.example/a",
                                                std::string(70, 'a'),
                                                std::string(300, '9'),
                                                std::string("\0\xFF\x80", 3)};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[random() % kPieces.size()];
  return text;
}

const std::vector<std::string> kMixedList{"evil.example",
                                          "evil.co.jp",
                                          "1.2.3.4",
                                          "198.51.100.0/24",
                                          "2001:db8::1",
                                          "0123456789abcdef0123456789abcdef",
                                          "http://evil.example/a",
                                          "boss@evil.example",
                                          "dropper.exe",
                                          "請求書.exe",
                                          "http://1.2.3.4/a"};

TEST(Scanner, GivesTheSameHitsForEveryCuttingIntoPieces) {
  const HuntPlan plan = plan_of(kMixedList);
  std::mt19937_64 random(20261123);
  std::size_t total = 0;
  for (int round = 0; round < 60; ++round) {
    const std::string text = random_text(random, 50 + random() % 4000);
    const auto whole = hits_in(plan, text);
    total += whole.size();
    const std::vector<std::vector<std::size_t>> cuttings{
        {1}, {7}, {64, 1}, {4096}, {4095, 4097}, {1 + random() % 9000, 1 + random() % 70, 1 + random() % 30000}};
    for (const auto& pieces : cuttings) ASSERT_EQ(hits_in(plan, text, {}, pieces), whole) << "round " << round;
  }
  EXPECT_GT(total, 1000U) << "the texts must hold hits for this test to mean anything";
}

// The hits of a file cut into parts of `size` bytes that are searched one by one.
std::vector<SeenHit> hits_by_parts(const HuntPlan& plan, const std::string& text, std::uint64_t size) {
  const PartScanner::Load load = [&](std::uint64_t offset, std::span<std::uint8_t> into) -> Result<std::size_t> {
    const std::size_t count = std::min<std::size_t>(into.size(), text.size() - offset);
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
    return count;
  };
  std::vector<SeenHit> seen;
  PartScanner scanner(plan);
  std::uint64_t newlines = 0;
  for (std::uint64_t begin = 0; begin < text.size(); begin += size) {
    const std::uint64_t end = std::min<std::uint64_t>(begin + size, text.size());
    const auto result = scanner.scan({begin, end, end == text.size()}, load);
    for (const PartHit& hit : result->hits) seen.push_back({newlines + hit.line + 1, hit.offset, hit.indicator, ""});
    newlines += result->newlines;
  }
  return seen;
}

TEST(PartScanner, GivesTheHitsOfTheWholeForEverySizeOfParts) {
  const HuntPlan plan = plan_of(kMixedList);
  std::mt19937_64 random(99);
  for (int round = 0; round < 40; ++round) {
    const std::string text = random_text(random, 50 + random() % 4000);
    auto whole = hits_in(plan, text);
    for (SeenHit& hit : whole) hit.matched.clear();
    for (const std::uint64_t size : {std::uint64_t{1000}, std::uint64_t{4096}, 1 + random() % 40000}) {
      ASSERT_EQ(hits_by_parts(plan, text, size), whole) << "round " << round << ", parts of " << size;
    }
  }
}

TEST(Scanner, GivesTheSameHitsOnEveryInstructionSet) {
  const HuntPlan plan = plan_of(kMixedList);
  std::mt19937_64 random(7);
  for (int round = 0; round < 100; ++round) {
    const std::string text = random_text(random, 3000);
    ScanOptions portable, avx2;
    portable.instructions = hunting::Instructions::Portable;
    avx2.instructions = hunting::Instructions::Avx2;
    const auto best = hits_in(plan, text);
    ASSERT_EQ(hits_in(plan, text, portable), best);
    ASSERT_EQ(hits_in(plan, text, avx2), best);
  }
}

TEST(ByteClasses, AreTheSameForEveryByteOnEveryInstructionSet) {
  std::vector<std::uint8_t> bytes(hunting::kBatchBytes);
  std::mt19937_64 random(3);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i < 256 ? i : random());
  const auto masks_with = [&](hunting::Instructions instructions) {
    auto masks = std::make_unique<hunting::ClassMasks>();
    hunting::classifier(instructions)(bytes.data(), hunting::kBatchBlocks, *masks);
    return masks;
  };
  const auto portable = masks_with(hunting::Instructions::Portable);
  for (const auto wanted : {hunting::Instructions::Avx2, hunting::Instructions::Avx512}) {
    const auto other = masks_with(wanted);
    EXPECT_EQ(portable->token, other->token);
    EXPECT_EQ(portable->dot, other->dot);
    EXPECT_EQ(portable->digit_dot, other->digit_dot);
    EXPECT_EQ(portable->alpha, other->alpha);
    EXPECT_EQ(portable->hex, other->hex);
    EXPECT_EQ(portable->colon, other->colon);
    EXPECT_EQ(portable->backslash, other->backslash);
    EXPECT_EQ(portable->newline, other->newline);
    EXPECT_EQ(portable->close, other->close);
  }
}

}  // namespace
}  // namespace hinomi

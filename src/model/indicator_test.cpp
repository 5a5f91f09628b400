#include "model/indicator.h"

#include <gmock/gmock.h>

namespace hinomi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string shown(const Indicator& indicator) {
  return std::string(indicator_type_text(indicator.type)) + " " + indicator.value;
}
std::string shown(const Result<Indicator>& result) { return result.ok() ? shown(*result) : result.error().code; }

std::vector<std::string> found(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto& indicator : find_indicators(text)) lines.push_back(shown(indicator));
  return lines;
}

struct Spelling {
  std::string_view written;
  std::string_view read;
};

class ReadIndicator : public ::testing::TestWithParam<Spelling> {};
TEST_P(ReadIndicator, GivesTypeAndNormalisedValue) {
  EXPECT_EQ(shown(read_indicator(GetParam().written)), GetParam().read) << GetParam().written;
}

INSTANTIATE_TEST_SUITE_P(
    Addresses, ReadIndicator,
    ::testing::Values(
        Spelling{"192.0.2.1", "ipv4 192.0.2.1"}, Spelling{" 192[.]0[.]2[.]1\n", "ipv4 192.0.2.1"},
        Spelling{"192(.)0{.}2[dot]1", "ipv4 192.0.2.1"}, Spelling{"192\\.0\\.2\\.1", "ipv4 192.0.2.1"},
        Spelling{"１９２．０．２．１", "ipv4 192.0.2.1"}, Spelling{"\"192.0.2.1\"", "ipv4 192.0.2.1"},
        Spelling{"192.0.2.77/24", "ipv4-cidr 192.0.2.0/24"}, Spelling{"192.0.2.7/32", "ipv4 192.0.2.7"},
        Spelling{"192.0.2.256", "indicator.unrecognised"}, Spelling{"192.0.2.01", "indicator.unrecognised"},
        Spelling{"192.0.2", "indicator.unrecognised"}, Spelling{"192.0.2.1.5", "indicator.unrecognised"},
        Spelling{"192.0.2.0/33", "indicator.unrecognised"}, Spelling{"2001:DB8:0:0:0:0:0:1", "ipv6 2001:db8::1"},
        Spelling{"[2001:db8::1]", "ipv6 2001:db8::1"}, Spelling{"2001[:]db8[:][:]1", "ipv6 2001:db8::1"},
        Spelling{"2001:db8:0:1:1:1:1:1", "ipv6 2001:db8:0:1:1:1:1:1"},
        Spelling{"2001:0:0:1:0:0:0:1", "ipv6 2001:0:0:1::1"}, Spelling{"2001:db8::1:0:0:1", "ipv6 2001:db8::1:0:0:1"},
        Spelling{"::ffff:192.0.2.1", "ipv6 ::ffff:192.0.2.1"},
        Spelling{"64:ff9b::192.0.2.33", "ipv6 64:ff9b::c000:221"}, Spelling{"1:2:3:4:5:6:7::", "ipv6 1:2:3:4:5:6:7:0"},
        Spelling{"1::2::3", "indicator.unrecognised"}, Spelling{"fe80::1%eth0", "indicator.unrecognised"},
        Spelling{"1:2:3:4:5:6:7:8:9", "indicator.unrecognised"}));

INSTANTIATE_TEST_SUITE_P(
    Names, ReadIndicator,
    ::testing::Values(
        Spelling{"Evil.Example.COM.", "domain evil.example.com"}, Spelling{"evil[.]example", "domain evil.example"},
        Spelling{"evil[dot]example", "domain evil.example"},
        Spelling{"ｅｖｉｌ．ｅｘａｍｐｌｅ", "domain evil.example"}, Spelling{"日本語.jp", "domain xn--wgv71a119e.jp"},
        Spelling{"xn--wgv71a119e.jp", "domain xn--wgv71a119e.jp"}, Spelling{"日本語。jp", "domain xn--wgv71a119e.jp"},
        Spelling{"_c2._tcp.evil.example", "domain _c2._tcp.evil.example"},
        Spelling{"-evil.example", "indicator.unrecognised"}, Spelling{"evil..example", "indicator.unrecognised"},
        Spelling{"evil.123", "indicator.unrecognised"}, Spelling{"evil example", "indicator.unrecognised"},
        Spelling{"", "indicator.unrecognised"}, Spelling{"word", "indicator.unrecognised"},
        Spelling{"Bad.Guy@Evil.Example", "email bad.guy@evil.example"},
        Spelling{"bad[at]evil(dot)example", "email bad@evil.example"},
        Spelling{"bad..guy@evil.example", "indicator.unrecognised"},
        Spelling{"a@b@evil.example", "indicator.unrecognised"}));

INSTANTIATE_TEST_SUITE_P(
    Urls, ReadIndicator,
    ::testing::Values(Spelling{"hxxps://Evil[.]Example:443/A?b=C#frag", "url https://evil.example/A?b=C"},
                      Spelling{"hXXp[://]192[.]0[.]2[.]1[:]8080", "url http://192.0.2.1:8080/"},
                      Spelling{"http://user:pass@evil.example", "url http://evil.example/"},
                      Spelling{"http://good.example@evil.example/", "url http://evil.example/"},
                      Spelling{"http://[2001:DB8::1]:80/x", "url http://[2001:db8::1]/x"},
                      Spelling{"http://evil.example\\x", "url http://evil.example/%5Cx"},
                      Spelling{"http://evil.example/%e3%81%82", "url http://evil.example/%E3%81%82"},
                      Spelling{"http://evil.example/あ", "url http://evil.example/%E3%81%82"},
                      Spelling{"http://evil.example/100%", "url http://evil.example/100%25"},
                      Spelling{"fxp://evil.example/a", "url ftp://evil.example/a"},
                      Spelling{"ldap://evil.example:1389/o", "url ldap://evil.example:1389/o"},
                      Spelling{"http://intranet/", "indicator.unrecognised"},
                      Spelling{"http://evil.example:0/", "indicator.unrecognised"},
                      Spelling{"http://evil.example:99999/", "indicator.unrecognised"},
                      Spelling{"javascript://evil.example/", "indicator.unrecognised"}));

INSTANTIATE_TEST_SUITE_P(
    HashesAndFiles, ReadIndicator,
    ::testing::Values(Spelling{"D41D8CD98F00B204E9800998ECF8427F", "md5 d41d8cd98f00b204e9800998ecf8427f"},
                      Spelling{"da39a3ee5e6b4b0d3255bfef95601890afd80700",
                               "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80700"},
                      Spelling{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b850",
                               "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b850"},
                      Spelling{"d41d8cd98f00b204e9800998ecf8427", "indicator.unrecognised"},
                      Spelling{"Report.docx", "file-name report.docx"},
                      Spelling{"invoice.zip", "file-name invoice.zip"}, Spelling{"invoice[.]zip", "domain invoice.zip"},
                      Spelling{"install.sh", "file-name install.sh"}, Spelling{"請求書.exe", "file-name 請求書.exe"},
                      Spelling{"C:\\Temp\\a.exe", "indicator.unrecognised"}));

INSTANTIATE_TEST_SUITE_P(WhatEveryoneHas, ReadIndicator,
                         ::testing::Values(Spelling{"0.0.0.0", "indicator.matches_everything"},
                                           Spelling{"0.0.0.0/0", "indicator.matches_everything"},
                                           Spelling{"10.0.0.0/7", "indicator.matches_everything"},
                                           Spelling{"127.0.0.1", "indicator.matches_everything"},
                                           Spelling{"255.255.255.255", "indicator.matches_everything"},
                                           Spelling{"::", "indicator.matches_everything"},
                                           Spelling{"::1", "indicator.matches_everything"},
                                           Spelling{"com", "indicator.matches_everything"},
                                           Spelling{"co.jp", "indicator.matches_everything"},
                                           Spelling{"d41d8cd98f00b204e9800998ecf8427e", "indicator.matches_everything"},
                                           Spelling{"00000000000000000000000000000000", "indicator.matches_everything"},
                                           Spelling{"PowerShell.exe", "indicator.matches_everything"}));

TEST(ReadIndicatorLimits, RefusesALongTextBeforeLookingAtIt) {
  EXPECT_EQ(shown(read_indicator(std::string(5000, 'a'))), "indicator.too_long");
}

TEST(MakeIndicator, DoesNotTakeOneTypeForAnother) {
  EXPECT_FALSE(make_indicator(IndicatorType::Domain, "192.0.2.1").ok());
  EXPECT_FALSE(make_indicator(IndicatorType::Ipv4, "evil.example").ok());
  EXPECT_FALSE(make_indicator(IndicatorType::Sha256, "d41d8cd98f00b204e9800998ecf8427f").ok());
  EXPECT_FALSE(make_indicator(IndicatorType::Url, "evil.example").ok());
}

TEST(IndicatorType, EveryNameReadsBack) {
  for (int i = 0; i <= static_cast<int>(IndicatorType::FileName); ++i) {
    const auto type = static_cast<IndicatorType>(i);
    const auto read = parse_indicator_type(indicator_type_text(type));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, type);
  }
  EXPECT_FALSE(parse_indicator_type("IPV4").ok());
}

TEST(FindIndicators, KeepsTheOrderAndDropsRepeats) {
  EXPECT_THAT(found("C2 hxxps://evil[.]example/a, then 192[.]0[.]2[.]1 and again 192.0.2.1; mail bad@evil.com."),
              ElementsAre("url https://evil.example/a", "ipv4 192.0.2.1", "email bad@evil.com"));
}

TEST(FindIndicators, ReadsJapaneseProse) {
  EXPECT_THAT(found("通信先は「evil.com」および192.0.2.1、１９８．５１．１００．７です。evil.jpへ接続。"),
              ElementsAre("domain evil.com", "ipv4 192.0.2.1", "ipv4 198.51.100.7", "domain evil.jp"));
}

TEST(FindIndicators, LeavesOutWhatOnlyLooksLikeADomain) {
  EXPECT_THAT(found("report.docx main.cpp README.md install.sh e.g. i.e. v2.10.3 file.tar.gz ASP.NET std::string "
                    "It began.In the end a.b.c at 12:34:56, invoice.zip, foo.init() and U.S. law"),
              IsEmpty());
}

TEST(FindIndicators, TakesADefangedNameAtItsWord) {
  EXPECT_THAT(found("invoice[.]zip setup(.)sh evil[.]example"),
              ElementsAre("domain invoice.zip", "domain setup.sh", "domain evil.example"));
}

TEST(FindIndicators, SeparatesTheFieldsOfLists) {
  EXPECT_THAT(found("http://a.com/x,http://b.com/y;c.com,192.0.2.1"),
              ElementsAre("url http://a.com/x", "url http://b.com/y", "domain c.com", "ipv4 192.0.2.1"));
  EXPECT_THAT(found("http://a.com/x,y"), ElementsAre("url http://a.com/x,y"));
  EXPECT_THAT(found("ip=192.0.2.1 host:evil.com:8080 (evil.net/path) [2001:db8::7]"),
              ElementsAre("ipv4 192.0.2.1", "domain evil.com", "domain evil.net", "ipv6 2001:db8::7"));
}

TEST(FindIndicators, LeavesThePunctuationOfTheSentence) {
  EXPECT_THAT(found("(see http://evil.com/a_(b)). And \"http://[2001:db8::1]\", <http://evil.org/>!"),
              ElementsAre("url http://evil.com/a_(b)", "url http://[2001:db8::1]/", "url http://evil.org/"));
}

TEST(FindIndicators, FindsNetworksHashesAndPrograms) {
  EXPECT_THAT(
      found("198.51.100.0/24 SHA256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B850 "
            "C:\\Temp\\Dropper.exe via cmd.exe and 0.0.0.0/0"),
      ElementsAre("ipv4-cidr 198.51.100.0/24",
                  "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b850", "file-name dropper.exe"));
}

TEST(FindIndicators, FindsWhatStandsInOneEndlessToken) {
  std::string list;
  for (int i = 1; i < 200; ++i) list += "host" + std::to_string(i) + ".com,";
  ASSERT_GT(list.size(), 2000U);
  EXPECT_EQ(find_indicators(list).size(), 199U);
}

TEST(FindIndicators, GivesTheSameForDefangedAndPlainText) {
  const std::vector<std::string_view> plain{"192.0.2.1", "http://evil.com/a", "bad@evil.com", "evil.com"};
  for (const auto text : plain) {
    const auto indicator = find_indicators(text);
    ASSERT_EQ(indicator.size(), 1U) << text;
    EXPECT_EQ(find_indicators(defanged(indicator[0])), indicator) << defanged(indicator[0]);
    EXPECT_EQ(shown(read_indicator(defanged(indicator[0]))), shown(indicator[0]));
  }
}

TEST(Defanged, IsNeverALiveLink) {
  EXPECT_EQ(defanged({IndicatorType::Url, "https://evil.example/a.b"}), "hxxps://evil[.]example/a[.]b");
  EXPECT_EQ(defanged({IndicatorType::Email, "a@evil.example"}), "a[@]evil[.]example");
  EXPECT_EQ(defanged({IndicatorType::Ipv6, "2001:db8::1"}), "2001[:]db8[:][:]1");
  EXPECT_EQ(defanged({IndicatorType::FileName, "a.exe"}), "a.exe");
}

}  // namespace
}  // namespace hinomi

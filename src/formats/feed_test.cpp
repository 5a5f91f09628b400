#include "formats/feed.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "formats/feed_time.h"
#include "formats/text_pieces.h"
#include "support/read_file.h"

namespace hinomi {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

ReadOutcome read(std::string_view text) {
  auto outcome = read_feed({"feed", "feed.xml", text});
  EXPECT_TRUE(outcome.ok()) << (outcome.ok() ? "" : outcome.error().code + outcome.error().detail);
  return std::move(outcome).value_or({});
}

ReadOutcome demo(std::string_view name) {
  return read(testing::read_file(fmt::format("{}/packs/demo/feeds/{}", HINOMI_SOURCE_DIR, name)));
}

std::string refused(std::string_view text, const FeedLimits& limits = {}) {
  const auto outcome = read_feed({"feed", "feed.xml", text}, limits);
  return outcome.ok() ? "accepted" : outcome.error().code;
}

Instant at(std::string_view text) { return parse_rfc3339(text).value_or(Instant{}); }

TEST(Feed, JvnNotesAreReadWithTheirSecurityNames) {
  const auto outcome = demo("jvn.rdf");
  EXPECT_THAT(outcome.problems, IsEmpty());
  ASSERT_THAT(outcome.items, SizeIs(4));
  const SourceItem& item = outcome.items[0];
  EXPECT_EQ(item.format, SourceFormat::MyJvn);
  EXPECT_EQ(item.external_id, "NOTE-2099-000001");
  EXPECT_EQ(item.url, "https://notes.example/NOTE-2099-000001.html");
  EXPECT_EQ(item.version, "2099-06-11T09:30+09:00");
  EXPECT_EQ(item.published, at("2099-06-10T02:00:00Z"));
  EXPECT_THAT(item.cves, ElementsAre("CVE-2099-10001"));
  EXPECT_THAT(item.products, ElementsAre("架空電機 KE-RTU 500"));
  EXPECT_THAT(item.summary, AllOf(StartsWith("変電所の遠方監視制御に使われる KE-RTU 500 には、 認証欠如"),
                                  HasSubstr("CVSS 2.0 10.0"), HasSubstr("CVSS 3.0 9.8"), Not(HasSubstr("<"))));
}

TEST(Feed, AnItemKeepsItsOwnBytes) {
  const auto outcome = demo("jvn.rdf");
  for (const SourceItem& item : outcome.items) {
    EXPECT_THAT(item.raw, AllOf(StartsWith("<item rdf:about="), EndsWith("</item>"), HasSubstr(item.external_id)));
    EXPECT_EQ(item.raw.find("<item", 1), std::string::npos);
  }
}

TEST(Feed, AMinimalItemHasItsBytesAsVersion) {
  const auto outcome = demo("jvn.rdf");
  EXPECT_THAT(outcome.items[3].version, StartsWith("sha256:"));
  EXPECT_EQ(outcome.items[3].published, std::nullopt);
}

TEST(Feed, AlertsAreReadAndTheirCvesFound) {
  const auto outcome = demo("jpcert.rdf");
  ASSERT_THAT(outcome.items, SizeIs(3));
  EXPECT_EQ(outcome.items[0].format, SourceFormat::Rss);
  EXPECT_EQ(outcome.items[0].external_id, "ALERT-AT-2099-0012");
  EXPECT_THAT(outcome.items[0].cves, ElementsAre("CVE-2099-10002"));
  EXPECT_THAT(outcome.items[1].cves, ElementsAre("CVE-2099-10001"));
  EXPECT_EQ(outcome.items[2].published, at("2099-06-10T00:00:00Z"));
}

TEST(Feed, VuldefDetailsGiveProductsAndMitigation) {
  const auto outcome = demo("myjvn-detail.xml");
  EXPECT_THAT(outcome.problems, IsEmpty());
  ASSERT_THAT(outcome.items, SizeIs(1));
  const SourceItem& item = outcome.items[0];
  EXPECT_EQ(item.external_id, "NOTE-2099-000001");
  EXPECT_THAT(item.cves, ElementsAre("CVE-2099-10001"));
  EXPECT_THAT(item.products, ElementsAre("架空電機 KE-RTU 500 ファームウェア 3.1 およびそれ以前"));
  EXPECT_EQ(item.mitigation, "ファームウェア 3.2 に更新してください。");
  EXPECT_EQ(item.url, "https://records.example/CVE-2099-10001");
  EXPECT_EQ(item.published, at("2099-06-10T02:00:00Z"));
}

TEST(Feed, AtomEntriesAreRead) {
  const auto outcome = demo("ministry.atom");
  ASSERT_THAT(outcome.items, SizeIs(2));
  EXPECT_THAT(outcome.items[0].cves, ElementsAre("CVE-2099-10001"));
  EXPECT_EQ(outcome.items[0].published, at("2099-06-12T09:00:00Z"));
  EXPECT_EQ(outcome.items[1].title, "冬季の電力需給に関する お知らせ");
  EXPECT_EQ(outcome.items[1].published, at("2099-06-11T03:00:00Z"));
}

TEST(Feed, RssTwoWithCdataAndRfc822Times) {
  const auto outcome = read(R"(<rss version="2.0"><channel><title>c</title>
    <item><title><![CDATA[A &amp; <b>B</b>]]></title><link>https://a.example/1</link><guid isPermaLink="false">g1</guid>
      <description>see cve-2099-12345.</description><pubDate>Thu, 08 Oct 2026 11:00:00 +0900</pubDate></item>
    <item><title>Second</title><link>javascript:alert(1)</link><guid>g2</guid></item></channel></rss>)");
  ASSERT_THAT(outcome.items, SizeIs(2));
  EXPECT_EQ(outcome.items[0].title, "A & B");
  EXPECT_EQ(outcome.items[0].external_id, "g1");
  EXPECT_EQ(outcome.items[0].published, at("2026-10-08T02:00:00Z"));
  EXPECT_THAT(outcome.items[0].cves, ElementsAre("CVE-2099-12345"));
  EXPECT_EQ(outcome.items[1].url, "") << "only web addresses may become links";
}

TEST(Feed, HandlingGivesTheTlp) {
  const auto tlp = [](std::string_view color) {
    return read(fmt::format(
                    R"(<rdf:RDF><item><title>t</title><sec:identifier>i</sec:identifier><sec:handling><marking:Marking>
      <marking:Marking_Structure marking_model_name="TLP" color="{}"/></marking:Marking></sec:handling></item></rdf:RDF>)",
                    color))
        .items.at(0)
        .tlp;
  };
  EXPECT_EQ(tlp("WHITE"), Tlp::Clear);
  EXPECT_EQ(tlp("AMBER"), Tlp::Amber);
  EXPECT_EQ(tlp("PUCE"), Tlp::Red);
}

TEST(Feed, BrokenItemsAreReportedAndTheOthersKept) {
  const auto outcome = read(R"(<rdf:RDF><item><link>https://a.example/</link></item><item><title>no id</title></item>
    <item rdf:about="https://b.example/"><title>bad date</title><dc:date>soon</dc:date></item></rdf:RDF>)");
  EXPECT_THAT(outcome.items, ElementsAre(Field(&SourceItem::title, "bad date")));
  EXPECT_THAT(outcome.problems, ElementsAre(Field(&ReadProblem::where, "item 1"), Field(&ReadProblem::where, "item 2"),
                                            Field(&ReadProblem::code, "feed.date")));
}

TEST(Feed, ADoctypeIsRefusedWhereverItStands) {
  for (const std::string_view text :
       {R"(<!DOCTYPE rss [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><rss><channel/></rss>)",
        R"(<?xml version="1.0"?><!-- c --> <!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>)",
        "\xEF\xBB\xBF<!doctype html><html/>", R"(<rss/><!DOCTYPE x>)"}) {
    EXPECT_EQ(refused(text), "feed.doctype") << text;
  }
  EXPECT_EQ(refused("<rss><!DOCTYPE x></rss>"), "feed.syntax");
}

TEST(Feed, UndefinedEntitiesStayTextAndExpandToNothing) {
  const auto outcome = read(R"(<rss><channel><item><title>&xxe; x</title><guid>g</guid></item></channel></rss>)");
  EXPECT_EQ(outcome.items.at(0).title, "&xxe; x");
}

TEST(Feed, SizeTagsDepthAndItemsAreBounded) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(refused(deep), "feed.too_deep");
  EXPECT_EQ(refused("<rss/>", {.max_bytes = 5}), "feed.too_large");
  EXPECT_EQ(refused("<rss><channel><item/><item/><item/></channel></rss>", {.max_tags = 2}), "feed.too_large");
  EXPECT_EQ(refused("<rss><channel><item/><item/><item/></channel></rss>", {.max_items = 2}), "feed.too_large");
}

TEST(Feed, OtherEncodingsAndOtherDocumentsAreRefused) {
  EXPECT_EQ(refused("<rss>\xFF</rss>"), "feed.encoding");
  EXPECT_EQ(refused(R"(<?xml version="1.0" encoding="Shift_JIS"?><rss/>)"), "feed.encoding");
  EXPECT_EQ(refused(std::string_view("<rss>\0</rss>", 12)), "feed.encoding");
  EXPECT_EQ(refused("<html><body/></html>"), "feed.not_a_feed");
  EXPECT_EQ(refused("<rss><channel>"), "feed.syntax");
  EXPECT_EQ(refused(""), "feed.syntax");
}

TEST(Feed, AnErrorOfTheServiceIsNotAnEmptyFeed) {
  EXPECT_EQ(refused(R"(<Result><status:Status retCd="1" errCd="ERR" errMsg="bad method"/></Result>)"), "feed.service");
  EXPECT_THAT(read(R"(<Result><status:Status retCd="0"/></Result>)").items, IsEmpty());
}

TEST(FeedTime, ReadsWhatFeedsWrite) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"2026-10-08T11:00:00+09:00", "2026-10-08T02:00:00Z"},
      {"2026-10-08T11:00+09:00", "2026-10-08T02:00:00Z"},
      {"2026-10-08T11:00", "2026-10-08T11:00:00Z"},
      {"2026-10-08T11:00:30", "2026-10-08T11:00:30Z"},
      {"2026-10-08T11:00Z", "2026-10-08T11:00:00Z"},
      {"2026-10-08", "2026-10-08T00:00:00Z"},
      {"Thu, 08 Oct 2026 11:00:00 GMT", "2026-10-08T11:00:00Z"},
      {"8 Oct 26 11:00 EST", "2026-10-08T16:00:00Z"},
      {"Thu, 08 Oct 1998 11:00:00 +0900", "1998-10-08T02:00:00Z"}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(parse_feed_time(text), at(expected)) << text;
  for (const std::string_view text : {"", "soon", "2026-10", "2026-13-01", "08 Foo 2026 11:00 GMT",
                                      "32 Oct 2026 11:00 GMT", "08 Oct 2026 11:00 XYZ", "2026-10-08T25:00"}) {
    EXPECT_EQ(parse_feed_time(text), std::nullopt) << text;
  }
}

TEST(PlainText, TagsGoAndTextStays) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"<p>a<br/>b</p>", "a b"},
                                                                 {"a &lt; b &amp;&amp; c", "a < b && c"},
                                                                 {"1 < 2 > 0", "1 < 2 > 0"},
                                                                 {"x&#13;\n y &#x3042;&#12354;", "x y ああ"},
                                                                 {"&nosuch; &", "&nosuch; &"},
                                                                 {"<!-- c -->t", "t"},
                                                                 {"<unclosed", "<unclosed"},
                                                                 {"&#xD800;&#1114112;", "\uFFFD\uFFFD"},
                                                                 {"", ""}};
  for (const auto& [html, expected] : cases) EXPECT_EQ(plain_text_of_html(html), expected) << html;
}

TEST(PlainText, ManyOpenTagsCostLinearTime) {
  std::string text;
  for (int i = 0; i < 2'000'000; ++i) text += "<a";
  EXPECT_THAT(plain_text_of_html(text), SizeIs(text.size()));
}

TEST(PlainText, ShorteningNeverCutsACharacter) {
  EXPECT_EQ(shortened("あいう", 4), "あ");
  EXPECT_EQ(shortened("あいう", 9), "あいう");
  EXPECT_EQ(shortened("🏮", 3), "");
}

}  // namespace
}  // namespace hinomi

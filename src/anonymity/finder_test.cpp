#include "anonymity/finder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "support/gazetteers.h"

namespace hinomi::anonymity {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Finder& finder() {
  static const Finder shipped = [] {
    auto gazetteer = Gazetteer::create(testing_support::shipped_gazetteers());
    if (!gazetteer.ok()) ADD_FAILURE() << gazetteer.error().where << " " << gazetteer.error().detail;
    return Finder(std::move(gazetteer).value());
  }();
  return shipped;
}

Findings found(std::string_view text, const FindContext& context = {}) {
  auto findings = finder().find(text, context);
  EXPECT_TRUE(findings.ok());
  return findings.ok() ? std::move(findings).value() : Findings{};
}

const Span* span_with(const Findings& findings, std::string_view text) {
  const auto span = std::ranges::find(findings.spans, text, &Span::text);
  return span == findings.spans.end() ? nullptr : &*span;
}

std::string proposal_of(std::string_view text, const FindContext& context = {}) {
  return anonymised_text(text, found(text, context).spans).value();
}

void expect_exact(std::string_view text, const Findings& findings) {
  std::size_t end = 0;
  for (const Span& span : findings.spans) {
    ASSERT_LT(span.begin, span.end);
    ASSERT_LE(end, span.begin);
    ASSERT_LE(span.end, text.size());
    ASSERT_EQ(text.substr(span.begin, span.end - span.begin), span.text);
    ASSERT_FALSE(span.steps.empty());
    ASSERT_LT(span.proposed, span.steps.size());
    end = span.end;
  }
}

struct Written {
  std::string_view name;
  SpanClass span_class;
};

class Recall : public testing::TestWithParam<Written> {};

// Every written form stands in five surroundings: Japanese and English, at the start, the end and between others.
TEST_P(Recall, FindsTheNameInEverySurrounding) {
  const auto& [name, span_class] = GetParam();
  for (const std::string_view around :
       {"当日、@で検知した。", "@", "報告者は「@」の者。", "(@)", "See @ for details."}) {
    std::string text(around);
    text.replace(text.find('@'), 1, name);
    const Findings findings = found(text);
    expect_exact(text, findings);
    EXPECT_THAT(findings.spans, Contains(AllOf(Field(&Span::text, testing::HasSubstr(std::string(name))),
                                               Field(&Span::span_class, span_class))))
        << text;
  }
}

std::string test_name(const testing::TestParamInfo<Written>& written) { return "Case" + std::to_string(written.index); }

INSTANTIATE_TEST_SUITE_P(Companies, Recall,
                         testing::ValuesIn(std::vector<Written>{{"東京電力パワーグリッド", SpanClass::Company},
                                                                {"東電PG", SpanClass::Company},
                                                                {"東電ＰＧ", SpanClass::Company},
                                                                {"東電", SpanClass::Company},
                                                                {"ＴＥＰＣＯ", SpanClass::Company},
                                                                {"TEPCO PG", SpanClass::Company},
                                                                {"TEPCO　PG", SpanClass::Company},
                                                                {"tepco-pg", SpanClass::Company},
                                                                {"東 京 電 力", SpanClass::Company},
                                                                {"東京\n電力", SpanClass::Company},
                                                                {"東京電力株式会社", SpanClass::Company},
                                                                {"東京電力㈱", SpanClass::Company},
                                                                {"東京電力ﾊﾟﾜｰｸﾞﾘｯﾄﾞ", SpanClass::Company},
                                                                {"東京電力パワ－グリッド", SpanClass::Company},
                                                                {"東京電力パワ‐グリッド", SpanClass::Company},
                                                                {"関西電力送配電", SpanClass::Company},
                                                                {"関電", SpanClass::Company},
                                                                {"かんでん", SpanClass::Company},
                                                                {"カンデン", SpanClass::Company},
                                                                {"J-POWER", SpanClass::Company},
                                                                {"Ｊ－ＰＯＷＥＲ", SpanClass::Company},
                                                                {"j‐power", SpanClass::Company},
                                                                {"電源開発", SpanClass::Company},
                                                                {"電源開發", SpanClass::Company},
                                                                {"電発", SpanClass::Company},
                                                                {"日本原電", SpanClass::Company},
                                                                {"ほくでん", SpanClass::Company},
                                                                {"ホクデン", SpanClass::Company},
                                                                {"ﾎｸﾃﾞﾝ", SpanClass::Company},
                                                                {"中部電力ミライズ", SpanClass::Company},
                                                                {"中電ＮＷ", SpanClass::Company},
                                                                {"JERA", SpanClass::Company},
                                                                {"四国電力送配電", SpanClass::Company},
                                                                {"沖縄電力", SpanClass::Company},
                                                                {"東\u200b北\u200b電力", SpanClass::Company}}),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Affiliates, Recall,
                         testing::ValuesIn(std::vector<Written>{{"テプコシステムズ", SpanClass::Affiliate},
                                                                {"オプテージ", SpanClass::Affiliate},
                                                                {"中電シーティーアイ", SpanClass::Affiliate},
                                                                {"四電工", SpanClass::Affiliate},
                                                                {"トーエネック", SpanClass::Affiliate},
                                                                {"トーエネツク", SpanClass::Affiliate},
                                                                {"テプコシステムズ㈱", SpanClass::Affiliate},
                                                                {"きんでん", SpanClass::Affiliate},
                                                                {"ユアテック", SpanClass::Affiliate},
                                                                {"北電情報システムサービス", SpanClass::Affiliate},
                                                                {"ﾃﾌﾟｺｼｽﾃﾑｽﾞ", SpanClass::Affiliate}}),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Places, Recall,
                         testing::ValuesIn(std::vector<Written>{{"宮城県", SpanClass::Prefecture},
                                                                {"宮城", SpanClass::Prefecture},
                                                                {"Miyagi Prefecture", SpanClass::Prefecture},
                                                                {"ＭＩＹＡＧＩ", SpanClass::Prefecture},
                                                                {"東北地方", SpanClass::Area},
                                                                {"首都圏", SpanClass::Area},
                                                                {"西日本", SpanClass::Area},
                                                                {"九州", SpanClass::Area},
                                                                {"Kansai region", SpanClass::Area},
                                                                {"仙台市", SpanClass::City},
                                                                {"仙台", SpanClass::City},
                                                                {"仙臺市", SpanClass::City},
                                                                {"龍ケ崎市", SpanClass::City},
                                                                {"龍ヶ崎市", SpanClass::City},
                                                                {"竜ヶ崎市", SpanClass::City},
                                                                {"龍が崎市", SpanClass::City},
                                                                {"袖ヶ浦市", SpanClass::City},
                                                                {"ひたちなか市", SpanClass::City},
                                                                {"六ヶ所村", SpanClass::City},
                                                                {"横濱市", SpanClass::City},
                                                                {"青葉山町", SpanClass::City}}),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Facilities, Recall,
                         testing::ValuesIn(std::vector<Written>{{"柏崎刈羽原子力発電所", SpanClass::Facility},
                                                                {"柏崎・刈羽", SpanClass::Facility},
                                                                {"新信濃変電所", SpanClass::Facility},
                                                                {"新信濃變電所", SpanClass::Facility},
                                                                {"碧南火力", SpanClass::Facility},
                                                                {"黒部ダム", SpanClass::Facility},
                                                                {"くろよん", SpanClass::Facility},
                                                                {"十和田幹線", SpanClass::Facility},
                                                                {"架空台変電所", SpanClass::Facility},
                                                                {"あかね台開閉所", SpanClass::Facility},
                                                                {"第二架空幹線", SpanClass::Facility},
                                                                {"虹ヶ丘給電指令所", SpanClass::Facility},
                                                                {"南架空支店", SpanClass::Facility},
                                                                {"架空東営業所", SpanClass::Facility},
                                                                {"6号機", SpanClass::Facility},
                                                                {"２号機", SpanClass::Facility},
                                                                {"架空連山線", SpanClass::Facility},
                                                                {"北本連系", SpanClass::Interconnection},
                                                                {"阿南紀北直流", SpanClass::Interconnection}}),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Numbers, Recall,
                         testing::ValuesIn(std::vector<Written>{{"275kV", SpanClass::Voltage},
                                                                {"２７５ｋＶ", SpanClass::Voltage},
                                                                {"275 kV", SpanClass::Voltage},
                                                                {"27万5千ボルト", SpanClass::Voltage},
                                                                {"50万V", SpanClass::Voltage},
                                                                {"154㎸", SpanClass::Voltage},
                                                                {"7,200kW", SpanClass::Power},
                                                                {"12万kW", SpanClass::Power},
                                                                {"7.2MW", SpanClass::Power},
                                                                {"１万２千キロワット", SpanClass::Power},
                                                                {"3,400戸", SpanClass::Households},
                                                                {"1万2千軒", SpanClass::Households},
                                                                {"12,000 households", SpanClass::Households},
                                                                {"50Hz", SpanClass::Frequency},
                                                                {"６０ヘルツ", SpanClass::Frequency},
                                                                {"令和8年11月22日", SpanClass::Date},
                                                                {"R8.11.22", SpanClass::Date},
                                                                {"㋿8年11月22日", SpanClass::Date},
                                                                {"2026年11月22日(日)", SpanClass::Date},
                                                                {"2026/11/22", SpanClass::Date},
                                                                {"２０２６－１１－２２", SpanClass::Date},
                                                                {"11月22日", SpanClass::Date},
                                                                {"22 November 2026", SpanClass::Date},
                                                                {"Nov 22, 2026", SpanClass::Date},
                                                                {"2026-11-22T14:05:09+09:00", SpanClass::Date},
                                                                {"午前2時5分頃", SpanClass::TimeOfDay},
                                                                {"14:05", SpanClass::TimeOfDay},
                                                                {"２時半", SpanClass::TimeOfDay},
                                                                {"火曜日", SpanClass::Date},
                                                                {"台風7号の夜", SpanClass::Event},
                                                                {"台風第十号", SpanClass::Event}}),
                         test_name);
INSTANTIATE_TEST_SUITE_P(PeopleAndAddresses, Recall,
                         testing::ValuesIn(std::vector<Written>{{"佐藤部長", SpanClass::Person},
                                                                {"佐藤健一部長", SpanClass::Person},
                                                                {"佐藤 健一様", SpanClass::Person},
                                                                {"齋藤さん", SpanClass::Person},
                                                                {"渡邊氏", SpanClass::Person},
                                                                {"Mr. Sato", SpanClass::Person},
                                                                {"Kenichi Sato", SpanClass::Person},
                                                                {"03-1234-5678", SpanClass::Phone},
                                                                {"０３－１２３４－５６７８", SpanClass::Phone},
                                                                {"03ー1234ー5678", SpanClass::Phone},
                                                                {"(03)1234-5678", SpanClass::Phone},
                                                                {"+81-3-1234-5678", SpanClass::Phone},
                                                                {"+81 90 1234 5678", SpanClass::Phone},
                                                                {"09012345678", SpanClass::Phone},
                                                                {"内線1234", SpanClass::Phone},
                                                                {"内線：１２３４", SpanClass::Phone},
                                                                {"〒980-0811", SpanClass::Address},
                                                                {"〒９８０－０８１１", SpanClass::Address},
                                                                {"3丁目7番1号", SpanClass::Address},
                                                                {"taro@example.jp", SpanClass::Email},
                                                                {"taro[at]example[.]jp", SpanClass::Email},
                                                                {"https://portal.example.jp/a?b=1", SpanClass::Url},
                                                                {"hxxps://evil[.]example/x", SpanClass::Url},
                                                                {"srv01.a-den.local", SpanClass::Host},
                                                                {"TOHOKU-HMI-03", SpanClass::Host},
                                                                {"\\\\fs01\\share", SpanClass::Host},
                                                                {"10.20.30.40", SpanClass::Ip},
                                                                {"203[.]0[.]113[.]7", SpanClass::Ip},
                                                                {"１０．２０．３０．４０", SpanClass::Ip},
                                                                {"2001:db8::7", SpanClass::Ip},
                                                                {"ADEN\\yamada", SpanClass::Account},
                                                                {"INC-2026112201", SpanClass::Asset},
                                                                {"0123456789012345678901", SpanClass::Asset},
                                                                {"00:1A:2B:3C:4D:5E", SpanClass::Asset}}),
                         test_name);

TEST(Finder, FlagsEveryAmbiguousAbbreviationAndNeverResolvesIt) {
  for (const std::string_view name : {"中電", "北電", "沖電", "原電", "東北", "中給", "中国"}) {
    const std::string text = "昨年の" + std::string(name) + "の件に似る。";
    const Findings findings = found(text);
    const Span* span = span_with(findings, name);
    ASSERT_NE(span, nullptr) << name;
    EXPECT_EQ(span->span_class, SpanClass::Ambiguous);
    EXPECT_TRUE(span->flagged);
    for (const Step& step : span->steps)
      EXPECT_THAT(step.replacement, Not(testing::HasSubstr("事業者A"))) << "a letter would claim to know who it is";
  }
}

TEST(Finder, PrefersTheLongestName) {
  const Findings findings = found("中電シーティーアイと中電PGと中国電力ネットワーク");
  ASSERT_THAT(findings.spans, SizeIs(3));
  EXPECT_EQ(findings.spans[0].span_class, SpanClass::Affiliate);
  EXPECT_EQ(findings.spans[1].entity, "中部電力パワーグリッド");
  EXPECT_EQ(findings.spans[2].entity, "中国電力ネットワーク");
}

TEST(Finder, LeavesWordsAloneThatOnlyLookLikeNames) {
  for (const std::string_view text : {"当該変電所の通信回線を遮断した。", "仕様と同様に、各変電所で模様を確認。",
                                      "検知まで3時間、復旧に2日間を要した。", "CVE-2026-12345 と T0883 と SHA-256",
                                      "主要な都市の無線", "サンプルを採取した。", "消費電力が増えた。",
                                      "the affected substation and another substation", "report.pdf を開いた"}) {
    EXPECT_THAT(found(text).spans, IsEmpty()) << text;
  }
}

TEST(Finder, KeepsOneLetterPerOrganisation) {
  EXPECT_EQ(proposal_of("東電PGは東京電力パワーグリッドであり、関電ではない。"),
            "[事業者A]は[事業者A]であり、[事業者B]ではない。");
}

TEST(Finder, KeepsLettersOfEarlierTextsOfTheCase) {
  FindContext context;
  context.pseudonyms = Pseudonyms::from({{"関西電力", "A"}});
  EXPECT_EQ(proposal_of("東電と関電", context), "[事業者B]と[事業者A]");
}

TEST(Finder, KnowsTheMembersOfTheDirectory) {
  FindContext context;
  context.terms = {{"あけぼの電力", SpanClass::Company, "あけぼの電力"},
                   {"あけ電", SpanClass::Company, "あけぼの電力"},
                   {"Akebono Power", SpanClass::Company, "あけぼの電力"}};
  EXPECT_EQ(proposal_of("あけぼの電力(アケ電, AKEBONO POWER)、株式会社あけぼの電力", context),
            "[事業者A]([事業者A], [事業者A])、[事業者A]");
}

TEST(Finder, TellsTheSidesApart) {
  FindContext context;
  context.attacker = {{IndicatorType::Ipv4, "203.0.113.7"}, {IndicatorType::Domain, "evil.example"}};
  context.own_terms = {"a-den.example"};
  const Findings findings = found(
      "203[.]0[.]113[.]7 と hxxp://c2.evil[.]example/x から 10.1.2.3、mail.a-den.example と 198.51.100.9 へ", context);
  ASSERT_THAT(findings.spans, SizeIs(5));
  const std::vector<Side> expected{Side::Attacker, Side::Attacker, Side::Victim, Side::Victim, Side::Doubt};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(findings.spans[i].side, expected[i]) << findings.spans[i].text;
  EXPECT_EQ(findings.spans[0].proposed, 0U);
  EXPECT_FALSE(findings.spans[0].flagged);
  EXPECT_TRUE(findings.spans[4].flagged);
  EXPECT_GT(findings.spans[4].proposed, 0U) << "what is in doubt is not shown until a person says so";
}

TEST(Finder, AListedNetworkCoversItsAddressesAndADomainItsHosts) {
  FindContext context;
  context.attacker = {{IndicatorType::Ipv4Cidr, "203.0.113.0/24"},
                      {IndicatorType::Domain, "evil.example"},
                      {IndicatorType::Ipv6, "2001:db8::7"}};
  for (const std::string_view text : {"203.0.113.200", "203[.]0[.]113[.]9:8443", "a.b.evil[.]example", "2001:DB8:0::7",
                                      "https://evil.example:8443/x"}) {
    const Findings findings = found(text, context);
    ASSERT_THAT(findings.spans, SizeIs(1)) << text;
    EXPECT_EQ(findings.spans[0].side, Side::Attacker) << text;
  }
  for (const std::string_view text : {"203.0.114.1", "notevil.example", "2001:db8::8"}) {
    const Findings findings = found(text, context);
    ASSERT_THAT(findings.spans, SizeIs(1)) << text;
    EXPECT_EQ(findings.spans[0].side, Side::Doubt) << text;
  }
}

TEST(Finder, AnAttackersLureWithTheVictimsNameIsAsked) {
  FindContext context;
  context.attacker = {{IndicatorType::Domain, "akebono-login.example"}};
  context.own_terms = {"akebono"};
  const Findings findings = found("akebono-login.example", context);
  ASSERT_THAT(findings.spans, SizeIs(1));
  EXPECT_EQ(findings.spans[0].side, Side::Doubt);
}

TEST(Finder, GeneralisesAPlaceStepByStep) {
  const Findings findings = found("仙台市");
  ASSERT_THAT(findings.spans, SizeIs(1));
  std::vector<std::string> printed;
  for (const Step& step : findings.spans[0].steps) printed.push_back(step.replacement);
  EXPECT_THAT(printed, testing::ElementsAre("仙台市", "宮城県", "東北エリア", "50Hz地域", "国内"));
}

TEST(Finder, GeneralisesInEnglish) {
  FindContext context;
  context.language = Language::English;
  const Findings findings = found("On Nov 22, 2026 14:05 in Sendai, 275 kV", context);
  EXPECT_EQ(anonymised_text("On Nov 22, 2026 14:05 in Sendai, 275 kV", findings.spans).value(),
            "On late November 2026 during the day in Miyagi Prefecture, 275 kV");
}

TEST(Finder, GeneralisesDatesQuantitiesAndVoltages) {
  EXPECT_EQ(proposal_of("令和8年11月9日 2:05、7,200kW、3,400戸"), "2026年11月上旬、7千〜7万kW、1千〜1万戸");
  const Findings findings = found("275kV");
  ASSERT_THAT(findings.spans, SizeIs(1));
  std::vector<std::string> printed;
  for (const Step& step : findings.spans[0].steps) printed.push_back(step.replacement);
  EXPECT_THAT(printed, testing::ElementsAre("275kV", "基幹系統", "特別高圧", "ある電圧階級"));
}

// What is printed instead is read again before a release: it must not be taken for something finer.
TEST(Finder, ReadsItsOwnReplacementsAsNoFinerThanTheyAre) {
  for (const std::string_view text :
       {"仙台市", "275kV", "令和8年11月22日 02:05", "7,200kW", "12万戸", "柏崎刈羽原子力発電所", "佐藤部長", "東北電力",
        "給電指令所", "台風7号の夜", "北本連系"}) {
    const Findings first = found(text);
    for (const Span& span : first.spans) {
      for (std::size_t step = 1; step < span.steps.size(); ++step) {
        for (const Span& again : found(span.steps[step].replacement).spans) {
          const auto& left = again.steps.front().statement;
          if (!left) continue;
          EXPECT_TRUE(span.steps[step].statement.has_value()) << span.steps[step].replacement;
          if (span.steps[step].statement)
            EXPECT_EQ(left->attribute, span.steps[step].statement->attribute) << span.steps[step].replacement;
        }
      }
    }
  }
}

TEST(Finder, OffsetsAreExactOnAnyMixtureOfBytes) {
  const std::vector<std::string> pieces{
      "東京電力", "ＴＥＰＣＯ", "ﾊﾟﾜｰｸﾞﾘｯﾄﾞ", "\xff", "\xe3\x81", "㈱",       "㍻22年",      "か\u3099", "\u200b", "  ",
      "\n\n",     "変電所",     "275kV",      "仙台", "佐藤さん", "10.0.0.1", "a@b.example", "①",        "―",      "ー",
      "𠮷",       "，",         "2026/11/22", "の",   "・",       "発電所",   "0",           "-",        "電"};
  std::mt19937 random(20261122);
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < 25; ++i) text += pieces[random() % pieces.size()];
    const Findings findings = found(text);
    expect_exact(text, findings);
    EXPECT_TRUE(anonymised_text(text, findings.spans).ok());
  }
}

TEST(Finder, WorkGrowsWithTheTextAndNotWithItsSquare) {
  for (const std::string_view unit : {"東京電力の新信濃変電所で14:05に検知、", "電", "あ", "a@", "1.", "変電所", "佐藤",
                                      "線", "2001:", "(", "第", "氏"}) {
    const auto steps = [&unit](std::size_t bytes) {
      std::string text;
      while (text.size() < bytes) text += unit;
      return static_cast<double>(found(text).steps);
    };
    EXPECT_LT(steps(40'000), 2.2 * steps(20'000)) << unit;
  }
}

TEST(Finder, ReadsAMegabyte) {
  std::string text;
  while (text.size() < (std::size_t{1} << 20))
    text += "令和8年11月22日、東京電力パワーグリッドの新信濃変電所（275kV）で佐藤部長が10.20.30.40を確認。";
  expect_exact(text, found(text));
}

TEST(Finder, RefusesATextOverTheLimit) {
  const auto findings = finder().find(std::string((std::size_t{8} << 20) + 1, 'a'), {});
  ASSERT_FALSE(findings.ok());
  EXPECT_EQ(findings.error().code, "anonymity.text_too_large");
}

TEST(AnonymisedText, RefusesSpansOfAnotherText) {
  const Findings findings = found("東京電力の件");
  EXPECT_EQ(anonymised_text("関西電力の件", findings.spans).error().code, "anonymity.span_mismatch");
  EXPECT_EQ(anonymised_text("東京電力の件", findings.spans, {{0, 9}}).error().code, "anonymity.span_mismatch");
  EXPECT_EQ(anonymised_text("東京電力の件", findings.spans, {{7, 0}}).error().code, "anonymity.span_mismatch");
}

TEST(AnonymisedText, FollowsThePersonsDecisions) {
  const Findings findings = found("仙台市の275kV");
  EXPECT_EQ(anonymised_text("仙台市の275kV", findings.spans, {{0, 2}, {1, 2}}).value(), "東北エリアの特別高圧");
  EXPECT_EQ(anonymised_text("仙台市の275kV", findings.spans, {{0, 0}}).value(), "仙台市の275kV");
}

TEST(Gazetteer, RefusesABrokenPackWithItsLine) {
  const std::string head = "pack\tx\nversion\t1\nverified\t2026-01-01\nsource\ttest\n";
  const auto code_and_place = [](const std::string& text) {
    const std::vector<std::string_view> packs{text};
    const auto gazetteer = Gazetteer::create(packs);
    return gazetteer.ok() ? std::string("ok") : gazetteer.error().code + " " + gazetteer.error().where;
  };
  EXPECT_EQ(code_and_place(head + "company\t架空電力\n"), "ok");
  EXPECT_EQ(code_and_place(head + "compani\t架空電力\n"), "anonymity.pack_broken x:5");
  EXPECT_EQ(code_and_place(head + "company\t架空電力\t\tcolour=red\n"), "anonymity.pack_broken x:5");
  EXPECT_EQ(code_and_place(head + "city\t架空市\t\tprefecture=nowhere\n"), "anonymity.pack_broken 架空市");
  EXPECT_EQ(code_and_place("pack\tx\n"), "anonymity.pack_broken x");
}

TEST(Gazetteer, KnowsTheTenAreasAndTheirFrequencies) {
  const Gazetteer& gazetteer = finder().gazetteer();
  EXPECT_EQ(gazetteer.frequency_of_areas("tohoku"), 50);
  EXPECT_EQ(gazetteer.frequency_of_areas("kansai+kyushu"), 60);
  EXPECT_EQ(gazetteer.frequency_of_areas("tokyo+chubu"), 0);
  EXPECT_EQ(gazetteer.frequency_of_areas("nowhere"), 0);
  ASSERT_NE(gazetteer.prefecture("宮城"), nullptr);
  EXPECT_EQ(gazetteer.prefecture("宮城県")->value("key"), "miyagi");
  EXPECT_EQ(gazetteer.prefecture("miyagi")->value("area"), "tohoku");
}

TEST(NormalText, UnifiesDashesByWhatStandsBefore) {
  EXPECT_EQ(NormalText("03ー1234").text(), "03-1234");
  EXPECT_EQ(NormalText("パワ－グリッド").text(), "パワーグリッド");
  EXPECT_EQ(NormalText("Ｊ‐ＰＯＷＥＲ").text(), "J-POWER");
}

TEST(NormalText, MapsBackThroughCompositionAndExpansion) {
  const std::string text = "㈱か\u3099x";
  const NormalText normal(text);
  EXPECT_EQ(normal.text(), "(株)がx");
  EXPECT_EQ(normal.original({0, 1}), (Range{0, 3}));
  EXPECT_EQ(normal.original({5, 8}), (Range{3, 9}));
  EXPECT_EQ(normal.original({8, 9}), (Range{9, 10}));
}

TEST(TermAutomaton, FindsOverlappingTermsLongestFirst) {
  const TermAutomaton automaton({{"he", 0}, {"she", 1}, {"hers", 2}, {"", 3}});
  std::vector<std::uint32_t> values;
  for (const TermMatch& match : automaton.matches("ushers").matches) values.push_back(match.value);
  EXPECT_THAT(values, testing::ElementsAre(1, 0, 2));
}

}  // namespace
}  // namespace hinomi::anonymity

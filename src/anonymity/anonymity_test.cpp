#include "anonymity/anonymity.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "anonymity/least_loss.h"
#include "support/gazetteers.h"

namespace hinomi::anonymity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Anonymiser& anonymiser() {
  static const auto shipped = Anonymiser::create(testing_support::shipped_gazetteers());
  EXPECT_TRUE(shipped.ok());
  return **shipped;
}

OrgId org(std::uint8_t number) {
  Uuid uuid{};
  uuid[15] = number;
  return OrgId(uuid);
}

Organisation member(std::uint8_t number, std::string name, OrgAttributes attributes) {
  Organisation organisation;
  organisation.id = org(number);
  organisation.name = std::move(name);
  organisation.attributes = std::move(attributes);
  return organisation;
}

OrgAttributes known(License license, std::string area, int hertz, std::set<int> voltages,
                    std::set<std::string> plants = {}) {
  OrgAttributes attributes;
  attributes.licenses = {license};
  attributes.area = std::move(area);
  attributes.frequency_hz = hertz;
  attributes.voltages_kv = std::move(voltages);
  attributes.plants = std::move(plants);
  return attributes;
}

// Twelve invented members: seven network operators, three generators, two retailers.
std::vector<Organisation> twelve_members() {
  std::vector<Organisation> all{
      member(1, "あけぼの送電", known(License::Gtd, "tohoku", 50, {275, 154, 66})),
      member(2, "いずみ送電", known(License::Gtd, "tokyo", 50, {500, 275, 154, 66})),
      member(3, "うみかぜ送電", known(License::Gtd, "hokkaido", 50, {275, 187, 66})),
      member(4, "えにし送電", known(License::Gtd, "chubu", 60, {500, 275, 154, 77})),
      member(5, "おおぞら送電", known(License::Gtd, "kansai", 60, {500, 275, 154, 77})),
      member(6, "かざぐるま送電", known(License::Gtd, "chugoku", 60, {500, 220, 110, 66})),
      member(7, "きらめき送電", known(License::Gtd, "kyushu", 60, {500, 220, 110, 66})),
      member(8, "くろがね発電", known(License::GenMajor, "tohoku", 50, {275, 66}, {"nuclear", "thermal"})),
      member(9, "けやき発電", known(License::GenMajor, "tokyo", 50, {275}, {"thermal"})),
      member(10, "こだま発電", known(License::GenMajor, "kansai", 60, {77}, {"thermal", "hydro"})),
      member(11, "さざなみ小売", known(License::Retail, "tokyo", 50, {})),
      member(12, "しらかば小売", known(License::Retail, "kansai", 60, {})),
  };
  all[0].aliases = {"あけ送", "Akebono"};
  for (const std::size_t index : {0U, 1U, 7U}) all[index].attributes.products = {"ヒノキHMI"};
  return all;
}

Circumstances a_case() {
  Circumstances circumstances;
  circumstances.registry = twelve_members();
  circumstances.reporter = org(1);
  return circumstances;
}

Edition story(std::string body) {
  Edition edition;
  edition.title = "事例";
  edition.body = std::move(body);
  return edition;
}

Measure measured(const Edition& edition, const Circumstances& circumstances) {
  auto measure = anonymiser().measure(edition, circumstances);
  EXPECT_TRUE(measure.ok());
  return std::move(measure).value();
}

struct Expected {
  std::string_view body;
  std::size_t fitting, smallest, required;
};

// Counted by hand from the table of members above; two colluding readers who fit are taken away.
TEST(Measure, CountsAsByHand) {
  const std::vector<Expected> table{
      {"不審なログオンを検知した。", 12, 10, 5},
      {"一般送配電事業者で検知した。", 7, 5, 5},
      {"小売電気事業者で検知した。", 2, 0, 5},
      {"東北エリアで検知した。", 2, 1, 8},  // 1 and 8; the reporter is never its own reader
      {"宮城県で検知した。", 2, 1, 8},      // both serve the whole area
      {"50Hz地域で検知した。", 6, 4, 8},    // 1 2 3 8 9 11
      {"東日本で検知した。", 6, 4, 8},
      {"275kVの系統で検知した。", 7, 5, 5},      // 1 2 3 4 5 8 9
      {"基幹系統で検知した。", 9, 7, 5},         // and 6, 7
      {"特別高圧の系統で検知した。", 10, 8, 5},  // and 10
      {"原子力で検知した。", 1, 0, 8},           // 8 only, not the reporter: an outsider would blame it
      {"発電設備で検知した。", 3, 1, 8},
      {"ヒノキHMIで検知した。", 3, 1, 5},
      {"東北エリアの一般送配電事業者で検知した。", 1, 1, 8},
      {"2026年11月22日に検知した。", 12, 10, 5},
      {"7,200kWの供給支障。", 12, 10, 5},
      {"2026年11月22日、7,200kWの供給支障。", 12, 1, 5},  // public outage lists name the place
      {"2026年11月下旬、7千〜7万kWの供給支障。", 12, 10, 5},
  };
  for (const auto& [body, fitting, smallest, required] : table) {
    const Measure measure = measured(story(std::string(body)), a_case());
    EXPECT_EQ(measure.count.fitting, fitting) << body;
    EXPECT_EQ(measure.count.smallest, smallest) << body;
    EXPECT_EQ(measure.count.required, required) << body;
    EXPECT_THAT(measure.identifiers, IsEmpty()) << body;
  }
}

TEST(Measure, TakesEachReaderAway) {
  Circumstances circumstances = a_case();
  circumstances.readers = {org(2), org(8), org(12)};
  const Measure measure = measured(story("50Hz地域で検知した。"), circumstances);
  const std::vector<AudienceCount> expected{{Watcher::Outsider, {}, 6},
                                            {Watcher::Reader, org(2), 5},
                                            {Watcher::Reader, org(8), 5},
                                            {Watcher::Reader, org(12), 6},
                                            {Watcher::ColludingReaders, {}, 4}};
  EXPECT_EQ(measure.audiences, expected);
}

TEST(Measure, ColludersWhoDoNotFitLearnNothing) {
  Circumstances circumstances = a_case();
  circumstances.readers = {org(11), org(12)};
  EXPECT_EQ(measured(story("一般送配電事業者で検知した。"), circumstances).count.smallest, 7U);
  circumstances.readers = {org(2), org(3), org(4)};
  circumstances.policy.colluding_readers = 3;
  EXPECT_EQ(measured(story("一般送配電事業者で検知した。"), circumstances).count.smallest, 4U);
}

TEST(Measure, MembersOfAnotherKindAreNoCandidates) {
  Circumstances circumstances = a_case();
  circumstances.registry[11].kind = OrgKind::Technical;
  EXPECT_EQ(measured(story("不審なログオンを検知した。"), circumstances).count.population, 11U);
}

TEST(Measure, NamesTheThreeMostTellingStatements) {
  const Measure measure = measured(story("東北エリアの一般送配電事業者、275kV、ヒノキHMI。"), a_case());
  ASSERT_EQ(measure.telling.size(), 3U);
  EXPECT_EQ(measure.telling[0].statement, (Statement{Attribute::Area, "tohoku"}));
  EXPECT_EQ(measure.telling[0].drop, 10U);
  EXPECT_EQ(measure.telling[1].statement.attribute, Attribute::Product);
  EXPECT_EQ(measure.telling[1].drop, 9U);
  EXPECT_EQ(measure.telling[2].drop, 5U);
}

TEST(Measure, CountsJointlyWithEarlierReleases) {
  Circumstances circumstances = a_case();
  const Edition network = story("一般送配電事業者で検知した。");
  const Edition voltage = story("275kVの系統で検知した。");
  EXPECT_TRUE(measured(network, circumstances).is_releasable());
  EXPECT_TRUE(measured(voltage, circumstances).is_releasable());
  circumstances.earlier = {network};
  const Measure joint = measured(voltage, circumstances);
  EXPECT_EQ(joint.count.fitting, 5U);  // 1 2 3 4 5
  EXPECT_FALSE(joint.is_releasable());
}

TEST(Measure, ADayNowAndAQuantityEarlierAreJoinedToo) {
  Circumstances circumstances = a_case();
  circumstances.earlier = {story("7,200kWの供給支障。")};
  const Measure measure = measured(story("2026年11月22日に検知した。"), circumstances);
  EXPECT_TRUE(measure.count.joinable);
  EXPECT_FALSE(measure.is_releasable());
}

TEST(Measure, AnyCertainIdentifierForbidsTheRelease) {
  for (const std::string_view body : {"あけぼの送電で検知。", "AKEBONOで検知。", "東京電力で検知。", "中電で検知。",
                                      "仙台市で検知。", "新信濃変電所で検知。", "佐藤部長が確認。", "03-1234-5678へ。",
                                      "10.1.2.3で検知。", "taro@akebono.example へ。", "ADEN\\yamada が実行。"}) {
    const auto checked = anonymiser().check_release(story(std::string(body)), a_case());
    ASSERT_FALSE(checked.ok()) << body;
    EXPECT_EQ(checked.error().code, "anonymity.identifier_remains") << body;
    EXPECT_EQ(checked.error().where, "body");
  }
}

TEST(Measure, LooksAtEveryFieldReadersSee) {
  for (const auto field :
       {&Edition::title, &Edition::body, &Edition::implication, &Edition::check, &Edition::mitigation}) {
    Edition edition = story("検知した。");
    edition.*field = "あけ送";
    EXPECT_FALSE(measured(edition, a_case()).is_releasable());
  }
  Edition edition = story("検知した。");
  edition.indicators = {{IndicatorType::Ipv4, "10.1.2.3"}};
  EXPECT_FALSE(measured(edition, a_case()).is_releasable()) << "a private address is no attack infrastructure";
}

TEST(Measure, WhatAPersonClearedNoLongerCounts) {
  Circumstances circumstances = a_case();
  const Edition edition = story("原子力を問わず、中国からの接続に注意。");
  EXPECT_FALSE(measured(edition, circumstances).is_releasable());
  circumstances.cleared = {"原子力", "中国"};
  EXPECT_TRUE(measured(edition, circumstances).is_releasable());
}

TEST(Measure, HoldsAValueOnlyTheReporterHasSeen) {
  Circumstances circumstances = a_case();
  Edition edition = story("検知した。");
  edition.indicators = {{IndicatorType::Domain, "evil.example"}, {IndicatorType::Domain, "known.example"}};
  circumstances.seen_by_others = {edition.indicators[1]};
  EXPECT_THAT(measured(edition, circumstances).held, ElementsAre(edition.indicators[0]));
  EXPECT_EQ(anonymiser().check_release(edition, circumstances).error().code, "anonymity.indicator_held");
  circumstances.indicator_waiver = true;
  EXPECT_TRUE(anonymiser().check_release(edition, circumstances).ok());
}

TEST(Measure, AnUnknownReporterIsNotFound) {
  Circumstances circumstances = a_case();
  circumstances.reporter = org(99);
  EXPECT_EQ(anonymiser().measure(story("検知した。"), circumstances).error().code, "anonymity.reporter_unknown");
}

TEST(CheckRelease, RefusesBelowKWithNumbersAndAWayOut) {
  const auto checked = anonymiser().check_release(story("50Hz地域の一般送配電事業者で検知した。"), a_case());
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().code, "anonymity.below_k");
  EXPECT_THAT(checked.error().detail, HasSubstr("3 of 12 members fit, 1 once 2 readers"));
  EXPECT_THAT(checked.error().detail, HasSubstr("\"50Hz地域\" → \"国内\""));
}

TEST(Proposal, SaysAsLittleLessAsIsEnough) {
  auto proposal = anonymiser().improve(story("50Hz地域の一般送配電事業者で検知した。"), a_case());
  ASSERT_TRUE(proposal.ok());
  EXPECT_EQ(proposal->edition.body, "国内の一般送配電事業者で検知した。");
  EXPECT_TRUE(proposal->exact);
  EXPECT_EQ(proposal->loss, 4);
}

ReportDraft full_report() {
  ReportDraft report;
  report.title = "あけぼの送電 仙台市の変電所での不審ログオン";
  report.summary =
      "令和8年11月22日(日) "
      "午前2時5分頃、あけぼの送電（Akebono）の架空台変電所（宮城県仙台市、275kV）の監視制御装置ヒノキHMIで不審なログオ"
      "ンを検知した。"
      "一般送配電事業者として供給支障7,200kW、3,400戸の停電が生じた。佐藤健一部長（内線1234、taro@akebono."
      "example）が確認。検知まで3時間。";
  report.contact = "佐藤健一 03-1234-5678";
  report.technical.text =
      "接続元は203[.]0[.]113[.]7、踏み台は AKEBONO-HMI-03 (10.20.30.40)。hxxps://c2.evil[.]example/a へ通信した。";
  report.technical.indicators = {{IndicatorType::Ipv4, "203.0.113.7"}, {IndicatorType::Domain, "evil.example"}};
  report.technical.techniques = {"T0883"};
  report.technical_preconsent = true;
  return report;
}

TEST(Proposal, MakesAnEditionThatReachesKAndPassesTheLastCheck) {
  auto proposal = anonymiser().propose(full_report(), a_case());
  ASSERT_TRUE(proposal.ok());
  const std::string text = edition_text(proposal->edition);
  EXPECT_FALSE(proposal->is_technical_only());
  for (const std::string_view gone : {"あけぼの", "Akebono", "AKEBONO", "akebono", "仙台", "宮城", "架空台", "11月22日",
                                      "2時5分", "7,200", "3,400", "佐藤", "1234", "10.20.30.40"}) {
    EXPECT_THAT(text, Not(HasSubstr(std::string(gone))));
  }
  for (const std::string_view kept :
       {"203[.]0[.]113[.]7", "c2.evil[.]example", "検知まで3時間", "T0883", "203.0.113.7"}) {
    EXPECT_THAT(text, HasSubstr(std::string(kept)));
  }
  Circumstances circumstances = a_case();
  circumstances.indicator_waiver = true;
  const auto checked = anonymiser().check_release(proposal->edition, circumstances);
  EXPECT_TRUE(checked.ok()) << checked.error().code << checked.error().detail;
}

TEST(Proposal, NeverCarriesTheContact) {
  auto proposal = anonymiser().propose(full_report(), a_case());
  ASSERT_TRUE(proposal.ok());
  JsonWriter writer;
  write_proposal(writer, *proposal);
  EXPECT_THAT(writer.text(), Not(HasSubstr("03-1234-5678")));
  EXPECT_TRUE(parse_json(writer.text()).ok());
}

TEST(Proposal, HoldsIndicatorsWithoutTheReportersConsent) {
  ReportDraft report = full_report();
  report.technical_preconsent = false;
  Circumstances circumstances = a_case();
  circumstances.seen_by_others = {report.technical.indicators[1]};
  auto proposal = anonymiser().propose(report, circumstances);
  ASSERT_TRUE(proposal.ok());
  EXPECT_THAT(proposal->edition.indicators, ElementsAre(report.technical.indicators[1]));
  EXPECT_THAT(proposal->measure.held, ElementsAre(report.technical.indicators[0]));
}

TEST(Proposal, EscapesToTechnicalOnlyWhereNoStoryCanReachK) {
  Circumstances circumstances = a_case();
  circumstances.registry.resize(6);
  auto proposal = anonymiser().propose(full_report(), circumstances);
  ASSERT_TRUE(proposal.ok());
  ASSERT_TRUE(proposal->is_technical_only());
  EXPECT_FALSE(proposal->story.enough());
  EXPECT_TRUE(proposal->measure.is_releasable());
  EXPECT_THAT(proposal->edition.body, HasSubstr("203[.]0[.]113[.]7"));
  EXPECT_THAT(proposal->edition.body, Not(HasSubstr("不審なログオン"))) << "nothing of the victim's story";
  circumstances.indicator_waiver = true;
  EXPECT_TRUE(anonymiser().check_release(proposal->edition, circumstances).ok());
}

TEST(Proposal, EscapesWhenEarlierReleasesHaveSaidTooMuch) {
  Circumstances circumstances = a_case();
  circumstances.earlier = {story("東北エリアで検知した。")};
  auto proposal = anonymiser().propose(full_report(), circumstances);
  ASSERT_TRUE(proposal.ok());
  EXPECT_TRUE(proposal->is_technical_only());
  EXPECT_TRUE(proposal->measure.is_releasable());
}

TEST(Proposal, ATechnicalEditionThatTellsOfTheVictimIsRefused) {
  Edition edition = story("東北エリアで検知した。");
  edition.kind = EditionKind::TechnicalOnly;
  EXPECT_EQ(anonymiser().check_release(edition, a_case()).error().code, "anonymity.below_k");
  auto better = anonymiser().improve(edition, a_case());
  ASSERT_TRUE(better.ok());
  EXPECT_TRUE(better->measure.is_releasable());
}

// Whatever is reported, what is proposed passes the check that stands before a release.
TEST(Proposal, AlwaysPassesTheCheckItWasMadeFor) {
  const std::vector<std::string> pieces{
      "東北電力",       "仙台市",          "宮城県",       "東北エリア",   "50Hz地域",
      "275kV",          "特別高圧",        "原子力発電所", "架空台変電所", "一般送配電事業者",
      "小売電気事業者", "令和8年11月22日", "7,200kW",      "3,400戸",      "佐藤部長",
      "中電",           "ヒノキHMI",       "10.1.2.3",     "給電指令所",   "6号機",
      "東日本",         "揚水発電",        "台風7号の夜",  "報道",         "第二架空幹線"};
  std::mt19937 random(7);
  int stories = 0;
  for (int round = 0; round < 150; ++round) {
    Circumstances circumstances = a_case();
    circumstances.reporter = org(static_cast<std::uint8_t>(1 + random() % 12));
    circumstances.indicator_waiver = true;
    if (round % 3 == 0) circumstances.earlier = {story(pieces[random() % pieces.size()] + "で検知。")};
    ReportDraft report;
    for (std::size_t i = 0; i < 1 + random() % 6; ++i) report.summary += pieces[random() % pieces.size()] + "、";
    report.technical.text = "対象は" + pieces[random() % pieces.size()] + "。";
    auto proposal = anonymiser().propose(report, circumstances);
    ASSERT_TRUE(proposal.ok());
    const auto checked = anonymiser().check_release(proposal->edition, circumstances);
    EXPECT_TRUE(checked.ok()) << report.summary << " → " << proposal->edition.body << " " << checked.error().detail;
    stories += proposal->is_technical_only() ? 0 : 1;
  }
  EXPECT_GT(stories, 50) << "the escape must stay the exception, or nothing is tested";
}

class Random12 {
 public:
  explicit Random12(unsigned seed) : random_(seed) {}
  std::vector<Choice> choices(std::size_t count) {
    const std::vector<Statement> pool{
        {Attribute::Area, "tohoku"},        {Attribute::Frequency, "50"}, {Attribute::Voltage, "275"},
        {Attribute::Voltage, "extra_high"}, {Attribute::License, "gtd"},  {Attribute::Plant, "generation"},
        {Attribute::Product, "ヒノキhmi"},  {Attribute::Date, "d"},       {Attribute::Quantity, "q"}};
    std::vector<Choice> out;
    for (std::size_t i = 0; i < count; ++i) {
      Choice choice;
      const std::size_t steps = 1 + random_() % 3;
      for (std::size_t step = 0; step < steps; ++step)
        choice.options.push_back({step, static_cast<int>(step * (1 + random_() % 4)), pool[random_() % pool.size()]});
      choice.options.push_back({steps, 9, std::nullopt});
      out.push_back(std::move(choice));
    }
    return out;
  }

 private:
  std::mt19937 random_;
};

Population twelve() {
  static const std::vector<Organisation> registry = twelve_members();
  return Population(anonymiser().gazetteer(), registry, registry[0], {});
}

// Every combination, written the simplest way.
int cheapest(const std::vector<Choice>& choices, std::size_t at, std::set<Statement> said,
             const AnonymityPolicy& policy) {
  if (at == choices.size()) return twelve().count(said, policy).enough() ? 0 : 1'000'000;
  int best = 1'000'000;
  for (const auto& option : choices[at].options) {
    std::set<Statement> more = said;
    if (option.statement) more.insert(*option.statement);
    best = std::min(best, option.loss + cheapest(choices, at + 1, more, policy));
  }
  return best;
}

TEST(LeastLoss, IsTheCheapestOfAllCombinations) {
  Random12 random(11);
  for (int round = 0; round < 60; ++round) {
    const auto choices = random.choices(3);
    const Search search = least_loss(choices, {}, twelve(), {});
    ASSERT_TRUE(search.reached);
    EXPECT_TRUE(search.exact);
    EXPECT_EQ(search.loss, cheapest(choices, 0, {}, {}));
  }
}

TEST(LeastLoss, GreedyReachesKAndStatesItsBound) {
  Random12 random(12);
  AnonymityPolicy policy;
  policy.search_limit = 1;
  for (int round = 0; round < 60; ++round) {
    const auto choices = random.choices(3);
    const Search search = least_loss(choices, {}, twelve(), policy);
    ASSERT_TRUE(search.reached);
    std::set<Statement> said;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (const auto& statement = choices[i].options[search.chosen[i]].statement) said.insert(*statement);
    }
    EXPECT_TRUE(twelve().count(said, policy).enough());
    const int best = cheapest(choices, 0, {}, policy);
    EXPECT_LE(best, search.loss);
    EXPECT_LE(search.lower_bound, best);
    if (search.exact) EXPECT_EQ(search.loss, best);
  }
}

TEST(LeastLoss, SaysWhenNothingIsEnough) {
  const Search search = least_loss({}, {{Attribute::Area, "okinawa"}}, twelve(), {});
  EXPECT_FALSE(search.reached);
}

TEST(Json, MeasureHasAllItsParts) {
  Circumstances circumstances = a_case();
  circumstances.readers = {org(2)};
  JsonWriter writer;
  write_measure(writer, measured(story("東北エリアの佐藤部長"), circumstances));
  const auto document = parse_json(writer.text());
  ASSERT_TRUE(document.ok()) << writer.text();
  const JsonView root = (*document)->root();
  EXPECT_EQ(root.boolean_at("releasable"), false);
  EXPECT_EQ(root.find("count")->integer_at("fitting"), 1);
  EXPECT_EQ(root.find("audiences")->size(), 3U);
  EXPECT_EQ(root.find("identifiers")->at(0).string_at("field"), "body");
  EXPECT_EQ(root.find("identifiers")->at(0).find("span")->string_at("class"), "person");
}

TEST(Json, FindingsCarryOffsetsStepsAndSides) {
  const auto findings = anonymiser().find("仙台市", {});
  ASSERT_TRUE(findings.ok());
  JsonWriter writer;
  write_findings(writer, *findings);
  const auto document = parse_json(writer.text());
  ASSERT_TRUE(document.ok());
  const JsonView span = (*document)->root().find("spans")->at(0);
  EXPECT_EQ(span.integer_at("begin"), 0);
  EXPECT_EQ(span.integer_at("end"), 9);
  EXPECT_EQ(span.string_at("side"), "victim");
  EXPECT_EQ(span.find("steps")->size(), 5U);
}

}  // namespace
}  // namespace hinomi::anonymity

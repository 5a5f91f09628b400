#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/difference.h"
#include "forms/offer.h"
#include "support/shipped_forms.h"

namespace hinomi::forms {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const Instant kNoticed = parse_rfc3339("2026-12-05T22:30:00+09:00").value();

const FormBook& book() {
  static const auto kBook = shipped_form_book();
  return *kBook;
}

// A network operator's report and everything a form is filled from.
struct Filed {
  ReportVersion report;
  Organisation org;
  Instant now = kNoticed + std::chrono::minutes(30);

  Filed() {
    org.name = "あおば送配電";
    org.name_en = "Aoba Transmission";
    org.attributes.licenses = {License::Gtd};
    org.attributes.ci_operator = true;
    report.content.summary = "変電所の監視画面が操作され、送電が止まった。";
    report.content.contact = "当直 03-0000-0000";
    report.victim_label.tlp = Tlp::AmberStrict;
    report.technical_label.tlp = Tlp::Amber;
  }
  Filed& with(std::string_view name, FactValue value) { return set(name, {ValueState::Given, std::move(value)}); }
  Filed& with(std::string_view name, const char* word) { return with(name, FactValue(std::string(word))); }
  Filed& with(std::string_view name, ValueState state) { return set(name, {state, std::nullopt}); }
  Filed& set(std::string_view name, Fact fact) {
    EXPECT_TRUE(report.content.facts.set(name, std::move(fact)).ok()) << name;
    return *this;
  }
  [[nodiscard]] rules::Assessment assessment() const {
    return rules::assess(book().rulebook(), org.attributes, report.content.kind, report.content.facts, now);
  }
  [[nodiscard]] std::vector<Offer> offers() const { return forms_offered(book(), assessment(), report.content.facts); }
  [[nodiscard]] FilledForm filled(std::string_view form, const Occasion& occasion) const {
    const rules::Assessment now_assessed = assessment();
    return fill(book(), *book().find(form), {report, org, now_assessed}, occasion);
  }
};

Filed outage() {
  Filed filed;
  filed.with("outage.lost_kw", FactValue(120'000.0))
      .with("outage.minutes", FactValue(25.0))
      .with("t.known", FactValue(kNoticed))
      .with("t.occurred", ValueState::Investigating)
      .with("place", "第一変電所");
  return filed;
}

const Occasion kPrompt{"JP-EBA-R3-09", "prompt"};

const FilledField& field(const FilledForm& form, std::string_view id) {
  for (const FilledSection& section : form.sections) {
    for (const FilledField& candidate : section.fields) {
      if (candidate.id == id) return candidate;
    }
  }
  ADD_FAILURE() << "no field " << id;
  static const FilledField kNone;
  return kNone;
}

std::vector<std::string> offered_ids(const std::vector<Offer>& offers, const Occasion& occasion) {
  std::vector<std::string> ids;
  for (const Offer& offer : offers) {
    if (offer.occasion == occasion) ids.push_back(offer.form->id);
  }
  return ids;
}

TEST(Forms, TheFormsOfATreeAreReadAndServeDutiesThatExist) {
  EXPECT_GE(book().forms().size(), 9U);
  EXPECT_NE(book().find("jp-eba-prompt"), nullptr);
  EXPECT_EQ(book().find("jp-eba-promp"), nullptr);
}

TEST(Forms, AnOutageIsOfferedThePromptAndTheDetailedReportToTheMinister) {
  const auto offers = outage().offers();
  EXPECT_THAT(offered_ids(offers, kPrompt), ElementsAre("jp-eba-prompt"));
  EXPECT_THAT(offered_ids(offers, {"JP-EBA-R3-09", "detailed"}), ElementsAre("jp-eba-detailed"));
  const auto offer = offer_for(offers, "jp-eba-prompt", kPrompt);
  ASSERT_TRUE(offer.has_value());
  EXPECT_EQ(offer->verdict, rules::Verdict::Fires);
  EXPECT_EQ(offer->due, kNoticed + std::chrono::hours(24));
  EXPECT_THAT(offer->addressees, ElementsAre("meti"));
  EXPECT_FALSE(offer_for(offers, "jp-eba-detailed", kPrompt).has_value());
}

TEST(Forms, TheKindOfAttackChoosesTheCommonForm) {
  Filed leak;
  leak.with("pii.leak", FactValue(true)).with("pii.malicious", FactValue(true));
  const Occasion prompt{"JP-APPI-26", "prompt"};
  EXPECT_THAT(offered_ids(leak.offers(), prompt), ElementsAre("jp-appi-prompt", "jp-common-other"));
  leak.with("atk.kind", "ransomware");
  EXPECT_THAT(offered_ids(leak.offers(), prompt), ElementsAre("jp-appi-prompt", "jp-common-ransomware"));
  leak.with("atk.kind", "none");
  EXPECT_THAT(offered_ids(leak.offers(), prompt), ElementsAre("jp-appi-prompt"));
}

TEST(Forms, AFieldPrintsWhatIsKnownAndSaysWhatIsNot) {
  const FilledForm form = outage().filled("jp-eba-prompt", kPrompt);
  EXPECT_EQ(field_text(field(form, "accident.known")), "2026-12-05 22:30 (土) JST");
  EXPECT_EQ(field_text(field(form, "accident.occurred")), "調査中");
  EXPECT_EQ(field_text(field(form, "state.recovered")), "未記入");
  EXPECT_THAT(field_text(field(form, "outage.power")), HasSubstr("120,000 kW"));
  EXPECT_THAT(field_text(field(form, "outage.power")), HasSubstr("25 分"));
  EXPECT_EQ(field_text(field(form, "reporter.name")), "あおば送配電");
  EXPECT_EQ(form.marking, "TLP:AMBER+STRICT");
  EXPECT_FALSE(form.layout_verified);
  EXPECT_THAT(form.addressees, ElementsAre("経済産業省"));
}

TEST(Forms, AFlagThatFollowsFromOtherFactsIsPrintedAsDerivedAndNeverAsStated) {
  const FilledForm form = outage().filled("jp-ci-notice", {"JP-CI-2", "notice"});
  const FilledField& level = field(form, "impact.level");
  ASSERT_EQ(level.entries.size(), 1U);
  EXPECT_EQ(level.entries[0].state, EntryState::Derived);
  Filed stated = outage();
  stated.with("svc.level_breached", FactValue(false));
  EXPECT_EQ(field_text(field(stated.filled("jp-ci-notice", {"JP-CI-2", "notice"}), "impact.level")), "いいえ");
}

TEST(Forms, OnlyARequiredFieldNobodySpokeAboutIsMissing) {
  Filed filed = outage();
  const auto missing = [&] {
    std::vector<std::string> ids;
    const FilledForm form = filed.filled("jp-eba-prompt", kPrompt);
    for (const FilledField* lacking : missing_fields(form)) ids.push_back(lacking->id);
    return ids;
  };
  EXPECT_THAT(missing(), ElementsAre("accident.equipment"));
  filed.with("eq.kind", ValueState::Unknown);
  EXPECT_THAT(missing(), IsEmpty());
}

TEST(Forms, TheCanonicalTextReadsBackTheSameAndOneChangedWordChangesTheDigest) {
  FilledForm form = outage().filled("jp-eba-prompt", kPrompt);
  form.sections[1].fields[0].before = "前の値";
  const auto back = parse_filled_form(filled_form_text(form));
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_EQ(*back, form);
  FilledForm other = form;
  other.sections[1].fields[0].entries[0].text += "。";
  EXPECT_NE(filled_form_digest(form), filled_form_digest(other));
}

TEST(Forms, ANewVersionNumberAloneMakesNoFormStale) {
  Filed first = outage();
  Filed second = outage();
  second.report.version = 2;
  for (const FormDefinition& form : book().forms())
    EXPECT_THAT(differences(first.filled(form.id, kPrompt), second.filled(form.id, kPrompt)), IsEmpty()) << form.id;
}

TEST(Forms, OneChangedFactMakesTheFormStaleInExactlyTheFieldsThatShowIt) {
  Filed filed = outage();
  const FilledForm sent = filed.filled("jp-eba-prompt", kPrompt);
  filed.report.version = 2;
  EXPECT_FALSE(stale(sent, filed.filled("jp-eba-prompt", kPrompt)));
  filed.with("place", "第二変電所");
  const FilledForm newest = filed.filled("jp-eba-prompt", kPrompt);
  EXPECT_THAT(differences(sent, newest),
              ElementsAre(FieldDifference{"accident.place", "発生の場所", "第一変電所", "第二変電所"}));
  EXPECT_EQ(field(supplement(sent, newest), "accident.place").before, "第一変電所");
  EXPECT_FALSE(field(supplement(sent, newest), "accident.known").before.has_value());
}

TEST(Forms, AFactThatNoFormOfThisDutyShowsLeavesItAsItWasSent) {
  Filed filed = outage();
  const FilledForm sent = filed.filled("jp-eba-prompt", kPrompt);
  filed.with("how_detected", "customer");
  EXPECT_FALSE(stale(sent, filed.filled("jp-eba-prompt", kPrompt)));
}

TEST(Forms, AFieldThatANewerLayoutAddsCountsOnlyWhenItSaysSomething) {
  const FilledForm newest = outage().filled("jp-eba-prompt", kPrompt);
  FilledForm sent = newest;
  sent.sections.back().fields.pop_back();
  EXPECT_FALSE(stale(sent, newest));
  sent.sections[1].fields.erase(sent.sections[1].fields.begin());
  EXPECT_THAT(differences(sent, newest), ElementsAre(Field(&FieldDifference::field, "accident.kind")));
  EXPECT_THAT(differences(newest, sent), ElementsAre(Field(&FieldDifference::after, "")));
}

TEST(Forms, AFactSaysWhoWillSeeIt) {
  const auto offers = outage().offers();
  EXPECT_THAT(uses_of(offers, "place"), Contains(FactUse{"jp-eba-prompt", "accident.place", {"meti"}}));
  EXPECT_THAT(recipients_of(offers, "place"), Contains("meti"));
  EXPECT_THAT(recipients_of(offers, "cra.none"), IsEmpty());
}

struct Wrong {
  const char* what;
  std::string from;
  std::string to;
  const char* code;
};

std::string valid_form() {
  return "[form]\nid = \"x\"\nversion = \"1\"\ntitle = { ja = \"様式\", en = \"Form\" }\nlanguage = \"ja\"\n"
         "provenance = \"試験\"\n[[serves]]\nduty = \"JP-EBA-R3-*\"\nstages = [\"prompt\"]\n[[section]]\nid = \"s\"\n"
         "title = { ja = \"節\", en = \"Section\" }\n[[section.field]]\nid = \"f\"\n"
         "label = { ja = \"場所\", en = \"Place\" }\nsources = [\"place\"]\n";
}

Error refusal_of(std::vector<PackSource> sources) {
  const auto loaded = load_form_book(sources, shipped_rulebook(), shipped_catalogue());
  return loaded.ok() ? Error{} : loaded.error();
}

TEST(Forms, AWrongFormIsRefusedWithItsPlace) {
  ASSERT_TRUE(refusal_of({{"x.toml", valid_form()}}).code.empty());
  const std::vector<Wrong> wrongs{
      {"unknown fact", "\"place\"]", "\"plaice\"]", "forms.source_unknown"},
      {"fact twice", "\"place\"]", "\"place\", \"place\"]", "forms.duplicate"},
      {"unknown duty", "JP-EBA-R3-*", "JP-EBB-*", "forms.duty_unknown"},
      {"unknown stage", "\"prompt\"", "\"promt\"", "forms.stage_unknown"},
      {"one language", "label = { ja = \"場所\", en = \"Place\" }", "label = { ja = \"場所\" }", "rules.key_missing"},
      {"unknown key", "sources =", "colour = \"red\"\nsources =", "rules.key_unknown"},
      {"unknown attack", "stages = [\"prompt\"]", "stages = [\"prompt\"]\nattacks = [\"dos\"]", "rules.toml_type"},
      {"unknown party", "language =", "addressees = [\"nobody\"]\nlanguage =", "forms.party_unknown"},
      {"a section misspelt", "[[section]]", "[[sections]]", "rules.toml_type"}};
  for (const Wrong& wrong : wrongs) {
    std::string text = valid_form();
    const auto at = text.find(wrong.from);
    ASSERT_NE(at, std::string::npos) << wrong.what;
    const Error refusal = refusal_of({{"x.toml", text.replace(at, wrong.from.size(), wrong.to)}});
    EXPECT_EQ(refusal.code, wrong.code) << wrong.what << ": " << refusal.detail;
    EXPECT_THAT(refusal.where, HasSubstr("x.toml")) << wrong.what;
  }
}

TEST(Forms, OneIdStandsInOneFile) {
  const Error refusal = refusal_of({{"x.toml", valid_form()}, {"y.toml", valid_form()}});
  EXPECT_EQ(refusal.code, "forms.duplicate");
  EXPECT_THAT(refusal.detail, HasSubstr("y.toml"));
}

}  // namespace
}  // namespace hinomi::forms

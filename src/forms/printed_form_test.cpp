#include "forms/printed_form.h"

#include <gmock/gmock.h>

#include <set>

#include "model/label.h"
#include "support/shipped_forms.h"

namespace hinomi::forms {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Instant kFiled = parse_rfc3339("2026-11-22T02:05:00Z").value();

FilledField a_field(std::string id, std::vector<FilledEntry> entries) {
  return {
      .id = id, .label = "欄" + id, .required = false, .technical = false, .entries = std::move(entries), .before = {}};
}

FilledForm a_form(std::vector<FilledField> fields = {}) {
  FilledForm form;
  form.form = "jp-eba-prompt";
  form.form_version = "2026.11.1";
  form.title = "電気事故 速報";
  form.marking = "TLP:AMBER+STRICT";
  form.report_number = "NR-2026-K7Q4";
  form.report_version = 2;
  form.organisation = "みなと電力ネットワーク";
  form.duty = "JP-EBA-R3-09";
  form.duty_title = "供給支障事故";
  form.stage = "prompt";
  form.stage_title = "速報";
  form.addressees = {"産業保安監督部", "経済産業省"};
  form.sections.push_back({"s", "事故の概要", std::move(fields)});
  return form;
}

print::Document printed(const FilledForm& form, std::string note = {}) {
  return printed_form(*shipped_form_book(), form, {kFiled, std::move(note)});
}

// Every text of the document, block by block.
std::string all_text(const print::Document& document) { return print::to_json(document); }

print::Row row_of(const FilledField& field) {
  const print::Document document = printed(a_form({field}));
  return std::get<print::Table>(document.blocks.back()).rows.front();
}

std::vector<std::string> notes_of(const print::Document& document) {
  std::vector<std::string> notes;
  for (const print::Block& block : document.blocks)
    if (const auto* note = std::get_if<print::Note>(&block)) notes.push_back(note->text);
  return notes;
}

TEST(PrintedForm, ItsEveryPageCarriesMarkingHandlingNumberAndVersion) {
  const print::Document document = printed(a_form());
  EXPECT_EQ(document.marking, "TLP:AMBER+STRICT");
  EXPECT_EQ(document.caveat, "受け取った組織のうち、知る必要のある方だけで取り扱ってください。");
  EXPECT_EQ(document.number, "NR-2026-K7Q4");
  EXPECT_EQ(document.version, "第2報");
  EXPECT_EQ(document.title, "電気事故 速報");
  EXPECT_EQ(document.issuer, "みなと電力ネットワーク");
  EXPECT_EQ(document.created, kFiled);
}

TEST(PrintedForm, EveryMarkingHasItsHandlingInBothLanguages) {
  std::set<std::string> handlings;
  for (const Tlp tlp : {Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red}) {
    for (const Language language : {Language::Japanese, Language::English}) {
      FilledForm form = a_form();
      form.marking = tlp_text(tlp);
      form.language = language;
      handlings.insert(printed(form).caveat);
    }
  }
  EXPECT_EQ(handlings.size(), 10U);
  EXPECT_FALSE(handlings.contains(""));
  FilledForm form = a_form();
  form.marking = "OTHER";
  EXPECT_EQ(printed(form).caveat, "");
}

TEST(PrintedForm, ALayoutThatNobodyHasVerifiedSaysSo) {
  EXPECT_EQ(printed(a_form()).badge, "未検証の様式");
  EXPECT_THAT(notes_of(printed(a_form())), ElementsAre(HasSubstr("未検証")));
  FilledForm verified = a_form();
  verified.layout_verified = true;
  EXPECT_EQ(printed(verified).badge, "");
  EXPECT_THAT(notes_of(printed(verified)), ::testing::IsEmpty());
}

TEST(PrintedForm, NamesAddresseesDutyStageAndLayout) {
  const std::string text = all_text(printed(a_form()));
  for (const char* said :
       {"産業保安監督部、経済産業省", "供給支障事故", "速報", "jp-eba-prompt 2026.11.1", "事故の概要"})
    EXPECT_THAT(text, HasSubstr(said));
}

TEST(PrintedForm, WhatIsSaidAndWhatIsNotReadDifferently) {
  EXPECT_EQ(row_of(a_field("1", {{"place", "場所", EntryState::Given, "第一変電所"}})),
            (print::Row{"欄1", "第一変電所", print::Tone::Said}));
  EXPECT_EQ(row_of(a_field("1", {{"cause.text", "原因", EntryState::Investigating, "調査中"}})),
            (print::Row{"欄1", "調査中", print::Tone::Silent}));
  EXPECT_EQ(row_of(a_field("1", {{"cause.text", "原因", EntryState::Unsaid, "未記入"}})),
            (print::Row{"欄1", "未記入", print::Tone::Silent}));
  EXPECT_EQ(row_of(a_field("1", {{"technical.indicators", "痕跡", EntryState::Given, "ipv4 203[.]0[.]113[.]7"}})).tone,
            print::Tone::Code);
}

TEST(PrintedForm, AFieldOfSeveralPartsNamesEach) {
  const print::Row row =
      row_of(a_field("1", {{"a", "電圧", EntryState::Given, "275 kV"}, {"b", "原因", EntryState::Unknown, "不明"}}));
  EXPECT_EQ(row.value, "電圧: 275 kV\n原因: 不明");
  EXPECT_EQ(row.tone, print::Tone::Said);
}

TEST(PrintedForm, RequiredFieldsThatNobodyFilledAreNamedFirst) {
  FilledField field = a_field("1", {{"cause.text", "原因", EntryState::Unsaid, "未記入"}});
  field.required = true;
  EXPECT_EQ(row_of(field).value, "未記入（必須の欄）");
  EXPECT_THAT(notes_of(printed(a_form({field}))), Contains("未記入の必須の欄: 欄1"));
  field.entries.front() = {"cause.text", "原因", EntryState::Unknown, "不明"};  // an answer
  EXPECT_EQ(row_of(field).value, "不明");
  EXPECT_THAT(notes_of(printed(a_form({field}))), Not(Contains(HasSubstr("必須"))));
}

TEST(PrintedForm, ACorrectionShowsWhatWasSaidBefore) {
  FilledField field = a_field("1", {{"outage.lost_kw", "供給支障電力", EntryState::Given, "7,200 kW"}});
  field.before = "800 kW";
  EXPECT_EQ(row_of(field).before, "800 kW");
  field.before = "";
  EXPECT_EQ(row_of(field).before, "(前回の様式にはない欄)");
}

TEST(PrintedForm, WhatThisCopyIsStandsFirst) {
  const auto document = printed(a_form(), "2026-11-22 に提出した文面です。");
  EXPECT_EQ(std::get<print::Note>(document.blocks.front()).text, "2026-11-22 に提出した文面です。");
}

TEST(PrintedForm, AnEnglishFormIsPrintedInEnglish) {
  FilledForm form = a_form();
  form.language = Language::English;
  const print::Document document = printed(form);
  EXPECT_EQ(document.language, Language::English);
  EXPECT_EQ(document.version, "Version 2");
  EXPECT_EQ(document.badge, "Layout not verified");
  EXPECT_THAT(all_text(document), HasSubstr("\"label\":\"To\""));
}

TEST(PrintedForm, EveryShippedFormCanBePrinted) {
  for (const FormDefinition& definition : shipped_form_book()->forms()) {
    FilledForm form = a_form();
    form.form = definition.id;
    form.title = definition.title.in(definition.language);
    form.language = definition.language;
    form.sections.clear();
    for (const FormSection& section : definition.sections) {
      FilledSection filled{section.id, section.title.in(definition.language), {}};
      for (const FormField& field : section.fields)
        filled.fields.push_back({field.id, field.label.in(definition.language), true, false, {}, {}});
      form.sections.push_back(std::move(filled));
    }
    const Status checked = print::check(printed(form));
    EXPECT_TRUE(checked.ok()) << definition.id << checked.error().detail << checked.error().where;
  }
}

TEST(PrintedForm, ItsNameIsOfPlainLettersWhateverTheFormIsCalled) {
  EXPECT_EQ(printed_form_name(a_form()), "NR-2026-K7Q4-v2-jp-eba-prompt.pdf");
  FilledForm form = a_form();
  form.form = "../\"; x=\r\n様";
  EXPECT_EQ(printed_form_name(form), "NR-2026-K7Q4-v2-..____x______.pdf");
}

}  // namespace
}  // namespace hinomi::forms

#include "forms/form_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/workbook.h"
#include "forms/fill.h"
#include "support/shipped_forms.h"

namespace hinomi::forms {
namespace {

using testing::HasSubstr;

constexpr std::size_t kAnswer = 3;
constexpr std::size_t kKey = 6;

FilledForm small_form(std::vector<FilledEntry> entries) {
  FilledForm form;
  form.form = "jp-eba-prompt";
  form.form_version = "2026.11.1";
  form.title = "電気事故 速報";
  form.marking = "TLP:AMBER+STRICT";
  form.report_number = "NR-2026-K7Q4";
  form.report_version = 2;
  form.duty = "JP-EBA-R3-09";
  form.stage = "prompt";
  for (std::size_t i = 0; i < entries.size(); ++i)
    form.sections.push_back({"s", "事故", {{"f" + std::to_string(i), "欄", false, false, {entries[i]}, {}}}});
  return form;
}

Worksheet written(const FilledForm& form) {
  const auto bytes = write_form_sheet(*shipped_form_book(), form);
  EXPECT_TRUE(bytes.ok());
  return read_workbook(*bytes)->sheets.front();
}

std::string text_of(const Cell* cell) { return cell == nullptr ? "" : cell_text(cell->value); }

// The answer beside a key.
const Cell* answer_to(const Worksheet& sheet, std::string_view key) {
  for (const WorkbookRow& row : sheet.rows) {
    if (text_of(sheet.at(row.number, kKey)) == key) return sheet.at(row.number, kAnswer);
  }
  return nullptr;
}

TEST(FormSheet, ItsFirstRowCarriesMarkingNumberFormAndThatTheLayoutIsUnverified) {
  const Worksheet sheet = written(small_form({}));
  std::string head;
  for (const Cell& cell : sheet.rows.front().cells) head += cell_text(cell.value) + "|";
  EXPECT_THAT(head, HasSubstr("TLP:AMBER+STRICT|NR-2026-K7Q4|電気事故 速報|未検証の様式|jp-eba-prompt 2026.11.1|"));
  FilledForm verified = small_form({});
  verified.layout_verified = true;
  EXPECT_EQ(written(verified).at(1, 4), nullptr);
}

TEST(FormSheet, EveryAnswerStandsBesideItsKeyAndWhatWasPrinted) {
  const Worksheet sheet = written(small_form({{"place", "場所", EntryState::Given, "第一変電所"}}));
  ASSERT_NE(answer_to(sheet, "place"), nullptr);
  EXPECT_EQ(text_of(answer_to(sheet, "place")), "第一変電所");
  EXPECT_EQ(text_of(answer_to(sheet, "hinomi.report")), "NR-2026-K7Q4");
  EXPECT_EQ(text_of(answer_to(sheet, "hinomi.version")), "2");
  EXPECT_EQ(text_of(sheet.at(sheet.rows.back().number, kKey + 1)), "第一変電所");
}

TEST(FormSheet, WhatBeginsLikeAFormulaIsAText) {
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0", "0312345678"}) {
    const Worksheet sheet = written(small_form({{"place", "場所", EntryState::Given, text}}));
    const Cell* cell = answer_to(sheet, "place");
    ASSERT_NE(cell, nullptr) << text;
    EXPECT_FALSE(cell->is_formula);
    EXPECT_EQ(cell->value, CellValue(text));
  }
}

TEST(FormSheet, ATextThatNoCellHoldsIsCutBetweenCharactersAndSaysSo) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "電";
  const Worksheet sheet = written(small_form({{"place", "場所", EntryState::Given, text}}));
  EXPECT_EQ(answer_to(sheet, "place"), nullptr);
  const std::string shown = text_of(answer_to(sheet, "hinomi.long:place"));
  EXPECT_TRUE(shown.ends_with("電…"));
  EXPECT_TRUE(text.starts_with(shown.substr(0, shown.size() - std::string("…").size())));
}

TEST(FormSheet, ItsNameSaysNumberVersionAndForm) {
  EXPECT_EQ(form_sheet_name(small_form({})), "NR-2026-K7Q4-v2-jp-eba-prompt.xlsx");
}

}  // namespace
}  // namespace hinomi::forms

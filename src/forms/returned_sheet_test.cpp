#include "forms/returned_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms/form_sheet.h"
#include "support/shipped_forms.h"

namespace hinomi::forms {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<Table> tables() {
  FilledForm form;
  form.form = "jp-eba-prompt";
  form.form_version = "2026.11.1";
  form.report_number = "NR-2026-K7Q4";
  form.report_version = 3;
  form.duty = "JP-EBA-R3-09";
  form.stage = "prompt";
  form.sections = {
      {"s", "事故", {{"f", "場所", false, false, {{"place", "場所", EntryState::Given, "第一変電所"}}, {}}}}};
  return read_tables(*write_form_sheet(*shipped_form_book(), form)).value();
}

TableRow& row_with(Table& table, std::string_view key) {
  return *std::ranges::find_if(table.rows,
                               [&](const TableRow& row) { return row.fields.size() > 5 && row.fields[5] == key; });
}

std::string code_of(const std::vector<Table>& read) {
  const auto sheet = read_returned_sheet(read);
  return sheet.ok() ? "" : sheet.error().code;
}

TEST(ReturnedSheet, SaysWhichFormOfWhichReportItWas) {
  const auto sheet = read_returned_sheet(tables());
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->form, "jp-eba-prompt");
  EXPECT_EQ(sheet->form_version, "2026.11.1");
  EXPECT_EQ(sheet->report_number, "NR-2026-K7Q4");
  EXPECT_EQ(sheet->report_version, 3U);
  EXPECT_EQ(sheet->duty, "JP-EBA-R3-09");
  EXPECT_EQ(sheet->stage, "prompt");
  ASSERT_THAT(sheet->rows, SizeIs(1));
  EXPECT_EQ(sheet->rows[0].source, "place");
  EXPECT_EQ(sheet->rows[0].answer, "第一変電所");
  EXPECT_EQ(sheet->rows[0].printed, "第一変電所");
  EXPECT_THAT(sheet->strays, SizeIs(0));
}

TEST(ReturnedSheet, IsFoundWhereverItsRowsAndColumnsWereMovedTo) {
  auto moved = tables();
  for (TableRow& row : moved[0].rows) {
    row.number += 7;
    row.fields.insert(row.fields.begin() + 1, "");
    std::swap(row.fields[0], row.fields[3]);
  }
  std::reverse(moved[0].rows.begin() + 3, moved[0].rows.end());
  const auto sheet = read_returned_sheet(moved);
  ASSERT_TRUE(sheet.ok()) << sheet.error().code;
  ASSERT_THAT(sheet->rows, SizeIs(1));
  EXPECT_EQ(sheet->rows[0].answer, "第一変電所");
  EXPECT_EQ(sheet->rows[0].cell.front(), 'A');
}

TEST(ReturnedSheet, ABareNumberCountsInTheUnitBesideItAlsoInAnother) {
  FilledForm form;
  form.form = "jp-eba-prompt";
  form.sections = {{"s",
                    "事故",
                    {{"f",
                      "供給支障電力",
                      false,
                      false,
                      {{"outage.lost_kw", "供給支障電力", EntryState::Given, "120,000 kW"}},
                      {}}}}};
  auto read = read_tables(*write_form_sheet(*shipped_form_book(), form)).value();
  TableRow& row = row_with(read[0], "outage.lost_kw");
  row.fields[2] = "50";
  EXPECT_EQ(read_returned_sheet(read)->rows[0].answer, "50 kW");
  row.fields[3] = "MW";
  EXPECT_EQ(read_returned_sheet(read)->rows[0].answer, "50 MW");
}

TEST(ReturnedSheet, AnAnswerLongerThanACellIsRefusedAndANoteIsCutOff) {
  auto read = tables();
  read[0].rows.push_back({99, {std::string(kMostStrayBytes, 'x') + "あ"}});
  EXPECT_EQ(read_returned_sheet(read)->strays[0].text, std::string(kMostStrayBytes, 'x') + "…");
  row_with(read[0], "place").fields[2].assign(kMostAnswerBytes + 1, 'x');
  EXPECT_EQ(code_of(read), "forms.sheet_too_large");
}

TEST(ReturnedSheet, WhatIsWrittenElsewhereIsNotedAndNotLost) {
  auto read = tables();
  row_with(read[0], "place").fields.push_back("横のメモ");
  read[0].rows.push_back({99, {"下のメモ"}});
  read.push_back({"Sheet2", {{1, {"", "別のメモ"}}}});
  const auto sheet = read_returned_sheet(read);
  ASSERT_TRUE(sheet.ok());
  std::vector<std::string> notes;
  for (const StrayCell& stray : sheet->strays) notes.push_back(stray.sheet + "!" + stray.cell + " " + stray.text);
  EXPECT_THAT(notes, ElementsAre(testing::MatchesRegex("Hinomi!H[0-9]+ 横のメモ"), "Hinomi!A99 下のメモ",
                                 "Sheet2!B1 別のメモ"));
}

TEST(ReturnedSheet, TooManyNotesAreCounted) {
  auto read = tables();
  for (std::size_t row = 100; row < 300; ++row) read[0].rows.push_back({row, {"x"}});
  const auto sheet = read_returned_sheet(read);
  ASSERT_TRUE(sheet.ok());
  EXPECT_THAT(sheet->strays, SizeIs(kMostStrays));
  EXPECT_EQ(sheet->strays_left_out, 100U);
}

TEST(ReturnedSheet, AnEmptyNumberMakesItANewReportAndAnotherNumberIsRefused) {
  auto read = tables();
  row_with(read[0], "hinomi.report").fields[2] = "";
  EXPECT_EQ(read_returned_sheet(read)->report_number, "");
  row_with(read[0], "hinomi.report").fields[2] = "NR-2026-AAAA";
  EXPECT_EQ(code_of(read), "forms.sheet_number");
}

TEST(ReturnedSheet, WhatIsNoFormOfOursIsRefusedWithAReason) {
  EXPECT_EQ(code_of({}), "forms.sheet_none");
  EXPECT_EQ(code_of({{"買い物", {{1, {"牛乳"}}}}}), "forms.sheet_none");
  auto read = tables();
  read.push_back(read[0]);
  EXPECT_EQ(code_of(read), "forms.sheet_twice");
  read = tables();
  row_with(read[0], "hinomi.sheet").fields[6] = "9";
  EXPECT_EQ(code_of(read), "forms.sheet_layout");
  read = tables();
  row_with(read[0], "hinomi.heading").fields[2] = "回答";
  EXPECT_EQ(code_of(read), "forms.sheet_damaged");
  for (const std::string key : {"hinomi.form", "hinomi.report", "hinomi.version"}) {
    read = tables();
    row_with(read[0], key).fields = {"x"};
    EXPECT_EQ(code_of(read), "forms.sheet_damaged") << key;
  }
  read = tables();
  read[0].rows.push_back(row_with(read[0], "hinomi.report"));
  read[0].rows.back().number = 400;
  EXPECT_EQ(code_of(read), "forms.sheet_damaged");
  read = tables();
  for (std::size_t row = 100; row < 100 + kMostReturnedRows; ++row) {
    read[0].rows.push_back(row_with(read[0], "place"));
    read[0].rows.back().number = row;
  }
  EXPECT_EQ(code_of(read), "forms.sheet_too_large");
}

TEST(ReturnedSheet, ItsTextReadsBackTheSame) {
  auto read = tables();
  read.push_back({"Sheet2", {{1, {"メモ \"x\"\n"}}}});
  const ReturnedSheet sheet = read_returned_sheet(read).value();
  JsonWriter out;
  write_returned_sheet(out, sheet);
  const auto document = parse_json(out.text());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(parse_returned_sheet((*document)->root(), "/sheet").value(), sheet);
}

TEST(ReturnedSheet, ATextThatIsNoneIsRefusedWithItsPlace) {
  for (const std::string text :
       {R"([])", R"({})", R"({"form":"x","report_version":0,"rows":[]})",
        R"({"form":"x","report_version":1,"extra":1})", R"({"form":"x","report_version":1,"rows":[{"cell":"A1"}]})",
        R"({"form":1,"report_version":1})"}) {
    const auto document = parse_json(text);
    const auto parsed = parse_returned_sheet((*document)->root(), "/sheet");
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_TRUE(parsed.error().where.starts_with("/sheet")) << text << " " << parsed.error().where;
  }
}

}  // namespace
}  // namespace hinomi::forms

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "formats/workbook.h"
#include "forms/answer.h"
#include "forms/form_sheet.h"
#include "forms/form_sheet_keys.h"

namespace hinomi::forms {
namespace {

// A cell holds 32,767 UTF-16 units; no UTF-8 text of so many bytes has more.
constexpr std::size_t kLongestBytes = 32'000;

enum Style : std::size_t { Plain, Title, Heading, Section, Label, Answer, Fixed, Hint, Machine };
std::vector<CellStyle> styles() {
  using Border = CellStyle::Border;
  return {
      CellStyle{.is_text = true},
      CellStyle{.bold = true, .is_text = true, .size = 13},
      CellStyle{.bold = true, .wraps = true, .is_text = true, .border = Border::Thin, .fill = "DCE6F0"},
      CellStyle{.bold = true, .is_text = true, .fill = "EEF2F6"},
      CellStyle{.wraps = true, .is_text = true, .border = Border::Thin},
      CellStyle{.wraps = true, .is_text = true, .border = Border::Thin, .fill = "FFF9E5"},
      CellStyle{.wraps = true, .is_text = true, .border = Border::Thin},
      CellStyle{.wraps = true, .is_text = true, .size = 9, .border = Border::Thin},
      CellStyle{.is_text = true, .size = 9},
  };
}

enum Column : std::size_t { AboutField = 1, AboutEntry, OfAnswer, OfUnit, OfHint, OfKey, OfPrinted };

// What stands beside one answer.
struct Row {
  std::string label;
  std::string part;
  std::string answer;
  std::string unit;
  std::string hint;
  std::string key;
  Style style = Answer;
};

bool is_writable(std::string_view source) {
  if (find_fact_definition(source) != nullptr) return true;
  const auto part = story_part(source);
  return part && is_said_by_reports(*part);
}

// Cut between characters.
std::string beginning_of(const std::string& text) {
  std::size_t end = kLongestBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

class Drawing {
 public:
  Drawing(const FormBook& book, const FilledForm& form) : book_(book), form_(form) {
    sheet_.name = "Hinomi";
    sheet_.columns = {{.width = 30, .style = Plain},
                      {.width = 20, .style = Plain},
                      {.width = 46, .style = Plain},
                      {.width = 16, .style = Plain},
                      {.width = 40, .style = Plain},
                      {.width = 12, .style = Plain, .is_hidden = true},
                      {.width = 12, .style = Plain, .is_hidden = true}};
    sheet_.frozen_rows = 3;
    const std::string head = form.marking + "  " + form.report_number;
    sheet_.page = {.header = {.left = head.substr(0, 60), .right = form.form + " " + form.form_version},
                   .footer = {.center = "{page} / {pages}"}};
  }

  [[nodiscard]] WorkbookDraft whole() && {
    draw_head();
    section(word("sheet.about"));
    draw_about();
    for (const FilledSection& part : form_.sections) {
      section(part.title);
      for (const FilledField& field : part.fields) {
        for (const FilledEntry& entry : field.entries) row(row_of(field, entry));
      }
    }
    return {.styles = styles(), .sheets = {std::move(sheet_)}};
  }

 private:
  [[nodiscard]] std::string word(std::string_view key, const Catalogue::Values& values = {}) const {
    return book_.text(form_.language, key, values);
  }
  void put(std::size_t column, std::string text, Style style) {
    sheet_.cells.push_back({row_, column, std::move(text), style});
  }
  void machine(std::string_view key, std::string_view printed) {
    put(OfKey, std::string(key), Machine);
    put(OfPrinted, std::string(printed), Machine);
  }

  // The rows that stay in sight and stand on every printed page.
  void draw_head() {
    put(AboutField, form_.marking, Title);
    put(AboutEntry, form_.report_number, Title);
    put(OfAnswer, form_.title, Title);
    put(OfUnit, form_.layout_verified ? "" : word("sheet.unverified"), Title);
    put(OfHint, form_.form + " " + form_.form_version, Title);
    machine(key::kSheet, key::kLayout);
    ++row_;
    put(AboutField, word("sheet.how"), Plain);
    machine(key::kNote, "");
    ++row_;
    put(AboutField, word("sheet.field"), Heading);
    put(AboutEntry, word("sheet.entry"), Heading);
    put(OfAnswer, word("sheet.answer"), Heading);
    put(OfUnit, word("sheet.unit"), Heading);
    put(OfHint, word("sheet.hint"), Heading);
    machine(key::kHeading, word("sheet.answer"));
    ++row_;
  }

  void section(const std::string& title) {
    for (const std::size_t column : {AboutField, AboutEntry, OfAnswer, OfUnit, OfHint})
      put(column, column == AboutField ? title : "", Section);
    machine(key::kSection, title);
    ++row_;
  }

  void draw_about() {
    row({word("part.report.number"),
         {},
         form_.report_number,
         {},
         word("sheet.hint.number"),
         std::string(key::kReport),
         Answer});
    const auto fixed = [&](std::string_view label, std::string_view key, const std::string& value) {
      row({word(label), {}, value, {}, {}, std::string(key), Fixed});
    };
    fixed("sheet.version", key::kVersion, std::to_string(form_.report_version));
    fixed("sheet.form", key::kForm, form_.form);
    fixed("sheet.form_version", key::kFormVersion, form_.form_version);
    fixed("sheet.duty", key::kDuty, form_.duty);
    fixed("part.duty.title", key::kNote, form_.duty_title);
    fixed("sheet.stage", key::kStage, form_.stage);
    fixed("part.stage.title", key::kNote, form_.stage_title);
    fixed("part.org.name", key::kNote, form_.organisation);
    fixed("sheet.to", key::kNote, fmt::format("{}", fmt::join(form_.addressees, "\n")));
  }

  [[nodiscard]] Row row_of(const FilledField& field, const FilledEntry& entry) const {
    Row made{field.label, field.entries.size() == 1 ? "" : entry.label, entry.text, {}, {}, entry.source, Answer};
    if (field.required) made.label += " " + word("sheet.required");
    const FactDefinition* fact = find_fact_definition(entry.source);
    const bool has_unit = fact != nullptr && !fact->unit.empty();
    if (has_unit) made.unit = trimmed(word(fmt::format("unit.{}", fact->unit)));
    if (entry.state != EntryState::Given && is_writable(entry.source))
      made.unit.append(made.unit.empty() ? "" : " / ").append(word("sheet.open"));
    made.hint = hint_of(entry.source, fact);
    if (!is_writable(entry.source)) made.style = Fixed;
    if (made.answer.size() <= kLongestBytes) return made;
    made.answer = beginning_of(made.answer);
    made.key = std::string(key::kLong) + entry.source;
    made.hint = word("sheet.hint.long");
    made.style = Fixed;
    return made;
  }

  [[nodiscard]] std::string hint_of(const std::string& source, const FactDefinition* fact) const {
    if (!is_writable(source)) return word("sheet.hint.fixed");
    if (fact == nullptr) return part_hint(source);
    switch (fact->kind) {
      case FactKind::Flag: return word("yes") + " / " + word("no") + " / " + states();
      case FactKind::Number: return word("sheet.hint.value") + " / " + states();
      case FactKind::Time: return word("sheet.hint.time") + " / " + states();
      case FactKind::Text: return word("sheet.hint.text") + " / " + states();
      case FactKind::Choice: return choices(*fact) + " / " + states();
      case FactKind::Choices: return word("sheet.hint.several") + ": " + choices(*fact) + " / " + states();
    }
    return states();
  }

  [[nodiscard]] std::string part_hint(const std::string& source) const {
    const auto part = story_part(source);
    if (part == StoryPart::ReportKind) return word("kind.incident") + " / " + word("kind.near_miss");
    const bool is_list = part == StoryPart::TechnicalIndicators || part == StoryPart::TechnicalTechniques ||
                         part == StoryPart::TechnicalCves;
    return word(is_list ? "sheet.hint.lines" : "sheet.hint.text");
  }

  [[nodiscard]] std::string states() const {
    return word("state.investigating") + " / " + word("state.unknown") + " / " + word("state.not_applicable");
  }

  [[nodiscard]] std::string choices(const FactDefinition& fact) const {
    std::vector<std::string> texts;
    for (const std::string_view choice : fact.choices)
      texts.push_back(book_.choice_text(form_.language, fact.name, choice));
    return fmt::format("{}", fmt::join(texts, " / "));
  }

  void row(const Row& made) {
    put(AboutField, made.label, Label);
    put(AboutEntry, made.part, Label);
    put(OfAnswer, made.answer, made.style);
    put(OfUnit, made.unit, Hint);
    put(OfHint, made.hint, Hint);
    machine(made.key, made.answer);
    ++row_;
  }

  const FormBook& book_;
  const FilledForm& form_;
  WorksheetDraft sheet_;
  std::size_t row_ = 1;
};

}  // namespace

Result<std::string> write_form_sheet(const FormBook& book, const FilledForm& form) {
  return write_workbook(Drawing(book, form).whole());
}

std::string form_sheet_name(const FilledForm& form) {
  if (form.report_number.empty()) return form.form + ".xlsx";
  return fmt::format("{}-v{}-{}.xlsx", form.report_number, form.report_version, form.form);
}

}  // namespace hinomi::forms

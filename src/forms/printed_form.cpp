#include "forms/printed_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace hinomi::forms {
namespace {

constexpr std::string_view kIndicators = "technical.indicators";

bool is_silent(const FilledEntry& entry) {
  return entry.state != EntryState::Given && entry.state != EntryState::Derived;
}

class Printing {
 public:
  Printing(const FormBook& book, const FilledForm& form) : book_(book), form_(form) {}

  print::Document document(const PrintedFrom& from) const {
    print::Document document;
    document.language = form_.language;
    document.marking = form_.marking;
    document.caveat = handling();
    document.number = form_.report_number;
    document.version = book_.text(form_.language, "version", {{"number", std::to_string(form_.report_version)}});
    document.title = form_.title;
    document.issuer = form_.organisation;
    document.created = from.created;
    if (!form_.layout_verified) document.badge = word("unverified");
    add_notes(document.blocks, from.note);
    document.blocks.emplace_back(head());
    for (const FilledSection& section : form_.sections) add_section(document.blocks, section);
    return document;
  }

 private:
  [[nodiscard]] std::string word(std::string_view key, const Catalogue::Values& values = {}) const {
    return book_.text(form_.language, fmt::format("print.{}", key), values);
  }
  [[nodiscard]] std::string joined(const std::vector<std::string>& words) const {
    std::string text;
    for (const std::string& one : words) text.append(text.empty() ? "" : word("list")).append(one);
    return text;
  }

  // What the marking asks of whoever holds the sheet; a marking without such words speaks for itself.
  [[nodiscard]] std::string handling() const {
    std::string name;
    for (const char byte : lower_ascii(form_.marking)) name += byte == '+' || byte == ':' ? '_' : byte;
    for (const std::string_view known : {"tlp_clear", "tlp_green", "tlp_amber", "tlp_amber_strict", "tlp_red"})
      if (name == known) return word(fmt::format("handling.{}", name));
    return {};
  }

  void add_notes(std::vector<print::Block>& blocks, const std::string& note) const {
    if (!note.empty()) blocks.emplace_back(print::Note{note});
    if (!form_.layout_verified) blocks.emplace_back(print::Note{word("unverified.why")});
    std::vector<std::string> missing;
    for (const FilledField* field : missing_fields(form_)) missing.push_back(field->label);
    if (!missing.empty()) blocks.emplace_back(print::Note{word("missing", {{"fields", joined(missing)}})});
  }

  [[nodiscard]] print::Table head() const {
    print::Table table;
    const auto row = [&](std::string_view key, std::string value) {
      table.rows.push_back({.label = word(key), .value = std::move(value)});
    };
    row("to", joined(form_.addressees));
    row("from", form_.organisation);
    row("duty", form_.duty_title);
    row("stage", form_.stage_title);
    row("layout", form_.form + " " + form_.form_version);
    return table;
  }

  void add_section(std::vector<print::Block>& blocks, const FilledSection& section) const {
    blocks.emplace_back(print::Heading{section.title, 2});
    print::Table table;
    for (const FilledField& field : section.fields) table.rows.push_back(row_of(field));
    blocks.emplace_back(std::move(table));
  }

  [[nodiscard]] print::Row row_of(const FilledField& field) const {
    print::Row row{.label = field.label, .value = field_text(field), .tone = tone_of(field)};
    if (field.required && is_unsaid(field)) row.value = word("required", {{"text", row.value}});
    if (field.before) row.before = field.before->empty() ? word("absent") : *field.before;
    return row;
  }
  [[nodiscard]] static print::Tone tone_of(const FilledField& field) {
    if (std::ranges::all_of(field.entries, is_silent)) return print::Tone::Silent;
    const bool is_code = field.entries.size() == 1 && field.entries.front().source == kIndicators;
    return is_code ? print::Tone::Code : print::Tone::Said;
  }

  const FormBook& book_;
  const FilledForm& form_;
};

}  // namespace

print::Document printed_form(const FormBook& book, const FilledForm& form, const PrintedFrom& from) {
  return Printing(book, form).document(from);
}

std::string printed_form_name(const FilledForm& form) {
  std::string name = fmt::format("{}-v{}-{}.pdf", form.report_number, form.report_version, form.form);
  for (char& byte : name) {
    const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                          (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-' || byte == '_';
    if (!is_plain) byte = '_';
  }
  return name;
}

}  // namespace hinomi::forms

#include "forms/filled.h"

#include <algorithm>

#include "base/json.h"
#include "model/json_fields.h"
#include "model/words.h"

namespace hinomi::forms {
namespace {

constexpr Words<EntryState, 6> kEntryStates{
    "forms.state_unknown", {"given", "derived", "investigating", "unknown", "not_applicable", "unsaid"}};
constexpr std::size_t kMaxRows = 400;

void write_entry(JsonWriter& out, const FilledEntry& entry) {
  out.begin_object().member("source", entry.source).member("label", entry.label);
  out.member("state", entry_state_text(entry.state)).member("text", entry.text).end_object();
}

void write_field(JsonWriter& out, const FilledField& field) {
  out.begin_object().member("id", field.id).member("label", field.label);
  out.member("required", field.required).member("technical", field.technical).key("entries").begin_array();
  for (const FilledEntry& entry : field.entries) write_entry(out, entry);
  out.end_array().member_if("before", field.before).end_object();
}

void write_head(JsonWriter& out, const FilledForm& form) {
  out.member("form", form.form).member("form_version", form.form_version).member("title", form.title);
  out.member("layout_verified", form.layout_verified).member("language", language_tag(form.language));
  out.member("marking", form.marking).member("report_number", form.report_number);
  out.member("report_version", static_cast<std::int64_t>(form.report_version));
  out.member("organisation", form.organisation).member("duty", form.duty).member("duty_title", form.duty_title);
  out.member("stage", form.stage).member("stage_title", form.stage_title).key("addressees").begin_array();
  for (const std::string& name : form.addressees) out.string(name);
  out.end_array();
}

Result<FilledEntry> read_entry(JsonView value) {
  TRY(const auto fields, JsonFields::open(value, "", {"source", "label", "state", "text"}));
  FilledEntry entry;
  TRY(entry.source, fields.text("source"));
  TRY(entry.label, fields.text("label"));
  TRY(const std::string state, fields.text("state"));
  TRY(entry.state, kEntryStates.parse(state));
  TRY(entry.text, fields.text("text"));
  return entry;
}

Result<FilledField> read_field(JsonView value) {
  TRY(const auto fields, JsonFields::open(value, "", {"id", "label", "required", "technical", "entries", "before"}));
  FilledField field;
  TRY(field.id, fields.text("id"));
  TRY(field.label, fields.text("label"));
  TRY(field.required, fields.flag_or_false("required"));
  TRY(field.technical, fields.flag_or_false("technical"));
  TRY(const auto entries, fields.array("entries", kMaxRows));
  for (const JsonView element : entries) {
    TRY(auto entry, read_entry(element));
    field.entries.push_back(std::move(entry));
  }
  if (fields.find("before")) {
    TRY(field.before, fields.text("before"));
  }
  return field;
}

Result<FilledSection> read_section(JsonView value) {
  TRY(const auto fields, JsonFields::open(value, "", {"id", "title", "fields"}));
  FilledSection section;
  TRY(section.id, fields.text("id"));
  TRY(section.title, fields.text("title"));
  TRY(const auto rows, fields.array("fields", kMaxRows));
  for (const JsonView element : rows) {
    TRY(auto field, read_field(element));
    section.fields.push_back(std::move(field));
  }
  return section;
}

Status read_head(const JsonFields& fields, FilledForm& form) {
  TRY(form.form, fields.text("form"));
  TRY(form.form_version, fields.text("form_version"));
  TRY(form.title, fields.text("title"));
  TRY(form.layout_verified, fields.flag_or_false("layout_verified"));
  TRY(const std::string language, fields.text("language"));
  form.language = parse_language(language);
  TRY(form.marking, fields.text("marking"));
  TRY(form.report_number, fields.text("report_number"));
  TRY(const JsonView version, fields.required("report_version"));
  form.report_version = static_cast<std::uint32_t>(version.integer().value_or(0));
  TRY(form.organisation, fields.text("organisation"));
  TRY(form.duty, fields.text("duty"));
  TRY(form.duty_title, fields.text("duty_title"));
  TRY(form.stage, fields.text("stage"));
  TRY(form.stage_title, fields.text("stage_title"));
  TRY(form.addressees, fields.texts("addressees", kMaxRows));
  return {};
}

}  // namespace

std::string_view entry_state_text(EntryState state) { return kEntryStates.text(state); }

std::string field_text(const FilledField& field) {
  if (field.entries.size() == 1) return field.entries.front().text;
  if (is_unsaid(field)) return field.entries.empty() ? std::string() : field.entries.front().text;
  std::string text;
  for (const FilledEntry& entry : field.entries) {
    if (!text.empty()) text += '\n';
    text.append(entry.label).append(": ").append(entry.text);
  }
  return text;
}

bool is_unsaid(const FilledField& field) {
  return std::ranges::all_of(field.entries, [](const FilledEntry& entry) { return entry.state == EntryState::Unsaid; });
}

std::vector<const FilledField*> missing_fields(const FilledForm& form) {
  std::vector<const FilledField*> missing;
  for (const FilledSection& section : form.sections) {
    for (const FilledField& field : section.fields) {
      if (field.required && is_unsaid(field)) missing.push_back(&field);
    }
  }
  return missing;
}

std::string filled_form_text(const FilledForm& form) {
  JsonWriter out;
  out.begin_object();
  write_head(out, form);
  out.key("sections").begin_array();
  for (const FilledSection& section : form.sections) {
    out.begin_object().member("id", section.id).member("title", section.title).key("fields").begin_array();
    for (const FilledField& field : section.fields) write_field(out, field);
    out.end_array().end_object();
  }
  return out.end_array().end_object().take();
}

Result<FilledForm> parse_filled_form(std::string_view json) {
  TRY(const auto document, parse_json(json));
  TRY(const auto fields, JsonFields::open(document->root(), "",
                                          {"form", "form_version", "title", "layout_verified", "language", "marking",
                                           "report_number", "report_version", "organisation", "duty", "duty_title",
                                           "stage", "stage_title", "addressees", "sections"}));
  FilledForm form;
  TRY_OK(read_head(fields, form));
  TRY(const auto sections, fields.array("sections", kMaxRows));
  for (const JsonView element : sections) {
    TRY(auto section, read_section(element));
    form.sections.push_back(std::move(section));
  }
  return form;
}

Sha256 filled_form_digest(const FilledForm& form) { return sha256(filled_form_text(form)); }

}  // namespace hinomi::forms

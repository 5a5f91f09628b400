// hinomi report forms, form: what a report asks for, filled.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/text.h"
#include "forms/filled.h"

namespace hinomi::app {
namespace {

std::string joined(JsonView object, std::string_view list, std::string_view member) {
  std::string text;
  if (const auto items = object.find(list)) {
    for (const JsonView item : *items) text.append(text.empty() ? "" : "、").append(text_at(item, member));
  }
  return text;
}

// One line a form: which, for what, to whom, by when, and what is still missing.
void write_offer(const Context& context, JsonView offer) {
  context.out << text_at(offer, "form") << "  " << text_at(offer, "title") << "  " << text_at(offer, "verdict_text")
              << "\n  " << text_at(offer, "duty") << " " << text_at(offer, "stage") << "  "
              << text_at(offer, "duty_title") << " " << text_at(offer, "stage_title") << "  → "
              << joined(offer, "addressees", "name");
  const std::string due = time_at(context, offer, "due");
  if (!due.empty()) context.out << "  " << due;
  context.out << "\n";
  const std::string missing = joined(offer, "missing", "label");
  if (!missing.empty()) context.out << "  " << context.text("cli.form.missing", {{"fields", missing}}) << "\n";
}

void write_offers(const Context& context, JsonView answer) {
  const auto items = answer.find("items");
  if (!items) return;
  if (items->size() == 0) context.out << context.text("page.forms.none") << "\n";
  for (const JsonView offer : *items) write_offer(context, offer);
}

// As on paper: the head, what is missing, then every field.
void write_filled(const Context& context, const forms::FilledForm& form) {
  context.out << form.marking << "  " << form.report_number << "  "
              << context.text("page.form.version.n", {{"n", std::to_string(form.report_version)}}) << "\n"
              << form.title << " (" << form.form << " " << form.form_version << ")";
  if (!form.layout_verified) context.out << "  " << context.text("page.forms.unverified");
  context.out << "\n" << form.duty_title << " " << form.stage_title << "\n";
  for (const forms::FilledField* field : forms::missing_fields(form))
    context.out << "  " << context.text("cli.form.missing", {{"fields", field->label}}) << "\n";
  for (const forms::FilledSection& section : form.sections) {
    context.out << "\n" << section.title << "\n";
    for (const forms::FilledField& field : section.fields) {
      if (field.before) context.out << "  " << context.text("page.form.corrected") << ": " << *field.before << "\n";
      context.out << "  " << field.label << ": " << forms::field_text(field) << "\n";
    }
  }
}

std::string query_of(const FormWords& words) {
  std::string query;
  const auto add = [&query](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    query.append(query.empty() ? "?" : "&").append(name).append("=").append(url_encoded(value));
  };
  add("duty", words.duty);
  add("stage", words.stage);
  add("version", words.version == 0 ? "" : std::to_string(words.version));
  return query;
}

Result<Json> get_one(const Context& context, const ServerAccess& server, const std::string& path) {
  TRY(const Client client, Client::open(context, server));
  return client.get(path);
}

}  // namespace

ExitCode run_report_forms(const Context& context, const ServerAccess& server, const std::string& report) {
  const auto answer = get_one(context, server, "/api/v1/reports/" + url_encoded(report) + "/forms");
  return show(context, "hinomi.report-forms.v1", answer, [&](JsonView root) { write_offers(context, root); });
}

ExitCode run_report_form(const Context& context, const ServerAccess& server, const FormWords& words) {
  const auto answer =
      get_one(context, server,
              "/api/v1/reports/" + url_encoded(words.report) + "/forms/" + url_encoded(words.form) + query_of(words));
  return show(context, "hinomi.report-form.v1", answer, [&](JsonView root) {
    const auto filled = root.find("filled");
    if (!filled) return;
    if (const auto form = forms::parse_filled_form(filled->raw()); form.ok()) write_filled(context, *form);
  });
}

}  // namespace hinomi::app

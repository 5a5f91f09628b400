// hinomi report forms, form, submissions, submitted, receipt, sent, supplement: what a report asks for, filled, and
// what was handed in of it.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/recipient_command.h"
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
  if (offer.boolean_at("handed_in") == true) context.out << "  " << context.text("page.forms.handed_in") << "\n";
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

std::string path_of(const std::string& report, std::string_view rest) {
  return "/api/v1/reports/" + url_encoded(report) + std::string(rest);
}

std::string form_path(const FormWords& words) {
  return path_of(words.report, "/forms/" + url_encoded(words.form) + query_of(words));
}

// Two lines a submission: what, to whom, how and when; then receipts, and fields that read differently now.
void write_submission(const Context& context, JsonView row) {
  const auto addressee = row.find("addressee");
  context.out << text_at(row, "id") << "  " << text_at(row, "title") << "  " << text_at(row, "duty") << " "
              << text_at(row, "stage") << "\n  " << time_at(context, row, "sent_at") << "  "
              << (addressee ? text_at(*addressee, "name") : "") << "  " << text_at(row, "channel_text") << "  "
              << context.text("page.form.version.n", {{"n", number_at(row, "report_version")}}) << "\n";
  if (const auto receipts = row.find("receipts")) {
    for (const JsonView receipt : *receipts) {
      context.out << "  " << context.text("page.submission.received") << "  "
                  << time_at(context, receipt, "confirmed_at") << "  " << text_at(receipt, "who") << "  "
                  << text_at(receipt, "channel_text") << "\n";
    }
  }
  const auto stale = row.find("stale");
  if (!stale || row.boolean_at("superseded") == true) return;
  for (const JsonView difference : *stale) {
    context.out << "  " << context.text("cli.submission.stale", {{"field", text_at(difference, "label")}}) << "\n    - "
                << text_at(difference, "before") << "\n    + " << text_at(difference, "after") << "\n";
  }
}

void write_submissions(const Context& context, JsonView answer) {
  const auto items = answer.find("items");
  if (!items) return;
  if (items->size() == 0) context.out << context.text("page.submissions.none") << "\n";
  for (const JsonView row : *items) write_submission(context, row);
}

// The form is read first: what is recorded is what was shown, or nothing.
Result<Json> record_submission(const Context& context, const ServerAccess& server, const FormWords& form,
                               const SubmissionWords& words) {
  TRY(const Client client, Client::open(context, server));
  TRY(const Json shown, client.get(form_path(form)));
  const auto filled = shown->root().find("filled");
  const auto version = shown->root().integer_at("report_version");
  if (!filled || !version) return invalid("client.answer", "The server's form has no content.");
  JsonWriter body;
  body.begin_object().member("form", form.form).member("duty", text_at(*filled, "duty"));
  body.member("stage", text_at(*filled, "stage")).member("report_version", *version);
  body.member("digest", text_at(shown->root(), "digest")).member("channel", words.channel);
  if (!words.to.empty()) body.member("addressee", words.to);
  if (!words.at.empty()) body.member("sent_at", words.at);
  return client.post(path_of(form.report, "/submissions"), body.end_object().take());
}

Result<Json> confirm_receipt(const Context& context, const ServerAccess& server, const std::string& report,
                             const ReceiptWords& words) {
  TRY(const Client client, Client::open(context, server));
  JsonWriter body;
  body.begin_object().member("channel", words.channel).member("who", words.who);
  if (!words.at.empty()) body.member("confirmed_at", words.at);
  return client.post(path_of(report, "/submissions/" + url_encoded(words.submission) + "/receipts"),
                     body.end_object().take());
}

std::string file_path(const FormWords& words) {
  const bool is_pdf = words.format == "pdf";
  std::string query = query_of(words);
  if (words.blank && !is_pdf) query.append(query.empty() ? "?" : "&").append("blank=true");
  return path_of(words.report, "/forms/" + url_encoded(words.form) + (is_pdf ? "/pdf" : "/workbook") + query);
}

ExitCode save_file(const Context& context, const ServerAccess& server, const std::string& path,
                   const std::string& output) {
  if (output.empty())
    return fail(context, invalid("client.output", "Say with -o which file to write; - is standard output."));
  return run_export(context, server, {path, output});
}

std::string submission_path(const CopyWords& words) {
  return path_of(words.report, "/submissions/" + url_encoded(words.submission));
}

ExitCode show_form(const Context& context, std::string_view schema, const Result<Json>& answer) {
  return show(context, schema, answer, [&](JsonView root) {
    if (const auto filled = root.find("filled")) write_filled_form(context, *filled);
  });
}

}  // namespace

void write_filled_form(const Context& context, JsonView filled) {
  if (const auto form = forms::parse_filled_form(filled.raw()); form.ok()) write_filled(context, *form);
}

ExitCode run_report_forms(const Context& context, const ServerAccess& server, const std::string& report) {
  return show(context, "hinomi.report-forms.v1", get_one(context, server, path_of(report, "/forms")),
              [&](JsonView root) { write_offers(context, root); });
}

ExitCode run_report_form(const Context& context, const ServerAccess& server, const FormWords& words) {
  if (!words.format.empty()) return save_file(context, server, file_path(words), words.output);
  return show_form(context, "hinomi.report-form.v1", get_one(context, server, form_path(words)));
}

ExitCode run_report_submissions(const Context& context, const ServerAccess& server, const std::string& report) {
  return show(context, "hinomi.submissions.v1", get_one(context, server, path_of(report, "/submissions")),
              [&](JsonView root) { write_submissions(context, root); });
}

ExitCode run_report_submitted(const Context& context, const ServerAccess& server, const FormWords& form,
                              const SubmissionWords& words) {
  return show(context, "hinomi.submission.v1", record_submission(context, server, form, words),
              [&](JsonView root) { write_submission(context, root); });
}

ExitCode run_report_receipt(const Context& context, const ServerAccess& server, const std::string& report,
                            const ReceiptWords& words) {
  return show(context, "hinomi.submission.v1", confirm_receipt(context, server, report, words),
              [&](JsonView root) { write_submission(context, root); });
}

ExitCode run_report_sent(const Context& context, const ServerAccess& server, const CopyWords& words) {
  const std::string path = submission_path(words);
  if (!words.format.empty()) return save_file(context, server, path + "/pdf", words.output);
  return show_form(context, "hinomi.submission.v1", get_one(context, server, path));
}

ExitCode run_report_supplement(const Context& context, const ServerAccess& server, const CopyWords& words) {
  const std::string path = submission_path(words) + "/supplement";
  if (!words.format.empty()) return save_file(context, server, path + "/pdf", words.output);
  return show_form(context, "hinomi.report-form.v1", get_one(context, server, path));
}

}  // namespace hinomi::app

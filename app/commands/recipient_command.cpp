// hinomi report recipients, and 相手の目で見る of a report before it is sent.
#include "app/commands/recipient_command.h"

#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

Result<Json> get_one(const Context& context, const ServerAccess& server, const std::string& path) {
  TRY(const Client client, Client::open(context, server));
  return client.get(path);
}

// One line a recipient, then one a version: its state and when.
void write_deliveries(const Context& context, JsonView root) {
  const auto items = root.find("items");
  if (!items) return;
  for (const JsonView row : *items) {
    context.out << text_at(row, "name") << "  " << text_at(row, "what") << "\n";
    const auto deliveries = row.find("deliveries");
    if (!deliveries) continue;
    for (const JsonView delivery : *deliveries) {
      context.out << "  " << context.text("page.form.version.n", {{"n", number_at(delivery, "version")}}) << "  "
                  << word_at(context, delivery, "state", "page.delivery.") << "  " << time_at(context, delivery, "at")
                  << "  " << text_at(delivery, "who") << "\n";
    }
  }
}

}  // namespace

void write_recipients(const Context& context, JsonView root) {
  const auto recipients = root.find("recipients");
  if (!recipients) return;
  context.out << context.text("page.recipients.title") << "\n";
  for (const JsonView recipient : *recipients) {
    context.out << "  " << text_at(recipient, "code") << "  " << text_at(recipient, "name") << "  "
                << word_at(context, recipient, "when", "page.recipient.when.") << "\n";
    const auto forms = recipient.find("forms");
    if (!forms) continue;
    for (const JsonView form : *forms)
      context.out << "    " << text_at(form, "title") << "  " << text_at(form, "stage_title") << "\n";
  }
}

void write_recipient_view(const Context& context, JsonView view) {
  context.out << context.text("page.recipient.looking", {{"name", text_at(view, "name")}}) << "\n";
  if (const auto content = view.find("content")) context.out << content->raw() << "\n";
  if (const auto forms = view.find("forms")) {
    for (const JsonView form : *forms) {
      if (const auto filled = form.find("filled")) write_filled_form(context, *filled);
    }
  }
  if (const auto editions = view.find("editions")) {
    for (const JsonView edition : *editions) context.out << edition.raw() << "\n";
  }
  if (const auto agreed = view.find("agreed")) context.out << agreed->raw() << "\n";
}

ExitCode run_report_recipients(const Context& context, const ServerAccess& server, const std::string& report,
                               const std::string& as) {
  const std::string path = "/api/v1/reports/" + url_encoded(report) + "/recipients";
  if (as.empty()) {
    return show(context, "hinomi.report-recipients.v1", get_one(context, server, path),
                [&](JsonView root) { write_recipients(context, root); });
  }
  return show(context, "hinomi.recipient-view.v1", get_one(context, server, path + "/" + url_encoded(as)),
              [&](JsonView root) { write_recipient_view(context, root); });
}

ExitCode run_report_deliveries(const Context& context, const ServerAccess& server, const std::string& report) {
  const std::string path = "/api/v1/reports/" + url_encoded(report) + "/deliveries";
  return show(context, "hinomi.deliveries.v1", get_one(context, server, path),
              [&](JsonView root) { write_deliveries(context, root); });
}

}  // namespace hinomi::app

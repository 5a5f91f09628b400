// hinomi report read: what a filled workbook of a form, or a mail that carries one, would change; with --confirm that
// is filed.
#include <algorithm>
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxFileBytes = std::uint64_t{12} << 20;

// Words of a file that a stranger may have made: nothing in them steers the terminal.
std::string plain(JsonView object, std::string_view name) {
  std::string text = text_at(object, name);
  std::ranges::replace_if(text, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; }, ' ');
  return text;
}

void write_row(const Context& context, JsonView row) {
  const std::string outcome = text_at(row, "outcome");
  const bool moved_on = row.boolean_at("moved_on") == true;
  if (outcome == "unchanged" && !moved_on) return;
  context.out << word_at(context, row, "outcome", "cli.reading.") << "  " << text_at(row, "cell") << "  "
              << text_at(row, "source") << "  " << text_at(row, "label");
  if (moved_on) context.out << "  [" << context.text("page.reading.moved_on") << "]";
  context.out << "\n";
  if (outcome == "changed") {
    context.out << "  - " << plain(row, "now") << "\n  + " << plain(row, "after") << "\n";
  } else if (outcome == "unchanged") {
    context.out << "  - " << plain(row, "printed") << "\n  = " << plain(row, "now") << "\n";
  } else {
    context.out << "  ? " << plain(row, "answer") << "\n  " << text_at(row, "what") << " " << text_at(row, "do")
                << "\n";
  }
}

void write_reading(const Context& context, JsonView reading) {
  context.out << text_at(reading, "title") << "  "
              << (reading.boolean_at("is_new") == true ? context.text("page.reading.new") : text_at(reading, "number"))
              << "\n";
  if (const auto mail = reading.find("mail")) {
    context.out << context.text("page.reading.mail") << "\n  " << plain(*mail, "from") << "  " << plain(*mail, "date")
                << "  " << plain(*mail, "subject") << "\n";
  }
  const std::string printed = number_at(reading, "printed_version");
  const std::string newest = number_at(reading, "newest_version");
  if (printed != newest)
    context.out << context.text("page.reading.old", {{"printed", printed}, {"newest", newest}}) << "\n";
  std::size_t unchanged = 0;
  if (const auto rows = reading.find("rows")) {
    for (const JsonView row : *rows) {
      write_row(context, row);
      if (row.string_at("outcome") == "unchanged") ++unchanged;
    }
  }
  if (const auto strays = reading.find("strays")) {
    for (const JsonView stray : *strays) {
      context.out << context.text("cli.reading.stray") << "  " << plain(stray, "sheet") << "!" << text_at(stray, "cell")
                  << "  " << plain(stray, "text") << "\n";
    }
  }
  context.out << context.text("page.reading.unchanged", {{"n", std::to_string(unchanged)}}) << "\n";
  if (const auto problem = reading.find("problem"))
    context.err << text_at(*problem, "what") << " " << text_at(*problem, "do") << "\n";
}

std::string for_org(const ReadingWords& words) {
  return words.for_org.empty() ? "" : "?for_org=" + url_encoded(words.for_org);
}

Result<Json> read_file(const Context& context, const Client& client, const ReadingWords& words) {
  TRY(const std::string content, context.machine.files.read(words.file, kMaxFileBytes));
  return client.post_file("/api/v1/forms/read" + for_org(words), content);
}

// What was read is shown and then filed, exactly as it was read.
Result<Json> confirm(const Client& client, const ReadingWords& words, JsonView reading) {
  const auto sheet = reading.find("sheet");
  if (!sheet) return invalid("client.answer", "The server's reading has no sheet.");
  JsonWriter body;
  body.begin_object().key("sheet").raw(sheet->raw()).member("digest", text_at(reading, "digest"));
  if (!words.take.empty()) {
    body.key("take").begin_array();
    for (const std::string& source : words.take) body.string(source);
    body.end_array();
  }
  return client.post("/api/v1/forms/read/confirmation" + for_org(words), body.end_object().take());
}

}  // namespace

ExitCode run_report_read(const Context& context, const ServerAccess& server, const ReadingWords& words) {
  const auto client = Client::open(context, server);
  if (!client.ok()) return fail(context, client.error());
  const auto reading = read_file(context, *client, words);
  if (!reading.ok() || !words.confirm) {
    return show(context, "hinomi.form-reading.v1", reading, [&](JsonView root) { write_reading(context, root); });
  }
  if (!context.json) write_reading(context, (*reading)->root());
  return show(
      context, "hinomi.form-reading-filed.v1", confirm(*client, words, (*reading)->root()), [&](JsonView filed) {
        context.out << context.text("cli.reading.filed",
                                    {{"number", text_at(filed, "number")}, {"version", number_at(filed, "version")}})
                    << "\n";
      });
}

}  // namespace hinomi::app

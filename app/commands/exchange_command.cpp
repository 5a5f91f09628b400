// hinomi import and export, and the indicators of `hunt --server`.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kMaxImportBytes = std::uint64_t{64} << 20;

struct ImportTotals {
  std::int64_t files = 0;
  std::int64_t failed = 0;
  std::int64_t items = 0;
  std::int64_t added = 0;
  std::int64_t duplicates = 0;
  std::int64_t objects = 0;
  std::int64_t cases = 0;
  std::int64_t problems = 0;
};

Result<std::vector<std::string>> files_of(const Context& context, const ImportWords& words) {
  std::vector<std::string> files;
  for (const std::string& path : words.paths) {
    TRY(const auto below, context.machine.files.list(path));
    files.insert(files.end(), below.begin(), below.end());
  }
  if (words.limit != 0 && files.size() > words.limit) files.resize(words.limit);
  return files;
}

void write_problems(const Context& context, JsonView outcome) {
  const auto problems = outcome.find("problems");
  if (!problems) return;
  for (const JsonView problem : *problems) {
    if (context.json) {
      context.err << json_line("hinomi.import-problem.v1", problem);
    } else {
      context.err << text_at(problem, "file") << " " << text_at(problem, "where") << ": " << text_at(problem, "reason")
                  << "\n";
    }
  }
}

void add_outcome(const Context& context, JsonView outcome, ImportTotals& totals) {
  const auto count = [&](std::string_view name) { return outcome.integer_at(name).value_or(0); };
  totals.items += count("items");
  totals.added += count("added");
  totals.duplicates += count("duplicates");
  totals.objects += count("objects");
  totals.cases += count("cases");
  if (const auto problems = outcome.find("problems")) totals.problems += static_cast<std::int64_t>(problems->size());
  write_problems(context, outcome);
}

// A file that cannot be taken is told and counted; the others go on. A server that is gone ends it.
Status import_files(const Context& context, const Client& client, const ImportWords& words, ImportTotals& totals) {
  TRY(const auto files, files_of(context, words));
  for (const std::string& file : files) {
    ++totals.files;
    const auto content = context.machine.files.read(file, kMaxImportBytes);
    const std::string name = file.substr(file.rfind('/') + 1);
    auto outcome =
        content.ok()
            ? client.post_file("/api/v1/imports?source=" + url_encoded(words.source) + "&file=" + url_encoded(name),
                               *content)
            : Result<Json>(content.error());
    if (outcome.ok()) {
      add_outcome(context, (*outcome)->root(), totals);
      continue;
    }
    if (exit_code_of(outcome.error()) != ExitCode::Failed) return outcome.error();
    ++totals.failed;
    fail(context, outcome.error().inside(file));
  }
  return {};
}

void write_totals(const Context& context, const ImportTotals& totals) {
  if (context.json) {
    JsonWriter line;
    line.begin_object()
        .member("schema", "hinomi.import.v1")
        .member("files", totals.files)
        .member("failed", totals.failed);
    line.member("items", totals.items).member("added", totals.added).member("duplicates", totals.duplicates);
    line.member("objects", totals.objects)
        .member("cases", totals.cases)
        .member("problems", totals.problems)
        .end_object();
    context.out << line.text() << "\n";
    return;
  }
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  context.out << context.text("cli.import.done", {{"files", text(totals.files)},
                                                  {"items", text(totals.items)},
                                                  {"added", text(totals.added)},
                                                  {"duplicates", text(totals.duplicates)},
                                                  {"objects", text(totals.objects)},
                                                  {"problems", text(totals.problems)},
                                                  {"failed", text(totals.failed)}})
              << "\n";
}

Result<std::string> get_file(const Context& context, const ServerAccess& server, const std::string& path) {
  TRY(const Client client, Client::open(context, server));
  return client.get_file(path);
}

Status add_indicators(JsonView page, std::vector<PlanIndicator>& indicators) {
  const auto items = page.find("items");
  if (!items) return invalid("client.answer", "The server's list of indicators has no items.");
  for (const JsonView item : *items) {
    auto type = parse_indicator_type(text_at(item, "type"));
    if (!type.ok()) return type.error().inside("/items");
    auto indicator = make_indicator(*type, text_at(item, "value"));
    if (!indicator.ok()) return indicator.error().inside("/items");
    indicators.push_back({std::move(*indicator), text_at(item, "id"), text_at(item, "release"), text_at(item, "tlp")});
  }
  return {};
}

}  // namespace

ExitCode run_import(const Context& context, const ServerAccess& server, const ImportWords& words) {
  const auto client = Client::open(context, server);
  if (!client.ok()) return fail(context, client.error());
  ImportTotals totals;
  const Status imported = import_files(context, *client, words, totals);
  write_totals(context, totals);
  if (!imported.ok()) return fail(context, imported.error());
  return totals.failed == 0 ? ExitCode::Done : ExitCode::Failed;
}

ExitCode run_export(const Context& context, const ServerAccess& server, const ExportWords& words) {
  const std::string& output = words.output;
  const auto file = get_file(context, server, words.path);
  if (!file.ok()) return fail(context, file.error());
  if (output == "-") {
    context.out << *file;
    return ExitCode::Done;
  }
  const Status written = context.machine.files.replace(output, *file);
  if (!written.ok()) return fail(context, written.error());
  if (context.json) {
    JsonWriter line;
    line.begin_object()
        .member("schema", "hinomi.export.v1")
        .member("file", output)
        .member("bytes", static_cast<std::int64_t>(file->size()));
    context.out << line.end_object().text() << "\n";
  } else if (!context.quiet) {
    context.err << context.text("cli.export.done", {{"file", output}, {"bytes", std::to_string(file->size())}}) << "\n";
  }
  return ExitCode::Done;
}

Result<std::vector<PlanIndicator>> fetch_indicators(const Context& context, const ServerAccess& server) {
  TRY(const Client client, Client::open(context, server));
  std::vector<PlanIndicator> indicators;
  std::string cursor;
  do {
    TRY(const Json page,
        client.get("/api/v1/indicators?limit=10000" + (cursor.empty() ? "" : "&after=" + url_encoded(cursor))));
    TRY_OK(add_indicators(page->root(), indicators));
    cursor = text_at(page->root(), "next");
  } while (!cursor.empty());
  return indicators;
}

}  // namespace hinomi::app

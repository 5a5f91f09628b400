// hinomi handover: the memo for the next shift, with its digest; --take DIGEST takes the watch over with what was read.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"

namespace hinomi::app {
namespace {

Result<Json> memo_or_watch(const Context& context, const ServerAccess& server, const std::string& digest) {
  TRY(const Client client, Client::open(context, server));
  if (digest.empty()) return client.get("/api/v1/handover");
  JsonWriter body;
  body.begin_object().member("digest", digest).end_object();
  return client.post("/api/v1/handover", body.take());
}

void write_clocks(const Context& context, JsonView memo) {
  const auto clocks = memo.find("clocks");
  if (!clocks) return;
  context.out << context.text("page.handover.clocks", {{"n", std::to_string(clocks->size())}}) << "\n";
  for (const JsonView clock : *clocks) {
    context.out << "  " << text_at(clock, "number") << "  " << text_at(clock, "title") << " " << text_at(clock, "stage")
                << "  " << time_at(context, clock, "raw") << "  "
                << word_at(context, clock, "state", "page.handover.urgency.") << "\n";
  }
}

void write_rows(const Context& context, JsonView memo, std::string_view name, const std::string& heading) {
  const auto rows = memo.find(name);
  if (!rows) return;
  context.out << context.text(heading, {{"n", std::to_string(rows->size())}}) << "\n";
  for (const JsonView row : *rows)
    context.out << "  " << text_at(row, "number") << "  " << text_at(row, "title") << "  " << text_at(row, "addressee")
                << "\n";
}

void write_memo(const Context& context, JsonView memo) {
  if (const auto watch = memo.find("watch")) {
    const auto person = watch->find("person");
    const std::string name = context.language == Language::English ? "name_en" : "name";
    context.out << context.text("page.handover.watch", {{"person", person ? text_at(*person, name) : ""},
                                                        {"time", time_at(context, *watch, "since")}})
                << "\n";
  } else {
    context.out << context.text("page.handover.nobody") << "\n";
  }
  write_clocks(context, memo);
  write_rows(context, memo, "changed", "page.handover.changed");
  write_rows(context, memo, "stale_forms", "page.handover.stale");
  write_rows(context, memo, "unconfirmed_forms", "page.handover.unconfirmed");
  write_rows(context, memo, "reviews", "page.handover.reviews");
  if (memo.boolean_at("is_partial") == true) context.out << context.text("page.handover.partial") << "\n";
  context.out << context.text("cli.handover.take", {{"digest", text_at(memo, "digest")}}) << "\n";
}

}  // namespace

ExitCode run_handover(const Context& context, const ServerAccess& server, const std::string& digest) {
  return show(context, "hinomi.handover.v1", memo_or_watch(context, server, digest),
              [&](JsonView memo) { write_memo(context, memo); });
}

}  // namespace hinomi::app

// hinomi review: from the reporter's own words to a text that two people let go.
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/commands/presence_prompt.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

std::string review_path(const std::string& review) { return "/api/v1/reviews/" + url_encoded(review); }

Result<Json> get_review(const Context& context, const ServerAccess& server, const std::string& review) {
  TRY(const Client client, Client::open(context, server));
  return client.get(review_path(review));
}

Result<std::vector<Json>> get_reviews(const Context& context, const ServerAccess& server, std::size_t limit) {
  TRY(const Client client, Client::open(context, server));
  return read_pages(client, "/api/v1/reviews", limit);
}

Result<Json> start(const Context& context, const ServerAccess& server, const std::string& report,
                   const std::string& audience) {
  TRY(const Client client, Client::open(context, server));
  JsonWriter body;
  body.begin_object().member("audience", audience).member("kind", "story").end_object();
  return client.post("/api/v1/reports/" + url_encoded(report) + "/reviews", body.text());
}

// An edition as the server takes it: indicators as plain texts.
void write_edition_request(JsonWriter& out, JsonView edition) {
  out.begin_object();
  for (const JsonView member : edition) {
    out.key(member.key());
    if (member.key() != "indicators") {
      out.raw(member.raw());
      continue;
    }
    out.begin_array();
    for (const JsonView indicator : member)
      out.string(indicator.is_object() ? text_at(indicator, "value") : std::string(indicator.string().value_or("")));
    out.end_array();
  }
  out.end_object();
}

struct NewEdition {
  JsonView edition;
  std::optional<JsonView> pseudonyms;
};

std::string edit_body(JsonView review, const NewEdition& edition, const ReviewChange& change) {
  JsonWriter body;
  body.begin_object().member("revision", review.integer_at("revision").value_or(0)).key("edition");
  write_edition_request(body, edition.edition);
  body.member("tlp", change.tlp.empty() ? text_at(review, "tlp") : change.tlp);
  body.member("audience", change.audience.empty() ? text_at(review, "audience") : change.audience);
  if (const auto cleared = review.find("cleared")) body.key("cleared").raw(cleared->raw());
  if (edition.pseudonyms) body.key("pseudonyms").raw(edition.pseudonyms->raw());
  return body.end_object().take();
}

Result<std::string> proposed_body(JsonView review, const ReviewChange& change) {
  const auto proposal = review.find("proposal");
  const auto edition = proposal ? proposal->find("edition") : std::nullopt;
  if (!edition) return invalid("client.answer", "The server's review has no proposal.");
  return edit_body(review, {*edition, proposal->find("pseudonyms")}, change);
}

Result<Json> edit(const Context& context, const ServerAccess& server, const std::string& review,
                  const ReviewChange& change) {
  if (change.use_proposal == !change.file.empty())
    return invalid("review.edit", "Give either --use-proposal or --file EDITION.");
  TRY(const Client client, Client::open(context, server));
  TRY(const Json current, client.get(review_path(review)));
  if (change.use_proposal) {
    TRY(const std::string body, proposed_body(current->root(), change));
    return client.put(review_path(review), body);
  }
  TRY(const Json edition, read_json_input(context, change.file));
  return client.put(review_path(review), edit_body(current->root(), {edition->root(), std::nullopt}, change));
}

// Approves the revision that was read; without one, the newest.
Result<Json> approve(const Context& context, const ServerAccess& server, const std::string& review,
                     std::int64_t revision) {
  TRY(const Client client, Client::open(context, server));
  if (revision == 0) {
    TRY(const Json current, client.get(review_path(review)));
    revision = current->root().integer_at("revision").value_or(0);
  }
  TRY(const std::string proof,
      ask_presence(context, client, "review.approve " + review + " " + std::to_string(revision)));
  JsonWriter body;
  body.begin_object().member("revision", revision).key("step_up").raw(proof).end_object();
  return client.post(review_path(review) + "/approvals", body.text());
}

std::string_view consent_word(const ConsentWords& words) {
  if (words.take_back) return "taken_back";
  return words.refuse ? "refused" : "given";
}

// About the revision that was read; without one, the newest.
Result<Json> consent_to(const Context& context, const ServerAccess& server, const std::string& review,
                        const ConsentWords& words) {
  TRY(const Client client, Client::open(context, server));
  std::int64_t revision = words.revision;
  if (revision == 0) {
    TRY(const Json current, client.get(review_path(review)));
    revision = current->root().integer_at("revision").value_or(0);
  }
  TRY(const std::string proof,
      ask_presence(context, client, "review.consent " + review + " " + std::to_string(revision)));
  JsonWriter body;
  body.begin_object().member("consent", consent_word(words)).member("revision", revision);
  body.key("step_up").raw(proof).end_object();
  return client.post(review_path(review) + "/consent", body.text());
}

void write_line(const Context& context, JsonView review) {
  context.out << text_at(review, "id") << "  " << text_at(review, "report_number") << "  "
              << word_at(context, review, "state", "cli.state.") << "  " << text_at(review, "title") << "\n";
}

void write_measure(const Context& context, JsonView review) {
  const auto measure = review.find("measure");
  if (!measure) return;
  context.out << "  "
              << context.text("cli.review.measure",
                              {{"k", number_at(*measure, "k")}, {"required", number_at(*measure, "required")}})
              << "\n";
  for (const std::string_view list : {"identifiers", "questions", "held"}) {
    const auto found = measure->find(list);
    if (!found) continue;
    for (const JsonView text : *found)
      context.out << "    " << context.text("cli.review." + std::string(list)) << ": " << text.string().value_or("")
                  << "\n";
  }
}

void write_review(const Context& context, JsonView review) {
  write_line(context, review);
  write_measure(context, review);
  if (const auto refusal = review.string_at("refusal")) {
    context.out << "  NG  " << *refusal << "\n      " << text_at(review, "refusal_detail") << "\n";
  }
  if (const auto edition = review.find("edition"))
    context.out << "\n" << text_at(*edition, "title") << "\n" << text_at(*edition, "body") << "\n";
  const auto proposal = review.find("proposal");
  const auto changes = proposal ? proposal->find("changes") : std::nullopt;
  if (!changes || review.string_at("state") != "open") return;
  context.out << "\n" << context.text("cli.review.proposal", {{"k", number_at(*proposal, "k")}}) << "\n";
  for (const JsonView change : *changes)
    context.out << "    " << text_at(change, "from") << " → " << text_at(change, "to") << "\n";
}

ExitCode show_review(const Context& context, const Result<Json>& answer) {
  return show(context, "hinomi.review.v1", answer, [&](JsonView review) { write_review(context, review); });
}

}  // namespace

ExitCode run_review_start(const Context& context, const ServerAccess& server, const std::string& report,
                          const std::string& audience) {
  return show_review(context, start(context, server, report, audience));
}

ExitCode run_review_list(const Context& context, const ServerAccess& server, std::size_t limit) {
  return show_rows(context, "hinomi.review-summary.v1", get_reviews(context, server, limit),
                   [&](JsonView review) { write_line(context, review); });
}

ExitCode run_review_show(const Context& context, const ServerAccess& server, const std::string& review) {
  return show_review(context, get_review(context, server, review));
}

ExitCode run_review_edit(const Context& context, const ServerAccess& server, const std::string& review,
                         const ReviewChange& change) {
  return show_review(context, edit(context, server, review, change));
}

ExitCode run_review_approve(const Context& context, const ServerAccess& server, const std::string& review,
                            std::int64_t revision) {
  return show_review(context, approve(context, server, review, revision));
}

ExitCode run_review_consent(const Context& context, const ServerAccess& server, const std::string& review,
                            const ConsentWords& words) {
  return show_review(context, consent_to(context, server, review, words));
}

}  // namespace hinomi::app

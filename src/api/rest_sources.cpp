// Cases, imports, the health of sources; the ledger; home.
#include <algorithm>

#include "api/present.h"
#include "api/rest.h"
#include "flow/file_report.h"
#include "flow/ledger_log.h"
#include "flow/publish.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

void write_text_list(JsonWriter& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void write_item(JsonWriter& out, const store::StoredItem& stored) {
  const SourceItem& item = stored.item;
  out.begin_object()
      .member("id", stored.id.text())
      .member("source", item.source)
      .member("external_id", item.external_id);
  out.member("title", item.title).member("summary", item.summary).member("url", item.url);
  if (item.published) out.member("published", to_rfc3339(*item.published));
  write_text_list(out, "cves", item.cves);
  out.member("check", item.check).member("mitigation", item.mitigation);
  write_text_list(out, "products", item.products);
  out.member("tlp", tlp_text(item.tlp)).end_object();
}

}  // namespace

Result<HttpResponse> get_cases(Api& api, const Visit& visit) {
  TRY(const store::Page page, page_of(api, visit, "cases"));
  TRY(const auto cases, api.platform().store.cases(visit.who().reach, page));
  return json_response(listed(api, visit, "cases", cases,
                              [](JsonWriter& out, const store::CaseSummary& summary) { write_case(out, summary); }));
}

Result<HttpResponse> get_case(Api& api, const Visit& visit) {
  const auto id = CaseId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  TRY(const store::CaseSummary summary, api.platform().store.case_summary(visit.who().reach, *id));
  TRY(const auto items, api.platform().store.items_of(visit.who().reach, *id));
  JsonWriter out;
  out.begin_object();
  write_case_members(out, summary);
  out.key("items").begin_array();
  for (const store::StoredItem& item : items) write_item(out, item);
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> post_import(Api& api, const Visit& visit) {
  TRY_OK(policy::permit<action::ImportSources>(visit.who().principal, {}));
  const auto source = visit.request.parameter("source").value_or("manual");
  const auto file = visit.request.parameter("file").value_or("upload");
  if (source.size() > 100 || file.size() > 500)
    return invalid("import.name", "The names of source and file are too long.", "source");
  TRY(const Importer::Outcome outcome, api.import_file(visit, source, file, visit.request.body));
  JsonWriter out;
  out.begin_object().member("format", outcome.format).member("items", static_cast<std::int64_t>(outcome.items));
  out.member("added", static_cast<std::int64_t>(outcome.added))
      .member("duplicates", static_cast<std::int64_t>(outcome.duplicates));
  out.member("objects", static_cast<std::int64_t>(outcome.objects))
      .member("cases", static_cast<std::int64_t>(outcome.cases));
  out.key("problems").begin_array();
  for (const ReadProblem& found : outcome.problems) {
    out.begin_object().member("file", found.file).member("where", found.where).member("code", found.code);
    out.member("reason", found.reason).end_object();
  }
  return json_response(out.end_array().end_object().take(), 201);
}

Result<HttpResponse> get_sources(Api& api, const Visit& visit) {
  // What a feed said last is for those who run it: it may name files that others may not know of.
  TRY_OK(policy::permit<action::ImportSources>(visit.who().principal, {}));
  TRY(const auto sources, api.platform().store.source_health());
  JsonWriter out;
  out.begin_array();
  for (const store::SourceHealth& health : sources) write_source_health(out, health);
  return json_response(out.end_array().take());
}

Result<HttpResponse> get_checkpoint(Api& api, const Visit&) {
  TRY(const std::string checkpoint, api.platform().ledger.checkpoint(api.platform()));
  JsonWriter out;
  out.begin_object().key("checkpoint").raw(checkpoint);
  out.member("key", to_base64(api.platform().signing_key.public_key())).end_object();
  return json_response(out.take());
}

Result<HttpResponse> get_proof(Api& api, const Visit& visit) {
  const auto name = visit.request.parameter("release");
  if (!name) return invalid("proof.release", "Say which release: its id or number.", "release");
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), *name));
  TRY(const Receipt receipt, api.platform().ledger.receipt(api.platform(), visit.who(), release));
  return json_response(receipt_text(receipt));
}

}  // namespace hinomi::api

// Adding to and deleting from collections (TAXII 2.1 §5.5, §5.7), and the table of routes.
#include <array>
#include <map>

#include "api/taxii/collection_access.h"
#include "api/taxii/negotiation.h"
#include "api/taxii/taxii.h"
#include "flow/repeat.h"
#include "formats/stix.h"
#include "model/classified.h"
#include "policy/labelling.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

constexpr std::size_t kObjectsPerEnvelope = 5000;

Result<policy::Permit<action::WriteCollection>> require_write(const Visit& visit, const CollectionAccess& access) {
  return policy::permit<action::WriteCollection>(visit.who().principal,
                                                 {access.collection.id, access.collection.writers});
}

struct Detail {
  std::string id;
  std::string version;
  std::string message;  // of a failure
};

// What becomes of an envelope: each object a success or a failure, none pending.
struct Tally {
  std::vector<Detail> successes;
  std::vector<Detail> failures;
};

void write_details(JsonWriter& out, std::string_view name, const std::vector<Detail>& details) {
  if (details.empty()) return;  // §2: no empty lists
  out.key(name).begin_array();
  for (const Detail& detail : details) {
    out.begin_object().member("id", detail.id).member("version", detail.version);
    if (!detail.message.empty()) out.member("message", detail.message);
    out.end_object();
  }
  out.end_array();
}

std::string status_json(const StatusId& id, Instant at, const Tally& tally) {
  JsonWriter out;
  out.begin_object().member("id", id.text()).member("status", "complete").member("request_timestamp", to_rfc3339(at));
  out.member("total_count", static_cast<std::int64_t>(tally.successes.size() + tally.failures.size()));
  out.member("success_count", static_cast<std::int64_t>(tally.successes.size()));
  write_details(out, "successes", tally.successes);
  out.member("failure_count", static_cast<std::int64_t>(tally.failures.size()));
  write_details(out, "failures", tally.failures);
  return out.member("pending_count", 0).end_object().take();
}

// The collection's readers, narrowed by what the object itself says. A marking nobody here knows counts as RED.
Label label_of(const store::Collection& collection, const StixMarking& marking) {
  Label label = collection.readers;
  if (marking.is_marked) label.tlp = stricter(label.tlp, marking.tlp.value_or(Tlp::Red));
  return label;
}

std::string version_of(const StixObject& object, Instant at) {
  return object.version.empty() ? to_rfc3339(at) : object.version;
}

using Batches = std::map<Label, std::vector<StixObject>>;

// Objects by label; one that nobody could ever read is refused rather than swallowed.
Batches batches_of(const Visit& visit, const store::Collection& collection, std::vector<MarkedStixObject> objects,
                   Instant at, Tally& tally) {
  Batches batches;
  for (MarkedStixObject& marked : objects) {
    const auto document = parse_json(marked.object.raw);
    if (document.ok() && bears_classified_marking((*document)->root())) {
      tally.failures.push_back({marked.object.id, version_of(marked.object, at),
                                "clearance.refused: it bears a marking of content that needs a clearance."});
      continue;
    }
    const Label label = label_of(collection, marked.marking);
    const bool known = batches.contains(label);
    if (!known && policy::readers_of(*visit.who().directory, label).people.empty()) {
      tally.failures.push_back(
          {marked.object.id, version_of(marked.object, at), "Its marking lets nobody in this collection read it."});
      continue;
    }
    batches[label].push_back(std::move(marked.object));
  }
  return batches;
}

Status add_batches(const Api& api, const Visit& visit, const policy::Permit<action::WriteCollection>& permit,
                   const Batches& batches, Tally& tally) {
  for (const auto& [label, objects] : batches) {
    const store::Alongside with = flow::alongside(api.platform(), visit.who(), std::nullopt);
    TRY(const auto outcomes, api.platform().store.add_objects(permit, objects, label, with));
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const Detail detail{objects[i].id, version_of(objects[i], with.at), ""};
      if (outcomes[i] == store::AddOutcome::Conflict) {
        tally.failures.push_back(
            {detail.id, detail.version, "This version is here already with other content; the first is kept."});
      } else {
        tally.successes.push_back(detail);
      }
    }
  }
  return {};
}

}  // namespace

Result<TaxiiFilter> taxii_filter_of(const HttpRequest& request, TaxiiEndpoint endpoint) {
  std::vector<TaxiiParameter> parameters;
  for (const auto& parameter : request.query) parameters.emplace_back(parameter.name, parameter.value);
  return parse_taxii_filter(parameters, endpoint);
}

Bytes taxii_cursor_key(const Api& api) {
  const Sha256 key = hmac_sha256(api.parts().cookie_key.expose(), as_bytes("hinomi.taxii.cursor.v1"));
  return {key.begin(), key.end()};
}

Result<HttpResponse> taxii_add(Api& api, const Visit& visit) {
  TRY_OK(check_accept(visit.request));
  TRY(const CollectionAccess access, find_collection(api, visit.who(), visit.value("id")));
  TRY(const auto permit, require_write(visit, access));
  TRY_OK(check_content_type(visit.request));
  TRY(ReadOutcome read, read_stix({"taxii", "envelope", visit.request.body},
                                  {.max_bytes = kTaxiiMaxContent, .max_objects = kObjectsPerEnvelope}));
  const Instant at = api.platform().clock.now();
  Tally tally;
  for (const ReadProblem& found : read.problems) {
    tally.failures.push_back({"unknown--" + found.where, to_rfc3339(at), found.where + ": " + found.reason});
  }
  const Batches batches = batches_of(visit, access.collection, std::move(read.objects), at, tally);
  TRY_OK(add_batches(api, visit, permit, batches, tally));
  const StatusId id = StatusId::random(api.platform().random);
  std::string status = status_json(id, at, tally);
  TRY_OK(api.platform().store.put_status(visit.who().principal.person, id, status, at));
  HttpResponse response;
  response.status = 202;
  response.headers.add("Content-Type", std::string(kTaxiiMediaType));
  response.body = std::move(status);
  return response;
}

Result<HttpResponse> taxii_delete(Api& api, const Visit& visit) {
  TRY_OK(check_accept(visit.request));
  TRY(const CollectionAccess access, find_collection(api, visit.who(), visit.value("id")));
  TRY_OK(require_read(access));
  TRY(const auto permit, require_write(visit, access));
  TRY(const TaxiiFilter asked, taxii_filter_of(visit.request, TaxiiEndpoint::DeleteObject));
  store::ObjectFilter filter;
  filter.ids = {std::string(visit.value("object"))};
  filter.spec_versions = asked.spec_versions;
  filter.exact_versions = asked.versions.exact;
  const bool named = visit.request.parameter("match[version]").has_value();
  if (!named || asked.versions.all) filter.version_keywords.push_back(store::VersionKeyword::All);
  if (named && asked.versions.first) filter.version_keywords.push_back(store::VersionKeyword::First);
  if (named && asked.versions.last) filter.version_keywords.push_back(store::VersionKeyword::Last);
  TRY_OK(api.platform().store.delete_objects(permit, visit.who().reach, filter,
                                             flow::alongside(api.platform(), visit.who(), std::nullopt)));
  HttpResponse response;
  response.headers.add("Content-Type", std::string(kTaxiiMediaType));
  response.body = "{}";
  return response;
}

namespace {

constexpr auto kSigned = Access::SignedIn;
constexpr auto kTaxii = Format::Taxii;

constexpr std::array kRoutes{
    Route{Method::Get, "/taxii2/", kSigned, kTaxii, 0, taxii_discovery},
    Route{Method::Get, "/taxii2/api/", kSigned, kTaxii, 0, taxii_api_root},
    Route{Method::Get, "/taxii2/api/status/{id}/", kSigned, kTaxii, 0, taxii_status},
    Route{Method::Get, "/taxii2/api/collections/", kSigned, kTaxii, 0, taxii_collections},
    Route{Method::Get, "/taxii2/api/collections/{id}/", kSigned, kTaxii, 0, taxii_collection},
    Route{Method::Get, "/taxii2/api/collections/{id}/manifest/", kSigned, kTaxii, 0, taxii_manifest},
    Route{Method::Get, "/taxii2/api/collections/{id}/objects/", kSigned, kTaxii, 0, taxii_objects},
    Route{Method::Post, "/taxii2/api/collections/{id}/objects/", kSigned, kTaxii, kTaxiiMaxContent, taxii_add},
    Route{Method::Get, "/taxii2/api/collections/{id}/objects/{object}/", kSigned, kTaxii, 0, taxii_object},
    Route{Method::Delete, "/taxii2/api/collections/{id}/objects/{object}/", kSigned, kTaxii, 0, taxii_delete},
    Route{Method::Get, "/taxii2/api/collections/{id}/objects/{object}/versions/", kSigned, kTaxii, 0, taxii_versions},
};

}  // namespace

std::span<const Route> taxii_routes() { return kRoutes; }

}  // namespace hinomi::api

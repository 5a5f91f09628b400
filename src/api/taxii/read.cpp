// Reading over TAXII 2.1: discovery, API root, collections, objects, manifest, versions, status.
#include "api/present.h"
#include "api/taxii/collection_access.h"
#include "api/taxii/negotiation.h"
#include "api/taxii/taxii.h"
#include "formats/taxii.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kPage = 1000;

HttpResponse taxii_response(std::string body, int status = 200) {
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", std::string(kTaxiiMediaType));
  response.body = std::move(body);
  return response;
}

void write_collection(JsonWriter& out, const CollectionAccess& access) {
  const store::Collection& collection = access.collection;
  out.begin_object().member("id", collection.id.text()).member("title", collection.title);
  if (!collection.description.empty()) out.member("description", collection.description);
  if (!collection.alias.empty()) out.member("alias", collection.alias);
  out.member("can_read", access.can_read).member("can_write", access.can_write);
  out.key("media_types")
      .begin_array()
      .string("application/stix+json;version=2.1")
      .string("application/stix+json;version=2.0");
  out.end_array().end_object();
}

// One page as asked for, in the store's words.
struct Question {
  CollectionAccess access;
  store::ObjectFilter filter;
  store::Position after;
  std::size_t limit = kPage;
};

store::ObjectFilter store_filter(const TaxiiFilter& filter) {
  store::ObjectFilter wanted;
  wanted.added_after = filter.added_after;
  wanted.ids = filter.ids;
  wanted.types = filter.types;
  wanted.spec_versions = filter.spec_versions;
  wanted.exact_versions = filter.versions.exact;
  if (filter.versions.all) wanted.version_keywords.push_back(store::VersionKeyword::All);
  if (filter.versions.first) wanted.version_keywords.push_back(store::VersionKeyword::First);
  if (filter.versions.last) wanted.version_keywords.push_back(store::VersionKeyword::Last);
  return wanted;
}

Result<Question> question(const Api& api, const Visit& visit, TaxiiEndpoint endpoint) {
  TRY_OK(check_accept(visit.request));
  TRY(CollectionAccess access, find_collection(api, visit.who(), visit.value("id")));
  TRY_OK(require_read(access));
  TRY(const TaxiiFilter filter, taxii_filter_of(visit.request, endpoint));
  Question asked{std::move(access), store_filter(filter), 0, kPage};
  if (filter.limit) asked.limit = std::min<std::size_t>(*filter.limit, kPage);
  if (filter.next) {
    TRY(const TaxiiPosition position,
        open_taxii_cursor(taxii_cursor_key(api), asked.access.collection.id, *filter.next));
    asked.after = {static_cast<store::Sequence>(position.added), static_cast<store::Sequence>(position.tie)};
  }
  return asked;
}

std::string version_of(const store::StoredObject& stored) {
  return stored.object.version.empty() ? to_rfc3339(stored.added) : stored.object.version;
}

// The members every page has, then `objects` or `versions` written by `write`; {} when nothing was found (§3.7).
template <class Write>
HttpResponse page_response(const Api& api, const Question& asked, const store::ObjectPage& page, std::string_view name,
                           Write write) {
  if (page.objects.empty()) return taxii_response("{}");
  JsonWriter out;
  out.begin_object();
  if (page.more) {
    const store::Position& last = page.objects.back().position;
    const TaxiiPosition position{static_cast<std::uint64_t>(last.at), static_cast<std::uint64_t>(last.row)};
    out.member("more", true)
        .member("next", seal_taxii_cursor(taxii_cursor_key(api), asked.access.collection.id, position));
  }
  out.key(name).begin_array();
  for (const store::StoredObject& stored : page.objects) write(out, stored);
  HttpResponse response = taxii_response(out.end_array().end_object().take());
  response.headers.add("X-TAXII-Date-Added-First", to_rfc3339(page.objects.front().added));
  response.headers.add("X-TAXII-Date-Added-Last", to_rfc3339(page.objects.back().added));
  return response;
}

Result<store::ObjectPage> ask(const Api& api, const Visit& visit, const Question& asked) {
  return api.platform().store.objects(visit.who().reach, asked.access.collection.id, asked.filter, asked.after,
                                      asked.limit);
}

// For one object: nothing found at all is a 404, a filter that leaves nothing is an empty page (§5.6).
Status require_object(const Api& api, const Visit& visit, const Question& asked, const store::ObjectPage& page) {
  if (!page.objects.empty()) return {};
  store::ObjectFilter any;
  any.ids = asked.filter.ids;
  any.version_keywords = {store::VersionKeyword::All};
  TRY(const auto all, api.platform().store.objects(visit.who().reach, asked.access.collection.id, any, 0, 1));
  if (all.objects.empty()) return not_found();
  return {};
}

}  // namespace

Result<HttpResponse> taxii_discovery(Api&, const Visit& visit) {
  TRY_OK(check_accept(visit.request));
  JsonWriter out;
  out.begin_object()
      .member("title", "Hinomi")
      .member("description", "Threat objects for members and partners, by label.");
  out.member("default", "/taxii2/api/").key("api_roots").begin_array().string("/taxii2/api/").end_array().end_object();
  return taxii_response(out.take());
}

Result<HttpResponse> taxii_api_root(Api&, const Visit& visit) {
  TRY_OK(check_accept(visit.request));
  JsonWriter out;
  out.begin_object().member("title", "Hinomi").key("versions").begin_array().string(kTaxiiMediaType).end_array();
  out.member("max_content_length", static_cast<std::int64_t>(kTaxiiMaxContent)).end_object();
  return taxii_response(out.take());
}

Result<HttpResponse> taxii_collections(Api& api, const Visit& visit) {
  TRY_OK(check_accept(visit.request));
  const auto visible = visible_collections(api, visit.who());
  if (visible.empty()) return taxii_response("{}");
  JsonWriter out;
  out.begin_object().key("collections").begin_array();
  for (const CollectionAccess& access : visible) write_collection(out, access);
  return taxii_response(out.end_array().end_object().take());
}

Result<HttpResponse> taxii_collection(Api& api, const Visit& visit) {
  TRY_OK(check_accept(visit.request));
  TRY(const CollectionAccess access, find_collection(api, visit.who(), visit.value("id")));
  JsonWriter out;
  write_collection(out, access);
  return taxii_response(out.take());
}

Result<HttpResponse> taxii_objects(Api& api, const Visit& visit) {
  TRY(const Question asked, question(api, visit, TaxiiEndpoint::Objects));
  TRY(const store::ObjectPage page, ask(api, visit, asked));
  return page_response(api, asked, page, "objects",
                       [](JsonWriter& out, const store::StoredObject& stored) { out.raw(stored.object.raw); });
}

Result<HttpResponse> taxii_manifest(Api& api, const Visit& visit) {
  TRY(const Question asked, question(api, visit, TaxiiEndpoint::Manifest));
  TRY(const store::ObjectPage page, ask(api, visit, asked));
  return page_response(api, asked, page, "objects", [](JsonWriter& out, const store::StoredObject& stored) {
    out.begin_object()
        .member("id", stored.object.id)
        .member("date_added", to_rfc3339(stored.added))
        .member("version", version_of(stored));
    out.member("media_type", "application/stix+json;version=" + stored.object.spec_version).end_object();
  });
}

Result<HttpResponse> taxii_object(Api& api, const Visit& visit) {
  TRY(Question asked, question(api, visit, TaxiiEndpoint::Object));
  asked.filter.ids = {std::string(visit.value("object"))};
  TRY(const store::ObjectPage page, ask(api, visit, asked));
  TRY_OK(require_object(api, visit, asked, page));
  return page_response(api, asked, page, "objects",
                       [](JsonWriter& out, const store::StoredObject& stored) { out.raw(stored.object.raw); });
}

Result<HttpResponse> taxii_versions(Api& api, const Visit& visit) {
  TRY(Question asked, question(api, visit, TaxiiEndpoint::Versions));
  asked.filter.ids = {std::string(visit.value("object"))};
  asked.filter.version_keywords = {store::VersionKeyword::All};
  TRY(const store::ObjectPage page, ask(api, visit, asked));
  TRY_OK(require_object(api, visit, asked, page));
  return page_response(api, asked, page, "versions",
                       [](JsonWriter& out, const store::StoredObject& stored) { out.string(version_of(stored)); });
}

Result<HttpResponse> taxii_status(Api& api, const Visit& visit) {
  TRY_OK(check_accept(visit.request));
  const auto id = StatusId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  TRY(std::string body, api.platform().store.status(visit.who().principal.person, *id));
  return taxii_response(std::move(body));
}

}  // namespace hinomi::api

// Who was given a report or a release, for those who own it.
#include "api/present.h"
#include "api/rest.h"
#include "flow/file_report.h"
#include "flow/publish.h"
#include "flow/read_record.h"

namespace hinomi::api {
namespace {

HttpResponse readers_response(const Visit& visit, const std::vector<flow::SeenBy>& readers) {
  const Directory& directory = *visit.who().directory;
  JsonWriter out;
  out.begin_object().key("items").begin_array();
  for (const flow::SeenBy& reader : readers) {
    out.begin_object().key("org");
    write_org(out, directory, reader.org);
    out.key("person");
    write_named_person(out, directory, reader.person);
    out.key("versions").begin_array();
    for (const std::uint32_t version : reader.versions) out.integer(version);
    out.end_array()
        .member("first_at", to_rfc3339(reader.first_at))
        .member("last_at", to_rfc3339(reader.last_at))
        .end_object();
  }
  return json_response(out.end_array().end_object().take());
}

}  // namespace

Result<HttpResponse> get_report_readers(Api& api, const Visit& visit) {
  TRY(const ReportVersion report, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto readers, flow::readers_of_report(api.platform(), visit.who(), report));
  return readers_response(visit, readers);
}

Result<HttpResponse> get_release_readers(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto readers, flow::readers_of_release(api.platform(), visit.who(), release));
  return readers_response(visit, readers);
}

}  // namespace hinomi::api

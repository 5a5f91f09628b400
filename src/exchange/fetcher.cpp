#include "exchange/fetcher.h"

#include <fmt/format.h>

namespace hinomi::exchange {
namespace {

constexpr std::uint64_t kMaxFileBytes = std::uint64_t{128} << 20;
constexpr std::string_view kFileScheme = "file:";

std::string field(const Headers& headers, std::string_view name) {
  return std::string(headers.find(name).value_or(""));
}

ClientRequest conditional_get(const Source& source, const Validators& known) {
  ClientRequest request;
  request.url = source.url;
  request.max_body_bytes = kMaxFileBytes;
  if (!known.etag.empty()) request.headers.add("If-None-Match", known.etag);
  if (!known.last_modified.empty()) request.headers.add("If-Modified-Since", known.last_modified);
  return request;
}

// "file:/a", "file:///a" and "file:a" are one way each to write a path.
std::string path_of(std::string_view url) {
  if (url.starts_with(kFileScheme)) url.remove_prefix(kFileScheme.size());
  if (url.starts_with("//")) url.remove_prefix(2);
  return std::string(url);
}

std::string name_below(std::string_view folder, std::string_view path) {
  std::string_view name = path.substr(path.starts_with(folder) ? folder.size() : 0);
  while (name.starts_with('/')) name.remove_prefix(1);
  return std::string(name.empty() ? path.substr(path.rfind('/') + 1) : name);
}

}  // namespace

Result<Fetched> HttpFetcher::fetch(const Source& source, const Validators& known, const TakeFile& take) {
  TRY(const ClientResponse response, client_.send(conditional_get(source, known)));
  if (response.status == 304) return Fetched{true, known, {}};
  if (response.status != 200) {
    return unavailable("fetch.status", fmt::format("The server answered {} {}; check the address of the source.",
                                                   response.status, status_phrase(response.status)))
        .inside(source.url);
  }
  TRY_OK(take(response.url, response.body));
  return Fetched{false, {field(response.headers, "ETag"), field(response.headers, "Last-Modified")}, {}};
}

Result<Fetched> FolderFetcher::fetch(const Source& source, const Validators&, const TakeFile& take) {
  const std::string folder = path_of(source.url);
  TRY(const auto paths, files_.list(folder));
  Fetched fetched;
  for (const std::string& path : paths) {
    const auto bytes = files_.read(path, kMaxFileBytes);
    if (bytes.ok()) {
      TRY_OK(take(name_below(folder, path), *bytes));
    } else {
      fetched.problems.push_back({name_below(folder, path), "", bytes.error().code, bytes.error().detail});
    }
  }
  return fetched;
}

}  // namespace hinomi::exchange

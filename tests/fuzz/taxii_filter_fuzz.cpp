// formats/taxii: a filter that is accepted keeps its promises; a cursor made of garbage opens for nobody.
// The input is a query string; no percent decoding, so that brackets and commas are reached quickly.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "formats/taxii.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::vector<hinomi::TaxiiParameter> parameters_of(std::string_view query) {
  std::vector<hinomi::TaxiiParameter> parameters;
  for (const std::string_view pair : hinomi::split(query, '&')) {
    const std::size_t sign = pair.find('=');
    const std::string_view value = sign == std::string_view::npos ? std::string_view() : pair.substr(sign + 1);
    parameters.emplace_back(std::string(pair.substr(0, sign)), std::string(value));
  }
  return parameters;
}

void check(const hinomi::TaxiiFilter& filter) {
  const auto& versions = filter.versions;
  require(!filter.limit || *filter.limit > 0);
  require(versions.all || versions.first || versions.last || !versions.exact.empty());
  require(!versions.all || (!versions.first && !versions.last && versions.exact.empty()));
  require(std::ranges::is_sorted(versions.exact) && std::ranges::is_sorted(filter.ids));
  require(std::ranges::none_of(filter.types, &std::string::empty));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using hinomi::TaxiiEndpoint;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto parameters = parameters_of(text);
  for (const auto endpoint :
       {TaxiiEndpoint::Objects, TaxiiEndpoint::Object, TaxiiEndpoint::Versions, TaxiiEndpoint::DeleteObject}) {
    const auto filter = hinomi::parse_taxii_filter(parameters, endpoint);
    if (filter.ok()) check(*filter);
    if (!filter.ok()) require(filter.error().code == "taxii.filter" && !filter.error().where.empty());
  }
  const hinomi::Bytes key(32, 0x5A);
  require(!hinomi::open_taxii_cursor(key, hinomi::CollectionId(), text).ok());
  return 0;
}

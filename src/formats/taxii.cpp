#include "formats/taxii.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "base/crypto.h"
#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxListItems = 1'000;
constexpr std::size_t kMaxNextLength = 256;

Error bad_filter(std::string_view parameter, std::string_view reason) {
  return invalid("taxii.filter", fmt::format("{}: {}", parameter, reason), std::string(parameter));
}

bool endpoint_knows(TaxiiEndpoint endpoint, std::string_view name) {
  const bool is_delete = endpoint == TaxiiEndpoint::DeleteObject;
  const bool selects_objects = endpoint == TaxiiEndpoint::Objects || endpoint == TaxiiEndpoint::Manifest;
  if (name == "added_after" || name == "limit" || name == "next") return !is_delete;
  if (name == "match[id]" || name == "match[type]") return selects_objects;
  if (name == "match[version]") return endpoint != TaxiiEndpoint::Versions;
  return name == "match[spec_version]";
}

Result<std::uint32_t> parse_limit(std::string_view text) {
  const bool is_digits = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!is_digits) return bad_filter("limit", "a positive integer is expected");
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return std::numeric_limits<std::uint32_t>::max();
  if (value == 0) return bad_filter("limit", "a positive integer is expected");
  return value;
}

// Commas mean OR (§3.4).
Result<std::vector<std::string>> parse_list(std::string_view parameter, std::string_view text) {
  const auto count = static_cast<std::size_t>(std::ranges::count(text, ',')) + 1;
  if (count > kMaxListItems) return bad_filter(parameter, fmt::format("at most {} values are accepted", kMaxListItems));
  std::set<std::string> items;
  for (const std::string_view item : split(text, ',')) {
    if (item.empty()) return bad_filter(parameter, "an empty value stands in the list");
    items.emplace(item);
  }
  return std::vector<std::string>(items.begin(), items.end());
}

Result<TaxiiVersions> parse_versions(std::string_view text) {
  constexpr std::string_view kName = "match[version]";
  TRY(const auto items, parse_list(kName, text));
  TaxiiVersions versions;
  versions.last = false;
  for (const auto& item : items) {
    if (item == "all") {
      versions.all = true;
    } else if (item == "first") {
      versions.first = true;
    } else if (item == "last") {
      versions.last = true;
    } else {
      const auto instant = parse_stix_time(item);
      if (!instant.ok()) return bad_filter(kName, "first, last, all or a timestamp is expected");
      versions.exact.push_back(*instant);
    }
  }
  if (versions.all && items.size() > 1) return bad_filter(kName, "all cannot stand beside another value");
  std::ranges::sort(versions.exact);
  versions.exact.erase(std::ranges::unique(versions.exact).begin(), versions.exact.end());
  return versions;
}

Status apply(TaxiiFilter& filter, const TaxiiParameter& parameter) {
  const auto& [name, value] = parameter;
  if (name == "added_after") {
    const auto instant = parse_stix_time(value);
    if (!instant.ok()) return bad_filter(name, "a timestamp like 2026-11-22T02:05:00.000000Z is expected");
    filter.added_after = *instant;
  } else if (name == "limit") {
    TRY(filter.limit, parse_limit(value));
  } else if (name == "next") {
    if (value.empty() || value.size() > kMaxNextLength) return bad_filter(name, "it is not a value that we gave");
    filter.next = value;
  } else if (name == "match[id]") {
    TRY(filter.ids, parse_list(name, value));
  } else if (name == "match[type]") {
    TRY(filter.types, parse_list(name, value));
  } else if (name == "match[version]") {
    TRY(filter.versions, parse_versions(value));
  } else {
    TRY(filter.spec_versions, parse_list(name, value));
  }
  return {};
}

// --- Cursor: deterministic authenticated encryption in the manner of SIV (RFC 5297) over HMAC-SHA-256. The tag is the
// MAC of collection and position, and seeds the key stream, so equal positions give equal texts and nothing else shows.
constexpr std::size_t kPositionBytes = 16;
constexpr std::size_t kTagBytes = 16;

Bytes position_bytes(TaxiiPosition position) {
  Bytes bytes;
  for (const std::uint64_t number : {position.added, position.tie}) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
  }
  return bytes;
}

std::uint64_t number_at(ByteView bytes, std::size_t from) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | bytes[from + i];
  return number;
}

Bytes tag_of(ByteView key, const CollectionId& collection, ByteView position) {
  std::string message = "hinomi.taxii.next.v1/tag/" + collection.text() + "/";
  message += as_text(position);
  const Sha256 mac = hmac_sha256(key, as_bytes(message));
  return {mac.begin(), mac.begin() + kTagBytes};
}

void add_key_stream(ByteView key, ByteView tag, std::span<std::uint8_t> position) {
  std::string message = "hinomi.taxii.next.v1/stream/";
  message += as_text(tag);
  const Sha256 stream = hmac_sha256(key, as_bytes(message));
  for (std::size_t i = 0; i < position.size(); ++i) position[i] ^= stream[i];
}

}  // namespace

Result<TaxiiFilter> parse_taxii_filter(std::span<const TaxiiParameter> parameters, TaxiiEndpoint endpoint) {
  TaxiiFilter filter;
  std::set<std::string_view> seen;
  for (const auto& parameter : parameters) {
    if (!endpoint_knows(endpoint, parameter.first)) continue;
    if (!seen.insert(parameter.first).second) return bad_filter(parameter.first, "it is given twice");
    TRY_OK(apply(filter, parameter));
  }
  return filter;
}

std::string seal_taxii_cursor(ByteView key, const CollectionId& collection, TaxiiPosition position) {
  Bytes body = position_bytes(position);
  Bytes sealed = tag_of(key, collection, body);
  add_key_stream(key, sealed, body);
  sealed.insert(sealed.end(), body.begin(), body.end());
  return to_base64url(sealed);
}

Result<TaxiiPosition> open_taxii_cursor(ByteView key, const CollectionId& collection, std::string_view next) {
  const auto refused = [] {
    return invalid("taxii.next", "This is not a next value of this collection; begin the walk again.", "next");
  };
  if (next.size() > kMaxNextLength) return refused();
  const auto decoded = from_base64url(next);
  if (!decoded.ok() || decoded->size() != kTagBytes + kPositionBytes) return refused();
  const ByteView tag = ByteView(*decoded).first(kTagBytes);
  Bytes body(decoded->begin() + kTagBytes, decoded->end());
  add_key_stream(key, tag, body);
  if (!equal_in_constant_time(tag, tag_of(key, collection, body))) return refused();
  return TaxiiPosition{number_at(body, 0), number_at(body, 8)};
}

Result<TaxiiPage> read_taxii_page(const SourceFile& file, const StixLimits& limits) {
  TRY(const auto document, parse_json(file.bytes, {.max_bytes = limits.max_bytes}));
  const JsonView root = document->root();
  TaxiiPage page;
  if (!root.is_object()) return invalid("stix.container", "A TAXII envelope is expected.");
  page.more = root.boolean_at("more").value_or(false);
  if (const auto next = root.string_at("next")) page.next = std::string(*next);
  if (!root.find("objects") && !root.find("type")) return page;
  TRY(page.outcome, read_stix_container(root, file.name, limits));
  return page;
}

}  // namespace hinomi

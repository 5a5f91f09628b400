#include "app/configuration.h"

#include <charconv>

#include "base/text.h"
#include "rules/toml_reader.h"

namespace hinomi::app {
namespace {

constexpr std::size_t kLargestFile = 1 << 20;

// "10.1.2.3:443" or "[fd00::1]:443".
Result<Endpoint> parse_endpoint(std::string_view text) {
  const Error malformed = invalid("configuration.address", "An address is written ADDRESS:PORT.", std::string(text));
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return malformed;
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::string_view digits = text.substr(colon + 1);
  Endpoint endpoint;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  const auto address = IpAddress::parse(host);
  if (error != std::errc() || end != digits.data() + digits.size() || !address.ok()) return malformed;
  endpoint.address = *address;
  return endpoint;
}

Result<OpenIdConfiguration> read_openid(Files& files, rules::TomlReader& table) {
  OpenIdConfiguration openid;
  TRY(openid.provider.name, table.text_or_empty("name"));
  TRY(openid.provider.issuer, table.text("issuer"));
  TRY(openid.provider.client_id, table.text("client_id"));
  TRY(openid.provider.redirect, table.text("redirect"));
  TRY(openid.authorities, table.text_or_empty("authorities"));
  TRY(const std::string secret_file, table.text("client_secret_file"));
  TRY(const std::string secret, files.read(secret_file, kLargestFile));
  openid.provider.client_secret = SecretText(std::string(trimmed(secret)));
  TRY(const auto addresses, table.texts("addresses"));
  for (const std::string& text : addresses) {
    TRY(const Endpoint endpoint, parse_endpoint(text));
    openid.addresses.push_back(endpoint);
  }
  TRY_OK(table.finish());
  return openid;
}

Result<std::chrono::days> days_or(rules::TomlReader& table, std::string_view key, std::chrono::days usual) {
  constexpr std::int64_t kLongest = 36'500;
  TRY(const auto days, table.integer(key, 1, kLongest));
  return days ? std::chrono::days(*days) : usual;
}

Result<flow::Retention> read_retention(rules::TomlReader& table) {
  flow::Retention retention;
  TRY(retention.repeat_keys, days_or(table, "repeat_keys_days", retention.repeat_keys));
  TRY(retention.statuses, days_or(table, "statuses_days", retention.statuses));
  TRY(retention.notices, days_or(table, "notices_days", retention.notices));
  TRY(retention.drafts, days_or(table, "drafts_days", retention.drafts));
  TRY(retention.reads, days_or(table, "reads_days", retention.reads));
  TRY_OK(table.finish());
  return retention;
}

}  // namespace

Result<Configuration> read_configuration(Files& files, const std::string& path) {
  Configuration configuration;
  if (path.empty()) return configuration;
  TRY(const std::string text, files.read(path, kLargestFile));
  const auto tree = rules::parse_toml(text);
  if (!tree.ok()) return tree.error().inside(path);
  rules::TomlReader root(*tree, {}, path);
  TRY(configuration.client_certificates, root.flag_or_false("client_certificates"));
  TRY(auto openid, root.table("openid"));
  if (openid) {
    TRY(configuration.openid, read_openid(files, *openid));
  }
  TRY(auto retention, root.table("retention"));
  if (retention) {
    TRY(configuration.retention, read_retention(*retention));
  }
  TRY_OK(root.finish());
  return configuration;
}

}  // namespace hinomi::app

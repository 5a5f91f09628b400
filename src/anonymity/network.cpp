#include "anonymity/network.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "base/text.h"

namespace hinomi::anonymity {
namespace {

struct Spelling {
  std::string_view from, to;
};
constexpr std::array<Spelling, 9> kDefanged{{{"[.]", "."},
                                             {"(.)", "."},
                                             {"[dot]", "."},
                                             {"(dot)", "."},
                                             {"[:]", ":"},
                                             {"[@]", "@"},
                                             {"[at]", "@"},
                                             {"(at)", "@"},
                                             {"hxxp", "http"}}};

std::optional<unsigned> number_of(std::string_view text, int base = 10) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::array<unsigned, 4>> octets_of(std::string_view text) {
  const auto parts = split(text.substr(0, text.find_first_of("/:")), '.');
  if (parts.size() != 4) return std::nullopt;
  std::array<unsigned, 4> octets{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto value = number_of(parts[i]);
    if (!value || *value > 255) return std::nullopt;
    octets[i] = *value;
  }
  return octets;
}

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 58> kFileExtensions{
    "exe", "dll",  "sys", "bat",  "cmd",  "ps1", "vbs",  "js",   "jse", "wsf", "hta", "lnk",  "msi", "scr",  "pdf",
    "doc", "docx", "xls", "xlsx", "xlsm", "ppt", "pptx", "rtf",  "txt", "csv", "log", "ini",  "cfg", "conf", "dat",
    "db",  "bin",  "img", "iso",  "zip",  "rar", "7z",   "gz",   "tar", "png", "jpg", "jpeg", "gif", "bmp",  "html",
    "htm", "php",  "asp", "aspx", "jsp",  "xml", "json", "yaml", "yml", "py",  "cpp", "md",   "tmp"};
constexpr std::array<std::string_view, 52> kTopLevels{
    "com",      "net",     "org",  "info",  "biz",   "jp",          "io",      "dev",   "app",     "xyz",     "top",
    "site",     "online",  "club", "shop",  "cloud", "ai",          "gov",     "edu",   "mil",     "int",     "arpa",
    "name",     "pro",     "mobi", "asia",  "tech",  "store",       "live",    "icu",   "vip",     "win",     "work",
    "space",    "website", "host", "fun",   "link",  "click",       "onion",   "test",  "example", "invalid", "local",
    "internal", "lan",     "corp", "intra", "home",  "localdomain", "private", "domain"};
constexpr std::array<std::string_view, 11> kInternalTopLevels{
    "local", "internal", "lan", "corp", "intra", "home", "private", "localdomain", "domain", "intranet", "ad"};

bool is_label_of_latin_letters(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string refanged(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t') out += c;
  }
  out = lower_ascii(out);
  std::string plain;
  plain.reserve(out.size());
  for (std::size_t at = 0; at < out.size();) {
    const std::string_view rest = std::string_view(out).substr(at);
    const auto found = std::ranges::find_if(kDefanged, [rest](const Spelling& s) { return rest.starts_with(s.from); });
    plain += found == kDefanged.end() ? rest.substr(0, 1) : found->to;
    at += found == kDefanged.end() ? 1 : found->from.size();
  }
  return plain;
}

bool is_ipv4(std::string_view text) { return octets_of(text).has_value(); }

bool is_ipv6(std::string_view text) {
  const auto groups = split(text.substr(0, text.find('/')), ':');
  if (groups.size() < 3 || groups.size() > 9) return false;
  std::size_t filled = 0;
  bool has_long_group = false;
  for (const std::string_view group : groups) {
    if (group.empty()) continue;
    if (group.size() > 4 || !number_of(group, 16)) return false;
    ++filled;
    has_long_group = has_long_group || group.size() >= 3;
  }
  const bool shortened = text.find("::") != std::string_view::npos;
  return shortened ? filled >= 1 && filled < 8 : filled == 8;
}

bool is_host_name(std::string_view text) {
  const auto labels = split(text, '.');
  if (labels.size() < 2) return false;
  const std::string_view last = labels.back();
  if (contains(kTopLevels, last)) return true;
  if (contains(kFileExtensions, last) && labels.size() == 2) return false;
  return (last.size() == 2 && is_label_of_latin_letters(last)) || labels.size() >= 3;
}

bool is_private_address(std::string_view address) {
  if (const auto o = octets_of(address)) {
    const auto [a, b, c, d] = *o;
    return a == 10 || a == 127 || a == 0 || (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168) ||
           (a == 169 && b == 254) || (a == 100 && b >= 64 && b <= 127);
  }
  return address.starts_with("fc") || address.starts_with("fd") || address.starts_with("fe8") ||
         address.starts_with("fe9") || address.starts_with("fea") || address.starts_with("feb") ||
         address.starts_with("::1");
}

bool is_internal_name(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  return dot == std::string_view::npos || contains(kInternalTopLevels, host.substr(dot + 1));
}

std::string host_of(std::string_view text) {
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/?#"));
  if (const auto at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  return std::string(text);
}

SideJudge::SideJudge(const std::vector<Indicator>& attacker, const std::vector<std::string>& own_terms) {
  for (const Indicator& indicator : attacker) attacker_.insert(lower_ascii(indicator.value));
  for (const std::string& term : own_terms) {
    std::string letters;
    for (const char c : term) {
      if (c != ' ') letters += c;
    }
    const bool latin = std::ranges::all_of(letters, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (latin && letters.size() >= 4) own_terms_.push_back(lower_ascii(letters));
  }
}

// A listed domain covers its subdomains; a listed URL covers itself only.
bool SideJudge::is_listed(const std::string& value) const {
  if (attacker_.contains(value)) return true;
  std::string_view host = value;
  for (int depth = 0; depth < 10 && !host.empty(); ++depth) {
    if (attacker_.contains(host)) return true;
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  return false;
}

Side SideJudge::judge(SpanClass span_class, std::string_view text) const {
  const std::string value = refanged(text);
  if (span_class == SpanClass::Account || value.starts_with("\\\\")) return Side::Victim;
  const std::string host = host_of(value);
  const bool own =
      std::ranges::any_of(own_terms_, [&](const std::string& term) { return value.find(term) != std::string::npos; });
  // A lure may carry the victim's name in its own address: what is listed is the attacker's, but a person looks.
  if (is_listed(value) || (span_class != SpanClass::Email && is_listed(host)))
    return own ? Side::Doubt : Side::Attacker;
  if (own) return Side::Victim;
  if (span_class == SpanClass::Ip) return is_private_address(value) ? Side::Victim : Side::Doubt;
  if (is_private_address(host) && is_ipv4(host)) return Side::Victim;
  return is_internal_name(host) && span_class != SpanClass::Email
             ? (text.find('.') == std::string_view::npos ? Side::Doubt : Side::Victim)
             : Side::Doubt;
}

}  // namespace hinomi::anonymity

#include "anonymity/patterns.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "anonymity/network.h"
#include "anonymity/pattern_table.h"
#include "anonymity/quantities.h"
#include "base/text.h"

namespace hinomi::anonymity {

struct Patterns::Compiled {
  struct One {
    const PatternRule* rule;
    std::unique_ptr<re2::RE2> expression;
  };
  std::vector<One> all;
};

namespace {

std::size_t digit_count(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
}

bool is_phone(std::string_view text) {
  const std::size_t digits = digit_count(text);
  if (text.find("+81") != std::string_view::npos) return digits >= 11 && digits <= 13;
  return digits == 10 || digits == 11;
}

bool has_digit_and_letter(std::string_view text) {
  return digit_count(text) > 0 &&
         std::ranges::any_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// Names of standards, flaws and actors look like machine names and are not.
bool is_machine_name(std::string_view text) {
  static constexpr std::array<std::string_view, 42> kNotMachines{
      "cve",  "cwe",   "sha", "utf",   "iso",  "iec",   "ieee",   "rfc", "kb",    "ms",  "aes", "rsa",  "tls", "icsa",
      "jvn",  "jvnvu", "vu",  "nist",  "cip",  "bod",   "apt",    "unc", "ta",    "tlp", "md",  "cvss", "jis", "nisc",
      "stix", "s",     "isa", "icsma", "ghsa", "capec", "attack", "ta0", "storm", "fin", "dev", "ip",   "x",   "covid"};
  const std::string prefix = lower_ascii(text.substr(0, text.find('-')));
  return has_digit_and_letter(text) && std::ranges::find(kNotMachines, prefix) == kNotMachines.end();
}

bool is_month_and_day(std::string_view text) {
  const auto date = read_date(text);
  return date && date->year == 0 && date->day >= 1;
}

bool is_domain_account(std::string_view text) {
  const std::string lower = lower_ascii(text);
  return !lower.starts_with("hk") && lower.find('\\') != std::string::npos;
}

bool passes(PatternCheck check, std::string_view text) {
  switch (check) {
    case PatternCheck::None: return true;
    case PatternCheck::Phone: return is_phone(text);
    case PatternCheck::Ipv4: return is_ipv4(refanged_name(text));
    case PatternCheck::Ipv6: return is_ipv6(refanged_name(text));
    case PatternCheck::Host: return is_host_name(refanged_name(text));
    case PatternCheck::MachineName: return is_machine_name(text);
    case PatternCheck::MonthAndDay: return is_month_and_day(text);
    case PatternCheck::Account: return is_domain_account(text);
    case PatternCheck::MixedCode: return digit_count(text) > 0;
  }
  return false;
}

// A Latin letter or digit at the edge must not continue outside: "kV" is not found in "kVA", 10.0.0.1 not in 10.0.0.12.
bool has_clean_edges(std::string_view text, Range range) {
  const auto is_word = [&text](std::size_t at) { return is_ascii_word(static_cast<unsigned char>(text[at])); };
  if (range.begin > 0 && is_word(range.begin) && is_word(range.begin - 1)) return false;
  return range.end == text.size() || !is_word(range.end - 1) || !is_word(range.end);
}

bool is_followed_by_any(std::string_view text, std::size_t at, std::string_view alternatives) {
  const std::string_view rest = text.substr(at);
  return std::ranges::any_of(split(alternatives, '|'),
                             [rest](std::string_view word) { return !word.empty() && rest.starts_with(word); });
}

}  // namespace

Patterns::Patterns() {
  auto compiled = std::make_unique<Compiled>();
  re2::RE2::Options options;
  options.set_log_errors(false);
  for (const PatternRule& rule : pattern_rules()) {
    auto expression = std::make_unique<re2::RE2>(rule.expression, options);
    if (!expression->ok()) std::abort();  // our own table
    compiled->all.push_back({&rule, std::move(expression)});
  }
  compiled_ = std::move(compiled);
}
Patterns::~Patterns() = default;
Patterns::Patterns(Patterns&&) noexcept = default;
Patterns& Patterns::operator=(Patterns&&) noexcept = default;

Patterns::Outcome Patterns::find(const NormalText& normal) const {
  Outcome outcome;
  const std::string& text = normal.text();
  for (const auto& [rule, expression] : compiled_->all) {
    const int groups = std::min(expression->NumberOfCapturingGroups(), 1);
    std::array<re2::StringPiece, 2> found;
    outcome.steps += text.size();
    for (std::size_t at = 0; at < text.size();) {
      if (!expression->Match(text, at, text.size(), re2::RE2::UNANCHORED, found.data(), groups + 1)) break;
      const re2::StringPiece& piece = found[static_cast<std::size_t>(groups)];
      const auto begin = static_cast<std::size_t>(piece.data() - text.data());
      const Range range{begin, begin + piece.size()};
      at = std::max(static_cast<std::size_t>(found[0].data() - text.data()) + found[0].size(), at + 1);
      ++outcome.steps;
      if (range.size() == 0 || !has_clean_edges(text, range)) continue;
      if (is_followed_by_any(text, range.end, rule->not_before)) continue;
      if (!passes(rule->check, std::string_view(text).substr(range.begin, range.size()))) continue;
      outcome.candidates.push_back({range, rule->span_class, rule->name, rule->confidence, nullptr, {}});
    }
  }
  return outcome;
}

}  // namespace hinomi::anonymity

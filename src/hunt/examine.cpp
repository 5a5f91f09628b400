#include "hunt/examine.h"

#include <algorithm>
#include <bit>

#include "hunt/name_tail.h"
#include "model/network_address.h"

namespace hinomi::hunting {
namespace {

bool equal_folded(ByteView left, ByteView right) {
  const auto lower = [](std::uint8_t c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](std::uint8_t a, std::uint8_t b) { return lower(a) == lower(b); });
}

// RFC 5322 atom characters and dot, without the quote and backquote that surround addresses in logs.
bool is_local_char(std::uint8_t c) {
  return is_token_char(c) || c == '+' || c == '%' || c == '!' || c == '#' || c == '$' || c == '&' || c == '*' ||
         c == '=' || c == '?' || c == '^' || c == '{' || c == '|' || c == '}' || c == '~' || c == '/' || c == '\'';
}
bool is_plain_local_char(std::uint8_t c) { return is_token_char(c) || c == '+' || c == '%'; }

// What may stand inside a URL in a text: visible ASCII without quotes, angle brackets and the like.
bool is_url_char(std::uint8_t c) {
  return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '`' && c != '|' && c != '^' && c != '\\';
}

// Punctuation that usually belongs to the sentence when it ends a URL.
bool is_sentence_end(std::uint8_t c) {
  static constexpr std::string_view kEnds = ".,;:!?)]}'*";
  return kEnds.find(static_cast<char>(c)) != std::string_view::npos;
}

// A file name must not continue to the left. Japanese runs on without spaces: punctuation and hiragana separate too.
bool may_precede_file_name(const Window& window, std::size_t start) {
  const std::uint8_t last = window.before(start);
  if (last < 0x80) return !is_token_char(last);
  if (start < window.low + 3 || window.text[start - 3] != 0xE3) return false;
  const std::uint8_t middle = window.text[start - 2];
  return (middle == 0x80 && last <= 0x91) || middle == 0x81 || (middle == 0x82 && last <= 0x9F);
}

}  // namespace

void Examiner::name(std::size_t end) {
  Run run{end, end, true};
  const std::size_t limit = std::max(window_.low, end - std::min(end, kMaxNameBytes + 1));
  while (run.start > limit && is_token_char(window_.text[run.start - 1])) --run.start;
  run.is_whole = run.start == window_.low || !is_token_char(window_.text[run.start - 1]);
  const Labels labels = parent_domains(run);
  if (!run.is_whole || run.start == end) return;
  file_name(run, run.start);
  if (plan_.has(Kind::FileSuffix)) file_suffixes(run);
  glued_starts(run, labels);
  const std::uint8_t before = window_.before(run.start);
  if (before != '/' && before != '@') return;
  if (labels.name != 0 && plan_.has(Kind::UrlHost) &&
      plan_.exact.may_hold(of_kind(plan_.key, Kind::UrlHost, labels.name))) {
    url_at(run.start, run.end);
  }
  if (before == '@' && plan_.has(Kind::Email)) email(run);
}

// Walks the labels from the right; every dot is a boundary at which a listed domain may begin.
Examiner::Labels Examiner::parent_domains(const Run& run) {
  Labels labels;
  std::size_t end = run.end;
  while (end > run.start) {
    std::size_t start = end;
    while (start > run.start && window_.text[start - 1] != '.') --start;
    if (start == end) return {};
    labels.parent = labels.name;
    labels.first_end = end;
    labels.name = with_label(plan_.key, labels.name, window_.slice(start, end));
    ++labels.count;
    const bool is_boundary = start > run.start || run.is_whole;
    if (labels.count >= 2 && is_boundary) domain(run, start, labels.name);
    if (start == run.start) break;
    end = start - 1;
    if (end == run.start) return {};
  }
  return labels;
}

void Examiner::domain(const Run& run, std::size_t start, std::uint64_t hash) {
  plan_.each(of_kind(plan_.key, Kind::Domain, hash), [&](const Entry& entry) {
    if (entry.kind == Kind::Domain && equal_folded(plan_.value_of(entry), window_.slice(start, run.end))) {
      report(start, run.end, entry.indicator);
    }
  });
}

// "\nevil.example" in JSON and "%2Fevil.example" in a URL glue characters to the name: look behind them too.
void Examiner::glued_starts(const Run& run, const Labels& labels) {
  const std::uint8_t before = window_.before(run.start);
  if (before != '\\' && before != '%') return;
  const std::uint8_t first = window_.text[run.start];
  std::size_t glued = 0;
  if (before == '%') glued = 2;
  if (before == '\\' && first == 'u') glued = 5;
  if (before == '\\' && (first == 'n' || first == 'r' || first == 't' || first == 'b' || first == 'f')) glued = 1;
  if (glued == 0 || run.end - run.start <= glued) return;
  const std::size_t hex_from = run.start + (glued == 5 ? 1 : 0);
  for (std::size_t i = hex_from; glued != 1 && i < run.start + glued; ++i) {
    if (!is_hex_char(window_.text[i])) return;
  }
  const std::size_t start = run.start + glued;
  file_name(run, start);
  if (labels.count < 2 || start >= labels.first_end) return;
  domain(run, start, with_label(plan_.key, labels.parent, window_.slice(start, labels.first_end)));
}

void Examiner::file_name(const Run& run, std::size_t start) {
  if (!plan_.has(Kind::FileName) || (start == run.start && !may_precede_file_name(window_, start))) return;
  const ByteView word = window_.slice(start, run.end);
  plan_.each(of_kind(plan_.key, Kind::FileName, folded_hash(plan_.key, word)), [&](const Entry& entry) {
    if (entry.kind == Kind::FileName && equal_folded(plan_.value_of(entry), word)) {
      report(start, run.end, entry.indicator);
    }
  });
}

void Examiner::file_suffixes(const Run& run) {
  for (std::uint32_t sizes = plan_.suffix_sizes; sizes != 0; sizes &= sizes - 1) {
    const auto size = static_cast<std::size_t>(std::countr_zero(sizes));
    if (run.end < window_.low + size) return;
    const ByteView suffix = window_.slice(run.end - size, run.end);
    plan_.each(of_kind(plan_.key, Kind::FileSuffix, folded_hash(plan_.key, suffix)), [&](const Entry& entry) {
      const ByteView value = plan_.value_of(entry);
      if (entry.kind != Kind::FileSuffix || value.empty() || run.end < window_.low + value.size()) return;
      const std::size_t start = run.end - value.size();
      if (value.size() <= kMaxNameBytes && equal_folded(value, window_.slice(start, run.end)) &&
          may_precede_file_name(window_, start)) {
        report(start, run.end, entry.indicator);
      }
    });
  }
}

void Examiner::email(const Run& run) {
  const std::size_t at = run.start - 1;
  const std::size_t limit = std::max(window_.low, at - std::min<std::size_t>(at, 64));
  std::size_t wide = at;
  while (wide > limit && is_local_char(window_.text[wide - 1])) --wide;
  std::size_t plain = at;
  while (plain > limit && is_plain_local_char(window_.text[plain - 1])) --plain;
  if (plain < at) email_from(run, plain);
  if (wide < plain) email_from(run, wide);
}

void Examiner::email_from(const Run& run, std::size_t start) {
  const ByteView address = window_.slice(start, run.end);
  plan_.each(of_kind(plan_.key, Kind::Email, folded_hash(plan_.key, address)), [&](const Entry& entry) {
    if (entry.kind == Kind::Email && equal_folded(plan_.value_of(entry), address)) {
      report(start, run.end, entry.indicator);
    }
  });
}

void Examiner::ipv4(std::size_t start, std::size_t end, std::uint32_t address) {
  for (std::uint64_t prefixes = plan_.ipv4_prefixes; prefixes != 0; prefixes &= prefixes - 1) {
    const auto prefix = static_cast<unsigned>(std::countr_zero(prefixes));
    const std::uint32_t network = prefix == 0 ? 0 : address & (~std::uint32_t{0} << (32 - prefix));
    plan_.each(ipv4_hash(plan_.key, network, prefix), [&](const Entry& entry) {
      if (entry.kind == Kind::Ipv4 && entry.value == network && entry.prefix == prefix) {
        report(start, end, entry.indicator);
      }
    });
  }
  const std::uint8_t before = window_.before(start);
  if ((before == '/' || before == '@') && plan_.has(Kind::UrlHostIpv4) &&
      plan_.exact.may_hold(of_kind(plan_.key, Kind::UrlHostIpv4, address))) {
    url_at(start, end);
  }
}

void Examiner::ipv6(std::size_t end) {
  const auto is_part = [](std::uint8_t c) { return is_hex_char(c) || c == ':'; };
  std::size_t start = end;
  const std::size_t limit = std::max(window_.low, end - std::min<std::size_t>(end, 48));
  while (start > limit && is_part(window_.text[start - 1])) --start;
  if (is_part(window_.before(start))) return;
  if (window_.text[end - 1] == ':' && window_.before(end - 1) != ':') --end;
  if (is_alnum_char(window_.before(start))) {  // "src:2001:db8::1": the c belongs to the word
    while (start < end && window_.text[start] != ':') ++start;
  }
  if (end - start >= 2 && window_.text[start] == ':' && window_.text[start + 1] != ':') ++start;
  if (end - start < 3 || (window_.text[start] != ':' && is_alnum_char(window_.before(start)))) return;
  auto address = parse_ipv6(as_text(window_.slice(start, end)));
  if (window_.at(end) == '.') {
    std::size_t dotted = end;
    while (dotted < end + 15 &&
           (window_.at(dotted) == '.' || (window_.at(dotted) >= '0' && window_.at(dotted) <= '9'))) {
      ++dotted;
    }
    if (const auto mapped = parse_ipv6(as_text(window_.slice(start, dotted)))) {
      address = mapped;
      end = dotted;
    }
  }
  if (!address) return;
  const std::uint64_t hash = plain_hash(plan_.key, *address);
  plan_.each(of_kind(plan_.key, Kind::Ipv6, hash), [&](const Entry& entry) {
    const ByteView value = plan_.value_of(entry);
    if (entry.kind == Kind::Ipv6 && std::equal(value.begin(), value.end(), address->begin(), address->end())) {
      report(start, end, entry.indicator);
    }
  });
  if (window_.before(start) == '[' && plan_.has(Kind::UrlHost) &&
      plan_.exact.may_hold(of_kind(plan_.key, Kind::UrlHost, hash))) {
    url_at(start - 1, end);
  }
}

void Examiner::hash(std::size_t start, std::size_t end) {
  const ByteView digits = window_.slice(start, end);
  plan_.each(of_kind(plan_.key, Kind::Hash, folded_hash(plan_.key, digits)), [&](const Entry& entry) {
    if (entry.kind == Kind::Hash && equal_folded(plan_.value_of(entry), digits)) {
      report(start, end, entry.indicator);
    }
  });
}

// Where the URL around a host begins; `host_start` itself when there is no scheme in front of it.
std::size_t Examiner::url_start(std::size_t host_start) const {
  std::size_t at = host_start;
  const std::size_t limit = std::max(window_.low, at - std::min<std::size_t>(at, 320));
  if (window_.before(at) == '@') {
    while (at > limit && is_url_char(window_.text[at - 1]) && window_.text[at - 1] != '/') --at;
  }
  for (int slash = 0; slash < 2; ++slash) {
    if (window_.before(at) != '/') return host_start;
    --at;
    if (window_.before(at) == '\\') --at;
  }
  if (window_.before(at) == ':') {
    --at;
  } else if (at >= window_.low + 3 && as_text(window_.slice(at - 3, at)) == "[:]") {
    at -= 3;
  } else {
    return host_start;
  }
  const std::size_t scheme_end = at;
  while (at > limit && is_alnum_char(window_.text[at - 1])) --at;
  return at == scheme_end ? host_start : at;
}

std::size_t Examiner::url_end(std::size_t host_end) const {
  std::size_t at = host_end;
  const std::size_t limit = std::min(window_.high, host_end + kMaxUrlBytes + 1);
  while (at < limit) {
    const std::uint8_t c = window_.text[at];
    const bool is_json_escape =
        c == '\\' && (window_.at(at + 1) == '/' ||
                      (window_.at(at + 1) == 'u' && window_.at(at + 2) == '0' && window_.at(at + 3) == '0'));
    if (!is_url_char(c) && !is_json_escape) break;
    ++at;
  }
  return at;
}

void Examiner::url_at(std::size_t host_start, std::size_t host_end) {
  std::size_t start = url_start(host_start);
  std::size_t end = url_end(host_end);
  if (start == host_start || end - start > kMaxUrlBytes) return;
  // JSON text often glues an escape to the scheme: "\nhttp://…".
  if (window_.before(start) == '\\' && end - start > 1) ++start;
  url(start, end);
  for (int i = 0; i < 4 && end > host_end && is_sentence_end(window_.text[end - 1]); ++i) {
    url(start, --end);
  }
}

void Examiner::url(std::size_t start, std::size_t end) {
  const std::string comparable = comparable_url(as_text(window_.slice(start, end)));
  if (comparable.empty()) return;
  const ByteView bytes = as_bytes(comparable);
  plan_.each(of_kind(plan_.key, Kind::Url, plain_hash(plan_.key, bytes)), [&](const Entry& entry) {
    if (entry.kind == Kind::Url && as_text(plan_.value_of(entry)) == comparable) {
      report(start, end, entry.indicator);
    }
  });
}

}  // namespace hinomi::hunting

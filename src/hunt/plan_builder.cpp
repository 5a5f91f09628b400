#include <algorithm>
#include <bit>
#include <unordered_map>

#include "base/text.h"
#include "hunt/name_tail.h"
#include "hunt/plan.h"
#include "hunt/url_form.h"
#include "model/network_address.h"

namespace hinomi {
namespace {

using namespace hunting;

constexpr std::size_t kMaxIndicators = std::size_t{16} << 20;
constexpr std::uint64_t kMaxText = std::uint64_t{3} << 30;

// The strings of a plan, back to back; releases and labels repeat and are kept once.
class TextBlob {
 public:
  Piece add(std::string_view text) {
    const Piece piece{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text.size())};
    text_ += text;
    return piece;
  }
  Piece add_once(const std::string& text) {
    const auto [found, is_new] = known_.try_emplace(text);
    if (is_new) found->second = add(text);
    return found->second;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::unordered_map<std::string, Piece> known_;
};

struct FilterWords {
  std::vector<std::uint64_t> words;

  // About 16 bits a key, a power of two, so that a false yes stays below one percent.
  static FilterWords of(const std::vector<std::uint64_t>& hashes) {
    FilterWords filter;
    filter.words.resize(std::bit_ceil(std::max<std::size_t>(hashes.size() / 4, 1)));
    for (const std::uint64_t hash : hashes) {
      filter.words[filter_slot(hash) & (filter.words.size() - 1)] |= filter_bits(hash);
    }
    return filter;
  }
};

std::string_view reason_text(Kind kind) {
  switch (kind) {
    case Kind::Domain: return "it is not a host name with at least two labels in ASCII";
    case Kind::Ipv4: return "it is not an IPv4 address or network";
    case Kind::Ipv6: return "it is not an IPv6 address";
    case Kind::Url: return "it is not a URL of at most 2,048 bytes with a dotted host name or an address";
    case Kind::Email: return "its domain is not a host name with at least two labels in ASCII";
    case Kind::Hash: return "it does not have the length of its hash in hexadecimal digits";
    default: return "its last word has no extension to look for, or it is longer than 255 bytes";
  }
}

class PlanCompiler {
 public:
  explicit PlanCompiler(const PlanOptions& options) { std::memcpy(header_.key.data(), options.key.data(), 64); }

  void add(const PlanIndicator& item) {
    Record record;
    record.type = static_cast<std::uint32_t>(item.indicator.type);
    record.value = text_.add(item.indicator.value);
    record.id = text_.add(item.id);
    record.release = text_.add_once(item.release);
    record.label = text_.add_once(item.label);
    records_.push_back(record);
    if (const Kind kind = kind_of(item.indicator.type); !add_keys(kind, item.indicator)) {
      skip(records_.size() - 1, reason_text(kind));
    }
  }

  [[nodiscard]] std::uint64_t text_size() const { return text_.text().size(); }
  CompiledPlan finish(const PlanOptions& options);

 private:
  static Kind kind_of(IndicatorType type);
  bool add_keys(Kind kind, const Indicator& indicator);
  bool add_domain(const Indicator& indicator);
  bool add_ipv4(const Indicator& indicator);
  void add_ipv4_gate(std::uint32_t address, int octets);
  bool add_ipv6(const Indicator& indicator);
  bool add_url(const Indicator& indicator);
  bool add_url_host(std::string_view host);
  bool add_email(const Indicator& indicator);
  bool add_hash(const Indicator& indicator);
  bool add_file_name(const Indicator& indicator);

  void skip(std::size_t index, std::string_view reason) { skipped_.push_back({index, std::string(reason)}); }
  void add_gate(std::string_view name) { gate_.push_back(gate_hash_of(header_.key, name)); }
  void add_filter_key(Kind kind, std::uint64_t hash) {
    header_.kinds |= 1U << static_cast<unsigned>(kind);
    filter_only_.push_back(of_kind(header_.key, kind, hash));
  }
  // An entry whose value is the newest record's own value.
  Entry entry_of(Kind kind, std::uint64_t hash) {
    header_.kinds |= 1U << static_cast<unsigned>(kind);
    const Record& record = records_.back();
    Entry entry;
    entry.hash = hash;
    entry.value = record.value.offset;
    entry.length = static_cast<std::uint16_t>(record.value.length);
    entry.kind = kind;
    entry.indicator = static_cast<std::uint32_t>(records_.size() - 1);
    return entry;
  }
  void drop_crowded_keys();
  [[nodiscard]] std::vector<std::uint32_t> directory() const;

  PlanHeader header_;
  TextBlob text_;
  std::vector<Record> records_;
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> gate_, ipv4_gate_, filter_only_;
  std::vector<SkippedIndicator> skipped_;
};

Kind PlanCompiler::kind_of(IndicatorType type) {
  switch (type) {
    case IndicatorType::Ipv4:
    case IndicatorType::Ipv4Cidr: return Kind::Ipv4;
    case IndicatorType::Ipv6: return Kind::Ipv6;
    case IndicatorType::Domain: return Kind::Domain;
    case IndicatorType::Url: return Kind::Url;
    case IndicatorType::Email: return Kind::Email;
    case IndicatorType::Md5:
    case IndicatorType::Sha1:
    case IndicatorType::Sha256: return Kind::Hash;
    case IndicatorType::FileName: return Kind::FileName;
  }
  return Kind::FileName;
}

bool PlanCompiler::add_keys(Kind kind, const Indicator& indicator) {
  switch (kind) {
    case Kind::Domain: return add_domain(indicator);
    case Kind::Ipv4: return add_ipv4(indicator);
    case Kind::Ipv6: return add_ipv6(indicator);
    case Kind::Url: return add_url(indicator);
    case Kind::Email: return add_email(indicator);
    case Kind::Hash: return add_hash(indicator);
    default: return add_file_name(indicator);
  }
}

bool PlanCompiler::add_domain(const Indicator& indicator) {
  if (!is_searchable_name(indicator.value)) return false;
  add_gate(indicator.value);
  entries_.push_back(
      entry_of(Kind::Domain, of_kind(header_.key, Kind::Domain, name_hash(header_.key, indicator.value))));
  return true;
}

void PlanCompiler::add_ipv4_gate(std::uint32_t address, int octets) {
  std::string text = std::to_string(address >> 24) + '.' + std::to_string((address >> 16) & 0xFF);
  if (octets == 3) text += '.' + std::to_string((address >> 8) & 0xFF);
  const std::size_t length = text.size();
  text.resize(16);
  ipv4_gate_.push_back(ipv4_gate_hash(header_.key, as_bytes(text).data(), length));
}

bool PlanCompiler::add_ipv4(const Indicator& indicator) {
  const bool is_network = indicator.type == IndicatorType::Ipv4Cidr;
  const auto network = parse_ipv4_network(is_network ? indicator.value : indicator.value + "/32");
  if (!network) return false;
  header_.ipv4_prefixes |= 1ULL << network->prefix;
  if (network->prefix >= 24) {
    add_ipv4_gate(network->address, 3);
  } else {
    // At most 65,536 keys of two octets for the widest prefix.
    const std::uint32_t count = network->prefix >= 16 ? 1 : 1U << (16 - network->prefix);
    for (std::uint32_t i = 0; i < count; ++i) add_ipv4_gate(network->address + (i << 16), 2);
  }
  Entry entry = entry_of(Kind::Ipv4, ipv4_hash(header_.key, network->address, network->prefix));
  entry.value = network->address;
  entry.prefix = static_cast<std::uint8_t>(network->prefix);
  entries_.push_back(entry);
  return true;
}

bool PlanCompiler::add_ipv6(const Indicator& indicator) {
  const auto address = parse_ipv6(indicator.value);
  if (!address) return false;
  Entry entry = entry_of(Kind::Ipv6, of_kind(header_.key, Kind::Ipv6, plain_hash(header_.key, *address)));
  const Piece piece = text_.add(as_text(*address));
  entry.value = piece.offset;
  entry.length = static_cast<std::uint16_t>(piece.length);
  entries_.push_back(entry);
  return true;
}

bool PlanCompiler::add_url_host(std::string_view host) {
  if (const auto address = parse_ipv4(host)) {
    add_ipv4_gate(*address, 3);
    add_filter_key(Kind::UrlHostIpv4, *address);
    return true;
  }
  if (const auto address = parse_ipv6(host)) {
    header_.kinds |= 1U << static_cast<unsigned>(Kind::Ipv6);
    add_filter_key(Kind::UrlHost, plain_hash(header_.key, *address));
    return true;
  }
  if (!is_searchable_name(host)) return false;
  add_gate(host);
  add_filter_key(Kind::UrlHost, name_hash(header_.key, host));
  return true;
}

bool PlanCompiler::add_url(const Indicator& indicator) {
  const std::string comparable = comparable_url(indicator.value);
  if (comparable.empty() || comparable.size() > kMaxUrlBytes || !add_url_host(host_of(comparable))) return false;
  Entry entry = entry_of(Kind::Url, of_kind(header_.key, Kind::Url, plain_hash(header_.key, as_bytes(comparable))));
  if (comparable != indicator.value) {
    const Piece piece = text_.add(comparable);
    entry.value = piece.offset;
    entry.length = static_cast<std::uint16_t>(piece.length);
  }
  entries_.push_back(entry);
  return true;
}

bool PlanCompiler::add_email(const Indicator& indicator) {
  const std::size_t at = indicator.value.rfind('@');
  if (at == std::string::npos || at == 0 || at > 64) return false;
  const std::string_view host = std::string_view(indicator.value).substr(at + 1);
  if (!is_searchable_name(host)) return false;
  add_gate(host);
  entries_.push_back(
      entry_of(Kind::Email, of_kind(header_.key, Kind::Email, folded_hash(header_.key, as_bytes(indicator.value)))));
  return true;
}

bool PlanCompiler::add_hash(const Indicator& indicator) {
  const std::size_t wanted =
      indicator.type == IndicatorType::Md5 ? 32 : (indicator.type == IndicatorType::Sha1 ? 40 : 64);
  const bool is_hex = std::all_of(indicator.value.begin(), indicator.value.end(), [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  });
  if (indicator.value.size() != wanted || !is_hex) return false;
  entries_.push_back(
      entry_of(Kind::Hash, of_kind(header_.key, Kind::Hash, folded_hash(header_.key, as_bytes(indicator.value)))));
  return true;
}

bool PlanCompiler::add_file_name(const Indicator& indicator) {
  const std::string_view name = indicator.value;
  const std::string_view last_word = last_token_run(name);
  if (name.size() > kMaxNameBytes || !is_searchable_run(last_word)) return false;
  add_gate(last_word);
  if (last_word.size() == name.size()) {
    entries_.push_back(
        entry_of(Kind::FileName, of_kind(header_.key, Kind::FileName, folded_hash(header_.key, as_bytes(name)))));
    return true;
  }
  const std::string_view suffix = name.substr(name.size() - std::min(name.size(), kFileSuffixBytes));
  header_.suffix_sizes |= 1U << suffix.size();
  entries_.push_back(
      entry_of(Kind::FileSuffix, of_kind(header_.key, Kind::FileSuffix, folded_hash(header_.key, as_bytes(suffix)))));
  return true;
}

// Keeps a bound on the work that one look-up can cause, whatever the list holds. Entries must be sorted.
void PlanCompiler::drop_crowded_keys() {
  std::size_t kept = 0;
  std::size_t group = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    group = i > 0 && entries_[i].hash == entries_[i - 1].hash ? group + 1 : 0;
    if (group >= (entries_[i].kind == Kind::FileSuffix ? kMaxSameSuffix : kMaxSameKey)) {
      skip(entries_[i].indicator, "too many indicators of the list are alike");
      continue;
    }
    entries_[kept] = entries_[i];
    kept++;
  }
  entries_.resize(kept);
}

std::vector<std::uint32_t> PlanCompiler::directory() const {
  std::vector<std::uint32_t> starts((std::size_t{1} << header_.directory_bits) + 1);
  const unsigned shift = 64 - header_.directory_bits;
  for (const Entry& entry : entries_) starts[(header_.directory_bits == 0 ? 0 : entry.hash >> shift) + 1]++;
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  return starts;
}

template <class T>
void append_section(Bytes& out, Section& section, const T& content) {
  out.resize((out.size() + 63) & ~std::size_t{63});  // a cache line each
  section.offset = out.size();
  section.size = content.size() * sizeof(content[0]);
  out.resize(out.size() + section.size);
  if (section.size > 0) std::memcpy(out.data() + section.offset, content.data(), section.size);
}

CompiledPlan PlanCompiler::finish(const PlanOptions& options) {
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.indicator < b.indicator;
  });
  drop_crowded_keys();
  for (const Entry& entry : entries_) filter_only_.push_back(entry.hash);
  if (options.expires_at) header_.expires_at = options.expires_at->time_since_epoch().count();
  header_.indicator_count = static_cast<std::uint32_t>(records_.size());
  header_.entry_count = static_cast<std::uint32_t>(entries_.size());
  header_.directory_bits = std::min<std::uint32_t>(
      24, static_cast<std::uint32_t>(std::bit_width(std::max<std::size_t>(entries_.size(), 1) - 1)));

  Bytes out(sizeof header_);
  auto& sections = header_.sections;
  append_section(out, sections[kGateFilter], FilterWords::of(gate_).words);
  append_section(out, sections[kIpv4Gate], FilterWords::of(ipv4_gate_).words);
  append_section(out, sections[kExactFilter], FilterWords::of(filter_only_).words);
  append_section(out, sections[kDirectory], directory());
  append_section(out, sections[kEntries], entries_);
  append_section(out, sections[kRecords], records_);
  append_section(out, sections[kText], text_.text());
  header_.total_size = out.size();
  std::memcpy(out.data(), &header_, sizeof header_);
  std::sort(skipped_.begin(), skipped_.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  return {std::move(out), std::move(skipped_)};
}

}  // namespace

Result<CompiledPlan> compile_plan(std::span<const PlanIndicator> indicators, const PlanOptions& options) {
  const Error limit = too_large("hunt.plan_too_large", "The list is too large for one plan. Split it.");
  if (indicators.size() > kMaxIndicators) return limit;
  PlanCompiler compiler(options);
  for (const PlanIndicator& item : indicators) {
    if (item.indicator.value.size() > 65535) return limit;
    compiler.add(item);
    if (compiler.text_size() > kMaxText) return limit;
  }
  return compiler.finish(options);
}

}  // namespace hinomi

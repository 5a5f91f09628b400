#include "hunt/scan_engine.h"

#include <algorithm>
#include <bit>

#include "hunt/name_tail.h"
#include "hunt/refang.h"
#include "model/network_address.h"

namespace hinomi::hunting {
namespace {

constexpr std::uint64_t kTopBit = std::uint64_t{1} << 63;

// Distance from the end to the next dot; 64 when there is none close enough. Clears that dot.
HINOMI_INLINE unsigned next_dot(std::uint64_t& dots) {
  const auto distance = static_cast<unsigned>(std::countl_zero(dots));
  if (distance < 64) dots ^= kTopBit >> distance;
  return distance;
}

}  // namespace

ScanEngine::ScanEngine(const PlanReader& plan, Instructions instructions)
    : plan_(plan),
      classify_(classifier(instructions)),
      instructions_(std::min(instructions, best_instructions())),
      ipv6_(plan.has(Kind::Ipv6) ? Ipv6Search::On : Ipv6Search::Off),
      examiner_(plan) {
  has_names_ = plan.has(Kind::Domain) || plan.has(Kind::UrlHost) || plan.has(Kind::Email) || plan.has(Kind::FileName) ||
               plan.has(Kind::FileSuffix);
  has_addresses_ = plan.has(Kind::Ipv4) || plan.has(Kind::UrlHostIpv4);
  has_hashes_ = plan.has(Kind::Hash);
}

void ScanEngine::scan(const Window& window, std::size_t begin, std::size_t end, const Sink& sink) {
  window_ = window;
  examiner_.look_at(window);
  warm_up(window, begin);
  for (std::size_t start = begin; start < end; start += kBatchBytes) {
    const std::size_t limit = std::min(end - start, kBatchBytes);
    scan_batch(start, limit);
    auto& found = examiner_.found();
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    const std::span<const std::uint64_t> newlines(masks_.newline.data() + kContextBlocks, (limit + 63) / 64);
    std::uint64_t count = 0;
    for (const std::uint64_t word : newlines) count += static_cast<std::uint64_t>(std::popcount(word));
    sink({start, found, newlines, count});
    found.clear();
    keep_context(kBatchBlocks);
  }
}

// Runs that began before `begin` are entered with the marks they have collected.
void ScanEngine::warm_up(const Window& window, std::size_t begin) {
  masks_ = {};
  carries_ = {};
  classify_(window.text + begin - kWarmUpBytes, kWarmUpBytes / kBlockBytes, masks_);
  candidates_.clear();
  find_candidates(masks_, kWarmUpBytes, carries_, ipv6_, candidates_);
  keep_context(kWarmUpBytes / kBlockBytes);
}

// The last words of a batch of `blocks` become the context of the next.
void ScanEngine::keep_context(std::size_t blocks) {
  for (MaskWords* words :
       {&masks_.token, &masks_.dot, &masks_.digit_dot, &masks_.alpha, &masks_.hex, &masks_.colon, &masks_.backslash}) {
    for (std::size_t i = 0; i < kContextBlocks; ++i) (*words)[i] = (*words)[blocks + i];
  }
}

void ScanEngine::scan_batch(std::size_t start, std::size_t limit) {
  const std::size_t blocks = (limit + kBlockBytes - 1) / kBlockBytes;
  classify_(window_.text + start, blocks, masks_);
  if (limit % kBlockBytes != 0) {
    masks_.newline[kContextBlocks + blocks - 1] &= (std::uint64_t{1} << (limit % kBlockBytes)) - 1;
  }
  if (instructions_ == Instructions::Portable) {
    scan_batch_portable(start, limit);
  } else {
    scan_batch_avx2(start, limit);
  }
}

void ScanEngine::scan_batch_portable(std::size_t start, std::size_t limit) { scan_candidates(start, limit); }

// The same code compiled for bit-manipulation instructions, which every processor with AVX2 has.
#if defined(__x86_64__)
__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#endif
void ScanEngine::scan_batch_avx2(std::size_t start, std::size_t limit) {
  scan_candidates(start, limit);
}

HINOMI_INLINE void ScanEngine::scan_candidates(std::size_t start, std::size_t limit) {
  candidates_.clear();
  find_candidates(masks_, limit, carries_, ipv6_, candidates_);
  const std::uint8_t* text = window_.text + start;
  if (has_names_) hash_names(text);
  if (has_addresses_) hash_addresses(text);
  if (has_names_) probe_names(start);
  if (has_addresses_) probe_addresses(start);
  if (has_hashes_) examine_hashes(start);
  examine_others(start);
}

HINOMI_INLINE void ScanEngine::add_hash(const std::uint8_t* end, std::uint64_t hash, Keys& keys) {
  __builtin_prefetch(keys.gate.word_of(hash));
  keys.hash[keys.count] = hash;
  keys.end[keys.count] = static_cast<std::int32_t>(end - keys.text);
  ++keys.count;
}

HINOMI_INLINE void ScanEngine::add_key(const std::uint8_t* end, unsigned tail, Keys& keys) {
  add_hash(end, tail_hash(plan_.key, end, tail), keys);
}

HINOMI_INLINE void ScanEngine::add_tail(const std::uint8_t* end, unsigned tail, unsigned run, Keys& keys) {
  add_key(end, tail, keys);
  if (tail < run || run >= 64) return;
  // The run begins with this tail: what a JSON or URL escape left glued to it must come off (Examiner::glued_starts).
  const std::uint8_t before = *(end - run - 1);
  if (before == '\\') [[unlikely]] {
    if (tail > 1) add_key(end, tail - 1, keys);
    if (tail > 5) add_key(end, tail - 5, keys);
  } else if (before == '%' && tail > 2) [[unlikely]] {
    add_key(end, tail - 2, keys);
  }
}

// Finds the tail that name_tail.h defines, from the masks.
HINOMI_INLINE void ScanEngine::hash_name(std::uint32_t position, Keys& keys) {
  const std::uint8_t* end = keys.text + position;
  auto run = static_cast<unsigned>(std::countl_one(bits_before(masks_.token, position)));
  std::uint64_t dots = bits_before(masks_.dot, position) & (~std::uint64_t{0} << (64 - run));
  if (const auto trailing = static_cast<unsigned>(std::countl_one(dots)); trailing > 0) [[unlikely]] {
    if (trailing >= run) return;
    dots <<= trailing;
    end -= trailing;
    run -= trailing;
  }
  if (dots == 0) [[unlikely]]
    return;
  const unsigned last = next_dot(dots);
  const unsigned second = next_dot(dots);
  add_tail(end, std::min(run, second), run, keys);
  if (second < run && is_wide_suffix(last, second - last - 1)) add_tail(end, std::min(run, next_dot(dots)), run, keys);
}

HINOMI_INLINE void ScanEngine::hash_names(const std::uint8_t* text) {
  Keys keys{text, plan_.gate, names_.hash.data(), names_.end.data(), 0};
  const std::uint32_t* ends = candidates_.names.at.data();
  const std::size_t count = candidates_.names.count;
  for (std::size_t i = 0; i < count; ++i) hash_name(ends[i], keys);
  names_.count = keys.count;
}

// A run of seven to fifteen digits and dots with three dots goes on, under the key of its first octets.
HINOMI_INLINE void ScanEngine::hash_addresses(const std::uint8_t* text) {
  const std::uint32_t* ends = candidates_.addresses.at.data();
  const std::size_t candidates = candidates_.addresses.count;
  const bool has_wide = plan_.has_wide_prefixes();
  Keys keys{text, plan_.ipv4_gate, addresses_.hash.data(), addresses_.end.data(), 0};
  for (std::size_t i = 0; i < candidates; ++i) {
    const std::uint8_t* end = text + ends[i];
    std::uint64_t run_bits = bits_before(masks_.digit_dot, ends[i]);
    std::uint64_t dots = bits_before(masks_.dot, ends[i]);
    if ((dots & kTopBit) != 0) [[unlikely]] {  // "… 192.0.2.1." ends a sentence
      --end;
      run_bits <<= 1;
      dots <<= 1;
    }
    const auto run = static_cast<unsigned>(std::countl_one(run_bits));
    if (run - 7 > 15 - 7) continue;
    dots &= ~std::uint64_t{0} << (64 - run);
    if (std::popcount(dots) != 3) continue;
    const unsigned third = next_dot(dots), second = next_dot(dots);
    if (run - third - 1 > 11) continue;
    add_hash(end, ipv4_gate_hash(plan_.key, end - run, run - third - 1), keys);
    if (has_wide) add_hash(end, ipv4_gate_hash(plan_.key, end - run, run - second - 1), keys);
  }
  addresses_.count = keys.count;
}

// Moves the ends whose key the filter may hold to the front and returns their number.
HINOMI_INLINE std::size_t ScanEngine::probe(Hashed& hashed, const Filter& filter) {
  const std::uint64_t* hashes = hashed.hash.data();
  std::int32_t* ends = hashed.end.data();
  const Filter gate = filter;
  const std::size_t count = hashed.count;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    ends[kept] = ends[i];
    kept += static_cast<std::size_t>(gate.may_hold(hashes[i]));
  }
  return kept;
}

HINOMI_INLINE void ScanEngine::probe_names(std::size_t start) {
  const std::size_t kept = probe(names_, plan_.gate);
  const std::int32_t* ends = names_.end.data();
  for (std::size_t i = 0; i < kept; ++i) {
    if (i > 0 && ends[i - 1] == ends[i]) continue;
    const std::size_t end = start + static_cast<std::size_t>(std::int64_t{ends[i]});
    std::size_t anchor = end;
    while (window_.at(anchor) == '.') ++anchor;
    examiner_.set_anchor(anchor);
    examiner_.name(end);
  }
}

HINOMI_INLINE void ScanEngine::probe_addresses(std::size_t start) {
  const std::size_t kept = probe(addresses_, plan_.ipv4_gate);
  const std::int32_t* ends = addresses_.end.data();
  for (std::size_t i = 0; i < kept; ++i) {
    if (i > 0 && ends[i - 1] == ends[i]) continue;
    examine_address(start + static_cast<std::size_t>(std::int64_t{ends[i]}));
  }
}

void ScanEngine::examine_address(std::size_t end) {
  std::size_t begin = end - 7;
  while ((window_.before(begin) >= '0' && window_.before(begin) <= '9') || window_.before(begin) == '.') --begin;
  const auto address = parse_ipv4(as_text(window_.slice(begin, end)));
  if (!address) return;
  examiner_.set_anchor(window_.at(end) == '.' ? end + 1 : end);
  examiner_.ipv4(begin, end, *address);
}

HINOMI_INLINE void ScanEngine::examine_hashes(std::size_t start) {
  for (std::size_t i = 0; i < candidates_.hashes.count; ++i) {
    const std::uint32_t relative = candidates_.hashes.at[i];
    auto digits = static_cast<std::size_t>(std::countl_one(bits_before(masks_.hex, relative)));
    const std::size_t end = start + relative;
    if (digits == 64) {
      while (digits < 68 && is_hex_char(window_.before(end - digits))) ++digits;
    }
    const std::uint8_t before = window_.before(end - digits);
    if (before == '%') digits -= 2;
    const bool is_escaped =
        (before == 'n' || before == 'r' || before == 't') && window_.before(end - digits - 1) == '\\';
    if (is_alnum_char(before) && !is_escaped) continue;
    if (digits != 32 && digits != 40 && digits != 64) continue;
    examiner_.set_anchor(end);
    examiner_.hash(end - digits, end);
  }
}

HINOMI_INLINE void ScanEngine::examine_others(std::size_t start) {
  for (std::size_t i = 0; i < candidates_.ipv6.count; ++i) {
    examiner_.set_anchor(start + candidates_.ipv6.at[i]);
    examiner_.ipv6(start + candidates_.ipv6.at[i]);
  }
  if (!is_refanging_) return;
  for (std::size_t i = 0; i < candidates_.defanged.count; ++i) examine_defanged(start + candidates_.defanged.at[i]);
}

// Reads the restored stretch as a text of its own and keeps the hits that needed the restoring.
void ScanEngine::examine_defanged(std::size_t trigger) {
  const auto refanged = refang(window_, trigger);
  if (!refanged) return;
  if (!nested_) {
    nested_ = std::make_unique<ScanEngine>(plan_, instructions_);
    nested_->is_refanging_ = false;
  }
  std::vector<std::uint8_t> padded(kWarmUpBytes + refanged->text.size() + 2 * kBlockBytes);
  std::copy(refanged->text.begin(), refanged->text.end(), padded.begin() + kWarmUpBytes);
  const std::size_t end = kWarmUpBytes + refanged->text.size();
  nested_->scan({padded.data(), kWarmUpBytes, end}, kWarmUpBytes, end + 1, [&](const Batch& batch) {
    for (const Found& hit : batch.found) {
      const std::size_t from = hit.start - kWarmUpBytes, to = from + hit.length;
      const auto first = std::lower_bound(refanged->replaced.begin(), refanged->replaced.end(), from);
      const bool is_restored = first != refanged->replaced.end() && *first < to && *first < refanged->first_word_end;
      const bool is_cut =
          (refanged->is_cut_left && from == 0) || (refanged->is_cut_right && to == refanged->text.size());
      if (!is_restored || is_cut) continue;
      examiner_.found().push_back(
          {trigger, refanged->origin[from], refanged->origin[to] - refanged->origin[from], hit.indicator});
    }
  });
}

}  // namespace hinomi::hunting

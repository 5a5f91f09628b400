#include "hunt/plan.h"

#include <algorithm>
#include <bit>

namespace hinomi {
namespace {

using hunting::kSectionCount;
using hunting::PlanHeader;
using hunting::Section;

Error damaged(std::string_view what) {
  return invalid("hunt.plan_damaged",
                 "The scan plan is damaged (" + std::string(what) + "). Make it again from its bundle or list.");
}

bool lies_inside(const Section& section, std::uint64_t total) {
  return section.offset >= sizeof(PlanHeader) && section.offset <= total && section.size <= total - section.offset &&
         section.offset % 8 == 0;
}

bool is_filter(const Section& section) { return section.size >= 8 && std::has_single_bit(section.size); }

Status check_sections(const PlanHeader& header, std::uint64_t total) {
  for (const Section& section : header.sections) {
    if (!lies_inside(section, total)) return damaged("a section lies outside the file");
  }
  for (const auto name : {hunting::kGateFilter, hunting::kIpv4Gate, hunting::kExactFilter}) {
    if (!is_filter(header.sections[name])) return damaged("a filter has an impossible size");
  }
  if (header.directory_bits > 24) return damaged("the directory is too large");
  if (header.sections[hunting::kDirectory].size != ((std::uint64_t{1} << header.directory_bits) + 1) * 4) {
    return damaged("the directory has a wrong size");
  }
  if (header.sections[hunting::kEntries].size != std::uint64_t{header.entry_count} * sizeof(hunting::Entry)) {
    return damaged("the entries have a wrong size");
  }
  if (header.sections[hunting::kRecords].size != std::uint64_t{header.indicator_count} * sizeof(hunting::Record)) {
    return damaged("the records have a wrong size");
  }
  return {};
}

Result<PlanHeader> read_header(ByteView bytes) {
  PlanHeader header;
  if (bytes.size() < sizeof header) return damaged("it is shorter than its header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != hunting::kPlanMagic) return damaged("it does not begin as a scan plan");
  if (header.version != hunting::kPlanVersion) {
    return invalid("hunt.plan_version", "The scan plan was made by another version. Make it again with this one.");
  }
  if (header.total_size != bytes.size()) return damaged("it is cut short or has something behind it");
  TRY_OK(check_sections(header, bytes.size()));
  return header;
}

std::string_view piece_of(std::string_view text, hunting::Piece piece) {
  if (piece.offset > text.size() || piece.length > text.size() - piece.offset) return {};
  return text.substr(piece.offset, piece.length);
}

}  // namespace

Result<HuntPlan> HuntPlan::open(ByteView bytes) {
  HuntPlan plan;
  TRY(plan.header_, read_header(bytes));
  plan.bytes_ = bytes;
  return plan;
}

Result<HuntPlan> HuntPlan::own(Bytes bytes) {
  auto owned = std::make_shared<const Bytes>(std::move(bytes));
  TRY(HuntPlan plan, open(*owned));
  plan.owned_ = std::move(owned);
  return plan;
}

std::optional<Instant> HuntPlan::expires_at() const {
  if (header_.expires_at == 0) return std::nullopt;
  return Instant(std::chrono::microseconds(header_.expires_at));
}

HuntPlan::View HuntPlan::at(std::uint32_t index) const {
  View view;
  if (index >= header_.indicator_count) return view;
  hunting::Record record;
  const auto& records = header_.sections[hunting::kRecords];
  std::memcpy(&record, bytes_.data() + records.offset + std::uint64_t{index} * sizeof record, sizeof record);
  const auto& section = header_.sections[hunting::kText];
  const std::string_view text = as_text(bytes_.subspan(section.offset, section.size));
  if (record.type > static_cast<std::uint32_t>(IndicatorType::FileName)) return view;
  view.type = static_cast<IndicatorType>(record.type);
  view.value = piece_of(text, record.value);
  view.id = piece_of(text, record.id);
  view.release = piece_of(text, record.release);
  view.label = piece_of(text, record.label);
  return view;
}

namespace hunting {

PlanReader::PlanReader(const HuntPlan& plan) : key(plan.header_.key) {
  const PlanHeader& header = plan.header_;
  const auto start = [&](SectionName name) { return plan.bytes_.data() + header.sections[name].offset; };
  const auto filter = [&](SectionName name) { return Filter{start(name), header.sections[name].size / 8 - 1}; };
  gate = filter(kGateFilter);
  ipv4_gate = filter(kIpv4Gate);
  exact = filter(kExactFilter);
  ipv4_prefixes = header.ipv4_prefixes & 0x1FFFFFFFFULL;
  suffix_sizes = header.suffix_sizes & 0x1FFFF;
  directory_ = start(kDirectory);
  entries_ = start(kEntries);
  text_ = plan.bytes_.subspan(header.sections[kText].offset, header.sections[kText].size);
  kinds_ = header.kinds;
  directory_bits_ = header.directory_bits;
  entry_count_ = header.entry_count;
  indicator_count_ = header.indicator_count;
}

}  // namespace hunting
}  // namespace hinomi

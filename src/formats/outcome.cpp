#include "formats/outcome.h"

#include <fmt/format.h>

#include "base/text.h"
#include "model/cve.h"

namespace hinomi {
namespace {

constexpr std::string_view kMagic = "HNO1";
constexpr std::uint8_t kNothing = 0xFF;
constexpr auto kFormats = static_cast<std::uint8_t>(SourceFormat::Csv) + 1;
constexpr auto kTlps = static_cast<std::uint8_t>(Tlp::Red) + 1;

class FrameWriter {
 public:
  FrameWriter() : frame_(kMagic) {}
  void byte(std::uint8_t value) { frame_ += static_cast<char>(value); }
  void count(std::size_t value) { integer(value, 4); }
  void integer(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) byte(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void text(std::string_view value) {
    count(value.size());
    frame_ += value;
  }
  void texts(const std::vector<std::string>& values) {
    count(values.size());
    for (const auto& value : values) text(value);
  }
  std::string take() { return std::move(frame_); }

 private:
  std::string frame_;
};

Error malformed(std::size_t at, std::string_view reason) {
  return invalid("outcome.malformed", fmt::format("The parser's answer is broken: {}.", reason),
                 fmt::format("byte {}", at));
}

class FrameReader {
 public:
  FrameReader(std::string_view frame, OutcomeLimits limits) : frame_(frame), limits_(limits) {}

  [[nodiscard]] Error error(std::string_view reason) const { return malformed(at_, reason); }
  [[nodiscard]] bool at_end() const { return at_ == frame_.size(); }

  Result<std::uint64_t> integer(std::size_t bytes) {
    if (frame_.size() - at_ < bytes) return error("it ends early");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      value |= std::uint64_t{static_cast<std::uint8_t>(frame_[at_ + i])} << (8 * i);
    at_ += bytes;
    return value;
  }
  // A count of entries that each take at least `least` bytes.
  Result<std::size_t> count(std::size_t least) {
    TRY(const std::uint64_t value, integer(4));
    if (value > limits_.max_entries) return too_large("outcome.too_large", "The parser's answer has too many entries.");
    if (value * least > frame_.size() - at_) return error("a count is larger than what follows");
    return static_cast<std::size_t>(value);
  }
  Result<std::string> text() {
    TRY(const std::uint64_t size, integer(4));
    if (size > limits_.max_text_bytes)
      return too_large("outcome.too_large", "A text in the parser's answer is too long.");
    if (size > frame_.size() - at_) return error("a text is longer than what follows");
    const std::string_view value = frame_.substr(at_, static_cast<std::size_t>(size));
    if (!is_utf8(value)) return error("a text is not UTF-8");
    at_ += value.size();
    return std::string(value);
  }
  Result<std::vector<std::string>> texts() {
    TRY(const std::size_t size, count(4));
    std::vector<std::string> values;
    values.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
      TRY(std::string value, text());
      values.push_back(std::move(value));
    }
    return values;
  }
  // One of the first `size` values of an enumeration.
  Result<std::uint8_t> choice(std::uint8_t size) {
    TRY(const std::uint64_t value, integer(1));
    if (value >= size) return error("a value is outside its set");
    return static_cast<std::uint8_t>(value);
  }
  Status magic() {
    if (!frame_.starts_with(kMagic)) return error("it does not begin with " + std::string(kMagic));
    at_ = kMagic.size();
    return {};
  }

 private:
  std::string_view frame_;
  OutcomeLimits limits_;
  std::size_t at_ = 0;
};

void write_item(FrameWriter& writer, const SourceItem& item) {
  writer.byte(static_cast<std::uint8_t>(item.format));
  writer.byte(static_cast<std::uint8_t>(item.tlp));
  writer.byte(item.published ? 1 : 0);
  writer.integer(item.published ? static_cast<std::uint64_t>(item.published->time_since_epoch().count()) : 0, 8);
  for (const auto* text : {&item.source, &item.external_id, &item.version, &item.title, &item.summary, &item.url,
                           &item.check, &item.mitigation, &item.raw}) {
    writer.text(*text);
  }
  writer.texts(item.cves);
  writer.texts(item.products);
}

Result<SourceItem> read_item(FrameReader& reader) {
  SourceItem item;
  TRY(const std::uint8_t format, reader.choice(kFormats));
  TRY(const std::uint8_t tlp, reader.choice(kTlps));
  TRY(const std::uint8_t has_time, reader.choice(2));
  TRY(const std::uint64_t micros, reader.integer(8));
  item.format = static_cast<SourceFormat>(format);
  item.tlp = static_cast<Tlp>(tlp);
  if (has_time == 0 && micros != 0) return reader.error("there is a time where none is announced");
  if (has_time == 1) item.published = Instant(std::chrono::microseconds(static_cast<std::int64_t>(micros)));
  for (auto* text : {&item.source, &item.external_id, &item.version, &item.title, &item.summary, &item.url, &item.check,
                     &item.mitigation, &item.raw}) {
    TRY(*text, reader.text());
  }
  TRY(item.cves, reader.texts());
  TRY(item.products, reader.texts());
  for (std::size_t i = 0; i < item.cves.size(); ++i) {
    if (!is_cve(item.cves[i])) return reader.error("a CVE id is malformed");
    if (i > 0 && item.cves[i - 1] >= item.cves[i]) return reader.error("CVE ids are not sorted");
  }
  return item;
}

void write_object(FrameWriter& writer, const MarkedStixObject& marked) {
  writer.byte(marked.marking.is_marked ? 1 : 0);
  writer.byte(marked.marking.tlp ? static_cast<std::uint8_t>(*marked.marking.tlp) : kNothing);
  const StixObject& object = marked.object;
  for (const auto* text : {&object.id, &object.type, &object.spec_version, &object.version, &object.raw})
    writer.text(*text);
}

Result<MarkedStixObject> read_object(FrameReader& reader) {
  MarkedStixObject marked;
  TRY(const std::uint8_t is_marked, reader.choice(2));
  marked.marking.is_marked = is_marked == 1;
  TRY(const std::uint64_t tlp, reader.integer(1));
  if (tlp != kNothing && tlp >= kTlps) return reader.error("a value is outside its set");
  if (tlp != kNothing) marked.marking.tlp = static_cast<Tlp>(tlp);
  StixObject& object = marked.object;
  for (auto* text : {&object.id, &object.type, &object.spec_version, &object.version, &object.raw}) {
    TRY(*text, reader.text());
  }
  if (object.spec_version != "2.0" && object.spec_version != "2.1") return reader.error("a STIX version is unknown");
  return marked;
}

void write_problem(FrameWriter& writer, const ReadProblem& problem) {
  for (const auto* text : {&problem.file, &problem.where, &problem.code, &problem.reason, &problem.subject}) {
    writer.text(*text);
  }
}

Result<ReadProblem> read_problem(FrameReader& reader) {
  ReadProblem problem;
  for (auto* text : {&problem.file, &problem.where, &problem.code, &problem.reason, &problem.subject}) {
    TRY(*text, reader.text());
  }
  return problem;
}

template <class Entry>
Result<std::vector<Entry>> read_entries(FrameReader& reader, Result<Entry> (*read)(FrameReader&)) {
  TRY(const std::size_t size, reader.count(20));  // no entry is shorter
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < size; ++i) {
    TRY(Entry entry, read(reader));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

std::string write_outcome(const ReadOutcome& outcome) {
  FrameWriter writer;
  writer.count(outcome.items.size());
  for (const auto& item : outcome.items) write_item(writer, item);
  writer.count(outcome.objects.size());
  for (const auto& object : outcome.objects) write_object(writer, object);
  writer.count(outcome.problems.size());
  for (const auto& problem : outcome.problems) write_problem(writer, problem);
  return writer.take();
}

Result<ReadOutcome> parse_outcome(std::string_view frame, OutcomeLimits limits) {
  if (frame.size() > limits.max_bytes) return too_large("outcome.too_large", "The parser's answer is too long.");
  FrameReader reader(frame, limits);
  TRY_OK(reader.magic());
  ReadOutcome outcome;
  TRY(outcome.items, read_entries(reader, read_item));
  TRY(outcome.objects, read_entries(reader, read_object));
  TRY(outcome.problems, read_entries(reader, read_problem));
  if (!reader.at_end()) return reader.error("there are bytes after the end");
  const std::size_t entries = outcome.items.size() + outcome.objects.size() + outcome.problems.size();
  if (entries > limits.max_entries) return too_large("outcome.too_large", "The parser's answer has too many entries.");
  return outcome;
}

}  // namespace hinomi

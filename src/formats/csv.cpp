#include "formats/csv.h"

#include <fmt/format.h>

namespace hinomi {

CsvReader::CsvReader(std::string_view text, CsvLimits limits) : text_(text), limits_(limits) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

bool CsvReader::at_end() {
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
    if (text_[at_++] == '\n') ++line_;
  }
  return at_ >= text_.size();
}

Result<CsvRow> CsvReader::next() {
  if (at_end()) return failed("csv.end", "there is no further row");
  if (++rows_ > limits_.max_rows) {
    at_ = text_.size();
    return too_large("csv.too_large", fmt::format("There are more than {} rows.", limits_.max_rows));
  }
  CsvRow row{.line = line_, .begin = at_, .end = at_, .fields = {}};
  while (true) {
    if (row.fields.size() == limits_.max_fields) return failed("csv.too_large", "the row has too many fields");
    TRY(std::string value, field());
    row.fields.push_back(std::move(value));
    row.end = at_;
    if (at_ >= text_.size() || text_[at_] != ',') return row;
    ++at_;
  }
}

Result<std::string> CsvReader::field() {
  if (at_ < text_.size() && text_[at_] == '"') return quoted_field();
  const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
  std::string value(text_.substr(at_, end - at_));
  at_ = end;
  return value;
}

Result<std::string> CsvReader::quoted_field() {
  std::string value;
  const std::size_t begin = at_;
  const std::size_t begin_line = line_;
  ++at_;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    if (c != '"') {
      value += c;
    } else if (at_ < text_.size() && text_[at_] == '"') {
      value += text_[at_++];
    } else {
      const bool ends = at_ >= text_.size() || text_[at_] == ',' || text_[at_] == '\r' || text_[at_] == '\n';
      return ends ? Result<std::string>(std::move(value)) : failed("csv.quote", "text follows a closing quote");
    }
  }
  at_ = begin;
  line_ = begin_line;
  return failed("csv.quote", "a quoted field does not end");
}

Error CsvReader::failed(std::string_view code, std::string_view reason) {
  Error error =
      invalid(std::string(code), fmt::format("The row is broken: {}.", reason), fmt::format("line {}", line_));
  at_ = std::min(text_.find('\n', at_), text_.size());
  return error;
}

}  // namespace hinomi

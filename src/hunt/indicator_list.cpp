#include "hunt/indicator_list.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxLineBytes = 8192;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_comment(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return line.substr(0, at);
  }
  return line;
}

std::string key_of(const Indicator& indicator) {
  return std::string(indicator_type_text(indicator.type)) + ' ' + indicator.value;
}

}  // namespace

IndicatorList read_indicator_list(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  IndicatorList list;
  std::unordered_set<std::string> known;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = trimmed(without_comment(text.substr(0, end)));
    const bool is_pair = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(end + (is_pair ? 2 : 1), text.size()));
    ++number;
    if (line.empty()) continue;
    if (line.size() > kMaxLineBytes) {
      list.problems.push_back({number, too_large("hunt.line_too_long", "The line is longer than any indicator.")});
      continue;
    }
    auto indicator = read_indicator(line);
    if (!indicator.ok()) {
      list.problems.push_back({number, indicator.error()});
    } else if (known.insert(key_of(*indicator)).second) {
      list.indicators.push_back({std::move(*indicator), std::string(line), {}, {}});
    } else {
      ++list.repeated;
    }
  }
  return list;
}

}  // namespace hinomi

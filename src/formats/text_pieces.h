// Small text helpers that several readers of this module share. Internal to the module.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace hinomi {

// The first `max_bytes` bytes of a text without cutting a UTF-8 sequence.
std::string shortened(std::string_view text, std::size_t max_bytes);
// Escaped or plain HTML as plain text: tags and comments removed, character references decoded, white space collapsed.
// Never shown as HTML again without escaping. Linear in the text.
std::string plain_text_of_html(std::string_view html);
// True for an absolute http or https address without white space or control characters.
bool is_web_address(std::string_view text);
// The first such address in a running text, or empty.
std::string first_web_address(std::string_view text);

// Collects texts in order, without repeats, up to a number and a total of bytes.
class DistinctTexts {
 public:
  explicit DistinctTexts(std::size_t max_count, std::size_t max_bytes) : max_count_(max_count), max_bytes_(max_bytes) {}
  void add(std::string_view text);
  // True when something was left out because of the limits.
  [[nodiscard]] bool is_cut() const { return is_cut_; }
  [[nodiscard]] std::vector<std::string> take() { return std::move(texts_); }
  [[nodiscard]] std::string joined(std::string_view separator) const;

 private:
  std::size_t max_count_;
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  bool is_cut_ = false;
  std::vector<std::string> texts_;
  std::unordered_set<std::string> seen_;
};

}  // namespace hinomi

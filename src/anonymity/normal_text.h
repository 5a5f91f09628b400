// One text in the form that recognition works on, with a way back to the bytes that were received.
// NFKC, one kind of dash, long vowel marks only after kana, old character forms made new, invisible characters gone.
// A plain value; safe on any thread. Linear in the size of the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hinomi::anonymity {

// Byte offsets, end exclusive.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
  bool operator==(const Range&) const = default;
};

class NormalText {
 public:
  // Bytes that are not UTF-8 become U+FFFD, one each. At most 4 GiB.
  explicit NormalText(std::string_view original);

  // For patterns: letter case and kana kept.
  [[nodiscard]] const std::string& text() const { return text_; }
  // For names: ASCII in lower case, hiragana as katakana, small kana as large. Same offsets as text().
  [[nodiscard]] const std::string& folded() const { return folded_; }
  // The bytes of the original that a non-empty range of text() came from, whole source characters.
  [[nodiscard]] Range original(Range normal) const;

 private:
  void append(char32_t character, Range origin);
  void append_normalised(std::string_view original, Range cluster);

  std::string text_;
  std::string folded_;
  std::vector<std::uint32_t> begins_;  // one per byte of text_
  std::vector<std::uint32_t> ends_;
  char32_t previous_ = 0;
};

// A folded text without the white space and middle dots that people put inside names and without the long vowel marks
// that they leave out (フィーダ, フィーダー). A space between two Latin words
// stays, because "in a" is not "Ina"; an empty line stays as '\n', because no name runs across it.
struct SqueezedText {
  std::string text;
  std::vector<std::uint32_t> positions;  // of each byte in the folded text
};
SqueezedText squeezed(std::string_view folded);
// How a name is looked up: folded and squeezed.
std::string lookup_form(std::string_view name);

struct DecodedCharacter {
  char32_t value = 0xFFFD;
  std::size_t size = 1;
};
// The character at `at` (< text.size()); a broken sequence is U+FFFD of one byte.
DecodedCharacter decode_utf8(std::string_view text, std::size_t at);
// The character that ends at `end` (> 0) of well-formed UTF-8.
DecodedCharacter decode_before(std::string_view text, std::size_t end);
void append_utf8(std::string& text, char32_t character);
bool is_kanji(char32_t character);
bool is_hiragana(char32_t character);
bool is_katakana(char32_t character);  // with the long vowel mark
bool is_ascii_word(char32_t character);

}  // namespace hinomi::anonymity

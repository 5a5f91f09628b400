#include "formats/text_pieces.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace hinomi {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void append_utf8(std::string& out, std::uint32_t point) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | (point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | (point >> 12));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0 | (point >> 18));
    tail(12), tail(6), tail(0);
  }
}

std::optional<std::uint32_t> named_character(std::string_view name) {
  struct Named {
    std::string_view name;
    std::uint32_t point;
  };
  static constexpr std::array<Named, 12> kNames{{{"amp", '&'},
                                                 {"lt", '<'},
                                                 {"gt", '>'},
                                                 {"quot", '"'},
                                                 {"apos", '\''},
                                                 {"nbsp", ' '},
                                                 {"ndash", 0x2013},
                                                 {"mdash", 0x2014},
                                                 {"lsquo", 0x2018},
                                                 {"rsquo", 0x2019},
                                                 {"ldquo", 0x201C},
                                                 {"rdquo", 0x201D}}};
  for (const auto& entry : kNames) {
    if (entry.name == name) return entry.point;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> referenced_character(std::string_view reference) {
  if (!reference.starts_with('#')) return named_character(reference);
  reference.remove_prefix(1);
  const bool is_hex = reference.starts_with('x') || reference.starts_with('X');
  if (is_hex) reference.remove_prefix(1);
  std::uint32_t point = 0;
  const auto [end, error] =
      std::from_chars(reference.data(), reference.data() + reference.size(), point, is_hex ? 16 : 10);
  if (error != std::errc() || end != reference.data() + reference.size()) return std::nullopt;
  if (point < 0x20) return ' ';
  if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return 0xFFFD;
  return point;
}

// Appends the text with runs of white space as one space, none at the start.
class Collapsed {
 public:
  void add(char c) {
    if (is_space(c)) {
      space_();
    } else {
      out_ += c;
    }
  }
  void add_point(std::uint32_t point) {
    if (point < 0x80) {
      add(static_cast<char>(point));
    } else {
      append_utf8(out_, point);
    }
  }
  void space() { space_(); }
  std::string take() {
    if (out_.ends_with(' ')) out_.pop_back();
    return std::move(out_);
  }

 private:
  void space_() {
    if (!out_.empty() && out_.back() != ' ') out_ += ' ';
  }
  std::string out_;
};

constexpr std::size_t kMaxReference = 12;  // "&#x10FFFF;" and every name above

// Length of the character reference at the front of the text, or 0.
std::size_t reference_length(std::string_view text) {
  const std::size_t end = text.substr(0, kMaxReference).find(';');
  return end == std::string_view::npos ? 0 : end + 1;
}

// A tag begins with a letter, "/" or "!": "a < b" is text.
bool begins_tag(std::string_view text) {
  if (text.size() < 2 || text[0] != '<') return false;
  const char c = text[1];
  return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string shortened(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

std::string plain_text_of_html(std::string_view html) {
  Collapsed out;
  // Once no ">" follows, none ever will: looking again from every "<" would be quadratic.
  bool has_tag_ends = true;
  for (std::size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at);
    if (has_tag_ends && begins_tag(rest)) {
      const std::size_t end = rest.find('>');
      has_tag_ends = end != std::string_view::npos;
      if (has_tag_ends) {
        out.space();
        at += end + 1;
        continue;
      }
    }
    const std::size_t length = rest.front() == '&' ? reference_length(rest) : 0;
    const auto point = length > 0 ? referenced_character(rest.substr(1, length - 2)) : std::nullopt;
    if (point) {
      out.add_point(*point);
      at += length;
    } else {
      out.add(rest.front());
      ++at;
    }
  }
  return out.take();
}

bool is_web_address(std::string_view text) {
  if (!starts_with_ignoring_case(text, "https://") && !starts_with_ignoring_case(text, "http://")) return false;
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; });
}

std::string first_web_address(std::string_view text) {
  const std::size_t begin = std::min(text.find("https://"), text.find("http://"));
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find_first_of(" \t\r\n\"<>;", begin);
  return std::string(text.substr(begin, end - begin));
}

void DistinctTexts::add(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || seen_.contains(std::string(text))) return;
  if (texts_.size() >= max_count_ || bytes_ + text.size() > max_bytes_) {
    is_cut_ = true;
    return;
  }
  bytes_ += text.size();
  seen_.emplace(text);
  texts_.emplace_back(text);
}

std::string DistinctTexts::joined(std::string_view separator) const {
  std::string out;
  for (const auto& text : texts_) {
    if (!out.empty()) out += separator;
    out += text;
  }
  return out;
}

}  // namespace hinomi

// HTML written by type: names are literals of ours, values are text and always escaped. There is no way to put markup
// in from a string that was not written here. No inline style or script exists (the content-security policy refuses
// both).
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace hinomi::api {

// A tag, attribute or class name: only a literal of the program converts.
class Literal {
 public:
  consteval Literal(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

struct Attribute {
  Literal name;
  std::string value;
  bool present = true;  // false leaves the attribute out: {"checked", "", is_chosen}
};
using Attributes = std::initializer_list<Attribute>;

class Html {
 public:
  Html& open(Literal tag, Attributes attributes = {});
  Html& close(Literal tag);
  Html& text(std::string_view text);
  // <tag …>text</tag>
  Html& element(Literal tag, Attributes attributes, std::string_view text);
  Html& element(Literal tag, std::string_view text) { return element(tag, {}, text); }
  // Elements without content: input, meta, link.
  Html& lone(Literal tag, Attributes attributes);
  Html& doctype();
  // Another fragment, which is already HTML.
  Html& append(const Html& fragment);
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void start(Literal tag, Attributes attributes);
  std::string out_;
};

}  // namespace hinomi::api

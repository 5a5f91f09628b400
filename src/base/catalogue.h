// The texts people read, in Japanese and English, from one pair of files shared with the portal.
// Immutable after creation; safe on any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hinomi {

enum class Language { Japanese, English };

// "ja", "en", "ja-JP", "en_US.UTF-8" …; anything else is Japanese, the language of the house.
Language parse_language(std::string_view tag);
std::string_view language_tag(Language language);  // "ja" or "en"

class Catalogue {
 public:
  using Values = std::map<std::string, std::string, std::less<>>;
  // Flat JSON objects key → text, any number for each language. A key may stand once, and in both languages.
  static Result<Catalogue> create(std::span<const std::string_view> japanese_json,
                                  std::span<const std::string_view> english_json);

  // The text with {name} replaced from `values`; the key itself when there is no such text.
  [[nodiscard]] std::string text(Language language, std::string_view key, const Values& values = {}) const;
  [[nodiscard]] bool has(std::string_view key) const;

 private:
  std::map<std::string, std::string, std::less<>> japanese_;
  std::map<std::string, std::string, std::less<>> english_;
};

}  // namespace hinomi

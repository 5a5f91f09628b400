#include "base/catalogue.h"

#include "base/json.h"
#include "base/text.h"

namespace hinomi {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

Status add_texts(std::string_view json, Texts& texts) {
  TRY(const auto document, parse_json(json));
  for (const JsonView member : document->root()) {
    const auto text = member.string();
    if (!text) return invalid("catalogue.type", "Every text of the catalogue is a string.", std::string(member.key()));
    if (!texts.emplace(member.key(), *text).second) {
      return invalid("catalogue.twice", "A text stands twice in the catalogue.", std::string(member.key()));
    }
  }
  return {};
}

}  // namespace

Language parse_language(std::string_view tag) {
  return starts_with_ignoring_case(tag, "en") ? Language::English : Language::Japanese;
}

std::string_view language_tag(Language language) { return language == Language::English ? "en" : "ja"; }

Result<Catalogue> Catalogue::create(std::span<const std::string_view> japanese_json,
                                    std::span<const std::string_view> english_json) {
  Catalogue catalogue;
  for (const auto json : japanese_json) TRY_OK(add_texts(json, catalogue.japanese_));
  for (const auto json : english_json) TRY_OK(add_texts(json, catalogue.english_));
  for (const auto& [key, text] : catalogue.japanese_) {
    if (!catalogue.english_.contains(key)) return invalid("catalogue.missing", "A text has no English form.", key);
  }
  if (catalogue.japanese_.size() != catalogue.english_.size()) {
    return invalid("catalogue.missing", "The English catalogue has texts that the Japanese one lacks.");
  }
  return catalogue;
}

std::string Catalogue::text(Language language, std::string_view key, const Values& values) const {
  const auto& texts = language == Language::English ? english_ : japanese_;
  const auto found = texts.find(key);
  if (found == texts.end()) return std::string(key);
  std::string out;
  std::string_view rest = found->second;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const auto close = rest.find('}', open);
    if (close == std::string_view::npos) break;
    out += rest.substr(0, open);
    const auto value = values.find(rest.substr(open + 1, close - open - 1));
    if (value != values.end()) out += value->second;
    rest.remove_prefix(close + 1);
  }
  return out.append(rest);
}

bool Catalogue::has(std::string_view key) const { return japanese_.contains(key); }

}  // namespace hinomi

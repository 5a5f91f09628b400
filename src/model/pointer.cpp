#include "model/pointer.h"

#include <algorithm>

#include "base/text.h"
#include "model/classified.h"
#include "model/json_fields.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<SecrecySystem, 4> kSystems{
    "pointer.system", {"important_economic_security", "specially_designated", "special_defence", "foreign"}};
constexpr Words<SecrecyLevel, 4> kLevels{"pointer.level", {"unstated", "confidential", "secret", "top_secret"}};

constexpr std::size_t kMostBytes = 300;

struct Line {
  std::string_view text;
  std::string_view where;
};

// Bytes below a space, and DEL; the C1 controls and the line and paragraph separators in UTF-8.
bool is_one_line(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return false;
    const bool is_c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    const std::string_view three = text.substr(i, 3);
    if (is_c1 || three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9") return false;
  }
  return true;
}

Status check_line(const Line& line) {
  if (trimmed(line.text).empty() || line.text.size() > kMostBytes || !is_one_line(line.text)) {
    return invalid("pointer.text", "Write one line of 1 to " + std::to_string(kMostBytes) + " bytes.",
                   std::string(line.where));
  }
  return refuse_classified(line.text, line.where);
}

}  // namespace

std::string_view secrecy_system_text(SecrecySystem system) { return kSystems.text(system); }
Result<SecrecySystem> parse_secrecy_system(std::string_view text) { return kSystems.parse(text); }
std::vector<std::string_view> secrecy_systems() { return {kSystems.words.begin(), kSystems.words.end()}; }

std::string_view secrecy_level_text(SecrecyLevel level) { return kLevels.text(level); }
Result<SecrecyLevel> parse_secrecy_level(std::string_view text) { return kLevels.parse(text); }
std::vector<std::string_view> secrecy_levels() { return {kLevels.words.begin(), kLevels.words.end()}; }

bool is_over(const Pointer& pointer, Instant now) {
  return pointer.ended_at.has_value() || (pointer.expires && tokyo_day(now) > *pointer.expires);
}

Status check_pointer(const Pointer& pointer) {
  TRY_OK(check_line({pointer.holder, "/holder"}));
  TRY_OK(check_line({pointer.reference, "/reference"}));
  TRY_OK(check_line({pointer.contact, "/contact"}));
  if (pointer.expires && *pointer.expires < pointer.dated)
    return invalid("pointer.expires", "The last day is not before the date of the content.", "/expires");
  return {};
}

std::string pointer_text(const Pointer& pointer) {
  JsonWriter out;
  out.begin_object().member("holder", pointer.holder).member("system", secrecy_system_text(pointer.system));
  out.member("level", secrecy_level_text(pointer.level)).member("reference", pointer.reference);
  out.member("contact", pointer.contact).member("dated", day_text(pointer.dated));
  if (pointer.expires) out.member("expires", day_text(*pointer.expires));
  return out.end_object().take();
}

Status read_pointer_text(std::string_view json, Pointer& pointer) {
  TRY(const auto document, parse_json(json));
  TRY(const auto fields, JsonFields::open(document->root(), "",
                                          {"holder", "system", "level", "reference", "contact", "dated", "expires"}));
  TRY(pointer.holder, fields.text("holder"));
  TRY(const std::string system, fields.text("system"));
  TRY(pointer.system, parse_secrecy_system(system));
  TRY(const std::string level, fields.text("level"));
  TRY(pointer.level, parse_secrecy_level(level));
  TRY(pointer.reference, fields.text("reference"));
  TRY(pointer.contact, fields.text("contact"));
  TRY(const std::string dated, fields.text("dated"));
  TRY(pointer.dated, parse_day(dated));
  TRY(const std::string expires, fields.text_or_empty("expires"));
  if (!expires.empty()) {
    TRY(pointer.expires, parse_day(expires));
  }
  return {};
}

}  // namespace hinomi

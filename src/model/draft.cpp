#include "model/draft.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::size_t kTitleCharacters = 60;

// Cut between code points; a title of many combining marks is only shorter.
std::string first_characters(std::string_view text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && characters++ == most) return std::string(text.substr(0, at)) + "…";
  }
  return std::string(text);
}

}  // namespace

Status check_typed_fields(const TypedFields& fields) {
  std::size_t bytes = 0;
  for (const auto& [name, text] : fields) {
    if (std::ranges::find(kReportFields, name) == kReportFields.end())
      return invalid("draft.field", "The first report has no question of this name.", "/fields/" + name);
    if (!is_utf8(text)) return invalid("draft.field", "This text is not UTF-8.", "/fields/" + name);
    bytes += text.size();
  }
  if (bytes > kDraftBytes) return too_large("draft.too_large", "A draft holds at most 256 KiB of text.");
  return {};
}

Result<TypedFields> parse_typed_fields(JsonView view) {
  if (!view.is_object()) return invalid("draft.field", "The fields are one object of texts.", "/fields");
  TypedFields fields;
  for (const JsonView member : view) {
    const auto text = member.string();
    if (!text) return invalid("draft.field", "Every answer is a text.", "/fields/" + std::string(member.key()));
    fields.emplace(member.key(), *text);
  }
  TRY_OK(check_typed_fields(fields));
  return fields;
}

std::string typed_fields_text(const TypedFields& fields) {
  JsonWriter out;
  out.begin_object();
  for (const auto& [name, text] : fields) out.member(name, text);
  return out.end_object().take();
}

std::string draft_title(const TypedFields& fields) {
  const auto summary = fields.find("summary");
  if (summary == fields.end()) return "";
  const std::string_view text = trimmed(summary->second);
  return first_characters(trimmed(text.substr(0, text.find('\n'))), kTitleCharacters);
}

}  // namespace hinomi

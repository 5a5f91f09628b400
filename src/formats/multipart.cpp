#include "formats/multipart.h"

#include <algorithm>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::size_t kLongestHead = 4'096;  // of one part
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046 §5.1.1

Error malformed(std::string reason) { return invalid("form.multipart", std::move(reason), "body"); }

// One parameter of a header such as `form-data; name="note"; filename="a;b.xlsx"`, quoted or not. Browsers write a
// quote in a name as %22, so a quoted value ends at the next one.
std::optional<std::string_view> parameter(std::string_view header, std::string_view wanted) {
  while (true) {
    const auto separator = header.find(';');
    if (separator == std::string_view::npos) return std::nullopt;
    header = trimmed(header.substr(separator + 1));
    const auto equals = header.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string name = lower_ascii(trimmed(header.substr(0, equals)));
    header.remove_prefix(equals + 1);
    const bool quoted = header.starts_with('"');
    if (quoted) header.remove_prefix(1);
    const auto end = header.find(quoted ? '"' : ';');
    if (quoted && end == std::string_view::npos) return std::nullopt;
    const std::string_view value = header.substr(0, end);
    if (name == wanted) return value;
    header.remove_prefix(value.size() + (quoted ? 1 : 0));
  }
}

Result<std::string> boundary_of(std::string_view content_type) {
  const bool is_form = lower_ascii(trimmed(content_type.substr(0, content_type.find(';')))) == "multipart/form-data";
  const auto boundary = is_form ? parameter(content_type, "boundary") : std::nullopt;
  if (!boundary || boundary->empty() || boundary->size() > kLongestBoundary)
    return malformed("The media type is not multipart/form-data with a boundary of 1 to 70 characters.");
  return "--" + std::string(*boundary);
}

Result<std::string> name_of(std::string_view head) {
  for (const std::string_view line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || lower_ascii(trimmed(line.substr(0, colon))) != "content-disposition")
      continue;
    const auto name = parameter(line.substr(colon + 1), "name");
    if (name && !name->empty() && name->size() <= kLongestName) return std::string(*name);
  }
  return malformed("A part has no name.");
}

// What stands between two boundaries: CR LF, head, an empty line, content, CR LF.
Result<FormPart> part_of(std::string_view text) {
  if (!text.starts_with("\r\n") || !text.ends_with("\r\n")) return malformed("A boundary is not on a line of its own.");
  const auto end = text.substr(0, kLongestHead).find("\r\n\r\n");
  if (end == std::string_view::npos || end + 6 > text.size()) return malformed("A part has no end of its head.");
  TRY(std::string name, name_of(text.substr(2, end)));
  return FormPart{std::move(name), text.substr(end + 4, text.size() - end - 6)};
}

}  // namespace

Result<std::vector<FormPart>> read_form_parts(std::string_view content_type, std::string_view body) {
  TRY(const std::string boundary, boundary_of(content_type));
  auto begin = body.find(boundary);
  if (begin == std::string_view::npos) return malformed("The body does not have the boundary of its media type.");
  std::vector<FormPart> parts;
  for (;;) {
    begin += boundary.size();
    if (body.substr(begin).starts_with("--")) return parts;
    // A boundary counts at the beginning of a line only.
    const auto next = body.find("\r\n" + boundary, begin);
    if (next == std::string_view::npos) return malformed("The body ends without its closing boundary.");
    if (parts.size() == kMostFormParts) return malformed("A form has at most 16 parts.");
    TRY(FormPart part, part_of(body.substr(begin, next + 2 - begin)));
    parts.push_back(std::move(part));
    begin = next + 2;
  }
}

std::optional<std::string_view> part_named(const std::vector<FormPart>& parts, std::string_view name) {
  const auto found = std::ranges::find(parts, name, &FormPart::name);
  return found == parts.end() ? std::nullopt : std::optional(found->content);
}

}  // namespace hinomi

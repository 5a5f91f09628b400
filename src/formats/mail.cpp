#include "formats/mail.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/bytes.h"
#include "base/charset.h"
#include "base/text.h"
#include "formats/table.h"

namespace hinomi {
namespace {

constexpr std::size_t kLongestShown = 300;
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046 §5.1.1
constexpr std::size_t kMostParameters = 100;

Error damaged(std::string reason) { return invalid("mail.damaged", std::move(reason)); }
Error larger(std::string reason) { return too_large("mail.too_large", std::move(reason)); }

// The text up to the end of the line, which is taken off the front. Ends are CR LF, or LF where a program saved it so.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// --- words of heads

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// =41 (or, with `mark` %, %41) as the byte; nothing when two digits do not follow.
std::optional<std::string> unescaped(std::string_view text, char mark) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != mark) {
      bytes += text[i];
      continue;
    }
    if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0) return std::nullopt;
    bytes += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  return bytes;
}

std::optional<std::string> bytes_of_word(char encoding, std::string_view text) {
  if (encoding == 'B' || encoding == 'b') {
    const auto bytes = from_base64(text);
    return bytes.ok() ? std::optional(std::string(bytes->begin(), bytes->end())) : std::nullopt;
  }
  if (encoding != 'Q' && encoding != 'q') return std::nullopt;
  std::string spaced(text);
  std::ranges::replace(spaced, '_', ' ');
  return unescaped(spaced, '=');
}

struct EncodedWord {
  std::string text;
  std::size_t length = 0;  // of its written form
};

// The encoded word that the text begins with, if it is one that can be read.
std::optional<EncodedWord> word_at(std::string_view text) {
  constexpr std::size_t kLongestWord = 2'000;  // RFC 2047 §2 allows 75; programs write more
  text = text.substr(0, kLongestWord);
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
    return std::nullopt;
  const std::size_t end = text.find("?=", charset_end + 3);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view charset = text.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 §5: a language behind it
  const auto bytes = bytes_of_word(text[charset_end + 1], text.substr(charset_end + 3, end - charset_end - 3));
  if (!bytes) return std::nullopt;
  auto decoded = utf8_from_charset(charset, *bytes);
  if (!decoded) return std::nullopt;
  return EncodedWord{std::move(*decoded), end + 2};
}

// For showing: one line, no control characters, cut between characters.
std::string shown(std::string_view raw) {
  std::string text = decoded_words(raw);
  if (!is_utf8(text)) text = nfkc(text);
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  text = trimmed(text);
  if (text.size() <= kLongestShown) return text;
  std::size_t end = kLongestShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

// --- heads of parts

using Head = std::map<std::string, std::string, std::less<>>;  // by name in lower case; the first of each

std::string_view value_of(const Head& head, std::string_view name) {
  const auto found = head.find(name);
  return found == head.end() ? std::string_view() : std::string_view(found->second);
}

bool is_field_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7F && c != ':'; });
}

// Takes the head and its empty line off the front.
Result<Head> take_head(std::string_view& text, const MailLimits& limits) {
  Head head;
  std::string* last = nullptr;
  std::string ignored;
  const std::size_t size = text.size();
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (size - text.size() > limits.max_head_bytes) return larger("A head of the mail is too long.");
    if (line.empty()) return head;
    if ((line.front() == ' ' || line.front() == '\t') && last != nullptr) {
      last->append(line);  // RFC 5322 §2.2.3: unfolding removes the end of the line and nothing else
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = trimmed(line.substr(0, colon));
    if (colon == std::string_view::npos || !is_field_name(name))
      return invalid("mail.format", "This is no mail: a line of its head is none.");
    const auto added = head.emplace(lower_ascii(name), trimmed(line.substr(colon + 1)));
    last = added.second ? &added.first->second : &ignored;
  }
  return head;
}

// The parameters behind `text/plain; a=b; c*0="d"`, by name in lower case. Without comments (RFC 822), which no mail
// program writes there.
std::map<std::string, std::string, std::less<>> parameters_of(std::string_view field) {
  std::map<std::string, std::string, std::less<>> found;
  std::size_t at = std::min(field.find(';'), field.size());
  while (at < field.size() && found.size() < kMostParameters) {
    field.remove_prefix(at + 1);
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) break;
    const std::string name = lower_ascii(trimmed(field.substr(0, equals)));
    field.remove_prefix(equals + 1);
    while (!field.empty() && (field.front() == ' ' || field.front() == '\t')) field.remove_prefix(1);
    std::string value;
    std::size_t i = 0;
    if (field.starts_with('"')) {
      for (i = 1; i < field.size() && field[i] != '"'; ++i) {
        if (field[i] == '\\' && i + 1 < field.size()) ++i;
        value += field[i];
      }
    } else {
      i = std::min(field.find(';'), field.size());
      value = trimmed(field.substr(0, i));
    }
    found.emplace(name, std::move(value));
    at = std::min(field.find(';', std::min(i, field.size())), field.size());
  }
  return found;
}

// charset'language'percent-escaped (RFC 2231 §4).
std::string with_charset(std::string_view value) {
  const std::size_t charset_end = value.find('\'');
  const std::size_t language_end =
      charset_end == std::string_view::npos ? charset_end : value.find('\'', charset_end + 1);
  if (language_end == std::string_view::npos) return std::string(value);
  const auto bytes = unescaped(value.substr(language_end + 1), '%');
  const auto text = bytes ? utf8_from_charset(value.substr(0, charset_end), *bytes) : std::nullopt;
  return text ? *text : std::string(value);
}

// One parameter, whole, in pieces (name*0, name*1*) or with a charset (name*); an encoded word in quotes is against
// RFC 2047 §5 and what half of the world sends.
std::string parameter_text(std::string_view field, std::string_view name) {
  const auto all = parameters_of(field);
  const auto at = [&](const std::string& key) {
    const auto found = all.find(key);
    return found == all.end() ? std::optional<std::string>() : std::optional(found->second);
  };
  const std::string wanted(name);
  if (const auto whole = at(wanted + "*")) return with_charset(*whole);
  if (!at(wanted + "*0") && !at(wanted + "*0*")) return decoded_words(at(wanted).value_or(""));
  std::string pieces;
  bool escaped = false;
  for (std::size_t i = 0; i < kMostParameters; ++i) {
    const std::string key = wanted + "*" + std::to_string(i);
    const auto plain = at(key);
    const auto marked = at(key + "*");
    if (!plain && !marked) break;
    escaped = escaped || (i == 0 && marked.has_value());
    pieces += marked.value_or(plain.value_or(""));
  }
  return escaped ? with_charset(pieces) : pieces;
}

std::string media_type_of(const Head& head) {
  const std::string_view field = value_of(head, "content-type");
  return lower_ascii(trimmed(field.substr(0, field.find(';'))));
}

// --- contents

Result<std::string> from_quoted_printable(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const bool has_end = text.find('\n') != std::string_view::npos;
    std::string_view line = take_line(text);
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    const bool goes_on = line.ends_with('=');
    if (goes_on) line.remove_suffix(1);
    const auto decoded = unescaped(line, '=');
    if (!decoded) return damaged("A part is not quoted-printable, as it says.");
    bytes += *decoded;
    if (!goes_on && has_end) bytes += "\r\n";
  }
  return bytes;
}

Result<std::string> decoded_content(const Head& head, std::string_view content) {
  const std::string encoding = lower_ascii(trimmed(value_of(head, "content-transfer-encoding")));
  if (encoding == "base64") {
    std::string compact(content);
    std::erase_if(compact, [](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t'; });
    const auto bytes = from_base64(compact);
    if (!bytes.ok()) return damaged("A part is not base64, as it says.");
    return std::string(bytes->begin(), bytes->end());
  }
  if (encoding == "quoted-printable") return from_quoted_printable(content);
  if (encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary") return std::string(content);
  return damaged("A part is in an encoding that mail does not have.");
}

class MailReader {
 public:
  explicit MailReader(const MailLimits& limits) : limits_(limits) {}

  Result<Mail> read(std::string_view text) {
    TRY(const Head head, take_head(text, limits_));
    if (!head.contains("from") && !head.contains("date") && !head.contains("received"))
      return invalid("mail.format", "This is no mail: it has no sender and no date.");
    mail_.head = {shown(value_of(head, "from")), shown(value_of(head, "date")), shown(value_of(head, "subject"))};
    TRY_OK(read_part(head, text, 0));
    return std::move(mail_);
  }

 private:
  Status read_part(const Head& head, std::string_view content, std::size_t depth) {
    if (++parts_ > limits_.max_parts || depth > limits_.max_depth) return larger("The mail has too many parts.");
    const std::string type = media_type_of(head);
    if (type.starts_with("multipart/")) return read_parts(head, content, depth);
    if (type == "message/rfc822") {
      TRY(const Head inner, take_head(content, limits_));
      return read_part(inner, content, depth + 1);
    }
    return read_leaf(head, content, type);
  }

  Status read_parts(const Head& head, std::string_view content, std::size_t depth) {
    const std::string boundary = parameter_text(value_of(head, "content-type"), "boundary");
    if (boundary.empty() || boundary.size() > kLongestBoundary)
      return damaged("A part has parts, but no boundary of 1 to 70 characters.");
    const std::string edge = "--" + boundary;
    const char* begin = nullptr;  // of the part that is being read
    while (!content.empty()) {
      const char* const at = content.data();
      std::string_view line = take_line(content);
      while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
      const bool is_last = line.size() == edge.size() + 2 && line.starts_with(edge) && line.ends_with("--");
      if (line != edge && !is_last) continue;
      if (begin != nullptr) TRY_OK(read_one(std::string_view(begin, static_cast<std::size_t>(at - begin)), depth + 1));
      if (is_last) return {};
      begin = content.data();
    }
    return damaged("A part that has parts does not end, so something of the mail is missing.");
  }

  Status read_one(std::string_view text, std::size_t depth) {
    TRY(const Head head, take_head(text, limits_));
    return read_part(head, text, depth);
  }

  Status read_leaf(const Head& head, std::string_view content, const std::string& type) {
    std::string name = parameter_text(value_of(head, "content-disposition"), "filename");
    if (name.empty()) name = parameter_text(value_of(head, "content-type"), "name");
    name = shown(name);
    if (type != kWorkbookMediaType && !lower_ascii(name).ends_with(".xlsx")) return {};
    TRY(std::string bytes, decoded_content(head, content));
    if (bytes.size() > limits_.max_file_bytes) return larger("A workbook has at most 8 megabytes.");
    mail_.workbooks.push_back({std::move(name), std::move(bytes)});
    return {};
  }

  const MailLimits& limits_;
  Mail mail_;
  std::size_t parts_ = 0;
};

}  // namespace

std::string decoded_words(std::string_view text) {
  std::string decoded;
  bool behind_word = false;
  while (!text.empty()) {
    // White space between two encoded words is how a long one was cut, and no part of the text (RFC 2047 §6.2).
    const std::size_t blank = std::min(text.find_first_not_of(" \t"), text.size());
    if (const auto word = word_at(text.substr(blank))) {
      if (!behind_word) decoded += text.substr(0, blank);
      decoded += word->text;
      text.remove_prefix(blank + word->length);
      behind_word = true;
      continue;
    }
    behind_word = false;
    const std::size_t next = std::max<std::size_t>(std::min(text.find_first_of(" \t=", blank + 1), text.size()), 1);
    decoded += text.substr(0, next);
    text.remove_prefix(next);
  }
  return decoded;
}

Result<Mail> read_mail(std::string_view bytes, const MailLimits& limits) {
  if (bytes.size() > limits.max_bytes) return larger("A mail has at most 12 megabytes.");
  return MailReader(limits).read(bytes);
}

}  // namespace hinomi

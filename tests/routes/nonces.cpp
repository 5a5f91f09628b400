#include "routes/nonces.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/id.h"
#include "base/time.h"

namespace hinomi::tests::routes {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=";

bool consists_of(std::string_view text, std::string_view alphabet) {
  return !text.empty() && text.find_first_not_of(alphabet) == std::string_view::npos;
}

bool is_random_uuid(std::string_view text) {
  if (!parse_uuid(text).ok() || std::ranges::any_of(text, [](unsigned char c) { return std::isupper(c) != 0; }))
    return false;
  return text[14] == '4' && (text[19] == '8' || text[19] == '9' || text[19] == 'a' || text[19] == 'b');
}

bool is_number(std::string_view text) {
  return text.size() >= 12 && text.starts_with('N') && text[2] == '-' && text[7] == '-' &&
         consists_of(text.substr(8), "23456789BCDFGHJKMNPQRSTVWXYZ");
}

bool in_batches(std::string_view digits) {
  unsigned rest = 0;
  for (const char digit : digits) rest = (rest * 10 + static_cast<unsigned>(digit - '0')) % 16;
  return rest == 0;
}

bool is_cookie(std::string_view text) {
  const auto equals = text.find('=');
  const auto end = text.find(';');
  return equals != std::string_view::npos && end != std::string_view::npos && equals < end &&
         consists_of(text.substr(equals + 1, end - equals - 1), kBase64) && end - equals > 20;
}

bool is_location(std::string_view text) {
  return text.size() > 36 && text.starts_with('/') && is_random_uuid(text.substr(text.size() - 36));
}

bool has_shape(std::string_view text, Shape shape) {
  switch (shape) {
    case Shape::Hex16: return text.size() == 16 && consists_of(text, kHex);
    case Shape::Uuid: return is_random_uuid(text);
    case Shape::Number: return is_number(text);
    case Shape::Base64: return consists_of(text, kBase64);
    case Shape::Cookie: return is_cookie(text);
    case Shape::Location: return is_location(text);
    case Shape::Time: return parse_rfc3339(text).ok();
    case Shape::Integer: return consists_of(text, "0123456789");
    case Shape::Batches: return consists_of(text, "0123456789") && in_batches(text);
    case Shape::Sealed: return text.size() >= 40 && consists_of(text, kBase64);
    case Shape::Anything: return true;
  }
  return false;
}

std::string placeholder_of(std::string_view value, Shape shape) {
  constexpr std::array<std::string_view, 11> kNames{"hex16", "uuid",    "number",  "base64", "cookie",  "location",
                                                    "time",  "integer", "batches", "sealed", "anything"};
  const std::string name(kNames.at(static_cast<std::size_t>(shape)));
  return "<" + name + (shape == Shape::Sealed ? ":" + std::to_string(value.size()) : "") + ">";
}

// Replaces what stands between `before` and `end`, wherever it does.
void replace_between(std::string& text, const std::string& before, char end, Shape shape) {
  for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
    const auto from = at + before.size();
    const auto to = text.find(end, from);
    if (to == std::string::npos) return;
    const std::string value = text.substr(from, to - from);
    if (has_shape(value, shape)) text.replace(from, to - from, placeholder_of(value, shape));
  }
}

bool is_wanted(const Nonce& nonce, Without without) {
  return nonce.cause == Cause::Committed || without == Without::CommittedAndDrawn;
}

std::string header_value(const Header& header, const Row* row, Without without) {
  const auto replaced = [&](const Nonce& nonce) -> bool {
    return nonce.place == Nonce::Place::Header && nonce.name == header.name && is_wanted(nonce, without) &&
           has_shape(header.value, nonce.shape);
  };
  const Nonce request_id = InHeader("X-Request-Id", Shape::Hex16);
  if (replaced(request_id)) return placeholder_of(header.value, request_id.shape);
  if (row == nullptr) return header.value;
  const auto found = std::ranges::find_if(row->ask.nonces, replaced);
  return found == row->ask.nonces.end() ? header.value : placeholder_of(header.value, found->shape);
}

}  // namespace

std::string comparable(const HttpResponse& response, const Row* row, Without without) {
  std::string text = std::to_string(response.status) + "\n";
  for (const Header& header : response.headers) text += header.name + ": " + header_value(header, row, without) + "\n";
  std::string body = response.shared_body ? *response.shared_body : response.body;
  if (row != nullptr) {
    for (const Nonce& nonce : row->ask.nonces) {
      if (!is_wanted(nonce, without)) continue;
      const std::string name(nonce.name);
      if (nonce.place == Nonce::Place::Member) {
        replace_between(body, "\"" + name + "\":\"", '"', nonce.shape);
        if (nonce.shape == Shape::Integer || nonce.shape == Shape::Batches)
          replace_between(body, "\"" + name + "\":", ',', nonce.shape);
        if (nonce.shape == Shape::Anything) replace_between(body, "\"" + name + "\":[", ']', nonce.shape);
      }
      if (nonce.place != Nonce::Place::Attribute) continue;
      replace_between(body, "name=\"" + name + "\" value=\"", '"', nonce.shape);
      // The same in links of the page, and for its script.
      for (const std::string& before : {"data-" + name + "=\"", "?" + name + "=", "%3F" + name + "%3D"})
        replace_between(body, before, '"', nonce.shape);
    }
  }
  return text + "\n" + body;
}

}  // namespace hinomi::tests::routes

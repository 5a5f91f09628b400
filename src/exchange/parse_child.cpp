#include "exchange/parse_child.h"

#include <unistd.h>

#include <cerrno>
#include <new>

#include "exchange/child_process.h"
#include "exchange/confinement.h"
#include "formats/source_reader.h"

namespace hinomi::exchange {
namespace {

constexpr std::string_view kMagic = "HNI1";
constexpr char kAnyFormat = '\xFF';

struct Request {
  std::optional<SourceFormat> format;
  std::string source;
  std::string name;
  std::string bytes;
};

// False at the end of the input, also in the middle: the parent has gone then, and there is nobody to tell.
bool read_all(std::string& into) {
  for (std::size_t have = 0; have < into.size();) {
    const ssize_t got = read(0, into.data() + have, into.size() - have);
    if (got <= 0 && !(got < 0 && errno == EINTR)) return false;
    have += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  return true;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(1, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
  return true;
}

bool read_text(std::string& into) {
  std::string length(kLengthBytes, '\0');
  if (!read_all(length)) return false;
  into.resize(length_of(length));
  return read_all(into);
}

std::optional<Request> next_request() {
  std::string head(kMagic.size() + 1, '\0');
  Request request;
  if (!read_all(head) || !head.starts_with(kMagic)) return std::nullopt;
  if (head.back() != kAnyFormat) request.format = static_cast<SourceFormat>(head.back());
  if (!read_text(request.source) || !read_text(request.name) || !read_text(request.bytes)) return std::nullopt;
  return request;
}

std::string answer_to(const Request& request) {
  const SourceFile file{request.source, request.name, request.bytes};
  return write_outcome(request.format ? read_source(*request.format, file) : read_source(file));
}

}  // namespace

std::string length_text(std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < kLengthBytes; ++i) text += static_cast<char>((length >> (8 * i)) & 0xFF);
  return text;
}

std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::size_t{static_cast<std::uint8_t>(text[i])} << (8 * i);
  return length;
}

std::string request_head(const SourceFile& file, std::optional<SourceFormat> format) {
  std::string head(kMagic);
  head += format ? static_cast<char>(*format) : kAnyFormat;
  for (const std::string* text : {&file.source, &file.name}) head += length_text(text->size()) + *text;
  return head + length_text(file.bytes.size());
}

int run_parse_child() {
  if (!confine_this_process().ok()) return kChildUnconfined;
  try {
    while (const auto request = next_request()) {
      const std::string answer = answer_to(*request);
      if (!write_all(length_text(answer.size())) || !write_all(answer)) return kChildFailed;
    }
    return 0;
  } catch (const std::bad_alloc&) {
    return kChildOutOfMemory;
  }
}

}  // namespace hinomi::exchange

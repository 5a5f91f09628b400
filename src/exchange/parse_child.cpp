#include "exchange/parse_child.h"

#include <new>

#include "exchange/child_pipe.h"
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

std::optional<Request> next_request() {
  std::string head(kMagic.size() + 1, '\0');
  Request request;
  if (!receive_all(head) || !head.starts_with(kMagic)) return std::nullopt;
  if (head.back() != kAnyFormat) request.format = static_cast<SourceFormat>(head.back());
  if (!receive_text(request.source) || !receive_text(request.name) || !receive_text(request.bytes)) return std::nullopt;
  return request;
}

std::string answer_to(const Request& request) {
  const SourceFile file{request.source, request.name, request.bytes};
  return write_outcome(request.format ? read_source(*request.format, file) : read_source(file));
}

}  // namespace

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
      if (!send_all(length_text(answer.size())) || !send_all(answer)) return kChildFailed;
    }
    return 0;
  } catch (const std::bad_alloc&) {
    return kChildOutOfMemory;
  }
}

}  // namespace hinomi::exchange

// net/request_parser: however the bytes arrive, the same requests come out, and what comes out keeps its promises.
// The first byte chooses the size of the pieces; the rest is what a client sends on one connection.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "net/request_parser.h"

namespace {

using hinomi::HttpRequest;
using hinomi::RequestParser;
using Step = hinomi::RequestParser::Step;

constexpr RequestParser::Limits kLimits{512, 2048, 20};
constexpr std::uint64_t kMaxBody = 1024;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Conversation {
  std::vector<HttpRequest> requests;
  bool refused = false;      // else the bytes ran out
  std::size_t consumed = 0;  // by complete requests
};

Step feed_head(RequestParser& parser, std::string_view bytes, std::size_t piece, std::size_t& used) {
  for (std::size_t seen = std::min(piece, bytes.size());; seen = std::min(seen + piece, bytes.size())) {
    const auto progress = parser.read_head(bytes.substr(0, seen));
    require(progress.used <= seen);
    used = progress.used;
    if (progress.step != Step::NeedMore || seen == bytes.size()) return progress.step;
  }
}

Step feed_body(RequestParser& parser, std::string_view bytes, std::size_t piece, std::size_t& used) {
  if (!parser.limit_body(kMaxBody)) return Step::Refused;
  for (;;) {
    const auto progress = parser.read_body(bytes.substr(used, piece));
    require(progress.used <= piece && parser.body_bytes_held() <= kMaxBody);
    used += progress.used;
    if (progress.step != Step::NeedMore || used == bytes.size()) return progress.step;
    require(progress.used > 0);
  }
}

void check_path(std::string_view path) {
  if (path == "*") return;
  require(path.starts_with('/') && hinomi::is_utf8(path) && path.find('\\') == path.npos &&
          path.find('\0') == path.npos);
  require(path.find("//") == path.npos);
  for (const std::string_view segment : hinomi::split(path, '/')) require(segment != "." && segment != "..");
}

void check(const HttpRequest& request) {
  check_path(request.path);
  require(hinomi::is_token(request.method_text) && request.target.size() <= kLimits.target_bytes);
  require(request.headers.find_all("Host").size() <= 1 && request.headers.size() <= kLimits.header_count + 1);
  require(!request.headers.has("Content-Length") || !request.headers.has("Transfer-Encoding"));
  for (const hinomi::Header& header : request.headers) {
    require(hinomi::is_token(header.name) && hinomi::is_field_value(header.value));
  }
}

Conversation converse(std::string_view bytes, std::size_t piece) {
  Conversation conversation;
  RequestParser parser(kLimits);
  for (;;) {
    const std::string_view rest = bytes.substr(conversation.consumed);
    std::size_t used = 0;
    Step step = feed_head(parser, rest, piece, used);
    if (step == Step::Done) step = feed_body(parser, rest, piece, used);
    conversation.refused = step == Step::Refused;
    if (step != Step::Done) return conversation;
    conversation.requests.push_back(parser.take());
    check(conversation.requests.back());
    conversation.consumed += used;
  }
}

void require_same(const Conversation& whole, const Conversation& pieces) {
  // The reason may differ when there are several: a limit is noticed in the middle of a line that ends badly.
  require(whole.refused == pieces.refused && whole.consumed == pieces.consumed);
  require(whole.requests.size() == pieces.requests.size());
  for (std::size_t i = 0; i < whole.requests.size(); ++i) {
    require(whole.requests[i].target == pieces.requests[i].target && whole.requests[i].body == pieces.requests[i].body);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 2 || size > 16384) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  require_same(converse(text, text.size()), converse(text, 1U + bytes[0] % 64U));
  return 0;
}

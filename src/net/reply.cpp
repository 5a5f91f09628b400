#include "net/reply.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace hinomi {
namespace {

constexpr std::array<std::string_view, 4> kOwnFields{"content-length", "transfer-encoding", "connection", "keep-alive"};

bool is_own_field(std::string_view name) {
  if (name.size() < 10 || name.size() > 17) return false;
  const std::string lower = lower_ascii(name);
  return std::find(kOwnFields.begin(), kOwnFields.end(), lower) != kOwnFields.end();
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

// RFC 9110 §6.4.1: these never have content, whatever the handler says.
bool has_no_content(int status) { return status / 100 == 1 || status == 204 || status == 304; }

Status append_fields(std::string& out, const Headers& headers) {
  for (const Header& header : headers) {
    if (!is_token(header.name) || !is_field_value(header.value)) {
      return internal("A response field cannot be sent: " + url_encoded(header.name));
    }
    if (!is_own_field(header.name)) append_field(out, header.name, header.value);
  }
  return {};
}

void append_stream_fields(std::string& out, const Headers& headers) {
  if (!headers.has("Content-Type")) append_field(out, "Content-Type", "text/event-stream");
  if (!headers.has("Cache-Control")) append_field(out, "Cache-Control", "no-store");
  // nginx would otherwise hold events back until its buffer is full.
  if (!headers.has("X-Accel-Buffering")) append_field(out, "X-Accel-Buffering", "no");
}

void append_connection(std::string& out, const ReplyFraming& framing, bool keep_alive) {
  if (!keep_alive) {
    out.append("Connection: close\r\n");
  } else if (framing.to_http_1_0) {
    out.append("Connection: keep-alive\r\n");
  }
}

}  // namespace

Result<Reply> make_reply(HttpResponse response, ReplyFraming framing) {
  if (response.status < 200 || response.status > 599) return internal("A response has an impossible status.");
  const bool streams = response.stream != nullptr;
  Reply reply;
  reply.keep_alive = framing.keep_alive && !response.close && !streams;
  reply.head.reserve(256);
  reply.head.append("HTTP/1.1 ");
  append_number(reply.head, static_cast<std::size_t>(response.status));
  reply.head.append(" ").append(status_phrase(response.status)).append("\r\n");
  TRY_OK(append_fields(reply.head, response.headers));
  if (streams) append_stream_fields(reply.head, response.headers);
  const std::size_t length = response.shared_body ? response.shared_body->size() : response.body.size();
  if (!streams && !has_no_content(response.status)) {
    reply.head.append("Content-Length: ");
    append_number(reply.head, length);
    reply.head.append("\r\n");
  }
  append_connection(reply.head, framing, reply.keep_alive);
  reply.head.append("\r\n");
  if (!framing.head_only && !streams && !has_no_content(response.status)) {
    reply.body = std::move(response.body);
    reply.shared_body = std::move(response.shared_body);
  }
  reply.stream = std::move(response.stream);
  reply.may_leave = std::move(response.may_leave);
  return reply;
}

void OutputQueue::add(std::string bytes) {
  if (!bytes.empty()) pieces_.push_back({std::move(bytes), nullptr});
}

void OutputQueue::add(std::shared_ptr<const std::string> bytes) {
  if (bytes && !bytes->empty()) pieces_.push_back({{}, std::move(bytes)});
}

void OutputQueue::clear() {
  pieces_.clear();
  first_ = offset_ = 0;
}

std::size_t OutputQueue::bytes() const {
  std::size_t total = 0;
  for (std::size_t i = first_; i < pieces_.size(); ++i) total += pieces_[i].view().size();
  return total - offset_;
}

OutputQueue::Views OutputQueue::views(std::size_t most) const {
  Views views;
  for (std::size_t i = first_; i < pieces_.size() && views.count < Transport::kMaxPieces && most > 0; ++i) {
    const std::string_view piece = pieces_[i].view().substr(i == first_ ? offset_ : 0, most);
    views.pieces.at(views.count++) = piece;
    most -= piece.size();
  }
  return views;
}

void OutputQueue::consume(std::size_t bytes) {
  offset_ += bytes;
  while (first_ < pieces_.size() && offset_ >= pieces_[first_].view().size()) {
    offset_ -= pieces_[first_].view().size();
    ++first_;
  }
  if (empty()) clear();
}

}  // namespace hinomi

// A response in the bytes that leave the server, and the queue it leaves through. Pure; one thread at a time.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"
#include "net/transport.h"

namespace hinomi {

struct ReplyFraming {
  bool head_only = false;    // answers HEAD
  bool keep_alive = true;    // the connection will take another request
  bool to_http_1_0 = false;  // such a client must be told that the connection stays
};

struct Reply {
  std::string head;
  std::string body;
  std::shared_ptr<const std::string> shared_body;
  std::shared_ptr<EventSource> stream;
  bool keep_alive = true;
  std::function<bool()> may_leave{};
};

// RFC 9112 framing around a response. Internal when a field could not be sent as it is (a line break would split the
// response): our bug, never something to repair. A stream always ends with its connection.
Result<Reply> make_reply(HttpResponse response, ReplyFraming framing);

// Bytes on their way out, in order.
class OutputQueue {
 public:
  void add(std::string bytes);
  void add(std::shared_ptr<const std::string> bytes);
  void clear();

  [[nodiscard]] bool empty() const { return first_ == pieces_.size(); }
  [[nodiscard]] std::size_t bytes() const;
  // The next pieces to write, none empty, together no more than `most`; valid until the queue changes.
  struct Views {
    std::array<std::string_view, Transport::kMaxPieces> pieces;
    std::size_t count = 0;
  };
  [[nodiscard]] Views views(std::size_t most) const;
  void consume(std::size_t bytes);

 private:
  struct Piece {
    std::string owned;
    std::shared_ptr<const std::string> shared;
    [[nodiscard]] std::string_view view() const { return shared ? std::string_view(*shared) : owned; }
  };
  std::vector<Piece> pieces_;
  std::size_t first_ = 0;   // the piece that is being written
  std::size_t offset_ = 0;  // of it, already written
};

}  // namespace hinomi

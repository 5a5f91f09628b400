// Request bodies by Content-Length or in chunks (RFC 9112 §6–7), fed in pieces of any size. Pure; one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/request_fault.h"

namespace hinomi {

enum class BodyFraming { None, Length, Chunked };

class BodyDecoder {
 public:
  struct Limits {
    std::uint64_t body_bytes = 0;
    std::size_t trailer_bytes = 0;
  };
  struct Progress {
    std::size_t used = 0;  // of the bytes given; the rest belongs to the next request
    bool done = false;
    std::optional<RequestFault> fault;
  };

  void start(BodyFraming framing, std::uint64_t length);
  // To be told before the first byte of the body is read.
  void limit(Limits limits) { limits_ = limits; }
  // Appends what it decodes to `body`. Trailer fields are checked and dropped: nothing may rely on them.
  Progress read(std::string_view bytes, std::string& body);

 private:
  enum class State { Content, SizeLine, ContentEnd, Trailer, Done };

  std::size_t take_content(std::string_view bytes, std::string& body);
  std::size_t take_line_byte(std::string_view bytes, Progress& progress);
  std::optional<RequestFault> end_line();
  std::optional<RequestFault> read_size_line();
  std::optional<RequestFault> read_trailer_line();

  BodyFraming framing_ = BodyFraming::None;
  State state_ = State::Done;
  Limits limits_;
  std::uint64_t remaining_ = 0;  // of the content or of the current chunk
  std::uint64_t total_ = 0;      // of all chunks announced so far
  std::size_t trailer_bytes_ = 0;
  std::string line_;
};

}  // namespace hinomi

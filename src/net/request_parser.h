// Bytes in, one request or the reason to refuse it out (RFC 9112): no socket, no clock. Beast's parser reads the head;
// what Beast lets through and we do not (folded lines, doubtful Host, unknown codings, repeated lengths) is refused
// here. One thread at a time; reused for the requests of a connection one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/body_decoder.h"
#include "net/http.h"
#include "net/request_fault.h"

namespace hinomi {

class RequestParser {
 public:
  struct Limits {
    std::size_t target_bytes = 8 * 1024;
    std::size_t head_bytes = 16 * 1024;
    std::size_t header_count = 100;
  };
  enum class Step { NeedMore, Done, Refused };
  struct Progress {
    Step step = Step::NeedMore;
    std::size_t used = 0;  // of the bytes given
  };

  explicit RequestParser(Limits limits) : limits_(limits) {}

  // `bytes` starts with the first byte of the request and grows from call to call until the step is Done; then `used`
  // is the length of the head. Quick to say no: a bare line feed or an oversized line is refused before the head is
  // complete.
  Progress read_head(std::string_view bytes);
  // After read_head is Done; each call continues where the last one ended. Without a body it is Done at once.
  Progress read_body(std::string_view bytes);

  // After Refused.
  [[nodiscard]] const RequestFault& fault() const { return fault_; }

  // From here on after read_head is Done. The caller fills in what only the connection knows.
  [[nodiscard]] RequestHead& head() { return request_; }
  [[nodiscard]] bool has_body() const { return framing_ != BodyFraming::None; }
  [[nodiscard]] bool expects_continue() const { return expects_continue_; }
  [[nodiscard]] bool keeps_alive() const { return keeps_alive_; }
  [[nodiscard]] bool is_http_1_0() const { return version_ == 10; }
  // False, with a fault, when the announced length is over the limit already. To be called before read_body.
  [[nodiscard]] bool limit_body(std::uint64_t max_bytes);
  [[nodiscard]] std::size_t body_bytes_held() const { return request_.body.size(); }

  // The complete request; the parser is then ready for the next one.
  HttpRequest take();

 private:
  class HeadReader;
  // Length of the head with its empty line, 0 when it is not complete; sets fault_ when it never can be.
  std::size_t scan_head(std::string_view bytes);
  bool check_line(std::string_view line);
  bool check_growth(std::string_view bytes);
  bool read_with_beast(std::string_view head);
  bool settle_head();
  bool settle_host();
  bool settle_framing();
  bool settle_expectation();
  bool settle_target();
  bool refuse(int status, std::string_view code, std::string_view detail);

  Limits limits_;
  HttpRequest request_;
  RequestFault fault_;
  std::size_t scanned_ = 0;  // start of the first line not yet checked
  int version_ = 11;
  bool keeps_alive_ = true;
  bool expects_continue_ = false;
  BodyFraming framing_ = BodyFraming::None;
  std::uint64_t length_ = 0;
  BodyDecoder decoder_;
};

}  // namespace hinomi

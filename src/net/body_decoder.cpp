#include "net/body_decoder.h"

#include <algorithm>

#include "net/http.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxSizeLine = 256;
constexpr std::size_t kMaxSizeDigits = 15;

RequestFault bad_chunk(std::string_view why) {
  return {400, "http.chunk", "The chunked body is malformed: " + std::string(why) + "."};
}

int hex_value(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

std::string_view without_outer_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

void BodyDecoder::start(BodyFraming framing, std::uint64_t length) {
  framing_ = framing;
  remaining_ = length;
  total_ = 0;
  trailer_bytes_ = 0;
  line_.clear();
  state_ = framing == BodyFraming::Chunked ? State::SizeLine : length > 0 ? State::Content : State::Done;
}

BodyDecoder::Progress BodyDecoder::read(std::string_view bytes, std::string& body) {
  Progress progress;
  if (framing_ == BodyFraming::Length && remaining_ > limits_.body_bytes) {
    progress.fault = RequestFault{413, "http.body_too_large", "The body is larger than this resource accepts."};
    return progress;
  }
  while (!progress.fault && state_ != State::Done && progress.used < bytes.size()) {
    const std::string_view rest = bytes.substr(progress.used);
    progress.used += state_ == State::Content ? take_content(rest, body) : take_line_byte(rest, progress);
  }
  progress.done = state_ == State::Done && !progress.fault;
  return progress;
}

std::size_t BodyDecoder::take_content(std::string_view bytes, std::string& body) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size()));
  body.append(bytes.substr(0, count));
  remaining_ -= count;
  // A limit counted down with the content keeps the early check of read() true between its calls.
  if (framing_ == BodyFraming::Length) limits_.body_bytes -= count;
  if (remaining_ == 0) state_ = framing_ == BodyFraming::Chunked ? State::ContentEnd : State::Done;
  return count;
}

std::size_t BodyDecoder::take_line_byte(std::string_view bytes, Progress& progress) {
  const char letter = bytes.front();
  if (letter == '\n') {
    if (line_.empty() || line_.back() != '\r') {
      progress.fault = bad_chunk("a line ends with a bare line feed");
      return 1;
    }
    line_.pop_back();
    progress.fault = end_line();
    line_.clear();
    return 1;
  }
  if (!line_.empty() && line_.back() == '\r') {
    progress.fault = bad_chunk("a carriage return stands alone");
    return 1;
  }
  line_ += letter;
  const std::size_t limit = state_ == State::Trailer ? limits_.trailer_bytes : kMaxSizeLine;
  if (line_.size() > limit) {
    progress.fault = state_ == State::Trailer
                         ? RequestFault{431, "http.head_too_large", "The trailer fields are too large."}
                         : bad_chunk("a chunk line is too long");
  }
  return 1;
}

std::optional<RequestFault> BodyDecoder::end_line() {
  switch (state_) {
    case State::SizeLine: return read_size_line();
    case State::Trailer: return read_trailer_line();
    case State::ContentEnd:
      if (!line_.empty()) return bad_chunk("a chunk is longer than it says");
      state_ = State::SizeLine;
      return std::nullopt;
    case State::Content:
    case State::Done: break;
  }
  return std::nullopt;
}

std::optional<RequestFault> BodyDecoder::read_size_line() {
  std::size_t digits = 0;
  std::uint64_t size = 0;
  for (; digits < line_.size() && hex_value(line_[digits]) >= 0; ++digits) {
    if (digits == kMaxSizeDigits) return bad_chunk("a chunk size has too many digits");
    size = size * 16 + static_cast<std::uint64_t>(hex_value(line_[digits]));
  }
  if (digits == 0) return bad_chunk("a chunk size is missing");
  const std::string_view extension = std::string_view(line_).substr(digits);
  // Extensions have no meaning here, yet must not hide a line that another server would read differently.
  if (!extension.empty() && (extension.front() != ';' || !is_field_value(extension))) {
    return bad_chunk("a chunk size is followed by something else");
  }
  if (size > limits_.body_bytes - std::min(total_, limits_.body_bytes)) {
    return RequestFault{413, "http.body_too_large", "The body is larger than this resource accepts."};
  }
  total_ += size;
  remaining_ = size;
  state_ = size == 0 ? State::Trailer : State::Content;
  return std::nullopt;
}

std::optional<RequestFault> BodyDecoder::read_trailer_line() {
  if (line_.empty()) {
    state_ = State::Done;
    return std::nullopt;
  }
  trailer_bytes_ += line_.size() + 2;
  if (trailer_bytes_ > limits_.trailer_bytes) {
    return RequestFault{431, "http.head_too_large", "The trailer fields are too large."};
  }
  const std::size_t colon = line_.find(':');
  if (colon == std::string::npos || !is_token(std::string_view(line_).substr(0, colon)) ||
      !is_field_value(without_outer_blanks(std::string_view(line_).substr(colon + 1)))) {
    return bad_chunk("a trailer field is malformed");
  }
  return std::nullopt;
}

}  // namespace hinomi

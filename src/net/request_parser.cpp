#include "net/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>

#include "base/text.h"
#include "net/request_target.h"

namespace hinomi {
namespace {

namespace http = boost::beast::http;
using BeastText = boost::beast::string_view;
using BeastError = boost::beast::error_code;

std::string_view view_of(BeastText text) { return {text.data(), text.size()}; }

constexpr std::string_view kNotHttp = "This is not an HTTP request.";

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() && starts_with_ignoring_case(left, right);
}

// A well-formed version that is not ours deserves 505; anything else at its place is a malformed line.
bool names_other_version(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\r'));
  if (line.size() < 9) return false;
  const std::string_view version = line.substr(line.size() - 8);
  if (version == "HTTP/1.1" || version == "HTTP/1.0") return false;
  return version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' && is_digit(version[7]) &&
         line[line.size() - 9] == ' ';
}

}  // namespace

// Beast calls back for each part of the head; bodies never reach it.
class RequestParser::HeadReader final : public http::basic_parser<true> {
 public:
  HeadReader(HttpRequest& request, int& version) : request_(request), version_(version) {}

 private:
  void on_request_impl(http::verb, BeastText method, BeastText target, int version, BeastError&) override {
    request_.method_text = view_of(method);
    request_.method = hinomi::parse_method(request_.method_text);
    request_.target = view_of(target);
    version_ = version;
  }
  void on_field_impl(http::field, BeastText name, BeastText value, BeastError&) override {
    request_.headers.add(std::string(view_of(name)), std::string(view_of(value)));
  }
  void on_response_impl(int, BeastText, int, BeastError&) override {}
  void on_header_impl(BeastError&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastError&) override {}
  std::size_t on_body_impl(BeastText, BeastError&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, BeastText, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastText, BeastError&) override { return 0; }
  void on_finish_impl(BeastError&) override {}

  HttpRequest& request_;
  int& version_;
};

RequestParser::Progress RequestParser::read_head(std::string_view bytes) {
  const std::size_t length = scan_head(bytes);
  if (!fault_.code.empty()) return {Step::Refused, 0};
  if (length == 0) return {Step::NeedMore, 0};
  if (!read_with_beast(bytes.substr(0, length)) || !settle_head()) return {Step::Refused, 0};
  return {Step::Done, length};
}

std::size_t RequestParser::scan_head(std::string_view bytes) {
  for (;;) {
    const std::size_t feed = bytes.find('\n', scanned_);
    if (feed == std::string_view::npos) return check_growth(bytes), 0;
    if (feed >= limits_.head_bytes) {
      refuse(431, "http.head_too_large", "The request head is larger than this server accepts.");
      return 0;
    }
    const std::string_view line = bytes.substr(scanned_, feed - scanned_);
    if (!check_line(line)) return 0;
    scanned_ = feed + 1;
    if (line == "\r") return scanned_;
  }
}

bool RequestParser::check_line(std::string_view line) {
  if (line.empty() || line.back() != '\r') {
    return refuse(400, "http.line_ending", "Lines of the head must end with carriage return and line feed.");
  }
  const bool is_first = scanned_ == 0;
  if (is_first && line.size() > 1 && !is_token(line.substr(0, 1))) return refuse(400, "http.syntax", kNotHttp);
  if (is_first && line.size() == 1) return refuse(400, "http.syntax", "The request begins with an empty line.");
  if (is_first && line.size() > limits_.target_bytes + 64) {
    return refuse(414, "http.target_too_long", "The request target is longer than this server accepts.");
  }
  if (line.front() == ' ' || line.front() == '\t') {
    return refuse(400, "http.folded_header", "Header fields must not be folded over lines (RFC 9112 section 5.2).");
  }
  return true;
}

bool RequestParser::check_growth(std::string_view bytes) {
  if (scanned_ == 0 && !bytes.empty() && !is_token(bytes.substr(0, 1))) {
    return refuse(400, "http.syntax", kNotHttp);
  }
  if (scanned_ == 0 && bytes.size() > limits_.target_bytes + 64) {
    return refuse(414, "http.target_too_long", "The request target is longer than this server accepts.");
  }
  if (bytes.size() >= limits_.head_bytes) {
    return refuse(431, "http.head_too_large", "The request head is larger than this server accepts.");
  }
  return true;
}

bool RequestParser::read_with_beast(std::string_view head) {
  if (static_cast<std::size_t>(std::count(head.begin(), head.end(), '\n')) > limits_.header_count + 2) {
    return refuse(431, "http.too_many_headers", "The request has more header fields than this server accepts.");
  }
  HeadReader reader(request_, version_);
  reader.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  reader.body_limit(boost::none);  // ours depends on the request
  BeastError error;
  reader.put(boost::asio::buffer(head.data(), head.size()), error);
  if (error == http::error::bad_version && names_other_version(head)) {
    return refuse(505, "http.version", "This server speaks HTTP/1.1.");
  }
  if (error) return refuse(400, "http.syntax", "The request head is malformed: " + error.message() + ".");
  if (!reader.is_header_done()) return refuse(400, "http.syntax", "The request head is malformed.");
  keeps_alive_ = reader.keep_alive();
  return true;
}

bool RequestParser::settle_head() {
  return settle_host() && settle_framing() && settle_expectation() && settle_target();
}

bool RequestParser::settle_host() {
  const auto hosts = request_.headers.find_all("Host");
  if (hosts.size() > 1) return refuse(400, "http.host_repeated", "The request has more than one Host field.");
  if (hosts.empty()) {
    return version_ == 10 || refuse(400, "http.host_missing", "The request has no Host field (RFC 9112 section 3.2).");
  }
  if (!is_host_field(hosts.front())) return refuse(400, "http.host", "The Host field is not a host and port.");
  request_.host = hosts.front();
  return true;
}

bool RequestParser::settle_framing() {
  const auto codings = request_.headers.find_all("Transfer-Encoding");
  const auto lengths = request_.headers.find_all("Content-Length");
  if (!codings.empty() && !lengths.empty()) {
    return refuse(400, "http.framing", "Transfer-Encoding and Content-Length must not stand together.");
  }
  if (codings.size() > 1 || lengths.size() > 1) {
    return refuse(400, "http.framing", "The length of the body is stated more than once.");
  }
  if (!codings.empty()) {
    if (version_ == 10) return refuse(400, "http.framing", "HTTP/1.0 has no Transfer-Encoding.");
    if (!equal_ignoring_case(codings.front(), "chunked")) {
      return refuse(501, "http.transfer_encoding", "The only transfer coding this server knows is chunked.");
    }
    framing_ = BodyFraming::Chunked;
  }
  if (!lengths.empty()) {
    const std::string_view text = lengths.front();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length_);
    const bool whole = error == std::errc() && end == text.data() + text.size() && is_digit(text.front());
    if (!whole || text.size() > 18) return refuse(400, "http.framing", "Content-Length is not a decimal number.");
    framing_ = length_ > 0 ? BodyFraming::Length : BodyFraming::None;
  }
  decoder_.start(framing_, length_);
  return true;
}

bool RequestParser::settle_expectation() {
  const auto expectations = request_.headers.find_all("Expect");
  if (expectations.empty()) return true;
  if (expectations.size() > 1 || !equal_ignoring_case(expectations.front(), "100-continue")) {
    return refuse(417, "http.expectation", "The only expectation this server meets is 100-continue.");
  }
  expects_continue_ = version_ == 11;
  return true;
}

bool RequestParser::settle_target() {
  if (request_.target.size() > limits_.target_bytes) {
    return refuse(414, "http.target_too_long", "The request target is longer than this server accepts.");
  }
  if (request_.method_text == "CONNECT") return refuse(501, "http.method", "This server is not a proxy.");
  auto parsed = parse_request_target(request_.target, request_.method);
  if (!parsed.ok()) return refuse(400, parsed.error().code, parsed.error().detail);
  if (!parsed->authority.empty() && !equal_ignoring_case(parsed->authority, request_.host)) {
    return refuse(400, "http.host", "The request target and the Host field name different hosts.");
  }
  request_.path = std::move(parsed->path);
  request_.query = std::move(parsed->query);
  return true;
}

bool RequestParser::limit_body(std::uint64_t max_bytes) {
  decoder_.limit({max_bytes, limits_.head_bytes});
  if (framing_ != BodyFraming::Length || length_ <= max_bytes) return true;
  return refuse(413, "http.body_too_large", "The body is larger than this resource accepts.");
}

RequestParser::Progress RequestParser::read_body(std::string_view bytes) {
  if (framing_ == BodyFraming::None) return {Step::Done, 0};
  BodyDecoder::Progress progress = decoder_.read(bytes, request_.body);
  if (progress.fault) {
    fault_ = std::move(*progress.fault);
    return {Step::Refused, progress.used};
  }
  return {progress.done ? Step::Done : Step::NeedMore, progress.used};
}

HttpRequest RequestParser::take() {
  HttpRequest taken = std::move(request_);
  *this = RequestParser(limits_);
  return taken;
}

bool RequestParser::refuse(int status, std::string_view code, std::string_view detail) {
  fault_ = {status, std::string(code), std::string(detail)};
  return false;
}

}  // namespace hinomi

// A blocking TCP client for tests that must send exact bytes. Each read gives up after 20 s, so that a broken server
// fails a test instead of hanging it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace hinomi::testing_support {

class RawClient {
 public:
  explicit RawClient(unsigned short port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{20, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() { ::close(descriptor_); }
  RawClient(RawClient&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)),
        connected_(other.connected_),
        held_(std::move(other.held_)) {}
  RawClient& operator=(RawClient&&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void end_output() { ::shutdown(descriptor_, SHUT_WR); }

  // Up to and including `mark`; what was there when the connection ended before it came.
  std::string read_until(std::string_view mark) {
    while (held_.find(mark) == std::string::npos && receive()) {
    }
    const std::size_t found = held_.find(mark);
    return take(found == std::string::npos ? held_.size() : found + mark.size());
  }
  std::string read_bytes(std::size_t count) {
    while (held_.size() < count && receive()) {
    }
    return take(std::min(count, held_.size()));
  }
  std::string read_to_end() {
    while (receive()) {
    }
    return take(held_.size());
  }
  // One response with Content-Length: head and body.
  std::string read_response() {
    std::string response = read_until("\r\n\r\n");
    constexpr std::string_view field = "Content-Length: ";
    const std::size_t at = response.find(field);
    if (at == std::string::npos) return response;
    std::size_t length = 0;
    std::from_chars(response.data() + at + field.size(), response.data() + response.size(), length);
    return response + read_bytes(length);
  }
  // Something can be read, be it the end.
  [[nodiscard]] bool has_input() const {
    pollfd asked{descriptor_, POLLIN, 0};
    return !held_.empty() || ::poll(&asked, 1, 0) > 0;
  }
  // True when the server has ended the connection and nothing more was sent.
  bool is_at_end() { return held_.empty() && !receive(); }

 private:
  bool receive() {
    std::array<char, 16384> buffer{};
    const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    held_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }
  std::string take(std::size_t count) {
    std::string taken = held_.substr(0, count);
    held_.erase(0, count);
    return taken;
  }

  int descriptor_;
  bool connected_ = false;
  std::string held_;
};

}  // namespace hinomi::testing_support

// Many keep-alive connections driven by one thread, so that the load itself takes as little of the machine as it can.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/raw_client.h"

namespace hinomi::bench {

inline double seconds_of(clockid_t clock) {
  timespec used{};
  clock_gettime(clock, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

// What one run took; `server` is the processor time of all threads but the one that made the load.
struct Spent {
  double wall = 0;
  double server = 0;
  std::vector<double> answers;  // seconds from each request to the end of its answer
};

class Load {
 public:
  Load(unsigned short port, std::size_t connections) {
    for (std::size_t i = 0; i < connections; ++i) lines_.emplace_back(port);
  }

  // Each connection sends request_of(connection, turn) for turn = 0, 1 … `turns`, each when the answer before it is
  // there. Every answer must be 200.
  using RequestOf = std::function<std::string(std::size_t connection, std::size_t turn)>;
  Spent run(const RequestOf& request_of, std::size_t turns) {
    Spent spent;
    const double wall = seconds_of(CLOCK_MONOTONIC);
    const double server = server_seconds();
    for (std::size_t i = 0; i < lines_.size(); ++i) begin(i, request_of(i, 0));
    std::size_t busy = lines_.size();
    while (busy > 0) {
      wait();
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        Line& line = lines_[i];
        if (line.turn == turns || watched_[i].revents == 0 || !receive(line)) continue;
        spent.answers.push_back(seconds_of(CLOCK_MONOTONIC) - line.began);
        if (++line.turn == turns) --busy;
        if (line.turn < turns) begin(i, request_of(i, line.turn));
      }
    }
    for (Line& line : lines_) line.turn = 0;
    spent.wall = seconds_of(CLOCK_MONOTONIC) - wall;
    spent.server = server_seconds() - server;
    return spent;
  }

 private:
  struct Line {
    explicit Line(unsigned short port) : client(port) {}
    testing_support::RawClient client;
    std::size_t turn = 0;
    double began = 0;
    std::string head;      // as far as it is there
    std::size_t left = 0;  // of the body, once the head is whole
    bool in_body = false;
  };

  static double server_seconds() { return seconds_of(CLOCK_PROCESS_CPUTIME_ID) - seconds_of(CLOCK_THREAD_CPUTIME_ID); }

  void begin(std::size_t index, const std::string& request) {
    Line& line = lines_[index];
    line.head.clear();
    line.in_body = false;
    line.began = seconds_of(CLOCK_MONOTONIC);
    if (!line.client.send(request)) give_up("the server took no request");
  }

  void wait() {
    watched_.clear();
    for (const Line& line : lines_) watched_.push_back({line.client.descriptor(), POLLIN, 0});
    constexpr int kPatienceMs = 30'000;
    if (::poll(watched_.data(), watched_.size(), kPatienceMs) <= 0) give_up("no answer for half a minute");
  }

  // True when the answer is whole.
  bool receive(Line& line) {
    const ssize_t count = ::recv(line.client.descriptor(), buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) return false;
    if (count <= 0) give_up("the connection ended");
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(count));
    if (!line.in_body) bytes = read_head(line, bytes);
    line.left -= bytes.size();
    return line.in_body && line.left == 0;
  }

  // What is left of the bytes for the body.
  static std::string_view read_head(Line& line, std::string_view bytes) {
    const std::size_t before = line.head.size();
    line.head += bytes;
    const std::size_t end = line.head.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    if (!line.head.starts_with("HTTP/1.1 200 ")) give_up(line.head);
    constexpr std::string_view kField = "Content-Length: ";
    const std::size_t at = line.head.find(kField);
    if (at == std::string::npos) give_up("an answer without a length");
    std::from_chars(line.head.data() + at + kField.size(), line.head.data() + end, line.left);
    line.in_body = true;
    return bytes.substr(end + 4 - before);
  }

  [[noreturn]] static void give_up(const std::string& why) {
    fprintf(stderr, "load: %s\n", why.c_str());
    std::abort();
  }

  std::vector<Line> lines_;
  std::vector<pollfd> watched_;
  std::array<char, 64 * 1024> buffer_{};
};

}  // namespace hinomi::bench

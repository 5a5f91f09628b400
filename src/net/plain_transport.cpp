#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>

#include "net/transport.h"

namespace hinomi {
namespace {

IoOutcome failed(IoOutcome::Kind wait) {
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {wait, 0};
  return {IoOutcome::Kind::Broken, 0};
}

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(int descriptor) : descriptor_(descriptor) {}

  IoOutcome handshake() override { return {IoOutcome::Kind::Moved, 0}; }

  IoOutcome read(std::span<char> into) override {
    const ssize_t count = ::recv(descriptor_, into.data(), into.size(), 0);
    if (count < 0) return failed(IoOutcome::Kind::WaitReadable);
    if (count == 0) return {IoOutcome::Kind::End, 0};
    return {IoOutcome::Kind::Moved, static_cast<std::size_t>(count)};
  }

  IoOutcome write(std::span<const std::string_view> pieces) override {
    std::array<iovec, kMaxPieces> vectors{};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      vectors.at(i) = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
    }
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = pieces.size();
    const ssize_t count = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL);
    if (count < 0) return failed(IoOutcome::Kind::WaitWritable);
    return {IoOutcome::Kind::Moved, static_cast<std::size_t>(count)};
  }

  [[nodiscard]] bool has_buffered() const override { return false; }
  void end_output() override { ::shutdown(descriptor_, SHUT_WR); }

 private:
  int descriptor_;
};

}  // namespace

std::unique_ptr<Transport> make_plain_transport(int descriptor) { return std::make_unique<PlainTransport>(descriptor); }

}  // namespace hinomi

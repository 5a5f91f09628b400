#include "net/listener.h"

#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "net/socket_address.h"

namespace hinomi {
namespace {

constexpr int kBacklog = 4096;
// Others on the loop get their turn between two batches.
constexpr int kAcceptsInARow = 64;

Error cannot_listen(const std::string& address, int error) {
  return unavailable("net.cannot_listen", "Cannot listen on " + address + ": " +
                                              std::generic_category().message(error) +
                                              ". Choose another address or port, or stop the program that holds it.");
}

Status bind_and_listen(int descriptor, const Endpoint& endpoint, const std::string& shown) {
  const int on = 1;
  const int off = 0;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (!endpoint.address.is_v4()) ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  const SocketAddress address = to_socket_address(endpoint);
  if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0 ||
      ::listen(descriptor, kBacklog) != 0) {
    return cannot_listen(shown, errno);
  }
  return {};
}

unsigned short bound_port(int descriptor) {
  SocketAddress bound;
  bound.length = sizeof bound.storage;
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound.storage), &bound.length);
  const auto endpoint = to_endpoint(reinterpret_cast<const sockaddr*>(&bound.storage), bound.length);
  return endpoint ? endpoint->port : static_cast<unsigned short>(0);
}

}  // namespace

Result<std::shared_ptr<Listener>> Listener::bind(const std::string& address, unsigned short port, Log& log) {
  auto parsed = IpAddress::parse(address);
  if (!parsed.ok()) return invalid("net.cannot_listen", "The listening address must be numeric.", address);
  const int family = parsed->is_v4() ? AF_INET : AF_INET6;
  const int descriptor = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return cannot_listen(address, errno);
  if (const Status bound = bind_and_listen(descriptor, {*parsed, port}, address); !bound.ok()) {
    ::close(descriptor);
    return bound.error();
  }
  return std::shared_ptr<Listener>(new Listener(descriptor, bound_port(descriptor), log));
}

Listener::~Listener() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Listener::open(EventLoop& loop, Callbacks callbacks) {
  callbacks_ = std::move(callbacks);
  socket_.emplace(loop, std::exchange(descriptor_, -1));
  accept_waiting();
}

void Listener::close() { socket_.reset(); }

void Listener::ready(Readiness why) {
  if (why == Readiness::Readable) waiting_ = false;
  if (socket_) accept_waiting();
}

void Listener::accept_waiting() {
  if (waiting_) return;
  for (int i = 0; i < kAcceptsInARow; ++i) {
    if (!callbacks_.has_room()) {
      paused_ = true;
      // Room may have come between the question and the mark; nobody would tell us then.
      if (!callbacks_.has_room()) return;
    }
    paused_ = false;
    if (!accept_one()) return;
  }
  waiting_ = true;
  socket_->wait(Readiness::Readable, shared_from_this());
}

bool Listener::accept_one() {
  SocketAddress peer;
  peer.length = sizeof peer.storage;
  const int descriptor = ::accept4(socket_->descriptor(), reinterpret_cast<sockaddr*>(&peer.storage), &peer.length,
                                   SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor >= 0) {
    complained_ = false;
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto endpoint = to_endpoint(reinterpret_cast<const sockaddr*>(&peer.storage), peer.length);
    callbacks_.accepted(descriptor, endpoint ? endpoint->address.text() : std::string());
    return true;
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK) {
    waiting_ = true;
    socket_->wait(Readiness::Readable, shared_from_this());
    return false;
  }
  if (errno == EINTR || errno == ECONNABORTED) return true;
  pause_for(errno);
  return false;
}

// Out of descriptors or memory: asking again at once would only spin. The server's tick asks later.
void Listener::pause_for(int error) {
  paused_ = true;
  if (!std::exchange(complained_, true))
    log_.warn("http_accept_paused", {{"why", std::generic_category().message(error)}});
}

}  // namespace hinomi

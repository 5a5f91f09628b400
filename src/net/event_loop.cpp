#include "net/event_loop.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace hinomi {

namespace asio = boost::asio;
using AsioError = boost::system::error_code;

namespace {

struct Tick {
  Tick(asio::io_context& context, std::chrono::milliseconds each, std::function<void()> what)
      : timer(context), period(each), work(std::move(what)) {}

  void arm() {
    timer.expires_after(period);
    timer.async_wait([this](const AsioError& error) {
      if (error) return;
      work();
      arm();
    });
  }

  asio::steady_timer timer;
  std::chrono::milliseconds period;
  std::function<void()> work;
};

}  // namespace

struct EventLoop::Impl {
  // Asio takes its descriptors with the first timer; taken here, a shortage shows before anything runs.
  Impl() { const asio::steady_timer opens_the_reactor(context); }

  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
  std::vector<std::unique_ptr<Tick>> ticks;
};

EventLoop::EventLoop() : impl_(std::make_unique<Impl>()) {}
EventLoop::~EventLoop() = default;

void EventLoop::run() { impl_->context.run(); }
void EventLoop::stop() { impl_->context.stop(); }
void EventLoop::post(std::function<void()> work) { asio::post(impl_->context, std::move(work)); }

void EventLoop::wake(std::shared_ptr<Watched> whom) {
  asio::post(impl_->context, [whom = std::move(whom)] { whom->ready(Readiness::Woken); });
}

void EventLoop::every(std::chrono::milliseconds period, std::function<void()> work) {
  impl_->ticks.push_back(std::make_unique<Tick>(impl_->context, period, std::move(work)));
  impl_->ticks.back()->arm();
}

struct EventLoop::Socket::Impl {
  Impl(asio::io_context& context, int descriptor) : stream(context, descriptor) {}
  asio::posix::stream_descriptor stream;
};

EventLoop::Socket::Socket(EventLoop& loop, int descriptor)
    : descriptor_(descriptor), impl_(std::make_unique<Impl>(loop.impl_->context, descriptor)) {}

EventLoop::Socket::~Socket() = default;

void EventLoop::Socket::wait(Readiness which, std::shared_ptr<Watched> whom) {
  const auto direction =
      which == Readiness::Writable ? asio::posix::descriptor_base::wait_write : asio::posix::descriptor_base::wait_read;
  impl_->stream.async_wait(direction, [which, whom = std::move(whom)](const AsioError& error) {
    if (error != asio::error::operation_aborted) whom->ready(which);
  });
}

}  // namespace hinomi

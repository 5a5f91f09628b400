// One client connection as a state machine on its loop: handshake, read a request, hand it to a worker, write the
// answer, again. A request is read only after the previous answer has left, so pipelined requests are answered in
// order. Owned by its Shard; a worker or the loop may hold it a little longer, then it is closed and inert.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "net/event_loop.h"
#include "net/reply.h"
#include "net/request_parser.h"
#include "net/server_context.h"
#include "net/transport.h"

namespace hinomi {

class Shard;

class Connection final : public Watched, public Job, public std::enable_shared_from_this<Connection> {
 public:
  struct Peer {
    int descriptor = -1;  // non-blocking; the connection takes it
    std::string address;
    std::unique_ptr<Transport> transport;
    bool tls = false;
  };
  Connection(Shard& shard, Peer peer);

  // All on the loop's thread.
  void open();
  void ready(Readiness why) override;
  // Enforces deadlines and sends heartbeats; called on every tick.
  void sweep(Instant now);
  // The server stops: what is idle or streams ends now, a request under way is still answered.
  void drain();
  void close();

 private:
  enum class Phase { Handshaking, Idle, ReadingHead, ReadingBody, Handling, Writing, Streaming, Lingering, Closed };
  enum class AfterWrite { NextRequest, ReadBody, Linger, Close, Stream };

  void run() override;  // on a worker: the handler

  void shake_hands();
  void receive();
  void take_in(std::string_view bytes);
  std::size_t parse(std::string_view bytes);
  std::size_t parse_head(std::string_view bytes);
  void begin_body(bool body_has_begun);
  void send_continue();
  std::size_t parse_body(std::string_view bytes);
  void dispatch();
  void await(const std::shared_ptr<BeforeLeaving>& before);
  [[nodiscard]] bool may_deliver() const;
  Reply held_reply();

  void refuse(const RequestFault& fault);
  void deliver();
  void write(Reply reply, AfterWrite then);
  bool flush();
  void written();
  void next_request();
  void start_stream();
  void pump_stream();
  void notice_end_of_stream();
  void linger();
  void discard_input();

  void wait(IoOutcome::Kind kind);
  void wait_readable();
  void wait_writable();
  void sweep_stream(Instant now);
  void expect_within(std::chrono::seconds time);
  [[nodiscard]] Instant write_deadline_for(std::uint64_t bytes) const;
  bool charge_body();
  void release_body();

  Shard& shard_;
  ServerContext& context_;
  std::optional<EventLoop::Socket> socket_;  // until closed
  std::unique_ptr<Transport> transport_;
  const std::string address_;
  const bool tls_;

  Phase phase_ = Phase::Handshaking;
  bool first_request_ = true;
  AfterWrite after_write_ = AfterWrite::NextRequest;
  Instant deadline_{};
  bool waiting_read_ = false;
  bool waiting_write_ = false;

  RequestParser parser_;
  std::string pending_;  // received, not yet parsed
  std::uint64_t charged_ = 0;

  // The worker's between dispatch() and handled_.
  HttpRequest request_;
  ReplyFraming framing_;
  Reply reply_;
  std::shared_ptr<BeforeLeaving> before_;  // of the reply
  Instant leave_by_{};                     // for it
  std::atomic<bool> handled_{false};
  std::atomic<bool> settled_{false};  // what must come before
  std::mutex going_;                  // a closed connection is not called back: its loop may be gone
  bool gone_ = false;

  OutputQueue output_;
  std::function<bool()> may_leave_;  // of the answer that is being written
  std::shared_ptr<EventSource> stream_;
  Instant last_event_{};
  std::size_t discarded_ = 0;
};

}  // namespace hinomi

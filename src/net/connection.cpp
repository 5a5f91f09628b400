#include "net/connection.h"

#include <algorithm>
#include <exception>

#include "net/event_stream_port.h"
#include "net/shard.h"

namespace hinomi {
namespace {

constexpr std::chrono::seconds kLingerDeadline{3};
constexpr std::size_t kMaxDiscarded = std::size_t{1} << 20U;
// After so many reads in a row another connection gets its turn.
constexpr int kMaxReadsInARow = 16;

RequestParser::Limits parser_limits(const ServerOptions& options) {
  return {options.max_target_bytes, options.max_head_bytes, 100};
}

HttpResponse handle_guarded(const ServerContext& context, const HttpRequest& request) {
  try {
    return context.callbacks.handle(request);
  } catch (const std::exception& failure) {
    context.log.error("http_handler_failed", {{"method", request.method_text}, {"why", failure.what()}});
  } catch (...) {
    context.log.error("http_handler_failed", {{"method", request.method_text}, {"why", "not an exception"}});
  }
  return render_refusal(context,
                        {500, "internal", "The server failed on this request; nothing was changed.", &request});
}

// What fails lets nothing out.
std::optional<HttpResponse> instead_guarded(const ServerContext& context, BeforeLeaving& before,
                                            const HttpRequest& request) {
  try {
    return before.instead(request);
  } catch (const std::exception& failure) {
    context.log.error("http_answer_failed", {{"path", request.path}, {"why", failure.what()}});
    return render_refusal(context, {500, "internal", "The server failed on this request.", &request});
  }
}

// A callback that fails lets nothing in.
std::uint64_t body_limit_guarded(const ServerContext& context, const RequestHead& head) {
  try {
    return context.callbacks.body_limit(head);
  } catch (const std::exception& failure) {
    context.log.error("http_body_limit_failed", {{"path", head.path}, {"why", failure.what()}});
    return 0;
  }
}

Reply reply_or_bare_error(const ServerContext& context, HttpResponse response, const ReplyFraming& framing) {
  const std::shared_ptr<EventSource> stream = response.stream;
  auto reply = make_reply(std::move(response), framing);
  if (reply.ok()) return std::move(*reply);
  context.log.error("http_response_invalid", {{"why", reply.error().detail}});
  if (stream) EventStreamPort::end(*stream);
  HttpResponse bare;
  bare.status = 500;
  return std::move(make_reply(std::move(bare), framing)).value();
}

}  // namespace

Connection::Connection(Shard& shard, Peer peer)
    : shard_(shard),
      context_(shard.context()),
      socket_(std::in_place, shard.loop(), peer.descriptor),
      transport_(std::move(peer.transport)),
      address_(std::move(peer.address)),
      tls_(peer.tls),
      parser_(parser_limits(context_.options)) {}

void Connection::open() {
  expect_within(context_.options.head_deadline);
  shake_hands();
}

void Connection::ready(Readiness why) {
  if (why == Readiness::Readable) waiting_read_ = false;
  if (why == Readiness::Writable) waiting_write_ = false;
  switch (phase_) {
    case Phase::Handshaking: return shake_hands();
    case Phase::Idle:
    case Phase::ReadingHead:
    case Phase::ReadingBody: return receive();
    case Phase::Handling:
    case Phase::Closed:
      if (may_deliver()) deliver();
      return;
    case Phase::Writing:
      if (flush()) written();
      return;
    case Phase::Streaming:
      if (why == Readiness::Readable) notice_end_of_stream();
      return pump_stream();
    case Phase::Lingering: return discard_input();
  }
}

void Connection::shake_hands() {
  const IoOutcome outcome = transport_->handshake();
  if (outcome.kind != IoOutcome::Kind::Moved) return wait(outcome.kind);
  phase_ = Phase::Idle;
  receive();
}

void Connection::receive() {
  for (int reads = 0; reads < kMaxReadsInARow; ++reads) {
    const IoOutcome outcome = transport_->read(shard_.scratch());
    if (outcome.kind != IoOutcome::Kind::Moved) return wait(outcome.kind);
    take_in({shard_.scratch().data(), outcome.bytes});
    if (phase_ != Phase::Idle && phase_ != Phase::ReadingHead && phase_ != Phase::ReadingBody) return;
  }
  shard_.loop().wake(shared_from_this());
}

void Connection::take_in(std::string_view bytes) {
  if (pending_.empty()) {
    const std::size_t used = parse(bytes);
    if (phase_ != Phase::Closed) pending_.assign(bytes.substr(used));
    return;
  }
  pending_.append(bytes);
  const std::size_t used = parse(pending_);
  pending_.erase(0, used);
}

// Advances at most to the end of one request; what follows stays for later.
std::size_t Connection::parse(std::string_view bytes) {
  std::size_t used = 0;
  if (bytes.empty()) return used;
  if (phase_ == Phase::Idle) {
    phase_ = Phase::ReadingHead;
    // The first request has had its deadline since the accept.
    if (!first_request_) expect_within(context_.options.head_deadline);
  }
  if (phase_ == Phase::ReadingHead) used = parse_head(bytes);
  if (phase_ == Phase::ReadingBody) used += parse_body(bytes.substr(used));
  return used;
}

std::size_t Connection::parse_head(std::string_view bytes) {
  const RequestParser::Progress progress = parser_.read_head(bytes);
  if (progress.step == RequestParser::Step::Refused) refuse(parser_.fault());
  if (progress.step == RequestParser::Step::Done) begin_body(bytes.size() > progress.used);
  return progress.used;
}

void Connection::begin_body(bool body_has_begun) {
  RequestHead& head = parser_.head();
  head.remote_address = address_;
  head.tls = tls_;
  head.peer_certificate = transport_->peer_certificate();
  phase_ = Phase::ReadingBody;
  expect_within(context_.options.body_deadline);
  if (!parser_.limit_body(body_limit_guarded(context_, head))) return refuse(parser_.fault());
  if (parser_.expects_continue() && parser_.has_body() && !body_has_begun) send_continue();
}

void Connection::send_continue() {
  output_.add(std::string("HTTP/1.1 100 Continue\r\n\r\n"));
  phase_ = Phase::Writing;
  after_write_ = AfterWrite::ReadBody;
  if (flush()) phase_ = Phase::ReadingBody;
}

std::size_t Connection::parse_body(std::string_view bytes) {
  const RequestParser::Progress progress = parser_.read_body(bytes);
  if (progress.step == RequestParser::Step::Refused) {
    refuse(parser_.fault());
  } else if (!charge_body()) {
    refuse({503, "http.busy", "The server holds as many request bodies as it can; try again shortly."});
  } else if (progress.step == RequestParser::Step::Done) {
    dispatch();
  }
  return progress.used;
}

void Connection::dispatch() {
  framing_ = {parser_.head().method == Method::Head, parser_.keeps_alive(), parser_.is_http_1_0()};
  request_ = parser_.take();
  phase_ = Phase::Handling;
  settled_ = false;
  context_.workers.submit(shared_from_this());
}

void Connection::run() {
  HttpResponse response = handle_guarded(context_, request_);
  if (context_.draining) framing_.keep_alive = false;
  const std::shared_ptr<BeforeLeaving> before = std::move(response.before);
  reply_ = reply_or_bare_error(context_, std::move(response), framing_);
  before_ = before;
  if (before) return await(before);
  handled_ = true;
  shard_.loop().wake(shared_from_this());
}

// From handled_ on the loop may take the reply, and close.
void Connection::await(const std::shared_ptr<BeforeLeaving>& before) {
  leave_by_ = context_.clock.now() + before->patience();
  handled_ = true;
  const std::lock_guard lock(going_);
  if (gone_) return shard_.loop().wake(shared_from_this());
  before->on_settled([weak = weak_from_this()] {
    const std::shared_ptr<Connection> self = weak.lock();
    if (self == nullptr) return;
    self->settled_ = true;
    self->shard_.loop().wake(self);
  });
}

bool Connection::may_deliver() const {
  return handled_ && (before_ == nullptr || settled_ || phase_ == Phase::Closed || context_.clock.now() >= leave_by_);
}

// The reply, or what leaves instead of it.
Reply Connection::held_reply() {
  Reply reply = std::move(reply_);
  const std::shared_ptr<BeforeLeaving> before = std::exchange(before_, nullptr);
  if (before == nullptr) return reply;
  before->forget();
  if (phase_ == Phase::Closed) return reply;
  auto other = instead_guarded(context_, *before, request_);
  if (!other) return reply;
  if (reply.stream) EventStreamPort::end(*reply.stream);
  return reply_or_bare_error(context_, std::move(*other), framing_);
}

void Connection::deliver() {
  handled_ = false;
  release_body();
  Reply reply = held_reply();
  request_ = {};
  const bool streams = reply.stream && !framing_.head_only && phase_ != Phase::Closed;
  if (reply.stream && !streams) EventStreamPort::end(*reply.stream);
  if (phase_ == Phase::Closed) return;
  if (streams) stream_ = std::move(reply.stream);
  const AfterWrite then = streams ? AfterWrite::Stream : reply.keep_alive ? AfterWrite::NextRequest : AfterWrite::Close;
  write(std::move(reply), then);
}

void Connection::refuse(const RequestFault& fault) {
  // The target may be known although the rest was refused: it tells in whose manner to answer.
  const RequestHead* head = parser_.head().target.empty() ? nullptr : &parser_.head();
  HttpResponse response = render_refusal(context_, {fault.status, fault.code, fault.detail, head});
  response.stream = nullptr;
  const bool head_only = head != nullptr && head->method == Method::Head;
  const ReplyFraming framing{head_only, false, false};
  write(reply_or_bare_error(context_, std::move(response), framing), AfterWrite::Linger);
}

void Connection::write(Reply reply, AfterWrite then) {
  may_leave_ = std::move(reply.may_leave);
  output_.add(std::move(reply.head));
  output_.add(std::move(reply.body));
  output_.add(std::move(reply.shared_body));
  deadline_ = write_deadline_for(output_.bytes());
  phase_ = Phase::Writing;
  after_write_ = then;
  if (flush()) written();
}

// True when everything has left; otherwise waits, or has closed.
bool Connection::flush() {
  while (!output_.empty()) {
    if (may_leave_ && !may_leave_()) {
      close();
      return false;
    }
    const OutputQueue::Views views = output_.views(may_leave_ ? kPieceBytes : SIZE_MAX);
    const IoOutcome outcome = transport_->write({views.pieces.data(), views.count});
    if (outcome.kind != IoOutcome::Kind::Moved) {
      wait(outcome.kind);
      return false;
    }
    output_.consume(outcome.bytes);
  }
  may_leave_ = nullptr;
  return true;
}

void Connection::written() {
  switch (after_write_) {
    case AfterWrite::NextRequest: return next_request();
    case AfterWrite::ReadBody: phase_ = Phase::ReadingBody; return receive();
    case AfterWrite::Linger: return linger();
    case AfterWrite::Stream: return start_stream();
    case AfterWrite::Close: transport_->end_output(); return close();
  }
}

void Connection::next_request() {
  if (context_.draining) return close();
  phase_ = Phase::Idle;
  first_request_ = false;
  expect_within(context_.options.idle_deadline);
  const std::string held = std::exchange(pending_, {});
  take_in(held);
  if (phase_ != Phase::Idle && phase_ != Phase::ReadingHead && phase_ != Phase::ReadingBody) return;
  if (transport_->has_buffered()) return shard_.loop().wake(shared_from_this());
  wait_readable();
}

void Connection::start_stream() {
  phase_ = Phase::Streaming;
  pending_ = {};
  last_event_ = context_.clock.now();
  EventStreamPort::attach(*stream_, [self = weak_from_this(), &loop = shard_.loop()] {
    if (auto connection = self.lock()) loop.wake(std::move(connection));
  });
  wait_readable();
  pump_stream();
}

void Connection::pump_stream() {
  if (phase_ != Phase::Streaming) return;
  if (!stream_->is_open()) {
    transport_->end_output();
    return close();
  }
  while (flush()) {
    const auto batch = EventStreamPort::take(*stream_);
    if (batch.empty()) return;
    for (const EncodedEvent& event : batch) output_.add(event);
    last_event_ = context_.clock.now();
    deadline_ = write_deadline_for(output_.bytes());
  }
}

void Connection::notice_end_of_stream() {
  const IoOutcome outcome = transport_->read(shard_.scratch());
  if (outcome.kind == IoOutcome::Kind::Moved) return wait_readable();
  wait(outcome.kind);
}

// Closing with unread input would reset the connection and could take the refusal back from the client.
void Connection::linger() {
  transport_->end_output();
  phase_ = Phase::Lingering;
  expect_within(kLingerDeadline);
  discard_input();
}

void Connection::discard_input() {
  while (discarded_ < kMaxDiscarded) {
    const IoOutcome outcome = transport_->read(shard_.scratch());
    if (outcome.kind != IoOutcome::Kind::Moved) return wait(outcome.kind);
    discarded_ += outcome.bytes;
  }
  close();
}

void Connection::sweep(Instant now) {
  if (phase_ == Phase::Handling && may_deliver()) return deliver();
  if (phase_ == Phase::Handling || phase_ == Phase::Closed) return;
  if (phase_ == Phase::Streaming) return sweep_stream(now);
  if (now < deadline_) return;
  if (phase_ == Phase::ReadingHead || phase_ == Phase::ReadingBody) {
    return refuse({408, "http.timeout", "The request did not arrive in time."});
  }
  close();
}

void Connection::sweep_stream(Instant now) {
  if (!output_.empty()) {
    if (now >= deadline_) close();
    return;
  }
  if (now - last_event_ < context_.options.event_heartbeat) return;
  output_.add(std::string(":\n\n"));
  last_event_ = now;
  deadline_ = write_deadline_for(output_.bytes());
  pump_stream();
}

void Connection::drain() {
  switch (phase_) {
    case Phase::Handshaking:
    case Phase::Idle:
    case Phase::Streaming:
    case Phase::Lingering: return close();
    case Phase::ReadingHead:
    case Phase::ReadingBody:
    case Phase::Handling:
    case Phase::Writing:
    case Phase::Closed: return;
  }
}

void Connection::close() {
  if (phase_ == Phase::Closed) return;
  // The worker still holds the request's bytes; they are released when it is done.
  if (phase_ != Phase::Handling) release_body();
  phase_ = Phase::Closed;
  {
    const std::lock_guard lock(going_);
    gone_ = true;
  }
  if (may_deliver()) deliver();
  const std::shared_ptr<EventSource> stream = std::move(stream_);
  transport_.reset();
  socket_.reset();
  output_.clear();
  may_leave_ = nullptr;
  shard_.remove(*this);
  if (stream) EventStreamPort::end(*stream);
}

void Connection::wait(IoOutcome::Kind kind) {
  switch (kind) {
    case IoOutcome::Kind::WaitReadable: return wait_readable();
    case IoOutcome::Kind::WaitWritable: return wait_writable();
    case IoOutcome::Kind::End:
    case IoOutcome::Kind::Broken:
    case IoOutcome::Kind::Moved: return close();
  }
}

void Connection::wait_readable() {
  if (std::exchange(waiting_read_, true)) return;
  socket_->wait(Readiness::Readable, shared_from_this());
}

void Connection::wait_writable() {
  if (std::exchange(waiting_write_, true)) return;
  socket_->wait(Readiness::Writable, shared_from_this());
}

void Connection::expect_within(std::chrono::seconds time) { deadline_ = context_.clock.now() + time; }

Instant Connection::write_deadline_for(std::uint64_t bytes) const {
  const std::uint64_t rate = std::max<std::uint64_t>(context_.options.min_write_rate, 1);
  return context_.clock.now() + context_.options.write_deadline + std::chrono::seconds(bytes / rate);
}

// False when all requests together would hold more than the server may.
bool Connection::charge_body() {
  const std::uint64_t held = parser_.body_bytes_held();
  const std::uint64_t more = held - charged_;
  charged_ = held;
  return context_.body_bytes.fetch_add(more) + more <= context_.options.max_body_bytes_in_flight || more == 0;
}

void Connection::release_body() { context_.body_bytes -= std::exchange(charged_, 0); }

}  // namespace hinomi

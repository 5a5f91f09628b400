#include "net/event_source.h"

#include <deque>
#include <mutex>
#include <utility>

#include "base/text.h"
#include "net/event_stream_port.h"

namespace hinomi {
namespace {

constexpr std::size_t kBatchBytes = std::size_t{64} * 1024;

// A field of one line: a break in it would let the value speak as another field.
bool is_one_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos; }

// CR, LF and CRLF all end a line for the client (WHATWG HTML §9.2.5).
void append_data_lines(std::string& out, std::string_view data) {
  for (;;) {
    const std::size_t end = data.find_first_of("\r\n");
    out += "data: ";
    out += data.substr(0, end);
    out += '\n';
    if (end == std::string_view::npos) return;
    data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
  }
}

}  // namespace

struct EventSource::State {
  explicit State(Limits given) : limits(given) {}

  void wake_locked() {
    if (!wake || wake_pending) return;
    wake_pending = true;
    wake();
  }
  void close_locked() {
    open = false;
    queue.clear();
    queued_bytes = 0;
    // Even when a wake is under way: the connection may be waiting for a client that does not read.
    if (wake) wake();
  }

  const Limits limits;
  mutable std::mutex mutex;
  std::deque<EncodedEvent> queue;
  std::size_t queued_bytes = 0;
  bool open = true;
  bool gone = false;
  bool wake_pending = false;
  std::function<void()> wake;
  std::function<void()> on_gone;
};

Result<EncodedEvent> encode_event(const ServerEvent& event) {
  if (!is_one_line(event.id) || !is_one_line(event.name)) {
    return invalid("event.malformed", "An event's id and name must each be one line without NUL.");
  }
  if (!is_utf8(event.id) || !is_utf8(event.name) || !is_utf8(event.data)) {
    return invalid("event.malformed", "An event must be UTF-8 text.");
  }
  auto text = std::make_shared<std::string>();
  text->reserve(event.data.size() + event.id.size() + event.name.size() + 32);
  if (!event.id.empty()) text->append("id: ").append(event.id).append("\n");
  if (!event.name.empty()) text->append("event: ").append(event.name).append("\n");
  append_data_lines(*text, event.data);
  text->append("\n");
  return EncodedEvent(std::move(text));
}

EventSource::EventSource(Limits limits) : state_(std::make_unique<State>(limits)) {}
EventSource::~EventSource() = default;

std::shared_ptr<EventSource> EventSource::create(Limits limits) {
  return std::shared_ptr<EventSource>(new EventSource(limits));
}

Status EventSource::send(const ServerEvent& event) {
  TRY(EncodedEvent encoded, encode_event(event));
  return send(std::move(encoded));
}

Status EventSource::send(EncodedEvent event) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->open) return unavailable("event.gone", "The subscriber is gone.");
  const std::size_t bytes = state_->queued_bytes + event->size();
  if (state_->queue.size() >= state_->limits.queued_events || bytes > state_->limits.queued_bytes) {
    state_->close_locked();
    return unavailable("event.overflow", "The subscriber is too far behind and was closed.");
  }
  state_->queued_bytes = bytes;
  state_->queue.push_back(std::move(event));
  state_->wake_locked();
  return {};
}

void EventSource::close() {
  const std::lock_guard lock(state_->mutex);
  if (state_->open) state_->close_locked();
}

bool EventSource::is_open() const {
  const std::lock_guard lock(state_->mutex);
  return state_->open;
}

void EventSource::on_gone(std::function<void()> callback) {
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->gone) {
      state_->on_gone = std::move(callback);
      return;
    }
  }
  if (callback) callback();
}

void EventStreamPort::attach(EventSource& source, std::function<void()> wake) {
  const std::lock_guard lock(source.state_->mutex);
  source.state_->wake = std::move(wake);
  if (!source.state_->open || !source.state_->queue.empty()) source.state_->wake_locked();
}

std::vector<EncodedEvent> EventStreamPort::take(EventSource& source) {
  EventSource::State& state = *source.state_;
  const std::lock_guard lock(state.mutex);
  std::vector<EncodedEvent> batch;
  std::size_t bytes = 0;
  while (!state.queue.empty() && bytes < kBatchBytes) {
    bytes += state.queue.front()->size();
    batch.push_back(std::move(state.queue.front()));
    state.queue.pop_front();
  }
  state.queued_bytes -= bytes;
  state.wake_pending = false;
  return batch;
}

void EventStreamPort::end(EventSource& source) {
  std::function<void()> callback;
  {
    const std::lock_guard lock(source.state_->mutex);
    source.state_->wake = nullptr;
    source.state_->open = false;
    source.state_->gone = true;
    source.state_->queue.clear();
    source.state_->queued_bytes = 0;
    callback = std::exchange(source.state_->on_gone, nullptr);
  }
  if (callback) callback();
}

}  // namespace hinomi

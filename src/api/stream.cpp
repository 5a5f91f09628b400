#include "api/stream.h"

#include <algorithm>
#include <vector>

#include "base/json.h"
#include "flow/session.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kBatch = 200;
constexpr std::ptrdiff_t kStreamsPerPerson = 8;

std::string_view event_name(store::EventKind kind) {
  switch (kind) {
    case store::EventKind::ReportFiled:
    case store::EventKind::SubmissionRecorded: return "report";
    case store::EventKind::PointerChanged: return "pointer";
    case store::EventKind::ReviewChanged: return "review";
    case store::EventKind::ReleasePublished:
    case store::EventKind::ReleaseCorrected:
    case store::EventKind::ReleaseWithdrawn: return "release";
    case store::EventKind::ObjectsAdded: return "objects";
    case store::EventKind::CaseChanged: return "case";
    case store::EventKind::SightingReceived: return "sighting";
  }
  return "objects";
}

ServerEvent wire_event(const store::Event& event) {
  JsonWriter body;
  body.begin_object().member("id", event.subject).member("kind", store::event_kind_text(event.kind)).end_object();
  return {"", std::string(event_name(event.kind)), body.take()};
}

}  // namespace

StreamHub::StreamHub(const flow::Platform& platform) : platform_(platform), thread_([this] { follow(); }) {
  platform_.store.on_events([this] {
    const std::lock_guard lock(mutex_);
    news_ = true;
    wake_.notify_one();
  });
  platform_.store.on_access_changed([this](std::span<const Sha256> ended) { drop(ended); });
}

StreamHub::~StreamHub() {
  platform_.store.on_access_changed({});
  platform_.store.on_events({});
  close();
}

void StreamHub::drop(std::span<const Sha256> ended_sessions) {
  const auto directory = platform_.store.directory();
  const std::lock_guard lock(mutex_);
  std::erase_if(subscribers_, [&](const auto& entry) {
    const Subscriber& subscriber = entry.second;
    const bool ended = std::ranges::find(ended_sessions, subscriber.session) != ended_sessions.end();
    if (!ended && has_same_rights(*directory, subscriber.principal)) return false;
    subscriber.source->close();
    return true;
  });
}

bool StreamHub::has_same_rights(const Directory& directory, const policy::Principal& principal) const {
  auto now = policy::principal_of(directory, principal.person);
  if (!now.ok()) return false;
  now->scopes = principal.scopes;
  now->epoch = principal.epoch;
  return *now == principal;
}

std::shared_ptr<EventSource> StreamHub::subscribe(const flow::Caller& caller, std::optional<store::Sequence> after) {
  auto source = EventSource::create();
  const std::lock_guard lock(mutex_);
  make_room(caller.principal.person);
  const std::uint64_t id = next_++;
  subscribers_[id] = {source, caller.principal, caller.session, after.value_or(platform_.store.last_sequence())};
  // What ended between the check of this request and here was not heard by drop().
  if (!flow::live_session(platform_, caller.session).ok()) source->close();
  news_ = true;  // what happened since `after` goes out at once
  wake_.notify_one();
  return source;
}

// A person has a few windows open; whoever opens more loses the oldest, and nobody can take the server's connections.
void StreamHub::make_room(const PersonId& person) {
  const auto own = [&](const auto& entry) { return entry.second.principal.person == person; };
  if (std::ranges::count_if(subscribers_, own) < kStreamsPerPerson) return;
  const auto oldest = std::ranges::find_if(subscribers_, own);
  oldest->second.source->close();
  subscribers_.erase(oldest);
}

void StreamHub::close() {
  {
    const std::lock_guard lock(mutex_);
    if (closing_) return;
    closing_ = true;
    for (auto& [id, subscriber] : subscribers_) subscriber.source->close();
    subscribers_.clear();
    wake_.notify_one();
  }
  thread_.join();
}

void StreamHub::follow() {
  std::unique_lock lock(mutex_);
  while (!closing_) {
    wake_.wait(lock, [this] { return news_ || closing_; });
    news_ = false;
    std::vector<std::pair<std::uint64_t, Subscriber>> turn(subscribers_.begin(), subscribers_.end());
    lock.unlock();
    for (auto& [id, subscriber] : turn) deliver(subscriber);
    lock.lock();
    for (const auto& [id, subscriber] : turn) {
      if (!subscriber.source->is_open()) {
        subscribers_.erase(id);
      } else if (const auto found = subscribers_.find(id); found != subscribers_.end()) {
        found->second.sent = subscriber.sent;
      }
    }
  }
}

// Nothing is remembered about rights: a revoked session or a lost label ends or narrows the stream with this delivery.
void StreamHub::deliver(Subscriber& subscriber) {
  for (;;) {
    // Before the rights are asked: what they cover afterwards reaches at least to here.
    const store::Sequence upto = platform_.store.last_sequence();
    const auto session = flow::live_session(platform_, subscriber.session);
    const auto caller = flow::caller_for(platform_, subscriber.principal.person, subscriber.principal.scopes);
    if (!session.ok() || !caller.ok()) {
      subscriber.source->close();
      return;
    }
    const auto events = platform_.store.events_after(caller->reach, subscriber.sent, kBatch);
    if (!events.ok()) return;  // the next event tries again
    for (const store::Event& event : *events) {
      if (!subscriber.source->send(wire_event(event)).ok()) return;
      subscriber.sent = event.position;
    }
    if (events->size() < kBatch) {
      subscriber.sent = std::max(subscriber.sent, store::Position(upto));
      return;
    }
  }
}

}  // namespace hinomi::api

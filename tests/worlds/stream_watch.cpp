#include "worlds/stream_watch.h"

#include <condition_variable>
#include <mutex>

#include "net/event_stream_port.h"
#include "policy/permit.h"

namespace hinomi::tests::worlds {
namespace {

constexpr std::chrono::seconds kPatience{20};

// The last event that the stream must show before it is read.
ReportId draw_curtain(World& world, const PersonId& viewer) {
  PersonId author = world.cast().analysts.front();
  ReportVersion report;
  report.report = ReportId::random(world.random());
  report.number = HumanNumber::make(NumberKind::Report, 2026, world.random());
  report.author = author;
  report.org = world.cast().person(author).org;
  report.filed_at = world.clock().now();
  report.content.summary = "the end";
  report.victim_label = report.technical_label = label_for_people({viewer}, Tlp::Clear);
  const auto permit =
      must(policy::permit<policy::action::FileReport>(world.as(author).principal, {report.org}), "the last event");
  store::Alongside with;
  with.at = world.clock().now();
  must_be_ok(world.store().file_report(permit, report, with), "the last event");
  return report.report;
}

}  // namespace

// Outlives the watch while the source may still wake it.
struct StreamWatch::Inbox {
  std::mutex mutex;
  std::condition_variable news;
  bool woken = false;
};

StreamWatch::StreamWatch(World& world, const PersonId& viewer, const std::string& cookie)
    : world_(world), viewer_(viewer), inbox_(std::make_shared<Inbox>()) {
  HttpRequest request;
  request.method = Method::Get;
  request.method_text = "GET";
  request.target = request.path = "/api/v1/stream";
  request.host = "hinomi.example";
  request.headers.add("Cookie", "hinomi_session=" + cookie);
  source_ = world.api().handle(request).stream;
  if (!source_) give_up(internal("There is no event stream."), "opening a stream");
  EventStreamPort::attach(*source_, [inbox = inbox_] {
    const std::lock_guard lock(inbox->mutex);
    inbox->woken = true;
    inbox->news.notify_one();
  });
}

std::string StreamWatch::frames() {
  const std::string last = draw_curtain(world_, viewer_).text();
  std::string text;
  while (text.find(last) == std::string::npos && source_->is_open()) {
    {
      std::unique_lock lock(inbox_->mutex);
      if (!inbox_->news.wait_for(lock, kPatience, [this] { return inbox_->woken; })) return text + "(silence)";
      inbox_->woken = false;
    }
    for (auto events = EventStreamPort::take(*source_); !events.empty(); events = EventStreamPort::take(*source_)) {
      for (const EncodedEvent& event : events) text += *event;
    }
  }
  return source_->is_open() ? text : text + "(closed)";
}

}  // namespace hinomi::tests::worlds

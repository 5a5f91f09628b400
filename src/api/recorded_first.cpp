#include "api/recorded_first.h"

#include <mutex>
#include <utility>

#include "flow/caller.h"
#include "store/read_store.h"

namespace hinomi::api {
namespace {

// One wake-up, which can be taken back while somebody is about to call it.
class Waking {
 public:
  void set(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    if (!forgotten_) wake_ = std::move(wake);
  }
  void call() {
    const std::lock_guard lock(mutex_);
    if (const auto wake = std::exchange(wake_, nullptr)) wake();
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    forgotten_ = true;
    wake_ = nullptr;
  }

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  bool forgotten_ = false;
};

// All of a visit but its request.
struct Visitor {
  explicit Visitor(Visit&& visit)
      : values(std::move(visit.values)),
        caller(std::move(visit.caller)),
        language(visit.language),
        id(std::move(visit.id)),
        shows_protected(visit.shows_protected) {}

  std::map<std::string, std::string, std::less<>> values;
  std::optional<flow::Caller> caller;
  Language language;
  std::string id;
  bool shows_protected;
};

class RecordedFirst final : public BeforeLeaving {
 public:
  RecordedFirst(const Api& api, Visit&& visit, Format format)
      : api_(api), recording_(std::move(visit.recording)), visitor_(std::move(visit)), format_(format) {}

  void on_settled(std::function<void()> wake) override {
    waking_->set(std::move(wake));
    recording_->on_settled([waking = waking_] { waking->call(); });
  }
  void forget() override { waking_->forget(); }
  [[nodiscard]] std::chrono::milliseconds patience() const override { return recording_->patience(); }
  void wait() override { outcome_ = recording_->wait(); }
  std::optional<HttpResponse> instead(const HttpRequest& request) override {
    Status status = outcome_ ? *outcome_ : recording_->outcome();
    if (status.ok() && visitor_.shows_protected) status = flow::still_entitled(api_.platform(), *visitor_.caller);
    if (status.ok()) return std::nullopt;
    const Visit visit{request, std::move(visitor_.values), std::move(visitor_.caller), visitor_.language, visitor_.id};
    return api_.explained(visit, format_, status.error());
  }

 private:
  const Api& api_;
  const std::shared_ptr<store::Recording> recording_;
  Visitor visitor_;
  const Format format_;
  const std::shared_ptr<Waking> waking_ = std::make_shared<Waking>();
  std::optional<Status> outcome_;
};

}  // namespace

std::shared_ptr<BeforeLeaving> recorded_first(const Api& api, Visit visit, Format format) {
  return std::make_shared<RecordedFirst>(api, std::move(visit), format);
}

}  // namespace hinomi::api

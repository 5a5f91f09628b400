// A house in which a right can be taken away at any moment of a request: whenever the program asks for the time or for
// chance. Those are the moments at which it touches the machine, so a test can go through all of them, one by one,
// without threads and without sleeping.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "contract/house.h"

namespace hinomi::tests {

// Counts the calls and, at the chosen one, does something first.
class Tripwire {
 public:
  // 1 is the next call. `act` runs once, on the thread that trips.
  void set(unsigned call, std::function<void()> act) {
    calls_ = 0;
    at_ = call;
    act_ = std::move(act);
  }
  // Whether it went off; it is taken down either way.
  bool take_down() {
    at_ = 0;
    return act_ == nullptr;
  }
  void pass() {
    if (at_ == 0 || ++calls_ != at_) return;
    at_ = 0;
    const auto act = std::exchange(act_, nullptr);
    act();
  }

 private:
  unsigned calls_ = 0, at_ = 0;
  std::function<void()> act_;
};

class TrippingClock final : public Clock {
 public:
  TrippingClock(const Clock& clock, Tripwire& wire) : clock_(clock), wire_(wire) {}
  [[nodiscard]] Instant now() const override {
    wire_.pass();
    return clock_.now();
  }

 private:
  const Clock& clock_;
  Tripwire& wire_;
};

class TrippingRandom final : public Random {
 public:
  TrippingRandom(Random& random, Tripwire& wire) : random_(random), wire_(wire) {}
  void fill(std::span<std::uint8_t> bytes) override {
    wire_.pass();
    random_.fill(bytes);
  }

 private:
  Random& random_;
  Tripwire& wire_;
};

// One way to lose a right, acknowledged when `take` returns, and the way back.
struct Revocation {
  std::string name;
  std::function<void()> take;
  std::function<void()> give_back;
};

class RaceHouse : public House {
 protected:
  RaceHouse();
  ~RaceHouse() override;

  // A case that everybody may read, made now; its id.
  std::string open_case();
  // Each takes the release of `release_` away from the reader, who is member B's analyst.
  std::vector<Revocation> revocations();
  // Takes that one release away from everybody but the desk.
  Revocation narrowing();
  // A new token for the reader; the one used by ask().
  void sign_reader_in();
  [[nodiscard]] HttpRequest as_reader(HttpRequest request) const;
  HttpResponse ask(const HttpRequest& request) { return tripping_api_->handle(as_reader(request)); }

  // Words of the release that stand in no request of these tests.
  [[nodiscard]] const std::vector<std::string>& secrets() const { return secrets_; }
  [[nodiscard]] bool tells(const HttpResponse& response) const;

  std::string release_;
  PersonId reader_;
  Tripwire wire_;
  TrippingClock tripping_clock_{clock_, wire_};
  TrippingRandom tripping_random_{random_, wire_};
  std::unique_ptr<flow::Platform> tripping_platform_;
  std::unique_ptr<api::Api> tripping_api_;
  std::string token_;

 private:
  void change_reader(const std::function<void(Person&)>& change);
  void relabel(const std::string& embargo_until);
  void change_members(const std::function<void(Group&)>& change);

  std::vector<std::string> secrets_;
};

}  // namespace hinomi::tests

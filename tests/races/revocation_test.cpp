// RELIABILITY §3 class 6: after a revocation is acknowledged not a byte of what it took away leaves, whatever was under
// way. HINOMI_RACES_SEED chooses other schedules.
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <thread>

#include "races/race_house.h"
#include "routes/requests.h"

namespace hinomi::tests {
namespace {

using routes::Effect;
using routes::Made;
using routes::Row;
using testing::HasSubstr;
using testing::Not;

class Revoking : public RaceHouse {
 protected:
  // The requests that show the release to its reader, from the generator rows.
  std::vector<Made> telling_requests() {
    routes::Material material;
    material.known["release"] = {{release_, routes::Standing::Readable, {{"version", "1"}, {"number", secrets()[0]}}}};
    material.known["collection"] = {{app::releases_collection().text(), routes::Standing::Readable, {}}};
    material.known["value"] = {{"evil.example", routes::Standing::Readable, {}}};
    std::vector<Made> telling;
    for (const Row& row : routes::all_rows()) {
      if (row.ask.effect != Effect::Reads && row.ask.effect != Effect::Writes) continue;
      for (Made& made : routes::requests_for(row, material)) {
        // Another header shows the same rows.
        if (!made.is_plain() || made.name.find(": ") != std::string::npos || asks_with_a_secret(made)) continue;
        if (tells_more(made, ask(made.request))) telling.push_back(std::move(made));
      }
    }
    return telling;
  }

  // An answer may repeat what was asked with; the id in the path is the viewer's own knowledge. Such a request is told
  // apart by the words that only the release itself holds.
  static bool asks_with_a_secret(const Made& made) {
    return made.request.body.find("evil.example") != std::string::npos;
  }

  // Whether the answer tells more than the request itself held.
  bool tells_more(const Made& made, const HttpResponse& response) const {
    const std::string& body = response.shared_body ? *response.shared_body : response.body;
    for (const std::string& secret : secrets()) {
      if (made.request.target.find(secret) == std::string::npos && body.find(secret) != std::string::npos) return true;
    }
    return false;
  }
};

TEST_F(Revoking, AtEveryMomentOfEveryTellingRequestTakesTheAnswerBack) {
  const std::vector<Made> requests = telling_requests();
  ASSERT_GE(requests.size(), 12U);
  std::vector<Revocation> ways = revocations();
  ways.push_back(narrowing());
  int moments = 0;
  for (const Revocation& revocation : ways) {
    for (const Made& made : requests) {
      for (unsigned call = 1;; ++call) {
        wire_.set(call, revocation.take);
        const HttpResponse answered = ask(made.request);
        if (!wire_.take_down()) break;  // the request touches the machine no more often
        ++moments;
        EXPECT_FALSE(tells_more(made, answered)) << made.name << ": " << revocation.name << " at moment " << call;
        revocation.give_back();
      }
    }
  }
  fmt::print("{} requests, {} revocations, {} moments\n", requests.size(), ways.size(), moments);
  EXPECT_GT(moments, 200);
}

// The ids of the rows of a page, whatever its list calls them.
std::vector<std::string> row_ids(const HttpResponse& page) {
  std::vector<std::string> ids;
  const auto document = parse_json(page.body);
  if (!document.ok()) return ids;
  for (const std::string_view list : {"items", "objects"}) {
    const auto rows = (*document)->root().find(list);
    if (!rows) continue;
    for (const JsonView row : *rows) ids.emplace_back(row.string_at("id").value_or(""));
  }
  return ids;
}

TEST_F(Revoking, AnOldPositionGivesNoRowsAnyMore) {
  published_release(file_report("kdhqwplmzx").text("id"));
  for (const auto& [list, name] : std::vector<std::pair<std::string, std::string>>{
           {"/api/v1/releases?limit=1", "before"},
           {"/api/v1/indicators?limit=1", "after"},
           {"/taxii2/api/collections/releases/objects/?limit=1", "next"},
           {"/taxii2/api/collections/releases/manifest/?limit=1", "next"}}) {
    for (const Revocation& revocation : revocations()) {
      SCOPED_TRACE(list + ": " + revocation.name);
      const auto document = must(parse_json(ask(request(Method::Get, list)).body));
      const std::string position(document->root().string_at("next").value_or(""));
      ASSERT_FALSE(position.empty());
      const HttpRequest next = request(Method::Get, list + "&" + name + "=" + position);
      ASSERT_FALSE(row_ids(ask(next)).empty()) << "there is a second page";
      revocation.take();
      EXPECT_TRUE(row_ids(ask(next)).empty());
      revocation.give_back();
    }
  }
}

TEST_F(Revoking, ACourierUnderWayBringsNothing) {
  for (const Revocation& revocation : revocations()) {
    for (unsigned call = 1; call <= 2; ++call) {
      SCOPED_TRACE(revocation.name);
      const std::string release = published_release(file_report().text("id"));
      wire_.set(call, revocation.take);
      must(flow::deliver_outbox(*tripping_platform_));
      if (!wire_.take_down()) revocation.take();
      const HttpResponse notices = ask(request(Method::Get, "/api/v1/notices"));
      EXPECT_THAT(notices.body, Not(HasSubstr(release)));
      revocation.give_back();
    }
  }
}

// With real threads: readers ask without pause, the right is taken at a drawn moment, and whoever begins to ask after
// the acknowledgement learns nothing.
TEST_F(Revoking, NobodyWhoAsksAfterTheAcknowledgementLearnsAnything) {
  std::uint64_t seed = 20261123;
  if (const char* text = std::getenv("HINOMI_RACES_SEED"))
    std::from_chars(text, text + std::string_view(text).size(), seed);
  fmt::print("replay: HINOMI_RACES_SEED={} ctest -R races\n", seed);
  SeededRandom schedule(seed);
  const std::vector<Made> requests = telling_requests();
  const std::vector<Revocation> ways = revocations();
  constexpr int kRounds = 200;
  std::atomic<int> told_before{0};
  std::atomic<int> leaked{0};
  for (int round = 0; round < kRounds; ++round) {
    const Revocation& revocation = ways[schedule.below(static_cast<std::uint32_t>(ways.size()))];
    const Made& made = requests[schedule.below(static_cast<std::uint32_t>(requests.size()))];
    const int moment = static_cast<int>(schedule.below(8));
    std::atomic<int> asked{0};
    std::atomic<bool> acknowledged{false};
    const HttpRequest request = as_reader(made.request);
    const auto read = [&] {
      for (int after = 0; after < 2;) {
        const bool is_after = acknowledged;
        const bool told = tells_more(made, api_->handle(request));
        ++asked;
        if (is_after) ++after;
        if (told) ++(is_after ? leaked : told_before);
      }
    };
    std::thread one(read);
    std::thread other(read);
    while (asked < moment) std::this_thread::yield();
    revocation.take();
    acknowledged = true;
    one.join();
    other.join();
    EXPECT_EQ(leaked, 0) << "round " << round << ", " << made.name << ": " << revocation.name;
    revocation.give_back();
  }
  fmt::print("{} rounds, {} answers before, {} after\n", kRounds, told_before.load(), leaked.load());
  EXPECT_GT(told_before, 100);
}

// RFC 6238 §5.2: a code is accepted once, however many bring it at the same moment.
TEST_F(Revoking, OneCodeOpensOneSessionOutOfAThousandTries) {
  const app::DemoAccount& analyst = account("operator");
  const Secret<Bytes> secret(*from_base32(analyst.totp_secret));
  const auto step = std::chrono::duration_cast<std::chrono::seconds>(clock_.now().time_since_epoch()).count() / 30;
  const std::string body = R"({"login":")" + analyst.login + R"(","password":")" + analyst.password + R"(","totp":")" +
                           totp_code(secret, step) + R"("})";
  std::atomic<int> opened{0};
  std::atomic<int> answered{0};
  std::atomic<bool> start{false};
  constexpr int kThreads = 8;
  constexpr int kTries = 125;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      while (!start) std::this_thread::yield();
      for (int i = 0; i < kTries; ++i) {
        const HttpResponse response = api_->handle(request(Method::Post, "/api/v1/session", body));
        ++answered;
        if (response.status == 200) ++opened;
      }
    });
  }
  start = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, kThreads * kTries);
  EXPECT_EQ(opened, 1);
}

}  // namespace
}  // namespace hinomi::tests

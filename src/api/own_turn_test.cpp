#include "api/own_turn.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace hinomi::api {
namespace {

using namespace std::chrono_literals;

const PersonId kOne(Uuid{1});
const PersonId kOther(Uuid{2});

TEST(OwnTurns, NobodyHasTwoAndNobodyWaitsForAnother) {
  OwnTurns turns;
  const auto first = turns.take(kOne, 0ms);
  EXPECT_TRUE(first.is_taken());
  EXPECT_FALSE(turns.take(kOne, 0ms).is_taken());
  EXPECT_FALSE(turns.take(kOne, 0ms).is_taken()) << "what was not taken is not given back";
  EXPECT_TRUE(turns.take(kOther, 0ms).is_taken());
}

TEST(OwnTurns, ComeBackAtTheEndOfTheScopeToWhoeverWaits) {
  OwnTurns turns;
  std::atomic<bool> waited = false;
  std::thread waiting;
  {
    const auto first = turns.take(kOne, 0ms);
    waiting = std::thread([&] { waited = turns.take(kOne, 1h).is_taken(); });
  }
  waiting.join();
  EXPECT_TRUE(waited);
  EXPECT_TRUE(turns.take(kOne, 0ms).is_taken());
}

}  // namespace
}  // namespace hinomi::api

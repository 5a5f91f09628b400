// The tester itself: its parts say what they promise, and it finds what is spoilt in front of the api.
#include <gmock/gmock.h>

#include "policy/reading.h"
#include "reference/directory_of.h"
#include "reference/random_worlds.h"
#include "worlds/knows.h"
#include "worlds/taint.h"
#include "worlds/tester.h"

namespace hinomi::tests::worlds {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Draws, AreTheSameForTheSameNameWhateverWasDrawnBefore) {
  Draw one(1);
  Draw other(2);
  one.speakable(100);
  one.begin(7);
  other.begin(7);
  EXPECT_EQ(one.speakable(20), other.speakable(20));
}

TEST(Taint, IsFoundInEveryEncoding) {
  const std::string word = "zqvwxkjpbtmd";
  TaintScanner scanner;
  scanner.add(word, "it");
  const std::vector<std::string> forms{word,
                                       {word.rbegin(), word.rend()},
                                       to_hex(as_bytes(word)),
                                       to_base64(as_bytes(word)),
                                       to_base64(as_bytes("x" + word)),
                                       to_base64(as_bytes("xy" + word + "z")),
                                       "%7a%71%76%77%78%6b%6a%70%62%74%6d%64",
                                       R"(\u007a\u0071\u0076\u0077\u0078\u006b\u006a\u0070\u0062\u0074\u006d\u0064)",
                                       "&#122;&#113;&#118;&#119;&#120;&#107;&#106;&#112;&#98;&#116;&#109;&#100;"};
  for (const std::string& form : forms) EXPECT_TRUE(scanner.find("before " + form + " after", "")) << form;
  EXPECT_FALSE(scanner.find("nothing of it here, zqvwx kjpbtmd", ""));
  EXPECT_FALSE(scanner.find("a " + word, "q=" + word)) << "what the viewer typed may come back";
}

// Three statements of one rule: the naive one of the tester, the reference model's and the program's.
TEST(Knowing, AgreesWithTheProgram) {
  SeededRandom random(5);
  reference::Draw draw(random);
  for (int i = 0; i < 300; ++i) {
    const reference::World world = reference::random_world(draw);
    const Directory directory = reference::directory_of(world);
    for (int j = 0; j < 10; ++j) {
      const Label label = reference::label_of(reference::random_marking(draw, world));
      for (const auto& [id, person] : directory.persons) {
        const auto principal = policy::principal_of(directory, id);
        EXPECT_EQ(may_know(directory, id, label), principal.ok() && policy::may_read(*principal, label));
      }
    }
  }
}

TEST(Plans, AreTheSameForTheSameSeed) {
  const Plan one = make_plan(3, 1, Size{});
  const Plan again = make_plan(3, 1, Size{});
  ASSERT_EQ(one.deeds.size(), again.deeds.size());
  for (std::size_t i = 0; i < one.deeds.size(); ++i) EXPECT_EQ(one.deeds[i].name, again.deeds[i].name);
}

TEST(Edits, TouchNothingThatTheViewerMayLearnOf) {
  for (std::uint64_t seed = 1; seed < 40; ++seed) {
    const Plan plan = make_plan(seed, static_cast<std::uint32_t>(seed), Size{});
    Draw random(seed);
    const Edits edits = choose_edits(plan, random);
    for (const std::size_t deed : differing(edits)) {
      EXPECT_FALSE(is_visible(plan, plan.deeds[deed])) << plan.deeds[deed].name;
      for (std::size_t later = 0; later < plan.deeds.size(); ++later) {
        const auto& needs = plan.deeds[later].needs;
        if (std::ranges::find(needs, deed) == needs.end()) continue;
        for (const Side side : {Side::A, Side::B})
          EXPECT_TRUE(is_done(edits[deed], side) || !is_done(edits[later], side)) << plan.deeds[later].name;
      }
    }
  }
}

// The first finding within a few seeds, shrunk.
std::optional<std::string> found_through(const Door& door) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Trial trial{.seed = seed, .viewer = 1, .effort = {.stream = false}};
    Outcome outcome = run(trial, door);
    if (outcome.finding) return text_of(trial, shrunk(trial, std::move(outcome), door));
  }
  return std::nullopt;
}

TEST(Tester, FindsNothingWhereNothingIsSpoilt) { EXPECT_EQ(found_through(plain_door), std::nullopt); }

// A total over everything that happened, readable or not.
TEST(Tester, FindsACountOverHiddenThings) {
  const auto found = found_through([](World& world, const HttpRequest& request) {
    HttpResponse response = plain_door(world, request);
    response.headers.add("X-Total-Count", std::to_string(world.store().last_sequence()));
    return response;
  });
  ASSERT_TRUE(found);
  EXPECT_THAT(*found, HasSubstr("X-Total-Count"));
  EXPECT_THAT(*found, HasSubstr("--edits"));
}

// "Forbidden" where there is something, "not found" where there is nothing.
TEST(Tester, FindsAHiddenThingThatAnswersOtherwiseThanAnAbsentOne) {
  const auto found = found_through([](World& world, const HttpRequest& request) {
    HttpResponse response = plain_door(world, request);
    if (response.status != 404) return response;
    for (const auto& [deed, things] : world.things) {
      if (things.report && request.path.find(things.report->report.text()) != std::string::npos) response.status = 403;
    }
    return response;
  });
  ASSERT_TRUE(found);
  EXPECT_THAT(*found, HasSubstr("403"));
}

// A hidden word where nobody would look for it, the same in both worlds.
TEST(Tester, FindsAHiddenWordInDisguise) {
  const auto found = found_through([](World& world, const HttpRequest& request) {
    HttpResponse response = plain_door(world, request);
    std::string words;
    for (const auto& [deed, taints] : world.taints) words += taints.front();
    response.headers.add("X-Trace", to_base64(as_bytes(words)));
    return response;
  });
  ASSERT_TRUE(found);
}

}  // namespace
}  // namespace hinomi::tests::worlds

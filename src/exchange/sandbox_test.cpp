#include "exchange/sandbox.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <vector>

#include "exchange/child_pipe.h"
#include "exchange/child_process.h"
#include "exchange/confinement.h"
#include "exchange/parse_child.h"
#include "formats/source_reader.h"
#include "support/child_roles.h"
#include "support/read_file.h"

namespace hinomi::exchange {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What a parser that was taken over would try. Each reads a first byte, as a parser would, then tries it, and answers
// like a parser if it gets away with it, so that the test sees a success.
int confined(const std::function<void()>& attempt, ConfinementLimits limits = {}) {
  if (!confine_this_process(limits).ok()) return kChildUnconfined;
  char first = 0;
  if (read(0, &first, 1) != 1) return kChildFailed;
  attempt();
  const std::string answer = write_outcome({});
  const std::string frame = length_text(answer.size()) + answer;
  return write(1, frame.data(), frame.size()) == static_cast<ssize_t>(frame.size()) ? 0 : kChildFailed;
}

[[gnu::noinline]] void loop_forever() {
  for (volatile unsigned turn = 0;; turn = turn + 1) continue;
}

using hinomi::testing::ChildRole;
const ChildRole kParse("parse", [] { return run_parse_child(); });
const ChildRole kHarmless("hostile-nothing", [] { return confined([] {}); });
const ChildRole kSocket("hostile-socket",
                        [] { return confined([] { static_cast<void>(socket(AF_INET, SOCK_STREAM, 0)); }); });
const ChildRole kOpen("hostile-open",
                      [] { return confined([] { static_cast<void>(open("/etc/passwd", O_RDONLY)); }); });
const ChildRole kWrite("hostile-create", [] { return confined([] { static_cast<void>(creat("hostile", 0600)); }); });
const ChildRole kFork("hostile-fork", [] { return confined([] { static_cast<void>(fork()); }); });
const ChildRole kRun("hostile-run",
                     [] { return confined([] { static_cast<void>(execl("/bin/true", "true", nullptr)); }); });
const ChildRole kKill("hostile-kill", [] { return confined([] { static_cast<void>(kill(getppid(), 0)); }); });
const ChildRole kCode("hostile-code", [] {
  return confined([] {
    static_cast<void>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  });
});
const ChildRole kOther("hostile-descriptor", [] { return confined([] { static_cast<void>(write(3, "x", 1)); }); });
const ChildRole kLoop("hostile-loop", [] { return confined(loop_forever, {.cpu_seconds = 1}); });
const ChildRole kStill("hostile-still", [] {
  return confined([] {
    char more = 0;
    while (read(0, &more, 1) == 1) continue;
  });
});
const ChildRole kMemory("hostile-memory", [] {
  if (!confine_this_process({.memory_bytes = std::uint64_t{512} << 20}).ok()) return kChildUnconfined;
  try {
    std::vector<std::string> taken;
    for (int i = 0; i < 64; ++i) taken.emplace_back(std::size_t{16} << 20, 'x');
    return 0;
  } catch (const std::bad_alloc&) {
    return kChildOutOfMemory;
  }
});
const ChildRole kLiar("hostile-liar", [] {
  return confined([] {
    ReadOutcome lie;
    lie.items.emplace_back().source = "another-source";
    lie.problems.push_back({"another-file", "byte 1", "a.code", "a reason"});
    const std::string answer = write_outcome(lie);
    const std::string frame = length_text(answer.size()) + answer;
    static_cast<void>(write(1, frame.data(), frame.size()));
  });
});
const ChildRole kNoise("hostile-noise",
                       [] { return confined([] { static_cast<void>(write(1, "\x08\0\0\0HNO1\x01\0\0\0", 12)); }); });
const ChildRole kGiant("hostile-giant",
                       [] { return confined([] { static_cast<void>(write(1, "\xFF\xFF\xFF\xFF", 4)); }); });

ReadOutcome outcome_of(const std::string& role, SandboxLimits limits = {}) {
  Sandbox sandbox(limits, role);
  return sandbox.read({"a-source", "a-file.json", "{}"});
}

std::string code_of(const ReadOutcome& outcome) {
  return outcome.problems.empty() ? "none" : outcome.problems.front().code;
}

TEST(Sandbox, WhatDoesNothingForbiddenIsLeftAlone) { EXPECT_EQ(code_of(outcome_of("hostile-nothing")), "none"); }

class Hostile : public ::testing::TestWithParam<const char*> {};

TEST_P(Hostile, IsKilledAtTheFirstForbiddenCall) {
  const ReadOutcome outcome = outcome_of(GetParam());
  EXPECT_THAT(outcome.items, IsEmpty());
  ASSERT_THAT(outcome.problems, SizeIs(1));
  EXPECT_EQ(outcome.problems[0].code, "sandbox.forbidden") << outcome.problems[0].reason;
  EXPECT_EQ(outcome.problems[0].file, "a-file.json");
}

INSTANTIATE_TEST_SUITE_P(Calls, Hostile,
                         ::testing::Values("hostile-socket", "hostile-open", "hostile-create", "hostile-fork",
                                           "hostile-run", "hostile-kill", "hostile-code", "hostile-descriptor"));

TEST(Sandbox, EndlessWorkIsStopped) { EXPECT_EQ(code_of(outcome_of("hostile-loop")), "sandbox.timeout"); }

TEST(Sandbox, WaitingForNothingIsStopped) {
  EXPECT_EQ(code_of(outcome_of("hostile-still", {.per_file = std::chrono::seconds(1)})), "sandbox.timeout");
}

// Sanitizer builds have no limit on address space; there the sanitizer's own allocator ends the child.
TEST(Sandbox, TakingAllMemoryIsStopped) {
#if __has_feature(address_sanitizer)
  EXPECT_EQ(code_of(outcome_of("hostile-memory")), "sandbox.crashed");
#else
  EXPECT_EQ(code_of(outcome_of("hostile-memory")), "sandbox.memory");
#endif
}

TEST(Sandbox, AnUnknownRoleIsAProblemOfTheFile) { EXPECT_EQ(code_of(outcome_of("no-such-role")), "sandbox.crashed"); }

TEST(Sandbox, ABrokenAnswerIsRefused) { EXPECT_EQ(code_of(outcome_of("hostile-noise")), "outcome.malformed"); }

TEST(Sandbox, AnAnnouncedGiantIsRefusedBeforeItIsRead) {
  EXPECT_EQ(code_of(outcome_of("hostile-giant")), "outcome.too_large");
}

TEST(Sandbox, AChildCannotSpeakForAnotherSourceOrFile) {
  const ReadOutcome outcome = outcome_of("hostile-liar");
  EXPECT_THAT(outcome.items, ElementsAre(Field(&SourceItem::source, "a-source")));
  EXPECT_THAT(outcome.problems, ElementsAre(Field(&ReadProblem::file, "a-file.json")));
}

TEST(Sandbox, ReadsWhatTheParserReads) {
  const std::filesystem::path feeds = std::string(HINOMI_SOURCE_DIR) + "/packs/demo/feeds";
  Sandbox sandbox;
  for (const char* name :
       {"jvn.rdf", "jpcert.rdf", "myjvn-detail.xml", "ministry.atom", "kev.json", "threat-objects.json"}) {
    const std::string text = hinomi::testing::read_file(feeds / name);
    const SourceFile file{"demo", name, text};
    EXPECT_EQ(write_outcome(sandbox.read(file)), write_outcome(read_source(file))) << name;
  }
}

TEST(Sandbox, AMalformedFileIsReportedWithFilePlaceAndReason) {
  Sandbox sandbox;
  const ReadOutcome outcome =
      sandbox.read({"kev", "broken.json", R"({"catalogVersion":"1","vulnerabilities":[{"cveID":)"});
  EXPECT_THAT(outcome.items, IsEmpty());
  ASSERT_THAT(outcome.problems, SizeIs(1));
  EXPECT_EQ(outcome.problems[0].file, "broken.json");
  EXPECT_FALSE(outcome.problems[0].reason.empty());
  EXPECT_FALSE(outcome.problems[0].code.starts_with("sandbox."));
}

TEST(Sandbox, AGivenFormatIsNotGuessed) {
  Sandbox sandbox;
  const ReadOutcome outcome = sandbox.read({"kev", "a.csv", "cveID\n"}, SourceFormat::Misp);
  EXPECT_EQ(code_of(outcome), "source.unsupported_format");
}

TEST(Sandbox, AFileAboveTheLimitIsRefusedWithoutAChild) {
  Sandbox sandbox({.max_file_bytes = 3});
  EXPECT_EQ(code_of(sandbox.read({"kev", "a.csv", "1234"})), "sandbox.too_large");
}

}  // namespace
}  // namespace hinomi::exchange

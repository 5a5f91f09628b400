// The store on a disk that fills up, fails or loses power, and in a process that is killed.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstring>
#include <thread>

#include "support/fault_vfs.h"
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// A store on a file layer that fails on demand.
class FailingDisk : public StoreContract {
 protected:
  FailingDisk() { reopen_on(disk_.name()); }
  ~FailingDisk() override { store_.reset(); }
  void reopen_on(const std::string& vfs) {
    store_.reset();
    store_ = must(open_sqlite_store(scratch_.path(), SqliteOptions{.random = random_, .vfs = vfs}));
  }
  testing::FaultVfs disk_{"failing-disk"};
};
INSTANTIATE_TEST_SUITE_P(Engines, FailingDisk, ::testing::ValuesIn(engines()), engine_name);

TEST_P(FailingDisk, AFullDiskRefusesWritesKeepsReadingAndRecovers) {
  const ReportVersion before = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(before), Succeeds());
  disk_.fill_disk(true);
  const ReportVersion refused = a_report(random_).from(sector_.acme);
  for (int i = 0; i < 5; ++i) EXPECT_THAT(file(refused), FailsWith("store.disk_full"));
  const Reach own = reach(sector_.acme_reporter);
  EXPECT_THAT(store().report(own, before.report), Succeeds());
  EXPECT_THAT(store().report(own, refused.report), FailsWith("not_found"));
  disk_.fill_disk(false);
  EXPECT_THAT(file(refused), Succeeds()) << "it works again, with the very same report";
  reopen();
  EXPECT_THAT(store().report(own, before.report), Succeeds());
  EXPECT_THAT(store().report(own, refused.report), Succeeds());
  EXPECT_EQ(*store().check_integrity(), "ok");
}

TEST_P(FailingDisk, AfterAFailedSyncNothingIsAcknowledgedUntilARestart) {
  const ReportVersion before = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(before), Succeeds());
  disk_.fail_syncs(true);
  EXPECT_THAT(file(a_report(random_).from(sector_.acme)), FailsWith("store.failed"));
  const int tried = disk_.syncs_failed();
  EXPECT_GE(tried, 1);
  disk_.fail_syncs(false);
  EXPECT_THAT(file(a_report(random_).from(sector_.acme)), FailsWith("store.failed"))
      << "a later sync that succeeds proves nothing about the pages of the failed one";
  EXPECT_EQ(disk_.syncs_failed(), tried);
  EXPECT_THAT(store().report(reach(sector_.acme_reporter), before.report), Succeeds());
  reopen();
  EXPECT_THAT(store().report(reach(sector_.acme_reporter), before.report), Succeeds());
  EXPECT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  EXPECT_EQ(*store().check_integrity(), "ok");
}

TEST_P(FailingDisk, WhatWasAcknowledgedSurvivesAPowerCut) {
  disk_.remember_synced(true);
  reopen_on(disk_.name());
  std::vector<ReportId> acknowledged;
  for (int cut = 0; cut < 12; ++cut) {
    for (int i = 0; i < 9; ++i) {
      const ReportVersion report = a_report(random_).from(sector_.acme).summary(std::string(2000, 'x'));
      ASSERT_THAT(file(report), Succeeds());
      acknowledged.push_back(report.report);
    }
    const ScratchDirectory elsewhere;
    for (const auto& [name, content] : disk_.after_power_cut()) {
      std::ofstream(elsewhere.path() + "/" + name, std::ios::binary) << content;
    }
    const auto survivor = must(GetParam().open(elsewhere.path(), random_));
    const Reach own = policy::reach_of(as(*survivor->directory(), sector_.acme_reporter), *survivor->labels());
    for (const ReportId& id : acknowledged) ASSERT_THAT(survivor->report(own, id), Succeeds());
    EXPECT_EQ(*survivor->check_integrity(), "ok");
  }
}

TEST_P(FailingDisk, APowerCutDuringCheckpointsLosesNothing) {
  disk_.remember_synced(true);
  reopen_on(disk_.name());
  std::vector<ReportId> acknowledged;
  for (int i = 0; i < 60; ++i) {
    const ReportVersion report = a_report(random_).from(sector_.acme).summary(std::string(19'000, 'x'));
    ASSERT_THAT(file(report), Succeeds());
    acknowledged.push_back(report.report);
  }
  reopen_on(disk_.name());  // truncates the log
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  const ScratchDirectory elsewhere;
  for (const auto& [name, content] : disk_.after_power_cut()) {
    std::ofstream(elsewhere.path() + "/" + name, std::ios::binary) << content;
  }
  const auto survivor = must(GetParam().open(elsewhere.path(), random_));
  const Reach own = policy::reach_of(as(*survivor->directory(), sector_.acme_reporter), *survivor->labels());
  for (const ReportId& id : acknowledged) ASSERT_THAT(survivor->report(own, id), Succeeds());
}

// --- killed at any moment

// Writes from several threads and tells the pipe each id once its write was acknowledged. Never returns.
class Victim : public StoreContract {
 public:
  void TestBody() override {}
  [[noreturn]] static void run(const std::string& directory, int acknowledgements) {
    SystemRandom random;
    auto opened = open_sqlite_store(directory, SqliteOptions{.random = random});
    if (!opened.ok()) _exit(3);
    const Sector sector = a_directory();
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
      writers.emplace_back([&] {
        for (;;) write_one(**opened, sector, random, acknowledgements);
      });
    }
    for (std::thread& writer : writers) writer.join();
    _exit(4);
  }

 private:
  // Numbers are short and drawn at random: one that is taken is drawn again.
  static ReportVersion file_one(Store& store, const Sector& sector, Random& random) {
    const auto allowed =
        must(policy::permit<action::FileReport>(as(*store.directory(), sector.acme_reporter), {sector.acme}));
    for (;;) {
      const ReportVersion report = a_report(random).from(sector.acme);
      Alongside with{at("2026-11-22T00:00:00Z"), {}, {}, {}};
      with.ledger = {{"report.filed", report.report.text(), 1, sha256("x"), with.at, Bytes(32, 1)}};
      with.outbox = {{"notice", sector.analyst, "report.filed", report.report.text()}};
      const Status filed = store.file_report(allowed, report, with);
      if (filed.ok()) return report;
      if (filed.error().code != "number.taken") _exit(5);
    }
  }
  static void write_one(Store& store, const Sector& sector, Random& random, int acknowledgements) {
    const ReportVersion report = file_one(store, sector, random);
    const auto& bytes = report.report.uuid();
    if (::write(acknowledgements, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) _exit(6);
  }
};

class Kill : public StoreContract {
 protected:
  // Kills the child after it has acknowledged `count` writes; gives all it acknowledged.
  std::vector<ReportId> kill_after(std::size_t count) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      Victim::run(scratch_.path(), ends[1]);
    }
    ::close(ends[1]);
    std::vector<ReportId> acknowledged;
    Uuid uuid{};
    while (::read(ends[0], uuid.data(), uuid.size()) == static_cast<ssize_t>(uuid.size())) {
      acknowledged.emplace_back(uuid);
      if (acknowledged.size() == count) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    return acknowledged;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Kill, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Kill, TwentyKillsLoseNothingAndLeaveNothingHalf) {
  std::vector<ReportId> acknowledged;
  for (int cycle = 0; cycle < 20; ++cycle) {
    store_.reset();
    const auto more = kill_after(1 + random_.below(120));
    acknowledged.insert(acknowledged.end(), more.begin(), more.end());
    reopen();
    const Reach own = reach(sector_.acme_reporter);
    for (const ReportId& id : acknowledged) ASSERT_THAT(store().report(own, id), Succeeds());
  }
  EXPECT_EQ(*store().check_integrity(), "ok");
  // Each report that is there came with its event, its ledger entry and its notice, acknowledged or not.
  const Reach own = reach(sector_.acme_reporter);
  std::size_t reports = 0;
  Page page{std::nullopt, 1000};
  do {
    const auto listed = must(store().reports(own, page));
    reports += listed.rows.size();
    page.before = listed.next;
  } while (page.before);
  EXPECT_GE(reports, acknowledged.size());
  std::size_t events = 0;
  for (auto found = must(store().events_after(own, 0, 1000)); !found.empty();) {
    events += found.size();
    found = must(store().events_after(own, found.back().sequence, 1000));
  }
  EXPECT_EQ(events, reports);
  EXPECT_THAT(must(store().unsealed_entries()), SizeIs(reports));
  std::size_t jobs = 0;
  for (auto claimed = must(store().claim_outbox(now_, std::chrono::seconds(60), 1000)); !claimed.empty();) {
    jobs += claimed.size();
    claimed = must(store().claim_outbox(now_, std::chrono::seconds(60), 1000));
  }
  EXPECT_EQ(jobs, reports);
}

}  // namespace
}  // namespace hinomi::store

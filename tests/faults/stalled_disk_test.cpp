// A disk that neither fails nor answers: what waits for it gives up in time, and nothing leaves unrecorded.
#include "contract/house.h"
#include "support/fault_vfs.h"
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using policy::ReadKind;
using policy::ReadNote;
using ::testing::SizeIs;

class StalledDisk : public StoreContract {
 protected:
  StalledDisk() { reopen_with(std::chrono::milliseconds(20)); }
  ~StalledDisk() override {
    disk_.stall_syncs(false);
    store_.reset();
  }
  void reopen_with(std::chrono::milliseconds patience) {
    store_.reset();
    store_ = must(open_sqlite_store(
        scratch_.path(),
        {.random = random_, .vfs = disk_.name(), .read_patience = patience, .write_patience = patience}));
  }
  Status record(const std::vector<ReadNote>& notes) {
    return store().record_reads({sector_.analyst, sector_.secretariat, now_, notes});
  }
  static ReadNote note_of(const ReportVersion& report) { return {ReadKind::Report, report.report.uuid(), 1, {}}; }
  // The writer takes one change after the other: when this is durable, so is what was handed in before.
  ReportVersion file_and_wait() {
    reopen_patiently();
    const ReportVersion report = a_report(random_).from(sector_.acme);
    must_hold(file(report));
    return report;
  }
  void reopen_patiently() {
    disk_.stall_syncs(false);
    reopen_with(std::chrono::hours(1));
  }
  static void must_hold(const Status& status) { ASSERT_THAT(status, Succeeds()); }

  testing::FaultVfs disk_{"stalled-disk"};
};
INSTANTIATE_TEST_SUITE_P(Engines, StalledDisk, ::testing::ValuesIn(engines()), engine_name);

TEST_P(StalledDisk, ReadingGivesUpAndGoesOnWhenTheDiskAnswersAgain) {
  const ReportVersion report = file_and_wait();
  reopen_with(std::chrono::milliseconds(20));
  disk_.stall_syncs(true);
  EXPECT_THAT(record({note_of(report)}), FailsWith("read.not_recorded"));
  EXPECT_THAT(record({note_of(report)}), FailsWith("read.not_recorded")) << "the first is not durable yet";
  reopen_patiently();  // closing waits for what the disk still owes
  EXPECT_THAT(record({note_of(report)}), Succeeds());
  const action::SeeReaders::Subject subject{ReadKind::Report, report.report.uuid(), report.org};
  const auto allowed = permit<action::SeeReaders>(sector_.acme_reporter, subject);
  EXPECT_THAT(must(store().reads_of(reach(sector_.acme_reporter), allowed)), SizeIs(1));
}

TEST_P(StalledDisk, AWriteThatWasNotBegunIsRefusedAndNotCarriedOutLater) {
  const ReportVersion report = file_and_wait();
  reopen_with(std::chrono::milliseconds(20));
  disk_.stall_syncs(true);
  ASSERT_THAT(record({note_of(report)}), FailsWith("read.not_recorded"));
  const ReportVersion refused = a_report(random_).from(sector_.acme);
  EXPECT_THAT(file(refused), FailsWith("store.stalled"));
  reopen_patiently();
  EXPECT_THAT(store().report(reach(sector_.acme_reporter), refused.report), FailsWith("not_found"));
  EXPECT_THAT(file(refused), Succeeds());
}

TEST_P(StalledDisk, AUseOfASessionThatCannotBeNotedStopsNobody) {
  const ReportVersion report = file_and_wait();
  reopen_with(std::chrono::milliseconds(20));
  disk_.stall_syncs(true);
  ASSERT_THAT(record({note_of(report)}), FailsWith("read.not_recorded"));
  EXPECT_THAT(store().touch_session(Sha256{}, now_), FailsWith("store.stalled"));
}

TEST_P(StalledDisk, NoMoreThanSoMuchWaitsForTheDisk) {
  std::vector<ReadNote> many;
  for (std::int64_t i = 1; i <= 60'000; ++i) many.push_back({ReadKind::Objects, {}, 0, {1, i, i}});
  disk_.stall_syncs(true);
  EXPECT_THAT(record(many), FailsWith("read.not_recorded"));
  for (ReadNote& note : many) note.version = 1;
  EXPECT_THAT(record(many), FailsWith("read.queue_full"));
}

}  // namespace
}  // namespace hinomi::store

namespace hinomi::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What an installation opens stands on this disk; before the house, because the house opens its own at once.
class StallingDisk {
 protected:
  hinomi::testing::FaultVfs disk_{"stalling-disk", hinomi::testing::FaultVfs::Use::Default};
};

class StalledHouse : protected StallingDisk, public House {
 protected:
  ~StalledHouse() override { disk_.stall_syncs(false); }
};

TEST_F(StalledHouse, NothingIsShownThatIsNotOnRecordAndTheReasonIs) {
  const std::string secret = "xqzvbnmtrwkp";
  const std::string report = "/api/v1/reports/" + file_report(secret).text("id");
  const std::string page = "/reports/" + report.substr(report.rfind('/') + 1);
  disk_.stall_syncs(true);
  const Answer refused = call("analyst1", Method::Get, report);
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.text("code"), "read.not_recorded");
  EXPECT_THAT(refused.body, Not(HasSubstr(secret)));
  EXPECT_THAT(refused.text("title"), HasSubstr("記録"));
  EXPECT_NE(refused.text("cause"), "");
  EXPECT_NE(refused.text("action"), "");
  disk_.stall_syncs(false);
  const Answer shown = call("analyst1", Method::Get, report);
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr(secret));
  disk_.stall_syncs(true);
  EXPECT_EQ(call("analyst1", Method::Get, report).status, 200) << "on record already in this hour";
}

}  // namespace
}  // namespace hinomi::tests

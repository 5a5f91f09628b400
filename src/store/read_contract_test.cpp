#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using policy::ReadKind;
using policy::ReadNote;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Reads : public StoreContract {
 protected:
  // The kinds noted by reading under a fresh reach of the person.
  template <class Read>
  std::vector<ReadNote> notes_of(const PersonId& person, const Read& read) {
    const Reach fresh = reach(person);
    read(fresh);
    return fresh.trail().take();
  }
  Status record(const PersonId& person, const std::vector<ReadNote>& notes, Instant when) {
    return store().record_reads({person, store().directory()->persons.at(person).org, when, notes});
  }
  std::vector<ReadMark> marks_of(const ReportVersion& report) {
    const PersonId& owner = sector_.acme_reporter;
    const action::SeeReaders::Subject subject{ReadKind::Report, report.report.uuid(), report.org};
    return must(store().reads_of(reach(owner), permit<action::SeeReaders>(owner, subject)));
  }
  std::vector<ReadMark> marks_of(const Release& release) {
    const action::SeeReaders::Subject subject{ReadKind::Release, release.id.uuid(), OrgId()};
    return must(store().reads_of(reach(sector_.analyst), permit<action::SeeReaders>(sector_.analyst, subject)));
  }
  const Instant morning_ = at("2026-11-22T08:10:00+09:00");
};
INSTANTIATE_TEST_SUITE_P(Engines, Reads, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Reads, EveryWayToAReportLeavesANoteOfItsVersions) {
  const ReportVersion first = a_report(random_).from(sector_.acme);
  const ReportVersion second = a_report(random_).of(first).summary("second");
  ASSERT_THAT(file(first), Succeeds());
  ASSERT_THAT(amend(second), Succeeds());
  const ReadNote old{ReadKind::Report, first.report.uuid(), 1, {}};
  const ReadNote newest{ReadKind::Report, first.report.uuid(), 2, {}};
  const PersonId& who = sector_.acme_reporter;
  EXPECT_THAT(notes_of(who, [&](const Reach& reach) { (void)store().report(reach, first.report); }),
              ElementsAre(newest));
  EXPECT_THAT(notes_of(who, [&](const Reach& reach) { (void)store().report_by_number(reach, first.number.text()); }),
              ElementsAre(newest));
  EXPECT_THAT(notes_of(who, [&](const Reach& reach) { (void)store().report_versions(reach, first.report); }),
              ElementsAre(old, newest));
  EXPECT_THAT(notes_of(who, [&](const Reach& reach) { (void)store().reports(reach, {}); }), ElementsAre(newest));
}

TEST_P(Reads, WhatIsHiddenLeavesNoNote) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  EXPECT_THAT(notes_of(sector_.beta_reporter,
                       [&](const Reach& reach) {
                         (void)store().report(reach, report.report);
                         (void)store().reports(reach, {});
                       }),
              IsEmpty());
}

TEST_P(Reads, ReleasesIndicatorsAndTheirObjectsLeaveNotes) {
  const Collection collection = a_collection("releases");
  const Label label = shared_with({sector_.secretariat, sector_.acme, sector_.beta});
  const Release release = published(collection, label);
  const PersonId& who = sector_.beta_reporter;
  const ReadNote version{ReadKind::Release, release.id.uuid(), 1, {}};
  EXPECT_THAT(notes_of(who, [&](const Reach& reach) { (void)store().release(reach, release.id); }),
              ElementsAre(version));
  EXPECT_THAT(notes_of(who, [&](const Reach& reach) { (void)store().releases(reach, {}); }), ElementsAre(version));
  EXPECT_THAT(notes_of(who, [&](const Reach& reach) { (void)store().indicators(reach, 0, 10); }),
              ElementsAre(ReadNote{ReadKind::Release, release.id.uuid(), 0, {}}));
  const auto page = notes_of(who, [&](const Reach& reach) { (void)store().objects(reach, collection.id, {}, 0, 10); });
  ASSERT_THAT(page, SizeIs(1));
  EXPECT_EQ(page.front().kind, ReadKind::Objects);
  EXPECT_EQ(page.front().subject, collection.id.uuid());
}

TEST_P(Reads, AReaderThroughACollectionIsAReaderOfTheRelease) {
  const Collection collection = a_collection("releases");
  const Label label = shared_with({sector_.secretariat, sector_.acme, sector_.beta});
  const Release release = published(collection, label);
  const Release other = published(collection, shared_with({sector_.secretariat, sector_.gamma}));
  const auto notes = notes_of(sector_.beta_reporter,
                              [&](const Reach& reach) { (void)store().objects(reach, collection.id, {}, 0, 10); });
  ASSERT_THAT(record(sector_.beta_reporter, notes, morning_), Succeeds());
  ASSERT_THAT(marks_of(release), SizeIs(1));
  EXPECT_EQ(marks_of(release).front().person, sector_.beta_reporter);
  EXPECT_THAT(marks_of(other), IsEmpty());
}

TEST_P(Reads, AMarkOutlivesTheProgramAndStandsOncePerHour) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  const std::vector<ReadNote> notes{{ReadKind::Report, report.report.uuid(), 1, {}}};
  ASSERT_THAT(record(sector_.analyst, notes, morning_), Succeeds());
  ASSERT_THAT(record(sector_.analyst, notes, morning_ + std::chrono::minutes(20)), Succeeds());
  reopen();
  ASSERT_THAT(record(sector_.analyst, notes, morning_ + std::chrono::minutes(40)), Succeeds());
  ASSERT_THAT(marks_of(report), SizeIs(1));
  EXPECT_EQ(marks_of(report).front().first_at, morning_);
  EXPECT_EQ(marks_of(report).front().org, sector_.secretariat);
  ASSERT_THAT(record(sector_.analyst, notes, morning_ + std::chrono::hours(1)), Succeeds());
  EXPECT_THAT(marks_of(report), SizeIs(2));
}

TEST_P(Reads, AMarkIsFoundOnItsWayAndInItsPlaceAndOnlyOnce) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  const std::vector<ReadNote> notes{{ReadKind::Report, report.report.uuid(), 1, {}}};
  ASSERT_THAT(record(sector_.analyst, notes, morning_), Succeeds());
  EXPECT_THAT(marks_of(report), SizeIs(1));
  // More than is kept on its way: the writer puts the oldest in their place.
  for (std::uint32_t version = 0; version < 6; ++version) {
    std::vector<ReadNote> many;
    for (std::int64_t i = 1; i <= 10'000; ++i) many.push_back({ReadKind::Objects, {}, version, {1, i, i}});
    ASSERT_THAT(record(sector_.analyst, many, morning_), Succeeds());
    ASSERT_THAT(marks_of(report), SizeIs(1));
  }
  reopen();
  EXPECT_THAT(marks_of(report), SizeIs(1));
  EXPECT_EQ(marks_of(report).front().first_at, morning_);
  EXPECT_EQ(marks_of(report).front().org, sector_.secretariat);
}

TEST_P(Reads, AReaderOfAReviewIsAReaderOfItsReport) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  Review review;
  review.id = ReviewId::random(random_);
  review.report = report.report;
  review.report_number = report.number;
  review.reporter_org = sector_.acme;
  review.edition.title = "Draft";
  review.release_label = shared_with({sector_.secretariat, sector_.acme});
  review.edited_by = sector_.analyst;
  ASSERT_THAT(store().open_review(permit<action::EditReview>(sector_.analyst, {review.id}), review,
                                  shared_with({sector_.secretariat, sector_.acme}), now()),
              Succeeds());
  const auto notes =
      notes_of(sector_.second_analyst, [&](const Reach& reach) { (void)store().review(reach, review.id); });
  ASSERT_THAT(notes, ElementsAre(ReadNote{ReadKind::Review, review.id.uuid(), 1, {}},
                                 ReadNote{ReadKind::Report, report.report.uuid(), 0, {}}));
  ASSERT_THAT(record(sector_.second_analyst, notes, morning_), Succeeds());
  ASSERT_THAT(marks_of(report), SizeIs(1));
  EXPECT_EQ(marks_of(report).front().person, sector_.second_analyst);
}

TEST_P(Reads, OldMarksCanBeForgotten) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  const std::vector<ReadNote> notes{{ReadKind::Report, report.report.uuid(), 1, {}}};
  ASSERT_THAT(record(sector_.analyst, notes, morning_), Succeeds());
  EXPECT_EQ(must(store().forget(Kept::Reads, morning_, 10)), 0U);
  EXPECT_EQ(must(store().forget(Kept::Reads, morning_ + std::chrono::hours(1), 10)), 1U);
  EXPECT_THAT(marks_of(report), IsEmpty());
}

TEST_P(Reads, PeersMayNotSeeReaders) {
  const action::SeeReaders::Subject report{ReadKind::Report, Uuid{1}, sector_.acme};
  const action::SeeReaders::Subject release{ReadKind::Release, Uuid{1}, OrgId()};
  EXPECT_TRUE(policy::permit<action::SeeReaders>(principal(sector_.acme_approver), report).ok());
  EXPECT_THAT(policy::permit<action::SeeReaders>(principal(sector_.beta_reporter), report),
              FailsWith("permit.see_readers"));
  EXPECT_THAT(policy::permit<action::SeeReaders>(principal(sector_.analyst), report), FailsWith("permit.see_readers"));
  EXPECT_THAT(policy::permit<action::SeeReaders>(principal(sector_.beta_reporter), release),
              FailsWith("permit.analyst"));
}

}  // namespace
}  // namespace hinomi::store

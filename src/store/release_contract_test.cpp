#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Releases : public StoreContract {
 protected:
  Releases() : collection_(a_collection("releases")) {}

  Review open_review() { return approved_review(victims_, members_, ReviewPurpose::Release, std::nullopt); }
  Status set_consent(const Review& review, ConsentState consent) {
    return store().set_consent(
        permit<action::ConsentToRelease>(sector_.acme_approver, {review.id, sector_.acme, review.revision}), consent,
        now());
  }
  Status edit(Review review) {
    review.revision += 1;
    return store().edit_review(permit<action::EditReview>(sector_.analyst, {review.id}), review, now());
  }
  Status amend_release(const Review& review, const ReleaseStore::Publication& publication) {
    return store().amend_release(
        permit<action::AmendRelease>(sector_.second_analyst,
                                     {publication.release.id, review.id, review.revision, both_analysts()}),
        publication, now());
  }
  Review amendment(const Release& release, ReviewPurpose purpose) {
    return approved_review(victims_, members_, purpose, release.id);
  }

  Collection collection_;
  Label victims_ = shared_with({sector_.secretariat, sector_.acme});
  Label members_ = shared_with({sector_.secretariat, sector_.acme, sector_.beta, sector_.gamma}, Tlp::Amber);
};
INSTANTIATE_TEST_SUITE_P(Engines, Releases, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Releases, AReviewComesBackWithItsTextChoicesAndApprovals) {
  Review review = open_review();
  review.edition.body = "新しい本文";
  review.decisions = R"({"area":"hidden"})";
  review.reason = "because";
  ASSERT_THAT(edit(review), Succeeds());
  const auto read = store().review(reach(sector_.analyst), review.id);
  ASSERT_THAT(read, Succeeds());
  EXPECT_EQ(read->revision, 2U);
  EXPECT_EQ(read->edition, review.edition);
  EXPECT_EQ(read->decisions, review.decisions);
  EXPECT_EQ(read->reason, review.reason);
  EXPECT_EQ(read->release_label, members_);
  EXPECT_THAT(read->approvals, IsEmpty()) << "an edit voids the approvals";
  EXPECT_THAT(store().reviews_of(reach(sector_.analyst), review.report).value(), SizeIs(1));
  EXPECT_THAT(store().reviews(reach(sector_.analyst), {})->rows, SizeIs(1));
  EXPECT_THAT(store().review(reach(sector_.beta_reporter), review.id), FailsWith("not_found"));
  EXPECT_THAT(store().reviews(reach(sector_.beta_reporter), {})->rows, IsEmpty());
}

TEST_P(Releases, AnEditOfAnOlderRevisionIsAConflict) {
  const Review review = open_review();
  ASSERT_THAT(edit(review), Succeeds());
  EXPECT_THAT(edit(review), FailsWith("review.moved_on"));
}

TEST_P(Releases, AnApprovalCountsOnceAndForItsRevision) {
  const Review review = open_review();
  EXPECT_THAT(store().review(reach(sector_.analyst), review.id)->approvals, SizeIs(2));
  const auto again = permit<action::ApproveRelease>(sector_.analyst, {review.id, review.revision, {}});
  EXPECT_THAT(store().approve_review(again, now()), FailsWith("review.approved_before"));
  ASSERT_THAT(edit(review), Succeeds());
  EXPECT_THAT(store().approve_review(again, now()), FailsWith("review.moved_on"));
}

TEST_P(Releases, AnEditTakesConsentBackButDoesNotGiveIt) {
  Review review = open_review();
  ASSERT_THAT(set_consent(review, ConsentState::Given), Succeeds());
  ASSERT_THAT(edit(review), Succeeds());
  EXPECT_EQ(store().review(reach(sector_.analyst), review.id)->consent, ConsentState::Missing);
  review.revision += 1;
  ASSERT_THAT(set_consent(review, ConsentState::Refused), Succeeds());
  review.consent = ConsentState::Given;
  ASSERT_THAT(edit(review), Succeeds());
  EXPECT_EQ(store().review(reach(sector_.analyst), review.id)->consent, ConsentState::Refused);
}

TEST_P(Releases, PublishingIsOneStep) {
  const Review review = open_review();
  const Release release = a_release(random_).read_by(members_);
  Alongside with = now();
  with.ledger = {{"release.published", release.id.text(), 1, sha256("text"), with.at, Bytes(32, 7)}};
  with.outbox = {{"notice", sector_.beta_reporter, "release.published", release.id.text()}};
  const Sequence before = store().last_sequence();
  ASSERT_THAT(publish(review, publication_of(release, collection_), with), Succeeds());
  const Reach member = reach(sector_.beta_reporter);
  const auto read = store().release(member, release.id);
  ASSERT_THAT(read, Succeeds());
  EXPECT_EQ(read->edition, release.edition);
  EXPECT_EQ(read->label, members_);
  EXPECT_EQ(read->state, ReleaseState::Published);
  EXPECT_EQ(store().release_by_number(member, release.number.text())->id, release.id);
  EXPECT_THAT(store().indicators(member, 0, 10).value(), SizeIs(1));
  EXPECT_THAT(store().objects(member, collection_.id, {}, 0, 10)->objects, SizeIs(1));
  EXPECT_THAT(store().release_objects(member, release.id).value(), SizeIs(1));
  EXPECT_EQ(store().review(reach(sector_.analyst), review.id)->state, ReviewState::Published);
  EXPECT_EQ(store().review(reach(sector_.analyst), review.id)->release, release.id);
  EXPECT_THAT(store().unsealed_entries().value(), SizeIs(1));
  EXPECT_THAT(store().claim_outbox(with.at, std::chrono::seconds(60), 10).value(), SizeIs(1));
  std::vector<EventKind> heard;
  for (const Event& event : must(store().events_after(member, before, 10))) heard.push_back(event.kind);
  EXPECT_THAT(heard, ElementsAre(EventKind::ObjectsAdded, EventKind::ReleasePublished));
}

TEST_P(Releases, AnOutsiderSeesNothingOfARelease) {
  const Release release = published(collection_, members_);
  const Reach outsider = reach(sector_.vendor_engineer);
  EXPECT_THAT(store().release(outsider, release.id), FailsWith("not_found"));
  EXPECT_THAT(store().release_by_number(outsider, release.number.text()), FailsWith("not_found"));
  EXPECT_THAT(store().release_versions(outsider, release.id), FailsWith("not_found"));
  EXPECT_THAT(store().release_objects(outsider, release.id), FailsWith("not_found"));
  EXPECT_THAT(store().receipts(outsider, release.id), FailsWith("not_found"));
  EXPECT_THAT(store().community_sighting_counts(outsider, release.id), FailsWith("not_found"));
  EXPECT_THAT(store().releases(outsider, {})->rows, IsEmpty());
  EXPECT_THAT(store().indicators(outsider, 0, 10).value(), IsEmpty());
  EXPECT_THAT(store().objects(outsider, collection_.id, {}, 0, 10)->objects, IsEmpty());
}

TEST_P(Releases, NothingIsPublishedOnceTheReviewMovedOn) {
  const Review review = open_review();
  const Release release = a_release(random_).read_by(members_);
  ASSERT_THAT(edit(review), Succeeds());
  EXPECT_THAT(publish(review, publication_of(release, collection_), now()), FailsWith("review.moved_on"));
  Review newer = review;
  newer.revision = 2;
  EXPECT_THAT(publish(newer, publication_of(release, collection_), now()), FailsWith("review.moved_on"))
      << "the approvals were for the first revision";
  EXPECT_THAT(store().objects(reach(sector_.analyst), collection_.id, {}, 0, 10)->objects, IsEmpty());
  EXPECT_THAT(store().release(reach(sector_.analyst), release.id), FailsWith("not_found"));
}

TEST_P(Releases, ARefusalThatCameMeanwhileStopsPublishing) {
  const Review review = open_review();
  ASSERT_THAT(set_consent(review, ConsentState::Refused), Succeeds());
  EXPECT_THAT(publish(review, publication_of(a_release(random_).read_by(members_), collection_), now()),
              FailsWith("review.consent_refused"));
}

TEST_P(Releases, AReviewIsPublishedOnce) {
  const Review review = open_review();
  ASSERT_THAT(publish(review, publication_of(a_release(random_).read_by(members_), collection_), now()), Succeeds());
  EXPECT_THAT(publish(review, publication_of(a_release(random_).read_by(members_), collection_), now()),
              FailsWith("review.moved_on"));
  EXPECT_THAT(edit(review), FailsWith("review.moved_on"));
}

TEST_P(Releases, ATakenNumberLeavesTheReviewOpen) {
  const Release first = published(collection_, members_);
  const Review review = open_review();
  ReleaseStore::Publication publication = publication_of(a_release(random_).read_by(members_), collection_);
  publication.release.number = first.number;
  EXPECT_THAT(publish(review, publication, now()), FailsWith("number.taken"));
  EXPECT_EQ(store().review(reach(sector_.analyst), review.id)->state, ReviewState::Open);
}

TEST_P(Releases, ACorrectionReplacesTextAndIndicatorsAndKeepsTheHistory) {
  const Release first = published(collection_, members_);
  const Release second = a_release(random_).of(first).state(ReleaseState::Corrected).body("corrected");
  ReleaseStore::Publication publication = publication_of(second, collection_);
  publication.indicators = {{"indicator--new", {IndicatorType::Ipv4, "192.0.2.7"}}};
  ASSERT_THAT(amend_release(amendment(first, ReviewPurpose::Correction), publication), Succeeds());
  const Reach member = reach(sector_.gamma_reporter);
  EXPECT_EQ(store().release(member, first.id)->edition.body, "corrected");
  EXPECT_THAT(store().release_versions(member, first.id).value(), SizeIs(2));
  EXPECT_THAT(store().releases(member, {})->rows, SizeIs(1));
  const auto indicators = must(store().indicators(member, 0, 10));
  ASSERT_THAT(indicators, SizeIs(1));
  EXPECT_EQ(indicators[0].indicator.value, "192.0.2.7");
  EXPECT_EQ(indicators[0].release, first.number);
  EXPECT_EQ(indicators[0].tlp, Tlp::Amber);
  EXPECT_THAT(store().release_objects(member, first.id).value(), SizeIs(2));
}

TEST_P(Releases, AWithdrawalRemovesTheIndicatorsAndAppendsTheRevokedVersions) {
  const Release first = published(collection_, members_);
  const Release second = a_release(random_).of(first).state(ReleaseState::Withdrawn);
  ASSERT_THAT(amend_release(amendment(first, ReviewPurpose::Withdrawal), publication_of(second, collection_)),
              Succeeds());
  const Reach member = reach(sector_.beta_reporter);
  EXPECT_EQ(store().release(member, first.id)->state, ReleaseState::Withdrawn);
  EXPECT_THAT(store().indicators(member, 0, 10).value(), IsEmpty());
  ObjectFilter all;
  all.version_keywords = {VersionKeyword::All};
  EXPECT_THAT(store().objects(member, collection_.id, all, 0, 10)->objects, SizeIs(2));
  EXPECT_THAT(store().objects(member, collection_.id, {}, 0, 10)->objects, SizeIs(1));
}

TEST_P(Releases, AnAmendmentNeedsTheReviewOfItsRelease) {
  const Release first = published(collection_, members_);
  const Release other = published(collection_, members_);
  const Release second = a_release(random_).of(first).state(ReleaseState::Corrected);
  EXPECT_THAT(amend_release(amendment(other, ReviewPurpose::Correction), publication_of(second, collection_)),
              FailsWith("internal"));
}

TEST_P(Releases, AcknowledgingTwiceCountsOnce) {
  const Release release = published(collection_, members_);
  const auto allowed = permit<action::Acknowledge>(sector_.beta_reporter, {release.id});
  ASSERT_THAT(store().acknowledge(allowed, 1, now()), Succeeds());
  ASSERT_THAT(store().acknowledge(allowed, 1, now()), Succeeds());
  EXPECT_THAT(store().acknowledge(allowed, 2, now()), FailsWith("not_found"));
  const auto receipts = must(store().receipts(reach(sector_.analyst), release.id));
  ASSERT_THAT(receipts, SizeIs(1));
  EXPECT_EQ(receipts[0].person, sector_.beta_reporter);
  EXPECT_EQ(receipts[0].org, sector_.beta);
}

TEST_P(Releases, TheLeafOfAReleaseShowsOnceItIsSealed) {
  const Review review = open_review();
  const Release release = a_release(random_).read_by(members_);
  Alongside with = now();
  with.ledger = {{"report.filed", "other", 1, {}, with.at, Bytes(32, 1)},
                 {"release.published", release.id.text(), 1, sha256("text"), with.at, Bytes(32, 7)}};
  ASSERT_THAT(publish(review, publication_of(release, collection_), with), Succeeds());
  const Reach member = reach(sector_.beta_reporter);
  EXPECT_THAT(store().sealed_entry(member, "release.published", release.id.text(), 1), FailsWith("not_found"));
  ASSERT_THAT(store().seal({0, 2, {sha256("0"), sha256("1"), sha256("pad")}, "checkpoint 3"}), Succeeds());
  const auto sealed = store().sealed_entry(member, "release.published", release.id.text(), 1);
  ASSERT_THAT(sealed, Succeeds());
  EXPECT_EQ(sealed->index, 1U);
  EXPECT_EQ(sealed->entry.salt, Bytes(32, 7));
  EXPECT_EQ(sealed->entry.at, with.at);
  EXPECT_EQ(store().release(member, release.id)->ledger_index, 1U);
  EXPECT_THAT(store().sealed_entry(reach(sector_.vendor_engineer), "release.published", release.id.text(), 1),
              FailsWith("not_found"));
}

TEST_P(Releases, IndicatorsArePagedInTheReadersReach) {
  for (int i = 0; i < 5; ++i) published(collection_, i % 2 == 0 ? members_ : victims_);
  const auto all = must(store().indicators(reach(sector_.acme_reporter), 0, 100));
  EXPECT_THAT(all, SizeIs(5));
  EXPECT_THAT(must(store().indicators(reach(sector_.beta_reporter), 0, 100)), SizeIs(3));
  EXPECT_THAT(must(store().indicators(reach(sector_.acme_reporter), all[1].sequence, 2)), SizeIs(2));
}

}  // namespace
}  // namespace hinomi::store

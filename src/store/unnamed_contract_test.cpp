// Reports without a name in the store: by their code or through both gates, the talk in order, the flood bounded, who
// it was opened by two and to these two, and nothing left when they are forgotten.
#include "policy/labelling.h"
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class UnnamedKept : public StoreContract {
 protected:
  ArrivingUnnamed arriving(std::string details = "something odd") {
    ArrivingUnnamed arriving;
    arriving.report.id = UnnamedId::random(random_);
    arriving.report.label = policy::secretariat_label(*store().directory());
    arriving.report.received_at = now_;
    arriving.report.story.happening = Happening::Screen;
    arriving.report.story.details = std::move(details);
    arriving.report.identity_left = true;
    arriving.identity = {"Yamamoto", "090-0000-0000"};
    random_.fill(arriving.code);
    random_.fill(arriving.form);
    arriving.most_unanswered = 3;
    return arriving;
  }
  ArrivingUnnamed received() {
    ArrivingUnnamed sent = arriving();
    EXPECT_THAT(receive(sent), Succeeds());
    return sent;
  }
  Status receive(const ArrivingUnnamed& sent) { return store().receive_unnamed(door_, sent, now()); }
  Result<UnnamedReport> of_code(const Sha256& code) { return store().unnamed_of_code(door_, code); }
  Status say(const ArrivingUnnamed& sent, const std::string& text) {
    ArrivingTalk talk{text, {}};
    random_.fill(talk.form);
    return store().add_unnamed_talk(door_, sent.code, talk, now());
  }
  Status answer(const UnnamedId& id, const std::string& text) {
    return store().answer_unnamed(permit<action::AnswerUnnamed>(sector_.analyst, {id}), text, now());
  }
  Status close(const UnnamedId& id) {
    return store().close_unnamed(permit<action::AnswerUnnamed>(sector_.analyst, {id}), now());
  }
  Result<UnnamedReport> read(const PersonId& person, const UnnamedId& id) {
    return store().unnamed(reach(person), permit<action::ReadUnnamed>(person, {}), id);
  }
  Result<UnnamedIdentity> identity(const PersonId& person, const UnnamedId& id) {
    return store().unnamed_identity(reach(person), permit<action::ReadUnnamed>(person, {}), id);
  }
  IdentityOpening proposed(const UnnamedId& id) {
    IdentityOpening opening;
    opening.id = IdentityOpeningId::random(random_);
    opening.proposed_by = sector_.analyst;
    opening.proposed_at = now_;
    opening.reason = "somebody may be in danger";
    EXPECT_THAT(store().propose_identity(permit<action::ProposeIdentity>(sector_.analyst, {id}), opening, now()),
                Succeeds());
    return opening;
  }
  Status open(const UnnamedId& id, const IdentityOpening& opening) {
    const action::AgreeToIdentity::Subject subject{opening.id, id, opening.proposed_by};
    return store().open_identity(permit<action::AgreeToIdentity>(sector_.second_analyst, subject), now());
  }

  Permit<action::KeepUnnamedDoor> door_ = policy::MachineRoom::unnamed_door();
};
INSTANTIATE_TEST_SUITE_P(Engines, UnnamedKept, ::testing::ValuesIn(engines()), engine_name);

TEST_P(UnnamedKept, AreFoundByTheirCodeWordForWord) {
  const ArrivingUnnamed sent = received();
  reopen();
  EXPECT_EQ(must(of_code(sent.code)), sent.report);
  Sha256 other = sent.code;
  other[31] ^= 1;
  EXPECT_THAT(of_code(other), FailsWith("not_found"));
}

TEST_P(UnnamedKept, AreReadThroughReachAndPermitAndTheReadIsNoted) {
  const ArrivingUnnamed sent = received();
  const Reach analyst = reach(sector_.analyst);
  const auto allowed = permit<action::ReadUnnamed>(sector_.analyst, {});
  EXPECT_EQ(must(store().unnamed(analyst, allowed, sent.report.id)), sent.report);
  EXPECT_THAT(must(store().unnamed_reports(analyst, allowed, {})).rows, SizeIs(1));
  EXPECT_THAT(analyst.trail().take(),
              ElementsAre(policy::ReadNote{policy::ReadKind::Unnamed, sent.report.id.uuid(), 0, {}}));
  const Reach other = reach(sector_.acme_reporter);
  EXPECT_THAT(store().unnamed(other, allowed, sent.report.id), FailsWith("not_found"));
  EXPECT_THAT(must(store().unnamed_reports(other, allowed, {})).rows, IsEmpty());
  for (const PersonId& person : {sector_.platform_operator, sector_.acme_reporter, sector_.acme_approver})
    EXPECT_THAT(policy::permit<action::ReadUnnamed>(principal(person), {}), FailsWith("permit.analyst"));
}

TEST_P(UnnamedKept, ArePagedNewestFirst) {
  std::vector<UnnamedId> sent;
  for (int i = 0; i < 3; ++i) sent.push_back(received().report.id);
  const auto allowed = permit<action::ReadUnnamed>(sector_.analyst, {});
  const auto first = must(store().unnamed_reports(reach(sector_.analyst), allowed, {.before = {}, .limit = 2}));
  ASSERT_THAT(first.rows, SizeIs(2));
  EXPECT_EQ(first.rows[0].id, sent[2]);
  EXPECT_EQ(first.rows[1].id, sent[1]);
  const auto second =
      must(store().unnamed_reports(reach(sector_.analyst), allowed, {.before = first.next, .limit = 2}));
  ASSERT_THAT(second.rows, SizeIs(1));
  EXPECT_EQ(second.rows[0].id, sent[0]);
}

TEST_P(UnnamedKept, AreTakenOncePerFormAndNoMoreThanCanBeAnswered) {
  const ArrivingUnnamed first = received();
  ArrivingUnnamed again = arriving();
  again.form = first.form;
  EXPECT_THAT(receive(again), FailsWith("unnamed.sent_before"));
  received();
  received();
  EXPECT_THAT(receive(arriving()), FailsWith("unnamed.too_many"));
  ASSERT_THAT(answer(first.report.id, "thank you"), Succeeds());
  EXPECT_THAT(receive(arriving()), Succeeds()) << "one of them waits no more";
  EXPECT_THAT(say(first, "one more thing"), Succeeds()) << "a talk that goes on is never refused for others";
  EXPECT_THAT(receive(arriving()), FailsWith("unnamed.too_many"));
}

TEST_P(UnnamedKept, TalkInOrderAndWhoSpokeLastIsKnown) {
  const ArrivingUnnamed sent = received();
  ASSERT_THAT(say(sent, "and it is red"), Succeeds());
  ASSERT_THAT(answer(sent.report.id, "since when?"), Succeeds());
  reopen();
  const UnnamedReport answered = must(of_code(sent.code));
  ASSERT_THAT(answered.talk, SizeIs(2));
  EXPECT_EQ(answered.talk[0].text, "and it is red");
  EXPECT_EQ(answered.talk[0].by, std::nullopt);
  EXPECT_EQ(answered.talk[1].text, "since when?");
  EXPECT_EQ(answered.talk[1].by, sector_.analyst);
  EXPECT_FALSE(answered.waits);
  ASSERT_THAT(say(sent, "since noon"), Succeeds());
  EXPECT_TRUE(must(read(sector_.second_analyst, sent.report.id)).waits);
}

TEST_P(UnnamedKept, TheSameFormSaysItOnce) {
  const ArrivingUnnamed sent = received();
  const ArrivingTalk talk{"twice", sha256("form")};
  ASSERT_THAT(store().add_unnamed_talk(door_, sent.code, talk, now()), Succeeds());
  ASSERT_THAT(store().add_unnamed_talk(door_, sent.code, talk, now()), Succeeds());
  EXPECT_THAT(must(of_code(sent.code)).talk, SizeIs(1));
}

TEST_P(UnnamedKept, NobodyTalksWithoutEnd) {
  const ArrivingUnnamed sent = received();
  for (std::size_t i = 0; i < kMostUnansweredTalk; ++i) ASSERT_THAT(say(sent, "more"), Succeeds());
  EXPECT_THAT(say(sent, "more"), FailsWith("unnamed.talk_full"));
  ASSERT_THAT(answer(sent.report.id, "yes?"), Succeeds());
  EXPECT_THAT(say(sent, "more"), Succeeds());
  while (must(of_code(sent.code)).talk.size() < kMostTalk) ASSERT_THAT(answer(sent.report.id, "x"), Succeeds());
  EXPECT_THAT(answer(sent.report.id, "x"), FailsWith("unnamed.talk_full"));
}

TEST_P(UnnamedKept, AreClosedOnceAndTakeNothingAfterwards) {
  const ArrivingUnnamed sent = received();
  ASSERT_THAT(close(sent.report.id), Succeeds());
  EXPECT_EQ(must(of_code(sent.code)).closed_at, now_);
  EXPECT_THAT(close(sent.report.id), FailsWith("unnamed.closed"));
  EXPECT_THAT(answer(sent.report.id, "x"), FailsWith("unnamed.closed"));
  EXPECT_THAT(say(sent, "x"), FailsWith("unnamed.closed"));
  EXPECT_THAT(close(UnnamedId::random(random_)), FailsWith("not_found"));
}

TEST_P(UnnamedKept, AReportIsMadeOfOneOnceAndWithItOrNotAtAll) {
  const ArrivingUnnamed sent = received();
  const auto file_of_it = [&] {
    Alongside with = now();
    with.unnamed_source = sent.report.id;
    const ReportVersion report = a_report(random_).from(sector_.acme);
    return std::pair(report.report, file(report, with));
  };
  const auto [first, filed] = file_of_it();
  ASSERT_THAT(filed, Succeeds());
  EXPECT_EQ(must(of_code(sent.code)).report, first);
  const auto [second, refused] = file_of_it();
  EXPECT_THAT(refused, FailsWith("unnamed.filed"));
  EXPECT_THAT(store().report(reach(sector_.analyst), second), FailsWith("not_found"));
}

TEST_P(UnnamedKept, WhoItIsIsOpenToTheTwoWhoOpenedItAndToNobodyElse) {
  const ArrivingUnnamed sent = received();
  const UnnamedId& id = sent.report.id;
  EXPECT_THAT(identity(sector_.analyst, id), FailsWith("not_found"));
  const IdentityOpening opening = proposed(id);
  EXPECT_THAT(identity(sector_.analyst, id), FailsWith("not_found")) << "asking opens nothing";
  EXPECT_THAT(policy::allows<action::AgreeToIdentity>(principal(sector_.analyst), {opening.id, id, sector_.analyst}),
              FailsWith("permit.other_person"));
  ASSERT_THAT(open(id, opening), Succeeds());
  EXPECT_THAT(open(id, opening), FailsWith("unnamed.opening_closed"));
  EXPECT_EQ(must(identity(sector_.analyst, id)), sent.identity);
  EXPECT_EQ(must(identity(sector_.second_analyst, id)), sent.identity);
  // Another report's request opens nothing here.
  const ArrivingUnnamed other = received();
  EXPECT_THAT(open(other.report.id, opening), FailsWith("not_found"));
  EXPECT_THAT(identity(sector_.analyst, other.report.id), FailsWith("not_found"));
  const UnnamedReport seen = must(of_code(sent.code));
  ASSERT_THAT(seen.openings, SizeIs(1));
  EXPECT_EQ(seen.openings[0].state, IdentityOpeningState::Opened);
  EXPECT_EQ(seen.openings[0].decided_by, sector_.second_analyst);
}

TEST_P(UnnamedKept, ReadingWhoItIsIsNotedAsThat) {
  const ArrivingUnnamed sent = received();
  ASSERT_THAT(open(sent.report.id, proposed(sent.report.id)), Succeeds());
  const Reach analyst = reach(sector_.analyst);
  ASSERT_THAT(store().unnamed_identity(analyst, permit<action::ReadUnnamed>(sector_.analyst, {}), sent.report.id),
              Succeeds());
  EXPECT_THAT(analyst.trail().take(),
              ElementsAre(policy::ReadNote{policy::ReadKind::Unnamed, sent.report.id.uuid(), 1, {}}));
}

TEST_P(UnnamedKept, ARefusedRequestOpensNothingAndRequestsAreBounded) {
  const ArrivingUnnamed sent = received();
  const UnnamedId& id = sent.report.id;
  for (std::size_t i = 0; i < kMostIdentityOpenings; ++i) {
    const IdentityOpening opening = proposed(id);
    ASSERT_THAT(store().reject_identity(permit<action::RejectIdentity>(sector_.analyst, {opening.id, id}), now()),
                Succeeds());
    EXPECT_THAT(open(id, opening), FailsWith("unnamed.opening_closed"));
  }
  EXPECT_THAT(identity(sector_.analyst, id), FailsWith("not_found"));
  IdentityOpening more = must(of_code(sent.code)).openings[0];
  more.id = IdentityOpeningId::random(random_);
  EXPECT_THAT(store().propose_identity(permit<action::ProposeIdentity>(sector_.analyst, {id}), more, now()),
              FailsWith("unnamed.too_many_openings"));
}

TEST_P(UnnamedKept, AreForgottenWithEverythingOnceTheyAreClosedLongEnough) {
  const ArrivingUnnamed open_one = received();
  const ArrivingUnnamed closed = received();
  ASSERT_THAT(say(closed, "more"), Succeeds());
  ASSERT_THAT(open(closed.report.id, proposed(closed.report.id)), Succeeds());
  ASSERT_THAT(close(closed.report.id), Succeeds());
  EXPECT_EQ(must(store().forget(Kept::Unnamed, now_, 100)), 0U) << "closed at that moment, not before";
  EXPECT_EQ(must(store().forget(Kept::Unnamed, now_ + std::chrono::seconds(1), 100)), 1U);
  EXPECT_THAT(of_code(closed.code), FailsWith("not_found"));
  EXPECT_THAT(read(sector_.analyst, closed.report.id), FailsWith("not_found"));
  EXPECT_THAT(identity(sector_.analyst, closed.report.id), FailsWith("not_found"));
  EXPECT_THAT(of_code(open_one.code), Succeeds());
}

}  // namespace
}  // namespace hinomi::store

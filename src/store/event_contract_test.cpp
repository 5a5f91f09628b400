#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Events : public StoreContract {
 protected:
  Alongside with_key(const std::string& key, const std::string& body) {
    Alongside with = now();
    with.idempotency = IdempotencyKey{sector_.acme_reporter, key, sha256(body)};
    return with;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Events, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Events, EachReaderHearsOfWhatTheyMayReadInOneOrder) {
  const Collection collection = a_collection("indicators");
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  ASSERT_THAT(add(collection, {stix("tool--1", "2026-01-01T00:00:00Z")}, shared_with({sector_.acme, sector_.beta})),
              Succeeds());
  ASSERT_THAT(amend(a_report(random_).of(report)), Succeeds());
  const auto acme = must(store().events_after(reach(sector_.acme_reporter), 0, 100));
  const auto beta = must(store().events_after(reach(sector_.beta_reporter), 0, 100));
  ASSERT_THAT(acme, SizeIs(3));
  EXPECT_EQ(acme[0].kind, EventKind::ReportFiled);
  EXPECT_EQ(acme[0].subject, report.report.text());
  EXPECT_EQ(acme[1].kind, EventKind::ObjectsAdded);
  EXPECT_LT(acme[0].sequence, acme[1].sequence);
  EXPECT_LT(acme[1].sequence, acme[2].sequence);
  EXPECT_EQ(acme[2].sequence, store().last_sequence());
  ASSERT_THAT(beta, SizeIs(1));
  EXPECT_EQ(beta[0].sequence, acme[1].sequence);
  EXPECT_THAT(must(store().events_after(reach(sector_.acme_reporter), acme[1].sequence, 100)), SizeIs(1));
  EXPECT_THAT(must(store().events_after(reach(sector_.acme_reporter), 0, 2)), SizeIs(2));
}

TEST_P(Events, AWriteThatFailedLeavesNoEvent) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  const Sequence before = store().last_sequence();
  ASSERT_THAT(file(report), FailsWith("number.taken"));
  EXPECT_EQ(store().last_sequence(), before);
  EXPECT_THAT(must(store().events_after(reach(sector_.acme_reporter), before, 100)), IsEmpty());
}

TEST_P(Events, WhoWaitsIsWokenAfterTheCommit) {
  std::atomic<int> woken{0};
  store().on_events([&] { ++woken; });
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  EXPECT_EQ(woken, 1);
  ASSERT_THAT(store().settle_attempt({sha256("nobody"), "192.0.2.1", "password"}, at("2026-11-22T00:00:00Z")),
              Succeeds());
  EXPECT_EQ(woken, 1);
}

TEST_P(Events, AReachMadeBeforeALabelWasKnownDoesNotPassItsRows) {
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  const Reach stale = reach(sector_.acme_reporter);
  const ReportVersion under_new_label =
      a_report(random_).from(sector_.acme).read_by(shared_with({sector_.acme, sector_.beta}));
  ASSERT_THAT(file(under_new_label), Succeeds());
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  EXPECT_THAT(must(store().events_after(stale, 0, 100)), SizeIs(1)) << "the third stands behind one it cannot judge";
  EXPECT_THAT(must(store().events_after(reach(sector_.acme_reporter), 0, 100)), SizeIs(3));
}

TEST_P(Events, ARepeatedKeyIsToldFromAReusedOne) {
  const ReportVersion first = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(first, with_key("k1", "body")), Succeeds());
  EXPECT_THAT(file(a_report(random_).from(sector_.acme), with_key("k1", "body")), FailsWith("idempotency.repeated"));
  EXPECT_THAT(file(a_report(random_).from(sector_.acme), with_key("k1", "other")), FailsWith("idempotency.key_reused"));
  const auto earlier = must(store().earlier_write(sector_.acme_reporter, "k1"));
  ASSERT_TRUE(earlier);
  EXPECT_EQ(earlier->subject, first.report.text());
  EXPECT_EQ(earlier->body_hash, sha256("body"));
  EXPECT_FALSE(must(store().earlier_write(sector_.acme_reporter, "k2")));
  EXPECT_FALSE(must(store().earlier_write(sector_.beta_reporter, "k1"))) << "keys belong to one person";
  EXPECT_THAT(store().reports(reach(sector_.acme_reporter), {})->rows, SizeIs(1));
}

TEST_P(Events, AKeyOfAWriteThatFailedIsFree) {
  const ReportVersion report = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(report), Succeeds());
  ASSERT_THAT(file(report, with_key("k1", "body")), FailsWith("number.taken"));
  EXPECT_THAT(file(a_report(random_).from(sector_.acme), with_key("k1", "body")), Succeeds());
}

TEST_P(Events, OneOfManyEqualRequestsIsCarriedOut) {
  std::atomic<int> carried_out{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    const ReportVersion report = a_report(random_).from(sector_.acme);
    const Alongside with = with_key("same", "body");
    threads.emplace_back([this, report, with, &carried_out] { carried_out += file(report, with).ok() ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(carried_out, 1);
  EXPECT_THAT(store().reports(reach(sector_.acme_reporter), {})->rows, SizeIs(1));
}

// --- many writers at once

class Concurrency : public StoreContract {
 protected:
  static constexpr int kWriters = 8;
  static constexpr int kEach = 12;

  // Read by acme and the secretariat; every third label is one that nobody has used before, so that new labels appear
  // while the pollers run.
  Label label_for(int i) {
    Label label = shared_with({sector_.secretariat, sector_.acme}, i % 2 == 0 ? Tlp::Amber : Tlp::AmberStrict);
    if (i % 3 != 0) return label;
    AudienceSet set{{PersonId::random(random_)}, {sector_.secretariat, sector_.acme}, {}};
    label.audience = Audience::only(std::move(set));
    return label;
  }
  void write_all(const Collection& collection, std::atomic<int>& running) {
    std::vector<std::thread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([&, writer] {
        for (int i = 0; i < kEach; ++i) {
          const std::string id = "tool--" + std::to_string(writer) + "-" + std::to_string(i);
          ASSERT_THAT(add_at(collection, stix(id, "2026-01-01T00:00:00Z"), label_for(i)), Succeeds());
        }
        --running;
      });
    }
    for (std::thread& writer : writers) writer.join();
  }
  // All writers hand in the same time: `added` must rise all the same.
  Result<std::vector<AddOutcome>> add_at(const Collection& collection, const StixObject& object, const Label& label) {
    const auto allowed = permit<action::WriteCollection>(sector_.analyst, {collection.id, collection.writers});
    const std::vector<StixObject> objects{object};
    return store().add_objects(allowed, objects, label, Alongside{at("2026-11-22T00:00:00Z"), {}, {}, {}});
  }
  // Follows one cursor until everything was written and one more round found nothing.
  template <class Round>
  std::thread poller(std::atomic<int>& running, Round round) {
    return std::thread([&running, round] {
      for (bool last = false;;) {
        const bool was_last = last;
        last = running == 0;
        while (round() > 0) last = false;
        if (was_last && last) return;
        std::this_thread::yield();
      }
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Concurrency, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Concurrency, PollersBesideEightWritersMissNothing) {
  for (int round = 0; round < 20; ++round) {
    const Collection collection = a_collection("collection-" + std::to_string(round));
    std::atomic<int> running{kWriters};
    std::multiset<std::string> by_time;
    std::multiset<std::string> by_sequence;
    std::size_t events = 0;
    ObjectFilter filter;
    Sequence after = 0;
    Sequence heard = store().last_sequence();
    std::thread times = poller(running, [&] {
      const auto page = must(store().objects(reach(sector_.acme_reporter), collection.id, filter, 0, 7));
      for (const StoredObject& stored : page.objects) by_time.insert(stored.object.id);
      if (!page.objects.empty()) filter.added_after = page.objects.back().added;
      return page.objects.size();
    });
    std::thread sequences = poller(running, [&] {
      const auto page = must(store().objects(reach(sector_.acme_reporter), collection.id, {}, after, 7));
      for (const StoredObject& stored : page.objects) by_sequence.insert(stored.object.id);
      if (!page.objects.empty()) after = page.objects.back().sequence;
      return page.objects.size();
    });
    std::thread listener = poller(running, [&] {
      const auto found = must(store().events_after(reach(sector_.acme_reporter), heard, 5));
      events += found.size();
      if (!found.empty()) heard = found.back().sequence;
      return found.size();
    });
    write_all(collection, running);
    times.join();
    sequences.join();
    listener.join();
    EXPECT_EQ(by_time.size(), kWriters * kEach);
    EXPECT_EQ(by_sequence, by_time);
    EXPECT_EQ(std::set<std::string>(by_time.begin(), by_time.end()).size(), by_time.size()) << "none twice";
    EXPECT_EQ(events, kWriters * kEach);
  }
}

TEST_P(Concurrency, WritesThatFailDoNotHurtTheirNeighboursInOneCommit) {
  const ReportVersion taken = a_report(random_).from(sector_.acme);
  ASSERT_THAT(file(taken), Succeeds());
  std::atomic<int> refused{0};
  std::mutex mutex;
  std::vector<ReportId> kept;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        ReportVersion bad = a_report(random_).from(sector_.acme);
        bad.number = taken.number;
        const Alongside with{at("2026-11-22T00:00:00Z"), {}, {{"report.filed", bad.report.text(), 1, {}, {}, {}}}, {}};
        refused += file(bad, with).ok() ? 0 : 1;
        const ReportVersion good = a_report(random_).from(sector_.acme);
        ASSERT_THAT(file(good, Alongside{with.at, {}, {}, {}}), Succeeds());
        const std::lock_guard lock(mutex);
        kept.push_back(good.report);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, kWriters * kEach);
  reopen();
  const Reach own = reach(sector_.acme_reporter);
  for (const ReportId& id : kept) EXPECT_THAT(store().report(own, id), Succeeds());
  EXPECT_THAT(must(store().unsealed_entries()), IsEmpty());
  EXPECT_THAT(must(store().events_after(own, 0, 1000)), SizeIs(kept.size() + 1));
}

}  // namespace
}  // namespace hinomi::store

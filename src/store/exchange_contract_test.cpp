// Sources and cases, sightings, the ledger, delivery and upkeep.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class Sources : public StoreContract {
 protected:
  NewCase a_case(const Label& label, std::vector<std::string> keys) {
    NewCase fresh;
    fresh.id = CaseId::random(random_);
    fresh.number = HumanNumber::make(NumberKind::Case, 2026, random_);
    fresh.title = "CVE-2026-1000 in a gateway";
    fresh.score = 70;
    fresh.reasons = {"exploited", "in use here"};
    fresh.keys = std::move(keys);
    fresh.label = label;
    return fresh;
  }
  static NewItem an_item(const NewCase& of, const std::string& source, const std::string& id, const Label& label) {
    NewItem fresh;
    fresh.item.source = source;
    fresh.item.external_id = id;
    fresh.item.version = "1";
    fresh.item.title = "Advisory " + id;
    fresh.item.cves = {"CVE-2026-1000"};
    fresh.item.published = at("2026-11-20T00:00:00Z");
    fresh.item.raw = std::string("{\"a\":\0 1}", 9);
    fresh.case_id = of.id;
    fresh.label = label;
    return fresh;
  }
  Result<std::size_t> import(const std::vector<NewCase>& cases, const std::vector<NewItem>& items) {
    return store().add_items(permit<action::ImportSources>(sector_.analyst, {}), cases, items, now());
  }
  Label open_ = shared_with({sector_.secretariat, sector_.acme, sector_.beta});
  Label closed_ = shared_with({sector_.acme});
};
INSTANTIATE_TEST_SUITE_P(Engines, Sources, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Sources, ACaseComesBackWithItsItems) {
  const NewCase fresh = a_case(open_, {"cve:CVE-2026-1000"});
  const NewItem item = an_item(fresh, "kev", "K-1", open_);
  EXPECT_EQ(*import({fresh}, {item}), 1U);
  const auto summary = store().case_summary(reach(sector_.acme_reporter), fresh.id);
  ASSERT_THAT(summary, Succeeds());
  EXPECT_EQ(summary->number, fresh.number);
  EXPECT_EQ(summary->reasons, fresh.reasons);
  EXPECT_EQ(summary->sources, 1U);
  const auto items = must(store().items_of(reach(sector_.acme_reporter), fresh.id));
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].item.raw, item.item.raw);
  EXPECT_EQ(items[0].item.cves, item.item.cves);
  EXPECT_EQ(items[0].item.published, item.item.published);
  EXPECT_THAT(must(store().case_keys(reach(sector_.acme_reporter), std::vector<std::string>{"cve:CVE-2026-1000", "x"})),
              ElementsAre(Pair("cve:CVE-2026-1000", fresh.id)));
}

TEST_P(Sources, WhatWasCollectedBeforeIsSkipped) {
  const NewCase fresh = a_case(open_, {});
  EXPECT_EQ(*import({fresh}, {an_item(fresh, "kev", "K-1", open_), an_item(fresh, "kev", "K-1", open_)}), 1U);
  EXPECT_EQ(*import({}, {an_item(fresh, "kev", "K-1", open_), an_item(fresh, "jvn", "J-1", open_)}), 1U);
  EXPECT_EQ(store().case_summary(reach(sector_.acme_reporter), fresh.id)->sources, 2U);
}

TEST_P(Sources, HiddenItemsChangeNeitherCountsNorOrder) {
  const NewCase older = a_case(open_, {"k"});
  const NewCase newer = a_case(open_, {});
  ASSERT_THAT(import({older, newer}, {an_item(older, "kev", "K-1", open_)}), Succeeds());
  const Reach beta = reach(sector_.beta_reporter);
  const auto before = must(store().cases(beta, {}));
  ASSERT_THAT(import({a_case(closed_, {"k"})}, {an_item(older, "secret", "S-1", closed_)}), Succeeds());
  const Reach fresh_beta = reach(sector_.beta_reporter);
  const auto after = must(store().cases(fresh_beta, {}));
  ASSERT_THAT(after.rows, SizeIs(2));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(after.rows[i].id, before.rows[i].id);
    EXPECT_EQ(after.rows[i].changed_at, before.rows[i].changed_at);
    EXPECT_EQ(after.rows[i].sources, before.rows[i].sources);
  }
  EXPECT_EQ(*store().item_count(fresh_beta), 1U);
  EXPECT_EQ(*store().item_count(reach(sector_.acme_reporter)), 2U);
  EXPECT_THAT(must(store().items_of(fresh_beta, older.id)), SizeIs(1));
  EXPECT_THAT(must(store().case_keys(fresh_beta, std::vector<std::string>{"k"})), SizeIs(1));
  EXPECT_EQ(store().case_summary(reach(sector_.acme_reporter), older.id)->sources, 2U);
}

TEST_P(Sources, ANewItemMovesItsCaseToTheTop) {
  const NewCase first = a_case(open_, {});
  const NewCase second = a_case(open_, {});
  ASSERT_THAT(import({first, second}, {}), Succeeds());
  EXPECT_EQ(store().cases(reach(sector_.acme_reporter), {})->rows.front().id, second.id);
  ASSERT_THAT(import({}, {an_item(first, "kev", "K-9", open_)}), Succeeds());
  EXPECT_EQ(store().cases(reach(sector_.acme_reporter), {})->rows.front().id, first.id);
}

TEST_P(Sources, AnItemOfAnUnknownCaseKeepsTheWholeBatchOut) {
  const NewCase known = a_case(open_, {});
  const NewCase unknown = a_case(open_, {});
  EXPECT_THAT(import({known}, {an_item(known, "kev", "K-1", open_), an_item(unknown, "kev", "K-2", open_)}),
              FailsWith("case.unknown"));
  EXPECT_THAT(store().case_summary(reach(sector_.acme_reporter), known.id), FailsWith("not_found"));
}

TEST_P(Sources, ARunKeepsItsLastSuccess) {
  const auto allowed = permit<action::ImportSources>(sector_.analyst, {});
  const Instant first = at("2026-11-22T00:00:00Z");
  ASSERT_THAT(store().note_source_run(allowed, {"kev", first, first, 10, 0, ""}), Succeeds());
  ASSERT_THAT(store().note_source_run(allowed, {"kev", first + seconds(60), {}, 0, 1, "timeout"}), Succeeds());
  const auto health = must(store().source_health());
  ASSERT_THAT(health, SizeIs(1));
  EXPECT_EQ(health[0].last_run, first + seconds(60));
  EXPECT_EQ(health[0].last_success, first);
  EXPECT_EQ(health[0].last_problem, "timeout");
}

class Sightings : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(Engines, Sightings, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Sightings, EachReaderCountsTheirOwnAndTheCommunityFigureCountsAll) {
  const Collection collection = a_collection("releases");
  const Release release =
      published(collection, shared_with({sector_.secretariat, sector_.acme, sector_.beta}, Tlp::Amber));
  const auto send = [&](const OrgId& org, const PersonId& person) {
    Sighting sighting{
        SightingId::random(random_), release.id, "indicator--1", org, person, "1", tokyo_day(now_), false};
    ASSERT_THAT(store().add_sighting(permit<action::SendSighting>(person, {release.id}), sighting,
                                     shared_with({sector_.secretariat, org}), now()),
                Succeeds());
  };
  send(sector_.acme, sector_.acme_reporter);
  send(sector_.acme, sector_.acme_approver);
  send(sector_.beta, sector_.beta_reporter);
  const auto own = must(store().sighting_counts(reach(sector_.acme_reporter), release.id));
  ASSERT_THAT(own, SizeIs(1));
  EXPECT_EQ(own[0].orgs, 1U);
  EXPECT_EQ(own[0].reports, 2U);
  const auto all = must(store().sighting_counts(reach(sector_.analyst), release.id));
  EXPECT_EQ(all[0].orgs, 2U);
  const auto community = must(store().community_sighting_counts(reach(sector_.beta_reporter), release.id));
  ASSERT_THAT(community, SizeIs(1));
  EXPECT_EQ(community[0].orgs, 2U);
  EXPECT_EQ(community[0].reports, 3U);
}

TEST_P(Sightings, NobodySendsOneInAnothersName) {
  const Collection collection = a_collection("releases");
  const Release release = published(collection, shared_with({sector_.secretariat, sector_.acme}, Tlp::Amber));
  const Sighting sighting{SightingId::random(random_), release.id, "indicator--1",  sector_.beta,
                          sector_.beta_reporter,       "1",        tokyo_day(now_), false};
  EXPECT_THAT(store().add_sighting(permit<action::SendSighting>(sector_.acme_reporter, {release.id}), sighting,
                                   shared_with({sector_.acme}), now()),
              FailsWith("internal"));
}

class Ledger : public StoreContract {
 protected:
  void file_with_entry(const std::string& kind) {
    Alongside with = now();
    const ReportVersion report = a_report(random_).from(sector_.acme);
    with.ledger = {{kind, report.report.text(), 1, sha256(kind), with.at, Bytes(32, 3)}};
    ASSERT_THAT(file(report, with), Succeeds());
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Ledger, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Ledger, EntriesWaitInOrderUntilTheyAreSealed) {
  for (const auto* kind : {"a", "b", "c"}) file_with_entry(kind);
  reopen();
  auto waiting = must(store().unsealed_entries());
  ASSERT_THAT(waiting, SizeIs(3));
  EXPECT_EQ(waiting[0].kind, "a");
  EXPECT_EQ(waiting[2].content_hash, sha256("c"));
  EXPECT_THAT(store().latest_checkpoint(), FailsWith("not_found"));
  ASSERT_THAT(store().seal({0, 2, {sha256("l0"), sha256("l1"), sha256("l2"), sha256("l3")}, "four"}), Succeeds());
  waiting = must(store().unsealed_entries());
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].kind, "c");
  EXPECT_EQ(*store().latest_checkpoint(), "four");
  EXPECT_THAT(must(store().sealed_leaves(0)), SizeIs(4));
  EXPECT_THAT(must(store().sealed_leaves(3)), ElementsAre(sha256("l3")));
}

TEST_P(Ledger, TwoSealersAtOnceAreToldApart) {
  file_with_entry("a");
  ASSERT_THAT(store().seal({0, 1, {sha256("l0")}, "one"}), Succeeds());
  EXPECT_THAT(store().seal({0, 1, {sha256("l0")}, "one"}), FailsWith("ledger.moved_on"));
  EXPECT_THAT(store().seal({1, 1, {sha256("l1")}, "two"}), FailsWith("ledger.moved_on"));
  EXPECT_EQ(*store().latest_checkpoint(), "one");
}

class Delivery : public StoreContract {
 protected:
  void queue(const std::string& kind) {
    Alongside with = now();
    with.outbox = {{"notice", sector_.analyst, kind, "subject"}};
    ASSERT_THAT(file(a_report(random_).from(sector_.acme), with), Succeeds());
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Delivery, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Delivery, AJobIsHeldForItsLeaseAndOfferedAgainAfterwards) {
  queue("a");
  queue("b");
  const auto first = must(store().claim_outbox(now_, seconds(30), 1));
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].entry.kind, "a");
  EXPECT_EQ(first[0].entry.recipient, sector_.analyst);
  const auto second = must(store().claim_outbox(now_, seconds(30), 10));
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].entry.kind, "b");
  EXPECT_THAT(must(store().claim_outbox(now_ + seconds(29), seconds(30), 10)), IsEmpty());
  const auto again = must(store().claim_outbox(now_ + seconds(30), seconds(30), 10));
  ASSERT_THAT(again, SizeIs(2));
  EXPECT_GT(again[0].tries, first[0].tries);
}

TEST_P(Delivery, AJobFinishedTwiceArrivesOnce) {
  queue("a");
  const auto job = must(store().claim_outbox(now_, seconds(30), 1)).front();
  const Notice notice{0, job.entry.recipient, job.entry.kind, job.entry.subject, now_};
  ASSERT_THAT(store().finish_outbox(job.id, notice), Succeeds());
  ASSERT_THAT(store().finish_outbox(job.id, notice), Succeeds());
  const auto notices = must(store().notices(sector_.analyst, 10));
  ASSERT_THAT(notices, SizeIs(1));
  EXPECT_EQ(notices[0].kind, "a");
  ASSERT_THAT(store().clear_notice(sector_.acme_reporter, notices[0].id), FailsWith("not_found"));
  EXPECT_THAT(must(store().notices(sector_.analyst, 10)), SizeIs(1)) << "nobody clears another's list";
  ASSERT_THAT(store().clear_notice(sector_.analyst, notices[0].id), Succeeds());
  EXPECT_THAT(must(store().notices(sector_.analyst, 10)), IsEmpty());
}

class Upkeep : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(Engines, Upkeep, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Upkeep, CollectionsKeepTheirOrderAndTheirAliases) {
  const Collection first = a_collection("zeta");
  Collection second = a_collection("alpha");
  second.title = "renamed";
  ASSERT_THAT(store().put_collection(policy::MachineRoom::local_operator(), second), Succeeds());
  Collection third = a_collection("gamma");
  third.alias = "zeta";
  EXPECT_THAT(store().put_collection(policy::MachineRoom::local_operator(), third),
              FailsWith("collection.alias_taken"));
  const std::vector<Collection> collections = *store().collections();
  ASSERT_THAT(collections, SizeIs(3));
  EXPECT_EQ(collections[0].id, first.id);
  EXPECT_EQ(collections[1].title, "renamed");
  EXPECT_EQ(collections[0].readers, first.readers);
}

TEST_P(Upkeep, AStatusIsItsOwners) {
  const StatusId id = StatusId::random(random_);
  ASSERT_THAT(store().put_status(sector_.acme_reporter, id, R"({"status":"complete"})", now_), Succeeds());
  EXPECT_EQ(*store().status(sector_.acme_reporter, id), R"({"status":"complete"})");
  EXPECT_THAT(store().status(sector_.beta_reporter, id), FailsWith("not_found"));
}

TEST_P(Upkeep, EqualLabelsAreInternedOnce) {
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  const std::size_t before = store().labels()->size();
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  EXPECT_EQ(store().labels()->size(), before);
  ASSERT_THAT(file(a_report(random_).from(sector_.beta)), Succeeds());
  EXPECT_EQ(store().labels()->size(), before + 1);
  reopen();
  EXPECT_EQ(store().labels()->size(), before + 1);
}

TEST_P(Upkeep, ASoundStoreSaysSo) {
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  EXPECT_EQ(*store().check_integrity(), "ok");
}

TEST_P(Upkeep, ABackupHoldsEverythingAndNeverOverwrites) {
  const ReportVersion report = a_report(random_).from(sector_.acme).summary("kept");
  ASSERT_THAT(file(report), Succeeds());
  const ScratchDirectory elsewhere;
  const std::string path = elsewhere.path() + "/hinomi.db";
  ASSERT_THAT(store().backup_to(path), Succeeds());
  EXPECT_THAT(store().backup_to(path), FailsWith("backup.exists"));
  ASSERT_THAT(file(a_report(random_).from(sector_.acme)), Succeeds());
  const auto restored = must(GetParam().open(elsewhere.path(), random_));
  const Reach own = policy::reach_of(as(*restored->directory(), sector_.acme_reporter), *restored->labels());
  EXPECT_EQ(restored->report(own, report.report)->content.summary, "kept");
  EXPECT_THAT(restored->reports(own, {})->rows, SizeIs(1));
}

}  // namespace
}  // namespace hinomi::store

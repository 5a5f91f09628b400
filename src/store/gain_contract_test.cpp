// Whoever gains the right to read something hears of it, wherever their cursor stands; nobody else notices.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Gains : public StoreContract {
 protected:
  Gains() : collection_(a_collection("indicators")) {
    Group group;
    group.id = testing::id_number<GroupId>(200);
    group.name = "working group";
    group.ceiling = Tlp::AmberStrict;
    group.orgs = {sector_.acme};
    put(group);
    label_.tlp = Tlp::Amber;
    AudienceSet set;
    set.groups = {group.id};
    set.orgs = {sector_.secretariat};
    label_.audience = Audience::only(set);
    group_ = group;
  }

  void put(const Group& group) {
    Directory changes;
    changes.groups.emplace(group.id, group);
    must(store().put_directory(policy::MachineRoom::local_operator(), changes));
  }
  void admit_beta() {
    Group wider = group_;
    wider.orgs.insert(sector_.beta);
    put(wider);
  }
  void take_beta_out() { put(group_); }

  std::vector<Event> events(const PersonId& person, Position after = 0, std::size_t limit = 100) {
    return must(store().events_after(reach(person), after, limit));
  }
  std::vector<EntitledIndicator> indicators(const PersonId& person, Position after = 0, std::size_t limit = 100) {
    return must(store().indicators(reach(person), after, limit));
  }
  ObjectPage objects(const PersonId& person, const ObjectFilter& filter = {}, Position after = 0,
                     std::size_t limit = 100) {
    return must(store().objects(reach(person), collection_.id, filter, after, limit));
  }
  static std::vector<std::string> ids(const ObjectPage& page) {
    std::vector<std::string> ids;
    for (const StoredObject& stored : page.objects) ids.push_back(stored.object.id);
    return ids;
  }

  Collection collection_;
  Group group_;
  Label label_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Gains, ::testing::ValuesIn(engines()), engine_name);

TEST_P(Gains, AreHeardOfBehindEveryCursor) {
  const Release first = published(collection_, label_);
  ASSERT_THAT(file(a_report(random_).from(sector_.beta)), Succeeds());
  const Position passed = events(sector_.beta_reporter).back().position;
  ASSERT_THAT(events(sector_.beta_reporter, passed), IsEmpty());
  admit_beta();
  const auto heard = events(sector_.beta_reporter, passed);
  ASSERT_THAT(heard, SizeIs(2)) << "the release and its threat objects";
  EXPECT_EQ(heard[0].subject, collection_.id.text());
  EXPECT_EQ(heard[1].subject, first.id.text());
  EXPECT_GT(heard[0].position, passed);
  EXPECT_THAT(events(sector_.beta_reporter, heard[0].position), SizeIs(1));
  EXPECT_THAT(events(sector_.beta_reporter, heard[1].position), IsEmpty());
}

TEST_P(Gains, WakeWhoWaits) {
  published(collection_, label_);
  int woken = 0;
  store().on_events([&] { ++woken; });
  admit_beta();
  EXPECT_EQ(woken, 1);
  store().on_events([] {});
}

TEST_P(Gains, OfIndicatorsArePagedWithoutGapOrRepeat) {
  for (int i = 0; i < 5; ++i) published(collection_, label_);
  const Label for_beta = shared_with({sector_.secretariat, sector_.beta});
  published(collection_, for_beta);
  const Position passed = indicators(sector_.beta_reporter).back().position;
  admit_beta();
  published(collection_, label_);
  published(collection_, for_beta);
  std::set<std::string> seen;
  Position after = passed;
  for (int page = 0; page < 7; ++page) {
    const auto rows = indicators(sector_.beta_reporter, after, 1);
    ASSERT_THAT(rows, SizeIs(1)) << page;
    EXPECT_TRUE(seen.insert(rows[0].id).second) << "twice: " << rows[0].id;
    EXPECT_GT(rows[0].position, after);
    after = rows[0].position;
  }
  EXPECT_THAT(indicators(sector_.beta_reporter, after, 1), IsEmpty());
  EXPECT_THAT(indicators(sector_.beta_reporter), SizeIs(8)) << "from the beginning: each once";
}

TEST_P(Gains, OfThreatObjectsCountAsAddedThen) {
  ASSERT_THAT(
      add(collection_, {stix("tool--1", "2026-01-01T00:00:00Z"), stix("tool--2", "2026-01-01T00:00:00Z")}, label_),
      Succeeds());
  const Label for_beta = shared_with({sector_.secretariat, sector_.beta});
  ASSERT_THAT(add(collection_, {stix("tool--3", "2026-01-01T00:00:00Z")}, for_beta), Succeeds());
  const StoredObject passed = objects(sector_.beta_reporter).objects.back();
  admit_beta();
  ObjectFilter since;
  since.added_after = passed.added;
  EXPECT_THAT(ids(objects(sector_.beta_reporter, since)), ElementsAre("tool--1", "tool--2"));
  const ObjectPage first = objects(sector_.beta_reporter, {}, passed.position, 1);
  EXPECT_THAT(ids(first), ElementsAre("tool--1"));
  EXPECT_TRUE(first.more);
  EXPECT_GT(first.objects[0].added, passed.added);
  EXPECT_THAT(ids(objects(sector_.beta_reporter, {}, first.objects[0].position, 5)), ElementsAre("tool--2"));
  since.added_after = first.objects[0].added;
  EXPECT_THAT(ids(objects(sector_.beta_reporter, since)), IsEmpty());
  since.added_after = passed.added;
  since.ids = {"tool--2"};
  EXPECT_THAT(ids(objects(sector_.beta_reporter, since)), ElementsAre("tool--2"));
  EXPECT_THAT(ids(objects(sector_.beta_reporter)), ElementsAre("tool--3", "tool--1", "tool--2"));
}

TEST_P(Gains, OfOnePersonMoveNothingForOthers) {
  ASSERT_THAT(add(collection_, {stix("tool--1", "2026-01-01T00:00:00Z")}, label_), Succeeds());
  published(collection_, label_);
  const auto before = events(sector_.acme_reporter);
  const ObjectPage objects_before = objects(sector_.acme_reporter);
  admit_beta();
  const auto after = events(sector_.acme_reporter);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].position, before[i].position);
  const ObjectPage objects_after = objects(sector_.acme_reporter);
  ASSERT_EQ(objects_after.objects.size(), objects_before.objects.size());
  EXPECT_EQ(objects_after.objects[0].added, objects_before.objects[0].added);
  EXPECT_THAT(events(sector_.gamma_reporter), IsEmpty());
}

TEST_P(Gains, AreNotPassedByAReachMadeBefore) {
  published(collection_, label_);
  const Reach stale = reach(sector_.beta_reporter);
  admit_beta();
  ASSERT_THAT(file(a_report(random_).from(sector_.beta)), Succeeds());
  EXPECT_THAT(must(store().events_after(stale, 0, 100)), IsEmpty()) << "the report stands behind the gain";
  EXPECT_THAT(events(sector_.beta_reporter), SizeIs(3));
}

TEST_P(Gains, ComeAgainAfterALoss) {
  published(collection_, label_);
  admit_beta();
  const Position heard = events(sector_.beta_reporter).back().position;
  take_beta_out();
  EXPECT_THAT(events(sector_.beta_reporter), IsEmpty());
  const Release meanwhile = published(collection_, label_);
  admit_beta();
  const auto again = events(sector_.beta_reporter, heard);
  ASSERT_THAT(again, SizeIs(4));
  EXPECT_EQ(again[3].subject, meanwhile.id.text());
}

TEST_P(Gains, SurviveARestart) {
  published(collection_, label_);
  ASSERT_THAT(file(a_report(random_).from(sector_.beta)), Succeeds());
  const Position passed = events(sector_.beta_reporter).back().position;
  admit_beta();
  reopen();
  EXPECT_THAT(events(sector_.beta_reporter, passed), SizeIs(2));
}

// Random gains and losses, publications and pages of every size: each poller that follows its cursor has, at the end,
// heard of everything that it may read.
TEST_P(Gains, LeaveNoPollerBehind) {
  SeededRandom chance(20261123);
  std::set<std::string> heard;
  Position cursor = 0;
  bool admitted = false;
  for (int step = 0; step < 60; ++step) {
    const auto choice = chance.below(4);
    if (choice == 0) {
      published(collection_, label_);
    } else if (choice == 1) {
      published(collection_, shared_with({sector_.secretariat, sector_.beta}));
    } else if (choice == 2) {
      admitted ? take_beta_out() : admit_beta();
      admitted = !admitted;
    } else {
      for (const auto& row : indicators(sector_.beta_reporter, cursor, 1 + chance.below(3))) {
        heard.insert(row.id);
        cursor = row.position;
      }
    }
  }
  if (!admitted) admit_beta();
  for (auto rows = indicators(sector_.beta_reporter, cursor, 2); !rows.empty();
       rows = indicators(sector_.beta_reporter, cursor, 2)) {
    for (const auto& row : rows) heard.insert(row.id);
    cursor = rows.back().position;
  }
  for (const auto& row : indicators(sector_.beta_reporter)) EXPECT_TRUE(heard.contains(row.id)) << row.id;
}

}  // namespace
}  // namespace hinomi::store

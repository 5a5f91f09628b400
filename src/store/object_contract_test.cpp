#include <random>

#include "support/store_contract.h"

namespace hinomi::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class Objects : public StoreContract {
 protected:
  Objects() : collection_(a_collection("indicators")) {}

  std::vector<StoredObject> read(const PersonId& person, const ObjectFilter& filter = {}) {
    return must(store().objects(reach(person), collection_.id, filter, 0, 1000)).objects;
  }
  std::vector<std::string> versions(const PersonId& person, const ObjectFilter& filter = {}) {
    std::vector<std::string> texts;
    for (const StoredObject& stored : read(person, filter)) texts.push_back(stored.object.version);
    return texts;
  }

  Collection collection_;
  Label shared_ = shared_with({sector_.secretariat, sector_.acme, sector_.beta});
  Label acme_only_ = shared_with({sector_.acme});
};
INSTANTIATE_TEST_SUITE_P(Engines, Objects, ::testing::ValuesIn(engines()), engine_name);

const std::string kMalware = "malware--00000000-0000-4000-8000-000000000001";
const std::string kTool = "tool--00000000-0000-4000-8000-000000000002";
const std::string kAddress = "ipv4-addr--00000000-0000-5000-8000-000000000003";
const std::string kOld = "2026-01-01T00:00:00.000Z";
const std::string kMiddle = "2026-01-02T00:00:00.000Z";
const std::string kNew = "2026-01-03T00:00:00.000Z";

ObjectFilter only(VersionKeyword keyword) {
  ObjectFilter filter;
  filter.version_keywords = {keyword};
  return filter;
}

TEST_P(Objects, BytesComeBackAsTheyWereGiven) {
  StixObject object = stix(kMalware, kOld);
  object.raw = "{ \"id\" : \"x\",\n\t\"n\":1.50e+01, \"t\":\"\\u706b 火 🔥\" }";
  ASSERT_THAT(add(collection_, {object}, shared_), Succeeds());
  const auto stored = read(sector_.acme_reporter);
  ASSERT_THAT(stored, SizeIs(1));
  EXPECT_EQ(stored[0].object.raw, object.raw);
  EXPECT_EQ(stored[0].object.version, kOld);
  EXPECT_EQ(stored[0].object.spec_version, "2.1");
}

TEST_P(Objects, HiddenObjectsAreNotThere) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld)}, acme_only_), Succeeds());
  EXPECT_THAT(read(sector_.beta_reporter), IsEmpty());
  EXPECT_THAT(read(sector_.acme_reporter), SizeIs(1));
}

TEST_P(Objects, AnIdenticalRepeatAddsNothingAndOtherBytesAreAConflict) {
  const auto outcomes =
      add(collection_, {stix(kMalware, kOld, "a"), stix(kMalware, kOld, "a"), stix(kMalware, kOld, "b")}, shared_);
  EXPECT_THAT(*outcomes, ElementsAre(AddOutcome::Added, AddOutcome::Duplicate, AddOutcome::Conflict));
  const auto stored = read(sector_.acme_reporter, only(VersionKeyword::All));
  ASSERT_THAT(stored, SizeIs(1));
  EXPECT_EQ(stored[0].object.raw, stix(kMalware, kOld, "a").raw);
}

TEST_P(Objects, EqualInstantsWrittenWithOtherDigitsAreOneVersion) {
  const auto outcomes = add(collection_,
                            {stix(kMalware, "2026-01-01T09:00:00+09:00"), stix(kMalware, "2026-01-01T00:00:00.000000Z"),
                             stix(kTool, "2026-01-01T00:00:00.0000001Z"), stix(kTool, "2026-01-01T00:00:00.0000002Z")},
                            shared_);
  EXPECT_THAT(*outcomes, ElementsAre(AddOutcome::Added, AddOutcome::Conflict, AddOutcome::Added, AddOutcome::Added));
}

TEST_P(Objects, WhatIsHiddenDoesNotChangeTheOutcomeOfAnAdd) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld, "secret")}, acme_only_), Succeeds());
  const auto outcomes = add(collection_, {stix(kMalware, kOld, "open")}, shared_);
  EXPECT_THAT(*outcomes, ElementsAre(AddOutcome::Added));
  ASSERT_THAT(read(sector_.beta_reporter), SizeIs(1));
  EXPECT_EQ(read(sector_.beta_reporter)[0].object.raw, stix(kMalware, kOld, "open").raw);
  ASSERT_THAT(read(sector_.acme_reporter), SizeIs(1));
  EXPECT_EQ(read(sector_.acme_reporter)[0].object.raw, stix(kMalware, kOld, "secret").raw);
}

TEST_P(Objects, LastIsTheNewestInstantAndNotTheLastArrival) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kMiddle), stix(kMalware, kNew), stix(kMalware, kOld)}, shared_),
              Succeeds());
  EXPECT_THAT(versions(sector_.acme_reporter), ElementsAre(kNew));
  EXPECT_THAT(versions(sector_.acme_reporter, only(VersionKeyword::First)), ElementsAre(kOld));
  EXPECT_THAT(versions(sector_.acme_reporter, only(VersionKeyword::All)), ElementsAre(kMiddle, kNew, kOld));
  ObjectFilter exact;
  exact.exact_versions = {at("2026-01-02T00:00:00Z")};
  EXPECT_THAT(versions(sector_.acme_reporter, exact), ElementsAre(kMiddle));
  exact.version_keywords = {VersionKeyword::First};
  EXPECT_THAT(versions(sector_.acme_reporter, exact), ElementsAre(kMiddle, kOld));
}

TEST_P(Objects, TheNewestReadableVersionIsShownToEachReader) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld)}, shared_), Succeeds());
  ASSERT_THAT(add(collection_, {stix(kMalware, kNew)}, acme_only_), Succeeds());
  EXPECT_THAT(versions(sector_.acme_reporter), ElementsAre(kNew));
  EXPECT_THAT(versions(sector_.beta_reporter), ElementsAre(kOld));
  EXPECT_THAT(versions(sector_.acme_reporter, only(VersionKeyword::First)), ElementsAre(kOld));
}

TEST_P(Objects, TheNewestSpecificationIsShownUnlessAnotherIsAskedFor) {
  ASSERT_THAT(
      add(collection_, {stix(kMalware, kOld, "", "2.1"), stix(kMalware, kOld, "", "2.0"), stix(kTool, kOld, "", "2.0")},
          shared_),
      Succeeds());
  const auto shown = read(sector_.acme_reporter);
  ASSERT_THAT(shown, SizeIs(2));
  EXPECT_EQ(shown[0].object.spec_version, "2.1");
  EXPECT_EQ(shown[1].object.id, kTool);
  ObjectFilter old_spec;
  old_spec.spec_versions = {"2.0"};
  EXPECT_THAT(read(sector_.acme_reporter, old_spec), SizeIs(2));
  old_spec.spec_versions = {"2.0", "2.1"};
  EXPECT_THAT(read(sector_.acme_reporter, old_spec), SizeIs(3));
}

TEST_P(Objects, AnObjectWithoutTimesHasOneStableVersion) {
  EXPECT_THAT(*add(collection_, {stix(kAddress, "")}, shared_), ElementsAre(AddOutcome::Added));
  EXPECT_THAT(*add(collection_, {stix(kAddress, "")}, shared_), ElementsAre(AddOutcome::Duplicate));
  reopen();
  EXPECT_THAT(versions(sector_.acme_reporter), ElementsAre(""));
}

TEST_P(Objects, FiltersAreUnionsInsideAFieldAndIntersectionsBetweenFields) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld), stix(kTool, kOld), stix(kAddress, "")}, shared_), Succeeds());
  ObjectFilter filter;
  filter.types = {"malware", "tool"};
  EXPECT_THAT(read(sector_.acme_reporter, filter), SizeIs(2));
  filter.ids = {kTool, kAddress};
  EXPECT_THAT(read(sector_.acme_reporter, filter), SizeIs(1));
  filter.types = {"campaign"};
  EXPECT_THAT(read(sector_.acme_reporter, filter), IsEmpty());
}

TEST_P(Objects, AnObjectWhoseVersionIsNoTimeIsRefusedWithItsPlace) {
  const auto outcome = add(collection_, {stix(kMalware, kOld), stix(kTool, "yesterday")}, shared_);
  ASSERT_THAT(outcome, FailsWith("object.version"));
  EXPECT_EQ(outcome.error().where, "/objects/1");
  EXPECT_THAT(read(sector_.acme_reporter), IsEmpty());
}

TEST_P(Objects, AddedRisesStrictlyEvenWhenTheClockStandsStillOrGoesBack) {
  const auto writer = permit<action::WriteCollection>(sector_.analyst, {collection_.id, collection_.writers});
  for (const Instant when : {at("2026-01-01T00:00:10Z"), at("2026-01-01T00:00:10Z"), at("2026-01-01T00:00:01Z")}) {
    const std::vector<StixObject> objects{stix("malware--" + uuid_text(random_uuid(random_)), kOld),
                                          stix("malware--" + uuid_text(random_uuid(random_)), kOld)};
    ASSERT_THAT(store().add_objects(writer, objects, shared_, Alongside{when, {}, {}, {}}), Succeeds());
    reopen();
  }
  const auto stored = read(sector_.acme_reporter);
  ASSERT_THAT(stored, SizeIs(6));
  for (std::size_t i = 1; i < stored.size(); ++i) {
    EXPECT_GT(stored[i].added, stored[i - 1].added);
    EXPECT_GT(stored[i].sequence, stored[i - 1].sequence);
  }
}

TEST_P(Objects, BothCursorsWalkEachObjectExactlyOnce) {
  std::vector<std::string> expected;
  for (int i = 0; i < 57; ++i) {
    const std::string id = "malware--" + uuid_text(random_uuid(random_));
    ASSERT_THAT(add(collection_, {stix(id, kOld)}, i % 2 == 0 ? shared_ : acme_only_), Succeeds());
    ASSERT_THAT(add(collection_, {stix("tool--" + id.substr(9), kOld)}, shared_with({sector_.gamma})), Succeeds());
    expected.push_back(id);
  }
  std::vector<std::string> by_sequence;
  std::vector<std::string> by_time;
  Sequence after = 0;
  for (bool more = true; more;) {
    const auto page = must(store().objects(reach(sector_.acme_reporter), collection_.id, {}, after, 10));
    for (const StoredObject& stored : page.objects) by_sequence.push_back(stored.object.id);
    after = page.objects.back().sequence;
    more = page.more;
  }
  ObjectFilter filter;
  for (bool more = true; more;) {
    const auto page = must(store().objects(reach(sector_.acme_reporter), collection_.id, filter, 0, 10));
    for (const StoredObject& stored : page.objects) by_time.push_back(stored.object.id);
    filter.added_after = page.objects.back().added;
    more = page.more;
  }
  EXPECT_EQ(by_sequence, expected);
  EXPECT_EQ(by_time, expected);
}

TEST_P(Objects, DeletingAVersionLetsTheOneBeforeStandAgain) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld), stix(kMalware, kNew), stix(kTool, kOld)}, shared_), Succeeds());
  const auto writer = permit<action::WriteCollection>(sector_.analyst, {collection_.id, collection_.writers});
  ObjectFilter newest;
  newest.ids = {kMalware};
  newest.exact_versions = {at(kNew)};
  ASSERT_THAT(store().delete_objects(writer, reach(sector_.analyst), newest, now()), Succeeds());
  EXPECT_THAT(versions(sector_.acme_reporter), ElementsAre(kOld, kOld));
  EXPECT_THAT(store().delete_objects(writer, reach(sector_.analyst), newest, now()), FailsWith("not_found"));
  ObjectFilter all = only(VersionKeyword::All);
  all.ids = {kMalware};
  ASSERT_THAT(store().delete_objects(writer, reach(sector_.analyst), all, now()), Succeeds());
  EXPECT_THAT(read(sector_.acme_reporter), SizeIs(1));
}

// A reader of both copies is shown one; were only that one deleted, the other reader would still have theirs, or not,
// depending on a copy that they may not see.
TEST_P(Objects, AVersionUnderTwoLabelsIsDeletedUnderBoth) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld)}, acme_only_), Succeeds());
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld)}, shared_), Succeeds());
  const auto writer = permit<action::WriteCollection>(sector_.analyst, {collection_.id, collection_.writers});
  ObjectFilter all = only(VersionKeyword::All);
  all.ids = {kMalware};
  ASSERT_THAT(store().delete_objects(writer, reach(sector_.acme_reporter), all, now()), Succeeds());
  EXPECT_THAT(read(sector_.acme_reporter), IsEmpty());
  EXPECT_THAT(read(sector_.analyst), IsEmpty());
}

TEST_P(Objects, ARepeatedDeleteIsToldThatItWasDone) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld)}, shared_), Succeeds());
  const auto writer = permit<action::WriteCollection>(sector_.analyst, {collection_.id, collection_.writers});
  Alongside with = now();
  with.idempotency = IdempotencyKey{sector_.analyst, "k1", sha256("delete")};
  ASSERT_THAT(store().delete_objects(writer, reach(sector_.analyst), {}, with), Succeeds());
  EXPECT_THAT(store().delete_objects(writer, reach(sector_.analyst), {}, with), FailsWith("idempotency.repeated"));
}

TEST_P(Objects, WhatIsHiddenIsNotDeleted) {
  ASSERT_THAT(add(collection_, {stix(kMalware, kOld)}, acme_only_), Succeeds());
  ObjectFilter all = only(VersionKeyword::All);
  all.ids = {kMalware};
  const auto writer = permit<action::WriteCollection>(sector_.analyst, {collection_.id, collection_.writers});
  EXPECT_THAT(store().delete_objects(writer, reach(sector_.analyst), all, now()), FailsWith("not_found"));
  EXPECT_THAT(read(sector_.acme_reporter), SizeIs(1));
}

TEST_P(Objects, AnUnknownCollectionIsNotFound) {
  Collection unknown = collection_;
  unknown.id = CollectionId::random(random_);
  EXPECT_THAT(add(unknown, {stix(kMalware, kOld)}, shared_), FailsWith("not_found"));
  EXPECT_THAT(store().objects(reach(sector_.acme_reporter), unknown.id, {}, 0, 10)->objects, IsEmpty());
}

// --- against a plain reading of TAXII 2.1 §3.4.1

struct Written {
  StixObject object;
  bool for_acme_only = false;
};

class Oracle {
 public:
  Oracle(std::vector<Written> readable, const ObjectFilter& filter) : rows_(std::move(readable)), filter_(filter) {}
  std::vector<std::string> answer() const {
    std::vector<std::string> raws;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_shown(i)) raws.push_back(rows_[i].object.raw);
    }
    return raws;
  }

 private:
  bool allows(const StixObject& object) const {
    const auto& specs = filter_.spec_versions;
    return specs.empty() || std::ranges::find(specs, object.spec_version) != specs.end();
  }
  bool stands(std::size_t index) const {
    const StixObject& mine = rows_[index].object;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const StixObject& other = rows_[i].object;
      if (other.id != mine.id || other.version != mine.version) continue;
      if (filter_.spec_versions.empty() && other.spec_version > mine.spec_version) return false;
      if (other.spec_version == mine.spec_version && i < index) return false;
    }
    return true;
  }
  bool is_extreme(const StixObject& mine, bool newest) const {
    return std::ranges::none_of(rows_, [&](const Written& row) {
      const bool beyond = newest ? row.object.version > mine.version : row.object.version < mine.version;
      return row.object.id == mine.id && allows(row.object) && beyond;
    });
  }
  bool is_shown(std::size_t index) const {
    const StixObject& mine = rows_[index].object;
    if (!allows(mine) || !stands(index)) return false;
    const auto& words = filter_.version_keywords;
    const auto asked = [&](VersionKeyword word) { return std::ranges::find(words, word) != words.end(); };
    const bool by_default = words.empty() && filter_.exact_versions.empty();
    if (asked(VersionKeyword::All)) return true;
    if ((by_default || asked(VersionKeyword::Last)) && is_extreme(mine, true)) return true;
    if (asked(VersionKeyword::First) && is_extreme(mine, false)) return true;
    return std::ranges::any_of(filter_.exact_versions,
                               [&](Instant instant) { return *parse_rfc3339(mine.version) == instant; });
  }
  std::vector<Written> rows_;
  const ObjectFilter& filter_;
};

std::vector<ObjectFilter> filters_to_try() {
  std::vector<ObjectFilter> filters(8);
  filters[1].version_keywords = {VersionKeyword::First};
  filters[2].version_keywords = {VersionKeyword::All};
  filters[3].version_keywords = {VersionKeyword::First, VersionKeyword::Last};
  filters[4].exact_versions = {at(kMiddle)};
  filters[5].spec_versions = {"2.0"};
  filters[6].spec_versions = {"2.0"};
  filters[6].version_keywords = {VersionKeyword::First};
  filters[7].spec_versions = {"2.0", "2.1"};
  filters[7].version_keywords = {VersionKeyword::All};
  return filters;
}

TEST_P(Objects, EveryFilterAgreesWithAPlainReadingOfTheStandard) {
  std::mt19937 engine(20261122);
  const auto below = [&](unsigned bound) { return static_cast<unsigned>(engine() % bound); };
  std::vector<Written> written;
  for (int i = 0; i < 120; ++i) {
    const std::string id = "malware--00000000-0000-4000-8000-00000000000" + std::to_string(below(6));
    const std::string version = std::array{kOld, kMiddle, kNew}[below(3)];
    const Written row{stix(id, version, std::to_string(i), below(2) == 0 ? "2.0" : "2.1"), below(2) == 0};
    const auto outcome = must(add(collection_, {row.object}, row.for_acme_only ? acme_only_ : shared_));
    if (outcome[0] == AddOutcome::Added) written.push_back(row);
  }
  std::vector<Written> open = written;
  std::erase_if(open, [](const Written& row) { return row.for_acme_only; });
  for (const ObjectFilter& filter : filters_to_try()) {
    const auto shown_to = [&](const PersonId& person) {
      std::vector<std::string> raws;
      for (const StoredObject& stored : read(person, filter)) raws.push_back(stored.object.raw);
      return raws;
    };
    EXPECT_EQ(shown_to(sector_.acme_reporter), Oracle(written, filter).answer());
    EXPECT_EQ(shown_to(sector_.beta_reporter), Oracle(open, filter).answer());
  }
}

}  // namespace
}  // namespace hinomi::store

// The fixture of the contract that every storage engine keeps: a fresh store in a fresh directory, the invented sector,
// and the calls of a test in the words of the interface. Engines are added to engines() and nowhere else.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "store/sqlite_store.h"
#include "store/store.h"
#include "support/builders.h"

namespace hinomi::store {

using testing::a_directory;
using testing::a_release;
using testing::a_report;
using testing::as;
using testing::at;
using testing::must;
using testing::Sector;
using testing::shared_with;

struct EngineMaker {
  std::string name;
  std::function<Result<std::unique_ptr<Store>>(const std::string& directory, Random& random)> open;
};

inline void PrintTo(const EngineMaker& maker, std::ostream* out) { *out << maker.name; }

inline std::vector<EngineMaker> engines() {
  return {{"sqlite", [](const std::string& directory, Random& random) {
             return open_sqlite_store(directory, SqliteOptions{.random = random});
           }}};
}

// A directory that goes away with its owner.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    SystemRandom random;
    path_ = std::filesystem::temp_directory_path() / ("hinomi-" + uuid_text(random_uuid(random)));
    std::filesystem::create_directories(path_);
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

class StoreContract : public ::testing::TestWithParam<EngineMaker> {
 protected:
  StoreContract() {
    reopen();
    must(store().put_directory(policy::MachineRoom::local_operator(), sector_.directory));
  }

  [[nodiscard]] Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = must(GetParam().open(scratch_.path(), random_));
  }

  [[nodiscard]] policy::Principal principal(const PersonId& person) { return as(*store().directory(), person); }
  // What the person may read right now.
  [[nodiscard]] Reach reach(const PersonId& person) { return policy::reach_of(principal(person), *store().labels()); }
  // The store takes permits as given; how presence is proven is flow's business.
  struct Desk : policy::PresenceDesk {
    using PresenceDesk::attest;
  };
  template <class Action>
  [[nodiscard]] Permit<Action> permit(const PersonId& person, typename Action::Subject subject) {
    if constexpr (policy::NeedsPresence<Action>) {
      const auto proof = Desk::attest(person, Action::purpose(subject));
      return must(policy::permit<Action>(principal(person), std::move(subject), proof));
    } else {
      return must(policy::permit<Action>(principal(person), std::move(subject)));
    }
  }

  // Alongside with nothing but a time that moves on with every call.
  [[nodiscard]] Alongside now() {
    now_ += std::chrono::seconds(1);
    return Alongside{now_, {}, {}, {}};
  }

  Status file(const ReportVersion& report, const Alongside& with) {
    return store().file_report(permit<action::FileReport>(reporter_of(report.org), {report.org}), report, with);
  }
  Status file(const ReportVersion& report) { return file(report, now()); }
  Status amend(const ReportVersion& report) {
    return store().amend_report(permit<action::AmendReport>(reporter_of(report.org), {report.report, report.org}),
                                report, now());
  }
  [[nodiscard]] PersonId reporter_of(const OrgId& org) const {
    if (org == sector_.beta) return sector_.beta_reporter;
    if (org == sector_.gamma) return sector_.gamma_reporter;
    return sector_.acme_reporter;
  }

  // A collection that every member reads and writes.
  Collection a_collection(const std::string& alias) {
    Collection collection;
    collection.id = CollectionId::random(random_);
    collection.alias = alias;
    collection.title = alias;
    collection.readers = shared_with({sector_.secretariat, sector_.acme, sector_.beta, sector_.gamma});
    collection.writers = collection.readers;
    EXPECT_TRUE(store().put_collection(policy::MachineRoom::local_operator(), collection).ok());
    return collection;
  }
  Result<std::vector<AddOutcome>> add(const Collection& collection, const std::vector<StixObject>& objects,
                                      const Label& label) {
    return store().add_objects(permit<action::WriteCollection>(sector_.analyst, {collection.id, collection.writers}),
                               objects, label, now());
  }

  // An open review with two approvals of its revision.
  Review approved_review(const Label& victim_label, const Label& release_label, ReviewPurpose purpose,
                         std::optional<ReleaseId> target) {
    Review review;
    review.id = ReviewId::random(random_);
    review.report = ReportId::random(random_);
    review.report_number = HumanNumber::make(NumberKind::Report, 2026, random_);
    review.reporter_org = sector_.acme;
    review.purpose = purpose;
    review.target = target;
    review.edition.title = "Draft";
    review.release_label = release_label;
    review.edited_by = sector_.analyst;
    review.edited_at = now_;
    EXPECT_TRUE(store()
                    .open_review(permit<action::EditReview>(sector_.analyst, {review.id}), review, victim_label, now())
                    .ok());
    approve(review, sector_.analyst, {});
    approve(review, sector_.second_analyst, {sector_.analyst});
    return review;
  }
  void approve(const Review& review, const PersonId& person, std::vector<PersonId> before) {
    const auto allowed = permit<action::ApproveRelease>(person, {review.id, review.revision, std::move(before)});
    EXPECT_TRUE(store().approve_review(allowed, now()).ok());
  }
  [[nodiscard]] std::vector<PersonId> both_analysts() const { return {sector_.analyst, sector_.second_analyst}; }
  Status publish(const Review& review, const ReleaseStore::Publication& publication, const Alongside& with) {
    return store().publish(
        permit<action::PublishRelease>(sector_.second_analyst, {review.id, review.revision, both_analysts()}),
        publication, with);
  }
  // A published release with its indicator, read by `label`.
  Release published(const Collection& collection, const Label& label) {
    const Release release = a_release(random_).read_by(label);
    const Review review =
        approved_review(shared_with({sector_.secretariat, sector_.acme}), label, ReviewPurpose::Release, std::nullopt);
    EXPECT_TRUE(publish(review, publication_of(release, collection), now()).ok());
    return release;
  }
  static ReleaseStore::Publication publication_of(const Release& release, const Collection& collection) {
    const std::string id = "indicator--" + release.id.text();
    const std::string version = to_rfc3339(release.published_at + std::chrono::seconds(release.version));
    return {release,
            collection.id,
            {{id, "indicator", "2.1", version, R"({"id":")" + id + R"(","modified":")" + version + "\"}"}},
            {{id, {IndicatorType::Domain, "update.example.net"}}}};
  }

  SystemRandom random_;
  Sector sector_ = a_directory();
  ScratchDirectory scratch_;
  std::unique_ptr<Store> store_;
  Instant now_ = at("2026-11-22T00:00:00Z");
};

inline std::string engine_name(const ::testing::TestParamInfo<EngineMaker>& info) { return info.param.name; }

// One STIX object whose bytes tell its version apart.
inline StixObject stix(const std::string& id, const std::string& version, const std::string& note = "",
                       const std::string& spec_version = "2.1") {
  const std::string type = id.substr(0, id.find("--"));
  return {id, type, spec_version, version,
          R"({"id":")" + id + R"(","modified":")" + version + R"(","x_note":")" + note + "\"}"};
}

MATCHER_P(FailsWith, code, "") {
  if (arg.ok()) {
    *result_listener << "it succeeded";
    return false;
  }
  *result_listener << "it failed with " << arg.error().code << " (" << arg.error().detail << ")";
  return arg.error().code == code;
}
MATCHER(Succeeds, "") {
  if (!arg.ok()) *result_listener << arg.error().code << ": " << arg.error().detail;
  return arg.ok();
}

}  // namespace hinomi::store

// What is found by an id or a number is found after a restart too, under each of its labels, and by nobody else.
#include "support/store_contract.h"

namespace hinomi::store {
namespace {

class AfterARestart : public StoreContract {
 protected:
  AfterARestart() {
    report_ = a_report(random_).from(sector_.acme).by(sector_.acme_reporter).read_by(shown_);
    EXPECT_THAT(file(report_), Succeeds());
    ReportVersion amended = report_;
    amended.version = 2;
    amended.victim_label = amended.technical_label = apart_;
    EXPECT_THAT(amend(amended), Succeeds());
    collection_ = a_collection("all");
    release_ = published(collection_, shown_);
    review_ = approved_review(shown_, shown_, ReviewPurpose::Release, std::nullopt);
    case_.id = CaseId::random(random_);
    case_.number = HumanNumber::make(NumberKind::Case, 2026, random_);
    case_.title = "a case";
    case_.keys = {"cve:CVE-2026-1000"};
    case_.label = shown_;
    NewItem item;
    item.item.source = "kev";
    item.item.external_id = "K-1";
    item.item.title = "an item";
    item.case_id = case_.id;
    item.label = apart_;
    const auto permit_to_import = permit<action::ImportSources>(sector_.analyst, {});
    EXPECT_THAT(store().add_items(permit_to_import, std::vector{case_}, std::vector{item}, now()), Succeeds());
    submission_.id = SubmissionId::random(random_);
    submission_.report = report_.report;
    submission_.report_version = 1;
    submission_.org = report_.org;
    submission_.recorded_by = sector_.acme_reporter;
    EXPECT_THAT(
        store().record_submission(
            permit<action::RecordSubmission>(sector_.acme_reporter, {report_.report, report_.org}), submission_, now()),
        Succeeds());
    EXPECT_THAT(add(collection_, {stix(kObject, "2026-11-20T00:00:00Z")}, shown_), Succeeds());
  }

  // How much of each this person finds.
  std::vector<std::size_t> found_by(const PersonId& person) {
    const Reach own = reach(person);
    const auto count = [](const auto& listed) { return listed.ok() ? listed->size() : 0; };
    const auto one = [](const auto& found) { return found.ok() ? std::size_t{1} : 0; };
    ObjectFilter named;
    named.ids = {kObject};
    const auto objects = store().objects(own, collection_.id, named, 0, 10);
    const std::vector<std::string> keys{"cve:CVE-2026-1000"};
    const auto sightings = store().community_sighting_counts(own, release_.id);
    return {one(store().report(own, report_.report)),
            one(store().report_by_number(own, report_.number.text())),
            count(store().report_versions(own, report_.report)),
            one(store().report_version(own, report_.report, 1)),
            one(store().release(own, release_.id)),
            one(store().release_by_number(own, release_.number.text())),
            count(store().release_versions(own, release_.id)),
            count(store().release_objects(own, release_.id)),
            one(sightings),
            one(store().review(own, review_.id)),
            count(store().reviews_of(own, review_.report)),
            one(store().case_summary(own, case_.id)),
            count(store().items_of(own, case_.id)),
            count(store().case_keys(own, keys)),
            store().item_count(own).value_or(0),
            one(store().submission(own, submission_.id)),
            count(store().submissions_of(own, report_.report)),
            objects.ok() ? objects->objects.size() : 0};
  }

  const Label shown_ = shared_with({sector_.secretariat, sector_.acme});
  const Label apart_ = shared_with({sector_.acme});
  const std::string kObject = "indicator--2f1e2d3c-4b5a-4697-8877-665544332211";
  ReportVersion report_;
  Collection collection_;
  Release release_;
  Review review_;
  NewCase case_;
  Submission submission_;
};
INSTANTIATE_TEST_SUITE_P(Engines, AfterARestart, ::testing::ValuesIn(engines()), engine_name);

TEST_P(AfterARestart, EverythingIsFoundByWhatItBears) {
  const std::vector<std::size_t> all{1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  const std::vector<std::size_t> shown{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1};
  const std::vector<std::size_t> nothing(all.size(), 0);
  for (const bool restarted : {false, true}) {
    SCOPED_TRACE(restarted ? "after" : "before");
    if (restarted) reopen();
    EXPECT_EQ(found_by(sector_.acme_reporter), all);
    EXPECT_EQ(found_by(sector_.analyst), shown);
    EXPECT_EQ(found_by(sector_.gamma_reporter), nothing);
  }
}

}  // namespace
}  // namespace hinomi::store

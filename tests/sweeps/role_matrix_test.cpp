// RELIABILITY §3 class 5: who may do what, as a table of its own, written from SECURITY.md and the comments of
// src/policy/permit.h. Each cell (action × role × kind of organisation × own or another's) is asked of policy and
// carried out through every door that leads to the action, in each content type.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "policy/labelling.h"
#include "sweeps/role_people.h"

namespace hinomi::tests {
namespace {

using testing::IsEmpty;
namespace action = policy::action;

enum class Deed {
  FileReport,
  AmendReport,
  RecordSubmission,
  EditReview,
  Consent,
  Approve,
  WriteCollection,
  ImportSources,
  SendSighting,
  Acknowledge
};
enum class Whose { Own, Anothers };

// The table. A cell that no row grants is forbidden.
struct Grant {
  Deed deed;
  std::set<Whose> whose;
  std::set<OrgKind> kinds;  // none: any
  std::set<Role> roles;     // none: any
};

const std::vector<Grant>& grants() {
  static const std::set<Whose> both{Whose::Own, Whose::Anothers};
  static const std::vector<Grant> rows{
      {Deed::FileReport, {Whose::Own}, {}, {Role::Reporter, Role::Approver}},
      {Deed::FileReport, both, {OrgKind::Secretariat}, {Role::Analyst}},
      {Deed::AmendReport, {Whose::Own}, {}, {Role::Reporter, Role::Approver}},
      {Deed::AmendReport, both, {OrgKind::Secretariat}, {Role::Analyst}},
      {Deed::RecordSubmission, {Whose::Own}, {}, {Role::Reporter, Role::Approver}},
      {Deed::RecordSubmission, both, {OrgKind::Secretariat}, {Role::Analyst}},
      {Deed::EditReview, both, {OrgKind::Secretariat}, {Role::Analyst}},
      {Deed::Consent, {Whose::Own}, {}, {Role::Approver}},
      {Deed::Approve, both, {OrgKind::Secretariat}, {Role::Analyst}},
      {Deed::WriteCollection, {Whose::Own}, {}, {}},
      {Deed::ImportSources, both, {OrgKind::Secretariat}, {Role::Analyst, Role::Operator}},
      {Deed::SendSighting, both, {}, {Role::Reporter, Role::Approver, Role::Machine}},
      {Deed::Acknowledge, both, {}, {}},
  };
  return rows;
}

bool may(Deed deed, OrgKind kind, Role role, Whose whose) {
  return std::ranges::any_of(grants(), [&](const Grant& grant) {
    return grant.deed == deed && grant.whose.contains(whose) && (grant.kinds.empty() || grant.kinds.contains(kind)) &&
           (grant.roles.empty() || grant.roles.contains(role));
  });
}

// What a deed is done to: the things of one organisation.
struct Things {
  OrgId org;
  std::string report, review, collection;
};

class RoleMatrix : public RolePeople {
 protected:
  // One way to ask for a deed.
  struct Door {
    Deed deed;
    std::string name;
    std::function<HttpRequest(const Things&)> make;
  };

  RoleMatrix() {
    for (const OrgKind kind : kKinds) make_things(kind);
    const routes::Material known = material_for("analyst1");
    release_ = known.known.at("release").front();
    anothers_ = {installation_->store().directory()->persons.at(person_of("member_a_soc")).org,
                 known.known.at("report").front().id, known.known.at("review").front().id,
                 sector_.probe_collections.at("rw")};
    watch_->changed();
  }

  void make_things(OrgKind kind) {
    Things& things = things_of_[kind];
    things.org = org_of(kind);
    const Answer report = send(as(somebody(kind, Role::Reporter), request(Method::Post, "/api/v1/reports", kReport)));
    things.report = report.text("id");
    const Answer review =
        call("analyst1", Method::Post, "/api/v1/reports/" + things.report + "/reviews", R"({"kind":"technical_only"})");
    things.review = review.text("id");
    store::Collection collection;
    collection.id = CollectionId::random(random_);
    collection.alias = "matrix-" + std::string(org_kind_text(kind));
    collection.title = collection.alias;
    collection.readers = collection.writers = policy::org_label(things.org, Tlp::Amber);
    must(installation_->store().put_collection(policy::MachineRoom::local_operator(), collection));
    things.collection = collection.id.text();
  }

  static Door submission_door() {
    return {Deed::RecordSubmission, "JSON", [](const Things& of) {
              return request(Method::Post, "/api/v1/reports/" + of.report + "/submissions", kSubmission);
            }};
  }

  // The doors. A new route to a deed is one row.
  std::vector<Door> doors() const {
    const auto json = [](Method method, std::string target, std::string body) {
      return request(method, target, std::move(body));
    };
    const auto form = [](std::string target, std::string body) {
      HttpRequest asked = request(Method::Post, target, std::move(body));
      asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
      return asked;
    };
    const routes::Known release = release_;
    std::vector<Door> all{
        {Deed::FileReport, "JSON",
         [=](const Things& of) { return json(Method::Post, "/api/v1/reports?for_org=" + of.org.text(), kReport); }},
        {Deed::AmendReport, "JSON",
         [=](const Things& of) { return json(Method::Post, "/api/v1/reports/" + of.report + "/versions", kVersion); }},
        submission_door(),
        {Deed::EditReview, "JSON, open",
         [=](const Things& of) {
           return json(Method::Post, "/api/v1/reports/" + of.report + "/reviews", R"({"kind":"technical_only"})");
         }},
        {Deed::EditReview, "JSON, edit",
         [=](const Things& of) { return json(Method::Put, "/api/v1/reviews/" + of.review, kEdition); }},
        {Deed::EditReview, "JSON, receipts",
         [=](const Things&) { return json(Method::Get, "/api/v1/releases/" + release.id + "/receipts", ""); }},
        {Deed::EditReview, "JSON, correction",
         [=](const Things&) {
           return json(Method::Post, "/api/v1/releases/" + release.id + "/reviews",
                       R"({"purpose":"correction","reason":"x"})");
         }},
        {Deed::Consent, "JSON",
         [=](const Things& of) { return json(Method::Post, "/api/v1/reviews/" + of.review + "/consent", kConsent); }},
        {Deed::Approve, "JSON",
         [=](const Things& of) {
           return json(Method::Post, "/api/v1/reviews/" + of.review + "/approvals", kApproval);
         }},
        {Deed::ImportSources, "file",
         [=](const Things&) { return json(Method::Post, "/api/v1/imports?source=kev&file=kev.csv", "x"); }},
        {Deed::ImportSources, "JSON, health", [=](const Things&) { return json(Method::Get, "/api/v1/sources", ""); }},
        {Deed::SendSighting, "JSON",
         [=](const Things&) {
           return json(Method::Post, "/api/v1/sightings",
                       R"({"release":")" + release.id + R"(","indicator":")" + release.parts.at("indicator") +
                           R"(","count":"2-9","day":"2026-11-22"})");
         }},
        {Deed::Acknowledge, "JSON",
         [=](const Things&) {
           return json(Method::Post, "/api/v1/releases/" + release.id + "/acknowledgements", R"({"version":1})");
         }},
        {Deed::Acknowledge, "page",
         [=](const Things&) { return form("/releases/" + release.id + "/acknowledge", ""); }},
        {Deed::WriteCollection, "TAXII, add",
         [=](const Things& of) {
           HttpRequest asked = json(Method::Post, "/taxii2/api/collections/" + of.collection + "/objects/", kObject);
           asked.headers.set("Content-Type", "application/taxii+json;version=2.1");
           return asked;
         }},
    };
    return all;
  }

  // The page files for the own organisation only, so it is a door for half of the cells.
  static Door own_form() {
    return {Deed::FileReport, "page", [](const Things&) {
              HttpRequest asked = request(Method::Post, "/report",
                                          "key=5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0d&kind=incident&noticed=02%3A05&"
                                          "summary=x&scope=secretariat_only");
              asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
              return asked;
            }};
  }

  const Things& things_for(const Someone& person, Whose whose) const {
    return whose == Whose::Own ? things_of_.at(person.kind) : anothers_;
  }

  void go_through(const Door& door, const Someone& person, Whose whose) {
    const bool is_of_review = door.deed == Deed::EditReview || door.deed == Deed::Consent || door.deed == Deed::Approve;
    // A report of somebody who is no operator is never released, so it has no review.
    if (is_of_review && things_for(person, whose).review.empty()) return;
    const bool expected = may(door.deed, person.kind, person.role, whose);
    const HttpResponse answered = api_->handle(as(person, door.make(things_for(person, whose))));
    const bool was_changed = !watch_->changed(kKeptAboutAsking).empty();
    const bool refused = answered.status == 401 || answered.status == 403 || answered.status == 404;
    const std::string cell =
        fmt::format("{} ({}) of {} as {} of {}", door.name, static_cast<int>(door.deed),
                    whose == Whose::Own ? "own" : "another's", role_text(person.role), org_kind_text(person.kind));
    if (expected) {
      EXPECT_FALSE(refused) << cell << ": " << answered.status << " " << answered.body.substr(0, 300);
    } else {
      EXPECT_GE(answered.status, 400) << cell;
      EXPECT_FALSE(was_changed) << cell;
    }
    expected ? ++allowed_ : ++refused_;
  }

  static inline const std::string kReport =
      R"({"kind":"incident","summary":"matrix","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})";
  static inline const std::string kVersion =
      R"({"based_on":1,"kind":"incident","summary":"more","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})";
  // Words that nobody has seen: whoever may record gets so far as to hear it.
  static inline const std::string kSubmission =
      R"({"form":"jp-ci-notice","duty":"JP-CI-1","stage":"notice","report_version":1,"channel":"mail","digest":")" +
      std::string(64, '0') + "\"}";
  static inline const std::string kConsent =
      R"({"consent":"given","revision":1,"step_up":{"password":"matrix password"}})";
  static inline const std::string kApproval = R"({"revision":1,"step_up":{"password":"matrix password"}})";
  static inline const std::string kEdition =
      R"({"revision":1,"edition":{"kind":"technical_only","title":"t","indicators":["evil.example"]},"tlp":"TLP:AMBER"})";
  static inline const std::string kObject =
      R"({"objects":[{"type":"indicator","spec_version":"2.1","id":"indicator--2f1e2d3c-4b5a-4697-8877-665544332211",)"
      R"("created":"2026-11-20T00:00:00.000Z","modified":"2026-11-21T00:00:00.000Z","name":"n",)"
      R"("pattern":"[ipv4-addr:value = '203.0.113.9']","pattern_type":"stix","valid_from":"2026-11-20T00:00:00Z"}]})";

  std::map<OrgKind, Things> things_of_;
  Things anothers_;  // member A's; the collection is the partner's
  routes::Known release_;
  int allowed_ = 0, refused_ = 0;
};

TEST_F(RoleMatrix, EveryDoorIsOpenToThoseOfTheTableAndClosedToAllOthers) {
  for (const Someone& person : people_) {
    for (const Whose whose : {Whose::Own, Whose::Anothers}) {
      for (const Door& door : doors()) go_through(door, person, whose);
    }
    go_through(own_form(), person, Whose::Own);
  }
  fmt::print("{} cells through {} doors: {} allowed, {} refused\n", people_.size() * 2, doors().size() + 1, allowed_,
             refused_);
  EXPECT_GT(allowed_, 300);
  EXPECT_GT(refused_, 1'000);
}

// The same table against the permits themselves, without what a route might add.
TEST_F(RoleMatrix, ThePermitsSayWhatTheTableSays) {
  const Directory& directory = *installation_->store().directory();
  for (const Someone& person : people_) {
    const policy::Principal principal = must(policy::principal_of(directory, person.id));
    for (const Whose whose : {Whose::Own, Whose::Anothers}) {
      SCOPED_TRACE(fmt::format("{} of {}, {}", role_text(person.role), org_kind_text(person.kind),
                               whose == Whose::Own ? "own" : "another's"));
      const OrgId org = things_for(person, whose).org;
      const auto granted = [&](Deed deed) { return may(deed, person.kind, person.role, whose); };
      EXPECT_EQ(policy::permit<action::FileReport>(principal, {org}).ok(), granted(Deed::FileReport));
      EXPECT_EQ(policy::permit<action::AmendReport>(principal, {ReportId(), org}).ok(), granted(Deed::AmendReport));
      EXPECT_EQ(policy::permit<action::RecordSubmission>(principal, {ReportId(), org}).ok(),
                granted(Deed::RecordSubmission));
      EXPECT_EQ(policy::permit<action::ConfirmReceipt>(principal, {SubmissionId(), org}).ok(),
                granted(Deed::RecordSubmission));
      EXPECT_EQ(policy::permit<action::EditReview>(principal, {}).ok(), granted(Deed::EditReview));
      EXPECT_EQ(policy::allows<action::ConsentToRelease>(principal, {ReviewId(), org, 1}).ok(), granted(Deed::Consent));
      EXPECT_EQ(policy::allows<action::ApproveRelease>(principal, {}).ok(), granted(Deed::Approve));
      EXPECT_EQ(policy::permit<action::ImportSources>(principal, {}).ok(), granted(Deed::ImportSources));
      EXPECT_EQ(policy::permit<action::SendSighting>(principal, {}).ok(), granted(Deed::SendSighting));
      EXPECT_EQ(policy::permit<action::Acknowledge>(principal, {}).ok(), granted(Deed::Acknowledge));
    }
  }
}

// Many things in one request: the one that may not pass does not, wherever it stands, and takes nothing with it unseen.
class MixedBatch : public RoleMatrix {
 protected:
  static constexpr int kItems = 6;
  static std::string object(int number, std::string_view marking) {
    return R"({"type":"indicator","spec_version":"2.1","id":"indicator--3f1e2d3c-4b5a-4697-8877-66554433220)" +
           std::to_string(number) +
           R"(","created":"2026-11-20T00:00:00.000Z","modified":"2026-11-21T00:00:00.000Z","name":"n","pattern":)"
           R"("[ipv4-addr:value = '203.0.113.9']","pattern_type":"stix","valid_from":"2026-11-20T00:00:00Z")" +
           std::string(marking) + "}";
  }
  HttpResponse post(const std::string& collection, const std::string& objects) {
    HttpRequest asked = request(Method::Post, "/taxii2/api/collections/" + collection + "/objects/",
                                R"({"objects":[)" + objects + "]}");
    asked.headers.set("Content-Type", "application/taxii+json;version=2.1");
    return answer("partner_isac", asked);
  }
};

// A marking that lets nobody of the collection read the object: refused by itself and named, the others are taken.
TEST_F(MixedBatch, AnObjectThatNobodyMayReadIsRefusedByItselfInEveryPosition) {
  const std::string collection = sector_.probe_collections.at("rw");
  constexpr std::string_view kRed =
      R"(,"object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"])";
  for (int position = 0; position < kItems; ++position) {
    std::string objects;
    for (int i = 0; i < kItems; ++i) objects += (i == 0 ? "" : ",") + object(i, i == position ? kRed : "");
    const HttpResponse answered = post(collection, objects);
    ASSERT_EQ(answered.status, 202) << answered.body;
    const auto status = must(parse_json(answered.body));
    EXPECT_EQ(status->root().integer_at("failure_count"), 1) << position;
    const HttpResponse shown =
        answer("partner_isac", request(Method::Get, "/taxii2/api/collections/" + collection + "/objects/"));
    for (int i = 0; i < kItems; ++i) {
      const bool is_there =
          shown.body.find("indicator--3f1e2d3c-4b5a-4697-8877-66554433220" + std::to_string(i)) != std::string::npos;
      EXPECT_EQ(is_there, i != position) << "object " << i << " with the forbidden one at " << position;
    }
    for (int i = 0; i < kItems; ++i) {
      answer("partner_isac", request(Method::Delete, "/taxii2/api/collections/" + collection +
                                                         "/objects/indicator--3f1e2d3c-4b5a-4697-8877-66554433220" +
                                                         std::to_string(i) + "/"));
    }
  }
}

// One wrong element among right ones: the whole body is refused and nothing of it is kept.
TEST_F(MixedBatch, AListWithOneForbiddenElementIsRefusedWhole) {
  const std::string review = things_of_.at(OrgKind::Operator).review;
  const auto edition = [](std::string_view list, const std::string& elements) {
    return R"({"revision":1,"edition":{"kind":"technical_only","title":"t",")" + std::string(list) + "\":[" + elements +
           R"(]},"tlp":"TLP:AMBER"})";
  };
  struct List {
    std::string_view name, right, wrong;
  };
  for (const List& list : {List{"indicators", "\"evil.example\"", "\"not an indicator\""},
                           List{"techniques", "\"T0883\"", "\"みなと電力\""},
                           List{"cves", "\"CVE-2024-3400\"", "\"CVE\""}, List{"indicators", "\"evil.example\"", "7"}}) {
    for (int position = 0; position < kItems; ++position) {
      std::string elements;
      for (int i = 0; i < kItems; ++i)
        elements += (i == 0 ? "" : ",") + std::string(i == position ? list.wrong : list.right);
      const Answer answered = call("analyst1", Method::Put, "/api/v1/reviews/" + review, edition(list.name, elements));
      EXPECT_EQ(answered.status, 400) << list.name << " " << position << ": " << answered.body;
      EXPECT_THAT(watch_->changed(kKeptAboutAsking), IsEmpty());
    }
  }
}

}  // namespace
}  // namespace hinomi::tests

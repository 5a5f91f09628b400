// Who may do what to people, rights and accounts, as a table of its own, written from SECURITY.md and
// docs/decisions/0013-directory-changes.md: every role in every kind of organisation, settled and in quarantine, goes
// through every door to each deed, in each content type, to every kind of person. A cell either has its effect or
// leaves the database as it was.
#include <fmt/format.h>

#include "formats/workbook.h"
#include "policy/permit.h"
#include "sweeps/role_people.h"

namespace hinomi::tests {
namespace {

// Whom a deed is done to. Those with an account of their own are somebody else than who acts.
enum class Whom { Self, OwnOrdinary, OwnAdministrator, MemberOrdinary, MemberAdministrator, Auditor, Desk, Operator };
constexpr std::array kWhom{
    Whom::Self,    Whom::OwnOrdinary, Whom::OwnAdministrator, Whom::MemberOrdinary, Whom::MemberAdministrator,
    Whom::Auditor, Whom::Desk,        Whom::Operator};
constexpr std::array<std::string_view, kWhom.size()> kWhomTexts{"themselves",
                                                                "a colleague",
                                                                "a colleague who administers",
                                                                "a member's person",
                                                                "a member's administrator",
                                                                "an auditor's person",
                                                                "the desk",
                                                                "an operator"};

// Decision 0013: platform operator > secretariat > administrator of an organisation (own people only) > everybody else.
enum class Rank { Ordinary, Administrator, Secretariat, Operator };

struct Target {
  PersonId id;
  std::string login;
  OrgKind kind = OrgKind::Operator;
  Rank rank = Rank::Ordinary;
};

class DirectoryMatrix : public RolePeople {
 protected:
  DirectoryMatrix() {
    for (const OrgKind kind : kKinds) {
      ordinary_[kind] = target(kind, Role::Viewer);
      administrator_[kind] = target(kind, Role::OrgAdmin);
    }
    operator_ = target(OrgKind::Secretariat, Role::Operator);
    auditor_ = target(OrgKind::Auditor, Role::Auditor);
    proposer_ = add_person(OrgKind::Secretariat, Role::Operator, "proposer");
    let_in(proposer_);
    for (const OrgKind kind : {OrgKind::Secretariat, OrgKind::Operator}) {
      for (const Role role : kRoles) {
        Someone person = add_person(kind, role, fmt::format("new_{}_{}", org_kind_text(kind), role_text(role)), true);
        let_in(person);
        people_.push_back(person);
      }
    }
    kept_.insert("session");  // as time passes, when each was used last
    watch_->changed();
  }

  // Everybody of the secretariat, and every auditor, stands with the secretariat.
  static Rank rank_of_target(OrgKind kind, Role role) {
    if (kind == OrgKind::Secretariat) return role == Role::Operator ? Rank::Operator : Rank::Secretariat;
    if (role == Role::Auditor) return Rank::Secretariat;
    return role == Role::OrgAdmin ? Rank::Administrator : Rank::Ordinary;
  }
  // Of the secretariat only analysts and operators act; who is new acts as everybody else.
  static Rank rank_of(const Someone& actor) {
    if (actor.quarantined) return Rank::Ordinary;
    if (actor.kind != OrgKind::Secretariat) {
      return actor.role == Role::OrgAdmin ? Rank::Administrator : Rank::Ordinary;
    }
    if (actor.role == Role::Operator) return Rank::Operator;
    return actor.role == Role::Analyst ? Rank::Secretariat : Rank::Ordinary;
  }
  static bool is_above(const Someone& actor, const Target& target) {
    const bool reaches = rank_of(actor) >= Rank::Secretariat || actor.kind == target.kind;
    return actor.id != target.id && rank_of(actor) > target.rank && reaches;
  }
  static bool decides(const Someone& actor, const Target& target) {
    return rank_of(actor) >= Rank::Secretariat && is_above(actor, target);
  }

  Target target_of(Whom whom, const Someone& actor) const {
    switch (whom) {
      case Whom::Self:
        return {actor.id, installation_->store().directory()->persons.at(actor.id).login, actor.kind,
                rank_of_target(actor.kind, actor.role)};
      case Whom::OwnOrdinary: return ordinary_.at(actor.kind);
      case Whom::OwnAdministrator: return administrator_.at(actor.kind);
      case Whom::MemberOrdinary: return ordinary_.at(OrgKind::Operator);
      case Whom::MemberAdministrator: return administrator_.at(OrgKind::Operator);
      case Whom::Auditor: return auditor_;
      case Whom::Desk: return ordinary_.at(OrgKind::Secretariat);
      case Whom::Operator: return operator_;
    }
    return {};
  }

  static HttpRequest form(std::string target, std::string body) {
    return typed(std::move(target), "application/x-www-form-urlencoded", std::move(body));
  }
  static HttpRequest typed(std::string target, std::string_view type, std::string body) {
    HttpRequest asked = request(Method::Post, target, std::move(body));
    asked.headers.set("Content-Type", std::string(type));
    return asked;
  }
  // Beside a file the proof that somebody is there stands in a header.
  static HttpRequest shown_beside(HttpRequest asked) {
    asked.headers.set("Hinomi-Step-Up", R"({"password":"matrix password"})");
    return asked;
  }
  static std::string workbook(const std::string& login, const std::string& column, const std::string& value) {
    WorkbookDraft draft;
    draft.sheets.push_back({.name = "人", .cells = {{1, 1, "login"}, {1, 2, column}, {2, 1, login}, {2, 2, value}}});
    return must(write_workbook(draft));
  }

  struct Door {
    std::string name;
    HttpRequest request;
    int done = 201;  // the answer to those who may
  };
  // One row about one person, proposed in each way that there is.
  static std::vector<Door> proposals(const Target& of, const std::string& column, const std::string& value) {
    const std::string csv = "login," + column + "\n" + of.login + "," + value + "\n";
    const std::string at = "/api/v1/directory/changes";
    return {
        {"JSON", request(Method::Post, at,
                         R"({"people":[{"id":")" + of.id.text() + R"(",")" + column + R"(":")" + value + R"("}],)" +
                             kShown + "}")},
        {"CSV", shown_beside(typed(at, "text/csv", csv))},
        {"workbook", shown_beside(typed(at, kWorkbookMediaType, workbook(of.login, column, value)))},
        {"page",
         form("/directory/import", "step=propose&csv=login%2C" + column + "%0A" + of.login + "%2C" + value +
                                       "&step_up_password=matrix+password"),
         303},
    };
  }

  // Sends it, compares with the table, and says whether it was done.
  bool go_through(const Door& door, const Someone& actor, bool expected, const std::string& deed) {
    // New accounts are slow, and tries are counted: time passes.
    if (++asked_ % 40 == 0) clock_.advance(std::chrono::minutes(16));
    const HttpResponse answered = api_->handle(as(actor, door.request));
    const std::string cell = fmt::format("{} ({}) by {}{} of {}", deed, door.name, actor.quarantined ? "new " : "",
                                         role_text(actor.role), org_kind_text(actor.kind));
    if (expected) {
      EXPECT_EQ(answered.status, door.done) << cell << ": " << answered.body.substr(0, 300);
      ++allowed_;
      return answered.status == door.done;
    }
    EXPECT_GE(answered.status, 400) << cell << ": " << answered.body.substr(0, 300);
    EXPECT_THAT(watch_->changed(kept_), testing::IsEmpty()) << cell;
    ++refused_;
    return false;
  }

  // As the person stood at the beginning.
  void restore(const Person& person) {
    Directory changes;
    changes.persons.emplace(person.id, person);
    must(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes));
    watch_->changed();
  }
  [[nodiscard]] Person person(const Target& target) const {
    return installation_->store().directory()->persons.at(target.id);
  }

  static std::array<Door, 4> decisions(const std::string& change) {
    const std::string at = "/directory/changes/" + change;
    return {Door{"JSON, agree", request(Method::Post, "/api/v1" + at + "/agreements", "{" + kShown + "}"), 200},
            Door{"page, agree", form(at + "/agree", "step_up_password=matrix+password"), 200},
            Door{"JSON, reject", request(Method::Post, "/api/v1" + at + "/rejection", "{}"), 200},
            Door{"page, reject", form(at + "/reject", ""), 303}};
  }

  // An open change of this person by an operator who is nobody of the matrix; its id.
  std::string proposed(const Target& target) {
    const Answer made =
        send(as(proposer_, proposals(target, "phone", fmt::format("03-{}", ++numbers_)).front().request));
    EXPECT_EQ(made.text("state"), "proposed") << made.body;
    watch_->changed();
    return made.text("id");
  }

  void tell(std::string_view deeds) const {
    fmt::print("{}: {} people, {} allowed, {} refused\n", deeds, people_.size(), allowed_, refused_);
  }

  std::map<OrgKind, Target> ordinary_, administrator_;
  Target operator_, auditor_;
  Someone proposer_;
  int allowed_ = 0, refused_ = 0, asked_ = 0, numbers_ = 0;
  std::set<std::string> kept_ = kKeptAboutAsking;

 private:
  Target target(OrgKind kind, Role role) {
    const std::string login = fmt::format("target_{}_{}", org_kind_text(kind), role_text(role));
    return {add_person(kind, role, login).id, login, kind, rank_of_target(kind, role)};
  }
};

TEST_F(DirectoryMatrix, OnlyWhoStandsAboveSomebodyTakesAwayFromThem) {
  for (const Someone& actor : people_) {
    for (const Whom whom : kWhom) {
      const Target target = target_of(whom, actor);
      const Person before = person(target);
      const std::string deed = fmt::format("ending the account of {}", kWhomTexts.at(static_cast<std::size_t>(whom)));
      for (const Door& door : proposals(target, "active", "no")) {
        if (!go_through(door, actor, is_above(actor, target), deed)) continue;
        EXPECT_FALSE(person(target).active) << "one word is enough to take away";
        restore(before);
      }
    }
  }
  tell("ending an account");
  EXPECT_GT(allowed_, 60);
}

TEST_F(DirectoryMatrix, OnlyWhoStandsAboveSomebodyProposesToChangeThemAndNobodyDoesItAlone) {
  for (const Someone& actor : people_) {
    for (const Whom whom : kWhom) {
      const Target target = target_of(whom, actor);
      const Person before = person(target);
      const std::string deed = fmt::format("changing {}", kWhomTexts.at(static_cast<std::size_t>(whom)));
      for (const Door& door : proposals(target, "phone", fmt::format("03-{}", ++numbers_))) {
        if (go_through(door, actor, is_above(actor, target), deed)) watch_->changed();
      }
      EXPECT_EQ(person(target), before) << deed;
    }
  }
  tell("proposing");
  EXPECT_GT(allowed_, 60);
}

// A role is granted by those of the secretariat who stand above the person as they would be; an administrator grants
// only roles of their own, and then the person would be their equal.
TEST_F(DirectoryMatrix, ARoleIsGrantedFromAboveOnly) {
  for (const Someone& actor : people_) {
    const Target& own = ordinary_.at(actor.kind);
    for (const Role role : kRoles) {
      const Target then{own.id, own.login, own.kind, rank_of_target(own.kind, role)};
      // Whoever has it already is changed by nothing.
      if (role == Role::Viewer) continue;
      for (const Door& door : proposals(own, "roles", std::string(role_text(role)))) {
        const bool may = decides(actor, own) && decides(actor, then);
        if (go_through(door, actor, may, "granting " + std::string(role_text(role)))) watch_->changed();
      }
    }
  }
  tell("granting");
}

TEST_F(DirectoryMatrix, TheSecondWordIsSomebodyOfTheSecretariatWhoStandsAbove) {
  for (const Whom whom : {Whom::MemberOrdinary, Whom::MemberAdministrator, Whom::Auditor, Whom::Desk}) {
    const Target target = target_of(whom, people_.front());
    const std::string deed = fmt::format("deciding about {}", kWhomTexts.at(static_cast<std::size_t>(whom)));
    std::string change = proposed(target);
    for (const Someone& actor : people_) {
      for (std::size_t i = 0; i < decisions(change).size(); ++i) {
        if (go_through(decisions(change).at(i), actor, decides(actor, target), deed)) change = proposed(target);
      }
    }
  }
  tell("agreeing and refusing");
  EXPECT_EQ(allowed_, 4 * (2 + 2 + 1 + 1)) << "an analyst and an operator, or the operator alone";
}

TEST_F(DirectoryMatrix, QuarantineIsEndedAndInvitationsAreGivenByTheSecretariatFromAbove) {
  const auto newcomer = [&](OrgKind kind) {
    const std::string login = fmt::format("newcomer_{}_{}", org_kind_text(kind), ++numbers_);
    return Target{add_person(kind, Role::Viewer, login, true).id, login, kind, rank_of_target(kind, Role::Viewer)};
  };
  std::map<OrgKind, Target> newcomers;
  for (const OrgKind kind : kKinds) newcomers[kind] = newcomer(kind);
  watch_->changed();
  for (const Someone& actor : people_) {
    for (auto& [kind, target] : newcomers) {
      const std::string at = "/api/v1/directory/people/" + target.id.text();
      const Door proof{"JSON, proof", request(Method::Post, at + "/proof", R"({"channel":"電話"})"), 204};
      const Door invitation{"JSON, invitation", request(Method::Post, at + "/invitation", "{}"), 201};
      const std::string deed = "somebody new of " + std::string(org_kind_text(kind));
      if (go_through(invitation, actor, decides(actor, target), deed)) watch_->changed();
      if (go_through(proof, actor, decides(actor, target), deed)) {
        EXPECT_FALSE(person(target).quarantined);
        target = newcomer(kind);
        watch_->changed();
      }
    }
  }
  tell("invitations and proofs");
}

TEST_F(DirectoryMatrix, ClearancesAreKeptByTheOwnSecurityOfficerAlone) {
  const auto doors = [](const Target& of, const std::string& id) {
    return std::array{Door{"JSON, list", request(Method::Get, "/api/v1/clearances"), 200},
                      Door{"JSON, confirm",
                           request(Method::Post, "/api/v1/clearances",
                                   R"({"person":")" + of.id.text() +
                                       R"(","scope":"grid","contract":"M-1","valid_until":"2030-03-31",)"
                                       R"("consented_on":"2026-11-01"})"),
                           201},
                      Door{"JSON, end", request(Method::Delete, "/api/v1/clearances/" + id), 204}};
  };
  for (const bool is_kept : {false, true}) {
    must(installation_->store().keep_clearance_register(policy::MachineRoom::local_operator(), is_kept));
    watch_->changed();
    for (const Someone& actor : people_) {
      const bool keeps = is_kept && actor.role == Role::SecurityOfficer && !actor.quarantined;
      std::string own = ClearanceId::random(random_).text();
      if (keeps) {
        own = send(as(actor, doors(ordinary_.at(actor.kind), "").at(1).request)).text("id");
        watch_->changed();
      }
      const OrgKind other = actor.kind == OrgKind::Nco ? OrgKind::Ministry : OrgKind::Nco;
      for (const Door& door : doors(ordinary_.at(actor.kind), own)) {
        if (go_through(door, actor, keeps, "a clearance of a colleague")) watch_->changed();
      }
      go_through(doors(ordinary_.at(other), own).at(1), actor, false, "a clearance of another's person");
    }
  }
  tell("clearances");
}

TEST_F(DirectoryMatrix, PeopleAndChangesAreSeenByThoseWhoMayKnowOfThem) {
  const std::string change = proposed(ordinary_.at(OrgKind::Operator));
  const std::string member = org_of(OrgKind::Operator).text();
  const auto get = [](const std::string& target) { return request(Method::Get, target); };
  for (const Someone& actor : people_) {
    const bool desk = rank_of(actor) >= Rank::Secretariat;
    const bool proposes = rank_of(actor) >= Rank::Administrator;
    const bool settled = !actor.quarantined;
    const bool of_member = settled && (desk || actor.kind == OrgKind::Operator);
    for (const auto& [may, door] : {
             std::pair{settled, Door{"JSON, own people", get("/api/v1/directory/people"), 200}},
             std::pair{of_member, Door{"JSON, a member's people", get("/api/v1/directory/people?org=" + member), 200}},
             std::pair{settled,
                       Door{"JSON, look-up",
                            request(Method::Post, "/api/v1/directory/lookup", R"({"address":"analyst1"})"), 200}},
             std::pair{settled, Door{"page, look-up", form("/directory/lookup", "address=analyst1"), 200}},
             std::pair{proposes, Door{"JSON, changes", get("/api/v1/directory/changes"), 200}},
             std::pair{desk, Door{"JSON, one change", get("/api/v1/directory/changes/" + change), 200}},
             std::pair{desk, Door{"page, one change", get("/directory/changes/" + change), 200}},
             std::pair{proposes, Door{"page, lists", get("/directory/import"), 200}},
         }) {
      if (go_through(door, actor, may, "looking")) watch_->changed();
    }
  }
  tell("looking");
}

// Everybody's account is their own, whatever they are besides.
TEST_F(DirectoryMatrix, AnAccountIsManagedByItsOwnPersonAlone) {
  Someone other = add_person(OrgKind::Operator, Role::Viewer, "account_of_another");
  let_in(other);
  const Answer listed = send(as(other, request(Method::Get, "/api/v1/account/tokens")));
  const std::string tokens = "/api/v1/account/tokens/";
  const std::string anothers = std::string(listed.json->root().find("items")->at(0).string_at("id").value_or(""));
  ASSERT_FALSE(anothers.empty()) << listed.body;
  watch_->changed();
  for (const Someone& actor : people_) {
    const Door issue{"JSON, issue",
                     request(Method::Post, "/api/v1/account/tokens",
                             R"({"name":"n","scopes":["read"],"expires_at":"2026-12-20T00:00:00Z",)" + kShown + "}"),
                     201};
    clock_.advance(std::chrono::minutes(16));
    const HttpResponse issued = api_->handle(as(actor, issue.request));
    EXPECT_EQ(issued.status, 201) << issued.body;
    const std::string own(must(parse_json(issued.body))->root().string_at("id").value_or(""));
    watch_->changed();
    for (const std::string& at : {tokens + anothers, "/api/v1/account/sessions/" + anothers}) {
      go_through({"JSON, end", request(Method::Delete, at, "{" + kShown + "}"), 204}, actor, false, "another's access");
    }
    go_through({"JSON, end", request(Method::Delete, tokens + own, "{" + kShown + "}"), 204}, actor, true,
               "the own access");
    watch_->changed();
  }
  EXPECT_EQ(send(as(other, request(Method::Get, "/api/v1/me"))).status, 200) << "nobody ended it";
  tell("accounts");
}

}  // namespace
}  // namespace hinomi::tests

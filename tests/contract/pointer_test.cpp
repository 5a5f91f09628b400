// Pointers to what the platform must not hold: no content, readers shown first, hidden from everybody else, ended by
// their own organisation.
#include "contract/house.h"
#include "policy/labelling.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Pointers : public House {
 protected:
  static constexpr std::string_view kAll = "/api/v1/pointers";
  static std::string body(const std::string& more = "") {
    return R"({"holder":"経済産業省 ◯◯課","system":"important_economic_security","reference":"20261105経安第12号",)"
           R"("contact":"◯◯課 03-0000-0000","dated":"2026-11-05")" +
           (more.empty() ? "" : "," + more) + "}";
  }
  Answer post(std::string_view who, const std::string& more = "") { return call(who, Method::Post, kAll, body(more)); }
  Answer one(std::string_view who, const std::string& id) {
    return call(who, Method::Get, std::string(kAll) + "/" + id);
  }
  Answer end(std::string_view who, const std::string& id) {
    return call(who, Method::Post, std::string(kAll) + "/" + id + "/end", "{}");
  }
  [[nodiscard]] Person person(std::string_view who) const {
    for (const auto& [id, person] : installation_->store().directory()->persons) {
      if (person.login == account(who).login) return person;
    }
    throw std::runtime_error("no such person");
  }
  // The register is kept, by this person for their organisation.
  void keep_register(std::string_view officer) {
    must(installation_->store().keep_clearance_register(policy::MachineRoom::local_operator(), true));
    Person person = this->person(officer);
    person.roles.insert(Role::SecurityOfficer);
    Directory changes;
    changes.persons.emplace(person.id, person);
    House::must(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes));
  }
  std::string clear(std::string_view officer, std::string_view who) {
    const Answer made = call(officer, Method::Post, "/api/v1/clearances",
                             R"({"person":")" + person(who).id.text() +
                                 R"(","scope":"grid","contract":"C-1","valid_until":"2030-03-31",)"
                                 R"("consented_on":"2026-11-01"})");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text("id");
  }
  static void must(const Status& status) {
    if (!status.ok()) throw std::runtime_error(status.error().code + " " + status.error().detail);
  }
  template <class T>
  static T must(Result<T> result) {
    return House::must(std::move(result));
  }
  std::size_t listed(std::string_view who) { return call(who, Method::Get, kAll).json->root().find("items")->size(); }
  Answer page(std::string_view who, Method method, const std::string& target, const std::string& form = "") {
    HttpRequest asked = request(method, target, form);
    if (!form.empty()) asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    asked.headers.add("Accept-Language", "en");
    return send(std::move(asked));
  }
  static std::string with(const std::string& field, const std::string& value) {
    std::string text = body();
    const std::string member = "\"" + field + "\":\"";
    const auto begin = text.find(member) + member.size();
    JsonWriter escaped;
    std::string json = escaped.string(value).take();
    return text.replace(begin, text.find('"', begin) - begin, json.substr(1, json.size() - 2));
  }
};

TEST_F(Pointers, ADryRunShowsExactlyWhoWillReadItAndWritesNothing) {
  const Answer shown = post("member_a_lead", R"("dry_run":true)");
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_TRUE(shown.text("id").empty());
  const JsonView readers = *shown.json->root().find("readers");
  const Label label = must(policy::pointer_label(*installation_->store().directory(), person("member_a_lead").org,
                                                 policy::PointerAudience::Secretariat));
  const auto expected = policy::readers_of(*installation_->store().directory(), label);
  EXPECT_EQ(*readers.integer_at("people"), static_cast<std::int64_t>(expected.people.size()));
  EXPECT_EQ(readers.find("orgs")->size(), expected.orgs.size());
  EXPECT_EQ(listed("analyst1"), 0U);
}

TEST_F(Pointers, IsReadByWhomItsLabelNamesAndIsNotThereForAnybodyElse) {
  const std::string id = post("member_a_lead").text("id");
  ASSERT_FALSE(id.empty());
  for (const std::string_view reader : {"member_a_soc", "analyst1", "operator"}) {
    EXPECT_EQ(one(reader, id).text("reference"), "20261105経安第12号") << reader;
    EXPECT_EQ(listed(reader), 1U);
  }
  for (const std::string_view other : {"member_b_soc", "vendor_psirt", "partner_isac"}) {
    const Answer absent = one(other, "5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c");
    EXPECT_EQ(one(other, id).status, 404);
    EXPECT_EQ(one(other, id).text("code"), absent.text("code"));
    EXPECT_EQ(listed(other), 0U);
    EXPECT_EQ(end(other, id).status, 404);
  }
  const std::string wide = post("analyst1", R"("audience":"members")").text("id");
  EXPECT_EQ(one("member_b_soc", wide).status, 200);
  EXPECT_EQ(one("vendor_psirt", wide).status, 404);
  EXPECT_EQ(one("vendor_psirt", post("analyst1", R"("audience":"members_and_technical")").text("id")).status, 200);
}

TEST_F(Pointers, HoldNoContentOnlyShortLines) {
  const auto code = [&](const std::string& text) {
    return call("member_a_lead", Method::Post, kAll, text).text("code");
  };
  for (const char* field : {"holder", "reference", "contact"}) {
    EXPECT_EQ(code(with(field, "")), "pointer.text");
    EXPECT_EQ(code(with(field, "  ")), "pointer.text");
    EXPECT_EQ(code(with(field, std::string(301, 'x'))), "pointer.text");
    EXPECT_EQ(code(with(field, "one\ntwo")), "pointer.text");
    EXPECT_EQ(code(with(field, "one\xE2\x80\xA8two")), "pointer.text");
    EXPECT_EQ(code(with(field, "one\xC2\x85two")), "pointer.text");
    EXPECT_EQ(code(with(field, "【重要経済安保情報】")), "clearance.refused");
  }
  EXPECT_EQ(code(with("system", "top")), "pointer.system");
  EXPECT_EQ(code(body(R"("level":"ultra")")), "pointer.level");
  EXPECT_EQ(code(body(R"("audience":"everyone")")), "pointer.audience");
  EXPECT_EQ(code(body(R"("expires":"2026-11-04")")), "pointer.expires");
  EXPECT_EQ(call("member_a_lead", Method::Post, kAll, body(R"("body":"the content")")).status, 400);
  EXPECT_EQ(call("member_a_lead", Method::Post, kAll, body(R"("expires":"soon")")).status, 400);
  EXPECT_EQ(listed("member_a_lead"), 0U);
}

TEST_F(Pointers, AreEndedByTheirOwnOrganisationOnceAndStayToBeSeen) {
  const std::string id = post("member_a_lead", R"("audience":"members")").text("id");
  EXPECT_EQ(end("member_b_soc", id).text("code"), "permit.pointer");
  EXPECT_EQ(end("analyst1", id).text("code"), "permit.pointer") << "not the secretariat's either";
  EXPECT_EQ(end("member_a_soc", id).text("state"), "ended") << "a colleague may";
  EXPECT_EQ(end("member_a_lead", id).text("code"), "pointer.ended");
  EXPECT_EQ(one("member_b_soc", id).text("state"), "ended");
}

TEST_F(Pointers, ExpireAfterTheirLastDayInTokyo) {
  const std::string id = post("member_a_lead", R"("expires":"2026-11-22")").text("id");
  EXPECT_EQ(one("analyst1", id).text("state"), "open");
  clock_.advance(std::chrono::hours(21) + std::chrono::minutes(49));
  EXPECT_EQ(one("analyst1", id).text("state"), "open") << "23:59";
  clock_.advance(std::chrono::minutes(1));
  EXPECT_EQ(one("analyst1", id).text("state"), "expired");
}

TEST_F(Pointers, ThatNeedAClearanceAreMadeOnlyByWhoHasOne) {
  EXPECT_EQ(post("member_a_lead", R"("needs_clearance":true)").text("code"), "pointer.not_yours");
  EXPECT_EQ(listed("analyst1"), 0U);
}

TEST_F(Pointers, ThatNeedAClearanceAreReadByTheClearedAmongTheirReaders) {
  keep_register("member_a_lead");
  clear("member_a_lead", "member_a_soc");
  keep_register("analyst2");
  clear("analyst2", "analyst1");
  const Answer made = post("member_a_soc", R"("needs_clearance":true,"audience":"members")");
  ASSERT_EQ(made.status, 201) << made.body;
  for (const char* who : {"member_a_soc", "analyst1"}) {
    EXPECT_EQ(one(who, made.text("id")).status, 200) << who;
    EXPECT_EQ(listed(who), 1U) << who;
  }
  for (const char* who : {"member_a_lead", "analyst2", "member_b_soc", "operator"}) {
    EXPECT_EQ(one(who, made.text("id")).status, 404) << who;
    EXPECT_EQ(end(who, made.text("id")).status, 404) << who;
    EXPECT_EQ(listed(who), 0U) << who;
  }
}

// The same rule for a member and for the secretariat.
TEST_F(Pointers, ThatNobodyOfTheirOrganisationReadsAnyMoreAreEndedUnreadByItsAdministrator) {
  struct Team {
    const char *officer, *cleared, *administrator, *ordinary;
  };
  for (const auto& [officer, cleared, administrator, ordinary] :
       {Team{"member_a_lead", "member_a_soc", "member_a_lead", "member_a_soc"},
        Team{"analyst2", "analyst1", "operator", "analyst2"}}) {
    keep_register(officer);
    const std::string clearance = clear(officer, cleared);
    const std::string kept = post(cleared).text("id");
    const std::string id = post(cleared, R"("needs_clearance":true)").text("id");
    const std::string all = "/api/v1/unread-pointers";
    const std::string ending = all + "/" + id + "/end";
    const auto unread = [&](std::string_view who) { return call(who, Method::Get, all); };
    EXPECT_EQ(unread(administrator).json->root().find("items")->size(), 0U) << "somebody reads it";
    EXPECT_EQ(call(administrator, Method::Post, ending, "{}").status, 404);

    ASSERT_EQ(call(officer, Method::Delete, "/api/v1/clearances/" + clearance).status, 204);
    EXPECT_EQ(end(cleared, id).status, 404) << "not theirs to read any more";
    const Answer seen = unread(administrator);
    EXPECT_THAT(seen.body,
                AllOf(HasSubstr(id), Not(HasSubstr(kept)), Not(HasSubstr("03-0000-0000")), Not(HasSubstr("20261105"))));
    EXPECT_THAT(page(administrator, Method::Get, "/pointers").body, HasSubstr("/unread-pointers/" + id + "/end"));
    EXPECT_EQ(unread(ordinary).status, 403);
    EXPECT_EQ(call(ordinary, Method::Post, ending, "{}").status, 403);
    const std::string_view stranger = std::string_view(administrator) == "operator" ? "member_a_lead" : "operator";
    EXPECT_THAT(unread(stranger).body, Not(HasSubstr(id)));
    EXPECT_EQ(call(stranger, Method::Post, ending, "{}").status, 404);

    EXPECT_EQ(call(administrator, Method::Post, ending, "{}").text("state"), "ended");
    EXPECT_EQ(call(administrator, Method::Post, ending, "{}").status, 404);
    EXPECT_EQ(unread(administrator).json->root().find("items")->size(), 0U);
    clear(officer, cleared);
    EXPECT_EQ(one(cleared, id).text("state"), "ended");
    EXPECT_EQ(one(cleared, kept).text("state"), "open");
  }
}

TEST_F(Pointers, AreRecordedWhenMadeReadAndEnded) {
  const Answer made = post("member_a_lead");
  const auto id = PointerId::parse(made.text("id"));
  ASSERT_TRUE(id.ok());
  one("analyst1", made.text("id"));
  end("member_a_lead", made.text("id"));
  std::set<std::string> kinds;
  for (const auto& entry : must(installation_->store().unsealed_entries())) {
    if (entry.subject == id->text()) kinds.insert(entry.kind);
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"pointer.made", "pointer.ended"}));
  const flow::Caller auditor = must(flow::caller_for(installation_->platform(), person("analyst1").id));
  must(installation_->store().pointer(auditor.reach, *id));
  const auto notes = auditor.reach.trail().take();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.front().kind, policy::ReadKind::Pointer);
}

TEST_F(Pointers, AMemberIsToldNoNamesThatTheyMayNotKnow) {
  const Answer shown = post("member_a_lead", R"("audience":"members_and_technical","dry_run":true)");
  const JsonView readers = *shown.json->root().find("readers");
  EXPECT_GT(*readers.integer_at("other_orgs"), 0);
  EXPECT_THAT(std::string(readers.find("orgs")->raw()), Not(HasSubstr("かがり制御システムズ")));
  const Answer all = post("analyst1", R"("audience":"members_and_technical","dry_run":true)");
  EXPECT_EQ(*all.json->root().find("readers")->integer_at("other_orgs"), 0);
  EXPECT_THAT(all.body, HasSubstr("かがり制御システムズ"));
}

TEST_F(Pointers, TheRefusalAtIntakeLeadsToThem) {
  const Answer refused = call("member_a_soc", Method::Post, "/api/v1/reports",
                              R"({"kind":"incident","summary":"【重要経済安保情報】 x","facts":{}})");
  EXPECT_EQ(refused.text("code"), "clearance.refused");
  EXPECT_THAT(refused.body, HasSubstr("/pointers"));
  const Answer shown = page("member_a_lead", Method::Post, "/pointers",
                            "step=check&holder=%E3%80%90%E7%89%B9%E5%AE%9A%E7%A7%98%E5%AF%86%E3%80%91&system=foreign&"
                            "level=secret&reference=r&contact=c&dated=2026-11-05&expires=&audience=secretariat");
  EXPECT_EQ(shown.status, 400);
  EXPECT_THAT(shown.body, AllOf(HasSubstr("error-summary"), HasSubstr("href=\"/pointers\"")));
}

TEST_F(Pointers, ThePageShowsItsReadersBeforeItPosts) {
  const std::string form =
      "holder=METI+%3Cb%3Ex&system=foreign&level=secret&reference=No.+7&contact=desk&dated=2026-11-05&expires=&"
      "audience=members";
  const Answer checked = page("member_a_lead", Method::Post, "/pointers", "step=check&" + form);
  ASSERT_EQ(checked.status, 200) << checked.body;
  EXPECT_THAT(checked.body, AllOf(HasSubstr("Exactly who reads this entry"), HasSubstr("METI &lt;b&gt;x"),
                                  HasSubstr("value=\"post\""), Not(HasSubstr("page.pointer."))));
  EXPECT_EQ(listed("member_a_lead"), 0U);
  const Answer posted = page("member_a_lead", Method::Post, "/pointers", "step=post&key=press-1&" + form);
  ASSERT_EQ(posted.status, 303) << posted.body;
  const std::string where(*posted.headers.find("Location"));
  EXPECT_EQ(*page("member_a_lead", Method::Post, "/pointers", "step=post&key=press-1&" + form).headers.find("Location"),
            where)
      << "pressed twice";
  EXPECT_EQ(listed("member_a_lead"), 1U);
  EXPECT_THAT(page("member_a_lead", Method::Get, where).body, HasSubstr("End this entry"));
  EXPECT_THAT(page("member_b_soc", Method::Get, where).body, Not(HasSubstr("End this entry")));
  EXPECT_EQ(page("member_b_soc", Method::Post, where + "/end", "").status, 403);
  EXPECT_EQ(page("member_a_soc", Method::Post, where + "/end", "").status, 303);
}

TEST_F(Pointers, WhoOnlyReadsMakesNone) {
  EXPECT_EQ(post("partner_isac").status, 403);
  EXPECT_THAT(page("partner_isac", Method::Get, "/pointers").body, Not(HasSubstr("value=\"check\"")));
}

}  // namespace
}  // namespace hinomi::tests

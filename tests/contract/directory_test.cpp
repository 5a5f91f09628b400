// People and rights through the api: two people, what becomes visible, invitations, look-ups, blind groups.
#include "contract/house.h"
#include "flow/session.h"

namespace hinomi::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class DirectoryOfHouse : public House {
 protected:
  // With proof that they are there.
  Answer propose(std::string_view who, const std::string& body) {
    return call(who, Method::Post, "/api/v1/directory/changes",
                body.substr(0, body.size() - 1) + "," + step_up(who) + "}");
  }
  Answer propose_absent(std::string_view who, const std::string& body) {
    return call(who, Method::Post, "/api/v1/directory/changes", body);
  }
  Answer propose_csv(std::string_view who, const std::string& query, const std::string& csv,
                     const std::string& step_up_header = "") {
    HttpRequest asked = request(Method::Post, "/api/v1/directory/changes" + query, csv);
    asked.headers.set("Content-Type", "text/csv");
    if (!step_up_header.empty()) asked.headers.set("Hinomi-Step-Up", step_up_header);
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    return send(std::move(asked));
  }
  Answer agree(std::string_view who, const Answer& change) {
    return call(who, Method::Post, "/api/v1/directory/changes/" + change.text("id") + "/agreements",
                "{" + step_up(who) + "}");
  }
  Answer groups(std::string_view who) { return call(who, Method::Get, "/api/v1/groups"); }
  Answer look_up(std::string_view who, const std::string& address) {
    return call(who, Method::Post, "/api/v1/directory/lookup", R"({"address":")" + address + R"("})");
  }
  // The only invitation code in an answer.
  static std::string code_of(const Answer& answer) {
    const auto invitations = answer.json->root().find("invitations");
    return invitations ? std::string((*invitations).at(0).string_at("code").value_or("")) : "";
  }
  Answer newcomer() {
    return propose("analyst1",
                   R"({"note":"採用","people":[{"login":"new.person","organisation":"みなと電力ネットワーク",)"
                   R"("name":"新 ひと","roles":"reporter","mail":"New@Example.net"}]})");
  }
  [[nodiscard]] Person now(std::string_view login) const {
    for (const auto& [id, person] : installation_->store().directory()->persons) {
      if (person.login == login) return person;
    }
    return {};
  }
};

TEST_F(DirectoryOfHouse, ANewAccountNeedsTwoDifferentPeopleOfTheSecretariat) {
  const Answer proposed = newcomer();
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  EXPECT_EQ(proposed.text("state"), "proposed");
  EXPECT_TRUE(now("new.person").login.empty()) << "nothing is written yet";
  EXPECT_EQ(agree("analyst1", proposed).text("code"), "permit.other_person");
  EXPECT_EQ(agree("member_a_lead", proposed).status, 404) << "not theirs to know of";
  const Answer agreed = agree("analyst2", proposed);
  ASSERT_EQ(agreed.status, 200) << agreed.body;
  EXPECT_EQ(agreed.text("state"), "confirmed");
  EXPECT_FALSE(code_of(agreed).empty());
  EXPECT_TRUE(now("new.person").quarantined);
  EXPECT_EQ(now("new.person").mail, "new@example.net");
  EXPECT_EQ(agree("operator", proposed).text("code"), "directory.closed");
}

TEST_F(DirectoryOfHouse, WhoeverAgreesShowsThatTheyAreThere) {
  const Answer proposed = newcomer();
  const std::string path = "/api/v1/directory/changes/" + proposed.text("id") + "/agreements";
  EXPECT_EQ(call("analyst2", Method::Post, path, "{}").text("code"), "step_up.needed");
  EXPECT_EQ(call("analyst2", Method::Post, path, R"({"step_up":{"password":"wrong"}})").text("code"),
            "step_up.refused");
  EXPECT_TRUE(now("new.person").login.empty());
  EXPECT_EQ(call("analyst1", Method::Post, path, "{}").text("code"), "permit.other_person")
      << "no code is used up for what could not be agreed to";
  const Answer agreed = call("operator", Method::Post, path, "{" + step_up("operator") + "}");
  EXPECT_EQ(agreed.text("state"), "confirmed") << agreed.body;
}

TEST_F(DirectoryOfHouse, TheCodeIsShownOnceAndWorksOnce) {
  const Answer agreed = agree("analyst2", newcomer());
  const std::string code = code_of(agreed);
  EXPECT_THAT(call("analyst1", Method::Get, "/api/v1/directory/changes/" + agreed.text("id")).body,
              Not(HasSubstr(code)));
  const auto accept = [&](const std::string& password) {
    return send(request(Method::Post, "/api/v1/invitations/acceptance",
                        R"({"code":")" + code + R"(","password":")" + password + R"("})"));
  };
  EXPECT_EQ(accept("short").text("code"), "password.too_short");
  EXPECT_EQ(accept("four unrelated words here").status, 204);
  EXPECT_EQ(accept("four unrelated words here").text("code"), "invitation.unknown");
  const Answer signed_in = send(
      request(Method::Post, "/api/v1/session", R"({"login":"new.person","password":"four unrelated words here"})"));
  EXPECT_EQ(signed_in.status, 200) << signed_in.body;
}

TEST_F(DirectoryOfHouse, AnInvitationExpiresAndIsGivenAgain) {
  const Answer agreed = agree("analyst2", newcomer());
  clock_.advance(std::chrono::hours(24 * 7));
  const auto accept = [&](const std::string& code) {
    return send(request(Method::Post, "/api/v1/invitations/acceptance",
                        R"({"code":")" + code + R"(","password":"four unrelated words here"})"));
  };
  EXPECT_EQ(accept(code_of(agreed)).text("code"), "invitation.unknown");
  const std::string path = "/api/v1/directory/people/" + now("new.person").id.text() + "/invitation";
  EXPECT_EQ(call("member_a_soc", Method::Post, path, "{}").status, 403);
  const Answer again = call("analyst1", Method::Post, path, "{}");
  ASSERT_EQ(again.status, 201) << again.body;
  EXPECT_EQ(accept(again.text("code")).status, 204);
  EXPECT_EQ(call("analyst1", Method::Post, path, "{}").text("code"), "invitation.not_new");
}

TEST_F(DirectoryOfHouse, ALossTakesEffectAtOnceOnOnePersonsWord) {
  const Answer left = propose("analyst1", R"({"people":[{"login":"member_b_soc","active":false}]})");
  ASSERT_EQ(left.status, 201) << left.body;
  EXPECT_EQ(left.text("state"), "confirmed");
  EXPECT_EQ(call("member_b_soc", Method::Get, "/api/v1/me").status, 401);
  const Answer back = propose("analyst1", R"({"people":[{"login":"member_b_soc","active":true}]})");
  EXPECT_EQ(back.text("state"), "proposed");
  ASSERT_EQ(agree("analyst2", back).status, 200);
  EXPECT_EQ(call("member_b_soc", Method::Get, "/api/v1/me").status, 401) << "the old token does not come back";
}

TEST_F(DirectoryOfHouse, NobodyChangesThemselvesOrTheirEquals) {
  EXPECT_EQ(propose("analyst1", R"({"people":[{"login":"analyst1","roles":"operator"}]})").text("code"),
            "authority.above_you");
  EXPECT_EQ(propose("analyst1", R"({"people":[{"login":"analyst2","active":false}]})").text("code"),
            "authority.above_you");
  EXPECT_EQ(propose("member_a_soc", R"({"people":[{"login":"member_a_lead","active":false}]})").text("code"),
            "authority.none");
}

TEST_F(DirectoryOfHouse, AnAdministratorKnowsOnlyTheOwnOrganisation) {
  const Answer foreign = propose("member_a_lead", R"({"dry_run":true,"people":[{"id":")" +
                                                      now("member_b_soc").id.text() + R"(","active":false}]})");
  const Answer absent = propose(
      "member_a_lead", R"({"dry_run":true,"people":[{"id":"5f0c5f0c-5f0c-4f0c-8f0c-5f0c5f0c5f0c","active":false}]})");
  EXPECT_EQ(foreign.body, absent.body);
  const Answer own =
      propose("member_a_lead", R"({"note":"n","people":[{"login":"member_a_soc","roles":"reporter;approver"}]})");
  ASSERT_EQ(own.status, 201) << own.body;
  ASSERT_EQ(agree("analyst1", own).text("state"), "proposed") << "an administrator is none of the two";
  EXPECT_EQ(agree("analyst2", own).text("state"), "confirmed");
  EXPECT_TRUE(now("member_a_soc").roles.contains(Role::Approver));
}

TEST_F(DirectoryOfHouse, WhatBecomesVisibleIsShownBeforeAndArrivesAfter) {
  const std::string release = published_release(file_report().text("id"));
  const Answer before = call("vendor_psirt", Method::Get, "/api/v1/indicators");
  EXPECT_THAT(before.body, Not(HasSubstr("evil.example")));
  const Answer proposed = propose("analyst1", R"({"groups":[{"group":"members","join_orgs":"かがり制御システムズ"}]})");
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  EXPECT_THAT(proposed.body, HasSubstr(R"("releases":1)"));
  EXPECT_EQ(call("vendor_psirt", Method::Get, "/api/v1/releases/" + release).status, 404);
  clock_.advance(std::chrono::hours(1));
  ASSERT_EQ(agree("analyst2", proposed).status, 200);
  EXPECT_EQ(call("vendor_psirt", Method::Get, "/api/v1/releases/" + release).status, 200);
  EXPECT_THAT(call("vendor_psirt", Method::Get, "/api/v1/indicators").body, HasSubstr("evil.example"));
  EXPECT_THAT(
      call("vendor_psirt", Method::Get, "/taxii2/api/collections/releases/objects/?added_after=2026-11-21T17:30:00Z")
          .body,
      HasSubstr("evil.example"));
}

TEST_F(DirectoryOfHouse, TheAprilListShowsWhoCameAndWhoLeftAndWritesNothing) {
  const std::string list =
      "ログイン名,会員名,氏名,役割\nmember_a_soc,みなと電力ネットワーク,佐藤 ひかる,reporter\n"
      "member_a_new,みなと電力ネットワーク,四月 さくら,reporter\nbad login,みなと電力ネットワーク,x,\n";
  const Answer checked = propose_csv("analyst1", "?dry_run=true&complete=true", "\xEF\xBB\xBF" + list);
  ASSERT_EQ(checked.status, 200) << checked.body;
  EXPECT_EQ(checked.json->root().integer_at("left"), 1) << checked.body;
  EXPECT_EQ(checked.json->root().integer_at("unchanged"), 1);
  const auto problem = checked.json->root().find("problems")->at(0);
  EXPECT_EQ(problem.integer_at("row"), 4);
  EXPECT_EQ(problem.string_at("code"), "directory.login");
  EXPECT_EQ(propose_csv("analyst1", "?complete=true", list).text("code"), "directory.problems");
  EXPECT_TRUE(now("member_a_lead").active);
}

TEST_F(DirectoryOfHouse, AListInTheEncodingOfSpreadsheetsIsRead) {
  // "ログイン名,氏名" and "佐藤" in CP932.
  const std::string list = "\x83\x8D\x83\x4F\x83\x43\x83\x93\x96\xBC,\x8E\x81\x96\xBC\nmember_a_soc,\x8D\xB2\x93\xA1\n";
  const Answer checked = propose_csv("analyst1", "?dry_run=true", list);
  ASSERT_EQ(checked.status, 200) << checked.body;
  EXPECT_THAT(checked.body, HasSubstr(R"("after":"佐藤")"));
}

TEST_F(DirectoryOfHouse, TheDirectoryIsNotEnumerable) {
  EXPECT_EQ(look_up("member_b_soc", "MEMBER_A_SOC").text("name"), "佐藤 ひかる");
  EXPECT_THAT(look_up("member_b_soc", "member_a_soc").body, Not(HasSubstr("login")));
  EXPECT_EQ(look_up("member_b_soc", "member_a").status, 404);
  for (int i = 3; i < 30; ++i) EXPECT_EQ(look_up("member_b_soc", "nobody").status, 404);
  const Answer refused = look_up("member_b_soc", "member_a_soc");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.text("code"), "directory.too_many_lookups");
  EXPECT_EQ(look_up("member_c_soc", "member_a_soc").status, 200) << "the limit is a person's own";
  const std::string other = now("member_a_soc").org.text();
  EXPECT_EQ(call("member_b_soc", Method::Get, "/api/v1/directory/people?org=" + other).status, 404);
  EXPECT_THAT(call("member_b_soc", Method::Get, "/api/v1/directory/people").body, Not(HasSubstr("佐藤")));
}

TEST_F(DirectoryOfHouse, ALookUpOfADecoyTellsTheSecretariatAndNobodyElse) {
  ASSERT_EQ(agree("analyst2", propose("analyst1", R"({"people":[{"login":"decoy","organisation":"はるか送配電",)"
                                                  R"("name":"鳴子 おと","canary":true}]})"))
                .status,
            200);
  const Answer found = look_up("member_c_soc", "decoy");
  EXPECT_EQ(found.status, 200);
  ASSERT_TRUE(flow::deliver_outbox(installation_->platform()).ok());
  EXPECT_THAT(call("operator", Method::Get, "/api/v1/notices").body, HasSubstr("directory.canary"));
  EXPECT_THAT(call("member_c_soc", Method::Get, "/api/v1/notices").body, Not(HasSubstr("canary")));
}

TEST_F(DirectoryOfHouse, ABlindGroupShowsNoMembersButToTheSecretariat) {
  const std::string joins = R"("orgs":"はるか送配電;あおば発電","ceiling":"AMBER","kind":"sharing_group")";
  ASSERT_EQ(agree("analyst2",
                  propose("analyst1", R"({"groups":[{"group":"quiet-circle","visibility":"blind",)" + joins + "}]}"))
                .status,
            200);
  EXPECT_THAT(groups("member_b_soc").body, HasSubstr(R"("name":"quiet-circle")"));
  const Answer seen = groups("member_b_soc");
  const auto items = seen.json->root().find("items");
  ASSERT_TRUE(items);
  for (const JsonView group : *items) {
    if (group.string_at("name") == "quiet-circle") {
      EXPECT_FALSE(group.find("orgs"));
      EXPECT_FALSE(group.find("people")) << "two people are too few to count";
    }
  }
  EXPECT_THAT(groups("member_a_soc").body, Not(HasSubstr("quiet-circle")));
  EXPECT_THAT(groups("analyst1").body, HasSubstr("quiet-circle"));
}

TEST_F(DirectoryOfHouse, WhoeverIsNewLooksNobodyUpUntilTheProofIsRecorded) {
  const Answer agreed = agree("analyst2", newcomer());
  ASSERT_EQ(agreed.status, 200) << agreed.body;
  const PersonId id = now("new.person").id;
  const std::string token = must(flow::make_token(installation_->platform(), id, {.name = "t"})).secret.expose();
  const auto as_new = [&](Method method, std::string_view target, std::string body = {}) {
    HttpRequest asked = request(method, target, std::move(body));
    asked.headers.add("Authorization", "Bearer " + token);
    return send(std::move(asked));
  };
  const std::string lookup = R"({"address":"member_b_soc"})";
  EXPECT_EQ(as_new(Method::Post, "/api/v1/directory/lookup", lookup).text("code"), "directory.quarantined");
  for (int i = 0; i < 59; ++i) EXPECT_EQ(as_new(Method::Get, "/api/v1/me").status, 200);
  EXPECT_EQ(as_new(Method::Get, "/api/v1/me").status, 429);
  const std::string proof = "/api/v1/directory/people/" + id.text() + "/proof";
  EXPECT_EQ(call("member_a_lead", Method::Post, proof, R"({"channel":"電話"})").status, 403);
  EXPECT_EQ(call("analyst1", Method::Post, proof, R"({"channel":" "})").text("code"), "proof.channel");
  EXPECT_EQ(call("analyst1", Method::Post, proof, R"({"channel":"電話: 会員名簿の番号"})").status, 204);
  EXPECT_EQ(as_new(Method::Post, "/api/v1/directory/lookup", lookup).status, 200);
}

TEST_F(DirectoryOfHouse, NothingIsProposedWithoutProofThatSomebodyIsThere) {
  const std::string_view all = "/api/v1/directory/changes";
  const std::string gain = R"({"people":[{"login":"member_a_soc","roles":"reporter;approver"}]})";
  const std::string loss = R"({"people":[{"login":"member_b_soc","active":false}]})";
  const auto listed = [&] { return call("analyst1", Method::Get, all).json->root().find("items")->size(); };
  for (const std::string& body : {gain, loss}) {
    const Answer absent = propose_absent("analyst1", body);
    EXPECT_EQ(absent.status, 403);
    EXPECT_EQ(absent.text("code"), "step_up.needed");
    EXPECT_THAT(absent.text("action"), Not(testing::IsEmpty()));
    const Answer wrong =
        propose_absent("analyst1", body.substr(0, body.size() - 1) + R"(,"step_up":{"password":"wrong"}})");
    EXPECT_EQ(wrong.text("code"), "step_up.refused");
  }
  EXPECT_EQ(listed(), 0U);
  EXPECT_TRUE(now("member_b_soc").active);
  EXPECT_EQ(propose("analyst1", gain).status, 201);
  EXPECT_EQ(propose("analyst1", loss).text("state"), "confirmed");
  EXPECT_EQ(listed(), 2U);
}

TEST_F(DirectoryOfHouse, ACodeIsNotUsedUpForWhatCouldNotBeProposed) {
  const std::string shown = step_up("operator");
  const auto with_it = [&](const std::string& rows) {
    return propose_absent("operator", R"({"people":[)" + rows + "]," + shown + "}");
  };
  EXPECT_EQ(with_it(R"({"login":"operator","roles":"analyst"})").text("code"), "authority.above_you");
  EXPECT_EQ(with_it(R"({"login":"member_a_soc","roles":"wizard"})").text("code"), "directory.problems");
  EXPECT_EQ(with_it(R"({"login":"member_a_soc","roles":"reporter;approver"})").status, 201);
  EXPECT_EQ(with_it(R"({"login":"member_c_soc","roles":"reporter;approver"})").text("code"), "step_up.refused")
      << "and is used up by what was";
}

TEST_F(DirectoryOfHouse, BesideAFileTheProofStandsInAHeader) {
  const std::string list = "login,roles\nmember_a_soc,reporter;approver\n";
  EXPECT_EQ(propose_csv("analyst1", "", list).text("code"), "step_up.needed");
  EXPECT_EQ(propose_csv("analyst1", "", list, "123456").text("code"), "step_up.header");
  EXPECT_EQ(propose_csv("analyst1", "", list, "[]").text("code"), "step_up.header");
  EXPECT_EQ(propose_csv("analyst1", "", list, R"({"pin":"1"})").status, 400);
  EXPECT_EQ(propose_csv("analyst1", "", list, R"({"password":"wrong"})").text("code"), "step_up.refused");
  EXPECT_EQ(propose_csv("analyst1", "?dry_run=true", list).status, 200);
  EXPECT_EQ(propose_csv("analyst1", "", list, step_up("analyst1").substr(10)).status, 201);
}

TEST_F(DirectoryOfHouse, TheProposerMayWithdrawAndTheSecondPersonMayRefuse) {
  const Answer mine = newcomer();
  const std::string path = "/api/v1/directory/changes/" + mine.text("id") + "/rejection";
  EXPECT_EQ(call("analyst2", Method::Post, path, "{}").text("state"), "rejected");
  EXPECT_EQ(agree("analyst2", mine).text("code"), "directory.closed");
  EXPECT_EQ(call("analyst1", Method::Post, path, "{}").text("code"), "directory.closed");
}

TEST_F(DirectoryOfHouse, TwoProposalsOfOneRecordDoNotOverwriteEachOther) {
  const Answer first = propose("analyst1", R"({"people":[{"login":"member_b_soc","phone":"03-0000-0001"}]})");
  const Answer second = propose("analyst1", R"({"people":[{"login":"member_b_soc","phone":"03-0000-0002"}]})");
  const Answer other = propose("analyst1", R"({"people":[{"login":"member_c_soc","phone":"03-0000-0003"}]})");
  ASSERT_EQ(agree("analyst2", first).status, 200);
  EXPECT_EQ(agree("analyst2", second).text("code"), "directory.moved_on");
  EXPECT_EQ(agree("analyst2", other).status, 200) << "an unrelated change does not void it";
}

TEST_F(DirectoryOfHouse, PagesShowTheChangeInBothLanguages) {
  const Answer proposed = newcomer();
  for (const char* language : {"ja", "en"}) {
    HttpRequest asked = request(Method::Get, "/directory/changes/" + proposed.text("id"));
    asked.headers.add("Authorization", "Bearer " + account("analyst2").api_token);
    asked.headers.add("Accept-Language", language);
    const Answer page = send(std::move(asked));
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("new.person"));
    EXPECT_THAT(page.body, HasSubstr("/agree"));
    EXPECT_THAT(page.body, Not(HasSubstr("page.directory.")));
  }
}

}  // namespace
}  // namespace hinomi::tests

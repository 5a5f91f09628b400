// Signing in and one's own account, through the api as clients see it.
#include <atomic>
#include <thread>

#include "base/crypto.h"
#include "contract/account_house.h"
#include "flow/account.h"
#include "flow/sign_in.h"
#include "formats/qr_code.h"
#include "net/event_source.h"

namespace hinomi::tests {
namespace {

using std::chrono::minutes;
using ::testing::HasSubstr;
using ::testing::Not;

using Account = AccountHouse;

// --- limits

TEST_F(Account, EverySpellingOfALoginSharesOneCounter) {
  for (const std::string_view spelling :
       {"member_a_soc", "MEMBER_A_SOC", "Member_A_Soc", " member_a_soc ", "ｍｅｍｂｅｒ_ａ_ｓｏｃ",
        "ＭＥＭＢＥＲ_A_SOC", "member＿a＿soc", "member_a_soc\u3000", "\u3000member_a_soc", "MeMbEr_a_SoC"}) {
    EXPECT_EQ(sign_in(spelling, "wrong").status, 401) << spelling;
  }
  EXPECT_EQ(sign_in("member_a_soc", "wrong").status, 429);
}

TEST_F(Account, ASecretThatIsEmptyIsRefusedBeforeAnythingIsLookedUp) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(sign_in("member_a_soc", "").status, 401);
  EXPECT_EQ(sign_in("member_a_soc", account("member_a_soc").password).status, 200);
}

TEST_F(Account, AStrangerCannotLockAPersonOut) {
  ASSERT_EQ(sign_in("member_a_soc", account("member_a_soc").password, "192.0.2.7").status, 200);
  for (int host = 1; host <= 30; ++host) {
    for (int i = 0; i < 10; ++i) sign_in("member_a_soc", "wrong", "198.51.100." + std::to_string(host));
  }
  EXPECT_EQ(sign_in("member_a_soc", "wrong", "203.0.113.1").status, 429);
  EXPECT_EQ(sign_in("member_a_soc", account("member_a_soc").password, "192.0.2.7").status, 200);
}

TEST_F(Account, AnIpv6HostIsOneSourceWhateverItsAddress) {
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(sign_in("member_a_soc", "wrong", "2001:db8:1:2::" + std::to_string(i)).status, 401);
  EXPECT_EQ(sign_in("member_a_soc", "wrong", "2001:db8:1:2:ffff::1").status, 429);
  EXPECT_EQ(sign_in("member_a_soc", "wrong", "2001:db8:1:3::1").status, 401);
}

TEST_F(Account, UnknownAndKnownAccountsAnswerAlike) {
  const Answer known = sign_in("member_a_soc", "wrong");
  const Answer unknown = sign_in("nobody", "wrong");
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(known.body, unknown.body);
}

TEST_F(Account, OfAThousandParallelUsesOfOneCodeExactlyOneSucceeds) {
  const app::DemoAccount& who = account("operator");
  const Secret<Bytes> secret(*from_base32(who.totp_secret));
  const std::string code = totp_code(secret, clock_.now().time_since_epoch() / std::chrono::seconds(30));
  std::atomic<int> succeeded{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 50; ++j) {
        const auto answer =
            flow::sign_in(installation_->platform(), {who.login, SecretText(who.password), code, "127.0.0.1"});
        succeeded += answer.ok() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(succeeded, 1);
}

TEST_F(Account, GuessingTokensIsCountedAndTypingErrorsAreToldApart) {
  std::string mistyped = account("member_a_soc").api_token;
  mistyped[10] = mistyped[10] == 'x' ? 'y' : 'x';
  EXPECT_EQ(with_token(mistyped, Method::Get, "/api/v1/me").text("code"), "signin.token_mistyped");
  const std::string ended = token_with("member_a_soc", R"(["read","administer"])");
  const Answer tokens = with_token(ended, Method::Get, "/api/v1/account/tokens");
  const JsonView listed = *tokens.json->root().find("items");
  for (const JsonView token : listed) {
    if (!token.boolean_at("current").value_or(false)) continue;
    with_token(ended, Method::Delete, "/api/v1/account/tokens/" + std::string(*token.string_at("id")),
               "{" + step_up("member_a_soc") + "}");
  }
  for (int i = 0; i < 10; ++i) EXPECT_EQ(with_token(ended, Method::Get, "/api/v1/me").status, 401);
  EXPECT_EQ(with_token(ended, Method::Get, "/api/v1/me").status, 429);
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/me").status, 200) << "another token from the same network";
}

// --- sessions

TEST_F(Account, AnIdleBrowserIsSignedOutAndABusyOneAfterEightHours) {
  const Browser idle = browser("member_a_soc");
  const Browser busy = browser("member_b_soc");
  for (int i = 0; i < 15; ++i) {
    clock_.advance(minutes(30));
    EXPECT_EQ(with(busy, Method::Get, "/api/v1/me").status, 200) << i;
    if (i == 1) EXPECT_EQ(with(idle, Method::Get, "/api/v1/me").status, 401) << "an hour without a request";
  }
  clock_.advance(minutes(30));
  EXPECT_EQ(with(busy, Method::Get, "/api/v1/me").status, 401);
}

TEST_F(Account, SessionsAreListedAndEndAtOnce) {
  const Browser first = browser("member_a_soc");
  const Browser second = browser("member_a_soc");
  const Answer list = with(first, Method::Get, "/api/v1/account/sessions");
  ASSERT_EQ(list.json->root().find("items")->size(), 2U);
  const JsonView listed = *list.json->root().find("items");
  for (const JsonView session : listed) {
    if (session.boolean_at("current").value_or(true)) continue;
    const std::string path = "/api/v1/account/sessions/" + std::string(*session.string_at("id"));
    EXPECT_EQ(with(first, Method::Delete, path).text("code"), "step_up.needed");
    EXPECT_EQ(with(second, Method::Get, "/api/v1/me").status, 200) << "a stolen cookie ends nothing";
    EXPECT_EQ(with(first, Method::Delete, path, "{" + step_up("member_a_soc") + "}").status, 204);
  }
  EXPECT_EQ(with(second, Method::Get, "/api/v1/me").status, 401);
  EXPECT_EQ(with(first, Method::Get, "/api/v1/me").status, 200);
}

TEST_F(Account, AStreamClosesBeforeTheEndOfItsSessionIsAcknowledged) {
  const Browser watched = browser("member_a_soc");
  const Browser other = browser("member_a_soc");
  HttpRequest asked = request(Method::Get, "/api/v1/stream");
  asked.headers.add("Cookie", watched.cookie);
  const HttpResponse stream = api_->handle(asked);
  ASSERT_TRUE(stream.stream && stream.stream->is_open());
  EXPECT_EQ(with(other, Method::Delete, "/api/v1/account/sessions").text("code"), "step_up.needed");
  ASSERT_TRUE(stream.stream->is_open());
  ASSERT_EQ(with(other, Method::Delete, "/api/v1/account/sessions", "{" + step_up("member_a_soc") + "}").status, 204);
  EXPECT_FALSE(stream.stream->is_open());
}

TEST_F(Account, AStreamClosesWhenThePersonsRightsChange) {
  HttpRequest asked = request(Method::Get, "/api/v1/stream");
  asked.headers.add("Authorization", "Bearer " + account("member_a_soc").api_token);
  const HttpResponse changed = api_->handle(asked);
  asked.headers.set("Authorization", "Bearer " + account("member_b_soc").api_token);
  const HttpResponse untouched = api_->handle(asked);
  Directory changes;
  for (const auto& [id, person] : installation_->store().directory()->persons) {
    if (person.login != "member_a_soc") continue;
    changes.persons.emplace(id, person).first->second.active = false;
  }
  ASSERT_TRUE(installation_->store().put_directory(policy::MachineRoom::local_operator(), changes).ok());
  EXPECT_FALSE(changed.stream->is_open());
  EXPECT_TRUE(untouched.stream->is_open());
}

// --- password

TEST_F(Account, ANewPasswordEndsTheOtherSessionsAndTheTokens) {
  const Browser here = browser("member_a_soc");
  const Browser elsewhere = browser("member_a_soc");
  const std::string& old = account("member_a_soc").password;
  const auto change = [&](std::string_view current, std::string_view next) {
    return with(here, Method::Put, "/api/v1/account/password",
                R"({"current":")" + std::string(current) + R"(","new":")" + std::string(next) + R"("})");
  };
  EXPECT_EQ(change("wrong", "a long new password").text("code"), "signin.refused");
  EXPECT_EQ(change(old, "short").text("code"), "password.too_short");
  EXPECT_EQ(change(old, "member_a_soc 2026").text("code"), "password.is_login");
  EXPECT_EQ(with(elsewhere, Method::Get, "/api/v1/me").status, 200);
  ASSERT_EQ(change(old, "a long new password").status, 204);
  EXPECT_EQ(with(here, Method::Get, "/api/v1/me").status, 200);
  EXPECT_EQ(with(elsewhere, Method::Get, "/api/v1/me").status, 401);
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/me").status, 401);
  EXPECT_EQ(sign_in("member_a_soc", old).status, 401);
  EXPECT_EQ(sign_in("member_a_soc", "a long new password").status, 200);
}

TEST_F(Account, GuessingThePresentPasswordIsCounted) {
  const Browser here = browser("member_a_soc");
  const auto guess = [&] {
    return with(here, Method::Put, "/api/v1/account/password", R"({"current":"wrong","new":"a long new password"})");
  };
  for (int i = 0; i < 10; ++i) EXPECT_EQ(guess().status, 401);
  EXPECT_EQ(guess().status, 429);
}

// --- tokens

TEST_F(Account, ATokenDoesWhatItWasIssuedForAndNothingElse) {
  const Answer report = file_report();
  const std::string reading = token_with("member_a_soc", R"(["read"])");
  EXPECT_EQ(with_token(reading, Method::Get, "/api/v1/reports/" + report.text("id")).status, 200);
  EXPECT_EQ(with_token(reading, Method::Post, "/api/v1/reports",
                       R"({"kind":"incident","summary":"x","facts":{"t.detected":"2026-11-22T02:05:00+09:00"}})")
                .text("code"),
            "permit.scope");
  EXPECT_EQ(with_token(reading, Method::Get, "/api/v1/account/tokens").text("code"), "permit.scope");
  const std::string exchanging = token_with("partner_isac", R"(["exchange"])");
  const std::string writable = sector_.probe_collections.at("rw");
  EXPECT_EQ(with_token(exchanging, Method::Get, "/taxii2/api/collections/" + writable + "/objects/").status, 403);
  EXPECT_EQ(with_token(exchanging, Method::Get, "/api/v1/reports").json->root().find("items")->size(), 0U);
}

TEST_F(Account, WhatATokenMayNotReadItDoesNotReadAfterWritingEither) {
  const Answer refused = call("member_a_soc", Method::Post, "/api/v1/account/tokens",
                              R"({"name":"t","scopes":["report"],)" + step_up("member_a_soc") + "}");
  EXPECT_EQ(refused.text("code"), "token.scopes");
}

TEST_F(Account, ATokenIssuesNoTokenWithMoreThanItself) {
  const std::string small = token_with("member_a_soc", R"(["administer"])");
  const auto issue = [&](std::string_view scopes) {
    return with_token(small, Method::Post, "/api/v1/account/tokens",
                      R"({"name":"t","scopes":)" + std::string(scopes) + "," + step_up("member_a_soc") + "}");
  };
  EXPECT_EQ(issue(R"(["read"])").text("code"), "permit.scope");
  EXPECT_EQ(issue(R"(["administer"])").status, 201);
}

TEST_F(Account, ATokenHasANameAnEndAndASecretThatIsShownOnce) {
  const auto issue = [&](const std::string& body) {
    return call("member_a_soc", Method::Post, "/api/v1/account/tokens",
                body.substr(0, body.size() - 1) + "," + step_up("member_a_soc") + "}");
  };
  EXPECT_EQ(issue(R"({"name":"","scopes":["read"]})").text("code"), "token.name");
  EXPECT_EQ(issue(R"({"name":"t","scopes":[]})").text("code"), "token.scopes");
  EXPECT_EQ(issue(R"({"name":"t","scopes":["all"]})").text("code"), "token.scope_unknown");
  EXPECT_EQ(issue(R"({"name":"t","scopes":["read"],"expires_at":"2027-06-01T00:00:00Z"})").text("code"),
            "token.lifetime");
  EXPECT_EQ(issue(R"({"name":"t","scopes":["read"],"expires_at":"2026-01-01T00:00:00Z"})").text("code"),
            "token.lifetime");
  const Answer issued = issue(R"({"name":"SIEM","scopes":["read"],"expires_at":"2026-12-01T00:00:00Z"})");
  ASSERT_EQ(issued.status, 201) << issued.body;
  EXPECT_TRUE(flow::is_token(issued.text("token")));
  const Answer list = call("member_a_soc", Method::Get, "/api/v1/account/tokens");
  EXPECT_THAT(list.body, HasSubstr("SIEM"));
  EXPECT_THAT(list.body, Not(HasSubstr(issued.text("token"))));
  clock_.set(*parse_rfc3339("2026-12-01T00:00:00Z"));
  EXPECT_EQ(with_token(issued.text("token"), Method::Get, "/api/v1/me").status, 401);
}

TEST_F(Account, NobodyEndsAnotherPersonsToken) {
  const Answer list = call("member_a_soc", Method::Get, "/api/v1/account/tokens");
  const std::string id(*list.json->root().find("items")->at(0).string_at("id"));
  const std::string proof = "{" + step_up("operator") + "}";
  EXPECT_EQ(call("operator", Method::Delete, "/api/v1/account/tokens/" + id, proof).status, 404);
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/me").status, 200);
}

// --- one-time codes

TEST_F(Account, ThePageShowsTheAddressOfTheAppToACamera) {
  const Answer begun = call("member_a_soc", Method::Post, "/api/v1/account/totp", "{}");
  HttpRequest asked = request(Method::Post, "/account/codes/begin", "x=");
  asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
  asked.headers.add("Authorization", "Bearer " + account("member_a_soc").api_token);
  const Answer page = send(std::move(asked));
  ASSERT_EQ(page.status, 200);
  const QrCode code = must(make_qr_code(begun.text("uri")));
  EXPECT_THAT(page.body, HasSubstr("<path d=\"" + qr_path(code) + "\">")) << "the same secret as the API's";
  EXPECT_THAT(page.headers.find("Cache-Control").value_or(""), HasSubstr("no-store"));
}

TEST_F(Account, OneTimeCodesAreSetUpUsedAndGivenUp) {
  const std::string who = "member_a_soc";
  const Answer begun = call(who, Method::Post, "/api/v1/account/totp", "{}");
  ASSERT_EQ(begun.status, 201) << begun.body;
  EXPECT_THAT(begun.text("uri"),
              HasSubstr("otpauth://totp/Hinomi%20localhost%3Amember_a_soc?secret=" + begun.text("secret")));
  EXPECT_EQ(call(who, Method::Post, "/api/v1/account/totp", "{}").text("secret"), begun.text("secret"))
      << "a page that is loaded again shows the same";
  const Secret<Bytes> secret(*from_base32(begun.text("secret")));
  const auto code = [&] { return totp_code(secret, clock_.now().time_since_epoch() / std::chrono::seconds(30)); };
  const auto confirm = [&](const std::string& shown, const std::string& proof) {
    return call(who, Method::Put, "/api/v1/account/totp", R"({"code":")" + shown + "\"" + proof + "}");
  };
  EXPECT_EQ(confirm(code(), "").text("code"), "step_up.needed");
  EXPECT_EQ(confirm("000000", "," + step_up(who)).text("code"), "totp.wrong");
  const Answer confirmed = confirm(code(), "," + step_up(who));
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  const JsonView recovery = *confirmed.json->root().find("recovery_codes");
  ASSERT_EQ(recovery.size(), 10U);
  const std::string& password = account(who).password;
  EXPECT_EQ(sign_in(who, password).status, 401);
  EXPECT_EQ(sign_in(who, password, "127.0.0.1", code()).status, 401) << "the code that confirmed is consumed";
  clock_.advance(std::chrono::seconds(30));
  EXPECT_EQ(sign_in(who, password, "127.0.0.1", code()).status, 200);
  const std::string first(recovery.at(0).string().value_or(""));
  EXPECT_EQ(sign_in(who, password, "127.0.0.1", lower_ascii(first)).status, 200);
  EXPECT_EQ(sign_in(who, password, "127.0.0.1", first).status, 401) << "a recovery code works once";
  EXPECT_EQ(call(who, Method::Delete, "/api/v1/account/totp", "{" + step_up(who) + "}").text("code"), "step_up.needed")
      << "the password is no proof for who has codes";
  clock_.advance(std::chrono::seconds(30));
  EXPECT_EQ(call(who, Method::Delete, "/api/v1/account/totp", R"({"step_up":{"totp":")" + code() + R"("}})").status,
            204);
  EXPECT_EQ(sign_in(who, password).status, 200);
}

TEST_F(Account, AWaitingSecretIsOnePersonsAndEnds) {
  const std::string first = call("member_a_soc", Method::Post, "/api/v1/account/totp", "{}").text("secret");
  EXPECT_NE(call("member_b_soc", Method::Post, "/api/v1/account/totp", "{}").text("secret"), first);
  clock_.advance(minutes(10));
  const std::string body = R"({"code":"123456",)" + step_up("member_a_soc") + "}";
  EXPECT_EQ(call("member_a_soc", Method::Put, "/api/v1/account/totp", body).text("code"), "totp.moved_on");
  EXPECT_NE(call("member_a_soc", Method::Post, "/api/v1/account/totp", "{}").text("secret"), first);
}

TEST_F(Account, GuessingAProofOfPresenceIsCounted) {
  const std::string wrong = R"({"name":"t","scopes":["read"],"step_up":{"password":"wrong"}})";
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(call("member_a_soc", Method::Post, "/api/v1/account/tokens", wrong).text("code"), "step_up.refused");
  EXPECT_EQ(call("member_a_soc", Method::Post, "/api/v1/account/tokens", wrong).status, 429);
}

// --- the page

TEST_F(Account, ThePageSetsUpCodesWithoutAScript) {
  const Browser here = browser("member_a_soc");
  const auto form = [&](std::string_view path, const std::string& fields) {
    HttpRequest asked = request(Method::Post, path, "csrf=" + url_encoded(here.csrf) + fields);
    asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Cookie", here.cookie);
    return send(std::move(asked));
  };
  EXPECT_THAT(with(here, Method::Get, "/account").body, HasSubstr("/account/codes/begin"));
  const Answer begun = form("/account/codes/begin", "");
  ASSERT_EQ(begun.status, 200) << begun.body;
  const auto at = begun.body.find("name=\"secret\" value=\"");
  ASSERT_NE(at, std::string::npos);
  std::string shown = begun.body.substr(at + 21, 39);
  std::erase(shown, ' ');
  const Secret<Bytes> secret(*from_base32(shown));
  const std::string code = totp_code(secret, clock_.now().time_since_epoch() / std::chrono::seconds(30));
  const std::string password = url_encoded(account("member_a_soc").password);
  EXPECT_THAT(form("/account/codes", "&code=000000&step_up_password=" + password).body,
              HasSubstr("確認コードが違います"));
  EXPECT_THAT(form("/account/codes", "&code=" + code + "&step_up_password=" + password).body, HasSubstr("予備コード"));
  EXPECT_THAT(with(here, Method::Get, "/account").body, HasSubstr("予備コードの残り: 10"));
}

}  // namespace
}  // namespace hinomi::tests

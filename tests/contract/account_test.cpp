// Signing in and one's own account, through the api as clients see it.
#include <atomic>
#include <thread>

#include "base/crypto.h"
#include "contract/house.h"
#include "flow/account.h"
#include "flow/sign_in.h"
#include "net/event_source.h"

namespace hinomi::tests {
namespace {

using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

class Account : public House {
 protected:
  struct Browser {
    std::string cookie;
    std::string csrf;
  };
  static std::string credentials(std::string_view login, std::string_view password, std::string_view totp = "") {
    JsonWriter out;
    out.begin_object().member("login", login).member("password", password).member("totp", totp).end_object();
    return out.take();
  }
  Answer sign_in(std::string_view login, std::string_view password, std::string source = "127.0.0.1",
                 std::string_view totp = "") {
    HttpRequest asked = request(Method::Post, "/api/v1/session", credentials(login, password, totp));
    asked.remote_address = std::move(source);
    return send(std::move(asked));
  }
  Browser browser(std::string_view who) {
    const Answer answer = sign_in(account(who).login, account(who).password);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const std::string_view cookie = answer.headers.find("Set-Cookie").value_or("");
    return {std::string(cookie.substr(0, cookie.find(';'))), answer.text("csrf")};
  }
  Answer with(const Browser& browser, Method method, std::string_view target, std::string body = {}) {
    HttpRequest asked = request(method, target, std::move(body));
    asked.headers.add("Cookie", browser.cookie);
    asked.headers.add("X-CSRF-Token", browser.csrf);
    return send(std::move(asked));
  }
  Answer with_token(const std::string& token, Method method, std::string_view target, std::string body = {}) {
    HttpRequest asked = request(method, target, std::move(body));
    asked.headers.add("Authorization", "Bearer " + token);
    return send(std::move(asked));
  }
  std::string token_with(std::string_view who, std::string_view scopes) {
    return call(who, Method::Post, "/api/v1/account/tokens", R"({"name":"t","scopes":)" + std::string(scopes) + "}")
        .text("token");
  }
};

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
  const app::DemoAccount& who = account("analyst2");
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
    with_token(ended, Method::Delete, "/api/v1/account/tokens/" + std::string(*token.string_at("id")));
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
    EXPECT_EQ(with(first, Method::Delete, "/api/v1/account/sessions/" + std::string(*session.string_at("id"))).status,
              204);
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
  ASSERT_EQ(with(other, Method::Delete, "/api/v1/account/sessions").status, 204);
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
  const Answer refused =
      call("member_a_soc", Method::Post, "/api/v1/account/tokens", R"({"name":"t","scopes":["report"]})");
  EXPECT_EQ(refused.text("code"), "token.scopes");
}

TEST_F(Account, ATokenIssuesNoTokenWithMoreThanItself) {
  const std::string small = token_with("member_a_soc", R"(["administer"])");
  const auto issue = [&](std::string_view scopes) {
    return with_token(small, Method::Post, "/api/v1/account/tokens",
                      R"({"name":"t","scopes":)" + std::string(scopes) + "}");
  };
  EXPECT_EQ(issue(R"(["read"])").text("code"), "permit.scope");
  EXPECT_EQ(issue(R"(["administer"])").status, 201);
}

TEST_F(Account, ATokenHasANameAnEndAndASecretThatIsShownOnce) {
  const auto issue = [&](const std::string& body) {
    return call("member_a_soc", Method::Post, "/api/v1/account/tokens", body);
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
  EXPECT_EQ(call("operator", Method::Delete, "/api/v1/account/tokens/" + id).status, 404);
  EXPECT_EQ(call("member_a_soc", Method::Get, "/api/v1/me").status, 200);
}

}  // namespace
}  // namespace hinomi::tests

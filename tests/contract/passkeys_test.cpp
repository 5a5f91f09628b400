// Passkeys through the api: a software authenticator registers, signs in and proves presence.
#include "contract/account_house.h"
#include "flow/entrance.h"
#include "formats/webauthn.h"
#include "support/software_authenticator.h"

namespace hinomi::tests {
namespace {

using std::chrono::minutes;
using ::testing::HasSubstr;
using Authenticator = hinomi::testing::SoftwareAuthenticator;

class Passkeys : public AccountHouse {
 protected:
  PasskeyExpectation expected(const Answer& options) {
    const flow::RelyingParty& party = installation_->platform().entrance.relying_party;
    return {*from_base64url(options.text("challenge")), party.origin, party.id};
  }
  Answer enrol(std::string_view who, const Authenticator& key) {
    const PasskeyExpectation asked = expected(call(who, Method::Post, "/api/v1/account/passkeys/options", "{}"));
    return register_with(who, Authenticator::registration(key.registration_of(asked)));
  }
  Answer register_with(std::string_view who, const RegistrationAnswer& answer) {
    return call(who, Method::Post, "/api/v1/account/passkeys",
                R"({"name":"laptop","client_data":")" + to_base64url(answer.client_data) + R"(","attestation":")" +
                    to_base64url(answer.attestation) + R"(",)" + step_up(who) + "}");
  }
  std::string handle_of(std::string_view who) {
    const Answer options = call(who, Method::Post, "/api/v1/account/passkeys/options", "{}");
    return std::string(options.json->root().find("user")->string_at("id").value_or(""));
  }
  struct Begun {
    PasskeyExpectation asked;
    std::string cookie;
  };
  Begun begin() {
    const Answer options = send(request(Method::Post, "/api/v1/session/passkey/options", "{}"));
    const std::string_view cookie = options.headers.find("Set-Cookie").value_or("");
    return {expected(options), std::string(cookie.substr(0, cookie.find(';')))};
  }
  Answer finish(const Begun& begun, const Authenticator& key, const AssertionAnswer& answer,
                const std::string& handle) {
    HttpRequest asked = request(Method::Post, "/api/v1/session/passkey", "{" + passkey_json(key, answer, handle) + "}");
    asked.headers.add("Cookie", begun.cookie);
    return send(std::move(asked));
  }
  static std::string passkey_json(const Authenticator& key, const AssertionAnswer& answer, const std::string& handle) {
    return R"("id":")" + to_base64url(key.credential()) + R"(","client_data":")" + to_base64url(answer.client_data) +
           R"(","authenticator_data":")" + to_base64url(answer.authenticator_data) + R"(","signature":")" +
           to_base64url(answer.signature) + R"(","user_handle":")" + handle + "\"";
  }
  // What a key answers when presence is asked for with this purpose.
  std::string shown_for(std::string_view who, const Authenticator& key, std::string_view purpose) {
    const Answer options =
        call(who, Method::Post, "/api/v1/step-up/options", R"({"purpose":")" + std::string(purpose) + R"("})");
    const flow::RelyingParty& party = installation_->platform().entrance.relying_party;
    const PasskeyExpectation asked{
        *from_base64url(options.json->root().find("passkey")->string_at("challenge").value_or("")), party.origin,
        party.id};
    const AssertionAnswer answer = key.assertion(key.assertion_of(asked, ++shown_));
    return R"("step_up":{"passkey":{)" + passkey_json(key, answer, "") + "}}";
  }

  std::uint32_t shown_ = 0;  // the key's counter
};

TEST_F(Passkeys, SignInWithoutALoginOrAPassword) {
  const Authenticator key;
  const std::string handle = handle_of("member_a_soc");
  ASSERT_EQ(enrol("member_a_soc", key).status, 201);
  const Begun begun = begin();
  const AssertionAnswer answer = key.assertion(key.assertion_of(begun.asked, 1));
  const Answer signed_in = finish(begun, key, answer, handle);
  ASSERT_EQ(signed_in.status, 200) << signed_in.body;
  EXPECT_THAT(signed_in.body, HasSubstr("Hikaru Sato"));
  EXPECT_EQ(finish(begun, key, answer, handle).status, 401) << "a challenge is answered once";
}

TEST_F(Passkeys, AnswerToTheirOwnChallengeInTheirOwnTimeAndBrowser) {
  const Authenticator key;
  const std::string handle = handle_of("member_a_soc");
  ASSERT_EQ(enrol("member_a_soc", key).status, 201);
  const Begun late = begin();
  clock_.advance(minutes(5));
  EXPECT_EQ(finish(late, key, key.assertion(key.assertion_of(late.asked, 1)), handle).status, 401);
  const Begun mine = begin();
  const Begun theirs = begin();
  EXPECT_EQ(finish({mine.asked, theirs.cookie}, key, key.assertion(key.assertion_of(mine.asked, 1)), handle).status,
            401);
  PasskeyExpectation invented = mine.asked;
  invented.challenge.assign(56, 1);
  EXPECT_EQ(finish(mine, key, key.assertion(key.assertion_of(invented, 1)), handle).status, 401);
  EXPECT_EQ(finish(mine, key, key.assertion(key.assertion_of(mine.asked, 1)), handle).status, 200);
}

TEST_F(Passkeys, UnknownOnesAndWrongSignaturesAnswerAlike) {
  const Authenticator key;
  const Authenticator stranger(Authenticator::Algorithm::Es256, "credential-2");
  const std::string handle = handle_of("member_a_soc");
  ASSERT_EQ(enrol("member_a_soc", key).status, 201);
  const Begun first = begin();
  const Answer unknown = finish(first, stranger, stranger.assertion(stranger.assertion_of(first.asked)), handle);
  const Begun second = begin();
  const Answer forged = finish(second, key, stranger.assertion(stranger.assertion_of(second.asked)), handle);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(unknown.status, forged.status);
  EXPECT_EQ(unknown.body, forged.body);
}

TEST_F(Passkeys, ACounterThatGoesBackIsACopy) {
  const Authenticator key;
  const std::string handle = handle_of("member_a_soc");
  ASSERT_EQ(enrol("member_a_soc", key).status, 201);
  const auto sign_in_at = [&](std::uint32_t counter) {
    const Begun begun = begin();
    return finish(begun, key, key.assertion(key.assertion_of(begun.asked, counter)), handle).status;
  };
  EXPECT_EQ(sign_in_at(7), 200);
  EXPECT_EQ(sign_in_at(7), 401);
  EXPECT_EQ(sign_in_at(6), 401);
  EXPECT_EQ(sign_in_at(0), 401);
  EXPECT_EQ(sign_in_at(8), 200);
}

TEST_F(Passkeys, NameTheirOwnPersonAlone) {
  const Authenticator key;
  ASSERT_EQ(enrol("member_a_soc", key).status, 201);
  const std::string others = handle_of("member_b_soc");
  const Begun begun = begin();
  EXPECT_EQ(finish(begun, key, key.assertion(key.assertion_of(begun.asked, 1)), others).status, 401);
  const Begun nameless = begin();
  EXPECT_EQ(finish(nameless, key, key.assertion(key.assertion_of(nameless.asked, 1)), "").status, 401);
}

TEST_F(Passkeys, AreRegisteredToTheSessionThatAsked) {
  const Authenticator key;
  const PasskeyExpectation asked =
      expected(call("member_a_soc", Method::Post, "/api/v1/account/passkeys/options", "{}"));
  const RegistrationAnswer answer = Authenticator::registration(key.registration_of(asked));
  EXPECT_EQ(register_with("member_b_soc", answer).text("code"), "passkey.challenge");
  ASSERT_EQ(register_with("member_a_soc", answer).status, 201);
  EXPECT_EQ(enrol("member_b_soc", key).text("code"), "passkey.known");
}

TEST_F(Passkeys, ProvePresenceForOneActAlone) {
  const Authenticator key;
  ASSERT_EQ(enrol("member_a_soc", key).status, 201);
  const auto issue = [&](std::string_view purpose) {
    return call("member_a_soc", Method::Post, "/api/v1/account/tokens",
                R"({"name":"t","scopes":["read"],)" + shown_for("member_a_soc", key, purpose) + "}");
  };
  EXPECT_EQ(issue("account.factors").text("code"), "step_up.refused");
  EXPECT_EQ(issue("account.token").status, 201);
  EXPECT_EQ(call("member_a_soc", Method::Post, "/api/v1/account/tokens",
                 R"({"name":"t","scopes":["read"],)" + step_up("member_a_soc") + "}")
                .text("code"),
            "step_up.needed")
      << "the password is no proof for who has a passkey";
}

// Whoever has shown a key for one change of people or readers has not shown it for another.
TEST_F(Passkeys, ProvePresenceForOneChangeAlone) {
  const std::string moves = "/api/v1/releases/" + published_release(file_report().text("id")) + "/relabellings";
  const Authenticator key;
  ASSERT_EQ(enrol("analyst1", key).status, 201);
  const std::string changes = "/api/v1/directory/changes";
  const auto change = [](std::string_view phone, const std::string& more) {
    return R"({"note":"moved","people":[{"login":"member_a_soc","phone":")" + std::string(phone) + R"("}],)" + more +
           "}";
  };
  const auto purpose_of = [&](std::string_view phone) {
    return call("analyst1", Method::Post, changes, change(phone, R"("dry_run":true)")).text("step_up_purpose");
  };
  const std::string purpose = purpose_of("03-0000-0001");
  ASSERT_THAT(purpose, ::testing::StartsWith("directory.propose "));
  EXPECT_EQ(purpose_of("03-0000-0001"), purpose);
  const auto propose = [&](std::string_view phone) {
    return call("analyst1", Method::Post, changes, change(phone, shown_for("analyst1", key, purpose)));
  };
  EXPECT_EQ(propose("03-0000-0002").text("code"), "step_up.refused");
  const Answer proposed = propose("03-0000-0001");
  EXPECT_EQ(proposed.status, 201) << proposed.body;

  const auto move = [&](std::string_view reason, const std::string& more) {
    return call(
        "analyst1", Method::Post, moves,
        R"({"tlp":"TLP:AMBER+STRICT","audience":"members","reason":")" + std::string(reason) + R"(",)" + more + "}");
  };
  const std::string of_move = move("because", R"("dry_run":true)").text("step_up_purpose");
  ASSERT_THAT(of_move, ::testing::StartsWith("release.relabel "));
  EXPECT_EQ(move("why not", shown_for("analyst1", key, of_move)).text("code"), "step_up.refused");
  const Answer moved = move("because", shown_for("analyst1", key, of_move));
  EXPECT_EQ(moved.status, 201) << moved.body;
}

}  // namespace
}  // namespace hinomi::tests

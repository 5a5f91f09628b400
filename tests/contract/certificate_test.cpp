// Machines that sign in with a client certificate, as the api sees them: TLS has proved that the peer holds the key.
#include "contract/house.h"

namespace hinomi::tests {
namespace {

class Certificates : public House {
 protected:
  static HttpRequest with_certificate(Method method, std::string_view target, std::string body = {}) {
    HttpRequest asked = request(method, target, std::move(body));
    asked.tls = true;
    asked.peer_certificate = Sha256{7};
    return asked;
  }
  std::string wish(std::string_view who) { return R"({"name":"collector","scopes":["read"],)" + step_up(who) + "}"; }
  Answer register_it(std::string_view who) {
    HttpRequest asked = with_certificate(Method::Post, "/api/v1/account/certificates", wish(who));
    asked.headers.add("Authorization", "Bearer " + account(who).api_token);
    return send(std::move(asked));
  }
  Answer me() { return send(with_certificate(Method::Get, "/api/v1/me")); }
};

TEST_F(Certificates, ARegisteredCertificateIsItsPersonWithItsScopes) {
  EXPECT_EQ(me().status, 401);
  const Answer registered = register_it("member_b_soc");
  ASSERT_EQ(registered.status, 201) << registered.body;
  EXPECT_EQ(me().status, 200);
  const Answer report =
      send(with_certificate(Method::Post, "/api/v1/reports", R"({"kind":"incident","summary":"x","facts":{}})"));
  EXPECT_EQ(report.status, 403);
  EXPECT_EQ(report.text("code"), "permit.scope");
}

TEST_F(Certificates, NobodyRegistersOneWithoutBeingThere) {
  HttpRequest asked =
      with_certificate(Method::Post, "/api/v1/account/certificates", R"({"name":"collector","scopes":["read"]})");
  asked.headers.add("Authorization", "Bearer " + account("member_b_soc").api_token);
  EXPECT_EQ(send(std::move(asked)).text("code"), "step_up.needed");
}

TEST_F(Certificates, RemovingItEndsItAtOnceAndItMayComeBack) {
  const Answer registered = register_it("member_b_soc");
  const std::string path = "/api/v1/account/certificates/" + registered.text("id");
  EXPECT_EQ(call("member_a_soc", Method::Delete, path, "{" + step_up("member_a_soc") + "}").status, 404);
  EXPECT_EQ(call("member_b_soc", Method::Delete, path).text("code"), "step_up.needed");
  EXPECT_EQ(me().status, 200) << "without proof of presence it stands";
  EXPECT_EQ(call("member_b_soc", Method::Delete, path, "{" + step_up("member_b_soc") + "}").status, 204);
  EXPECT_EQ(me().status, 401);
  EXPECT_EQ(register_it("member_a_soc").status, 201);
  EXPECT_EQ(me().status, 200);
}

TEST_F(Certificates, ThePageListsOnesOwnAndEndsThem) {
  const Answer registered = register_it("member_b_soc");
  const auto page_of = [&](std::string_view who) { return call(who, Method::Get, "/account").body; };
  EXPECT_THAT(page_of("member_b_soc"), testing::HasSubstr(registered.text("id")));
  EXPECT_THAT(page_of("member_a_soc"), testing::Not(testing::HasSubstr(registered.text("id"))));
  const auto end = [&](const std::string& proof) {
    HttpRequest asked = request(Method::Post, "/account/sessions/end", "session=" + registered.text("id") + proof);
    asked.headers.set("Content-Type", "application/x-www-form-urlencoded");
    asked.headers.add("Authorization", "Bearer " + account("member_b_soc").api_token);
    return send(std::move(asked)).status;
  };
  EXPECT_EQ(end(""), 403);
  EXPECT_EQ(me().status, 200);
  EXPECT_EQ(end("&step_up_password=" + url_encoded(account("member_b_soc").password)), 303);
  EXPECT_EQ(me().status, 401);
  EXPECT_THAT(page_of("member_b_soc"), testing::Not(testing::HasSubstr(registered.text("id"))));
}

TEST_F(Certificates, OneCertificateIsOnePersons) {
  EXPECT_EQ(register_it("member_b_soc").status, 201);
  const Answer second = register_it("member_a_soc");
  EXPECT_EQ(second.status, 409);
  EXPECT_EQ(second.text("code"), "session.known");
}

TEST_F(Certificates, ABrowsersCertificateCountsForNothing) {
  ASSERT_EQ(register_it("member_b_soc").status, 201);
  for (const std::string_view name : {"Origin", "Sec-Fetch-Site", "Referer"}) {
    HttpRequest asked = with_certificate(Method::Get, "/api/v1/me");
    asked.headers.add(std::string(name), "https://evil.example");
    EXPECT_EQ(send(std::move(asked)).status, 401) << name;
  }
}

TEST_F(Certificates, WithoutOneOnTheConnectionNothingIsRegistered) {
  const Answer refused = call("member_b_soc", Method::Post, "/api/v1/account/certificates", wish("member_b_soc"));
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.text("code"), "certificate.missing");
}

}  // namespace
}  // namespace hinomi::tests

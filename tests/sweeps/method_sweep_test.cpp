// RELIABILITY §3 class 13: a state-changing request counts only with its own method, its own media type and the proof
// of its own session; and asking changes nothing. A route joins by its generator row.
#include <fmt/format.h>

#include <functional>

#include "sweeps/sweep_house.h"

namespace hinomi::tests {
namespace {

using routes::Effect;
using routes::Made;
using routes::Row;
using testing::IsEmpty;

struct SignedIn {
  std::string cookie, proof;
};

// One way to send a request that must not count.
struct Disguise {
  std::string name;
  std::function<void(HttpRequest&)> put_on;
};

void set_method(HttpRequest& request, Method method) {
  request.method = method;
  request.method_text = method == Method::Other ? "TRACE" : std::string(method_text(method));
}

class MethodSweep : public SweepHouse {
 protected:
  SignedIn sign_in(std::string_view who) {
    const app::DemoAccount& known = account(who);
    const Answer answer = send(request(Method::Post, "/api/v1/session",
                                       R"({"login":")" + known.login + R"(","password":")" + known.password + R"("})"));
    if (answer.status != 200) throw std::runtime_error("no sign-in for " + std::string(who) + ": " + answer.body);
    const std::string_view cookie = *answer.headers.find("Set-Cookie");
    return {std::string(cookie.substr(0, cookie.find(';'))), answer.text("csrf")};
  }

  static HttpRequest with_session(const Made& made, const SignedIn& session) {
    HttpRequest request = made.request;
    request.headers.add("Cookie", session.cookie);
    request.headers.set("X-CSRF-Token", session.proof);
    request.headers.add("Origin", "http://" + request.host);
    return request;
  }

  // Everything a hostile page or a confused client may do with somebody's session.
  static std::vector<Disguise> disguises(const SignedIn& other_session, const SignedIn& other_person) {
    return {
        {"no proof", [](HttpRequest& r) { r.headers.remove("X-CSRF-Token"); }},
        {"an empty proof", [](HttpRequest& r) { r.headers.set("X-CSRF-Token", ""); }},
        {"a cut proof", [](HttpRequest& r) { r.headers.set("X-CSRF-Token", shortened(r)); }},
        {"the proof of another session", [=](HttpRequest& r) { r.headers.set("X-CSRF-Token", other_session.proof); }},
        {"another person's proof", [=](HttpRequest& r) { r.headers.set("X-CSRF-Token", other_person.proof); }},
        {"a proof in the query", [](HttpRequest& r) { move_proof_to_query(r); }},
        {"no proof and no origin",
         [](HttpRequest& r) {
           r.headers.remove("X-CSRF-Token");
           r.headers.remove("Origin");
         }},
        {"a foreign origin", [](HttpRequest& r) { r.headers.set("Origin", "https://evil.example"); }},
        {"an origin of another port", [](HttpRequest& r) { r.headers.set("Origin", "http://" + r.host + ":81"); }},
        {"an origin that begins like ours",
         [](HttpRequest& r) { r.headers.set("Origin", "http://" + r.host + ".evil.example"); }},
        {"no origin, from another site",
         [](HttpRequest& r) {
           r.headers.remove("Origin");
           r.headers.set("Sec-Fetch-Site", "cross-site");
         }},
        {"a null origin, from another site",
         [](HttpRequest& r) {
           r.headers.set("Origin", "null");
           r.headers.set("Sec-Fetch-Site", "cross-site");
         }},
        {"a null origin, from the same site",
         [](HttpRequest& r) {
           r.headers.set("Origin", "null");
           r.headers.set("Sec-Fetch-Site", "same-site");
         }},
    };
  }

  static std::string shortened(const HttpRequest& request) {
    std::string proof(request.headers.find("X-CSRF-Token").value_or("x"));
    proof.pop_back();
    return proof;
  }
  static void move_proof_to_query(HttpRequest& request) {
    request.query.push_back({"csrf", std::string(request.headers.find("X-CSRF-Token").value_or(""))});
    request.headers.remove("X-CSRF-Token");
  }

  // Media types that a form of any page can send, or that only look like the route's own.
  static std::vector<std::string> wrong_media_types(const Row& row) {
    std::vector<std::string> types{"",
                                   "text/plain",
                                   "multipart/form-data; boundary=x",
                                   "text/plain; application/json",
                                   "application/jsonp",
                                   "application/x-www-form-urlencoded+json",
                                   "text/html"};
    const bool is_form = row.ask.bodies.front().content_type.find("form") != std::string_view::npos;
    types.emplace_back(is_form ? "application/json" : "application/x-www-form-urlencoded");
    return types;
  }

  bool is_routed(Method method, const Row& row) const {
    return routes::find_row(rows_, method == Method::Head ? Method::Get : method, row.pattern) != nullptr;
  }

  void expect_refused(const HttpRequest& request) {
    const HttpResponse answered = api_->handle(request);
    EXPECT_GE(answered.status, 400) << answered.body;
    EXPECT_THAT(watch_->changed(kKeptAboutAsking), IsEmpty());
    ++refused_;
  }

  // Each write once for each of two people, with ids that are theirs.
  template <class Each>
  void for_each_write(Each each) {
    for (const std::string_view who : {"analyst1", "member_a_lead", "partner_isac"}) {
      const SignedIn session = sign_in(who);
      const SignedIn second = sign_in(who);
      const SignedIn other = sign_in("member_b_soc");
      watch_->changed();
      for (const Row& row : rows_) {
        if (row.ask.effect != Effect::Writes) continue;
        const Made made = routes::requests_for(row, material_for(who)).front();
        SCOPED_TRACE(fmt::format("{} as {}", made.name, who));
        each(row, with_session(made, session), disguises(second, other));
      }
    }
    fmt::print("{} requests refused\n", refused_);
  }

  int refused_ = 0;
};

TEST_F(MethodSweep, AWriteWithoutTheProofOfItsSessionIsRefused) {
  for_each_write([&](const Row&, const HttpRequest& request, const std::vector<Disguise>& disguises) {
    for (const Disguise& disguise : disguises) {
      SCOPED_TRACE(disguise.name);
      HttpRequest disguised = request;
      disguise.put_on(disguised);
      expect_refused(disguised);
    }
  });
  EXPECT_GT(refused_, 500);
}

TEST_F(MethodSweep, AWriteInAnotherMediaTypeIsRefused) {
  for_each_write([&](const Row& row, const HttpRequest& request, const std::vector<Disguise>&) {
    if (row.ask.bodies.empty() || request.body.empty()) return;
    if (row.pattern == "/api/v1/imports") return;  // takes files of any type; what it is, is read from the bytes
    for (const std::string& type : wrong_media_types(row)) {
      SCOPED_TRACE("Content-Type: " + type);
      HttpRequest disguised = request;
      if (type.empty()) {
        disguised.headers.remove("Content-Type");
      } else {
        disguised.headers.set("Content-Type", type);
      }
      expect_refused(disguised);
    }
  });
  EXPECT_GT(refused_, 200);
}

TEST_F(MethodSweep, AWriteByAnotherMethodDoesNothing) {
  int asked = 0;
  for_each_write([&](const Row& row, const HttpRequest& request, const std::vector<Disguise>&) {
    for (const Method method : {Method::Get, Method::Head, Method::Options, Method::Post, Method::Put, Method::Delete,
                                Method::Patch, Method::Other}) {
      // A read at the same address may answer; another write there has a row of its own.
      const bool is_read = method == Method::Get || method == Method::Head;
      if (method == row.method || (!is_read && is_routed(method, row))) continue;
      SCOPED_TRACE(method_text(method));
      HttpRequest disguised = request;
      set_method(disguised, method);
      disguised.headers.add("X-HTTP-Method-Override", std::string(method_text(row.method)));
      disguised.query.push_back({"_method", std::string(method_text(row.method))});
      const HttpResponse answered = api_->handle(disguised);
      if (!is_read || !is_routed(method, row)) EXPECT_GE(answered.status, 400);
      EXPECT_THAT(watch_->changed(kKeptAboutAsking), IsEmpty());
      ++asked;
    }
  });
  EXPECT_GT(asked, 300);
}

// GET and HEAD of every route, for every viewer, with every query, header and id of its row.
TEST_F(MethodSweep, AskingChangesNothing) {
  int asked = 0;
  for (const std::string_view who : viewers()) {
    for (const Row& row : rows_) {
      if (row.method != Method::Get || row.ask.effect == Effect::Streams) continue;
      for (const Made& made : routes::requests_for(row, material_for(who))) {
        for (const Method method : {Method::Get, Method::Head}) {
          HttpRequest request = made.request;
          set_method(request, method);
          answer(who, request);
          EXPECT_THAT(watch_->changed(kKeptAboutAsking), IsEmpty()) << made.name << " as " << who;
          ++asked;
        }
      }
    }
  }
  fmt::print("{} requests\n", asked);
  EXPECT_GT(asked, 3'000);
}

// Signing in and out for somebody else: neither from another site nor without the proof.
TEST_F(MethodSweep, NobodyIsSignedInOrOutByAnotherSite) {
  const SignedIn session = sign_in("analyst1");
  watch_->changed();
  for (const Row& row : rows_) {
    if (row.ask.effect != Effect::SignsIn && row.ask.effect != Effect::SignsOut) continue;
    for (const char* const origin : {"https://evil.example", "http://hinomi.example:81", "null"}) {
      SCOPED_TRACE(fmt::format("{} {} from {}", method_text(row.method), row.pattern, origin));
      HttpRequest request = with_session(routes::requests_for(row, material_for("analyst1")).front(), session);
      request.headers.set("Origin", origin);
      request.headers.set("Sec-Fetch-Site", "cross-site");
      expect_refused(request);
    }
  }
  EXPECT_GE(refused_, 12);
}

// The same requests undisguised are done: the refusals above are for what was disguised.
TEST_F(MethodSweep, TheUndisguisedRequestsAreDone) {
  int done = 0;
  for_each_write([&](const Row&, const HttpRequest& request, const std::vector<Disguise>&) {
    if (is_done(api_->handle(request)) && !watch_->changed(kKeptAboutAsking).empty()) ++done;
  });
  EXPECT_GE(done, 12);
}

}  // namespace
}  // namespace hinomi::tests

// RELIABILITY §3 class 1: every id-typed value of every route, replaced by what the viewer may not know of, what never
// was, what is no id and what is of another kind. A route joins by its generator row.
#include <fmt/format.h>

#include "sweeps/sweep_house.h"

namespace hinomi::tests {
namespace {

using routes::Effect;
using routes::Made;
using routes::Place;
using routes::Row;
using routes::Standing;
using testing::IsEmpty;

Standing varied_standing(const Made& made) {
  for (const Standing standing :
       {Standing::Hidden, Standing::Absent, Standing::Malformed, Standing::OtherKind, Standing::Readable}) {
    if (made.name.ends_with("=" + std::string(routes::standing_text(standing)))) return standing;
  }
  return Standing::Own;
}

struct Swept {
  int requests = 0, refused = 0;
};

class IdSweep : public SweepHouse {
 protected:
  // One row for one viewer. Requests with ids that are all the viewer's to use are left out where they would write.
  void sweep(std::string_view who, const Row& row, Swept& swept) {
    for (const Made& made : routes::requests_for(row, material_for(who))) {
      if (row.ask.effect != Effect::Reads && (made.is_plain() || varied_standing(made) == Standing::Own)) continue;
      SCOPED_TRACE(fmt::format("{} as {}", made.name, who));
      const HttpResponse answered = answer(who, made.request);
      ++swept.requests;
      EXPECT_THAT(watch_->changed(kKeptAboutAsking), IsEmpty());
      const routes::Use* varied = varied_use(made);
      if (varied == nullptr) continue;
      ++swept.refused;
      check(answered, row, made, *varied);
      if (!is_comparable(*varied) || stands_twice(made, *varied)) continue;
      const HttpResponse never = answer(who, twin(made.request, varied->id, routes::absent_id(varied->kind)));
      EXPECT_EQ(without_ids(answered, row, made), without_ids(never, row, made));
    }
  }

  // What is not the viewer's in this request; nothing where all is, or never was.
  static const routes::Use* varied_use(const Made& made) {
    const Standing standing = varied_standing(made);
    if (standing != Standing::Hidden && standing != Standing::Malformed && standing != Standing::OtherKind)
      return nullptr;
    const auto use = std::ranges::find(made.uses, standing, &routes::Use::standing);
    return use == made.uses.end() ? nullptr : &*use;
  }

  // Outside the path a text that has not the form of an id there may be called so: it tells nothing about what there
  // is. A query of one kind may rightly take an id of another, and a cursor is none.
  static bool is_comparable(const routes::Use& use) {
    if (use.kind == "cursor") return false;
    if (use.place == Place::Path || use.standing == Standing::Hidden) return true;
    return use.place == Place::Body && use.standing == Standing::OtherKind && parse_uuid(use.id).ok();
  }

  // An id of another kind that stands in its own place as well could only be exchanged in both.
  static bool stands_twice(const Made& made, const routes::Use& varied) {
    return std::ranges::any_of(
        made.uses, [&](const routes::Use& use) { return use.id == varied.id && use.standing != varied.standing; });
  }

  // It says what would be wrong with each item and writes nothing.
  static bool is_dry_run(const Made& made) { return made.request.body.find(R"("dry_run":true)") != std::string::npos; }

  static std::string replaced(std::string text, std::string_view id, std::string_view other) {
    for (auto at = text.find(id); at != std::string::npos; at = text.find(id, at + other.size()))
      text.replace(at, id.size(), other);
    return text;
  }

  // The same request for what never was.
  static HttpRequest twin(HttpRequest request, std::string_view id, std::string_view absent) {
    request.target = replaced(request.target, id, absent);
    request.path = replaced(request.path, id, absent);
    request.body = replaced(request.body, id, absent);
    for (auto& parameter : request.query) parameter.value = replaced(parameter.value, id, absent);
    return request;
  }

  static std::string without_ids(const HttpResponse& response, const Row& row, const Made& made) {
    std::string text = routes::comparable(response, &row, routes::Without::CommittedAndDrawn);
    const std::string request_id(response.headers.find("X-Request-Id").value_or(""));  // error pages print it
    text = replaced(std::move(text), request_id, "REQUEST");
    for (const routes::Use& use : made.uses) {
      text = replaced(std::move(text), routes::absent_id(use.kind), "ID");
      // A notice's small number stands in many texts by chance.
      if (use.id.size() >= 8) text = replaced(std::move(text), use.id, "ID");
    }
    return text;
  }

  // Pages that hold nothing but the portal's script: it asks for the thing by itself, through a route that is swept
  // too.
  static bool is_shell(const Row& row) { return row.pattern == "/share/{id}/review" || row.pattern == "/cases/{id}"; }

  // Somebody without the right may hear 403 whatever the id is; the comparison sees to the "whatever".
  static void check(const HttpResponse& answered, const Row& row, const Made& made, const routes::Use& varied) {
    const bool reads = row.ask.effect == Effect::Reads;
    if (varied.place == Place::Path && !is_shell(row) && reads) EXPECT_EQ(answered.status, 404) << made.name;
    if (is_dry_run(made) && answered.status == 200) return;
    if (!reads && answered.status != 404) EXPECT_THAT(answered.status, testing::AnyOf(400, 403)) << made.name;
  }
};

TEST_F(IdSweep, HiddenAbsentAndWrongIdsAnswerAlikeAndChangeNothing) {
  Swept swept;
  for (const std::string_view who : viewers()) {
    for (const Row& row : rows_) {
      if (row.ask.effect != Effect::Streams && row.ask.effect != Effect::SignsIn && row.ask.effect != Effect::SignsOut)
        sweep(who, row, swept);
    }
  }
  fmt::print("{} requests, {} of them with an id that is not the viewer's\n", swept.requests, swept.refused);
  EXPECT_GT(swept.refused, 1'000);
}

// Second factors want a code of the moment, an authenticator, a provider or a certificate on the connection
// (tests/contract: account_test.cpp, passkeys_test.cpp, certificate_test.cpp; tests/e2e/openid).
bool wants_a_factor(const Row& row) {
  return row.pattern.starts_with("/api/v1/account/totp") || row.pattern.starts_with("/api/v1/account/passkeys") ||
         row.pattern.starts_with("/account/codes") || row.pattern == "/account/passkeys/remove" ||
         row.pattern.find("account/identities") != std::string_view::npos ||
         row.pattern.starts_with("/api/v1/account/certificates") || row.pattern == "/account/password";
}

// This house takes no imports, its row for a new password says a wrong old one, what the directory does takes two
// people and a code, a pointer is unread when a clearance has ended, and a workbook that was read is confirmed, as a
// watch is taken, with the digest of what was shown at that moment: tests/contract and the flows' own tests do those.
bool is_never_done(const Row& row) {
  return wants_a_factor(row) || row.pattern.find("/forms/read") != std::string_view::npos ||
         row.pattern.ends_with("/handover") || row.pattern == "/api/v1/imports" ||
         row.pattern == "/api/v1/account/password" || row.pattern.starts_with("/api/v1/directory/") ||
         row.pattern.starts_with("/directory/") || row.pattern.starts_with("/api/v1/clearances") ||
         row.pattern.find("invitation") != std::string_view::npos ||
         row.pattern.find("unread-pointers") != std::string_view::npos ||
         row.pattern == "/r";  // needs a code shown once
}

// Without this the sweep could be of requests that are refused for some other reason.
TEST_F(IdSweep, ThePlainRequestOfEveryWriteIsDoneForSomebody) {
  // The last rows first: a review is approved before it is edited, and read before it is withdrawn.
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    if (row->ask.effect != Effect::Writes || is_never_done(*row)) continue;
    bool done = false;
    std::string last;
    for (const std::string_view who : viewers()) {
      for (const Made& made : routes::requests_for(*row, material_for(who))) {
        if (done || !made.is_plain()) continue;
        const HttpResponse answered = answer(who, made.request);
        const bool accepted = is_done(answered);
        if (!accepted) last = answered.body;
        done = !watch_->changed(kKeptAboutAsking).empty() && accepted;
      }
    }
    EXPECT_TRUE(done) << method_text(row->method) << " " << row->pattern << ": " << last;
  }
}

// A child is found through its own parent only.
TEST_F(IdSweep, AChildUnderAnotherParentIsNotThere) {
  const auto material = material_for("analyst1");
  const auto& objects = material.known.at("object");
  int asked = 0;
  for (const routes::Known& object : objects) {
    for (const routes::Known& collection : material.known.at("collection")) {
      if (object.parts.at("collection") == collection.id) continue;
      const std::string path = "/taxii2/api/collections/" + collection.id + "/objects/" + object.id + "/";
      for (const auto& [method, target] : std::vector<std::pair<Method, std::string>>{
               {Method::Get, path}, {Method::Get, path + "versions/"}, {Method::Delete, path}}) {
        const HttpResponse answered = answer("analyst1", request(method, target));
        EXPECT_EQ(answered.status == 200 ? answered.body : "{}", "{}") << target;
        if (method == Method::Delete) EXPECT_GE(answered.status, 400) << target;
        EXPECT_THAT(watch_->changed(kKeptAboutAsking), IsEmpty()) << target;
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 10);
}

// The watch itself must see a single changed row.
TEST_F(IdSweep, TheWatchSeesAWrite) {
  EXPECT_THAT(watch_->changed(), IsEmpty());
  file_report();
  EXPECT_THAT(watch_->changed(), testing::Contains("report_version"));
  EXPECT_THAT(watch_->changed(), IsEmpty());
}

}  // namespace
}  // namespace hinomi::tests

// RELIABILITY §3 class 10: a request sets what its route offers and nothing else. Every column of every table and every
// member of the API's description is tried as one more member of every body.
#include <fmt/format.h>

#include "sweeps/sweep_house.h"

namespace hinomi::tests {
namespace {

using routes::Effect;
using routes::Made;
using routes::Row;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kMarker = "xkcdqzwvmarker";

using Names = std::set<std::string>;

// Names of members under every "properties" of the description.
void collect_members(JsonView value, Names& names) {
  if (value.is_object()) {
    if (const auto properties = value.find("properties"); properties && properties->is_object()) {
      for (const JsonView member : *properties) names.emplace(member.key());
    }
  }
  if (!value.is_object() && !value.is_array()) return;
  for (const JsonView member : value) collect_members(member, names);
}

class MassAssignment : public SweepHouse {
 protected:
  MassAssignment()
      : description_(must(parse_json(app::embedded_api_description(), {.max_bytes = 8U << 20, .max_depth = 60}))) {}

  Names every_name() {
    Names names{"is_admin", "admin", "role", "roles", "__proto__", "constructor", "$ref", "@type", "owner", "for_org"};
    collect_members(description_->root(), names);
    for (const std::string& column : watch_->columns()) names.insert(column);
    return names;
  }

  // Follows one "$ref": "#/components/schemas/Report".
  JsonView resolved(JsonView schema) const {
    const auto reference = schema.string_at("$ref");
    if (!reference) return schema;
    JsonView at = description_->root();
    for (const std::string_view step : split(reference->substr(2), '/')) at = *at.find(step);
    return at;
  }

  // The members that the description offers for this body: of the schema itself and of what it is composed of.
  void offered(JsonView schema, Names& names) const {
    const JsonView here = resolved(schema);
    if (const auto properties = here.find("properties")) {
      for (const JsonView member : *properties) names.emplace(member.key());
    }
    for (const std::string_view composed : {"allOf", "oneOf", "anyOf"}) {
      if (const auto parts = here.find(composed)) {
        for (const JsonView part : *parts) offered(part, names);
      }
    }
  }

  std::optional<Names> members_offered(const Row& row) const {
    const auto paths = description_->root().find("paths");
    const auto path = paths->find(row.pattern);
    if (!path) return std::nullopt;
    const auto operation = path->find(lower_ascii(method_text(row.method)));
    const auto body = operation ? operation->find("requestBody") : std::nullopt;
    const auto content = body ? resolved(*body).find("content") : std::nullopt;
    const auto json = content ? content->find("application/json") : std::nullopt;
    const auto schema = json ? json->find("schema") : std::nullopt;
    if (!schema) return std::nullopt;
    Names names;
    offered(*schema, names);
    return names;
  }

  // The account for which this row's plain request is done; the sweep is of requests that would count but for the
  // member.
  static std::string_view writer_of(const Row& row) {
    if (row.pattern.ends_with("/consent") || row.pattern.ends_with("/versions")) return "member_a_lead";
    if (row.pattern.find("review") != std::string_view::npos) return "analyst1";
    if (row.pattern.find("directory") != std::string_view::npos) return "operator";
    return "member_a_lead";
  }

  HttpResponse with_member(const Row& row, const HttpRequest& plain, std::string_view name) {
    HttpRequest asked = plain;
    JsonWriter extra;
    extra.begin_object().member(name, kMarker).end_object();
    const std::string member = extra.take();
    asked.body = "{" + member.substr(1, member.size() - 2) + (asked.body == "{}" ? "" : ",") + asked.body.substr(1);
    return answer(writer_of(row), asked);
  }

  // In a column, or in the sealed body of a report, which is read back as the program shows it to its writer.
  bool is_stored(std::string_view text) {
    if (!watch_->tables_with(text).empty()) return true;
    const Answer reports = call("member_a_lead", Method::Get, "/api/v1/reports?limit=200");
    const JsonView items = *reports.json->root().find("items");
    for (const JsonView report : items) {
      const std::string id(report.string_at("id").value_or(""));
      if (call("member_a_lead", Method::Get, "/api/v1/reports/" + id).body.find(text) != std::string::npos) return true;
    }
    return false;
  }

  std::unique_ptr<const JsonDocument> description_;
};

TEST_F(MassAssignment, AnUnknownMemberOfABodyIsRefusedAndNamed) {
  const Names names = every_name();
  int tried = 0;
  int routes_tried = 0;
  int closed = 0;
  for (const Row& row : rows_) {
    if (row.ask.bodies.empty() || row.ask.bodies.front().content_type != "application/json") continue;
    const auto known = members_offered(row);
    ASSERT_TRUE(known) << "the description has no body for " << method_text(row.method) << " " << row.pattern;
    const Made made = routes::requests_for(row, material_for(writer_of(row))).front();
    SCOPED_TRACE(made.name);
    ++routes_tried;
    for (const std::string& name : names) {
      if (known->contains(name)) continue;
      const HttpResponse answered = with_member(row, made.request, name);
      // Whoever may not do it at all hears that first.
      if (answered.status == 403 || answered.status == 404) {
        ++closed;
        continue;
      }
      EXPECT_EQ(answered.status, 400) << name;
      EXPECT_THAT(answered.body, HasSubstr("unknown_field")) << name;
      EXPECT_THAT(answered.body, HasSubstr(name)) << name;
      ++tried;
    }
    EXPECT_THAT(watch_->changed(kKeptAboutAsking), IsEmpty());
  }
  fmt::print("{} names, {} routes, {} requests, {} closed before the body was read\n", names.size(), routes_tried,
             tried, closed);
  EXPECT_GT(tried, closed);
  EXPECT_GE(routes_tried, 10);
  EXPECT_GT(names.size(), 200U);
}

// A form has no place for what it does not offer: a name more changes nothing of what is stored.
TEST_F(MassAssignment, AnUnknownFieldOfAFormIsStoredNowhere) {
  for (const Row& row : rows_) {
    if (row.ask.bodies.empty() || row.ask.bodies.front().content_type.find("form") == std::string_view::npos) continue;
    if (row.ask.effect == Effect::SignsIn || row.ask.effect == Effect::SignsOut) continue;
    const Made made = routes::requests_for(row, material_for("member_a_lead")).front();
    HttpRequest asked = made.request;
    for (const std::string& column : watch_->columns()) {
      if (made.request.body.find(column + "=") == std::string::npos)
        asked.body += "&" + column + "=" + std::string(kMarker);
    }
    answer("member_a_lead", asked);
    EXPECT_FALSE(is_stored(kMarker)) << made.name;
  }
}

// The same marker in a field that is offered is found: the watch looks where it would be.
TEST_F(MassAssignment, TheMarkerIsFoundWhereItIsOffered) {
  file_report(kMarker);
  EXPECT_TRUE(is_stored(kMarker));
}

}  // namespace
}  // namespace hinomi::tests

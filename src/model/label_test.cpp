#include "model/label.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace hinomi {
namespace {

template <class IdType>
IdType small_id(int number) {
  Uuid uuid{};
  uuid[15] = static_cast<std::uint8_t>(number);
  return IdType(uuid);
}

// Few ids, so that sets meet, hold one another and coincide.
template <class IdType>
std::set<IdType> some_ids() {
  std::set<IdType> ids;
  for (const int number : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 4)))
    ids.insert(small_id<IdType>(number));
  return ids;
}

Audience some_audience() {
  std::vector<AudienceSet> sets;
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) sets.push_back({some_ids<PersonId>(), some_ids<OrgId>(), some_ids<GroupId>()});
  return Audience::every_one_of(std::move(sets));
}

Label some_label() {
  Label label;
  label.tlp = static_cast<Tlp>(*rc::gen::inRange(0, 5));
  label.gov_class = static_cast<GovClass>(*rc::gen::inRange(0, 4));
  label.audience = some_audience();
  for (const auto* compartment : {"ot", "需給", "nuclear"}) {
    if (*rc::gen::arbitrary<bool>()) label.compartments.insert(compartment);
  }
  if (*rc::gen::arbitrary<bool>()) {
    label.embargo_until = Instant(std::chrono::microseconds(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000'000)));
  }
  label.needs_clearance = *rc::gen::arbitrary<bool>();
  return label;
}

// Who is admitted, said without the class under test: every set must name the person.
bool admits(const Audience& audience, PersonId person) {
  if (audience.is_everyone()) return true;
  return std::all_of(audience.sets().begin(), audience.sets().end(),
                     [&](const AudienceSet& set) { return set.persons.contains(person); });
}

RC_GTEST_PROP(LabelAlgebra, StricterIsCommutative, ()) {
  const Label a = some_label();
  const Label b = some_label();
  RC_ASSERT(stricter(a, b) == stricter(b, a));
}

RC_GTEST_PROP(LabelAlgebra, StricterIsAssociative, ()) {
  const Label a = some_label();
  const Label b = some_label();
  const Label c = some_label();
  RC_ASSERT(stricter(a, stricter(b, c)) == stricter(stricter(a, b), c));
}

RC_GTEST_PROP(LabelAlgebra, StricterIsIdempotent, ()) {
  const Label a = some_label();
  RC_ASSERT(stricter(a, a) == a);
}

RC_GTEST_PROP(LabelAlgebra, EveryoneIsNeutralAndNobodyAbsorbs, ()) {
  const Audience audience = some_audience();
  RC_ASSERT(audience.and_also(Audience::everyone()) == audience);
  RC_ASSERT(Audience::everyone().and_also(audience) == audience);
  RC_ASSERT(audience.and_also(Audience::nobody()) == Audience::nobody());
}

RC_GTEST_PROP(LabelAlgebra, AConjunctionAdmitsExactlyWhomBothAdmit, ()) {
  const Audience a = some_audience();
  const Audience b = some_audience();
  for (int number = 1; number < 4; ++number) {
    const auto person = small_id<PersonId>(number);
    RC_ASSERT(admits(a.and_also(b), person) == (admits(a, person) && admits(b, person)));
  }
}

RC_GTEST_PROP(LabelText, ReadsBackToTheSameLabel, ()) {
  const Label label = some_label();
  const auto read = parse_label(canonical_text(label));
  RC_ASSERT(read.ok());
  RC_ASSERT(*read == label);
}

RC_GTEST_PROP(LabelText, DiffersWhereLabelsDiffer, ()) {
  const Label a = some_label();
  const Label b = some_label();
  RC_ASSERT((a == b) == (canonical_text(a) == canonical_text(b)));
}

TEST(LabelText, IsTheSameForever) {
  Label label;
  label.tlp = Tlp::AmberStrict;
  label.audience = Audience::only({{small_id<PersonId>(1)}, {}, {}});
  label.compartments = {"ot"};
  label.embargo_until = *parse_rfc3339("2026-12-01T00:00:00Z");
  EXPECT_EQ(canonical_text(label),
            R"({"audience":[{"groups":[],"orgs":[],"persons":["00000000-0000-0000-0000-000000000001"]}],)"
            R"("clearance":false,"compartments":["ot"],"embargo_until":"2026-12-01T00:00:00.000000Z",)"
            R"("gov":"none","tlp":"TLP:AMBER+STRICT"})");
}

TEST(LabelText, RefusesEverySpellingButTheCanonicalOne) {
  const std::string good = canonical_text(Label{});
  ASSERT_TRUE(parse_label(good).ok());
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "json.syntax"},
      {"[]", "json.not_an_object"},
      {" " + good, "label.not_canonical"},
      {R"({"tlp":"TLP:RED","gov":"none","compartments":[],"clearance":false,"audience":"everyone"})",
       "label.not_canonical"},
      {R"({"audience":"everyone","clearance":false,"compartments":[],"gov":"none","tlp":"RED"})",
       "label.not_canonical"},
      {R"({"audience":"everyone","clearance":false,"compartments":[],"gov":"none","tlp":"TLP:WHITE"})",
       "label.not_canonical"},
      {R"({"audience":"everyone","clearance":false,"compartments":["b","a"],"gov":"none","tlp":"TLP:RED"})",
       "label.not_canonical"},
      {R"({"audience":"everyone","clearance":false,"compartments":[],"gov":"secret","tlp":"TLP:RED"})",
       "label.gov_class_unknown"},
      {R"({"audience":"everyone","clearance":false,"compartments":[],"gov":"none","tlp":"TLP:PINK"})",
       "label.tlp_unknown"},
      {R"({"audience":[],"clearance":false,"compartments":[],"gov":"none","tlp":"TLP:RED"})", "label.audience_empty"},
      {R"({"audience":"anybody","clearance":false,"compartments":[],"gov":"none","tlp":"TLP:RED"})", "json.wrong_type"},
      {R"({"audience":"everyone","clearance":false,"compartments":[],"gov":"none","more":1,"tlp":"TLP:RED"})",
       "json.unknown_field"},
      {R"({"clearance":false,"compartments":[],"gov":"none","tlp":"TLP:RED"})", "json.missing_field"}};
  for (const auto& [text, code] : cases) {
    const auto label = parse_label(text);
    ASSERT_FALSE(label.ok()) << text;
    if (!text.empty()) {
      EXPECT_EQ(label.error().code, code) << text;
    }
  }
}

TEST(LabelText, ARedundantAudienceSetIsNotCanonical) {
  const std::string one = "00000000-0000-0000-0000-000000000001";
  const std::string two = "00000000-0000-0000-0000-000000000002";
  const std::string narrow = R"({"groups":[],"orgs":[],"persons":[")" + one + R"("]})";
  const std::string wide = R"({"groups":[],"orgs":[],"persons":[")" + one + R"(",")" + two + R"("]})";
  const auto text = [](const std::string& sets) {
    return R"({"audience":[)" + sets + R"(],"clearance":false,"compartments":[],"gov":"none","tlp":"TLP:RED"})";
  };
  EXPECT_TRUE(parse_label(text(narrow)).ok());
  EXPECT_TRUE(parse_label(text(wide)).ok());
  EXPECT_FALSE(parse_label(text(narrow + "," + wide)).ok());
}

TEST(Label, StartsAsTheStrictest) {
  EXPECT_EQ(Label{}.tlp, Tlp::Red);
  EXPECT_EQ(Label{}.audience, Audience::nobody());
}

TEST(Label, TheLaterEmbargoIsTheStricter) {
  Label early;
  early.embargo_until = *parse_rfc3339("2026-12-01T00:00:00Z");
  Label late = early;
  late.embargo_until = *parse_rfc3339("2026-12-24T00:00:00Z");
  EXPECT_EQ(stricter(early, late).embargo_until, late.embargo_until);
  EXPECT_EQ(stricter(early, Label{}).embargo_until, early.embargo_until);
}

TEST(Tlp, IsReadAsPeopleWriteIt) {
  const std::vector<std::pair<std::string_view, Tlp>> cases{
      {"TLP:RED", Tlp::Red}, {"red", Tlp::Red},         {"tlp:amber+strict", Tlp::AmberStrict},
      {"Amber", Tlp::Amber}, {"TLP:GREEN", Tlp::Green}, {"TLP:WHITE", Tlp::Clear},
      {"white", Tlp::Clear}, {"tlp:clear", Tlp::Clear}, {"AMBER+STRICT", Tlp::AmberStrict}};
  for (const auto& [text, tlp] : cases) {
    const auto read = parse_tlp(text);
    ASSERT_TRUE(read.ok()) << text;
    EXPECT_EQ(*read, tlp) << text;
  }
  for (const auto* text : {"", "TLP:", "TLP: RED", "TLP:TLP:RED", "AMBER STRICT", "purple"}) {
    EXPECT_FALSE(parse_tlp(text).ok()) << text;
  }
}

// Everyone reads GREEN at most, so an AMBER part for everyone has no readers; an audience beside it must not bring
// some.
TEST(Label, ANobodysPartStaysNobodysBesideAnAudience) {
  AudienceSet members;
  members.orgs.insert(small_id<OrgId>(1));
  Label for_members;
  for_members.tlp = Tlp::Green;
  for_members.audience = Audience::only(members);
  Label amber;
  amber.tlp = Tlp::Amber;
  amber.audience = Audience::everyone();
  EXPECT_EQ(stricter(for_members, amber).audience, Audience::nobody());
  amber.tlp = Tlp::Green;
  EXPECT_EQ(stricter(for_members, amber), for_members);
}

TEST(Tlp, GrowsStricterFromClearToRed) {
  EXPECT_EQ(stricter(Tlp::Clear, Tlp::Green), Tlp::Green);
  EXPECT_EQ(stricter(Tlp::AmberStrict, Tlp::Amber), Tlp::AmberStrict);
  EXPECT_EQ(stricter(Tlp::Red, Tlp::AmberStrict), Tlp::Red);
}

}  // namespace
}  // namespace hinomi

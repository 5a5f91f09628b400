#include "model/label.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "model/json_fields.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<Tlp, 5> kTlps{"label.tlp_unknown",
                              {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"}};
constexpr Words<GovClass, 4> kGovClasses{"label.gov_class_unknown", {"none", "shuchi", "teikyo", "sogo"}};

// A canonical label over this size was not made by us; the bounds keep a hostile one cheap.
constexpr JsonLimits kLabelLimits{.max_bytes = std::size_t{1} << 20, .max_depth = 5};
constexpr std::size_t kMaxAudienceSets = 256;
constexpr std::size_t kMaxIds = 20'000;

template <class Ids>
bool is_subset(const Ids& inner, const Ids& outer) {
  return std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
}

// Everybody in `narrow` is in `wide`, whatever the directory says.
bool is_within(const AudienceSet& narrow, const AudienceSet& wide) {
  return is_subset(narrow.persons, wide.persons) && is_subset(narrow.orgs, wide.orgs) &&
         is_subset(narrow.groups, wide.groups);
}

// Two conjunctions that say the same by inclusion get the same sets: a set that holds another adds no condition.
std::vector<AudienceSet> without_redundant_sets(std::vector<AudienceSet> sets) {
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  std::vector<AudienceSet> kept;
  for (const auto& candidate : sets) {
    const bool redundant = std::any_of(sets.begin(), sets.end(), [&](const AudienceSet& other) {
      return other != candidate && is_within(other, candidate);
    });
    if (!redundant) kept.push_back(candidate);
  }
  return kept;
}

template <class Ids>
void write_ids(JsonWriter& writer, std::string_view name, const Ids& ids) {
  writer.key(name).begin_array();
  for (const auto& id : ids) writer.string(id.text());
  writer.end_array();
}

void write_audience(JsonWriter& writer, const Audience& audience) {
  if (audience.is_everyone()) {
    writer.string("everyone");
    return;
  }
  writer.begin_array();
  for (const auto& set : audience.sets()) {
    writer.begin_object();
    write_ids(writer, "groups", set.groups);
    write_ids(writer, "orgs", set.orgs);
    write_ids(writer, "persons", set.persons);
    writer.end_object();
  }
  writer.end_array();
}

template <class IdType>
Result<std::set<IdType>> read_ids(const JsonFields& fields, std::string_view name) {
  TRY(const auto texts, fields.texts(name, kMaxIds));
  std::set<IdType> ids;
  for (const auto& text : texts) {
    const auto id = IdType::parse(text);
    if (!id.ok()) return id.error().inside(fields.pointer_to(name));
    ids.insert(*id);
  }
  return ids;
}

Result<AudienceSet> read_audience_set(JsonView value, std::string pointer) {
  TRY(const auto fields, JsonFields::open(value, std::move(pointer), {"groups", "orgs", "persons"}));
  AudienceSet set;
  TRY(set.groups, read_ids<GroupId>(fields, "groups"));
  TRY(set.orgs, read_ids<OrgId>(fields, "orgs"));
  TRY(set.persons, read_ids<PersonId>(fields, "persons"));
  return set;
}

Result<Audience> read_audience(const JsonFields& fields) {
  TRY(const auto value, fields.required("audience"));
  if (value.string() == "everyone") return Audience::everyone();
  TRY(const auto sets, fields.array("audience", kMaxAudienceSets));
  if (sets.empty()) return invalid("label.audience_empty", "Nobody is written [{}], never [].", "/audience");
  std::vector<AudienceSet> read;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    TRY(auto set, read_audience_set(sets[i], json_pointer("/audience", i)));
    read.push_back(std::move(set));
  }
  return Audience::every_one_of(std::move(read));
}

Result<std::optional<Instant>> read_embargo(const JsonFields& fields) {
  if (!fields.find("embargo_until")) return std::optional<Instant>();
  TRY(const auto text, fields.text("embargo_until"));
  TRY(const auto instant, parse_rfc3339(text));
  return std::optional<Instant>(instant);
}

Result<Label> read_label(JsonView root) {
  TRY(const auto fields,
      JsonFields::open(root, "", {"audience", "clearance", "compartments", "embargo_until", "gov", "tlp"}));
  Label label;
  TRY(label.audience, read_audience(fields));
  TRY(label.needs_clearance, fields.flag_or_false("clearance"));
  TRY(const auto compartments, fields.texts("compartments", kMaxIds));
  label.compartments.insert(compartments.begin(), compartments.end());
  TRY(label.embargo_until, read_embargo(fields));
  TRY(const auto gov, fields.text("gov"));
  TRY(label.gov_class, parse_gov_class(gov));
  TRY(const auto tlp, fields.text("tlp"));
  TRY(label.tlp, parse_tlp(tlp));
  return label;
}

}  // namespace

std::string_view tlp_text(Tlp tlp) { return kTlps.text(tlp); }

Result<Tlp> parse_tlp(std::string_view text) {
  const std::string lower = lower_ascii(text);
  const std::string_view name = std::string_view(lower).substr(lower.starts_with("tlp:") ? 4 : 0);
  if (name == "white") return Tlp::Clear;
  for (const Tlp tlp : {Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red}) {
    if (name == lower_ascii(tlp_text(tlp).substr(4))) return tlp;
  }
  return kTlps.parse(text);
}

std::string_view gov_class_text(GovClass gov_class) { return kGovClasses.text(gov_class); }
Result<GovClass> parse_gov_class(std::string_view text) { return kGovClasses.parse(text); }

Audience Audience::only(AudienceSet set) {
  Audience audience(Everyone::No);
  audience.sets_.push_back(std::move(set));
  return audience;
}

Audience Audience::every_one_of(std::vector<AudienceSet> sets) {
  Audience audience(sets.empty() ? Everyone::Yes : Everyone::No);
  audience.sets_ = without_redundant_sets(std::move(sets));
  return audience;
}

Audience Audience::and_also(const Audience& other) const {
  if (is_everyone()) return other;
  if (other.is_everyone()) return *this;
  std::vector<AudienceSet> both = sets_;
  both.insert(both.end(), other.sets_.begin(), other.sets_.end());
  return every_one_of(std::move(both));
}

// The part's own audience. Everyone ends at GREEN (policy/reading.h, 7): an AMBER part for everyone is read by nobody,
// and an audience beside it must not lend it readers.
static Audience audience_beside(const Label& part, const Label& other) {
  const bool is_nobodys = part.audience.is_everyone() && part.tlp > Tlp::Green;
  return is_nobodys && !other.audience.is_everyone() ? Audience::nobody() : part.audience;
}

Label stricter(const Label& a, const Label& b) {
  Label both;
  both.tlp = stricter(a.tlp, b.tlp);
  both.gov_class = std::max(a.gov_class, b.gov_class);
  both.audience = audience_beside(a, b).and_also(audience_beside(b, a));
  both.compartments = a.compartments;
  both.compartments.insert(b.compartments.begin(), b.compartments.end());
  both.embargo_until = std::max(a.embargo_until, b.embargo_until);
  both.needs_clearance = a.needs_clearance || b.needs_clearance;
  return both;
}

std::string canonical_text(const Label& label) {
  JsonWriter writer;
  writer.begin_object().key("audience");
  write_audience(writer, label.audience);
  writer.member("clearance", label.needs_clearance).key("compartments").begin_array();
  for (const auto& compartment : label.compartments) writer.string(compartment);
  writer.end_array();
  if (label.embargo_until) writer.member("embargo_until", to_rfc3339(*label.embargo_until));
  writer.member("gov", gov_class_text(label.gov_class)).member("tlp", tlp_text(label.tlp)).end_object();
  return writer.take();
}

Result<Label> parse_label(std::string_view canonical) {
  TRY(const auto document, parse_json(canonical, kLabelLimits));
  TRY(auto label, read_label(document->root()));
  // One label, one text: a second spelling would be a second row with the same meaning in the store.
  if (canonical_text(label) != canonical) {
    return invalid("label.not_canonical", "A label must be written in its one canonical form.");
  }
  return label;
}

}  // namespace hinomi

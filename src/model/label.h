// Who may read a thing: TLP 2.0 × government class × audience × compartments × embargo × clearance flag.
// Plain values without a clock. The rule that reads a label lives in policy/reading.h and nowhere else.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"

namespace hinomi {

// Traffic Light Protocol 2.0 (FIRST, 2022-08), from the freest to the strictest.
enum class Tlp { Clear, Green, Amber, AmberStrict, Red };
std::string_view tlp_text(Tlp tlp);            // "TLP:AMBER+STRICT"
Result<Tlp> parse_tlp(std::string_view text);  // with or without "TLP:", any case; WHITE is read as CLEAR
constexpr Tlp stricter(Tlp a, Tlp b) { return a < b ? b : a; }

// 情報の区分 of Act No. 42 (DOMAIN-JAPAN §3.3), from none to the strictest.
enum class GovClass { None, Shuchi, Teikyo, Sogo };  // 周知等用 / 提供用 / 総合整理分析情報
std::string_view gov_class_text(GovClass gov_class);
Result<GovClass> parse_gov_class(std::string_view text);

// One set of readers: a person is in it when named, or through their organisation or one of their groups.
struct AudienceSet {
  std::set<PersonId> persons;
  std::set<OrgId> orgs;
  std::set<GroupId> groups;
  [[nodiscard]] bool is_empty() const { return persons.empty() && orgs.empty() && groups.empty(); }
  auto operator<=>(const AudienceSet&) const = default;
};

// A conjunction of sets: a reader must be in every one. An empty set admits nobody.
class Audience {
 public:
  static Audience everyone() { return Audience(Everyone::Yes); }
  static Audience nobody() { return only({}); }
  static Audience only(AudienceSet set);
  // A reader must be in every one of `sets`; a set that wholly holds another is dropped, as it adds no condition.
  // Without sets: everyone.
  static Audience every_one_of(std::vector<AudienceSet> sets);
  // Readers admitted by both.
  [[nodiscard]] Audience and_also(const Audience& other) const;

  [[nodiscard]] bool is_everyone() const { return everyone_ == Everyone::Yes; }
  [[nodiscard]] const std::vector<AudienceSet>& sets() const { return sets_; }  // sorted, distinct
  auto operator<=>(const Audience&) const = default;

 private:
  enum class Everyone { No, Yes };
  explicit Audience(Everyone everyone) : everyone_(everyone) {}
  Everyone everyone_ = Everyone::No;
  std::vector<AudienceSet> sets_;
};

struct Label {
  Tlp tlp = Tlp::Red;
  GovClass gov_class = GovClass::None;
  Audience audience = Audience::nobody();
  std::set<std::string> compartments;
  std::optional<Instant>
      embargo_until;  // while present, only the audience's secretariat members read; lifted by a relabel
  bool needs_clearance = false;
  auto operator<=>(const Label&) const = default;
};

// The stricter of each part; the audiences conjoin. Commutative, associative, idempotent; never adds a reader.
Label stricter(const Label& a, const Label& b);

// A label has one text: equal labels give equal text. This is what the store interns.
std::string canonical_text(const Label& label);  // canonical JSON
Result<Label> parse_label(std::string_view canonical);

}  // namespace hinomi

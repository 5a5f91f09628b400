#include "rules/vocabulary.h"

#include <array>

namespace hinomi::rules {
namespace {

constexpr std::array kLicenses{License::Gtd,      License::Tx,     License::Dist, License::Sptd,    License::GenMajor,
                               License::GenMinor, License::Retail, License::Agg,  License::Private, License::Nuclear};
constexpr std::array<std::string_view, 6> kFlags{"op.ci",        "op.keizai", "op.special",
                                                 "op.hoan_cert", "op.listed", "op.pii"};
constexpr std::array kRegimes{AbroadRegime::EuNis2, AbroadRegime::EuNccs,   AbroadRegime::EuCra, AbroadRegime::UsNerc,
                              AbroadRegime::UsDoe,  AbroadRegime::UsCircia, AbroadRegime::UsSec};

std::vector<std::string_view> license_words() {
  std::vector<std::string_view> words;
  for (const License license : kLicenses) words.push_back(license_text(license));
  return words;
}

std::vector<std::string_view> regime_words() {
  std::vector<std::string_view> words;
  for (const AbroadRegime regime : kRegimes) words.push_back(abroad_regime_text(regime));
  return words;
}

template <class Values, class Text>
std::set<std::string> words_of(const Values& values, const Text& text) {
  std::set<std::string> words;
  for (const auto value : values) words.emplace(text(value));
  return words;
}

}  // namespace

Vocabulary::Vocabulary(std::span<const FactDefinition> facts) {
  for (const FactDefinition& fact : facts) words_.emplace(fact.name, fact);
  const auto add = [this](FactDefinition word) { words_.insert_or_assign(std::string(word.name), word); };
  for (const std::string_view name : kFlags) add({name, FactKind::Flag, "", {}});
  add({"op.license", FactKind::Choices, "", license_words()});
  add({"op.abroad", FactKind::Choices, "", regime_words()});
  add({"op.area", FactKind::Choice, "", {}});
  add({"report.kind",
       FactKind::Choice,
       "",
       {report_kind_text(ReportKind::Incident), report_kind_text(ReportKind::NearMiss)}});
}

Vocabulary Vocabulary::standard() { return Vocabulary(fact_definitions()); }

const FactDefinition* Vocabulary::find(std::string_view name) const {
  const auto found = words_.find(name);
  return found == words_.end() ? nullptr : &found->second;
}

std::optional<FactValue> own_word(std::string_view name, const OrgAttributes& attributes, ReportKind kind) {
  if (name == "op.ci") return attributes.ci_operator;
  if (name == "op.keizai") return attributes.keizai;
  if (name == "op.special") return attributes.special;
  if (name == "op.hoan_cert") return attributes.hoan_cert;
  if (name == "op.listed") return attributes.listed;
  if (name == "op.area") return attributes.area;
  if (name == "report.kind") return std::string(report_kind_text(kind));
  if (name == "op.pii") return attributes.personal_data;
  if (name == "op.abroad") return words_of(attributes.abroad, abroad_regime_text);
  if (name == "op.license") return words_of(attributes.licenses, license_text);
  return std::nullopt;
}

}  // namespace hinomi::rules

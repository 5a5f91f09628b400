#include "model/release.h"

#include "base/json.h"
#include "model/json_fields.h"
#include "model/technical_ids.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<EditionKind, 2> kEditionKinds{"release.edition_kind_unknown", {"story", "technical_only"}};
constexpr Words<ReleaseState, 3> kReleaseStates{"release.state_unknown", {"published", "corrected", "withdrawn"}};
constexpr std::size_t kMaxIndicators = 50'000;
constexpr std::size_t kMaxTechnicalIds = 5'000;

void write_texts(JsonWriter& writer, std::string_view name, const std::vector<std::string>& texts) {
  writer.key(name).begin_array();
  for (const auto& text : texts) writer.string(text);
  writer.end_array();
}

Result<std::vector<Indicator>> read_indicators(const JsonFields& fields) {
  TRY(const auto elements, fields.array("indicators", kMaxIndicators));
  std::vector<Indicator> indicators;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    TRY(auto indicator, read_indicator_object(elements[i], json_pointer(fields.pointer_to("indicators"), i)));
    indicators.push_back(std::move(indicator));
  }
  return indicators;
}

Result<EditionKind> read_kind(const JsonFields& fields) {
  TRY(const auto word, fields.text("kind"));
  const auto kind = parse_edition_kind(word);
  if (!kind.ok()) return kind.error().inside(fields.pointer_to("kind"));
  return kind;
}

}  // namespace

std::string_view edition_kind_text(EditionKind kind) { return kEditionKinds.text(kind); }
Result<EditionKind> parse_edition_kind(std::string_view text) { return kEditionKinds.parse(text); }
std::string_view release_state_text(ReleaseState state) { return kReleaseStates.text(state); }
Result<ReleaseState> parse_release_state(std::string_view text) { return kReleaseStates.parse(text); }

std::string edition_text(const Edition& edition) {
  JsonWriter writer;
  writer.begin_object().member("body", edition.body).member("check", edition.check);
  write_texts(writer, "cves", edition.cves);
  writer.member("implication", edition.implication).key("indicators");
  write_indicators(writer, edition.indicators);
  writer.member("kind", edition_kind_text(edition.kind)).member("mitigation", edition.mitigation);
  write_texts(writer, "techniques", edition.techniques);
  writer.member("title", edition.title).end_object();
  return writer.take();
}

Result<Edition> parse_edition(std::string_view json) {
  TRY(const auto document, parse_json(json));
  TRY(const auto fields, JsonFields::open(document->root(), "",
                                          {"body", "check", "cves", "implication", "indicators", "kind", "mitigation",
                                           "techniques", "title"}));
  Edition edition;
  TRY(edition.kind, read_kind(fields));
  TRY(edition.title, fields.text("title"));
  TRY(edition.body, fields.text("body"));
  TRY(edition.implication, fields.text("implication"));
  TRY(edition.check, fields.text("check"));
  TRY(edition.mitigation, fields.text("mitigation"));
  TRY(edition.indicators, read_indicators(fields));
  TRY(edition.techniques, fields.texts("techniques", kMaxTechnicalIds));
  TRY(edition.cves, fields.texts("cves", kMaxTechnicalIds));
  return edition;
}

const Label& published_label(const Release& release) {
  return release.signed_label ? *release.signed_label : release.label;
}

std::string release_signed_text(const Release& release) {
  JsonWriter writer;
  writer.begin_object().key("edition").raw(edition_text(release.edition));
  writer.key("label").raw(canonical_text(published_label(release)));
  writer.member("number", release.number.text())
      .member("published_at", to_rfc3339(release.published_at))
      .member("reason", release.reason)
      .member("state", release_state_text(release.state))
      .member("version", std::uint64_t{release.version})
      .end_object();
  return writer.take();
}

}  // namespace hinomi

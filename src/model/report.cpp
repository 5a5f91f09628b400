#include "model/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "model/json_fields.h"
#include "model/technical_ids.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<ReportKind, 2> kKinds{"report.kind_unknown", {"incident", "near_miss"}};
constexpr Words<ShareScope, 3> kScopes{"report.scope_unknown",
                                       {"secretariat_only", "secretariat_and_authority", "members_anonymously"}};

constexpr std::size_t kMaxIndicators = 5'000;
constexpr std::size_t kMaxTechnicalIds = 500;
constexpr std::size_t kMaxTitle = 200;
constexpr std::size_t kMaxSummary = 20'000;
constexpr std::size_t kMaxContact = 1'000;
constexpr std::size_t kMaxTechnicalText = 50'000;
constexpr std::size_t kMadeTitle = 60;
constexpr auto kClockTolerance = std::chrono::hours(24);

// Stored text was checked when it came in and is taken back word for word; a request is normalised.
enum class Origin { Stored, Request };

void write_texts(JsonWriter& writer, std::string_view name, const std::vector<std::string>& texts) {
  writer.key(name).begin_array();
  for (const auto& text : texts) writer.string(text);
  writer.end_array();
}

void write_technical(JsonWriter& writer, const TechnicalBlock& technical) {
  writer.begin_object();
  write_texts(writer, "cves", technical.cves);
  writer.key("indicators");
  write_indicators(writer, technical.indicators);
  write_texts(writer, "techniques", technical.techniques);
  writer.member("text", technical.text).end_object();
}

Error under(const Error& error, std::string_view pointer) {
  Error moved = error;
  moved.where = std::string(pointer) + error.where;
  return moved;
}

Result<std::vector<std::string>> read_ids(const JsonFields& fields, std::string_view name, TechnicalId kind) {
  TRY(const auto texts, fields.texts(name, kMaxTechnicalIds));
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto id = read_technical_id(kind, texts[i]);
    if (!id.ok()) return under(id.error(), json_pointer(fields.pointer_to(name), i));
    if (std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
  }
  return ids;
}

Result<std::vector<Indicator>> read_request_indicators(const JsonFields& fields) {
  TRY(const auto elements, fields.array("indicators", kMaxIndicators));
  std::vector<Indicator> indicators;
  std::set<Indicator> seen;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::string pointer = json_pointer(fields.pointer_to("indicators"), i);
    TRY(auto indicator, read_indicator_json(elements[i], pointer));
    if (seen.insert(indicator).second) indicators.push_back(std::move(indicator));
  }
  return indicators;
}

Result<std::vector<Indicator>> read_stored_indicators(const JsonFields& fields) {
  TRY(const auto elements, fields.array("indicators", kMaxIndicators));
  std::vector<Indicator> indicators;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::string pointer = json_pointer(fields.pointer_to("indicators"), i);
    TRY(auto indicator, read_indicator_object(elements[i], pointer));
    indicators.push_back(std::move(indicator));
  }
  return indicators;
}

Result<TechnicalBlock> read_technical(JsonView value, Origin origin) {
  TRY(const auto fields, JsonFields::open(value, "/technical", {"cves", "indicators", "techniques", "text"}));
  TechnicalBlock technical;
  TRY(technical.text, fields.text_or_empty("text"));
  if (origin == Origin::Stored) {
    TRY(technical.indicators, read_stored_indicators(fields));
    TRY(technical.techniques, fields.texts("techniques", kMaxTechnicalIds));
    TRY(technical.cves, fields.texts("cves", kMaxTechnicalIds));
    return technical;
  }
  TRY(technical.indicators, read_request_indicators(fields));
  TRY(technical.techniques, read_ids(fields, "techniques", TechnicalId::Technique));
  TRY(technical.cves, read_ids(fields, "cves", TechnicalId::Cve));
  return technical;
}

Result<ReportKind> read_kind(const JsonFields& fields) {
  TRY(const auto word, fields.text("kind"));
  const auto kind = parse_report_kind(word);
  if (!kind.ok()) return under(kind.error(), fields.pointer_to("kind"));
  return kind;
}

// Who says nothing about sharing shares with the secretariat only.
Result<ShareScope> read_scope(const JsonFields& fields) {
  if (!fields.find("scope")) return ShareScope::SecretariatOnly;
  TRY(const auto word, fields.text("scope"));
  const auto scope = parse_share_scope(word);
  if (!scope.ok()) return under(scope.error(), fields.pointer_to("scope"));
  return scope;
}

Result<ReportDraft> read_draft(JsonView object, Origin origin) {
  TRY(const auto fields,
      JsonFields::open(object, "",
                       {"contact", "facts", "kind", "scope", "summary", "technical", "technical_preconsent", "title"}));
  ReportDraft draft;
  TRY(draft.kind, read_kind(fields));
  TRY(draft.scope, read_scope(fields));
  TRY(draft.title, fields.text_or_empty("title"));
  TRY(draft.summary, fields.text_or_empty("summary"));
  TRY(draft.contact, fields.text_or_empty("contact"));
  TRY(draft.technical_preconsent, fields.flag_or_false("technical_preconsent"));
  if (const auto facts = fields.find("facts")) {
    auto sheet = parse_facts(*facts);
    if (!sheet.ok()) return under(sheet.error(), "/facts");
    draft.facts = std::move(*sheet);
  }
  if (const auto technical = fields.find("technical")) {
    TRY(draft.technical, read_technical(*technical, origin));
  }
  return draft;
}

Status check_text(std::string_view text, std::size_t max_characters, std::string_view pointer) {
  if (!is_utf8(text)) return invalid("report.not_utf8", "This must be UTF-8 text.", std::string(pointer));
  const auto characters =
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  if (static_cast<std::size_t>(characters) <= max_characters) return {};
  return too_large("report.text_too_long", fmt::format("This may have {} characters.", max_characters),
                   std::string(pointer));
}

Status check_ids(const std::vector<std::string>& ids, TechnicalId kind, std::string_view pointer) {
  if (ids.size() > kMaxTechnicalIds) {
    return too_large("report.too_many", fmt::format("There may be at most {}.", kMaxTechnicalIds),
                     std::string(pointer));
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto id = read_technical_id(kind, ids[i]);
    if (!id.ok()) return under(id.error(), json_pointer(pointer, i));
  }
  return {};
}

Status check_technical(const TechnicalBlock& technical) {
  TRY_OK(check_text(technical.text, kMaxTechnicalText, "/technical/text"));
  TRY_OK(check_ids(technical.techniques, TechnicalId::Technique, "/technical/techniques"));
  TRY_OK(check_ids(technical.cves, TechnicalId::Cve, "/technical/cves"));
  if (technical.indicators.size() <= kMaxIndicators) return {};
  return too_large("report.too_many", fmt::format("There may be at most {} indicators.", kMaxIndicators),
                   "/technical/indicators");
}

Status check_texts(const ReportDraft& draft) {
  TRY_OK(check_text(draft.title, kMaxTitle, "/title"));
  TRY_OK(check_text(draft.summary, kMaxSummary, "/summary"));
  TRY_OK(check_text(draft.contact, kMaxContact, "/contact"));
  return check_technical(draft.technical);
}

Status check_noticed(const FactSheet& facts) {
  constexpr std::array<std::string_view, 3> kNoticed{"t.detected", "t.known", "t.recognised"};
  if (std::any_of(kNoticed.begin(), kNoticed.end(), [&](auto name) { return facts.time(name).has_value(); })) return {};
  return invalid("report.noticed_missing", "Say when it was noticed: t.detected, t.known or t.recognised.",
                 "/facts/t.detected");
}

Status check_times(const FactSheet& facts, Instant now) {
  for (const auto& [name, fact] : facts.all()) {
    const auto time = facts.time(name);
    if (!time || *time <= now + kClockTolerance) continue;
    return invalid("report.time_in_future", fmt::format("{} lies more than a day in the future.", name),
                   json_pointer("/facts", name));
  }
  return {};
}

std::string title_from(std::string_view summary) {
  const std::string_view text = trimmed(summary);
  const std::string_view line = trimmed(text.substr(0, text.find('\n')));
  std::size_t end = 0;
  for (std::size_t characters = 0; end < line.size(); ++end) {
    const bool starts_character = (static_cast<unsigned char>(line[end]) & 0xC0) != 0x80;
    if (starts_character && characters++ == kMadeTitle) return std::string(line.substr(0, end)) + "…";
  }
  return std::string(line);
}

}  // namespace

std::string_view report_kind_text(ReportKind kind) { return kKinds.text(kind); }
Result<ReportKind> parse_report_kind(std::string_view text) { return kKinds.parse(text); }
std::string_view share_scope_text(ShareScope scope) { return kScopes.text(scope); }
Result<ShareScope> parse_share_scope(std::string_view text) { return kScopes.parse(text); }

Result<ValidReport> ValidReport::create(ReportDraft draft, Instant now) {
  if (trimmed(draft.summary).empty()) {
    return invalid("report.summary_missing", "Say what happened, as far as it is known.", "/summary");
  }
  TRY_OK(check_texts(draft));
  TRY_OK(check_noticed(draft.facts));
  TRY_OK(check_times(draft.facts, now));
  if (trimmed(draft.title).empty()) draft.title = title_from(draft.summary);
  return ValidReport(std::move(draft));
}

std::string report_content_text(const ReportDraft& content) {
  JsonWriter writer;
  writer.begin_object().member("contact", content.contact).key("facts");
  write_facts(writer, content.facts);
  writer.member("kind", report_kind_text(content.kind))
      .member("scope", share_scope_text(content.scope))
      .member("summary", content.summary)
      .key("technical");
  write_technical(writer, content.technical);
  writer.member("technical_preconsent", content.technical_preconsent).member("title", content.title).end_object();
  return writer.take();
}

Result<ReportDraft> parse_report_content(std::string_view json) {
  TRY(const auto document, parse_json(json));
  return read_draft(document->root(), Origin::Stored);
}

Result<ReportDraft> parse_report_request(JsonView object) { return read_draft(object, Origin::Request); }

}  // namespace hinomi

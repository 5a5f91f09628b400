#include "rules/example_reader.h"

#include "base/json.h"

namespace hinomi::rules {
namespace {

constexpr std::size_t kMaxClocks = 64;

Result<OrgAttributes> read_attributes(TomlReader& row) {
  OrgAttributes attributes;
  TRY(auto table, row.table("op"));
  if (!table) return row.missing("op");
  TRY(const auto licenses, table->texts("license"));
  for (const auto& word : licenses) {
    const auto license = parse_license(word);
    if (!license.ok()) return table->wrong_type("license", "licences of the registry, like gtd");
    attributes.licenses.insert(*license);
  }
  TRY(attributes.ci_operator, table->flag_or_false("ci"));
  TRY(attributes.keizai, table->flag_or_false("keizai"));
  TRY(attributes.special, table->flag_or_false("special"));
  TRY(attributes.hoan_cert, table->flag_or_false("hoan_cert"));
  TRY(attributes.listed, table->flag_or_false("listed"));
  TRY(attributes.area, table->text_or_empty("area"));
  TRY(attributes.personal_data, table->flag_or_false("pii"));
  TRY(const auto regimes, table->texts("abroad"));
  for (const auto& word : regimes) {
    const auto regime = parse_abroad_regime(word);
    if (!regime.ok()) return table->wrong_type("abroad", "regimes of the registry, like eu_nis2");
    attributes.abroad.insert(*regime);
  }
  TRY_OK(table->finish());
  return attributes;
}

// Depth is bounded by parse_toml.
void write_json(JsonWriter& writer, const TomlValue& value) {
  if (const auto* text = value.text()) {
    writer.string(*text);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value.value)) {
    writer.integer(*integer);
  } else if (const auto* number = std::get_if<double>(&value.value)) {
    writer.number(*number);
  } else if (const auto* flag = std::get_if<bool>(&value.value)) {
    writer.boolean(*flag);
  } else if (const auto* day = std::get_if<Day>(&value.value)) {
    writer.string(day_text(*day));
  } else if (const auto* array = value.array()) {
    writer.begin_array();
    for (const TomlValue& element : *array) write_json(writer, element);
    writer.end_array();
  } else if (const auto* table = value.table()) {
    writer.begin_object();
    for (const auto& [key, member] : *table) {
      writer.key(key);
      write_json(writer, member);
    }
    writer.end_object();
  }
}

// Facts take the road of every other fact, so an example can state nothing that a report could not.
Result<FactSheet> read_facts(TomlReader& row) {
  const auto* value = row.value("facts");
  if (value == nullptr) return FactSheet{};
  JsonWriter writer;
  write_json(writer, *value);
  auto document = parse_json(writer.text());
  if (!document.ok()) return row.error("rules.example_facts", document.error().detail, value->position);
  auto facts = parse_facts(document.value()->root());
  if (!facts.ok()) {
    return row.error("rules.example_facts", facts.error().where + ": " + facts.error().detail, value->position);
  }
  return facts;
}

Result<std::map<std::string, Verdict>> read_verdicts(TomlReader& row) {
  std::map<std::string, Verdict> verdicts;
  TRY(auto table, row.table("expect"));
  if (!table) return row.missing("expect");
  for (const auto& [id, value] : table->all()) {
    TRY(const auto text, table->text(id));
    const auto verdict = parse_verdict(text);
    if (!verdict.ok()) return table->wrong_type(id, "fires, may_fire or does_not");
    verdicts.emplace(id, *verdict);
  }
  if (verdicts.empty()) return row.error("rules.example_empty", "An example expects at least one verdict.");
  return verdicts;
}

Result<ExpectedClock> read_clock(TomlReader& row) {
  ExpectedClock clock;
  TRY(clock.duty, row.text("duty"));
  TRY(clock.stage, row.text("stage"));
  TRY(clock.start, row.instant("start"));
  TRY(clock.raw, row.instant("raw"));
  TRY(clock.rolled, row.instant("rolled"));
  TRY(clock.house, row.instant("house"));
  TRY_OK(row.finish());
  return clock;
}

}  // namespace

Result<Example> read_example(TomlReader& row) {
  Example example;
  TRY(example.name, row.text("name"));
  TRY(example.attributes, read_attributes(row));
  TRY(const auto kind, row.text("kind"));
  const auto parsed = parse_report_kind(kind);
  if (!parsed.ok()) return row.wrong_type("kind", "incident or near_miss");
  example.kind = *parsed;
  TRY(example.facts, read_facts(row));
  TRY(const auto now, row.instant("now"));
  if (!now) return row.missing("now");
  example.now = *now;
  TRY(example.verdicts, read_verdicts(row));
  TRY(auto clocks, row.tables("clock", kMaxClocks));
  for (TomlReader& clock : clocks) {
    TRY(auto read, read_clock(clock));
    example.clocks.push_back(std::move(read));
  }
  TRY(example.reevaluate_at, row.instant("reevaluate_at"));
  TRY_OK(row.finish());
  return example;
}

}  // namespace hinomi::rules

#include "stories/story.h"

#include "base/json.h"
#include "rules/toml_reader.h"

namespace hinomi::stories {
namespace {

using rules::TomlReader;
using rules::TomlTable;
using rules::TomlValue;

constexpr std::size_t kMost = 100;

// The raw tree as JSON, so that facts take the road of every other fact. Depth is bounded by parse_toml.
void write_json(JsonWriter& writer, const TomlValue& value) {
  if (const auto* text = value.text()) {
    writer.string(*text);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value.value)) {
    writer.integer(*integer);
  } else if (const auto* number = std::get_if<double>(&value.value)) {
    writer.number(*number);
  } else if (const auto* flag = std::get_if<bool>(&value.value)) {
    writer.boolean(*flag);
  } else if (const auto* array = value.array()) {
    writer.begin_array();
    for (const TomlValue& element : *array) write_json(writer, element);
    writer.end_array();
  } else {
    writer.null();  // a local date is no fact: parse_facts refuses this
  }
}

// A value with how well it is known.
Status write_known_fact(JsonWriter& writer, TomlReader& fact) {
  writer.begin_object().member("state", "given").key("value");
  write_json(writer, *fact.value("value"));
  TRY(const bool estimated, fact.flag_or_false("estimated"));
  TRY(const std::string evidence, fact.text_or_empty("evidence"));
  if (estimated) writer.member("estimated", true);
  if (!evidence.empty()) writer.member("evidence", evidence);
  writer.end_object();
  return fact.finish();
}

// outage.lost_kw = 1 is a table within a table: the parts of the name become one again. { value = 4200, estimated =
// true, evidence = "…" } says how well a fact is known, which forms show.
Status write_facts_of(JsonWriter& writer, TomlReader& table, const std::string& prefix) {
  for (const auto& [key, value] : table.all()) {
    const auto* inner = value.table();
    TRY(auto reader, inner == nullptr ? Result(std::optional<TomlReader>()) : table.table(key));
    if (inner != nullptr && !inner->contains("value")) {
      TRY_OK(write_facts_of(writer, *reader, prefix + key + "."));
      continue;
    }
    writer.key(prefix + key);
    if (reader) {
      TRY_OK(write_known_fact(writer, *reader));
    } else {
      write_json(writer, value);
    }
  }
  return {};
}

Result<FactSheet> facts_of(const TomlReader& reader, const std::string& json, const rules::TextPosition& position) {
  TRY(const auto document, parse_json(json));
  auto facts = parse_facts(document->root());
  if (facts.ok()) return facts;
  return reader.error("story.fact", facts.error().where + ": " + facts.error().detail, position);
}

Result<FactSheet> read_facts(TomlReader& row) {
  TRY(auto table, row.table("facts"));
  if (!table) return FactSheet{};
  JsonWriter writer;
  writer.begin_object();
  TRY_OK(write_facts_of(writer, *table, ""));
  writer.end_object();
  return facts_of(row, writer.text(), table->position());
}

// One fact whose value stands under `key`, or nothing.
Result<std::optional<Fact>> read_fact(TomlReader& row, const std::string& name, std::string_view key) {
  const auto* value = row.value(key);
  if (value == nullptr) return std::optional<Fact>{};
  JsonWriter writer;
  writer.begin_object().key(name);
  write_json(writer, *value);
  writer.end_object();
  TRY(const FactSheet facts, facts_of(row, writer.text(), value->position));
  return std::optional<Fact>(*facts.find(name));
}

Status set_all(TomlReader& row, std::string_view key, const Fact& fact, FactSheet& facts) {
  TRY(const auto names, row.texts(key));
  for (const std::string& name : names) {
    if (facts.find(name) != nullptr) return row.error("story.fact_twice", name + " is stated twice in one step.");
    if (const auto set = facts.set(name, fact); !set.ok()) return row.error("story.fact", set.error().detail);
  }
  return {};
}

Result<FactSheet> read_stated(TomlReader& row) {
  TRY(FactSheet facts, read_facts(row));
  TRY_OK(set_all(row, "no", {ValueState::Given, FactValue(false)}, facts));
  TRY_OK(set_all(row, "not_applicable", {ValueState::NotApplicable, std::nullopt}, facts));
  TRY_OK(set_all(row, "investigating", {ValueState::Investigating, std::nullopt}, facts));
  TRY_OK(set_all(row, "unknown", {ValueState::Unknown, std::nullopt}, facts));
  return facts;
}

Result<std::optional<Term>> read_term(TomlReader& row, std::string_view key) {
  const auto* value = row.value(key);
  if (value == nullptr) return std::optional<Term>{};
  if (const auto* day = std::get_if<Day>(&value->value)) return std::optional<Term>(*day);
  TRY(const auto moment, row.instant(key));
  return std::optional<Term>(*moment);
}

Result<std::set<std::string>> read_set(TomlReader& row, std::string_view key) {
  TRY(auto words, row.texts(key));
  return std::set<std::string>(words.begin(), words.end());
}

// As many rows as the key holds, each read by `read` and left without an unread key.
template <class T>
Result<std::vector<T>> read_rows(TomlReader& row, std::string_view key, Result<T> (*read)(TomlReader&)) {
  std::vector<T> all;
  TRY(auto rows, row.tables(key, kMost));
  for (TomlReader& each : rows) {
    TRY(auto one, read(each));
    TRY_OK(each.finish());
    all.push_back(std::move(one));
  }
  return all;
}

Result<ExpectedClock> read_clock(TomlReader& row) {
  ExpectedClock clock;
  TRY(clock.duty, row.text("duty"));
  TRY(clock.stage, row.text_or_empty("stage"));
  TRY(clock.from, row.text_or_empty("from"));
  TRY(clock.raw, read_term(row, "raw"));
  TRY(clock.rolled, read_term(row, "rolled"));
  TRY(clock.house, read_term(row, "house"));
  TRY(clock.house_from, row.day("house_from"));
  TRY(clock.house_to, row.day("house_to"));
  TRY(clock.promptly, row.flag_or_false("promptly"));
  TRY(clock.waits_for, row.text_or_empty("waits_for"));
  if (clock.raw.has_value() + clock.promptly + !clock.waits_for.empty() != 1) {
    return row.error("story.clock", "A clock has exactly one of raw, promptly and waits_for.");
  }
  if (!clock.rolled) clock.rolled = clock.raw;
  return clock;
}

Result<OpenDuty> read_open(TomlReader& row) {
  OpenDuty open;
  TRY(open.duty, row.text("duty"));
  TRY(open.missing, row.texts("missing"));
  return open;
}

Result<ChangedFact> read_changed(TomlReader& row) {
  ChangedFact changed;
  TRY(changed.name, row.text("fact"));
  TRY(changed.before, read_fact(row, changed.name, "before"));
  TRY(changed.after, read_fact(row, changed.name, "after"));
  return changed;
}

Result<StaleForm> read_stale(TomlReader& row) {
  StaleForm stale;
  TRY(stale.form, row.text("form"));
  TRY(stale.changed, read_rows(row, "changed", read_changed));
  return stale;
}

Result<StorySubmission> read_submission(TomlReader& row) {
  StorySubmission submission;
  TRY(submission.duty, row.text("duty"));
  TRY(submission.stage, row.text("stage"));
  TRY(submission.form, row.text_or_empty("form"));
  TRY(submission.to, row.text("to"));
  TRY(submission.by, row.text("by"));
  return submission;
}

Result<FactSheet> read_kept(TomlReader& row) {
  FactSheet kept;
  TRY(auto rows, row.tables("kept", kMost));
  for (TomlReader& each : rows) {
    TRY(const auto name, each.text("fact"));
    TRY(const auto fact, read_fact(each, name, "value"));
    if (!fact) return each.missing("value");
    TRY_OK(kept.set(name, *fact));
    TRY_OK(each.finish());
  }
  return kept;
}

Result<Expectation> read_expectation(TomlReader& row) {
  TRY(auto table, row.table("expect"));
  if (!table) return row.missing("expect");
  Expectation expect;
  TRY(expect.fires, read_set(*table, "fires"));
  TRY(expect.may, read_rows(*table, "may", read_open));
  TRY(expect.proposed, read_set(*table, "proposed"));
  TRY(expect.clocks, read_rows(*table, "clocks", read_clock));
  TRY(expect.look_again, table->instant("look_again"));
  TRY(expect.offered, table->texts("offered"));
  TRY(expect.stale, read_rows(*table, "stale", read_stale));
  TRY(expect.fresh, table->texts("fresh"));
  TRY(expect.kept, read_kept(*table));
  TRY_OK(table->finish());
  return expect;
}

Result<StoryStep> read_step(TomlReader& row) {
  StoryStep step;
  TRY(const auto at, row.instant("at"));
  if (!at) return row.missing("at");
  step.at = *at;
  TRY(const auto kind, row.text("kind"));
  TRY(step.kind, parse_report_kind(kind));
  TRY(step.what.ja, row.text("ja"));
  TRY(step.what.en, row.text("en"));
  TRY(step.stated, read_stated(row));
  TRY(step.withdrawn, row.texts("withdrawn"));
  TRY(step.submits, read_rows(row, "submits", read_submission));
  TRY(step.expect, read_expectation(row));
  return step;
}

Status read_qualities(TomlReader& table, OrgAttributes& attributes) {
  TRY(const auto words, table.texts("is"));
  for (const std::string& word : words) {
    bool* const quality = word == "ci"          ? &attributes.ci_operator
                          : word == "keizai"    ? &attributes.keizai
                          : word == "special"   ? &attributes.special
                          : word == "hoan_cert" ? &attributes.hoan_cert
                          : word == "listed"    ? &attributes.listed
                          : word == "pii"       ? &attributes.personal_data
                                                : nullptr;
    if (quality == nullptr) return table.wrong_type("is", "ci, keizai, special, hoan_cert, listed or pii");
    *quality = true;
  }
  return {};
}

Result<Organisation> read_organisation(TomlReader& row) {
  TRY(auto table, row.table("organisation"));
  if (!table) return row.missing("organisation");
  Organisation organisation;
  TRY(organisation.name, table->text("name"));
  TRY(organisation.name_en, table->text("name_en"));
  TRY(const auto kind, table->text_or_empty("kind"));
  TRY(organisation.kind, parse_org_kind(kind.empty() ? "operator" : kind));
  TRY(const auto licences, table->texts("licences"));
  for (const std::string& word : licences) {
    TRY(const auto licence, parse_license(word));
    organisation.attributes.licenses.insert(licence);
  }
  TRY_OK(read_qualities(*table, organisation.attributes));
  TRY(const auto regimes, table->texts("abroad"));
  for (const std::string& word : regimes) {
    TRY(const auto regime, parse_abroad_regime(word));
    organisation.attributes.abroad.insert(regime);
  }
  TRY_OK(table->finish());
  return organisation;
}

}  // namespace

std::string term_text(const Term& term) {
  if (const auto* moment = std::get_if<Instant>(&term)) return tokyo_text(*moment);
  return day_text(std::get<Day>(term));
}

FactSheet facts_after(const Story& story, std::size_t count) {
  FactSheet facts;
  for (std::size_t i = 0; i < count; ++i) {
    const StoryStep& step = story.steps[i];
    FactSheet remaining;
    for (const auto& [name, fact] : facts.all()) {
      const bool withdrawn = std::find(step.withdrawn.begin(), step.withdrawn.end(), name) != step.withdrawn.end();
      if (!withdrawn && !remaining.set(name, fact).ok()) std::abort();
    }
    facts = remaining.updated_with(step.stated);
  }
  return facts;
}

Result<Story> read_story(const std::string& name, const std::string& toml) {
  const std::string file = name + ".toml";
  auto tree = rules::parse_toml(toml);
  if (!tree.ok()) return tree.error().inside(file);
  TomlReader row(*tree, {1, 1}, file);
  Story story;
  story.name = name;
  TRY(story.title, row.bilingual("title"));
  TRY(story.organisation, read_organisation(row));
  TRY(story.steps, read_rows(row, "step", read_step));
  TRY_OK(row.finish());
  for (std::size_t i = 1; i < story.steps.size(); ++i) {
    if (story.steps[i].at <= story.steps[i - 1].at) return row.error("story.order", "Steps stand in order of time.");
  }
  if (story.steps.empty()) return row.missing("step");
  return story;
}

}  // namespace hinomi::stories

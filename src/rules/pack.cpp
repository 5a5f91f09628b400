#include "rules/pack.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "rules/deadline_reader.h"
#include "rules/example_reader.h"
#include "rules/toml_reader.h"

namespace hinomi::rules {
namespace {

constexpr std::size_t kMaxDuties = 500;
constexpr std::size_t kMaxExamples = 500;
constexpr std::size_t kMaxStages = 16;
constexpr std::size_t kMaxTerms = 2000;
constexpr std::array<std::string_view, 4> kVerdicts{"does_not", "may_fire", "fires", "proposed"};
constexpr std::array<std::string_view, 6> kNatures{"statutory",   "framework", "voluntary",
                                                   "contractual", "handling",  "proposed"};
constexpr std::array<std::string_view, 2> kRoutes{"named_direct", "secretariat_anonymised"};
constexpr std::array<std::string_view, 3> kConfidences{"sourced", "from_knowledge", "open"};

bool is_code(std::string_view text, std::string_view extra) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [extra](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || extra.find(c) != std::string_view::npos;
  });
}
bool is_duty_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

// Reads one file; keeps what every row needs.
class PackReader {
 public:
  PackReader(const std::string& file, const Vocabulary& vocabulary) : file_(file), vocabulary_(vocabulary) {}

  Result<Pack> read(const TomlTable& root) {
    TomlReader reader(root, {}, file_);
    TRY_OK(read_head(reader));
    TRY_OK(read_terms(reader));
    TRY_OK(read_parties(reader));
    TRY_OK(read_derivations(reader));
    TRY_OK(read_growths(reader));
    TRY(auto duties, reader.tables("duty", kMaxDuties));
    for (TomlReader& row : duties) TRY_OK(read_duty(row));
    TRY(auto examples, reader.tables("example", kMaxExamples));
    for (TomlReader& row : examples) {
      TRY(auto example, read_example(row));
      pack_.examples.push_back(std::move(example));
    }
    TRY_OK(reader.finish());
    return std::move(pack_);
  }

 private:
  Status read_head(TomlReader& reader) {
    TRY(auto head, reader.table("pack"));
    if (!head) return reader.missing("pack");
    TRY(pack_.id, head->text("id"));
    if (!is_code(pack_.id, "-")) return head->wrong_type("id", "lower-case letters, digits and -");
    TRY(pack_.version, head->text("version"));
    if (!is_code(pack_.version, ".-")) return head->wrong_type("version", "a version like 2026.11.1");
    TRY(pack_.title, head->bilingual("title"));
    TRY(pack_.provenance, head->text("provenance"));
    return head->finish();
  }

  Status read_terms(TomlReader& reader) {
    TRY(auto rows, reader.tables("term", kMaxTerms));
    for (TomlReader& row : rows) {
      TRY(const auto name, row.text("name"));
      const auto fact = std::string_view(name).substr(0, name.find(':'));
      if (vocabulary_.find(fact) == nullptr) return unknown_fact(row, fact);
      BilingualText text;
      TRY(text.ja, row.text("ja"));
      TRY(text.en, row.text("en"));
      TRY_OK(row.finish());
      if (!pack_.terms.emplace(name, std::move(text)).second) return twice(row, name);
    }
    return {};
  }

  Status read_parties(TomlReader& reader) {
    TRY(auto rows, reader.tables("party", kMaxTerms));
    for (TomlReader& row : rows) {
      TRY(const auto code, row.text("code"));
      if (!is_code(code, "_")) return row.wrong_type("code", "lower-case letters, digits and _");
      BilingualText text;
      TRY(text.ja, row.text("ja"));
      TRY(text.en, row.text("en"));
      TRY_OK(row.finish());
      if (!pack_.parties.emplace(code, std::move(text)).second) return twice(row, code);
    }
    return {};
  }

  Status read_derivations(TomlReader& reader) {
    TRY(auto rows, reader.tables("derive", kMaxDuties));
    for (TomlReader& row : rows) {
      TRY(auto fact, read_fact(row, "fact", FactKind::Flag));
      TRY(auto when, read_expression(row, "when"));
      TRY(auto note, row.bilingual("note"));
      TRY_OK(row.finish());
      pack_.derivations.push_back({std::move(fact), std::move(when), std::move(note), file_, row.position()});
    }
    return {};
  }

  Status read_growths(TomlReader& reader) {
    TRY(auto rows, reader.tables("growing", kMaxDuties));
    for (TomlReader& row : rows) {
      Growth growth;
      TRY(growth.fact, read_fact(row, "fact", FactKind::Number));
      if (vocabulary_.find(growth.fact)->unit != "min") return row.wrong_type("fact", "a fact counted in min");
      TRY(growth.while_flag, read_fact(row, "while", FactKind::Flag));
      TRY(growth.since, row.texts("since"));
      for (const auto& name : growth.since) TRY_OK(check_fact(row, name, FactKind::Time));
      if (growth.since.empty()) return row.missing("since");
      TRY_OK(row.finish());
      pack_.growths.push_back(std::move(growth));
    }
    return {};
  }

  Status read_duty(TomlReader& row) {
    TRY(auto id, row.text("id"));
    if (!is_duty_id(id)) return row.wrong_type("id", "capital letters, digits, - and .");
    TRY(auto holder, read_holder(row));
    TRY(auto trigger, read_expression(row, "trigger"));
    Duty duty(std::move(holder), std::move(trigger));
    duty.id = std::move(id);
    duty.file = file_;
    duty.position = row.position();
    TRY_OK(read_law(row, duty));
    TRY_OK(read_answer(row, duty));
    TRY_OK(read_standing(row, duty));
    TRY(auto stages, row.tables("stage", kMaxStages));
    if (stages.empty() != (duty.nature == Nature::Handling)) {
      return row.error("rules.stages", "A duty has at least one stage; one of handling has none.");
    }
    for (TomlReader& stage : stages) {
      TRY(auto read, read_stage(stage));
      duty.stages.push_back(std::move(read));
    }
    TRY_OK(check_stages(row, duty));
    TRY_OK(row.finish());
    pack_.duties.push_back(std::move(duty));
    return {};
  }

  // What the row is and which text of law it renders.
  Status read_law(TomlReader& row, Duty& duty) {
    TRY(duty.title, row.bilingual("title"));
    TRY(duty.basis, row.bilingual("basis"));
    TRY(duty.law_id, row.text_or_empty("law_id"));
    TRY(duty.law_revision, row.text_or_empty("law_revision"));
    TRY(duty.effective_from, row.day("effective_from"));
    TRY(duty.effective_until, row.day("effective_until"));
    if (duty.effective_from && duty.effective_until && *duty.effective_until < *duty.effective_from) {
      return row.wrong_type("effective_until", "a day that is not before effective_from");
    }
    TRY(duty.nature, (row.word<Nature>("nature", kNatures)));
    TRY(const auto category, row.integer("category", 1, 4));
    duty.category = static_cast<int>(category.value_or(0));
    return {};
  }

  // When the clock starts, who hears, by which road, on which form.
  Status read_answer(TomlReader& row, Duty& duty) {
    TRY(duty.clock_start, row.text_or_empty("clock_start"));
    if (!duty.clock_start.empty()) TRY_OK(check_fact(row, duty.clock_start, FactKind::Time));
    TRY(duty.recipients, row.texts("recipients"));
    TRY(duty.copies, row.texts("copies"));
    if (duty.recipients.empty()) return row.missing("recipients");
    TRY(duty.route, (row.word<Route>("route", kRoutes)));
    TRY(duty.form, row.bilingual("form"));
    return {};
  }

  // How far the row may be trusted.
  Status read_standing(TomlReader& row, Duty& duty) {
    TRY(duty.confidence, (row.word<Confidence>("confidence", kConfidences)));
    TRY(duty.verified_on, row.day("verified_on"));
    TRY(duty.verified_by, row.text_or_empty("verified_by"));
    if (duty.verified_on.has_value() == duty.verified_by.empty()) {
      return row.wrong_type("verified_by", "a name exactly when verified_on has a date");
    }
    TRY(duty.provenance, row.text("provenance"));
    return {};
  }

  Result<Stage> read_stage(TomlReader& row) {
    Stage stage;
    TRY(stage.name, row.text("name"));
    TRY(stage.title, row.bilingual("title"));
    TRY(stage.deadline, read_deadline(row));
    if (!stage.deadline.hours_fact.empty()) TRY_OK(check_hours(row, stage.deadline.hours_fact));
    TRY_OK(read_start(row, stage));
    TRY(auto label, row.optional_bilingual("house_target_label"));
    const bool has_target = stage.deadline.house.hours > 0 || stage.deadline.house.days > 0;
    if (has_target != label.has_value()) {
      return row.error("rules.house_target",
                       "A house target and its house_target_label come together: it is never law.");
    }
    if (label) stage.house_label = std::move(*label);
    if (row.all().contains("when")) {
      TRY(auto when, read_expression(row, "when"));
      TRY_OK(refuse_fired(row, when));
      stage.when = std::move(when);
    }
    TRY_OK(row.finish());
    return stage;
  }

  // What starts the clock of a stage, where it is not what starts those of the duty.
  Status read_start(TomlReader& row, Stage& stage) const {
    TRY(stage.after_stage, row.text_or_empty("after_stage"));
    TRY(stage.clock_start, row.text_or_empty("clock_start"));
    if (stage.clock_start.empty()) return {};
    if (!stage.after_stage.empty()) {
      return row.error("rules.clock_start", "A clock starts with clock_start or after_stage, not with both.");
    }
    return check_fact(row, stage.clock_start, FactKind::Time);
  }

  Status check_hours(const TomlReader& row, const std::string& fact) const {
    TRY_OK(check_fact(row, fact, FactKind::Number));
    if (vocabulary_.find(fact)->unit == "h") return {};
    return row.wrong_type("hours_fact", "a fact counted in h");
  }

  // Stages of one name differ in their conditions, and a clock waits for a stage that is there.
  static Status check_stages(const TomlReader& row, const Duty& duty) {
    for (const Stage& stage : duty.stages) {
      const bool is_counted = stage.deadline.kind != DeadlineKind::None && stage.after_stage.empty();
      if (is_counted && duty.clock_start.empty() && stage.clock_start.empty()) return row.missing("clock_start");
      const auto is_same = [&](const Stage& other) { return other.name == stage.name; };
      const bool is_alone = std::count_if(duty.stages.begin(), duty.stages.end(), is_same) == 1;
      if (!is_alone && !stage.when) {
        return row.error("rules.duplicate", fmt::format("Two stages named {} need a when each.", stage.name));
      }
      const auto is_awaited = [&](const Stage& other) { return other.name == stage.after_stage; };
      const bool has_awaited =
          stage.after_stage.empty() || std::any_of(duty.stages.begin(), duty.stages.end(), is_awaited);
      if (!has_awaited || (!stage.after_stage.empty() && stage.after_stage == stage.name)) {
        return row.error("rules.clock_start", fmt::format("There is no other stage named {}.", stage.after_stage));
      }
    }
    return {};
  }

  Result<Expression> read_expression(TomlReader& row, std::string_view key) {
    TRY(const auto text, row.text(key));
    auto parsed = Expression::parse(text, vocabulary_, row.value(key)->position);
    if (!parsed.ok()) return parsed.error().inside(file_);
    return parsed;
  }

  // Who owes a duty is a question about the organisation alone.
  Result<Expression> read_holder(TomlReader& row) {
    TRY(auto holder, read_expression(row, "holder"));
    TRY_OK(refuse_fired(row, holder));
    for (const auto& node : holder.nodes()) {
      const Condition& condition = node.condition;
      if (node.children.empty() && condition.kind != Condition::Kind::Anyone && !condition.name.starts_with("op.")) {
        return row.error("rules.holder", fmt::format("holder asks op.* only, not {}.", condition.name), node.position);
      }
    }
    return holder;
  }
  Status refuse_fired(const TomlReader& row, const Expression& expression) const {
    for (const auto& node : expression.nodes()) {
      if (node.kind == ExpressionNode::Kind::Fired) {
        return row.error("rules.fired_here", "fired(…) belongs in a trigger or a derivation.", node.position);
      }
    }
    return {};
  }

  Result<std::string> read_fact(TomlReader& row, std::string_view key, FactKind kind) {
    TRY(auto name, row.text(key));
    TRY_OK(check_fact(row, name, kind));
    return name;
  }
  Status check_fact(const TomlReader& row, std::string_view name, FactKind kind) const {
    const auto* definition = vocabulary_.find(name);
    if (definition == nullptr) return unknown_fact(row, name);
    if (definition->kind != kind) return row.error("rules.kind_mismatch", fmt::format("{} is of another kind.", name));
    return {};
  }
  static Error unknown_fact(const TomlReader& row, std::string_view name) {
    return row.error("rules.name_unknown", fmt::format("There is no fact named {}.", name));
  }
  static Error twice(const TomlReader& row, std::string_view name) {
    return row.error("rules.duplicate", fmt::format("{} stands here twice.", name));
  }

  const std::string& file_;
  const Vocabulary& vocabulary_;
  Pack pack_;
};

}  // namespace

std::string_view verdict_text(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)]; }
std::string_view nature_text(Nature nature) { return kNatures[static_cast<std::size_t>(nature)]; }
std::string_view route_text(Route route) { return kRoutes[static_cast<std::size_t>(route)]; }
std::string_view confidence_text(Confidence confidence) { return kConfidences[static_cast<std::size_t>(confidence)]; }

Result<Verdict> parse_verdict(std::string_view text) {
  for (const auto verdict : {Verdict::DoesNot, Verdict::MayFire, Verdict::Fires, Verdict::Proposed}) {
    if (text == verdict_text(verdict)) return verdict;
  }
  return invalid("rules.verdict_unknown", "A verdict is one of does_not, may_fire, fires or proposed.");
}

Result<Pack> read_pack(const PackSource& source, const Vocabulary& vocabulary) {
  const auto root = parse_toml(source.text);
  if (!root.ok()) return root.error().inside(source.name);
  return PackReader(source.name, vocabulary).read(*root);
}

}  // namespace hinomi::rules

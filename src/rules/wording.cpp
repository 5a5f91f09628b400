#include "rules/wording.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace hinomi::rules {
namespace {

using Kind = Condition::Kind;

BilingualText comparison_text(Comparison comparison, const BilingualText& amount) {
  switch (comparison) {
    case Comparison::Less: return {amount.ja + "未満", "is less than " + amount.en};
    case Comparison::AtMost: return {amount.ja + "以下", "is at most " + amount.en};
    case Comparison::Equal: return {amount.ja + "に等しい", "equals " + amount.en};
    case Comparison::NotEqual: return {amount.ja + "ではない", "is not " + amount.en};
    case Comparison::AtLeast: return {amount.ja + "以上", "is at least " + amount.en};
    case Comparison::More: return {amount.ja + "超", "is more than " + amount.en};
  }
  return {};
}

// Units as Japanese writes them; those of physics stay Latin in both languages.
std::string unit_ja(const std::string& unit) {
  if (unit == "min") return "分";
  if (unit == "days") return "日";
  if (unit == "persons") return "人";
  if (unit == "households") return "戸";
  if (unit == "h") return "時間";
  return unit.empty() ? "" : " " + unit;
}

BilingualText amount_text(double number, const std::string& unit) {
  const auto digits = number_text(number);
  return {digits + unit_ja(unit), unit.empty() ? digits : digits + " " + unit};
}

BilingualText words_text(const Rulebook& book, const std::string& name, const std::set<std::string>& words) {
  BilingualText result;
  for (const auto& word : words) {
    const BilingualText term = book.term(name + ":" + word);
    result.ja += (result.ja.empty() ? "" : "・") + term.ja;
    result.en += (result.en.empty() ? "" : ", ") + term.en;
  }
  return result;
}

BilingualText member_text(const Rulebook& book, const Condition& condition) {
  const BilingualText name = book.term(condition.name);
  const BilingualText words = words_text(book, condition.name, condition.words);
  if (condition.kind == Kind::Member) {
    return {fmt::format("{}が「{}」{}", name.ja, words.ja, condition.words.size() > 1 ? "のいずれか" : ""),
            fmt::format("{} is {}{}", name.en, condition.words.size() > 1 ? "one of " : "", words.en)};
  }
  return {fmt::format("{}が「{}」ではない", name.ja, words.ja), fmt::format("{} is not {}", name.en, words.en)};
}

BilingualText fired_text(const std::vector<std::string>& patterns) {
  const auto ids = fmt::format("{}", fmt::join(patterns, ", "));
  const bool is_one = patterns.size() == 1 && !ids.ends_with('*');
  return {fmt::format("{}{}に該当の可能性", ids, is_one ? " " : " のいずれか"),
          fmt::format("{}{} may apply", is_one ? "" : "any of ", ids)};
}

BilingualText state_text(const std::optional<ValueState>& state) {
  if (!state) return {"未入力", "not stated"};
  switch (*state) {
    case ValueState::Investigating: return {"調査中", "under investigation"};
    case ValueState::NotApplicable: return {"該当なし", "not applicable"};
    default: return {"不明", "unknown"};
  }
}

BilingualText value_text(const Rulebook& book, const Reason& reason) {
  if (!reason.value) return state_text(reason.state);
  if (const auto* flag = std::get_if<bool>(&*reason.value)) {
    return *flag ? BilingualText{"はい", "yes"} : BilingualText{"いいえ", "no"};
  }
  if (const auto* number = std::get_if<double>(&*reason.value)) {
    const auto amount = amount_text(*number, reason.unit);
    return reason.at_least ? BilingualText{"少なくとも" + amount.ja, "at least " + amount.en} : amount;
  }
  if (const auto* time = std::get_if<Instant>(&*reason.value)) return {tokyo_text(*time), tokyo_text(*time, true)};
  if (const auto* words = std::get_if<std::set<std::string>>(&*reason.value)) {
    return words->empty() ? BilingualText{"なし", "none"} : words_text(book, reason.name, *words);
  }
  const auto& word = std::get<std::string>(*reason.value);
  return word.empty() ? BilingualText{"なし", "none"} : book.term(reason.name + ":" + word);
}

// Where a value comes from that nobody stated.
BilingualText source_text(const Reason& reason) {
  if (!reason.derived) return {};
  return reason.at_least ? BilingualText{"、経過時間による", ", by the time elapsed"}
                         : BilingualText{"、他の事実から導出", ", derived from other facts"};
}

BilingualText truth_label(Truth truth) {
  switch (truth) {
    case Truth::True: return {"満たす", "met"};
    case Truth::False: return {"満たさない", "not met"};
    case Truth::Unknown: return {"未確定", "open"};
  }
  return {};
}

BilingualText joined(const std::vector<Reason>& reasons) {
  BilingualText result;
  for (const Reason& reason : reasons) {
    result.ja += (result.ja.empty() ? "" : "、") + reason.text.ja;
    result.en += (result.en.empty() ? "" : "; ") + reason.text.en;
  }
  return result;
}

BilingualText named(const Rulebook& book, const std::vector<std::string>& names) {
  BilingualText result;
  for (const auto& name : names) {
    const BilingualText term = book.term(name);
    result.ja += (result.ja.empty() ? "" : "、") + term.ja;
    result.en += (result.en.empty() ? "" : ", ") + term.en;
  }
  return result;
}

BilingualText promptness_label(Promptness promptness) {
  switch (promptness) {
    case Promptness::Promptly: return {"速やかに（数値の定めなし）", "promptly (no number in law)"};
    case Promptness::Immediately: return {"直ちに（数値の定めなし）", "immediately (no number in law)"};
    case Promptness::WithoutDelay: return {"遅滞なく（数値の定めなし）", "without delay (no number in law)"};
  }
  return {};
}

BilingualText hours_label(const DeadlineRule& rule) {
  BilingualText label{fmt::format("{}時間以内", rule.number),
                      fmt::format("within {} hour{}", rule.number, rule.number == 1 ? "" : "s")};
  if (rule.roll == Roll::EndOfNextBusinessDay) {
    label.ja += "、又は翌営業日の終わりまでの遅い方";
    label.en += ", or by the end of the next business day if that is later";
  }
  return label;
}

// 30日以内（初日算入）; days that are not Japan's say whose they are.
BilingualText period_label(const DeadlineRule& rule, const BilingualText& unit) {
  const bool included = rule.first_day == FirstDay::Included;
  const auto zone = rule.zone.is_tokyo() ? std::string() : " UTC" + rule.zone.offset_text();
  return {fmt::format("{}{}以内（初日{}{}）", rule.number, unit.ja, included ? "算入" : "不算入",
                      zone.empty() ? "" : "、" + zone.substr(1) + "の暦日"),
          fmt::format("within {} {} (first day {}{})", rule.number, unit.en, included ? "included" : "excluded",
                      zone.empty() ? "" : ", days of" + zone)};
}

}  // namespace

std::string number_text(double number) {
  const auto plain = fmt::format("{}", number);
  const auto whole = plain.find_first_not_of("0123456789");
  std::string digits = plain.substr(0, whole);
  // 1e+20 has no groups; no fact is that large, but a rule's number may be.
  if (whole != std::string::npos && plain[whole] == 'e') return plain;
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) {
    digits.insert(static_cast<std::size_t>(place), ",");
  }
  return whole == std::string::npos ? digits : digits + plain.substr(whole, 3);
}

BilingualText condition_text(const Rulebook& book, const ExpressionNode& leaf) {
  if (leaf.kind == ExpressionNode::Kind::Fired) return fired_text(leaf.patterns);
  const Condition& condition = leaf.condition;
  if (condition.kind == Kind::Anyone) return {"すべての事業者", "any operator"};
  const BilingualText name = book.term(condition.name);
  switch (condition.kind) {
    case Kind::Flag: return name;
    case Kind::Given: return {name.ja + "の値が入力済み", name.en + " has a value"};
    case Kind::Stated: return {name.ja + "について申告あり", "something is said about " + name.en};
    case Kind::Number: {
      const auto asked = comparison_text(condition.comparison, amount_text(condition.number, condition.unit));
      return {name.ja + "が" + asked.ja, name.en + " " + asked.en};
    }
    default: return member_text(book, condition);
  }
}

BilingualText reason_text(const Rulebook& book, const ExpressionNode& leaf, const Reason& reason) {
  const BilingualText condition = condition_text(book, leaf);
  const BilingualText truth = truth_label(reason.truth);
  if (leaf.kind == ExpressionNode::Kind::Fired) {
    const auto ids = fmt::format("{}", fmt::join(reason.duties, ", "));
    if (ids.empty()) return {condition.ja + ": " + truth.ja, condition.en + ": " + truth.en};
    return {fmt::format("{}: {}（{}）", condition.ja, truth.ja, ids),
            fmt::format("{}: {} ({})", condition.en, truth.en, ids)};
  }
  const bool asks_for_words = leaf.condition.kind == Kind::Given || leaf.condition.kind == Kind::Stated;
  if (reason.name.empty() || asks_for_words) return {condition.ja + ": " + truth.ja, condition.en + ": " + truth.en};
  const BilingualText value = value_text(book, reason);
  const BilingualText mark = source_text(reason);
  return {fmt::format("{}: {}（{}{}）", condition.ja, truth.ja, value.ja, mark.ja),
          fmt::format("{}: {} ({}{})", condition.en, truth.en, value.en, mark.en)};
}

BilingualText summary_text(const Rulebook& book, const DutyAssessment& duty) {
  if (duty.duty == nullptr) {
    return {"起点となる日に効力のある規定の版がありません（要確認）。",
            "No version of this row is in force on the day its clock starts; please check."};
  }
  const BilingualText reasons = joined(duty.reasons);
  const BilingualText missing = named(book, duty.missing);
  switch (duty.verdict) {
    case Verdict::Fires:
      return {"該当の可能性があります（要確認）。" + reasons.ja + "。",
              "This may apply; please check. " + reasons.en + "."};
    case Verdict::Proposed:
      return {"まだ施行されていない案です。義務ではありません。" + reasons.ja + "。",
              "This is a proposal that is not in force: nothing is owed. " + reasons.en + "."};
    case Verdict::MayFire:
      return {
          fmt::format("事実が足りず、該当の可能性を否定できません（要確認）。確かめる事項: {}。{}。", missing.ja,
                      reasons.ja),
          fmt::format("Facts are missing and this cannot be ruled out; please check: {}. {}.", missing.en, reasons.en)};
    case Verdict::DoesNot:
      return {"入力された事実の範囲では条件に当たりません（法的な判断ではありません）。" + reasons.ja + "。",
              "On the facts stated, the conditions are not met (this is not a legal judgement). " + reasons.en + "."};
  }
  return {};
}

BilingualText verdict_label(Verdict verdict) {
  switch (verdict) {
    case Verdict::Fires: return {"該当の可能性", "May apply"};
    case Verdict::MayFire: return {"該当の可能性（事実不足・要確認）", "May apply (facts missing, please check)"};
    case Verdict::DoesNot: return {"入力事実では条件に当たらず", "Conditions not met on the facts stated"};
    case Verdict::Proposed: return {"案の段階（義務ではない）", "Proposed only (not an obligation)"};
  }
  return {};
}

BilingualText nature_label(Nature nature) {
  switch (nature) {
    case Nature::Statutory: return {"法令", "by law"};
    case Nature::Framework: return {"行動計画", "action plan"};
    case Nature::Voluntary: return {"任意", "voluntary"};
    case Nature::Contractual: return {"契約", "by contract"};
    case Nature::Handling: return {"取扱い", "handling"};
    case Nature::Proposed: return {"案（未施行）", "proposed, not in force"};
  }
  return {};
}

BilingualText deadline_label(const DeadlineRule& rule) {
  switch (rule.kind) {
    case DeadlineKind::Hours: return hours_label(rule);
    case DeadlineKind::Days: return period_label(rule, {"日", "days"});
    case DeadlineKind::Months: return period_label(rule, {"か月", "months"});
    case DeadlineKind::BusinessDays: return period_label(rule, {"営業日", "business days"});
    case DeadlineKind::FixedDay: {
      const auto day = rule.fixed_day ? day_text(*rule.fixed_day) : std::string();
      return {day + "まで", "by " + day};
    }
    case DeadlineKind::HoursOfFact: return {"契約等で定める時間以内", "within the hours agreed"};
    case DeadlineKind::Promptly: return promptness_label(rule.promptness);
    case DeadlineKind::None: return {"期限の定めは未確認、又はなし", "no term known"};
  }
  return {};
}

BilingualText standing_label(const Duty& duty) {
  if (!duty.verified_on) return {"未検証", "not verified"};
  const auto day = day_text(*duty.verified_on);
  return {fmt::format("{} {} 確認", day, duty.verified_by), fmt::format("verified {} by {}", day, duty.verified_by)};
}

}  // namespace hinomi::rules

#include "stories/compare_forms.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "forms/difference.h"
#include "forms/fill.h"
#include "forms/offer.h"

namespace hinomi::stories {
namespace {

using forms::FilledForm;
using forms::FormBook;
using forms::Occasion;

// The report as it stands after some steps.
struct Moment {
  ReportVersion report;
  rules::Assessment assessment;
};

Moment moment_after(const FormBook& book, const Story& story, std::size_t count) {
  Moment moment{{}, assess_after(book.rulebook(), story, count)};
  moment.report.version = static_cast<std::uint32_t>(count);
  moment.report.filed_at = story.steps[count - 1].at;
  moment.report.content.kind = story.steps[count - 1].kind;
  moment.report.content.summary = story.steps.front().what.ja;
  moment.report.content.facts = facts_after(story, count);
  return moment;
}

// A form that was handed in, and what it said then.
struct Filed {
  Occasion occasion;
  FilledForm form;
};
// The newest of each duty, stage and addressee.
using Cabinet = std::map<std::tuple<std::string, std::string, std::string>, Filed>;

class FormSteps {
 public:
  FormSteps(const FormBook& book, const Story& story) : book_(book), story_(story) {}

  std::vector<Difference> compared() {
    for (count_ = 1; count_ <= story_.steps.size(); ++count_) {
      const Moment now = moment_after(book_, story_, count_);
      file_all(now);
      compare_offers(now);
      for (const StaleForm& stale : expect().stale) compare_stale(stale, now);
      for (const std::string& fresh : expect().fresh) compare_fresh(fresh, now);
    }
    return std::move(differences_);
  }

 private:
  [[nodiscard]] const Expectation& expect() const { return story_.steps[count_ - 1].expect; }
  void add(std::string subject, std::string expected, std::string found) {
    differences_.push_back({count_, std::move(subject), std::move(expected), std::move(found)});
  }
  [[nodiscard]] FilledForm filled(const forms::FormDefinition& form, const Moment& now,
                                  const Occasion& occasion) const {
    return forms::fill(book_, form, {now.report, story_.organisation, now.assessment}, occasion);
  }

  void file_all(const Moment& now) {
    for (const StorySubmission& sent : story_.steps[count_ - 1].submits) {
      if (sent.form.empty()) continue;
      const auto* form = book_.find(sent.form);
      if (form == nullptr) {
        add(sent.form, "a form of the packs", "no such form");
        continue;
      }
      const Occasion occasion{sent.duty, sent.stage};
      cabinet_.insert_or_assign({sent.duty, sent.stage, sent.to}, Filed{occasion, filled(*form, now, occasion)});
    }
  }

  void compare_offers(const Moment& now) {
    const auto offers = forms::forms_offered(book_, now.assessment, now.report.content.facts);
    for (const std::string& expected : expect().offered) {
      const auto is_it = [&](const forms::Offer& offer) { return offer.form->id == expected; };
      if (std::ranges::none_of(offers, is_it)) add(expected, "offered", "not offered");
    }
    for (const forms::Offer& offer : offers) {
      const auto* duty = now.assessment.find(offer.occasion.duty);
      if (duty != nullptr && duty->verdict != rules::Verdict::DoesNot) continue;
      add(offer.form->id, "not offered for " + offer.occasion.duty, "offered");
    }
  }

  // What the newest filing of this form says, and what it would say now; nothing when it was never filed.
  [[nodiscard]] std::vector<std::pair<const FilledForm*, FilledForm>> then_and_now(const std::string& form,
                                                                                   const Moment& now) const {
    std::vector<std::pair<const FilledForm*, FilledForm>> pairs;
    for (const auto& [key, filed] : cabinet_) {
      if (filed.form.form == form) pairs.emplace_back(&filed.form, filled(*book_.find(form), now, filed.occasion));
    }
    return pairs;
  }

  void compare_fresh(const std::string& form, const Moment& now) {
    for (const auto& [sent, newest] : then_and_now(form, now)) {
      for (const auto& changed : forms::differences(*sent, newest)) {
        add(form + " " + changed.label, "as it was sent: " + changed.before, changed.after);
      }
    }
  }

  void compare_stale(const StaleForm& expected, const Moment& now) {
    const auto pairs = then_and_now(expected.form, now);
    if (pairs.empty()) add(expected.form, "stale", "never filed");
    for (const auto& [sent, newest] : pairs) {
      if (!forms::stale(*sent, newest)) add(expected.form, "stale", "as it was sent");
      for (const ChangedFact& changed : expected.changed) compare_fact(expected.form, changed, *sent, newest);
    }
  }

  // Every place of the form that shows the fact.
  static std::vector<std::string> texts_of(const FilledForm& form, const std::string& fact) {
    std::vector<std::string> texts;
    for (const auto& section : form.sections) {
      for (const auto& field : section.fields) {
        for (const auto& entry : field.entries) {
          if (entry.source == fact) texts.push_back(entry.text);
        }
      }
    }
    return texts;
  }

  void compare_fact(const std::string& form, const ChangedFact& changed, const FilledForm& sent,
                    const FilledForm& newest) {
    const auto subject = form + " " + changed.name;
    const auto before = texts_of(sent, changed.name);
    const auto after = texts_of(newest, changed.name);
    if (after.empty()) return add(subject, "shown in the form", "not in the form");
    if (before == after) return add(subject, "changed", "unchanged");
    if (find_fact_definition(changed.name)->kind == FactKind::Choice) return;  // printed as its label
    compare_text(subject + " before", changed.before, before);
    compare_text(subject + " after", changed.after, after);
  }

  // A text or a number that the story names stands in every place that shows the fact.
  void compare_text(const std::string& subject, const std::optional<Fact>& fact,
                    const std::vector<std::string>& printed) {
    if (!fact || !fact->value) return;
    std::string expected;
    if (const auto* text = std::get_if<std::string>(&*fact->value)) expected = *text;
    if (const auto* number = std::get_if<double>(&*fact->value)) expected = fmt::format("{:.0f}", *number);
    if (const auto* time = std::get_if<Instant>(&*fact->value)) expected = tokyo_text(*time);
    for (std::string text : printed) {
      if (std::holds_alternative<double>(*fact->value)) std::erase(text, ',');
      if (text.find(expected) == std::string::npos) add(subject, expected, text);
    }
  }

  const FormBook& book_;
  const Story& story_;
  std::size_t count_ = 1;
  Cabinet cabinet_;
  std::vector<Difference> differences_;
};

}  // namespace

std::vector<Difference> compare_forms(const FormBook& book, const Story& story) {
  return FormSteps(book, story).compared();
}

}  // namespace hinomi::stories

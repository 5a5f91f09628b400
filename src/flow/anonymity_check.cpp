#include "flow/anonymity_check.h"

#include <algorithm>

#include "base/json.h"
#include "policy/permit.h"
#include "policy/readers.h"

namespace hinomi::flow {
namespace {

// Kana, kanji and full-width forms all begin with a byte from 0xE3 on in UTF-8.
Language language_of(const ReportDraft& report) {
  const bool japanese =
      std::ranges::any_of(report.summary, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
  return japanese ? Language::Japanese : Language::English;
}

// The operators, and whoever did report: a supplier, or the secretariat for somebody without a name.
std::vector<Organisation> possible_reporters(const Directory& directory, const OrgId& reporter) {
  std::vector<Organisation> registry;
  for (const auto& [id, org] : directory.orgs) {
    if (org.kind == OrgKind::Operator || id == reporter) registry.push_back(org);
  }
  return registry;
}

// Editions already out about the same report: a reader holds them side by side with the new one. Who decides about the
// release measures with all of them, or not at all. The reporter, who looks on, measures with those that it may read.
Result<std::vector<Edition>> earlier_editions(const Platform& platform, const Caller& caller,
                                              const store::Review& review) {
  const bool decides = policy::permit<policy::action::EditReview>(caller.principal, {review.id}).ok();
  std::vector<Edition> earlier;
  TRY(const auto reviews, platform.store.reviews_of(caller.reach, review.report));
  for (const store::Review& other : reviews) {
    if (!other.release) continue;
    const auto versions = platform.store.release_versions(caller.reach, *other.release);
    if (!versions.ok() && versions.error().kind == ErrorKind::NotFound && !decides) continue;
    if (!versions.ok()) return versions.error();
    for (const Release& version : *versions) {
      if (version.state != ReleaseState::Withdrawn) earlier.push_back(version.edition);
    }
  }
  return earlier;
}

// Values that some other organisation has reported too, as far as the reviewer can see.
Result<std::set<Indicator>> seen_by_others(const Platform& platform, const Caller& caller,
                                           const ReportVersion& report) {
  std::set<Indicator> seen;
  store::Page page{.before = {}, .limit = 200};
  for (;;) {
    TRY(const auto reports, platform.store.reports(caller.reach, page));
    for (const ReportVersion& other : reports.rows) {
      if (other.org == report.org) continue;
      const auto& indicators = other.content.technical.indicators;
      seen.insert(indicators.begin(), indicators.end());
    }
    if (!reports.next) return seen;
    page.before = reports.next;
  }
}

Result<anonymity::Circumstances> circumstances_of(const Platform& platform, const Caller& caller,
                                                  const store::Review& review, const ReportVersion& report) {
  const ReviewDecisions decisions = read_decisions(review.decisions);
  anonymity::Circumstances circumstances;
  circumstances.registry = possible_reporters(*caller.directory, report.org);
  circumstances.reporter = report.org;
  circumstances.readers = policy::readers_of(*caller.directory, review.release_label).orgs;
  TRY(circumstances.earlier, earlier_editions(platform, caller, review));
  circumstances.attacker = report.content.technical.indicators;
  TRY(circumstances.seen_by_others, seen_by_others(platform, caller, report));
  circumstances.indicator_waiver = report.content.technical_preconsent;
  circumstances.cleared = decisions.cleared;
  circumstances.pseudonyms = decisions.pseudonyms;
  circumstances.language = language_of(report.content);
  circumstances.policy = platform.anonymity_policy;
  return circumstances;
}

}  // namespace

std::string decisions_text(const ReviewDecisions& decisions) {
  JsonWriter out;
  out.begin_object().key("cleared").begin_array();
  for (const std::string& text : decisions.cleared) out.string(text);
  out.end_array().key("pseudonyms").begin_object();
  for (const auto& [entity, letter] : decisions.pseudonyms) out.member(entity, letter);
  return out.end_object().end_object().take();
}

ReviewDecisions read_decisions(std::string_view json) {
  ReviewDecisions decisions;
  const auto document = parse_json(json);
  if (!document.ok()) return decisions;
  if (const auto cleared = (*document)->root().find("cleared")) {
    for (const JsonView item : *cleared) decisions.cleared.emplace(item.string().value_or(""));
  }
  if (const auto pseudonyms = (*document)->root().find("pseudonyms")) {
    for (const JsonView item : *pseudonyms) decisions.pseudonyms.emplace(item.key(), item.string().value_or(""));
  }
  return decisions;
}

Result<ReportVersion> report_under_review(const Platform& platform, const Caller& caller, const store::Review& review) {
  TRY(const auto versions, platform.store.report_versions(caller.reach, review.report));
  for (const ReportVersion& version : versions) {
    if (version.version == review.report_version) return version;
  }
  return not_found();
}

Result<anonymity::Proposal> propose_for(const Platform& platform, const Caller& caller, const store::Review& review,
                                        const ReportVersion& report) {
  TRY(const auto circumstances, circumstances_of(platform, caller, review, report));
  return platform.anonymiser.propose(report.content, circumstances);
}

Result<anonymity::Measure> measure_edition(const Platform& platform, const Caller& caller, const store::Review& review,
                                           const ReportVersion& report) {
  TRY(const auto circumstances, circumstances_of(platform, caller, review, report));
  return platform.anonymiser.measure(review.edition, circumstances);
}

Status check_anonymity(const Platform& platform, const Caller& caller, const store::Review& review,
                       const ReportVersion& report) {
  TRY(const auto circumstances, circumstances_of(platform, caller, review, report));
  TRY([[maybe_unused]] const auto measure, platform.anonymiser.check_release(review.edition, circumstances));
  return {};
}

Edition technical_only(const ReportDraft& report) {
  Edition edition;
  edition.kind = EditionKind::TechnicalOnly;
  edition.title = language_of(report) == Language::Japanese ? "攻撃技術情報" : "Attack-technical information";
  edition.indicators = report.technical.indicators;
  edition.techniques = report.technical.techniques;
  edition.cves = report.technical.cves;
  return edition;
}

Edition verbatim_story(const ReportDraft& report) {
  Edition edition = technical_only(report);
  edition.kind = EditionKind::Story;
  edition.title = report.title;
  edition.body = report.summary;
  if (!report.technical.text.empty()) edition.body += "\n\n" + report.technical.text;
  return edition;
}

}  // namespace hinomi::flow

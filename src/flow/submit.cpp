#include "flow/submit.h"

#include <algorithm>
#include <ranges>
#include <tuple>

#include "base/text.h"
#include "flow/file_report.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;

// Clocks of people's machines run a little ahead.
constexpr auto kClockSkew = std::chrono::minutes(5);
constexpr std::size_t kMaxWho = 200;

Result<std::string> chosen_addressee(const forms::Offer& offer, const std::string& named) {
  if (named.empty() && offer.addressees.size() == 1) return offer.addressees.front();
  if (std::ranges::find(offer.addressees, named) != offer.addressees.end()) return named;
  std::string codes;
  for (const std::string& code : offer.addressees) codes.append(codes.empty() ? "" : ", ").append(code);
  return invalid("submission.addressee", "Name one of those that this form goes to: " + codes + ".", "addressee");
}

// A repeat, also one that lost the race against its twin, gets what the first one made.
Result<Submission> earlier_submission(const Platform& platform, const Caller& caller, const std::string& id) {
  TRY(const SubmissionId submission, SubmissionId::parse(id));
  return platform.store.submission(caller.reach, submission);
}

Result<Submission> answer_repeat(const Platform& platform, const Caller& caller, const std::optional<RepeatKey>& repeat,
                                 const Error& error) {
  if (error.code != "idempotency.repeated") return error;
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (!earlier) return error;
  return earlier_submission(platform, caller, *earlier);
}

Submission frozen(const Platform& platform, const Caller& caller, const ReportVersion& report, const ReportForm& form) {
  Submission submission;
  submission.id = SubmissionId::random(platform.random);
  submission.report = report.report;
  submission.report_version = report.version;
  submission.org = report.org;
  submission.duty = form.offer.occasion.duty;
  submission.stage = form.offer.occasion.stage;
  submission.form = form.offer.form->id;
  submission.form_version = form.offer.form->version;
  submission.recorded_by = caller.principal.person;
  submission.recorded_at = platform.clock.now();
  submission.filled = forms::filled_form_text(form.filled);
  submission.digest = sha256(submission.filled);
  return submission;
}

// The same form on the same occasion as it would read now, whether or not the duty still asks for it.
std::optional<forms::FilledForm> filled_again(const Platform& platform, const Caller& caller,
                                              const ReportVersion& newest, const rules::Assessment& assessment,
                                              const Submission& submission) {
  const forms::FormDefinition* definition = platform.form_book->find(submission.form);
  if (definition == nullptr) return std::nullopt;
  const Organisation& organisation = caller.directory->orgs.at(newest.org);
  return forms::fill(*platform.form_book, *definition, {newest, organisation, assessment},
                     {submission.duty, submission.stage});
}

Result<SubmissionStanding> standing(const Platform& platform, const Caller& caller, const ReportVersion& newest,
                                    const rules::Assessment& assessment, Submission submission) {
  SubmissionStanding result;
  TRY(result.sent, forms::parse_filled_form(submission.filled));
  result.newest = filled_again(platform, caller, newest, assessment, submission);
  if (result.newest) result.stale = forms::differences(result.sent, *result.newest);
  result.newest_version = newest.version;
  if (const auto* duty = assessment.find(submission.duty)) result.verdict = duty->verdict;
  result.submission = std::move(submission);
  return result;
}

// One line that a terminal shows as it is.
bool is_name(std::string_view text) {
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  return !trimmed(text).empty() && text.size() <= kMaxWho && std::ranges::none_of(text, control);
}

Status check_receipt(const ReceiptAct& act, const Submission& submission, Instant now) {
  if (!is_name(act.who))
    return invalid("submission.receipt_who", "Say who confirmed it at the addressee: one line of at most 200 bytes.",
                   "who");
  // People give the minute; the machine's own "now" has seconds.
  const Instant sent = std::chrono::floor<std::chrono::minutes>(submission.sent_at);
  if (act.confirmed_at > now + kClockSkew || act.confirmed_at < sent)
    return invalid("submission.receipt_at", "A receipt is confirmed after the form was sent and not later than now.",
                   "confirmed_at");
  return {};
}

}  // namespace

Result<Submission> record_submission(const Platform& platform, const Caller& caller, const ReportVersion& report,
                                     const SubmissionAct& act, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return earlier_submission(platform, caller, *earlier);
  TRY(const auto permit, policy::permit<action::RecordSubmission>(caller.principal, {report.report, report.org}));
  TRY(const ReportForm form, fill_form(platform, caller, report, act.wish));
  Submission submission = frozen(platform, caller, report, form);
  TRY(submission.addressee, chosen_addressee(form.offer, act.addressee));
  if (act.sent_at > submission.recorded_at + kClockSkew)
    return invalid("submission.sent_at", "A form is recorded after it was sent.", "sent_at");
  if (submission.digest != act.seen) {
    return conflict("submission.form_changed",
                    "The form no longer reads as you have seen it. Look at it again and record what was sent.");
  }
  submission.channel = act.channel;
  submission.sent_at = act.sent_at;
  store::Alongside with = alongside(platform, caller, repeat);
  with.ledger.push_back(
      ledger_entry(platform, "submission.recorded", submission.id.text(), 1, submission_text(submission)));
  const Status recorded = platform.store.record_submission(permit, submission, with);
  if (!recorded.ok()) return answer_repeat(platform, caller, repeat, recorded.error());
  platform.log.info("submission_recorded",
                    {{"report", submission.report.text()}, {"submission", submission.id.text()}});
  return submission;
}

Result<Submission> confirm_receipt(const Platform& platform, const Caller& caller, const ReportId& report,
                                   const ReceiptAct& act, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return earlier_submission(platform, caller, *earlier);
  TRY(const Submission submission, platform.store.submission(caller.reach, act.submission));
  if (submission.report != report) return not_found();
  TRY(const auto permit, policy::permit<action::ConfirmReceipt>(caller.principal, {submission.id, submission.org}));
  store::Alongside with = alongside(platform, caller, repeat);
  TRY_OK(check_receipt(act, submission, with.at));
  const SubmissionReceipt receipt{SubmissionReceiptId::random(platform.random),
                                  act.channel,
                                  act.who,
                                  act.confirmed_at,
                                  caller.principal.person,
                                  with.at};
  with.ledger.push_back(
      ledger_entry(platform, "submission.receipt", receipt.id.text(), 1, submission_receipt_text(receipt)));
  const Status confirmed = platform.store.confirm_receipt(permit, receipt, with);
  if (!confirmed.ok()) return answer_repeat(platform, caller, repeat, confirmed.error());
  platform.log.info("submission_receipt", {{"submission", submission.id.text()}});
  return platform.store.submission(caller.reach, submission.id);
}

Result<std::vector<SubmissionStanding>> submissions_of_report(const Platform& platform, const Caller& caller,
                                                              const ReportVersion& newest) {
  TRY(auto submissions, platform.store.submissions_of(caller.reach, newest.report));
  std::vector<SubmissionStanding> standings;
  if (submissions.empty()) return standings;
  TRY(const rules::Assessment assessment, assess_report(platform, caller, newest));
  for (Submission& submission : submissions) {
    TRY(auto one, standing(platform, caller, newest, assessment, std::move(submission)));
    standings.push_back(std::move(one));
  }
  std::set<std::tuple<std::string, std::string, std::string, std::string>> later;
  for (SubmissionStanding& each : std::views::reverse(standings)) {
    const Submission& sent = each.submission;
    each.superseded = !later.emplace(sent.duty, sent.stage, sent.form, sent.addressee).second;
  }
  return standings;
}

Result<SubmissionStanding> find_submission(const Platform& platform, const Caller& caller, const ReportVersion& newest,
                                           std::string_view id) {
  const auto parsed = SubmissionId::parse(id);
  if (!parsed.ok()) return not_found();
  TRY(auto submissions, submissions_of_report(platform, caller, newest));
  for (SubmissionStanding& each : submissions) {
    if (each.submission.id == *parsed) return std::move(each);
  }
  return not_found();
}

std::set<std::string> handed_in_to(const std::vector<SubmissionStanding>& submissions,
                                   const forms::Occasion& occasion) {
  std::set<std::string> parties;
  for (const SubmissionStanding& each : submissions) {
    if (each.submission.duty == occasion.duty && each.submission.stage == occasion.stage)
      parties.insert(each.submission.addressee);
  }
  return parties;
}

bool is_handed_in(const std::vector<SubmissionStanding>& submissions, const forms::Offer& offer) {
  const auto parties = handed_in_to(submissions, offer.occasion);
  return !parties.empty() &&
         std::ranges::all_of(offer.addressees, [&](const std::string& code) { return parties.contains(code); });
}

Result<std::vector<forms::Occasion>> stages_handed_in(const Platform& platform, const Caller& caller,
                                                      const ReportVersion& report,
                                                      const std::vector<SubmissionStanding>& submissions) {
  std::vector<forms::Occasion> stages;
  if (submissions.empty()) return stages;
  TRY(const FormsOfReport asked, forms_of_report(platform, caller, report));
  for (const forms::Offer& offer : asked.offers) {
    if (is_handed_in(submissions, offer)) stages.push_back(offer.occasion);
  }
  return stages;
}

}  // namespace hinomi::flow

#include "api/present_submissions.h"

#include "api/present.h"
#include "base/bytes.h"

namespace hinomi::api {
namespace {

void write_receipt(JsonWriter& out, const Api& api, const Visit& visit, const SubmissionReceipt& receipt) {
  const std::string_view channel = submission_channel_text(receipt.channel);
  out.begin_object().member("id", receipt.id.text()).member("channel", channel);
  out.member("channel_text", api.text(visit, "page.channel." + std::string(channel))).member("who", receipt.who);
  out.member("confirmed_at", to_rfc3339(receipt.confirmed_at)).key("recorded_by");
  write_named_person(out, *visit.who().directory, receipt.recorded_by);
  out.member("recorded_at", to_rfc3339(receipt.recorded_at)).end_object();
}

void write_sending(JsonWriter& out, const Api& api, const Visit& visit, const Submission& submission) {
  const std::string_view channel = submission_channel_text(submission.channel);
  out.key("addressee").begin_object().member("code", submission.addressee);
  out.member("name", api.platform().rulebook->party(submission.addressee).in(visit.language)).end_object();
  out.member("channel", channel).member("channel_text", api.text(visit, "page.channel." + std::string(channel)));
  out.member("sent_at", to_rfc3339(submission.sent_at)).key("recorded_by");
  write_named_person(out, *visit.who().directory, submission.recorded_by);
  out.member("recorded_at", to_rfc3339(submission.recorded_at));
}

}  // namespace

void write_differences(JsonWriter& out, const std::vector<forms::FieldDifference>& differences) {
  out.key("stale").begin_array();
  for (const forms::FieldDifference& difference : differences) {
    out.begin_object().member("field", difference.field).member("label", difference.label);
    out.member("before", difference.before).member("after", difference.after).end_object();
  }
  out.end_array();
}

void write_submission_members(JsonWriter& out, const Api& api, const Visit& visit,
                              const flow::SubmissionStanding& standing) {
  const Submission& submission = standing.submission;
  out.member("id", submission.id.text())
      .member("report_version", static_cast<std::int64_t>(submission.report_version))
      .member("duty", submission.duty)
      .member("duty_title", standing.sent.duty_title)
      .member("stage", submission.stage)
      .member("stage_title", standing.sent.stage_title)
      .member("form", submission.form)
      .member("form_version", submission.form_version)
      .member("title", standing.sent.title)
      .member("digest", to_hex(submission.digest));
  write_sending(out, api, visit, submission);
  out.key("receipts").begin_array();
  for (const SubmissionReceipt& receipt : submission.receipts) write_receipt(out, api, visit, receipt);
  out.end_array().member("verdict", rules::verdict_text(standing.verdict));
  out.member("newest_version", static_cast<std::int64_t>(standing.newest_version));
  out.member("comparable", standing.newest.has_value()).member("superseded", standing.superseded);
  write_differences(out, standing.stale);
}

void write_submission(JsonWriter& out, const Api& api, const Visit& visit, const flow::SubmissionStanding& standing) {
  out.begin_object();
  write_submission_members(out, api, visit, standing);
  out.end_object();
}

Result<forms::FilledForm> supplement_to(const flow::SubmissionStanding& standing) {
  if (!standing.newest) {
    return conflict("submission.form_gone",
                    "This installation has no such form any more. Write the supplement by hand from the differences.");
  }
  return forms::supplement(standing.sent, *standing.newest);
}

}  // namespace hinomi::api

// What was handed in to authorities: recorded, confirmed, listed with what has become stale, supplemented.
#include <algorithm>

#include "api/present.h"
#include "api/present_forms.h"
#include "api/present_submissions.h"
#include "api/rest.h"
#include "flow/file_report.h"
#include "model/json_fields.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

// A member that is a time; now without it.
Result<Instant> time_or_now(const Api& api, const JsonFields& fields, std::string_view name) {
  TRY(const std::string text, fields.text_or_empty(name));
  if (text.empty()) return api.platform().clock.now();
  auto time = parse_rfc3339(text);
  if (!time.ok()) return time.error().inside(fields.pointer_to(name));
  return *time;
}

Result<SubmissionChannel> channel_in(const JsonFields& fields) {
  TRY(const std::string word, fields.text("channel"));
  auto channel = parse_submission_channel(word);
  if (!channel.ok()) return channel.error().inside(fields.pointer_to("channel"));
  return *channel;
}

Result<Sha256> digest_in(const JsonFields& fields) {
  TRY(const std::string text, fields.text("digest"));
  const auto bytes = from_hex(text);
  Sha256 digest{};
  if (!bytes.ok() || bytes->size() != digest.size())
    return invalid("submission.digest", "Give the digest of the form as it was shown, 64 hexadecimal digits.",
                   fields.pointer_to("digest"));
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

Result<std::uint32_t> version_in(const JsonFields& fields) {
  TRY(const JsonView value, fields.required("report_version"));
  const auto version = value.integer();
  if (!version || *version < 1 || *version > 1'000'000)
    return invalid("report.version", "A version is a number from 1.", fields.pointer_to("report_version"));
  return static_cast<std::uint32_t>(*version);
}

Result<flow::SubmissionAct> submission_act(const Api& api, const JsonFields& fields) {
  flow::SubmissionAct act;
  TRY(act.wish.form, fields.text("form"));
  TRY(act.wish.duty, fields.text("duty"));
  TRY(act.wish.stage, fields.text("stage"));
  TRY(act.seen, digest_in(fields));
  TRY(act.addressee, fields.text_or_empty("addressee"));
  TRY(act.channel, channel_in(fields));
  TRY(act.sent_at, time_or_now(api, fields, "sent_at"));
  return act;
}

Result<HttpResponse> submission_response(const Api& api, const Visit& visit, const SubmissionId& id, int status) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, id.text()));
  JsonWriter out;
  write_submission(out, api, visit, standing);
  return json_response(out.take(), status);
}

}  // namespace

Result<HttpResponse> get_report_submissions(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto submissions, flow::submissions_of_report(api.platform(), visit.who(), newest));
  JsonWriter out;
  out.begin_object().member("report", newest.report.text()).member("number", newest.number.text());
  out.member("report_version", static_cast<std::int64_t>(newest.version)).key("items").begin_array();
  for (const flow::SubmissionStanding& standing : submissions) write_submission(out, api, visit, standing);
  const bool may = policy::permit<action::RecordSubmission>(visit.who().principal, {newest.report, newest.org}).ok();
  out.end_array().key("abilities").begin_object().member("record", may).end_object();
  return json_response(out.end_object().take());
}

Result<HttpResponse> post_report_submission(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto document, json_body(visit.request, {"form", "duty", "stage", "report_version", "digest", "addressee",
                                                     "channel", "sent_at"}));
  TRY(const auto fields,
      JsonFields::open(document->root(), "",
                       {"form", "duty", "stage", "report_version", "digest", "addressee", "channel", "sent_at"}));
  TRY(const std::uint32_t version, version_in(fields));
  TRY(const flow::SubmissionAct act, submission_act(api, fields));
  TRY(const ReportVersion report, api.platform().store.report_version(visit.who().reach, newest.report, version));
  TRY(const Submission recorded,
      flow::record_submission(api.platform(), visit.who(), report, act, repeat_key(visit.request)));
  return submission_response(api, visit, recorded.id, 201);
}

Result<HttpResponse> get_report_submission(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  JsonWriter out;
  out.begin_object();
  write_submission_members(out, api, visit, standing);
  out.key("filled").raw(standing.submission.filled);
  return json_response(out.end_object().take());
}

Result<HttpResponse> get_report_supplement(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  TRY(const forms::FilledForm supplement, supplement_to(standing));
  JsonWriter out;
  out.begin_object().member("submission", standing.submission.id.text());
  out.member("report", newest.report.text()).member("number", newest.number.text());
  out.member("report_version", static_cast<std::int64_t>(newest.version));
  write_differences(out, standing.stale);
  write_filled_members(out, supplement);
  return json_response(out.end_object().take());
}

Result<HttpResponse> post_report_receipt(Api& api, const Visit& visit) {
  TRY(const ReportVersion newest, flow::find_report(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto standing, flow::find_submission(api.platform(), visit.who(), newest, visit.value("submission")));
  TRY(const auto document, json_body(visit.request, {"channel", "who", "confirmed_at"}));
  TRY(const auto fields, JsonFields::open(document->root(), "", {"channel", "who", "confirmed_at"}));
  flow::ReceiptAct act;
  act.submission = standing.submission.id;
  TRY(act.channel, channel_in(fields));
  TRY(act.who, fields.text("who"));
  TRY(act.confirmed_at, time_or_now(api, fields, "confirmed_at"));
  TRY(const Submission confirmed,
      flow::confirm_receipt(api.platform(), visit.who(), newest.report, act, repeat_key(visit.request)));
  return submission_response(api, visit, confirmed.id, 201);
}

}  // namespace hinomi::api

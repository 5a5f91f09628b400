#include "model/submission.h"

#include "base/json.h"
#include "model/json_fields.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<SubmissionChannel, 7> kChannels{"submission.channel",
                                                {"mail", "web_form", "phone", "fax", "post", "in_person", "other"}};

Result<Instant> time_of(const JsonFields& fields, std::string_view name) {
  TRY(const std::string text, fields.text(name));
  return parse_rfc3339(text);
}

}  // namespace

std::string_view submission_channel_text(SubmissionChannel channel) { return kChannels.text(channel); }

Result<SubmissionChannel> parse_submission_channel(std::string_view text) { return kChannels.parse(text); }

std::vector<std::string_view> submission_channels() { return {kChannels.words.begin(), kChannels.words.end()}; }

std::string submission_text(const Submission& submission) {
  JsonWriter out;
  out.begin_object().member("duty", submission.duty).member("stage", submission.stage);
  out.member("form", submission.form).member("form_version", submission.form_version);
  out.member("addressee", submission.addressee).member("channel", submission_channel_text(submission.channel));
  out.member("sent_at", to_rfc3339(submission.sent_at));
  // As a text, not as an object: it is the very bytes that the digest is of.
  out.member("filled", submission.filled);
  return out.end_object().take();
}

Status read_submission_text(std::string_view json, Submission& submission) {
  TRY(const auto document, parse_json(json));
  TRY(const auto fields,
      JsonFields::open(document->root(), "",
                       {"duty", "stage", "form", "form_version", "addressee", "channel", "sent_at", "filled"}));
  TRY(submission.duty, fields.text("duty"));
  TRY(submission.stage, fields.text("stage"));
  TRY(submission.form, fields.text("form"));
  TRY(submission.form_version, fields.text("form_version"));
  TRY(submission.addressee, fields.text("addressee"));
  TRY(const std::string channel, fields.text("channel"));
  TRY(submission.channel, parse_submission_channel(channel));
  TRY(submission.sent_at, time_of(fields, "sent_at"));
  TRY(submission.filled, fields.text("filled"));
  submission.digest = sha256(submission.filled);
  return {};
}

std::string submission_receipt_text(const SubmissionReceipt& receipt) {
  JsonWriter out;
  out.begin_object().member("channel", submission_channel_text(receipt.channel)).member("who", receipt.who);
  return out.member("confirmed_at", to_rfc3339(receipt.confirmed_at)).end_object().take();
}

Status read_submission_receipt_text(std::string_view json, SubmissionReceipt& receipt) {
  TRY(const auto document, parse_json(json));
  TRY(const auto fields, JsonFields::open(document->root(), "", {"channel", "who", "confirmed_at"}));
  TRY(const std::string channel, fields.text("channel"));
  TRY(receipt.channel, parse_submission_channel(channel));
  TRY(receipt.who, fields.text("who"));
  TRY(receipt.confirmed_at, time_of(fields, "confirmed_at"));
  return {};
}

}  // namespace hinomi

// A form that somebody handed in to an authority outside the platform: for which stage of which duty, to whom, when and
// how, with the text that was sent, and the receipts its addressee gave. Plain values; nothing in them is ever changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"

namespace hinomi {

using SubmissionId = Id<struct SubmissionTag>;
using SubmissionReceiptId = Id<struct SubmissionReceiptTag>;

// How a form left, or how its receipt was confirmed.
enum class SubmissionChannel { Mail, WebForm, Phone, Fax, Post, InPerson, Other };
std::string_view submission_channel_text(SubmissionChannel channel);        // "mail", "web_form", …
Result<SubmissionChannel> parse_submission_channel(std::string_view text);  // Invalid "submission.channel"
std::vector<std::string_view> submission_channels();                        // every word, in order

// The addressee's word that it has arrived: added, never edited.
struct SubmissionReceipt {
  SubmissionReceiptId id;
  SubmissionChannel channel = SubmissionChannel::Phone;
  std::string who;  // at their side
  Instant confirmed_at;
  PersonId recorded_by;
  Instant recorded_at;
  bool operator==(const SubmissionReceipt&) const = default;
};

struct Submission {
  SubmissionId id;
  ReportId report;
  std::uint32_t report_version = 1;
  OrgId org;  // whose report it is
  std::string duty;
  std::string stage;
  std::string form;
  std::string form_version;
  std::string addressee;  // code of a party
  SubmissionChannel channel = SubmissionChannel::Mail;
  Instant sent_at;
  PersonId recorded_by;
  Instant recorded_at;
  std::string filled;                       // canonical text of the form as it was sent (forms/filled.h)
  Sha256 digest{};                          // of that text
  std::vector<SubmissionReceipt> receipts;  // in the order they were recorded
  bool operator==(const Submission&) const = default;
};

// What is kept of them besides ids, as canonical JSON, and back. Receipts are texts of their own.
std::string submission_text(const Submission& submission);
Status read_submission_text(std::string_view json, Submission& submission);
std::string submission_receipt_text(const SubmissionReceipt& receipt);
Status read_submission_receipt_text(std::string_view json, SubmissionReceipt& receipt);

}  // namespace hinomi

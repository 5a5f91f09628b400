// How forms look in JSON (docs/openapi/openapi.json).
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/report_forms.h"
#include "flow/submit.h"

namespace hinomi::api {

// Borrowed: what a report asks for and what was handed in of it.
struct OfferContext {
  const flow::FormsOfReport& asked;
  const std::vector<flow::SubmissionStanding>& submissions;
};
// One form for one stage of one duty, why it is asked for, what is missing in it, and to whom it was handed in.
void write_offer_members(JsonWriter& out, const Api& api, const Visit& visit, const OfferContext& context,
                         const flow::ReportForm& form);
// The filled form as its canonical text, with the SHA-256 of exactly those bytes.
void write_filled_members(JsonWriter& out, const forms::FilledForm& filled);

// A version as people write it. Invalid "report.version" when it is no number from 1.
Result<std::uint32_t> version_number(std::string_view text);
// `version` of the query; nothing without it. Invalid "report.version" when it is no number from 1.
Result<std::optional<std::uint32_t>> version_asked(const Visit& visit);
flow::FormWish form_wish(const Visit& visit);

}  // namespace hinomi::api

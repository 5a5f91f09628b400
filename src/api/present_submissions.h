// How submissions look in JSON (docs/openapi/openapi.json).
#pragma once

#include "api/api.h"
#include "base/json.h"
#include "flow/submit.h"

namespace hinomi::api {

// What was handed in, its receipts, and the fields that read differently now.
void write_submission_members(JsonWriter& out, const Api& api, const Visit& visit,
                              const flow::SubmissionStanding& standing);
void write_submission(JsonWriter& out, const Api& api, const Visit& visit, const flow::SubmissionStanding& standing);
// "stale": [{field, label, before, after}]
void write_differences(JsonWriter& out, const std::vector<forms::FieldDifference>& differences);

// The newest filling with 訂正 at each field that differs. Conflict "submission.form_gone" when the installation has no
// such form any more.
Result<forms::FilledForm> supplement_to(const flow::SubmissionStanding& standing);

}  // namespace hinomi::api

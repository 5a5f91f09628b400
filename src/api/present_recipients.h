// Who gets what of a report, and 相手の目で見る, in JSON (docs/openapi/openapi.json).
#pragma once

#include <string>

#include "api/api.h"
#include "base/json.h"
#include "flow/deliveries.h"
#include "flow/recipients.h"

namespace hinomi::api {

// As people call the recipient: the organisations that read the report itself, an authority, or members.
std::string recipient_name(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                           const flow::Recipient& recipient);
// As people call the recipient of a row of deliveries.
std::string delivery_name(const Api& api, const Visit& visit, const flow::DeliveryRow& row);
// The names of those that will see a fact or a part of the story, in the order of the recipients; authorities whose
// duties are still open as a number.
std::string seen_by_names(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                          std::string_view source);
// "recipients" and "seen_by".
void write_recipients_members(JsonWriter& out, const Api& api, const Visit& visit,
                              const flow::ReportRecipients& recipients);
// What one of them gets, byte for byte: the content, the forms with their digests, or the editions.
Result<std::string> recipient_view(const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                                   const flow::Recipient& recipient);

}  // namespace hinomi::api

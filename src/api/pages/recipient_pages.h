// 届く相手 and 相手の目で見る as pages: who gets what and when, and what one of them sees.
#pragma once

#include "api/pages/frame.h"
#include "flow/recipients.h"

namespace hinomi::api {

// How a row leads to what its recipient sees: by a link of a filed report, or by a button of the form around the list.
enum class LookBy { Link, Button };
void draw_recipients(Html& html, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                     LookBy look);
// "Seen by: …" for a fact or a part of the story; nothing where nobody would see it.
void draw_seen_by(Html& html, const Api& api, const Visit& visit, const flow::ReportRecipients& recipients,
                  std::string_view source);

}  // namespace hinomi::api

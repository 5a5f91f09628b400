// The side of whoever tells something without a name: send it, come back with the code, read the answer, write more.
// No function here takes a caller, so that nothing of one can be kept. Times are kept to the hour, and nothing is
// logged: a log line has its time to the second.
#pragma once

#include <string>

#include "flow/platform.h"
#include "model/receipt_code.h"
#include "model/unnamed_report.h"

namespace hinomi::flow {

struct UnnamedSending {
  UnnamedStory story;
  UnnamedIdentity identity;
  std::string form_key;  // of the page, 1 to 200 characters: sent twice, it is taken once
};
// As sending would, without writing: Unavailable "unnamed.off" where the installation does not take them; Invalid
// "unnamed.empty" when nothing is said, and as checked_story and checked_identity say.
Status check_unnamed(const Platform& platform, const UnnamedSending& sending);
// Keeps it and tells the analysts. The code is here and nowhere else. Besides the above Conflict
// "unnamed.sent_before"; Unavailable "unnamed.too_many" when too many wait for an answer.
Result<ReceiptCode> send_unnamed(const Platform& platform, const UnnamedSending& sending);

struct ReceiptTry {
  SecretText typed;
  std::string source;  // network address; a keyed hash of it is counted where the code is wrong, beside nothing else
};
// Invalid as ReceiptCode::parse says, which is not counted; NotFound "receipt.unknown" for every code that opens
// nothing; Unavailable "receipt.too_many" above the limits.
Result<UnnamedReport> find_behind_code(const Platform& platform, const ReceiptTry& code);

struct UnnamedWords {
  std::string text;
  std::string form_key;
};
// Besides the above Invalid "unnamed.text", Conflict "unnamed.closed", TooLarge "unnamed.talk_full".
Result<UnnamedReport> say_more(const Platform& platform, const ReceiptTry& code, const UnnamedWords& words);

}  // namespace hinomi::flow

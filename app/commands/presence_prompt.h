// Asks the person at the terminal to show that they are there, for one act: a one-time code, or the password of who has
// no second factor. From the terminal, or a line of standard input where there is none; never from a flag.
#pragma once

#include <string>

#include "app/client.h"
#include "app/context.h"

namespace hinomi::app {

// The value of "step_up" for a request. `purpose` names the act ("review.approve 5f0c… 3"). Forbidden
// "cli.step_up_passkey" where the person has only a passkey: that needs a browser.
Result<std::string> ask_presence(const Context& context, const Client& client, const std::string& purpose);

// A body with nothing but that: {"step_up":…}.
Result<std::string> presence_alone(const Context& context, const Client& client, const std::string& purpose);
// The same for what stands at this path, as it stands there: its "step_up_purpose". Where it has none the act is asked
// for anyhow, and the server says why not.
Result<std::string> presence_for(const Context& context, const Client& client, const std::string& path);

}  // namespace hinomi::app

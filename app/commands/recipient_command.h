// What the commands about recipients print for people.
#pragma once

#include "app/context.h"
#include "base/json.h"

namespace hinomi::app {

// One line a recipient: its code, its name and when it gets something; its forms below.
void write_recipients(const Context& context, JsonView root);
// What one recipient gets: the content and editions as JSON, forms as on paper.
void write_recipient_view(const Context& context, JsonView view);
// The canonical JSON of a filled form, as on paper.
void write_filled_form(const Context& context, JsonView filled);

}  // namespace hinomi::app

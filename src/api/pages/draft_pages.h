// 下書き on pages: screen 1 of the first report, the list of what is unfinished, and what is said when a draft has
// moved on. Nothing that was typed is ever answered with a page that does not hold it.
#pragma once

#include <optional>

#include "api/pages/report_form.h"

namespace hinomi::api {

void draw_report_steps(Html& html, const Api& api, const Visit& visit, int current);

// Screen 1; `refused` stands at its top and gives the status.
HttpResponse writing_page(const Api& api, const Visit& visit, TypedReport typed, const FormNotes& notes,
                          const Error* refused = nullptr);
// The same after a draft could not be kept or sent: both texts where somewhere else saved another, and a new draft
// where this one is gone or was sent.
HttpResponse unkept_page(const Api& api, const Visit& visit, TypedReport typed, const Error& error);

// Saves what was typed; its revision is then that of `typed`. Nothing to do where the page knew of no draft.
Status keep_typed(const Api& api, const Visit& visit, TypedReport& typed);
// Whether going on would cost somebody's text.
bool would_lose_text(const Error& error);

// Whether somewhere else has saved another text since this page was made.
Result<bool> is_behind_stored(const Api& api, const Visit& visit, const TypedReport& typed);
// Hidden until the script shows one: what happened, what became of the text, what to do.
void draw_draft_messages(Html& html, const Api& api, const Visit& visit, const TypedReport& typed);
// What the small script needs: the key of the copy on this device, and how long the session lasts.
void draw_draft_terms(Html& html, const Api& api, const Visit& visit, const TypedReport& typed);
// Rows of the caller's drafts without the one that is open; nothing when there is none. `back`: where deleting leads.
Status draw_drafts(Html& html, const Api& api, const Visit& visit, const DraftId& open, std::string_view back);

}  // namespace hinomi::api

// What the pages of reports without a name have in common: the telephone, the words for a story, the talk.
#pragma once

#include "api/api.h"
#include "api/pages/html.h"
#include "model/unnamed_report.h"

namespace hinomi::api {

// 「困ったら電話」, on every page of かんたん画面.
void draw_telephone(Html& html, const Api& api, const Visit& visit);
// A word that opens its explanation: <details>, so that it needs no script. `term` names page.easy.term.<term>.
void draw_term(Html& html, const Api& api, const Visit& visit, std::string_view term);

// An answer as people read it ("page.easy.happening.mail"); まだわからない where nothing was said.
std::string happening_words(const Api& api, const Visit& visit, Happening happening);
// The whole story as lines of text: what becomes the summary of a report.
std::string story_words(const Api& api, const Visit& visit, const UnnamedStory& story);
void draw_story(Html& html, const Api& api, const Visit& visit, const UnnamedStory& story);
// `names` says who of the desk wrote; the reporter is not told.
enum class DeskNames { Shown, Hidden };
void draw_talk(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report, DeskNames names);
void draw_text_area(Html& html, const Api& api, const Visit& visit, std::string_view key, Literal name);

// The routes are open to strangers, so nobody has looked yet where a write came from. Forbidden "csrf.missing" for one
// of another site, and for one with a session that lacks its proof.
Status check_proof(const Api& api, const Visit& visit);

// "2026-11-23 19:00 (月) ごろ": the hour is all that is kept.
std::string hour_words(const Api& api, const Visit& visit, Instant hour);

void draw_hidden(Html& html, Literal name, const std::string& value);

}  // namespace hinomi::api

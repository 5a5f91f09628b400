// The frame around every server-made page: head, top bar, main, foot. Works without JavaScript.
#pragma once

#include <string>

#include "api/api.h"
#include "api/pages/html.h"
#include "flow/repeat.h"

namespace hinomi::api {

enum class Width { Narrow, Wide };
// App: the React application takes over what is inside #root. Passkey: the small script that asks the authenticator.
// Draft: the small script that keeps what is typed.
enum class Script { No, App, Passkey, Draft };

struct Frame {
  std::string title;
  Width width = Width::Narrow;
  Script script = Script::No;
  std::string marking;  // repeated on every printed sheet; empty for none
  // The language switch sends the form of this id there, so that nothing typed is lost; empty: it is a link.
  std::string form{};
  std::string form_keeper{};
};

// The whole document. `path` is where the language switch comes back to.
HttpResponse page(const Api& api, const Visit& visit, const Frame& frame, const Html& main, int status = 200);

HttpResponse see_other(std::string location);
// The path when it is one of ours ("/report?x=1"), otherwise "/": nothing leads away.
std::string local_path(std::string_view path);

// <form method=post> with the proof that it comes from this session; close it with html.close("form").
void open_form(Html& html, const Api& api, const Visit& visit, std::string action);

// The proof alone, for a form that is opened otherwise.
void draw_proof(Html& html, const Api& api, const Visit& visit);
// Before any other button of a form that is not its main one: the one that Enter presses (HTML, "implicit submission").
void draw_default_button(Html& html, const Frame& frame, std::string_view text);

// One key for this form: pressing twice, or again after a lost answer, writes once. Read back over the path too: the
// same key on another page is another request.
void draw_key(Html& html, const Api& api);
flow::RepeatKey typed_key(const Visit& visit);

// What went wrong, why, and what to do, at the top of a page that is shown again.
void draw_problem(Html& html, const Api& api, const Visit& visit, const Error& error);

// TLP badge, text and shape.
void tlp_badge(Html& html, Tlp tlp);

}  // namespace hinomi::api

#include "api/pages/unnamed_parts.h"

#include "api/session_cookie.h"

namespace hinomi::api {
namespace {

std::string words(const Api& api, const Visit& visit, std::string_view key) {
  return api.text(visit, "page.easy." + std::string(key));
}

struct Line {
  std::string label;
  std::string answer;
};
// Two parts of one answer: the word that was chosen and the text beside it, which says more than まだわからない.
struct Chosen {
  std::string word;
  bool is_known = false;
};
std::string both(const Chosen& chosen, const std::string& text) {
  if (text.empty()) return chosen.word;
  return chosen.is_known ? chosen.word + "\n" + text : text;
}

std::vector<Line> lines_of(const Api& api, const Visit& visit, const UnnamedStory& story) {
  const std::string noticed(noticed_when_text(story.noticed));
  const std::string goes_on(goes_on_text(story.goes_on));
  return {{words(api, visit, "line.what"),
           both({happening_words(api, visit, story.happening), story.happening != Happening::Unknown}, story.details)},
          {words(api, visit, "line.when"), words(api, visit, "noticed." + noticed)},
          {words(api, visit, "line.where"), story.place.empty() ? words(api, visit, "unknown") : story.place},
          {words(api, visit, "line.now"),
           both({words(api, visit, "goes_on." + goes_on), story.goes_on != GoesOn::Unknown}, story.wish)}};
}

std::string name_of(const Visit& visit, const TalkEntry& entry) {
  const auto& people = visit.who().directory->persons;
  const auto person = entry.by ? people.find(*entry.by) : people.end();
  if (person == people.end()) return "";
  return visit.language == Language::English ? person->second.name_en : person->second.name;
}

}  // namespace

void draw_telephone(Html& html, const Api& api, const Visit& visit) {
  const std::string& number = api.platform().entrance.unnamed.telephone;
  html.open("p", {{"class", "easy-phone"}}).element("span", words(api, visit, "phone"));
  if (number.empty()) {
    html.element("span", words(api, visit, "phone.none"));
  } else {
    html.open("a", {{"href", "tel:" + number}}).element("strong", number).close("a");
  }
  html.close("p");
}

void draw_term(Html& html, const Api& api, const Visit& visit, std::string_view term) {
  const std::string key = "term." + std::string(term);
  html.open("details", {{"class", "easy-term"}}).element("summary", words(api, visit, key));
  html.element("p", words(api, visit, key + ".means")).close("details");
}

std::string happening_words(const Api& api, const Visit& visit, Happening happening) {
  return words(api, visit, "happening." + std::string(happening_text(happening)));
}

std::string story_words(const Api& api, const Visit& visit, const UnnamedStory& story) {
  std::string text;
  for (const Line& line : lines_of(api, visit, story))
    text.append(text.empty() ? "" : "\n").append(line.label).append(": ").append(line.answer);
  return text;
}

void draw_story(Html& html, const Api& api, const Visit& visit, const UnnamedStory& story) {
  html.open("dl", {{"class", "summary-list"}});
  for (const Line& line : lines_of(api, visit, story))
    html.open("div").element("dt", line.label).element("dd", {{"class", "prose"}}, line.answer).close("div");
  html.close("dl");
}

void draw_talk(Html& html, const Api& api, const Visit& visit, const UnnamedReport& report, DeskNames names) {
  if (report.talk.empty()) {
    html.element("p", {{"class", "empty"}}, api.text(visit, "page.code.talk.none"));
    return;
  }
  const bool english = visit.language == Language::English;
  html.open("ol", {{"class", "talk"}});
  for (const TalkEntry& entry : report.talk) {
    const bool of_desk = entry.side == TalkSide::Desk;
    html.open("li", {{"class", of_desk ? "talk-desk" : "talk-reporter"}}).open("p", {{"class", "meta"}});
    html.element("strong", api.text(visit, "page.code.side." + std::string(talk_side_text(entry.side)) +
                                               (names == DeskNames::Shown ? ".desk_view" : "")));
    html.element("span", of_desk ? tokyo_text(entry.at, english) : hour_words(api, visit, entry.at));
    if (of_desk && names == DeskNames::Shown) html.element("span", name_of(visit, entry));
    html.close("p").element("p", {{"class", "prose"}}, entry.text).close("li");
  }
  html.close("ol");
}

void draw_text_area(Html& html, const Api& api, const Visit& visit, std::string_view key, Literal name) {
  const std::string id(name.text());
  html.open("div", {{"class", "field"}}).element("label", {{"for", id}}, api.text(visit, key));
  html.element("textarea",
               {{"class", "textarea"},
                {"id", id},
                {"name", id},
                {"rows", "4"},
                {"maxlength", "2000"},
                {"autocomplete", "off"},
                {"required", ""}},
               "");
  html.close("div");
}

Status check_proof(const Api& api, const Visit& visit) {
  if (visit.caller && uses_cookie(visit.request)) return check_csrf(api, visit.who(), visit.request);
  if (same_origin(visit.request)) return {};
  return forbidden("csrf.missing", "This write did not come from our own page. Reload the page and try again.");
}

std::string hour_words(const Api& api, const Visit& visit, Instant hour) {
  return api.text(visit, "page.code.hour", {{"time", tokyo_text(hour, visit.language == Language::English)}});
}

void draw_hidden(Html& html, Literal name, const std::string& value) {
  html.lone("input", {{"type", "hidden"}, {"name", std::string(name.text())}, {"value", value}});
}

}  // namespace hinomi::api

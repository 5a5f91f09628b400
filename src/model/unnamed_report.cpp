#include "model/unnamed_report.h"

#include "base/text.h"
#include "model/classified.h"
#include "model/json_fields.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<Happening, 7> kHappenings{"unnamed.answer",
                                          {"mail", "screen", "stopped", "missing", "stranger", "other", "unknown"}};
constexpr Words<NoticedWhen, 5> kNoticed{"unnamed.answer", {"today", "yesterday", "this_week", "earlier", "unknown"}};
constexpr Words<GoesOn, 3> kGoesOn{"unnamed.answer", {"yes", "no", "unknown"}};
constexpr Words<TalkSide, 2> kSides{"unnamed.side", {"reporter", "desk"}};
constexpr Words<IdentityOpeningState, 3> kOpenings{"unnamed.opening_state", {"proposed", "opened", "rejected"}};

constexpr std::size_t kMostDetails = 6000;
constexpr std::size_t kMostShort = 1500;
constexpr std::size_t kMostLine = 300;

// Bytes below a space but tab and line end, DEL, and the C1 controls in UTF-8.
bool has_controls(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      plain.push_back(text[i]);
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      plain.push_back('\n');
    }
  }
  return std::string(trimmed(plain));
}

struct Text {
  std::string_view where;
  std::size_t most;
};
Result<std::string> checked_text(std::string_view typed, const Text& text) {
  std::string plain = with_plain_line_ends(typed);
  if (plain.size() > text.most || !is_utf8(plain) || has_controls(plain)) {
    return invalid("unnamed.text", "Write at most " + std::to_string(text.most) + " bytes of plain text.",
                   std::string(text.where));
  }
  TRY_OK(refuse_classified(plain, text.where));
  return plain;
}

Result<std::string> checked_line(std::string_view typed, std::string_view where) {
  std::string line(trimmed(typed));
  if (line.size() > kMostLine || !is_utf8(line) || has_controls(line) || line.find('\n') != std::string::npos) {
    return invalid("unnamed.identity", "Write one line of at most " + std::to_string(kMostLine) + " bytes.",
                   std::string(where));
  }
  TRY_OK(refuse_classified(line, where));
  return line;
}

}  // namespace

std::string_view happening_text(Happening happening) { return kHappenings.text(happening); }
Result<Happening> parse_happening(std::string_view text) { return kHappenings.parse(text); }
std::vector<std::string_view> happenings() { return {kHappenings.words.begin(), kHappenings.words.end()}; }

std::string_view noticed_when_text(NoticedWhen when) { return kNoticed.text(when); }
Result<NoticedWhen> parse_noticed_when(std::string_view text) { return kNoticed.parse(text); }
std::vector<std::string_view> noticed_whens() { return {kNoticed.words.begin(), kNoticed.words.end()}; }

std::string_view goes_on_text(GoesOn goes_on) { return kGoesOn.text(goes_on); }
Result<GoesOn> parse_goes_on(std::string_view text) { return kGoesOn.parse(text); }
std::vector<std::string_view> goes_on_words() { return {kGoesOn.words.begin(), kGoesOn.words.end()}; }

std::string_view talk_side_text(TalkSide side) { return kSides.text(side); }
Result<TalkSide> parse_talk_side(std::string_view text) { return kSides.parse(text); }

std::string_view identity_opening_state_text(IdentityOpeningState state) { return kOpenings.text(state); }
Result<IdentityOpeningState> parse_identity_opening_state(std::string_view text) { return kOpenings.parse(text); }

Result<UnnamedStory> checked_story(UnnamedStory story) {
  TRY(story.details, checked_text(story.details, {"/details", kMostDetails}));
  TRY(story.place, checked_text(story.place, {"/place", kMostShort}));
  TRY(story.wish, checked_text(story.wish, {"/wish", kMostShort}));
  return story;
}

bool says_nothing(const UnnamedStory& story) { return story == UnnamedStory{}; }

std::string unnamed_story_text(const UnnamedStory& story) {
  JsonWriter out;
  out.begin_object().member("happening", happening_text(story.happening)).member("details", story.details);
  out.member("noticed", noticed_when_text(story.noticed)).member("place", story.place);
  out.member("goes_on", goes_on_text(story.goes_on)).member("wish", story.wish);
  return out.end_object().take();
}

Result<UnnamedStory> parse_unnamed_story(std::string_view json) {
  TRY(const auto document, parse_json(json));
  TRY(const auto fields,
      JsonFields::open(document->root(), "", {"happening", "details", "noticed", "place", "goes_on", "wish"}));
  UnnamedStory story;
  TRY(const std::string happening, fields.text("happening"));
  TRY(story.happening, parse_happening(happening));
  TRY(story.details, fields.text("details"));
  TRY(const std::string noticed, fields.text("noticed"));
  TRY(story.noticed, parse_noticed_when(noticed));
  TRY(story.place, fields.text("place"));
  TRY(const std::string goes_on, fields.text("goes_on"));
  TRY(story.goes_on, parse_goes_on(goes_on));
  TRY(story.wish, fields.text("wish"));
  return story;
}

Result<UnnamedIdentity> checked_identity(UnnamedIdentity identity) {
  TRY(identity.name, checked_line(identity.name, "/name"));
  TRY(identity.contact, checked_line(identity.contact, "/contact"));
  return identity;
}

std::string unnamed_identity_text(const UnnamedIdentity& identity) {
  JsonWriter out;
  out.begin_object().member("name", identity.name).member("contact", identity.contact).end_object();
  std::string text = out.take();
  text.resize(kIdentityBytes, ' ');
  return text;
}

Result<UnnamedIdentity> parse_unnamed_identity(std::string_view json) {
  TRY(const auto document, parse_json(trimmed(json)));
  TRY(const auto fields, JsonFields::open(document->root(), "", {"name", "contact"}));
  UnnamedIdentity identity;
  TRY(identity.name, fields.text("name"));
  TRY(identity.contact, fields.text("contact"));
  return identity;
}

Result<std::string> checked_talk(std::string text) {
  TRY(std::string checked, checked_text(text, {"/text", kMostDetails}));
  if (checked.empty()) return invalid("unnamed.text", "Write something, at most 6,000 bytes.", "/text");
  return checked;
}

}  // namespace hinomi

#include "api/present_unnamed.h"

#include "api/pages/unnamed_parts.h"
#include "api/present.h"

namespace hinomi::api {
namespace {

constexpr std::size_t kTitleBytes = 120;

// Cut between characters.
std::string cut(std::string_view line) {
  if (line.size() <= kTitleBytes) return std::string(line);
  std::size_t end = kTitleBytes;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return std::string(line.substr(0, end)) + "…";
}

void write_members(JsonWriter& out, const Api& api, const Visit& visit, const UnnamedReport& report) {
  out.member("id", report.id.text()).member("state", unnamed_state(report));
  out.member("title", unnamed_title(api, visit, report.story));
  out.member("received_at", to_rfc3339(report.received_at)).member("tlp", tlp_text(report.label.tlp));
  if (report.closed_at) out.member("closed_at", to_rfc3339(*report.closed_at));
  if (report.report) out.member("report", report.report->text());
}

void write_story(JsonWriter& out, const Api& api, const Visit& visit, const UnnamedStory& story) {
  out.key("story").begin_object().member("happening", happening_text(story.happening));
  out.member("details", story.details).member("noticed", noticed_when_text(story.noticed));
  out.member("place", story.place).member("goes_on", goes_on_text(story.goes_on)).member("wish", story.wish);
  out.member("text", story_words(api, visit, story)).end_object();
}

void write_talk(JsonWriter& out, const Directory& directory, const UnnamedReport& report) {
  out.key("talk").begin_array();
  for (const TalkEntry& entry : report.talk) {
    out.begin_object().member("side", talk_side_text(entry.side)).member("at", to_rfc3339(entry.at));
    if (entry.by) {
      out.key("by");
      write_named_person(out, directory, *entry.by);
    }
    out.member("text", entry.text).end_object();
  }
  out.end_array();
}

void write_openings(JsonWriter& out, const Visit& visit, const UnnamedReport& report) {
  const Directory& directory = *visit.who().directory;
  out.key("openings").begin_array();
  for (const IdentityOpening& opening : report.openings) {
    out.begin_object().member("id", opening.id.text()).member("state", identity_opening_state_text(opening.state));
    out.member("reason", opening.reason).key("proposed_by");
    write_named_person(out, directory, opening.proposed_by);
    out.member("proposed_at", to_rfc3339(opening.proposed_at));
    if (opening.decided_by) {
      out.key("decided_by");
      write_named_person(out, directory, *opening.decided_by);
    }
    if (opening.decided_at) out.member("decided_at", to_rfc3339(*opening.decided_at));
    const auto abilities = flow::opening_abilities(visit.who(), report, opening);
    out.key("abilities").begin_object().member("agree", abilities.agree).member("reject", abilities.reject);
    out.end_object().end_object();
  }
  out.end_array();
}

Status write_identity(JsonWriter& out, const Api& api, const Visit& visit, const UnnamedReport& report) {
  const auto left = flow::identity_left(visit.who(), report);
  if (!left) return {};
  out.member("identity_left", *left);
  write_openings(out, visit, report);
  TRY(const auto identity, flow::opened_identity(api.platform(), visit.who(), report));
  if (!identity) return {};
  out.key("identity").begin_object().member("name", identity->name).member("contact", identity->contact);
  out.end_object();
  return {};
}

}  // namespace

std::string_view unnamed_state(const UnnamedReport& report) {
  if (report.closed_at) return "closed";
  return report.waits ? "waits" : "answered";
}

std::string unnamed_title(const Api& api, const Visit& visit, const UnnamedStory& story) {
  const std::string_view line = std::string_view(story.details).substr(0, story.details.find('\n'));
  return line.empty() ? happening_words(api, visit, story.happening) : cut(line);
}

void write_unnamed(JsonWriter& out, const Api& api, const Visit& visit, const UnnamedReport& report) {
  out.begin_object();
  write_members(out, api, visit, report);
  out.end_object();
}

Status write_whole_unnamed(JsonWriter& out, const Api& api, const Visit& visit, const UnnamedReport& report) {
  out.begin_object();
  write_members(out, api, visit, report);
  write_story(out, api, visit, report.story);
  write_talk(out, *visit.who().directory, report);
  TRY_OK(write_identity(out, api, visit, report));
  const auto abilities = flow::unnamed_abilities(visit.who(), report);
  out.key("abilities").begin_object().member("answer", abilities.answer).member("close", abilities.close);
  out.member("file", abilities.file).member("propose_identity", abilities.propose_identity);
  out.end_object().end_object();
  return {};
}

Result<ReportDraft> unnamed_draft(const UnnamedFilingWords& words) {
  ReportDraft draft;
  draft.scope = ShareScope::MembersAnonymously;
  if (!words.kind.empty()) {
    TRY(draft.kind, parse_report_kind(words.kind));
  }
  if (!words.scope.empty()) {
    TRY(draft.scope, parse_share_scope(words.scope));
  }
  draft.summary = words.summary;
  for (const std::string_view name : {"t.detected", "t.recognised", "t.known"}) {
    Fact time{ValueState::Given, words.noticed_at};
    time.estimated = true;
    TRY_OK(draft.facts.set(name, time));
  }
  return draft;
}

}  // namespace hinomi::api

// The first report as a form: what was typed, what it means as a report, and the form drawn again with everything kept.
// Pure but for texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/pages/frame.h"
#include "flow/drafts.h"
#include "model/report.h"

namespace hinomi::api {

inline constexpr const char* kReportFormId = "report-form";

// The fields as typed, by name; only those of the form are taken. And the draft that they are a revision of.
struct TypedReport {
  TypedFields fields;
  DraftId draft;  // nil: the page that was sent knew of none
  std::uint32_t revision = 0;
  std::string editor;
  [[nodiscard]] std::string value(std::string_view name) const;
};
TypedReport read_typed_report(std::string_view body);
bool is_near_miss(const TypedReport& typed);
// The other kind with everything typed; how far it is shared is asked anew.
void switch_kind(TypedReport& typed, std::string_view kind, Instant now);
// What a near miss starts from: noticed now, shared anonymously (DOMAIN-JAPAN §1.3). All of it can be changed.
void begin_near_miss(TypedReport& typed, Instant now);

struct FieldProblem {
  std::string field;
  std::string code;  // catalogue: "page.problem." + code
};

struct UnderstoodReport {
  ReportDraft draft;
  std::vector<FieldProblem> problems;
};
// 「まだわからない」 and empty answers are answers; only the summary and the time of notice must be there.
UnderstoodReport understand_report(const TypedReport& typed, Instant now);

// What stands beside the answers: problems at their fields, and what somewhere else was saved instead.
struct FormNotes {
  std::vector<FieldProblem> problems{};
  std::optional<Draft> other{};
};

// The form of screen 1 with everything typed still there. A near miss is asked three things only.
void draw_report_form(Html& html, const Api& api, const Visit& visit, const TypedReport& typed, const FormNotes& notes);
// Everything typed as hidden fields, for screen 2; and the draft alone.
void carry_typed(Html& html, const TypedReport& typed);
void carry_draft(Html& html, const TypedReport& typed);

}  // namespace hinomi::api

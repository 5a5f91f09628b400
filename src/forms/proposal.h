// What a form's workbook that came back would change in its report: row by row, against the newest version. A row that
// still says what was printed proposes nothing, however old the sheet is, so that an old sheet never undoes a newer
// fact. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "forms/fill.h"
#include "forms/returned_sheet.h"

namespace hinomi::forms {

enum class RowOutcome { Unchanged, Changed, NotUnderstood, Refused };
std::string_view row_outcome_text(RowOutcome outcome);  // "unchanged", "changed", "not_understood", "refused"

struct ProposedRow {
  std::string cell;
  std::string source;
  std::string label;
  std::string answer;   // as it was written
  std::string printed;  // when the sheet was made
  std::string now;      // what the newest version says here; as forms print it
  std::string after;    // of Changed: what the next version would say; likewise
  RowOutcome outcome = RowOutcome::Unchanged;
  std::string reason;      // code of an error, of NotUnderstood and Refused
  std::string detail;      // likewise
  bool moved_on = false;   // the newest version does not say what was printed
  bool technical = false;  // 攻撃技術情報
};

// Borrowed. `report` is the newest version, or for a new report one that says nothing.
struct ReadingMaterial {
  FormMaterial newest;
  bool is_new = false;
  Instant now;  // gives the year of a day without one
};

// In the order of the sheet. What the form does not show is not understood, so that a sheet changes nothing that its
// form does not show.
std::vector<ProposedRow> propose(const FormBook& book, const FormDefinition& definition, const ReturnedSheet& sheet,
                                 const ReadingMaterial& material);

// Sources of the rows that change something and that the newest version does not say differently from what was printed.
std::set<std::string> safe_to_take(const std::vector<ProposedRow>& rows);

// The newest content with the changes of `taken`. Only rows that change something are taken.
ReportDraft draft_with(const FormBook& book, const std::vector<ProposedRow>& rows, const std::set<std::string>& taken,
                       const ReadingMaterial& material);

}  // namespace hinomi::forms

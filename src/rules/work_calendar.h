// The calendars that a rule may name for its business days: which days offices are closed. Pure rules of statute;
// immutable, no clock, safe on any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace hinomi::rules {

// JpAdministrative: 行政機関の休日 (calendar.h). UsFederal: Saturday, Sunday, and the legal public holidays of
// 5 U.S.C. 6103(a), observed as 6103(b) and Executive Order 11582 say: on Friday for a Saturday, on Monday for a
// Sunday. Inauguration Day is a holiday of the capital only, and days closed by a single order are not known here.
enum class WorkCalendar { JpAdministrative, UsFederal };
std::string_view work_calendar_text(WorkCalendar calendar);  // "jp-administrative", "us-federal"
Result<WorkCalendar> parse_work_calendar(std::string_view text);

// False outside the years whose holidays are known, 2020–2035; the questions below then answer for weekends (and, in
// Japan, the year's end) only.
bool covers(WorkCalendar calendar, Day day);
bool is_closed(WorkCalendar calendar, Day day);
// The day itself when offices are open, else the first later day on which they are.
Day next_open_day(WorkCalendar calendar, Day day);

}  // namespace hinomi::rules

// 届いた先: for every recipient of a report and every version, how far it has come. Read off the versions, the record
// of reads, the submissions with their receipts and the reviews as they stand now; nothing here is stored. Marks of
// reads that were forgotten at their time (docs/guides/retention.md) leave what they showed as arrived.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/recipients.h"

namespace hinomi::flow {

// Arrived: it lies before those who may read it. Shown: one of them was given it, be it as a row of a list; that they
// have understood it no machine knows. HandedIn and Confirmed are of authorities, the others of members; Held: its
// originator has taken its consent back.
enum class DeliveryState { Arrived, Shown, HandedIn, Confirmed, UnderReview, Released, Held, Withdrawn };
std::string_view delivery_state_text(DeliveryState state);  // "arrived", "shown", "handed_in", …

struct Delivery {
  DeliveryState state = DeliveryState::Arrived;
  std::optional<Instant> at;  // when it came to this state: shown for the first time, confirmed as the addressee said
  std::string who;            // who confirmed, at their side; empty otherwise
};

struct DeliveryRow {
  RecipientKind kind = RecipientKind::Readers;
  OrgId org;                                     // of readers
  std::string party;                             // code of an authority
  std::string what;                              // the form and its stage, or the title of the text; empty for readers
  std::map<std::uint32_t, Delivery> deliveries;  // by version of the report
};

// One row for each organisation that reads the report but does not own it (as the directory stands now), for each form
// that was handed in to an authority on one occasion, and for each text that is under review or was released. Whether
// readers were shown it is told only to those who may see readers (permit.see_readers); for others it has arrived.
Result<std::vector<DeliveryRow>> deliveries_of(const Platform& platform, const Caller& caller,
                                               const ReportVersion& newest);

}  // namespace hinomi::flow

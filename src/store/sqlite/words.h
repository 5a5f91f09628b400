// How the store's own enums and lists are written in columns.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/words.h"
#include "store/records.h"

namespace hinomi::store::sqlite {

inline constexpr Words<EventKind, 10> kEventKinds{
    "store.event_kind",
    {"report_filed", "review_changed", "release_published", "release_corrected", "release_withdrawn", "objects_added",
     "case_changed", "sighting_received", "submission_recorded", "pointer_changed"}};
inline constexpr Words<SessionKind, 3> kSessionKinds{"store.session_kind", {"browser", "api_token", "certificate"}};
inline constexpr Words<ReviewState, 3> kReviewStates{"store.review_state", {"open", "published", "abandoned"}};
inline constexpr Words<ReviewPurpose, 3> kReviewPurposes{"store.review_purpose",
                                                         {"release", "correction", "withdrawal"}};
inline constexpr Words<ConsentState, 3> kConsentStates{"store.consent_state", {"missing", "given", "refused"}};

// A JSON array of texts and back.
std::string written_texts(const std::vector<std::string>& texts);
Result<std::vector<std::string>> read_texts(std::string_view json);

template <class Ids>
std::string written_ids(const Ids& ids) {
  std::vector<std::string> texts;
  for (const auto& id : ids) texts.push_back(id.text());
  return written_texts(texts);
}
template <class IdType>
Result<std::set<IdType>> read_ids(std::string_view json) {
  TRY(const auto texts, read_texts(json));
  std::set<IdType> ids;
  for (const std::string& text : texts) {
    TRY(const IdType id, IdType::parse(text));
    ids.insert(id);
  }
  return ids;
}

}  // namespace hinomi::store::sqlite

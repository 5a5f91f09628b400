// A first report while somebody is still typing it (下書き): the answers of the form exactly as typed, understood only
// when the report is sent. It belongs to the person who types and to nobody else. Pure values.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace hinomi {

// Unique per person, drawn before anything is stored. It is also the key under which the report is filed once.
using DraftId = Id<struct DraftTag>;

// The questions of the first report by the names of their fields.
inline constexpr std::array<std::string_view, 15> kReportFields{
    "kind",    "noticed", "place", "summary", "impact",     "cyber",      "lost_kw", "minutes",
    "ongoing", "pii",     "tiec",  "contact", "indicators", "preconsent", "scope"};

using TypedFields = std::map<std::string, std::string, std::less<>>;

struct Draft {
  DraftId id;
  std::uint32_t revision = 0;  // 1 after the first saving
  std::string editor;          // who saved last, as the page named itself; empty for a page without script
  Instant begun_at;
  Instant saved_at;
  TypedFields fields;
  bool operator==(const Draft&) const = default;
};

inline constexpr std::size_t kDraftBytes = std::size_t{256} << 10;
inline constexpr std::size_t kDraftsOfOnePerson = 20;

// One JSON object of texts. Names that are no question are refused, "draft.field"; more than kDraftBytes of text is
// TooLarge "draft.too_large".
Result<TypedFields> parse_typed_fields(JsonView fields);
Status check_typed_fields(const TypedFields& fields);
std::string typed_fields_text(const TypedFields& fields);

// The first line of what happened, at most sixty characters; empty when nothing is said yet.
std::string draft_title(const TypedFields& fields);

}  // namespace hinomi

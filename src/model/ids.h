// The ids and human numbers of everything Hinomi talks about.
#pragma once

#include <string>
#include <string_view>

#include "base/id.h"

namespace hinomi {

using PersonId = Id<struct PersonTag>;
using OrgId = Id<struct OrgTag>;
using GroupId = Id<struct GroupTag>;
using ReportId = Id<struct ReportTag>;
using ReviewId = Id<struct ReviewTag>;
using ReleaseId = Id<struct ReleaseTag>;
using CaseId = Id<struct CaseTag>;
using CollectionId = Id<struct CollectionTag>;
using SightingId = Id<struct SightingTag>;
using SourceItemId = Id<struct SourceItemTag>;
using SessionId = Id<struct SessionTag>;
using PasskeyId = Id<struct PasskeyTag>;
using ProviderBindingId = Id<struct ProviderBindingTag>;
using StatusId = Id<struct StatusTag>;  // TAXII status resource
using DirectoryChangeId = Id<struct DirectoryChangeTag>;
using DelegationId = Id<struct DelegationTag>;
using ClearanceId = Id<struct ClearanceTag>;
using PointerId = Id<struct PointerTag>;

// What people read aloud: NR-2026-K7Q4. Prefix by kind, year in Asia/Tokyo, random speakable suffix; never a sequence,
// and the number of a release cannot be derived from that of its report.
enum class NumberKind { Report, Release, Case };  // NR, NS, NC
class HumanNumber {
 public:
  HumanNumber() = default;
  static HumanNumber make(NumberKind kind, int year, Random& random);
  static Result<HumanNumber> parse(std::string_view text);  // case-insensitive
  [[nodiscard]] const std::string& text() const { return text_; }
  auto operator<=>(const HumanNumber&) const = default;

 private:
  explicit HumanNumber(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace hinomi

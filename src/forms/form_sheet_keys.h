// The words of the hidden column of a form's workbook, which are what its reader goes by. Internal to the module.
#pragma once

#include <string_view>

namespace hinomi::forms::key {

inline constexpr std::string_view kSheet = "hinomi.sheet";      // beside it: the version of this layout
inline constexpr std::string_view kHeading = "hinomi.heading";  // beside it: what stands above the answers
inline constexpr std::string_view kSection = "hinomi.section";
inline constexpr std::string_view kNote = "hinomi.note";
inline constexpr std::string_view kReport = "hinomi.report";
inline constexpr std::string_view kVersion = "hinomi.version";
inline constexpr std::string_view kForm = "hinomi.form";
inline constexpr std::string_view kFormVersion = "hinomi.form_version";
inline constexpr std::string_view kDuty = "hinomi.duty";
inline constexpr std::string_view kStage = "hinomi.stage";
inline constexpr std::string_view kLong = "hinomi.long:";  // and a source whose text no cell can hold

inline constexpr std::string_view kLayout = "1";

}  // namespace hinomi::forms::key

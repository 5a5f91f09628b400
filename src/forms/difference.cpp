#include "forms/difference.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace hinomi::forms {
namespace {

constexpr std::string_view kVersion = "report.version";

bool follows_the_version(const FilledField& field) {
  return std::ranges::all_of(field.entries, [](const FilledEntry& entry) { return entry.source == kVersion; });
}

std::map<std::string, const FilledField*, std::less<>> fields_by_id(const FilledForm& form) {
  std::map<std::string, const FilledField*, std::less<>> fields;
  for (const FilledSection& section : form.sections) {
    for (const FilledField& field : section.fields) fields.emplace(field.id, &field);
  }
  return fields;
}

std::vector<std::tuple<std::string_view, EntryState, std::string_view>> said(const FilledField& field) {
  std::vector<std::tuple<std::string_view, EntryState, std::string_view>> words;
  for (const FilledEntry& entry : field.entries) {
    if (entry.source != kVersion) words.emplace_back(entry.source, entry.state, entry.text);
  }
  return words;
}

// However their labels are worded, and whatever the number of the version.
bool say_the_same(const FilledField& a, const FilledField& b) { return said(a) == said(b); }

}  // namespace

std::vector<FieldDifference> differences(const FilledForm& before, const FilledForm& after) {
  const auto earlier = fields_by_id(before);
  std::vector<FieldDifference> found;
  std::set<std::string_view> seen;
  for (const FilledSection& section : after.sections) {
    for (const FilledField& field : section.fields) {
      seen.insert(field.id);
      const auto match = earlier.find(field.id);
      if (follows_the_version(field) || (match != earlier.end() && say_the_same(*match->second, field))) continue;
      if (match == earlier.end() && is_unsaid(field)) continue;
      const std::string said = match == earlier.end() ? std::string() : field_text(*match->second);
      found.push_back({field.id, field.label, said, field_text(field)});
    }
  }
  for (const FilledSection& section : before.sections) {
    for (const FilledField& field : section.fields) {
      if (seen.contains(field.id) || is_unsaid(field) || follows_the_version(field)) continue;
      found.push_back({field.id, field.label, field_text(field), {}});
    }
  }
  return found;
}

bool stale(const FilledForm& sent, const FilledForm& newest) { return !differences(sent, newest).empty(); }

FilledForm supplement(const FilledForm& sent, FilledForm newest) {
  std::map<std::string, std::string, std::less<>> before;
  for (FieldDifference& difference : differences(sent, newest))
    before.emplace(std::move(difference.field), std::move(difference.before));
  for (FilledSection& section : newest.sections) {
    for (FilledField& field : section.fields) {
      const auto found = before.find(field.id);
      if (found != before.end()) field.before = found->second;
    }
  }
  return newest;
}

}  // namespace hinomi::forms

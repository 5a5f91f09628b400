// A form as an authority lays it out: which duties it serves and which facts each of its fields shows. Data, read from
// packs/forms/*.toml; the file format is described in docs/guides/form-packs.md. Plain values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/result.h"
#include "base/time.h"
#include "rules/pack.h"

namespace hinomi::forms {

using rules::BilingualText;
using rules::PackSource;

// What a field may show besides facts.
enum class StoryPart {
  ReportNumber,
  ReportVersion,
  ReportKind,
  ReportTitle,
  ReportSummary,
  OrgName,
  OrgLicenses,
  Contact,
  TechnicalText,
  TechnicalIndicators,
  TechnicalTechniques,
  TechnicalCves,
  DutyTitle,
  DutyBasis,
  StageTitle,
  ClockStart,
  ClockDue
};
// "report.number", "org.name", "contact", "technical.indicators", "clock.due" …; nothing for any other name.
std::optional<StoryPart> story_part(std::string_view name);

// One thing that a field shows.
struct Source {
  std::string name;
  const FactDefinition* fact = nullptr;  // nullptr when it is a part of the story
  std::optional<StoryPart> part;
};

struct FormField {
  std::string id;
  BilingualText label;
  std::vector<Source> sources;        // at least one
  std::vector<std::string> required;  // stages whose report is incomplete without it, with a * at the end for any
};

struct FormSection {
  std::string id;
  BilingualText title;
  std::vector<FormField> fields;
};

// A duty and the stages of it that the form is for.
struct Service {
  std::string duty;                  // an id, or the beginning of ids and a *: "JP-EBA-R3-*"
  std::vector<std::string> stages;   // likewise
  std::vector<std::string> attacks;  // words of atk.kind, "unsaid" where it is not given; empty: whatever it is
  bool accepted = false;             // taken there too, though the duty has a form of its own
  rules::TextPosition position;      // of the row in its file
};

struct FormDefinition {
  std::string id;       // "jp-eba-prompt"
  std::string version;  // of this description
  BilingualText title;
  std::string provenance;
  std::vector<std::string> addressees;     // codes of parties; empty: the recipients of the duty
  std::optional<Day> layout_verified_on;   // nothing shows as 未検証の様式
  Language language = Language::Japanese;  // that the addressee reads
  std::vector<Service> services;
  std::vector<FormSection> sections;
  std::string file;  // of the pack, for messages
};

// Whether a pattern with an optional * at its end covers the word.
bool covers(std::string_view pattern, std::string_view word);

// Reads one form. Refused with "file: line L, column C": unknown keys, facts and parts, a text that lacks a language,
// an id that stands twice, anything over the limits (1 MiB, 40 sections, 400 fields, 20 sources a field).
// Errors: forms.source_unknown, forms.duplicate, forms.empty, and those of rules/toml_reader.h.
Result<FormDefinition> read_form(const PackSource& source);

}  // namespace hinomi::forms

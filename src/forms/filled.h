// A form with what one version of a report says in it: the exact words an addressee gets. A value that is frozen with
// each submission; HTML, PDF, XLSX and JSON are made from it and from nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/crypto.h"
#include "base/result.h"

namespace hinomi::forms {

// 値あり / 他の事実から導かれた / 調査中 / 不明 / 該当なし / 未記入
enum class EntryState { Given, Derived, Investigating, Unknown, NotApplicable, Unsaid };
std::string_view entry_state_text(EntryState state);  // "given", "derived", … "unsaid"

// What one fact or part of the story says.
struct FilledEntry {
  std::string source;
  std::string label;
  EntryState state = EntryState::Unsaid;
  std::string text;  // as printed, in the language of the form
  bool operator==(const FilledEntry&) const = default;
};

struct FilledField {
  std::string id;
  std::string label;
  bool required = false;   // at this stage
  bool technical = false;  // shows something of 攻撃技術情報
  std::vector<FilledEntry> entries;
  std::optional<std::string> before;  // 訂正: what was sent last time
  bool operator==(const FilledField&) const = default;
};

struct FilledSection {
  std::string id;
  std::string title;
  std::vector<FilledField> fields;
  bool operator==(const FilledSection&) const = default;
};

struct FilledForm {
  std::string form;
  std::string form_version;
  std::string title;
  bool layout_verified = false;  // false shows as 未検証の様式
  Language language = Language::Japanese;
  std::string marking;  // "TLP:AMBER+STRICT"
  std::string report_number;
  std::uint32_t report_version = 1;
  std::string organisation;
  std::string duty;  // id
  std::string duty_title;
  std::string stage;
  std::string stage_title;
  std::vector<std::string> addressees;  // names
  std::vector<FilledSection> sections;
  bool operator==(const FilledForm&) const = default;
};

// The printed text of a field: the one entry alone, several as "label: text" lines.
std::string field_text(const FilledField& field);
// Nothing was said about anything that it shows.
bool is_unsaid(const FilledField& field);
// Required fields that nobody has said anything about, in the order of the form. 調査中 and 不明 are answers.
std::vector<const FilledField*> missing_fields(const FilledForm& form);

// Canonical JSON; parse(text(x)) == x.
std::string filled_form_text(const FilledForm& form);
Result<FilledForm> parse_filled_form(std::string_view json);
// SHA-256 of the canonical text.
Sha256 filled_form_digest(const FilledForm& form);

}  // namespace hinomi::forms

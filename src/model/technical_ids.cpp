#include "model/technical_ids.h"

#include <algorithm>

#include "base/text.h"
#include "model/json_fields.h"

namespace hinomi {
namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool is_technique(std::string_view id) {
  if (id.size() != 5 && id.size() != 9) return false;
  if (id.front() != 'T' || !all_digits(id.substr(1, 4))) return false;
  return id.size() == 5 || (id[5] == '.' && all_digits(id.substr(6)));
}

// CVE numbers have four digits or more after the year (CVE ID syntax since 2014).
bool is_cve(std::string_view id) {
  return id.size() >= 13 && id.size() <= 28 && id.starts_with("CVE-") && all_digits(id.substr(4, 4)) && id[8] == '-' &&
         all_digits(id.substr(9));
}

Error placed(Error error, const std::string& pointer) {
  error.where = pointer;
  return error;
}

}  // namespace

Result<std::string> read_technical_id(TechnicalId kind, std::string_view text) {
  std::string id = upper_ascii(trimmed(text));
  if (kind == TechnicalId::Technique) {
    if (is_technique(id)) return id;
    return invalid("technical.technique_malformed", "An ATT&CK technique looks like T0883 or T1566.001.");
  }
  if (is_cve(id)) return id;
  return invalid("technical.cve_malformed", "A CVE id looks like CVE-2023-12345.");
}

void write_indicators(JsonWriter& writer, const std::vector<Indicator>& indicators) {
  writer.begin_array();
  for (const auto& indicator : indicators) {
    writer.begin_object().member("type", indicator_type_text(indicator.type));
    writer.member("value", indicator.value).end_object();
  }
  writer.end_array();
}

Result<Indicator> read_indicator_object(JsonView value, const std::string& pointer) {
  TRY(const auto fields, JsonFields::open(value, pointer, {"type", "value"}));
  TRY(const auto word, fields.text("type"));
  TRY(auto text, fields.text("value"));
  const auto type = parse_indicator_type(word);
  if (!type.ok()) return placed(type.error(), fields.pointer_to("type"));
  return Indicator{*type, std::move(text)};
}

Result<Indicator> read_indicator_json(JsonView value, const std::string& pointer) {
  if (const auto text = value.string()) {
    auto indicator = read_indicator(*text);
    return indicator.ok() ? indicator : Result<Indicator>(placed(indicator.error(), pointer));
  }
  TRY(const auto written, read_indicator_object(value, pointer));
  auto indicator = make_indicator(written.type, written.value);
  return indicator.ok() ? indicator : Result<Indicator>(placed(indicator.error(), json_pointer(pointer, "value")));
}

}  // namespace hinomi

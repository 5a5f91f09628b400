#include "forms/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "rules/toml_reader.h"

namespace hinomi::forms {
namespace {

using rules::TextPosition;
using rules::TomlReader;

constexpr std::size_t kMaxServices = 40;
constexpr std::size_t kMaxSections = 40;
constexpr std::size_t kMaxFields = 400;
constexpr std::size_t kMaxSources = 20;

constexpr std::array<std::string_view, 17> kStoryParts{"report.number",
                                                       "report.version",
                                                       "report.kind",
                                                       "report.title",
                                                       "report.summary",
                                                       "org.name",
                                                       "org.licenses",
                                                       "contact",
                                                       "technical.text",
                                                       "technical.indicators",
                                                       "technical.techniques",
                                                       "technical.cves",
                                                       "duty.title",
                                                       "duty.basis",
                                                       "stage.title",
                                                       "clock.start",
                                                       "clock.due"};

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

// Reads one file; knows which ids have stood.
class FormReader {
 public:
  explicit FormReader(const std::string& file) { form_.file = file; }

  Result<FormDefinition> read(const rules::TomlTable& root) {
    TomlReader reader(root, {}, form_.file);
    TRY_OK(read_head(reader));
    TRY(auto services, reader.tables("serves", kMaxServices));
    for (TomlReader& row : services) TRY_OK(read_service(row));
    if (services.empty()) return reader.missing("serves");
    TRY(auto sections, reader.tables("section", kMaxSections));
    for (TomlReader& row : sections) TRY_OK(read_section(row));
    if (sections.empty()) return reader.missing("section");
    TRY_OK(reader.finish());
    return std::move(form_);
  }

 private:
  Status read_head(TomlReader& reader) {
    TRY(auto head, reader.table("form"));
    if (!head) return reader.missing("form");
    TRY(form_.id, read_id(*head));
    TRY(form_.version, head->text("version"));
    if (!is_code(form_.version)) return head->wrong_type("version", "a version like 2026.11.1");
    TRY(form_.title, head->bilingual("title"));
    TRY(form_.provenance, head->text("provenance"));
    TRY(form_.addressees, head->texts("addressees"));
    TRY(form_.layout_verified_on, head->day("layout_verified_on"));
    TRY(const auto language, head->text("language"));
    if (language != "ja" && language != "en") return head->wrong_type("language", "ja or en");
    form_.language = language == "en" ? Language::English : Language::Japanese;
    return head->finish();
  }

  Result<std::string> read_id(TomlReader& row) {
    TRY(auto id, row.text("id"));
    if (!is_code(id)) return row.wrong_type("id", "lower-case letters, digits, - and _");
    return id;
  }

  Status read_service(TomlReader& row) {
    Service service;
    service.position = row.position();
    TRY(service.duty, row.text("duty"));
    TRY(service.stages, row.texts("stages"));
    if (service.stages.empty()) return row.missing("stages");
    TRY(service.attacks, row.texts("attacks"));
    const auto& kinds = find_fact_definition("atk.kind")->choices;
    for (const std::string& word : service.attacks) {
      if (word != "unsaid" && std::ranges::find(kinds, word) == kinds.end())
        return row.wrong_type("attacks", "words of atk.kind, or unsaid");
    }
    TRY(service.accepted, row.flag_or_false("accepted"));
    TRY_OK(row.finish());
    form_.services.push_back(std::move(service));
    return {};
  }

  Status read_section(TomlReader& row) {
    FormSection section;
    TRY(section.id, read_id(row));
    TRY_OK(claim(row, "section " + section.id));
    TRY(section.title, row.bilingual("title"));
    TRY(auto fields, row.tables("field", kMaxFields));
    for (TomlReader& field : fields) {
      TRY(auto read, read_field(field));
      section.fields.push_back(std::move(read));
    }
    if (fields.empty()) return row.error("forms.empty", "A section has at least one field.");
    TRY_OK(row.finish());
    form_.sections.push_back(std::move(section));
    return {};
  }

  Result<FormField> read_field(TomlReader& row) {
    FormField field;
    TRY(field.id, read_id(row));
    TRY_OK(claim(row, "field " + field.id));
    if (++fields_ > kMaxFields)
      return row.error("rules.too_large", fmt::format("A form has at most {} fields.", kMaxFields));
    TRY(field.label, row.bilingual("label"));
    TRY(field.sources, read_sources(row));
    TRY(field.required, row.texts("required"));
    TRY_OK(row.finish());
    return field;
  }

  Result<std::vector<Source>> read_sources(TomlReader& row) {
    TRY(const auto names, row.texts("sources"));
    if (names.empty()) return row.missing("sources");
    if (names.size() > kMaxSources)
      return row.error("rules.too_large", fmt::format("A field shows at most {} things.", kMaxSources));
    std::vector<Source> sources;
    for (std::size_t i = 0; i < names.size(); ++i) {
      Source source{names[i], find_fact_definition(names[i]), story_part(names[i])};
      const TextPosition position = row.value("sources")->array()->at(i).position;
      if (source.fact == nullptr && !source.part) {
        return row.error("forms.source_unknown",
                         fmt::format("There is no fact and no part of a report named {}.", names[i]), position);
      }
      const auto same = [&](const Source& earlier) { return earlier.name == source.name; };
      if (std::ranges::any_of(sources, same))
        return row.error("forms.duplicate", fmt::format("{} stands twice in this field.", names[i]), position);
      sources.push_back(std::move(source));
    }
    return sources;
  }

  Status claim(const TomlReader& row, const std::string& id) {
    if (ids_.insert(id).second) return {};
    return row.error("forms.duplicate", fmt::format("The {} stands twice in this form.", id));
  }

  FormDefinition form_;
  std::set<std::string> ids_;
  std::size_t fields_ = 0;
};

}  // namespace

std::optional<StoryPart> story_part(std::string_view name) {
  const auto* const found = std::ranges::find(kStoryParts, name);
  if (found == kStoryParts.end()) return std::nullopt;
  return static_cast<StoryPart>(found - kStoryParts.begin());
}

bool covers(std::string_view pattern, std::string_view word) {
  if (!pattern.ends_with('*')) return pattern == word;
  return word.starts_with(pattern.substr(0, pattern.size() - 1));
}

Result<FormDefinition> read_form(const PackSource& source) {
  auto root = rules::parse_toml(source.text);
  if (!root.ok()) return root.error().inside(source.name);
  return FormReader(source.name).read(*root);
}

}  // namespace hinomi::forms

#include "app/commands/output.h"

#include <ostream>

namespace hinomi::app {

std::string json_line(std::string_view schema, JsonView value) {
  JsonWriter line;
  line.begin_object().member("schema", schema);
  if (!value.is_object()) line.key("value").raw(value.raw());
  for (const JsonView member : value) {
    if (value.is_object()) line.key(member.key()).raw(member.raw());
  }
  return line.end_object().take() + "\n";
}

ExitCode show(const Context& context, std::string_view schema, const Result<Json>& answer,
              const WriteForPeople& write) {
  if (!answer.ok()) return fail(context, answer.error());
  const JsonView root = (*answer)->root();
  if (context.json) {
    context.out << json_line(schema, root);
  } else {
    write(root);
  }
  return ExitCode::Done;
}

ExitCode show_rows(const Context& context, std::string_view schema, const Result<std::vector<Json>>& pages,
                   const WriteForPeople& write) {
  if (!pages.ok()) return fail(context, pages.error());
  std::size_t rows = 0;
  for (const Json& page : *pages) {
    const auto items = page->root().find("items");
    if (!items) continue;
    for (const JsonView item : *items) {
      ++rows;
      if (context.json) {
        context.out << json_line(schema, item);
      } else {
        write(item);
      }
    }
  }
  if (rows == 0 && !context.json && !context.quiet) context.err << context.text("cli.nothing") << "\n";
  return ExitCode::Done;
}

std::string text_at(JsonView object, std::string_view name) { return std::string(object.string_at(name).value_or("")); }

std::string number_at(JsonView object, std::string_view name) {
  const auto number = object.find(name);
  return number && number->type() == JsonType::Number ? std::string(number->raw()) : std::string();
}

std::string time_at(const Context& context, JsonView object, std::string_view name) {
  const auto instant = parse_rfc3339(object.string_at(name).value_or(""));
  return instant.ok() ? tokyo_text(*instant, context.language == Language::English) : std::string();
}

std::string word_at(const Context& context, JsonView object, std::string_view name, std::string_view prefix) {
  const std::string word = text_at(object, name);
  const std::string key = std::string(prefix) + word;
  return context.catalogue.has(key) ? context.text(key) : word;
}

}  // namespace hinomi::app

#include "store/sqlite/words.h"

#include "base/json.h"

namespace hinomi::store::sqlite {

std::string written_texts(const std::vector<std::string>& texts) {
  JsonWriter writer;
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  writer.end_array();
  return writer.take();
}

Result<std::vector<std::string>> read_texts(std::string_view json) {
  TRY(const auto document, parse_json(json));
  std::vector<std::string> texts;
  for (const JsonView value : document->root()) {
    const auto text = value.string();
    if (!text) return internal("A stored list holds something that is not a text.");
    texts.emplace_back(*text);
  }
  return texts;
}

}  // namespace hinomi::store::sqlite

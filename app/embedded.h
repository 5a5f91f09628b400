// Files built into the program: packs, texts, the portal, the API description.
#pragma once

#include <string_view>

namespace hinomi::app {

struct EmbeddedFile {
  const char* name;  // relative to its base folder
  const char* begin;
  const char* end;
  [[nodiscard]] std::string_view bytes() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

// Tables made by cmake/HinomiEmbed.cmake.
extern const EmbeddedFile embedded_packs[];
extern const unsigned embedded_packs_count;
extern const EmbeddedFile embedded_texts[];
extern const unsigned embedded_texts_count;
extern const EmbeddedFile embedded_portal[];
extern const unsigned embedded_portal_count;
extern const EmbeddedFile embedded_openapi[];
extern const unsigned embedded_openapi_count;

}  // namespace hinomi::app

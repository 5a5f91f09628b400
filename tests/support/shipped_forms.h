// The forms of this tree, for tests.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/catalogue.h"
#include "base/files.h"
#include "forms/form_book.h"
#include "support/shipped_packs.h"

namespace hinomi {

inline std::vector<std::string> texts_of_tree(const std::string& folder, const std::string& ending) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(HINOMI_SOURCE_DIR) + folder)) {
    if (entry.path().string().ends_with(ending)) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

inline Catalogue shipped_catalogue() {
  std::vector<std::string> texts;
  const auto read = [&texts](const std::string& ending) {
    for (const auto& path : texts_of_tree("/texts", ending)) texts.push_back(SystemFiles().read(path, 1 << 20).value());
    return texts.size();
  };
  const std::size_t japanese = read(".ja.json");
  read(".en.json");
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const std::span<const std::string_view> all(views);
  return Catalogue::create(all.first(japanese), all.subspan(japanese)).value();
}

inline std::vector<forms::PackSource> shipped_form_sources() {
  std::vector<forms::PackSource> sources;
  for (const auto& path : texts_of_tree("/packs/forms", ".toml")) {
    sources.push_back({std::filesystem::path(path).filename().string(), SystemFiles().read(path, 1 << 20).value()});
  }
  return sources;
}

inline std::shared_ptr<const forms::FormBook> shipped_form_book() {
  static const auto kBook =
      forms::load_form_book(shipped_form_sources(), shipped_rulebook(), shipped_catalogue()).value();
  return kBook;
}

}  // namespace hinomi

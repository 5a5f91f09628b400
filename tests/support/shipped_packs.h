// The rule packs of this tree, for tests.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/files.h"
#include "rules/rulebook.h"

namespace hinomi {

// Every file of packs/rules, by name: a pack that is added is tested.
inline std::vector<rules::PackSource> shipped_packs() {
  std::vector<rules::PackSource> sources;
  for (const auto& file : std::filesystem::directory_iterator(HINOMI_SOURCE_DIR "/packs/rules")) {
    if (file.path().extension() != ".toml") continue;
    sources.push_back({file.path().filename().string(), SystemFiles().read(file.path().string(), 1 << 20).value()});
  }
  std::sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return sources;
}

inline std::shared_ptr<const rules::Rulebook> shipped_rulebook() {
  return rules::load_rulebook(shipped_packs()).value();
}

}  // namespace hinomi

// The rule packs of this tree, for tests.
#pragma once

#include <memory>
#include <vector>

#include "base/files.h"
#include "rules/rulebook.h"

namespace hinomi {

inline std::vector<rules::PackSource> shipped_packs() {
  std::vector<rules::PackSource> sources;
  for (const auto* name : {"jp-common.toml", "jp-electric.toml"}) {
    const auto path = std::string(HINOMI_SOURCE_DIR) + "/packs/rules/" + name;
    sources.push_back({name, SystemFiles().read(path, 1 << 20).value()});
  }
  return sources;
}

inline std::shared_ptr<const rules::Rulebook> shipped_rulebook() {
  return rules::load_rulebook(shipped_packs()).value();
}

}  // namespace hinomi

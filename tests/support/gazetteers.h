// The shipped gazetteers, read from the source tree.
#pragma once

#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace hinomi::testing_support {

inline std::string gazetteer_text(const std::string& name) {
  std::ifstream in(std::string(HINOMI_SOURCE_DIR) + "/packs/gazetteers/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline const std::array<std::string_view, 2>& shipped_gazetteers() {
  static const std::string electric = gazetteer_text("jp-electric.tsv");
  static const std::string places = gazetteer_text("jp-places.tsv");
  static const std::array<std::string_view, 2> packs{electric, places};
  return packs;
}

}  // namespace hinomi::testing_support

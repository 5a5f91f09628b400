// formats/stix: what is kept is a slice of the input with an id of its type, and reads back as the same object.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/stix.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const hinomi::MarkedStixObject& read, std::string_view text) {
  const hinomi::StixObject& object = read.object;
  require(text.find(object.raw) != std::string_view::npos);
  require(hinomi::stix_id_type(object.id) == object.type);
  require(object.version.empty() || hinomi::parse_stix_time(object.version).ok());
  const std::string envelope = "{\"objects\":[" + object.raw + "]}";
  const auto again = hinomi::read_stix({"fuzz", "again", envelope});
  require(again.ok() && again->problems.empty() && again->objects.size() == 1);
  require(again->objects[0].object.raw == object.raw && again->objects[0].object.version == object.version);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto outcome = hinomi::read_stix({"fuzz", "input", text});
  if (!outcome.ok()) return 0;
  for (const auto& object : outcome->objects) check(object, text);
  for (const auto& problem : outcome->problems)
    require(problem.where.starts_with("/objects/") && !problem.code.empty());
  return 0;
}

// formats/outcome: the frame a parsing process sends is believed in nothing; what is accepted has exactly one form.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/outcome.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view frame(reinterpret_cast<const char*>(bytes), size);
  const auto outcome = hinomi::parse_outcome(frame, {.max_bytes = 65536, .max_entries = 1000, .max_text_bytes = 65536});
  if (outcome.ok() && hinomi::write_outcome(*outcome) != frame) std::abort();
  return 0;
}

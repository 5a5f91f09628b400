// rules: any bytes as a pack. What loads must link, be assessed without harm, keep its promises about clocks and
// explain itself in valid JSON; and looking again is never due in the past.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "rules/assessment.h"
#include "rules/pack_check.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void assess_example(const hinomi::rules::Rulebook& book, const hinomi::rules::Example& example) {
  const auto assessment = hinomi::rules::assess(book, example.attributes, example.kind, example.facts, example.now);
  require(!assessment.reevaluate_at || *assessment.reevaluate_at > example.now);
  for (const auto& duty : assessment.duties) {
    for (const auto& clock : duty.clocks) {
      if (clock.due.raw) require(*clock.due.raw >= *clock.start);
      if (clock.due.rolled) require(*clock.due.rolled >= *clock.due.raw);
      if (clock.deadline.kind == hinomi::rules::DeadlineKind::Promptly) require(!clock.due.raw);
    }
  }
  hinomi::JsonWriter writer;
  hinomi::rules::write_assessment(writer, assessment, std::nullopt);
  require(hinomi::parse_json(writer.text()).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::vector<hinomi::rules::PackSource> sources{
      {"pack.toml", std::string(reinterpret_cast<const char*>(bytes), size)}};
  const auto book = hinomi::rules::load_rulebook(sources);
  if (!book.ok()) {
    require(!book.error().code.empty() && !book.error().detail.empty());
    return 0;
  }
  const auto& pack = (*book)->packs().front();
  constexpr std::size_t kExamples = 8;
  for (std::size_t i = 0; i < pack.examples.size() && i < kExamples; ++i) assess_example(**book, pack.examples[i]);
  require(hinomi::rules::compare_packs(pack, pack).empty());
  return 0;
}

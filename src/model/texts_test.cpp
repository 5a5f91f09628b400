// Whatever the vocabulary offers can be shown in both languages.
#include <gmock/gmock.h>

#include <array>
#include <fstream>
#include <iterator>

#include "base/catalogue.h"
#include "model/fact.h"

namespace hinomi {
namespace {

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(HINOMI_SOURCE_DIR "/texts/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Result<Catalogue> model_texts() {
  const std::array<std::string, 4> files{file_text("facts.ja.json"), file_text("errors_model.ja.json"),
                                         file_text("facts.en.json"), file_text("errors_model.en.json")};
  const std::array<std::string_view, 2> japanese{files[0], files[1]};
  const std::array<std::string_view, 2> english{files[2], files[3]};
  return Catalogue::create(japanese, english);
}

TEST(ModelTexts, NameEveryFactChoiceUnitAndState) {
  const auto texts = model_texts();
  ASSERT_TRUE(texts.ok()) << texts.error().detail << texts.error().where;
  for (const auto& definition : fact_definitions()) {
    const std::string fact = "fact." + std::string(definition.name);
    EXPECT_TRUE(texts->has(fact + ".label")) << fact;
    for (const auto word : definition.choices) EXPECT_TRUE(texts->has(fact + ".choice." + std::string(word))) << word;
    if (definition.unit.empty()) continue;
    EXPECT_TRUE(texts->has("fact.unit." + std::string(definition.unit))) << definition.unit;
  }
  for (const auto state :
       {ValueState::Given, ValueState::Investigating, ValueState::Unknown, ValueState::NotApplicable}) {
    EXPECT_TRUE(texts->has("fact.state." + std::string(value_state_text(state))));
  }
}

TEST(ModelTexts, ExplainTheErrorsOfTheFormInThreeParts) {
  const auto texts = model_texts();
  ASSERT_TRUE(texts.ok()) << texts.error().detail;
  for (const auto* code : {"report.summary_missing", "report.noticed_missing", "fact.value_invalid",
                           "indicator.unrecognised", "label.tlp_unknown", "ledger.proof_invalid"}) {
    for (const auto* part : {".what", ".why", ".do"})
      EXPECT_TRUE(texts->has(std::string("error.") + code + part)) << code;
  }
}

}  // namespace
}  // namespace hinomi

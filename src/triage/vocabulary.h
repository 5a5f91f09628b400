// The words by which triage knows what matters to a power utility. Internal to the module.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hinomi {

enum class WordList { PowerSector, OtVendor, EdgeDevice, ExploitReported, Ransomware };
// Folded words and phrases, Japanese and English.
std::span<const std::string_view> words_of(WordList list);
// The first word of the list that the folded text contains; ASCII words only as whole words. Empty when none.
std::string_view first_word_in(std::string_view folded_text, WordList list);
// The same, but sentences that deny ("has not been observed", 確認されていません) do not count.
std::string_view first_claim_in(std::string_view folded_text, WordList list);

}  // namespace hinomi

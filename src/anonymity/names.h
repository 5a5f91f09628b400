// Names nobody listed: a run of characters in front of 変電所, 支店, 幹線, 電力 …, and people by family name and title.
// A pure step of the finder; borrows everything.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "anonymity/candidate.h"

namespace hinomi::anonymity {

// Gazetteer words found in the text that are not spans themselves. Ranges are of NormalText::text().
struct WordHit {
  Range range;
  const Entry* entry = nullptr;
};
struct NameClues {
  std::vector<WordHit> suffixes;  // at most one (the longest) per end
  std::vector<WordHit> titles;
  std::vector<WordHit> surnames;
  std::unordered_set<std::size_t> stops;         // where something that is no part of a following name ends
  std::unordered_set<std::size_t> place_begins;  // where a known place begins
  std::unordered_set<std::size_t> place_ends;
};

class NameFinder {
 public:
  // `generic`: words that make no name, such as 当該 or 複数.
  NameFinder(const NormalText& text, const NameClues& clues, const std::unordered_set<std::string>& generic);
  [[nodiscard]] std::vector<Candidate> find() const;

 private:
  void add_suffix_name(const WordHit& suffix, std::vector<Candidate>& out) const;
  void add_latin_suffix_name(const WordHit& suffix, std::vector<Candidate>& out) const;
  void add_titled_person(const WordHit& title, std::vector<Candidate>& out) const;
  void add_untitled_person(const WordHit& surname, std::vector<Candidate>& out) const;
  void add_latin_person(const WordHit& surname, std::vector<Candidate>& out) const;
  [[nodiscard]] std::size_t start_of_run(std::size_t end) const;
  [[nodiscard]] std::size_t start_of_hiragana_name(std::size_t end) const;
  [[nodiscard]] std::string_view without_generic_end(std::string_view run) const;
  [[nodiscard]] bool is_followed_by_name_character(std::size_t at) const;

  std::string_view text_;
  const NameClues& clues_;
  const std::unordered_set<std::string>& generic_;
  std::unordered_map<std::size_t, std::size_t> surname_ends_;  // begin → end, the longest
};

}  // namespace hinomi::anonymity

#include "anonymity/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hinomi::anonymity {
namespace {

constexpr std::size_t kMaxRunCharacters = 14;

bool is_latin(std::string_view text) { return static_cast<unsigned char>(text.front()) < 0x80; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_run_character(char32_t c) { return is_kanji(c) || is_katakana(c) || is_ascii_word(c) || c == '&'; }
bool has_name_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = decode_utf8(text, at);
    if (is_kanji(c.value) || is_katakana(c.value) || is_hiragana(c.value)) return true;
    at += c.size;
  }
  return false;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Particles and endings that stand between a sentence and a name written in hiragana.
constexpr std::u32string_view kParticles = U"はがをにでとのもへや";
bool ends_like_grammar(std::string_view hiragana) {
  static constexpr std::array<std::string_view, 18> kEndings{"した", "する", "いる", "ある", "れた", "った",
                                                             "ない", "この", "その", "どの", "なる", "おり",
                                                             "よる", "れる", "から", "まで", "より", "また"};
  return std::ranges::any_of(kEndings, [hiragana](std::string_view ending) { return hiragana.ends_with(ending); });
}

SpanClass class_of_suffix(const Entry& suffix) {
  if (suffix.value("key") == "company") return SpanClass::Company;
  return suffix.value("key") == "place" ? SpanClass::City : SpanClass::Facility;
}

Candidate named(Range range, SpanClass span_class, std::string rule, double confidence, const Entry* entry = nullptr) {
  return {range, span_class, std::move(rule), confidence, entry, {}};
}

}  // namespace

NameFinder::NameFinder(const NormalText& text, const NameClues& clues, const std::unordered_set<std::string>& generic)
    : text_(text.text()), clues_(clues), generic_(generic) {
  for (const WordHit& hit : clues.surnames) {
    std::size_t& end = surname_ends_[hit.range.begin];
    end = std::max(end, hit.range.end);
  }
}

std::vector<Candidate> NameFinder::find() const {
  std::vector<Candidate> out;
  for (const WordHit& suffix : clues_.suffixes) {
    is_latin(suffix.entry->name) ? add_latin_suffix_name(suffix, out) : add_suffix_name(suffix, out);
  }
  for (const WordHit& title : clues_.titles) add_titled_person(title, out);
  for (const WordHit& surname : clues_.surnames) {
    is_latin(text_.substr(surname.range.begin)) ? add_latin_person(surname, out) : add_untitled_person(surname, out);
  }
  return out;
}

std::size_t NameFinder::start_of_run(std::size_t end) const {
  std::size_t at = end;
  for (std::size_t count = 0; at > 0 && count < kMaxRunCharacters && !clues_.stops.contains(at); ++count) {
    const auto before = decode_before(text_, at);
    if (!is_run_character(before.value)) break;
    at -= before.size;
  }
  return at;
}

// あかね台変電所: the run in front of 変電所 is 台, and the name goes on in hiragana up to a particle.
std::size_t NameFinder::start_of_hiragana_name(std::size_t end) const {
  constexpr std::size_t kMaxHiragana = 6;
  std::size_t at = end;
  for (std::size_t count = 0; at > 0 && count < kMaxHiragana && !clues_.stops.contains(at); ++count) {
    const auto before = decode_before(text_, at);
    if (!is_hiragana(before.value) || kParticles.find(before.value) != std::u32string_view::npos) break;
    at -= before.size;
  }
  const std::string_view name = text_.substr(at, end - at);
  return characters_in(name) < 2 || ends_like_grammar(name) ? end : at;
}

// 主要基幹 → "", 青葉配電用 → 青葉.
std::string_view NameFinder::without_generic_end(std::string_view run) const {
  for (bool again = true; again && !run.empty();) {
    again = false;
    std::size_t at = run.size();
    for (std::size_t count = 0; at > 0 && count < 6; ++count) {
      at -= decode_before(run, at).size;
      if (!generic_.contains(std::string(run.substr(at)))) continue;
      run = run.substr(0, at);
      again = true;
      break;
    }
  }
  return run;
}

bool NameFinder::is_followed_by_name_character(std::size_t at) const {
  if (at >= text_.size()) return false;
  const char32_t next = decode_utf8(text_, at).value;
  return is_kanji(next) || is_katakana(next);
}

void NameFinder::add_suffix_name(const WordHit& suffix, std::vector<Candidate>& out) const {
  const SpanClass span_class = class_of_suffix(*suffix.entry);
  const std::size_t characters = characters_in(suffix.entry->name);
  if (span_class == SpanClass::City && clues_.place_ends.contains(suffix.range.end)) return;
  const bool weak = characters == 1 || span_class == SpanClass::Company;
  const bool company_form = suffix.entry->name.ends_with("会社");
  if (weak && !company_form && is_followed_by_name_character(suffix.range.end)) return;
  const std::size_t run_begin = start_of_run(suffix.range.begin);
  const std::string_view run = without_generic_end(text_.substr(run_begin, suffix.range.begin - run_begin));
  std::size_t begin = run_begin;
  if (characters_in(run) <= 1 && run.size() == suffix.range.begin - run_begin)
    begin = start_of_hiragana_name(run_begin);
  const bool extended = begin != run_begin;
  if (!extended && !has_name_character(run)) return;
  if (characters == 1 && !extended && characters_in(run) < 2) return;
  out.push_back(named({begin, suffix.range.end}, span_class, "suffix." + std::string(span_class_text(span_class)),
                      weak && !company_form ? 0.5 : 0.65, suffix.entry));
}

// "Aoba North substation": words with a capital in front of the suffix.
void NameFinder::add_latin_suffix_name(const WordHit& suffix, std::vector<Candidate>& out) const {
  std::size_t begin = suffix.range.begin;
  for (int words = 0; words < 4 && begin > 0 && text_[begin - 1] == ' '; ++words) {
    std::size_t at = begin - 1;
    while (at > 0 && begin - at < 40 &&
           (is_ascii_word(static_cast<unsigned char>(text_[at - 1])) || text_[at - 1] == '-'))
      --at;
    const std::string_view word = text_.substr(at, begin - 1 - at);
    if (word.empty() || !is_upper(word.front()) || generic_.contains(lower_ascii(word))) break;
    begin = at;
  }
  if (begin == suffix.range.begin) return;
  const SpanClass span_class = class_of_suffix(*suffix.entry);
  out.push_back(named({begin, suffix.range.end}, span_class, "suffix." + std::string(span_class_text(span_class)), 0.65,
                      suffix.entry));
}

void NameFinder::add_titled_person(const WordHit& title, std::vector<Candidate>& out) const {
  const std::string_view written = text_.substr(title.range.begin, title.range.size());
  if (written != title.entry->name) return;  // サンプル is not さん
  if (written == "氏" && text_.substr(title.range.end).starts_with("名")) return;
  std::size_t at = title.range.begin;
  while (at > 0 && text_[at - 1] == ' ') --at;
  const std::size_t name_end = at;
  std::size_t surname_begin = name_end;
  for (std::size_t count = 0; at > 0 && count < 8; ++count) {
    const auto before = decode_before(text_, at);
    if (!is_kanji(before.value) && !is_katakana(before.value) && !is_hiragana(before.value) && before.value != ' ')
      break;
    at -= before.size;
    const auto surname = surname_ends_.find(at);
    if (surname != surname_ends_.end() && surname->second <= name_end) surname_begin = at;
  }
  if (surname_begin != name_end) {
    out.push_back(named({surname_begin, title.range.end}, SpanClass::Person, "person.surname_and_title", 0.95));
    return;
  }
  if (written != "さん" && written != "氏") return;
  const std::size_t run_begin = start_of_run(name_end);
  const std::string_view run = without_generic_end(text_.substr(run_begin, name_end - run_begin));
  if (characters_in(run) < 2 || characters_in(run) > 6) return;
  out.push_back(named({run_begin, title.range.end}, SpanClass::Person, "person.title", 0.5));
}

// 佐藤健一が: a known family name, up to three more kanji, and then something that is none.
void NameFinder::add_untitled_person(const WordHit& surname, std::vector<Candidate>& out) const {
  const std::size_t begin = surname.range.begin;
  if (surname_ends_.at(begin) != surname.range.end || clues_.place_begins.contains(begin)) return;
  if (characters_in(text_.substr(begin, surname.range.size())) < 2) return;
  if (begin > 0) {
    const char32_t before = decode_before(text_, begin).value;
    if (is_kanji(before) || is_katakana(before)) return;
  }
  std::size_t end = surname.range.end;
  if (end + 1 < text_.size() && text_[end] == ' ' && is_kanji(decode_utf8(text_, end + 1).value)) ++end;
  std::size_t given = 0;
  for (; end < text_.size() && given < 4; ++given) {
    const auto next = decode_utf8(text_, end);
    if (!is_kanji(next.value)) break;
    end += next.size;
  }
  if (given > 3) return;
  out.push_back(named({begin, end}, SpanClass::Person, "person.surname", 0.4));
}

void NameFinder::add_latin_person(const WordHit& surname, std::vector<Candidate>& out) const {
  Range range = surname.range;
  if (!is_upper(text_[range.begin])) return;
  std::size_t at = range.end;
  if (at + 1 < text_.size() && text_[at] == ' ' && is_upper(text_[at + 1])) {
    for (++at; at < text_.size() && at - range.end < 30 && is_ascii_word(static_cast<unsigned char>(text_[at])); ++at) {
    }
    range.end = at;
  } else if (range.begin > 2 && text_[range.begin - 1] == ' ') {
    at = range.begin - 1;
    while (at > 0 && range.begin - at < 30 && is_ascii_word(static_cast<unsigned char>(text_[at - 1]))) --at;
    if (at < range.begin - 1 && is_upper(text_[at])) range.begin = at;
  }
  out.push_back(named(range, SpanClass::Person, "person.surname_latin", 0.5));
}

}  // namespace hinomi::anonymity

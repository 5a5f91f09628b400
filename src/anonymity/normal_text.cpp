#include "anonymity/normal_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"

namespace hinomi::anonymity {
namespace {

constexpr char32_t kLongVowel = 0x30FC;

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

bool is_mark(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
}

// Zero-width characters, bidirectional controls, soft hyphens and variation selectors carry no meaning in a name.
bool is_invisible(char32_t c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_dash(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500 || c == 0x2501 || c == kLongVowel ||
         c == 0xFF0D || c == 0xFE63 || c == 0x30A0;
}

// Unchanged by NFKC unless a combining mark follows.
bool is_stable(char32_t c) {
  return c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE);
}

// 旧字体 and variants seen in names of places, plants and people.
constexpr std::u32string_view kOldForms =
    U"關関國国澤沢濱浜濵浜邊辺邉辺齋斎齊斉廣広龍竜嶋島嶌島髙高﨑崎發発變変應応縣県區区會会鹽塩櫻桜眞真瀧滝澁渋實実榮栄"
    U"靜静濟済德徳惠恵來来"
    U"萬万佛仏淺浅藏蔵圓円學学氣気鐵鉄壽寿當当與与豐豊驛駅舊旧樣様號号燈灯獨独總総點点戶戸靑青黃黄黑黒橫横彥彦邨村嶽岳"
    U"峯峰條条辯弁"
    U"寶宝禮礼稻稲淸清祐祐冨富舘館籠篭檜桧礪砺遙遥堯尭槇槙鷄鶏鬪闘團団傳伝轉転鑛鉱驗験蠶蚕稱称佐佐線線灣湾兒児乘乗貳弐"
    U"參参壹壱臺台瀨瀬佛仏龜亀繩縄禪禅鄕郷";

const std::unordered_map<char32_t, char32_t>& new_forms() {
  static const auto table = [] {
    std::unordered_map<char32_t, char32_t> forms;
    for (std::size_t i = 0; i + 1 < kOldForms.size(); i += 2) forms.emplace(kOldForms[i], kOldForms[i + 1]);
    return forms;
  }();
  return table;
}

char32_t folded_kana(char32_t c) {
  if (c >= 0x3041 && c <= 0x3096) c += 0x60;
  switch (c) {
    case U'ァ':
    case U'ィ':
    case U'ゥ':
    case U'ェ':
    case U'ォ':
    case U'ッ':
    case U'ャ':
    case U'ュ':
    case U'ョ':
    case U'ヮ': return c + 1;
    case U'ヵ': return U'カ';
    case U'ヶ': return U'ケ';
    case U'ヂ': return U'ジ';
    case U'ヅ': return U'ズ';
    case U'ヰ': return U'イ';
    case U'ヱ': return U'エ';
    default: return c;
  }
}

char32_t folded_character(char32_t c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : folded_kana(c); }

std::size_t end_of_marks(std::string_view text, std::size_t at) {
  constexpr int kMaxMarks = 8;
  for (int count = 0; count < kMaxMarks && at < text.size(); ++count) {
    const auto next = decode_utf8(text, at);
    if (!is_mark(next.value)) break;
    at += next.size;
  }
  return at;
}

}  // namespace

bool is_kanji(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) || c == U'々' ||
         c == U'〆' || (c >= 0x20000 && c <= 0x3FFFF);
}
bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x309F; }
bool is_katakana(char32_t c) { return (c >= 0x30A1 && c <= 0x30FA) || c == kLongVowel; }
bool is_ascii_word(char32_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

DecodedCharacter decode_utf8(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return {};
  char32_t value = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text, at + i)) return {};
    value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, size};
}

DecodedCharacter decode_before(std::string_view text, std::size_t end) {
  std::size_t at = end - 1;
  while (at > 0 && end - at < 4 && is_continuation(text, at)) --at;
  return decode_utf8(text, at);
}

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0U | (c >> 6U));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
  }
  put(0x80U | (c & 0x3FU));
}

NormalText::NormalText(std::string_view original) {
  text_.reserve(original.size());
  folded_.reserve(original.size());
  for (std::size_t at = 0; at < original.size();) {
    const auto character = decode_utf8(original, at);
    const std::size_t after = at + character.size;
    if (is_invisible(character.value)) {
      at = after;
      continue;
    }
    const std::size_t end = end_of_marks(original, after);
    if (end == after && is_stable(character.value)) {
      append(character.value, {at, end});
    } else {
      append_normalised(original, {at, end});
    }
    at = end;
  }
}

void NormalText::append_normalised(std::string_view original, Range cluster) {
  const std::string normal = nfkc(original.substr(cluster.begin, cluster.size()));
  for (std::size_t at = 0; at < normal.size();) {
    const auto character = decode_utf8(normal, at);
    append(character.value, cluster);
    at += character.size;
  }
}

void NormalText::append(char32_t c, Range origin) {
  if (is_space(c)) c = ' ';
  if (c == 0x301C || c == 0x223C) c = '~';
  // ー is a long vowel after kana and a dash elsewhere, whatever was typed: 03ー1234, パワ－グリッド.
  if (is_dash(c)) c = is_katakana(previous_) || is_hiragana(previous_) ? kLongVowel : U'-';
  if (const auto found = new_forms().find(c); found != new_forms().end()) c = found->second;
  append_utf8(text_, c);
  append_utf8(folded_, folded_character(c));
  begins_.resize(text_.size(), static_cast<std::uint32_t>(origin.begin));
  ends_.resize(text_.size(), static_cast<std::uint32_t>(origin.end));
  previous_ = c;
}

Range NormalText::original(Range normal) const { return {begins_[normal.begin], ends_[normal.end - 1]}; }

SqueezedText squeezed(std::string_view folded) {
  SqueezedText out;
  out.text.reserve(folded.size());
  out.positions.reserve(folded.size());
  const auto keep = [&out](char byte, std::size_t at) {
    out.text += byte;
    out.positions.push_back(static_cast<std::uint32_t>(at));
  };
  constexpr std::string_view kMiddleDot = "・";
  constexpr std::string_view kVowelMark = "ー";
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t gap_begin = at;
    int lines = 0;
    while (at < folded.size()) {
      if (folded[at] == ' ' || folded[at] == '\n') {
        lines += folded[at++] == '\n' ? 1 : 0;
      } else if (folded.substr(at).starts_with(kMiddleDot) || folded.substr(at).starts_with(kVowelMark)) {
        at += kMiddleDot.size();
      } else {
        break;
      }
    }
    if (at == folded.size()) break;
    if (lines > 1) {
      keep('\n', gap_begin);
    } else if (at > gap_begin && !out.text.empty() && is_ascii_word(static_cast<unsigned char>(out.text.back())) &&
               is_ascii_word(static_cast<unsigned char>(folded[at]))) {
      keep(' ', gap_begin);
    }
    keep(folded[at], at);
    ++at;
  }
  return out;
}

std::string lookup_form(std::string_view name) { return squeezed(NormalText(trimmed(name)).folded()).text; }

}  // namespace hinomi::anonymity

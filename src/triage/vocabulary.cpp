#include "triage/vocabulary.h"

#include <array>

namespace hinomi {
namespace {

constexpr std::array kPowerSector = std::to_array<std::string_view>({
    "critical infrastructure sectors: energy",
    "energy sector",
    "electric power",
    "power grid",
    "power plant",
    "power system",
    "power utility",
    "electric utility",
    "substation",
    "switchgear",
    "circuit breaker",
    "protection relay",
    "protective relay",
    "remote terminal unit",
    "rtu",
    "iec 61850",
    "iec 60870",
    "iec 104",
    "dnp3",
    "goose",
    "phasor",
    "smart meter",
    "metering",
    "turbine",
    "inverter",
    "photovoltaic",
    "wind farm",
    "distributed energy",
    "energy management system",
    "scada",
    "iccp",
    "transformer monitoring",
    "電力",
    "変電",
    "送電",
    "配電",
    "発電",
    "給電",
    "受電",
    "開閉器",
    "遮断器",
    "保護リレー",
    "保護継電器",
    "遠方監視",
    "系統監視",
    "系統制御",
    "系統運用",
    "電気事業",
    "電気設備",
    "スマートメーター",
    "スマートメータ",
    "パワーコンディショナ",
    "パワーコンディショナー",
    "蓄電池",
    "需給",
    "制御所",
    "電気保安",
    "太陽光",
    "風力",
});

constexpr std::array kOtVendor = std::to_array<std::string_view>({
    "hitachi energy",
    "hitachi",
    "mitsubishi electric",
    "toshiba",
    "fuji electric",
    "meidensha",
    "yokogawa",
    "omron",
    "osaki electric",
    "siemens",
    "schneider electric",
    "abb",
    "general electric",
    "ge digital",
    "ge vernova",
    "ge grid",
    "schweitzer engineering",
    "emerson",
    "honeywell",
    "rockwell automation",
    "phoenix contact",
    "wago",
    "beckhoff",
    "codesys",
    "moxa",
    "advantech",
    "aveva",
    "delta electronics",
    "westermo",
    "hirschmann",
    "belden",
    "red lion",
    "subnet solutions",
    "landis gyr",
    "landis+gyr",
    "itron",
    "efacec",
    "arteche",
    "subnet",
    "survalent",
    "iconics",
    "inductive automation",
    "keyence",
    "azbil",
    "sierra wireless",
    "digi international",
    "ruggedcom",
    "日立",
    "三菱電機",
    "東芝",
    "富士電機",
    "明電舎",
    "横河",
    "オムロン",
    "大崎電気",
    "日新電機",
    "ダイヘン",
    "アズビル",
    "キーエンス",
});

constexpr std::array kEdgeDevice = std::to_array<std::string_view>({
    "ssl-vpn",
    "ssl vpn",
    "vpn",
    "firewall",
    "secure gateway",
    "remote access gateway",
    "edge device",
    "edge appliance",
    "load balancer",
    "cellular router",
    "industrial router",
    "ファイアウォール",
    "境界装置",
    "リモートアクセス",
    "ゲートウェイ装置",
    "ルータ",
    "ルーター",
});

constexpr std::array kExploitReported = std::to_array<std::string_view>({
    "exploited in the wild",
    "actively exploited",
    "active exploitation",
    "exploitation has been seen",
    "exploitation has been observed",
    "known to be exploited",
    "reports of exploitation",
    "悪用する攻撃",
    "悪用した攻撃",
    "悪用が確認",
    "悪用されて",
    "攻撃が確認",
    "攻撃を確認",
});

constexpr std::array kRansomware = std::to_array<std::string_view>({"ransomware", "ランサムウェア", "ランサムウエア"});

bool is_word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Where the word stands from `from` on, or npos.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  const bool needs_borders = is_word_character(word.front());
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool is_bordered =
        (at == 0 || !is_word_character(text[at - 1])) && (end == text.size() || !is_word_character(text[end]));
    if (!needs_borders || is_bordered) return at;
  }
  return std::string_view::npos;
}

// Sentences longer than this are looked at only in part.
constexpr std::size_t kMaxSentence = 400;

std::string_view sentence_around(std::string_view text, std::size_t at) {
  const std::size_t earliest = at > kMaxSentence ? at - kMaxSentence : 0;
  std::string_view before = text.substr(earliest, at - earliest);
  for (const std::string_view stop : {"。", ". ", "\n"}) {
    const std::size_t end = before.rfind(stop);
    if (end != std::string_view::npos) before.remove_prefix(end + stop.size());
  }
  const std::size_t begin = at - before.size();
  std::string_view sentence = text.substr(begin, at - begin + kMaxSentence);
  for (const std::string_view stop : {"。", ". ", "\n"}) sentence = sentence.substr(0, sentence.find(stop));
  return sentence;
}

bool denies(std::string_view sentence) {
  constexpr std::array kDenials = std::to_array<std::string_view>({"not", "no", "never", "ません", "ない", "おらず"});
  for (const std::string_view word : kDenials) {
    if (find_word(sentence, word, 0) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::span<const std::string_view> words_of(WordList list) {
  switch (list) {
    case WordList::PowerSector: return kPowerSector;
    case WordList::OtVendor: return kOtVendor;
    case WordList::EdgeDevice: return kEdgeDevice;
    case WordList::ExploitReported: return kExploitReported;
    case WordList::Ransomware: return kRansomware;
  }
  return {};
}

std::string_view first_word_in(std::string_view folded_text, WordList list) {
  for (const std::string_view word : words_of(list)) {
    if (find_word(folded_text, word, 0) != std::string_view::npos) return word;
  }
  return {};
}

std::string_view first_claim_in(std::string_view folded_text, WordList list) {
  for (const std::string_view word : words_of(list)) {
    for (std::size_t at = find_word(folded_text, word, 0); at != std::string_view::npos;
         at = find_word(folded_text, word, at + 1)) {
      if (!denies(sentence_around(folded_text, at))) return word;
    }
  }
  return {};
}

}  // namespace hinomi

// find_indicators: what may be picked out of prose. Stricter than reading a single token, because prose is full of
// version numbers, file names and sentences without a space after the full stop. Each byte is looked at a bounded
// number of times.
#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/text.h"
#include "model/file_name.h"
#include "model/host_name.h"
#include "model/indicator.h"
#include "model/network_address.h"
#include "model/refang.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxPiece = 512;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_upper(c) || is_lower(c) || is_digit(c); }

// Names of products that look like domains.
bool is_product_name(std::string_view name) {
  constexpr std::array<std::string_view, 5> kProducts{"asp.net", "vb.net", "ado.net", "ml.net", "socket.io"};
  return std::find(kProducts.begin(), kProducts.end(), name) != kProducts.end();
}

// "attack.It spread": a sentence, not a name.
bool is_capitalised(std::string_view label) {
  return label.size() >= 2 && is_upper(label[0]) && std::all_of(label.begin() + 1, label.end(), is_lower);
}

enum class Marking { Plain, Defanged };

bool is_name_in_prose(std::string_view text, Marking marking) {
  const auto last = text.substr(text.rfind('.') + 1);
  const std::string lower = lower_ascii(last);
  if (marking == Marking::Defanged) return true;
  return is_known_top_level(lower) && !is_file_like_top_level(lower) && !is_capitalised(last) &&
         !is_product_name(lower_ascii(text));
}

bool is_program_in_prose(std::string_view text) {
  const auto dot = text.rfind('.');
  return dot != std::string_view::npos && dot > 0 && is_program_extension(lower_ascii(text.substr(dot + 1))) &&
         lower_ascii(text.substr(dot + 1)) != "com";
}

bool is_hash_in_prose(std::string_view text) {
  if (text.size() != 32 && text.size() != 40 && text.size() != 64) return false;
  const auto is_hex_letter = [](char c) { return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  return std::any_of(text.begin(), text.end(), is_hex_letter) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_digit(c) || is_hex_letter(c); });
}

// "a::b" is code and "12:30" a time.
bool is_ipv6_in_prose(std::string_view text) {
  return std::count(text.begin(), text.end(), ':') >= 2 && std::any_of(text.begin(), text.end(), is_digit) &&
         text.size() >= 6 && parse_ipv6(text).has_value();
}

std::optional<IndicatorType> type_in_prose(std::string_view text, Marking marking) {
  if (text.size() < 4 || text.size() > kMaxPiece) return std::nullopt;
  if (parse_ipv4(text)) return IndicatorType::Ipv4;
  if (parse_ipv4_network(text)) return IndicatorType::Ipv4Cidr;
  if (is_ipv6_in_prose(text)) return IndicatorType::Ipv6;
  if (is_hash_in_prose(text)) {
    return text.size() == 32 ? IndicatorType::Md5 : text.size() == 40 ? IndicatorType::Sha1 : IndicatorType::Sha256;
  }
  if (text.find('.') == std::string_view::npos) return std::nullopt;
  if (text.find('@') != std::string_view::npos) {
    return is_name_in_prose(text, marking) ? std::optional(IndicatorType::Email) : std::nullopt;
  }
  if (is_program_in_prose(text)) return IndicatorType::FileName;
  return is_name_in_prose(text, marking) ? std::optional(IndicatorType::Domain) : std::nullopt;
}

bool separates_tokens(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte >= 0x7F || std::string_view("\"<>`|^").find(c) != std::string_view::npos;
}

bool separates_pieces(char c) { return std::string_view(",;()[]{}'!*&#?$").find(c) != std::string_view::npos; }
bool separates_parts(char c) { return std::string_view(":/\\=%+~").find(c) != std::string_view::npos; }

template <class Separates, class Visit>
void for_each_run(std::string_view text, Separates separates, Visit visit) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !separates(text[i])) continue;
    if (i > begin) visit(text.substr(begin, i - begin));
    begin = i + 1;
  }
}

// The punctuation of the sentence around a piece.
std::string_view without_punctuation(std::string_view text) {
  while (!text.empty() && !is_word(text.front()) && text.front() != ':' && text.front() != '_') text.remove_prefix(1);
  while (!text.empty() && !is_word(text.back()) && text.back() != '/' && !text.ends_with("::")) text.remove_suffix(1);
  return text;
}

// A closing bracket belongs to the sentence unless the URL opened it.
std::string_view without_sentence_end(std::string_view url) {
  const auto address_end = url.find("://[") == std::string_view::npos ? std::string_view::npos : url.find(']');
  auto open_round = std::count(url.begin(), url.end(), '(') - std::count(url.begin(), url.end(), ')');
  while (!url.empty() && url.size() - 1 != address_end) {
    const char last = url.back();
    const bool unopened = last == ')' && open_round < 0;
    if (!unopened && std::string_view(".,;:!?'*]}").find(last) == std::string_view::npos) break;
    if (unopened) ++open_round;
    url.remove_suffix(1);
  }
  return url;
}

// Where the letters in front of "://" begin; the end when there is none.
std::size_t scheme_begin(std::string_view text) {
  const auto separator = text.find("://");
  if (separator == std::string_view::npos) return text.size();
  std::size_t begin = separator;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  return begin;
}

bool begins_an_indicator(std::string_view field, Marking marking) {
  return scheme_begin(field) == 0 || type_in_prose(without_punctuation(field), marking).has_value();
}

// Where the URL at the front ends. Commas may stand in a URL; they also part the fields of a list.
std::size_t url_end(std::string_view text, Marking marking) {
  auto comma = text.find_first_of(",;");
  while (comma != std::string_view::npos) {
    const auto next = text.find_first_of(",;", comma + 1);
    if (begins_an_indicator(text.substr(comma + 1, next - comma - 1), marking)) return comma;
    comma = next;
  }
  return text.size();
}

class Finder {
 public:
  std::vector<Indicator> take() { return std::move(found_); }

  void read_token(std::string_view token, Marking marking) {
    while (!token.empty()) {
      const auto begin = scheme_begin(token);
      read_pieces(token.substr(0, begin), marking);
      token.remove_prefix(begin);
      const auto end = url_end(token, marking);
      read_url(token.substr(0, end), marking);
      token.remove_prefix(end);
    }
  }

 private:
  void read_url(std::string_view text, Marking marking) {
    if (text.empty()) return;
    const auto url = make_indicator(IndicatorType::Url, without_sentence_end(text));
    if (url.ok()) {
      keep(*url);
    } else {
      read_pieces(text, marking);
    }
  }

  void read_pieces(std::string_view text, Marking marking) {
    for_each_run(text, separates_pieces, [&](std::string_view run) {
      const auto piece = without_punctuation(run);
      if (read_piece(piece, marking)) return;
      for_each_run(piece, separates_parts,
                   [&](std::string_view part) { read_piece(without_punctuation(part), marking); });
    });
  }

  bool read_piece(std::string_view piece, Marking marking) {
    const auto type = type_in_prose(piece, marking);
    if (!type) return false;
    const auto indicator = make_indicator(*type, piece);
    if (indicator.ok()) keep(*indicator);
    return indicator.ok();
  }

  void keep(const Indicator& indicator) {
    if (seen_.insert(indicator).second) found_.push_back(indicator);
  }

  std::vector<Indicator> found_;
  std::set<Indicator> seen_;
};

}  // namespace

std::vector<Indicator> find_indicators(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const std::string plain = ascii ? std::string(text) : nfkc(text);
  Finder finder;
  for_each_run(plain, separates_tokens, [&](std::string_view run) {
    const Refanged token = refanged(run);
    finder.read_token(token.text, token.was_defanged ? Marking::Defanged : Marking::Plain);
  });
  return finder.take();
}

}  // namespace hinomi

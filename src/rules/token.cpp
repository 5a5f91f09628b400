#include "rules/token.h"

#include <charconv>

namespace hinomi::rules {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// A unit may be a quotient: Gbit/s.
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '/'; }
bool is_number(char c) { return is_digit(c) || c == '.' || c == '_'; }

std::size_t run_length(std::string_view text, bool (*belongs)(char)) {
  std::size_t length = 0;
  while (length < text.size() && belongs(text[length])) ++length;
  return length;
}

std::size_t symbol_length(std::string_view text) {
  for (const std::string_view symbol : {"<=", ">=", "==", "!="}) {
    if (text.starts_with(symbol)) return 2;
  }
  return std::string_view("<>(){},").find(text.front()) != std::string_view::npos ? 1 : 0;
}

}  // namespace

Error syntax_error(std::string detail, TextPosition position) {
  return invalid("rules.syntax", std::move(detail), position_text(position));
}

void Tokenizer::skip_space() {
  while (!rest_.empty() &&
         (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == '\t' || rest_.front() == '\r')) {
    ++position_.column;
    if (rest_.front() == '\n') position_ = {position_.line + 1, 1};
    rest_.remove_prefix(1);
  }
}

Token Tokenizer::take(Token::Kind kind, std::size_t length) {
  const Token token{kind, rest_.substr(0, length), 0, position_};
  rest_.remove_prefix(length);
  position_.column += static_cast<std::uint32_t>(length);
  return token;
}

Result<Token> Tokenizer::number() {
  Token token = take(Token::Kind::Number, run_length(rest_, is_number));
  std::string digits;
  for (const char c : token.text) {
    if (c != '_') digits += c;
  }
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), token.number);
  if (error != std::errc{} || end != digits.data() + digits.size() || token.text.back() == '_') {
    return syntax_error("Write a number like 7000, 7_000 or 0.5.", token.position);
  }
  return token;
}

Result<Token> Tokenizer::quoted() {
  const auto close = rest_.find_first_of("\"\n", 1);
  if (close == std::string_view::npos || rest_[close] != '"') {
    return syntax_error("A quoted text is not closed on its line.", position_);
  }
  Token token = take(Token::Kind::Text, close + 1);
  token.text = token.text.substr(1, token.text.size() - 2);
  return token;
}

Result<Token> Tokenizer::next() {
  skip_space();
  if (rest_.empty()) return take(Token::Kind::End, 0);
  if (is_letter(rest_.front())) return take(Token::Kind::Name, run_length(rest_, is_name));
  if (is_digit(rest_.front())) return number();
  if (rest_.front() == '"') return quoted();
  if (const auto length = symbol_length(rest_); length > 0) return take(Token::Kind::Symbol, length);
  return syntax_error("This character has no meaning here; see the rule pack guide for the language.", position_);
}

}  // namespace hinomi::rules

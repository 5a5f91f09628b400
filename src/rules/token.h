// The words of the expression language. Internal to the parser; borrows from the text it reads.
#pragma once

#include <string_view>

#include "base/result.h"
#include "rules/expression.h"

namespace hinomi::rules {

struct Token {
  enum class Kind { Name, Number, Text, Symbol, End };
  Kind kind = Kind::End;
  std::string_view text;  // of a Text: without its quotes
  double number = 0;
  TextPosition position;
};

class Tokenizer {
 public:
  // Positions count from `origin`, the place of the text's first character in its file.
  Tokenizer(std::string_view text, TextPosition origin) : rest_(text), position_(origin) {}
  // End for ever once the text is used up. Invalid rules.syntax on a character or number the language does not have.
  Result<Token> next();

 private:
  void skip_space();
  Token take(Token::Kind kind, std::size_t length);
  Result<Token> number();
  Result<Token> quoted();
  std::string_view rest_;
  TextPosition position_;
};

Error syntax_error(std::string detail, TextPosition position);

}  // namespace hinomi::rules

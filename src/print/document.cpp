#include "print/document.h"

#include <fmt/format.h>

#include "base/text.h"

namespace hinomi::print {
namespace {

constexpr unsigned kDeepestHeading = 3;

Error malformed(std::string reason, std::string where) {
  return invalid("print.malformed", "The document cannot be printed: " + std::move(reason) + ".", std::move(where));
}

Error over(std::string what, std::string where) {
  return too_large("print.too_large",
                   "The document is too large to print: " + std::move(what) + ". Print a part of it.",
                   std::move(where));
}

// Counts what has been seen, so that many small texts meet a bound as one large text does.
class Checker {
 public:
  Status text(std::string_view text, std::size_t most, const std::string& where) {
    if (text.size() > most) return over(fmt::format("a text here may have {} bytes", most), where);
    bytes_ += text.size();
    if (bytes_ > kMaxDocumentBytes) return over(fmt::format("all texts may have {} bytes", kMaxDocumentBytes), where);
    if (!is_utf8(text)) return malformed("a text is not UTF-8", where);
    return {};
  }
  Status required(std::string_view words, std::size_t most, const std::string& where) {
    if (trimmed(words).empty()) return malformed("this is missing", where);
    return text(words, most, where);
  }
  Status piece(const std::string& where) {
    if (++pieces_ > kMaxPieces) return over(fmt::format("it may have {} blocks, rows and items", kMaxPieces), where);
    return {};
  }

  Status block(const Heading& heading, const std::string& where) {
    if (heading.level < 1 || heading.level > kDeepestHeading)
      return malformed("a heading has level 1, 2 or 3", where + "/level");
    return text(heading.text, kMaxLineBytes, where + "/text");
  }
  Status block(const Paragraph& paragraph, const std::string& where) {
    return text(paragraph.text, kMaxTextBytes, where + "/text");
  }
  Status block(const Note& note, const std::string& where) { return text(note.text, kMaxTextBytes, where + "/text"); }
  Status block(const Table& table, const std::string& where) {
    TRY_OK(text(table.label_heading, kMaxMarkingBytes, where + "/label_heading"));
    TRY_OK(text(table.value_heading, kMaxMarkingBytes, where + "/value_heading"));
    for (std::size_t i = 0; i < table.rows.size(); ++i) TRY_OK(row(table.rows[i], fmt::format("{}/rows/{}", where, i)));
    return {};
  }
  Status block(const List& list, const std::string& where) {
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const std::string place = fmt::format("{}/items/{}", where, i);
      TRY_OK(piece(place));
      TRY_OK(text(list.items[i], kMaxTextBytes, place));
    }
    return {};
  }

 private:
  Status row(const Row& row, const std::string& where) {
    TRY_OK(piece(where));
    TRY_OK(text(row.label, kMaxLineBytes, where + "/label"));
    TRY_OK(text(row.value, kMaxTextBytes, where + "/value"));
    return text(row.before.value_or(""), kMaxTextBytes, where + "/before");
  }

  std::size_t bytes_ = 0;
  std::size_t pieces_ = 0;
};

Status check_head(Checker& checker, const Document& document) {
  TRY_OK(checker.required(document.marking, kMaxMarkingBytes, "/marking"));
  TRY_OK(checker.required(document.number, kMaxMarkingBytes, "/number"));
  TRY_OK(checker.required(document.title, kMaxLineBytes, "/title"));
  TRY_OK(checker.text(document.version, kMaxMarkingBytes, "/version"));
  TRY_OK(checker.text(document.badge, kMaxMarkingBytes, "/badge"));
  TRY_OK(checker.text(document.caveat, kMaxLineBytes, "/caveat"));
  return checker.text(document.issuer, kMaxLineBytes, "/issuer");
}

}  // namespace

Status check(const Document& document) {
  Checker checker;
  TRY_OK(check_head(checker, document));
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const std::string where = fmt::format("/blocks/{}", i);
    TRY_OK(checker.piece(where));
    TRY_OK(std::visit([&](const auto& block) { return checker.block(block, where); }, document.blocks[i]));
  }
  return {};
}

}  // namespace hinomi::print

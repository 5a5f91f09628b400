// What goes onto paper: a marked, numbered document of blocks, without any layout (docs/decisions/0017-printing.md).
// Plain values, made by whoever knows the subject (api, forms) and set by print/typeset.h in a confined child. The JSON
// form is canonical: one document, one text. Everything in it is text from people, so it has bounds everywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/catalogue.h"
#include "base/result.h"
#include "base/time.h"

namespace hinomi::print {

struct Heading {
  std::string text;
  unsigned level = 1;  // 1 to 3; the document's title stands above all of them
  bool operator==(const Heading&) const = default;
};

// Line breaks in the text are kept.
struct Paragraph {
  std::string text;
  bool operator==(const Paragraph&) const = default;
};

enum class Tone {
  Said,    // what somebody wrote
  Silent,  // a word about the absence of a value: 未記入, 調査中, 該当なし
  Code,    // a hash, an address, a rule: monospaced, breaks anywhere
};

struct Row {
  std::string label;
  std::string value;
  Tone tone = Tone::Said;
  // The value until this version: the row is marked 訂正 and shows both; "" is 未記入.
  std::optional<std::string> before = std::nullopt;
  bool operator==(const Row&) const = default;
};

// Rows of label and value. The heading row, when it has any text, stands on every page that the table reaches.
struct Table {
  std::string label_heading;  // short, as they stand on every page
  std::string value_heading;
  std::vector<Row> rows;
  bool operator==(const Table&) const = default;
};

enum class Marker { Bullet, Number };

struct List {
  std::vector<std::string> items;
  Marker marker = Marker::Bullet;
  Tone tone = Tone::Said;
  bool operator==(const List&) const = default;
};

// An aside in a frame of its own: a disclaimer, what the reader has to know about the layout.
struct Note {
  std::string text;
  bool operator==(const Note&) const = default;
};

using Block = std::variant<Heading, Paragraph, Table, List, Note>;

struct Document {
  Language language = Language::Japanese;  // of the few words the typesetter adds, and of line breaking
  std::string marking;                     // on every page, never shortened: TLP:AMBER+STRICT
  std::string caveat;                      // beside the marking on every page; may be empty
  std::string number;                      // on every page: NR-2026-0142
  std::string version;                     // on every page, as it is read: 第2報, Version 2
  std::string title;
  std::string issuer;  // who hands it out; may be empty
  Instant created;     // of the content, never the time of printing: same document, same bytes
  std::string badge;   // beside the title: 未検証の様式, 下書き; may be empty
  std::vector<Block> blocks;
  bool operator==(const Document&) const = default;
};

// What one document may hold. A page of dense Japanese text is about 4,000 bytes.
inline constexpr std::size_t kMaxMarkingBytes = 96;  // marking, number, version, badge and table headings each
inline constexpr std::size_t kMaxLineBytes = 1'000;  // caveat, title, issuer, headings and labels each
inline constexpr std::size_t kMaxTextBytes = std::size_t{256} << 10;    // any other text
inline constexpr std::size_t kMaxPieces = 4'000;                        // blocks, rows and items together
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{1} << 20;  // all texts together
inline constexpr std::size_t kMaxJsonBytes = std::size_t{8} << 20;      // escapes make some texts six times as long

// TooLarge "print.too_large" over a bound; Invalid "print.malformed" for text that is not UTF-8, a heading level
// outside 1 to 3, or a document without marking, number or title. `where` is the JSON pointer of the place.
Status check(const Document& document);

std::string to_json(const Document& document);

// A checked document. The same errors as check(), those of parse_json, and Invalid "print.malformed" for a member that
// is missing, unknown or of the wrong type.
Result<Document> parse_document(std::string_view json);

}  // namespace hinomi::print

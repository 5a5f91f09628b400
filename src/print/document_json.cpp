// The document as JSON: what goes through the pipe to the child that sets it. Members stand in one order and are all
// written, so equal documents are equal bytes.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/json.h"
#include "print/document.h"

namespace hinomi::print {
namespace {

constexpr unsigned kMaxDepth = 8;
constexpr std::array<std::string_view, 3> kTones{"said", "silent", "code"};
constexpr std::array<std::string_view, 2> kMarkers{"bullet", "number"};

void write_block(JsonWriter& out, const Heading& heading) {
  out.member("kind", "heading").member("text", heading.text).member("level", std::int64_t{heading.level});
}
void write_block(JsonWriter& out, const Paragraph& paragraph) {
  out.member("kind", "paragraph").member("text", paragraph.text);
}
void write_block(JsonWriter& out, const Note& note) { out.member("kind", "note").member("text", note.text); }
void write_block(JsonWriter& out, const Table& table) {
  out.member("kind", "table").member("label_heading", table.label_heading);
  out.member("value_heading", table.value_heading).key("rows").begin_array();
  for (const Row& row : table.rows) {
    out.begin_object().member("label", row.label).member("value", row.value);
    out.member("tone", kTones[static_cast<std::size_t>(row.tone)]).member_if("before", row.before).end_object();
  }
  out.end_array();
}
void write_block(JsonWriter& out, const List& list) {
  out.member("kind", "list").member("marker", kMarkers[static_cast<std::size_t>(list.marker)]);
  out.member("tone", kTones[static_cast<std::size_t>(list.tone)]).key("items").begin_array();
  for (const std::string& item : list.items) out.string(item);
  out.end_array();
}

// One object of the document, read member by member; the first error is kept with its place, and later reads are empty.
class Reader {
 public:
  Reader(JsonView value, std::string where) : value_(value), where_(std::move(where)) {
    if (!value.is_object()) fail("", "an object is expected");
  }

  void only(std::initializer_list<std::string_view> known) {
    for (const JsonView member : value_) {
      if (std::ranges::find(known, member.key()) == known.end()) fail(member.key(), "this member is unknown");
    }
  }
  std::string text(std::string_view name) {
    const auto text = value_.string_at(name);
    if (!text) fail(name, "a text is expected");
    return std::string(text.value_or(""));
  }
  std::optional<std::string> optional_text(std::string_view name) {
    if (!value_.find(name)) return std::nullopt;
    return text(name);
  }
  template <std::size_t Count>
  std::size_t word(std::string_view name, const std::array<std::string_view, Count>& words) {
    const auto found = std::ranges::find(words, text(name));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    fail(name, "this word is unknown");
    return 0;
  }
  std::int64_t integer(std::string_view name) {
    const auto number = value_.integer_at(name);
    if (!number) fail(name, "a whole number is expected");
    return number.value_or(0);
  }
  // Calls `read` with each element and its place. A text of more elements than a document may have pieces ends here.
  template <class Read>
  void each(std::string_view name, Read read) {
    const auto list = value_.find(name);
    if (!list || !list->is_array()) return fail(name, "an array is expected");
    if (list->size() > kMaxPieces) {
      if (error_.code.empty())
        error_ = too_large("print.too_large", "The document has too many blocks, rows or items.", place(name));
      return;
    }
    std::size_t index = 0;
    for (const JsonView element : *list) read(element, place(name) + "/" + std::to_string(index++));
  }
  void fail(std::string_view name, std::string_view reason) {
    if (!error_.code.empty()) return;
    error_ = invalid("print.malformed", "The document cannot be read: " + std::string(reason) + ".", place(name));
  }
  void pass_on(const Reader& inner) {
    if (error_.code.empty()) error_ = inner.error_;
  }
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  [[nodiscard]] std::string place(std::string_view name) const {
    return name.empty() ? where_ : where_ + "/" + std::string(name);
  }
  JsonView value_;
  std::string where_;
  Error error_{ErrorKind::Invalid, {}, {}, {}};
};

Heading read_heading(Reader& reader) {
  reader.only({"kind", "text", "level"});
  const std::int64_t level = reader.integer("level");
  return {reader.text("text"), static_cast<unsigned>(std::clamp<std::int64_t>(level, 0, 9))};
}

Row read_row(Reader& reader) {
  reader.only({"label", "value", "tone", "before"});
  return {reader.text("label"), reader.text("value"), static_cast<Tone>(reader.word("tone", kTones)),
          reader.optional_text("before")};
}

Table read_table(Reader& reader) {
  reader.only({"kind", "label_heading", "value_heading", "rows"});
  Table table{reader.text("label_heading"), reader.text("value_heading"), {}};
  reader.each("rows", [&](JsonView value, const std::string& where) {
    Reader inner(value, where);
    table.rows.push_back(read_row(inner));
    reader.pass_on(inner);
  });
  return table;
}

List read_list(Reader& reader) {
  reader.only({"kind", "marker", "tone", "items"});
  List list{{}, static_cast<Marker>(reader.word("marker", kMarkers)), static_cast<Tone>(reader.word("tone", kTones))};
  reader.each("items", [&](JsonView value, const std::string&) {
    if (!value.string()) reader.fail("items", "texts are expected");
    list.items.emplace_back(value.string().value_or(""));
  });
  return list;
}

Block read_block(Reader& reader) {
  const std::string kind = reader.text("kind");
  if (kind == "heading") return read_heading(reader);
  if (kind == "table") return read_table(reader);
  if (kind == "list") return read_list(reader);
  reader.only({"kind", "text"});
  if (kind == "note") return Note{reader.text("text")};
  if (kind != "paragraph") reader.fail("kind", "this kind of block is unknown");
  return Paragraph{reader.text("text")};
}

Language read_language(Reader& reader) {
  const std::string tag = reader.text("language");
  if (tag != "ja" && tag != "en") reader.fail("language", "ja or en is expected");
  return parse_language(tag);
}

Document read_head(Reader& reader) {
  reader.only({"language", "marking", "caveat", "number", "version", "title", "issuer", "created", "badge", "blocks"});
  Document document;
  document.language = read_language(reader);
  document.marking = reader.text("marking");
  document.caveat = reader.text("caveat");
  document.number = reader.text("number");
  document.version = reader.text("version");
  document.title = reader.text("title");
  document.issuer = reader.text("issuer");
  document.badge = reader.text("badge");
  const auto created = parse_rfc3339(reader.text("created"));
  if (created.ok()) document.created = *created;
  if (!created.ok()) reader.fail("created", "an RFC 3339 time is expected");
  return document;
}

}  // namespace

std::string to_json(const Document& document) {
  JsonWriter out;
  out.begin_object().member("language", language_tag(document.language)).member("marking", document.marking);
  out.member("caveat", document.caveat).member("number", document.number).member("version", document.version);
  out.member("title", document.title).member("issuer", document.issuer);
  out.member("created", to_rfc3339(document.created)).member("badge", document.badge).key("blocks").begin_array();
  for (const Block& block : document.blocks) {
    out.begin_object();
    std::visit([&](const auto& known) { write_block(out, known); }, block);
    out.end_object();
  }
  return out.end_array().end_object().take();
}

Result<Document> parse_document(std::string_view json) {
  TRY(const auto text, parse_json(json, {.max_bytes = kMaxJsonBytes, .max_depth = kMaxDepth}));
  Reader reader(text->root(), "");
  Document document = read_head(reader);
  reader.each("blocks", [&](JsonView value, const std::string& where) {
    Reader inner(value, where);
    document.blocks.push_back(read_block(inner));
    reader.pass_on(inner);
  });
  if (!reader.error().code.empty()) return reader.error();
  TRY_OK(check(document));
  return document;
}

}  // namespace hinomi::print

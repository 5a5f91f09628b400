// JSON in and out. In: the whole text is checked (well-formed, UTF-8, no duplicate keys, limits) before anything is
// read, and every value remembers the bytes it came from. Out: a small writer with one escape function.
// RFC 8259. A JsonView borrows from its JsonDocument, which must outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

struct JsonLimits {
  std::size_t max_bytes = std::size_t{16} << 20;
  unsigned max_depth = 64;
};

enum class JsonType : std::uint8_t { Null, Bool, Number, String, Array, Object };

class JsonDocument;
struct JsonNode;

class JsonView {
 public:
  [[nodiscard]] JsonType type() const;
  [[nodiscard]] bool is_object() const { return type() == JsonType::Object; }
  [[nodiscard]] bool is_array() const { return type() == JsonType::Array; }
  [[nodiscard]] std::string_view raw() const;  // exactly the bytes received, without surrounding white space

  // Nothing when the value is of another type (or a number has a fraction or does not fit).
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] std::optional<std::string_view> string() const;  // unescaped

  // Object member by name; nothing when absent or when this is not an object.
  [[nodiscard]] std::optional<JsonView> find(std::string_view key) const;
  // Shorthands over find() + the typed reads; nothing when absent or of another type.
  [[nodiscard]] std::optional<std::string_view> string_at(std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> integer_at(std::string_view key) const;
  [[nodiscard]] std::optional<bool> boolean_at(std::string_view key) const;

  // Elements of an array or values of an object, in order; empty for anything else.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] JsonView at(std::size_t index) const;              // index < size()
  [[nodiscard]] std::string_view key_at(std::size_t index) const;  // objects only

  class Iterator {
   public:
    Iterator(const JsonDocument* document, std::uint32_t node) : document_(document), node_(node) {}
    JsonView operator*() const { return {document_, node_}; }
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return node_ != other.node_; }

   private:
    const JsonDocument* document_;
    std::uint32_t node_;
  };
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] Iterator end() const;
  [[nodiscard]] std::string_view key() const;  // of a value reached inside an object, else empty

 private:
  friend class JsonDocument;
  JsonView(const JsonDocument* document, std::uint32_t node) : document_(document), node_(node) {}
  const JsonDocument* document_;
  std::uint32_t node_;
};

// Owns the text and the index over it. Movable; views stay valid across moves of the owning pointer only.
class JsonDocument {
 public:
  [[nodiscard]] JsonView root() const { return {this, 0}; }
  ~JsonDocument();

 private:
  friend class JsonView;
  friend class JsonView::Iterator;
  friend Result<std::unique_ptr<const JsonDocument>> parse_json(std::string_view, JsonLimits);
  JsonDocument();
  std::string text_;
  std::vector<JsonNode> nodes_;
  std::string strings_;  // unescaped forms of strings and keys that have escapes, back to back
};

// Errors name the byte position: code json.syntax, json.encoding, json.duplicate_key, json.too_deep, json.too_large.
Result<std::unique_ptr<const JsonDocument>> parse_json(std::string_view text, JsonLimits limits = {});

// Builds JSON text. Commas are the writer's business; nesting is the caller's.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view text);
  JsonWriter& integer(std::int64_t number);
  JsonWriter& number(double number);  // shortest text that reads back the same
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& raw(std::string_view json);  // already JSON

  // key + value in one.
  JsonWriter& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  JsonWriter& member(std::string_view name, const char* text) { return key(name).string(text); }
  JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }
  JsonWriter& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }
  JsonWriter& member(std::string_view name, int value) { return key(name).integer(value); }
  JsonWriter& member(std::string_view name, std::uint64_t value) {
    return key(name).integer(static_cast<std::int64_t>(value));
  }
  // Nothing is written when there is no text.
  JsonWriter& member_if(std::string_view name, const std::optional<std::string>& text) {
    return text ? member(name, *text) : *this;
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void separate();
  std::string text_;
  bool needs_comma_ = false;
};

// The text as a quoted JSON string. Invalid UTF-8 becomes U+FFFD; < and U+2028/2029 are escaped so that the result
// is safe inside HTML script data too.
std::string json_quoted(std::string_view text);

}  // namespace hinomi

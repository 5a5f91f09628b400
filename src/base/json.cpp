#include "base/json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace hinomi {

// Text of a string or member name: where nothing is escaped it is read from the document itself, else from strings_.
struct JsonText {
  std::uint32_t begin = 0, end = 0;
  bool is_unescaped = false;  // stands in strings_
};

// One value. Children of a container follow it in document order; `next` is the node after the whole subtree.
struct JsonNode {
  std::uint32_t raw_begin, raw_end;  // bytes in the text
  std::uint32_t text_begin, text_end;
  std::uint32_t key_begin, key_end;
  std::uint32_t next, count;
  JsonType type;
  bool text_is_unescaped, key_is_unescaped;
};

namespace {

namespace od = simdjson::ondemand;

Error syntax_error(std::size_t position, std::string_view reason) {
  return invalid("json.syntax", fmt::format("The JSON text is broken at byte {}: {}.", position, reason),
                 fmt::format("byte {}", position));
}

// Walks the whole text once; on-demand parsing only validates what is visited, so everything is visited.
class Walker {
 public:
  Walker(std::string_view text, JsonLimits limits, std::vector<JsonNode>& nodes, std::string& strings)
      : text_(text), limits_(limits), nodes_(nodes), strings_(strings) {}

  Status walk(od::document& document) {
    od::value value;
    // Scalars at the root cannot be read as a value; none of our formats has one, so they are refused.
    if (document.get_value().get(value) != simdjson::SUCCESS) return syntax_error(0, "an object or array is expected");
    TRY_OK(visit(value, 1, {}));
    const char* after = nullptr;
    if (document.current_location().get(after) != simdjson::OUT_OF_BOUNDS) {
      return syntax_error(position(document), "there is text after the end");
    }
    return {};
  }

 private:
  static std::size_t offset_in(std::string_view text, const char* at) {
    return static_cast<std::size_t>(at - text.data());
  }

  std::size_t position(od::document& document) {
    const char* at = nullptr;
    return document.current_location().get(at) == simdjson::SUCCESS ? offset_in(text_, at) : text_.size();
  }

  Status failed(od::value& value, simdjson::error_code code) {
    const char* at = nullptr;
    const auto where = value.current_location().get(at) == simdjson::SUCCESS ? offset_in(text_, at) : text_.size();
    return syntax_error(std::min(where, text_.size()), simdjson::error_message(code));
  }

  JsonText keep(std::string_view text) {
    const auto begin = static_cast<std::uint32_t>(strings_.size());
    strings_ += text;
    return {begin, static_cast<std::uint32_t>(strings_.size()), true};
  }

  // Where the string that begins behind a quote at `begin` ends, when nothing in it is escaped. Strings are closed: the
  // first pass over the text has made sure of that.
  std::optional<JsonText> plain_text(std::size_t begin) const {
    const std::string_view rest = text_.substr(begin);
    const auto* quote = static_cast<const char*>(std::memchr(rest.data(), '"', rest.size()));
    if (quote == nullptr) return std::nullopt;
    const auto length = static_cast<std::size_t>(quote - rest.data());
    if (std::memchr(rest.data(), '\\', length) != nullptr) return std::nullopt;
    return JsonText{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
  }

  std::string_view view(const JsonText& text) const {
    return (text.is_unescaped ? std::string_view(strings_) : text_).substr(text.begin, text.end - text.begin);
  }

  Status visit(od::value& value, unsigned depth, const JsonText& key) {
    if (depth > limits_.max_depth) {
      return invalid("json.too_deep", fmt::format("The JSON text is nested deeper than {} levels.", limits_.max_depth));
    }
    od::json_type type{};
    if (const auto code = value.type().get(type)) return failed(value, code);
    const std::size_t index = nodes_.size();
    const std::size_t begin = offset_in(text_, value.raw_json_token().data());
    nodes_.push_back({static_cast<std::uint32_t>(begin), 0, 0, 0, key.begin, key.end, 0, 0, JsonType::Null, false,
                      key.is_unescaped});
    Status status;
    switch (type) {
      case od::json_type::object: status = visit_object(value, depth, index); break;
      case od::json_type::array: status = visit_array(value, depth, index); break;
      case od::json_type::string: status = visit_string(value, index); break;
      case od::json_type::number: status = visit_number(value, index); break;
      case od::json_type::boolean: status = visit_boolean(value, index); break;
      case od::json_type::null: status = visit_null(value, index); break;
    }
    if (!status.ok()) return status;
    nodes_[index].next = static_cast<std::uint32_t>(nodes_.size());
    return {};
  }

  // The current location is the next token; between it and the end of the value stand only white space and punctuation.
  void close_container(od::value& value, std::size_t index, char closing) {
    const char* at = nullptr;
    std::size_t end = value.current_location().get(at) == simdjson::SUCCESS ? offset_in(text_, at) : text_.size();
    end = std::min(end, text_.size());
    while (end > nodes_[index].raw_begin && text_[end - 1] != closing) --end;
    nodes_[index].raw_end = static_cast<std::uint32_t>(end);
  }

  Status visit_object(od::value& value, unsigned depth, std::size_t index) {
    nodes_[index].type = JsonType::Object;
    od::object object;
    if (const auto code = value.get_object().get(object)) return failed(value, code);
    const std::size_t first_name = names_.size();
    for (auto field : object) {
      TRY(const JsonText key, read_key(field, value));
      names_.push_back(key);
      od::value member;
      if (const auto code = field.value().get(member)) return failed(value, code);
      TRY_OK(visit(member, depth + 1, key));
    }
    const auto count = static_cast<std::uint32_t>(names_.size() - first_name);
    TRY_OK(check_names(first_name, nodes_[index].raw_begin));
    nodes_[index].count = count;
    close_container(value, index, '}');
    return {};
  }

  Result<JsonText> read_key(simdjson::simdjson_result<od::field>& field, od::value& object) {
    od::raw_json_string raw;
    if (const auto code = field.key().get(raw)) return failed(object, code).error();
    if (const auto plain = plain_text(offset_in(text_, raw.raw()))) return *plain;
    std::string_view name;
    if (const auto code = field.unescaped_key().get(name)) return failed(object, code).error();
    return keep(name);
  }

  // The names from `first` on are those of one object; takes them off. Few names are compared with each other, many are
  // sorted.
  Status check_names(std::size_t first, std::uint32_t position) {
    constexpr std::size_t kFewNames = 12;
    std::vector<std::string_view> sorted;
    std::optional<std::string_view> repeated;
    const std::size_t count = names_.size() - first;
    if (count > kFewNames) {
      for (std::size_t i = first; i < names_.size(); ++i) sorted.push_back(view(names_[i]));
      std::ranges::sort(sorted);
      const auto twice = std::ranges::adjacent_find(sorted);
      if (twice != sorted.end()) repeated = *twice;
    } else {
      for (std::size_t i = first; i < names_.size(); ++i) {
        for (std::size_t j = first; j < i; ++j) {
          if (view(names_[i]) == view(names_[j])) repeated = view(names_[i]);
        }
      }
    }
    names_.resize(first);
    if (!repeated) return {};
    return invalid("json.duplicate_key", fmt::format("The key \"{}\" appears twice in one object.", *repeated),
                   fmt::format("byte {}", position));
  }

  Status visit_array(od::value& value, unsigned depth, std::size_t index) {
    nodes_[index].type = JsonType::Array;
    od::array array;
    if (const auto code = value.get_array().get(array)) return failed(value, code);
    std::uint32_t count = 0;
    for (auto item : array) {
      od::value element;
      if (const auto code = item.get(element)) return failed(value, code);
      TRY_OK(visit(element, depth + 1, {}));
      ++count;
    }
    nodes_[index].count = count;
    close_container(value, index, ']');
    return {};
  }

  Status visit_string(od::value& value, std::size_t index) {
    nodes_[index].type = JsonType::String;
    const std::string_view token = value.raw_json_token();
    JsonText kept;
    if (const auto plain = plain_text(nodes_[index].raw_begin + 1)) {
      od::raw_json_string unread;
      if (const auto code = value.get_raw_json_string().get(unread)) return failed(value, code);
      kept = *plain;
    } else {
      std::string_view text;
      if (const auto code = value.get_string().get(text)) return failed(value, code);
      kept = keep(text);
    }
    nodes_[index].text_begin = kept.begin;
    nodes_[index].text_end = kept.end;
    nodes_[index].text_is_unescaped = kept.is_unescaped;
    nodes_[index].raw_end = nodes_[index].raw_begin + token_length(token);
    return {};
  }

  Status visit_number(od::value& value, std::size_t index) {
    nodes_[index].type = JsonType::Number;
    const std::string_view token = value.raw_json_token();
    nodes_[index].raw_end = nodes_[index].raw_begin + token_length(token);
    double number = 0;
    od::number any;
    // Integers beyond 64 bits are kept as their text: get_number refuses them, get_double does not.
    if (value.get_number().get(any) != simdjson::SUCCESS) {
      if (const auto code = value.get_double().get(number)) return failed(value, code);
    }
    return {};
  }

  Status visit_boolean(od::value& value, std::size_t index) {
    nodes_[index].type = JsonType::Bool;
    bool truth = false;
    if (const auto code = value.get_bool().get(truth)) return failed(value, code);
    nodes_[index].raw_end = nodes_[index].raw_begin + (truth ? 4 : 5);
    return {};
  }

  Status visit_null(od::value& value, std::size_t index) {
    bool null = false;
    if (const auto code = value.is_null().get(null)) return failed(value, code);
    if (!null) return syntax_error(nodes_[index].raw_begin, "null is expected");
    nodes_[index].raw_end = nodes_[index].raw_begin + 4;
    return {};
  }

  // raw_json_token runs to the next token: cut the white space it carries.
  static std::uint32_t token_length(std::string_view token) {
    return static_cast<std::uint32_t>(trimmed(token).size());
  }

  std::string_view text_;
  JsonLimits limits_;
  std::vector<JsonNode>& nodes_;
  std::string& strings_;
  std::vector<JsonText> names_;  // of the objects being read, innermost last
};

}  // namespace

JsonDocument::JsonDocument() = default;
JsonDocument::~JsonDocument() = default;

Result<std::unique_ptr<const JsonDocument>> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.max_bytes || text.size() >= UINT32_MAX / 2) {
    return too_large("json.too_large",
                     fmt::format("The JSON text has {} bytes; the limit is {}.", text.size(), limits.max_bytes));
  }
  if (!simdjson::validate_utf8(text.data(), text.size()))
    return invalid("json.encoding", "The JSON text is not UTF-8.");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::unique_ptr<JsonDocument> document(new JsonDocument());
  document->text_.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  document->text_ = text;
  document->nodes_.reserve(text.size() / 24 + 4);
  od::parser parser;
  od::document parsed;
  const auto code =
      parser.iterate(document->text_.data(), document->text_.size(), document->text_.capacity()).get(parsed);
  if (code != simdjson::SUCCESS) return syntax_error(0, simdjson::error_message(code));
  Walker walker(document->text_, limits, document->nodes_, document->strings_);
  TRY_OK(walker.walk(parsed));
  return std::unique_ptr<const JsonDocument>(std::move(document));
}

JsonType JsonView::type() const { return document_->nodes_[node_].type; }

std::string_view JsonView::raw() const {
  const JsonNode& node = document_->nodes_[node_];
  return std::string_view(document_->text_).substr(node.raw_begin, node.raw_end - node.raw_begin);
}

std::optional<bool> JsonView::boolean() const {
  if (type() != JsonType::Bool) return std::nullopt;
  return raw().front() == 't';
}

std::optional<std::int64_t> JsonView::integer() const {
  if (type() != JsonType::Number) return std::nullopt;
  std::int64_t value = 0;
  const auto text = raw();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> JsonView::number() const {
  if (type() != JsonType::Number) return std::nullopt;
  double value = 0;
  const auto text = raw();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string_view> JsonView::string() const {
  if (type() != JsonType::String) return std::nullopt;
  const JsonNode& node = document_->nodes_[node_];
  const std::string_view from = node.text_is_unescaped ? document_->strings_ : document_->text_;
  return from.substr(node.text_begin, node.text_end - node.text_begin);
}

std::optional<JsonView> JsonView::find(std::string_view key) const {
  if (!is_object()) return std::nullopt;
  for (const JsonView member : *this) {
    if (member.key() == key) return member;
  }
  return std::nullopt;
}

std::optional<std::string_view> JsonView::string_at(std::string_view key) const {
  const auto member = find(key);
  return member ? member->string() : std::nullopt;
}
std::optional<std::int64_t> JsonView::integer_at(std::string_view key) const {
  const auto member = find(key);
  return member ? member->integer() : std::nullopt;
}
std::optional<bool> JsonView::boolean_at(std::string_view key) const {
  const auto member = find(key);
  return member ? member->boolean() : std::nullopt;
}

std::size_t JsonView::size() const { return document_->nodes_[node_].count; }

JsonView JsonView::at(std::size_t index) const {
  auto child = begin();
  while (index-- > 0) ++child;
  return *child;
}

std::string_view JsonView::key_at(std::size_t index) const { return at(index).key(); }

std::string_view JsonView::key() const {
  const JsonNode& node = document_->nodes_[node_];
  const std::string_view from = node.key_is_unescaped ? document_->strings_ : document_->text_;
  return from.substr(node.key_begin, node.key_end - node.key_begin);
}

JsonView::Iterator& JsonView::Iterator::operator++() {
  node_ = document_->nodes_[node_].next;
  return *this;
}
JsonView::Iterator JsonView::begin() const {
  return {document_, size() == 0 ? document_->nodes_[node_].next : node_ + 1};
}
JsonView::Iterator JsonView::end() const { return {document_, document_->nodes_[node_].next}; }

void JsonWriter::separate() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}
JsonWriter& JsonWriter::begin_object() {
  separate();
  text_ += '{';
  needs_comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::end_object() {
  text_ += '}';
  needs_comma_ = true;
  return *this;
}
JsonWriter& JsonWriter::begin_array() {
  separate();
  text_ += '[';
  needs_comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::end_array() {
  text_ += ']';
  needs_comma_ = true;
  return *this;
}
JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  text_ += json_quoted(name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::string(std::string_view text) {
  separate();
  text_ += json_quoted(text);
  return *this;
}
JsonWriter& JsonWriter::integer(std::int64_t number) {
  separate();
  fmt::format_to(std::back_inserter(text_), "{}", number);
  return *this;
}
JsonWriter& JsonWriter::number(double number) {
  separate();
  fmt::format_to(std::back_inserter(text_), "{}", number);
  return *this;
}
JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  text_ += value ? "true" : "false";
  return *this;
}
JsonWriter& JsonWriter::null() {
  separate();
  text_ += "null";
  return *this;
}
JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

std::string json_quoted(std::string_view text) {
  const std::string repaired = is_utf8(text) ? std::string() : nfkc(text);
  if (!repaired.empty()) text = repaired;
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '<': out += "\\u003c"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else if (text.substr(i).starts_with("\xE2\x80\xA8") || text.substr(i).starts_with("\xE2\x80\xA9")) {
          out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
          i += 2;
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

}  // namespace hinomi

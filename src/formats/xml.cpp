#include "formats/xml.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>

#include "base/text.h"

namespace hinomi {

struct XmlDocument::Tree {
  pugi::xml_document document;
};

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

pugi::xml_node as_node(void* node) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node)); }

std::string_view local_part(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Skips white space, processing instructions and comments in front of the root element.
std::string_view without_prolog(std::string_view text) {
  while (true) {
    text = trimmed(text);
    const bool is_instruction = text.starts_with("<?");
    if (!is_instruction && !text.starts_with("<!--")) return text;
    const std::string_view closing = is_instruction ? "?>" : "-->";
    const std::size_t end = text.find(closing, 2);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + closing.size());
  }
}

Status check_encoding(std::string_view text) {
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos) {
    return invalid("feed.encoding", "The XML text must be UTF-8 without NUL characters.");
  }
  if (!text.starts_with("<?xml")) return {};
  const std::string declaration = lower_ascii(text.substr(0, text.find("?>")));
  const std::size_t at = declaration.find("encoding");
  if (at == std::string::npos) return {};
  const std::string_view value = std::string_view(declaration).substr(at);
  const bool is_ours =
      value.find("utf-8") != std::string_view::npos || value.find("us-ascii") != std::string_view::npos;
  return is_ours ? Status() : invalid("feed.encoding", "The XML text declares an encoding other than UTF-8.");
}

Status check_before_parsing(std::string_view text, XmlLimits limits) {
  if (text.size() > limits.max_bytes) {
    return too_large("feed.too_large", fmt::format("The XML text has more than {} bytes.", limits.max_bytes));
  }
  if (static_cast<std::size_t>(std::ranges::count(text, '<')) > 2 * limits.max_tags) {
    return too_large("feed.too_large", fmt::format("The XML text has more than {} elements.", limits.max_tags));
  }
  TRY_OK(check_encoding(text));
  if (without_prolog(text).starts_with("<!")) {
    return invalid("feed.doctype",
                   "A DOCTYPE is not accepted: feeds need none, and entities in it are a known attack.");
  }
  return {};
}

// Walks without recursion: the depth is what is being checked.
Status check_depth(const pugi::xml_document& document, std::size_t max_depth) {
  std::size_t depth = 1;
  for (pugi::xml_node node = document.first_child(); node;) {
    if (node.type() == pugi::node_doctype) return invalid("feed.doctype", "A DOCTYPE is not accepted.");
    if (depth > max_depth + 1)
      return invalid("feed.too_deep", fmt::format("The XML is nested deeper than {} levels.", max_depth));
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return {};
}

// Recursion is bounded by check_depth.
void append_text(pugi::xml_node node, std::string& out) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      out += child.value();
    } else {
      append_text(child, out);
    }
  }
}

pugi::xml_node next_element(pugi::xml_node node) {
  do {
    node = node.next_sibling();
  } while (node && node.type() != pugi::node_element);
  return node;
}

}  // namespace

XmlDocument::XmlDocument() : tree_(std::make_unique<Tree>()) {}
XmlDocument::~XmlDocument() = default;

Result<std::unique_ptr<const XmlDocument>> XmlDocument::parse(std::string_view text, XmlLimits limits) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  TRY_OK(check_before_parsing(text, limits));
  std::unique_ptr<XmlDocument> parsed(new XmlDocument());
  parsed->text_ = text;
  const unsigned space = limits.keeps_space ? pugi::parse_ws_pcdata : 0U;
  const unsigned options = pugi::parse_default | pugi::parse_doctype | space;
  const auto result =
      parsed->tree_->document.load_buffer(parsed->text_.data(), parsed->text_.size(), options, pugi::encoding_utf8);
  if (!result) {
    return invalid("feed.syntax", fmt::format("The XML is broken: {}.", result.description()),
                   fmt::format("byte {}", result.offset));
  }
  TRY_OK(check_depth(parsed->tree_->document, limits.max_depth));
  return std::unique_ptr<const XmlDocument>(std::move(parsed));
}

XmlElement XmlDocument::root() const { return {this, tree_->document.document_element().internal_object()}; }

std::string_view XmlElement::name() const { return local_part(as_node(node_).name()); }

std::string_view XmlElement::prefix() const {
  const std::string_view whole = as_node(node_).name();
  return whole.substr(0, whole.size() - std::min(whole.size(), name().size() + 1));
}

std::string_view XmlElement::attribute(std::string_view name) const {
  for (const pugi::xml_attribute attribute : as_node(node_).attributes()) {
    if (local_part(attribute.name()) == name) return attribute.value();
  }
  return {};
}

std::vector<XmlElement> XmlElement::children() const {
  std::vector<XmlElement> found;
  for (const pugi::xml_node child : as_node(node_).children()) {
    if (child.type() == pugi::node_element) found.push_back({document_, child.internal_object()});
  }
  return found;
}

std::vector<XmlElement> XmlElement::children(std::string_view name) const {
  std::vector<XmlElement> found = children();
  std::erase_if(found, [&](const XmlElement& child) { return child.name() != name; });
  return found;
}

XmlElement XmlElement::child(std::string_view name) const {
  for (const pugi::xml_node child : as_node(node_).children()) {
    if (child.type() == pugi::node_element && local_part(child.name()) == name)
      return {document_, child.internal_object()};
  }
  return {document_, nullptr};
}

std::string XmlElement::text() const {
  std::string out;
  append_text(as_node(node_), out);
  return out;
}

std::string_view XmlElement::raw() const {
  const pugi::xml_node node = as_node(node_);
  const auto name_at = node.offset_debug();
  if (name_at < 1) return {};
  const std::string_view text = document_->text_;
  const auto begin = static_cast<std::size_t>(name_at) - 1;
  const auto next_at = next_element(node).offset_debug();
  const std::size_t limit = next_at < 1 ? text.size() : static_cast<std::size_t>(next_at) - 1;
  // pugixml remembers where an element begins but not where it ends; before the next sibling its closing tag is the
  // last.
  const std::string_view extent = text.substr(begin, limit - begin);
  const std::size_t closing = extent.rfind("</" + std::string(node.name()));
  const std::size_t end = extent.find('>', closing == std::string_view::npos ? 0 : closing);
  return extent.substr(0, end == std::string_view::npos ? end : end + 1);
}

}  // namespace hinomi

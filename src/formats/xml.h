// XML as feeds use it, over pugixml: elements, attributes and text, read only. Internal to the module.
// Hostile input is expected: no DOCTYPE, no entities, bounded size, number of tags and depth. Namespaces are read
// loosely, by local name, because feeds in the wild omit or rename them. An XmlElement borrows from its document.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hinomi {

struct XmlLimits {
  std::size_t max_bytes = std::size_t{16} << 20;
  std::size_t max_tags = 400'000;
  std::size_t max_depth = 32;
  bool keeps_space = false;  // texts of nothing but white space too
};

class XmlDocument;

class XmlElement {
 public:
  explicit operator bool() const { return node_ != nullptr; }
  [[nodiscard]] std::string_view name() const;    // without the prefix
  [[nodiscard]] std::string_view prefix() const;  // empty where there is none
  // By local name; empty when absent.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  [[nodiscard]] std::vector<XmlElement> children() const;
  [[nodiscard]] std::vector<XmlElement> children(std::string_view name) const;
  // First child of that name, or an element that is false and has no children, attributes or text.
  [[nodiscard]] XmlElement child(std::string_view name) const;
  // All text inside, of descendants too.
  [[nodiscard]] std::string text() const;
  // The element's bytes as received, from its "<" to its ">".
  [[nodiscard]] std::string_view raw() const;

 private:
  friend class XmlDocument;
  XmlElement(const XmlDocument* document, void* node) : document_(document), node_(node) {}
  const XmlDocument* document_;
  void* node_;  // pugixml's own
};

class XmlDocument {
 public:
  // Errors: feed.encoding, feed.doctype, feed.syntax (where: "byte 123"), feed.too_large, feed.too_deep.
  static Result<std::unique_ptr<const XmlDocument>> parse(std::string_view text, XmlLimits limits);
  ~XmlDocument();
  [[nodiscard]] XmlElement root() const;

 private:
  friend class XmlElement;
  struct Tree;
  XmlDocument();
  std::string text_;
  std::unique_ptr<Tree> tree_;
};

}  // namespace hinomi

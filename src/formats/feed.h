// Feeds in: RSS 1.0 (RDF), RSS 2.0, Atom, JVN's RSS with sec: names, and MyJVN's VULDEF details (DOMAIN-JAPAN §4.2).
// A DOCTYPE is refused before any parsing, no entity is ever expanded beyond the five of XML, and size, number of tags
// and depth are bounded. Pure functions over borrowed bytes; safe on any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "formats/outcome.h"

namespace hinomi {

struct FeedLimits {
  std::size_t max_bytes = std::size_t{16} << 20;
  std::size_t max_tags = 400'000;
  std::size_t max_depth = 32;
  std::size_t max_items = 20'000;
};

// Items in document order, descriptions as plain text. Format is MyJvn where JVN's security names are used, else Rss.
// Errors: feed.encoding, feed.doctype, feed.syntax (with the byte), feed.too_large, feed.too_deep, feed.not_a_feed,
// feed.service (the service answered with its own error). Broken items become problems and the others are kept.
Result<ReadOutcome> read_feed(const SourceFile& file, const FeedLimits& limits = {});

// True when the text begins like XML (after a byte order mark and white space).
bool looks_like_xml(std::string_view text);

}  // namespace hinomi

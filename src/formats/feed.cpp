#include "formats/feed.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/text.h"
#include "formats/feed_time.h"
#include "formats/text_pieces.h"
#include "formats/xml.h"
#include "model/cve.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxTitleBytes = 1'000;
constexpr std::size_t kMaxIdBytes = 500;
constexpr std::size_t kMaxTextBytes = 32'000;
constexpr std::size_t kMaxProducts = 1'000;

std::string plain(const XmlElement& element, std::size_t max_bytes) {
  return shortened(plain_text_of_html(element.text()), max_bytes);
}

void add_cves(std::vector<std::string>& cves, std::string_view text) {
  for (auto& cve : find_cves(text)) cves.push_back(std::move(cve));
}

// What all kinds of feeds share: an item under construction.
struct Draft {
  SourceItem item;
  std::string fallback_id;  // guid, rdf:about or link
  std::string modified;
  std::string issued;
  DistinctTexts products{kMaxProducts, kMaxTextBytes};
  DistinctTexts scores{20, 1'000};
  DistinctTexts mitigation{100, kMaxTextBytes};
};

// Atom: href of the alternate link; RSS: the element's text.
void take_link(Draft& draft, const XmlElement& link) {
  const std::string_view href = link.attribute("href");
  const std::string_view relation = link.attribute("rel");
  if (!href.empty() && !relation.empty() && relation != "alternate") return;
  const std::string address(href.empty() ? std::string(trimmed(link.text())) : std::string(href));
  if (draft.item.url.empty() && is_web_address(address)) draft.item.url = address;
}

// <sec:handling> … color="WHITE": a colour that nobody knows means the strictest.
void take_handling(Draft& draft, const XmlElement& handling) {
  for (const XmlElement& marking : handling.children()) {
    for (const XmlElement& structure : marking.children()) {
      const std::string_view color = structure.attribute("color");
      if (color.empty()) continue;
      draft.item.tlp = stricter(draft.item.tlp, parse_tlp(color).value_or(Tlp::Red));
    }
  }
}

void take_security(Draft& draft, const XmlElement& child) {
  draft.item.format = SourceFormat::MyJvn;
  const std::string_view name = child.name();
  if (name == "identifier") {
    draft.item.external_id = plain(child, kMaxIdBytes);
  } else if (name == "references") {
    add_cves(draft.item.cves, child.attribute("id"));
  } else if (name == "cpe") {
    const std::string product = fmt::format("{} {}", child.attribute("vendor"), child.attribute("product"));
    draft.products.add(trimmed(product).empty() ? child.text() : product);
  } else if (name == "cvss") {
    draft.scores.add(fmt::format("CVSS {} {} {}", child.attribute("version"), child.attribute("score"),
                                 child.attribute("severity")));
  } else if (name == "handling") {
    take_handling(draft, child);
  }
}

void take_child(Draft& draft, const XmlElement& child) {
  const std::string_view name = child.name();
  if (child.prefix() == "sec") {
    take_security(draft, child);
  } else if (name == "title") {
    draft.item.title = plain(child, kMaxTitleBytes);
  } else if (name == "link") {
    take_link(draft, child);
  } else if (name == "description" || name == "summary" ||
             ((name == "content" || name == "encoded") && draft.item.summary.empty())) {
    draft.item.summary = plain(child, kMaxTextBytes);
  } else if (name == "identifier") {
    if (draft.item.external_id.empty()) draft.item.external_id = plain(child, kMaxIdBytes);
  } else if (name == "guid" || name == "id") {
    draft.fallback_id = plain(child, kMaxIdBytes);
  } else if (name == "modified" || name == "updated") {
    draft.modified = trimmed(child.text());
  } else if (name == "issued" || name == "published") {
    draft.issued = trimmed(child.text());
  } else if (name == "date" || name == "pubDate") {
    if (draft.modified.empty()) draft.modified = trimmed(child.text());
    if (draft.issued.empty()) draft.issued = trimmed(child.text());
  }
}

Draft draft_of_entry(const XmlElement& entry) {
  Draft draft;
  draft.item.format = SourceFormat::Rss;
  for (const XmlElement& child : entry.children()) take_child(draft, child);
  if (draft.fallback_id.empty()) draft.fallback_id = entry.attribute("about");
  if (draft.fallback_id.empty()) draft.fallback_id = draft.item.url;
  if (draft.item.external_id.empty()) draft.item.external_id = shortened(draft.fallback_id, kMaxIdBytes);
  add_cves(draft.item.cves, draft.item.title);
  add_cves(draft.item.cves, draft.item.summary);
  add_cves(draft.item.cves, draft.item.external_id);
  return draft;
}

void take_affected(Draft& draft, const XmlElement& affected) {
  for (const XmlElement& item : affected.children("AffectedItem")) {
    draft.products.add(fmt::format("{} {} {}", trimmed(item.child("Name").text()),
                                   trimmed(item.child("ProductName").text()),
                                   trimmed(item.child("VersionNumber").text())));
  }
}

void take_related(Draft& draft, const XmlElement& related) {
  for (const XmlElement& item : related.children("RelatedItem")) {
    add_cves(draft.item.cves, item.child("VulinfoID").text());
    const std::string address(trimmed(item.child("URL").text()));
    if (draft.item.url.empty() && item.attribute("type") == "advisory" && is_web_address(address))
      draft.item.url = address;
  }
}

// VULDEF 3.x, one Vulinfo.
Draft draft_of_vulinfo(const XmlElement& vulinfo) {
  Draft draft;
  const XmlElement body = vulinfo.child("VulinfoData");
  draft.item.format = SourceFormat::MyJvn;
  draft.item.external_id = plain(vulinfo.child("VulinfoID"), kMaxIdBytes);
  draft.item.title = plain(body.child("Title"), kMaxTitleBytes);
  draft.item.summary = plain(body.child("VulinfoDescription").child("Overview"), kMaxTextBytes);
  draft.issued = trimmed(body.child("DateFirstPublished").text());
  draft.modified = trimmed(body.child("DateLastUpdated").text());
  take_affected(draft, body.child("Affected"));
  take_related(draft, body.child("Related"));
  for (const XmlElement& score : body.child("Impact").children("Cvss")) {
    draft.scores.add(fmt::format("CVSS {} {} {}", score.attribute("version"), trimmed(score.child("Base").text()),
                                 trimmed(score.child("Severity").text())));
  }
  for (const XmlElement& solution : body.child("Solution").children("SolutionItem")) {
    draft.mitigation.add(plain(solution.child("Description"), kMaxTextBytes));
  }
  return draft;
}

Result<SourceItem> finished(Draft draft, const XmlElement& element) {
  SourceItem& item = draft.item;
  if (item.title.empty()) return invalid("feed.item", "The item has no title.");
  if (item.external_id.empty()) return invalid("feed.item", "The item has neither an identifier nor a link.");
  item.published = parse_feed_time(draft.issued.empty() ? draft.modified : draft.issued);
  if (const std::string scores = draft.scores.joined("; "); !scores.empty()) {
    item.summary += item.summary.empty() ? scores : "\n\n" + scores;
  }
  std::ranges::sort(item.cves);
  item.cves.erase(std::ranges::unique(item.cves).begin(), item.cves.end());
  item.products = draft.products.take();
  item.mitigation = draft.mitigation.joined("\n\n");
  item.raw = element.raw();
  // Without a time of its own, an item's bytes are its version.
  item.version = draft.modified.empty() ? "sha256:" + to_hex(ByteView(sha256(item.raw)).first(8))
                                        : shortened(draft.modified, kMaxIdBytes);
  return std::move(draft.item);
}

// MyJVN says in status:Status whether it could answer; retCd 0 is success.
Status check_service(const XmlElement& root) {
  const XmlElement status = root.child("Status");
  const std::string_view code = status.attribute("retCd");
  if (code.empty() || code == "0") return {};
  return invalid("feed.service",
                 fmt::format("The service answered with error {}: {}", shortened(status.attribute("errCd"), 40),
                             shortened(status.attribute("errMsg"), 300)));
}

struct Entries {
  std::vector<XmlElement> elements;
  bool are_vulinfo = false;
};

Result<Entries> entries_of(const XmlElement& root) {
  const std::string_view kind = root.name();
  if (kind == "RDF") return Entries{root.children("item")};
  if (kind == "feed") return Entries{root.children("entry")};
  if (kind == "rss") {
    Entries entries;
    for (const XmlElement& channel : root.children("channel")) {
      for (const XmlElement& item : channel.children("item")) entries.elements.push_back(item);
    }
    return entries;
  }
  if (kind == "VULDEF-Document") return Entries{root.children("Vulinfo"), true};
  if (kind == "Result" && root.child("Status")) return Entries{};
  return invalid("feed.not_a_feed", fmt::format("<{}> is no RSS, Atom or VULDEF document.", shortened(kind, 60)));
}

}  // namespace

bool looks_like_xml(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return trimmed(text).starts_with('<');
}

Result<ReadOutcome> read_feed(const SourceFile& file, const FeedLimits& limits) {
  TRY(const auto document, XmlDocument::parse(file.bytes, {limits.max_bytes, limits.max_tags, limits.max_depth}));
  const XmlElement root = document->root();
  if (!root) return invalid("feed.not_a_feed", "The XML text has no element.");
  TRY_OK(check_service(root));
  TRY(const Entries entries, entries_of(root));
  if (entries.elements.size() > limits.max_items) return too_large("feed.too_large", "The feed has too many items.");
  ReadOutcome outcome;
  std::size_t index = 0;
  for (const XmlElement& element : entries.elements) {
    ++index;
    Draft draft = entries.are_vulinfo ? draft_of_vulinfo(element) : draft_of_entry(element);
    draft.item.source = file.source;
    const std::string subject = draft.item.external_id;
    const std::string where = fmt::format("item {}", index);
    const bool has_date = !draft.issued.empty() || !draft.modified.empty();
    auto item = finished(std::move(draft), element);
    if (!item.ok()) {
      outcome.problems.push_back({file.name, where, item.error().code, item.error().detail, subject});
      continue;
    }
    if (has_date && !item->published) {
      outcome.problems.push_back(
          {file.name, where, "feed.date", "The date cannot be read; the item is kept without it.", subject});
    }
    outcome.items.push_back(std::move(*item));
  }
  return outcome;
}

}  // namespace hinomi

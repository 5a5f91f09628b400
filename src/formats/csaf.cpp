#include "formats/csaf.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"
#include "formats/text_pieces.h"
#include "model/cve.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxTitleBytes = 1'000;
constexpr std::size_t kMaxIdBytes = 200;
constexpr std::size_t kMaxTextBytes = 32'000;
constexpr std::size_t kMaxProducts = 5'000;
constexpr std::size_t kMaxProductBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxCves = 10'000;

Error missing(std::string_view pointer) {
  return invalid("csaf.missing", fmt::format("The advisory lacks {}.", pointer), std::string(pointer));
}

// A mandatory text at /document/… ; empty texts count as absent (the schema has minLength 1).
Result<std::string_view> required_text(JsonView object, std::string_view key, std::string_view pointer) {
  const auto text = object.string_at(key);
  if (!text || trimmed(*text).empty()) return missing(fmt::format("{}/{}", pointer, key));
  return *text;
}

Result<JsonView> required_object(JsonView object, std::string_view key, std::string_view pointer) {
  const auto member = object.find(key);
  if (!member || !member->is_object()) return missing(fmt::format("{}/{}", pointer, key));
  return *member;
}

Result<Instant> required_time(JsonView object, std::string_view key, std::string_view pointer) {
  TRY(const std::string_view text, required_text(object, key, pointer));
  auto instant = parse_rfc3339(text);
  if (!instant.ok()) return invalid("csaf.value", instant.error().detail, fmt::format("{}/{}", pointer, key));
  return instant;
}

// The elements of an optional list; nothing when it is absent.
std::optional<JsonView> list_at(JsonView object, std::string_view key) {
  const auto member = object.find(key);
  return member && member->is_array() ? member : std::nullopt;
}

class AdvisoryReader {
 public:
  AdvisoryReader(const SourceFile& file, JsonView root) : file_(file), root_(root) {}

  Result<ReadOutcome> read() {
    item_.format = SourceFormat::Csaf;
    item_.source = file_.source;
    item_.raw = trimmed(root_.raw());
    TRY(const JsonView document, required_object(root_, "document", ""));
    TRY_OK(read_document(document));
    TRY_OK(read_tracking(document));
    read_tlp(document);
    read_notes(document);
    read_references(document);
    read_products();
    read_vulnerabilities();
    finish();
    return std::move(outcome_);
  }

 private:
  Status read_document(JsonView document) {
    TRY(const std::string_view version, required_text(document, "csaf_version", "/document"));
    if (version != "2.0") {
      return invalid("csaf.value", fmt::format("CSAF version 2.0 is expected, not {}.", shortened(version, 20)),
                     "/document/csaf_version");
    }
    TRY(const std::string_view category, required_text(document, "category", "/document"));
    static_cast<void>(category);
    TRY(const std::string_view title, required_text(document, "title", "/document"));
    item_.title = shortened(trimmed(title), kMaxTitleBytes);
    TRY(const JsonView publisher, required_object(document, "publisher", "/document"));
    for (const std::string_view key : {"category", "name", "namespace"}) {
      TRY_OK(required_text(publisher, key, "/document/publisher"));
    }
    return {};
  }

  Status read_tracking(JsonView document) {
    constexpr std::string_view kPointer = "/document/tracking";
    TRY(const JsonView tracking, required_object(document, "tracking", "/document"));
    TRY(const std::string_view id, required_text(tracking, "id", kPointer));
    if (id.size() > kMaxIdBytes) return invalid("csaf.value", "The tracking id is too long.", "/document/tracking/id");
    TRY(const std::string_view version, required_text(tracking, "version", kPointer));
    if (version.size() > kMaxIdBytes) {
      return invalid("csaf.value", "The tracking version is too long.", "/document/tracking/version");
    }
    TRY(const std::string_view status, required_text(tracking, "status", kPointer));
    static constexpr std::array<std::string_view, 3> kStates{"draft", "final", "interim"};
    if (std::ranges::find(kStates, status) == kStates.end()) {
      return invalid("csaf.value", "The status must be draft, final or interim.", "/document/tracking/status");
    }
    TRY(item_.published, required_time(tracking, "initial_release_date", kPointer));
    TRY(const Instant current, required_time(tracking, "current_release_date", kPointer));
    if (!list_at(tracking, "revision_history")) return missing("/document/tracking/revision_history");
    item_.external_id = trimmed(id);
    item_.version = fmt::format("{} {}", trimmed(version), to_rfc3339(current));
    return {};
  }

  // Absent means that the publisher restricts nothing (§3.2.1.5); a label that nobody knows means the strictest.
  void read_tlp(JsonView document) {
    const auto distribution = document.find("distribution");
    const auto tlp = distribution ? distribution->find("tlp") : std::nullopt;
    if (!tlp) return;
    const auto label = parse_tlp(tlp->string_at("label").value_or(""));
    item_.tlp = label.ok() ? *label : Tlp::Red;
    if (!label.ok())
      add_problem("/document/distribution/tlp/label", "The TLP label is unknown; the strictest is assumed.");
  }

  void read_notes(JsonView document) {
    DistinctTexts summary(20, kMaxTextBytes);
    DistinctTexts check(20, kMaxTextBytes);
    const auto notes = list_at(document, "notes");
    if (!notes) return;
    for (const JsonView note : *notes) {
      const std::string_view category = note.string_at("category").value_or("");
      const std::string title = lower_ascii(note.string_at("title").value_or(""));
      const std::string_view text = note.string_at("text").value_or("");
      if (title.find("detect") != std::string::npos || title.find("indicators of compromise") != std::string::npos) {
        check.add(text);
      } else if (category == "summary" || category == "description") {
        summary.add(text);
      } else if (title == "critical infrastructure sectors") {
        summary.add(fmt::format("Critical infrastructure sectors: {}", trimmed(text)));
      }
    }
    item_.summary = summary.joined("\n\n");
    item_.check = check.joined("\n\n");
  }

  // The human-readable page where there is one, else the document's own address.
  void read_references(JsonView document) {
    const auto references = list_at(document, "references");
    if (!references) return;
    for (const JsonView reference : *references) {
      const std::string_view url = reference.string_at("url").value_or("");
      if (reference.string_at("category") != "self" || !is_web_address(url)) continue;
      const bool is_page = !lower_ascii(url).ends_with(".json");
      if (item_.url.empty() || is_page) item_.url = url;
      if (is_page) return;
    }
  }

  void read_products() {
    const auto tree = root_.find("product_tree");
    if (!tree) return;
    read_branches(*tree, "");
    for (const std::string_view key : {"full_product_names", "relationships"}) {
      const auto list = list_at(*tree, key);
      if (!list) continue;
      for (const JsonView entry : *list) {
        const auto product = key == "relationships" ? entry.find("full_product_name") : std::optional(entry);
        if (product) add_product(product->string_at("name").value_or(""), "");
      }
    }
  }

  // Recursion is bounded by the depth limit of parse_json.
  void read_branches(JsonView parent, std::string_view vendor) {
    const auto branches = list_at(parent, "branches");
    if (!branches) return;
    for (const JsonView branch : *branches) {
      const bool is_vendor = branch.string_at("category") == "vendor";
      const std::string_view within = is_vendor ? branch.string_at("name").value_or("") : vendor;
      if (const auto product = branch.find("product")) add_product(product->string_at("name").value_or(""), within);
      read_branches(branch, within);
    }
  }

  // Many publishers leave the vendor out of the product's name; matching needs both.
  void add_product(std::string_view name, std::string_view vendor) {
    const bool has_vendor = vendor.empty() || starts_with_ignoring_case(name, vendor);
    products_.add(has_vendor ? std::string(name) : fmt::format("{} {}", vendor, name));
  }

  void read_vulnerabilities() {
    const auto vulnerabilities = list_at(root_, "vulnerabilities");
    if (!vulnerabilities) return;
    std::size_t index = 0;
    for (const JsonView vulnerability : *vulnerabilities) read_vulnerability(vulnerability, index++);
  }

  void read_vulnerability(JsonView vulnerability, std::size_t index) {
    if (const auto cve = vulnerability.string_at("cve")) {
      if (!is_cve(*cve)) {
        add_problem(fmt::format("/vulnerabilities/{}/cve", index), "The CVE id is malformed and was left out.");
      } else if (item_.cves.size() < kMaxCves) {
        item_.cves.emplace_back(*cve);
      }
    }
    if (const auto notes = list_at(vulnerability, "notes")) {
      for (const JsonView note : *notes) {
        const std::string_view category = note.string_at("category").value_or("");
        if (category == "summary" || category == "description") flaw_notes_.add(note.string_at("text").value_or(""));
      }
    }
    if (const auto remediations = list_at(vulnerability, "remediations")) {
      for (const JsonView remediation : *remediations) mitigation_.add(remediation.string_at("details").value_or(""));
    }
  }

  void finish() {
    std::ranges::sort(item_.cves);
    item_.cves.erase(std::ranges::unique(item_.cves).begin(), item_.cves.end());
    if (item_.summary.empty()) item_.summary = flaw_notes_.joined("\n\n");
    item_.mitigation = mitigation_.joined("\n\n");
    if (mitigation_.is_cut()) add_problem("/vulnerabilities", "There are more remediations than are kept.");
    if (products_.is_cut()) add_problem("/product_tree", "There are more products than are kept.");
    item_.products = products_.take();
    outcome_.items.push_back(std::move(item_));
  }

  void add_problem(std::string where, std::string reason) {
    outcome_.problems.push_back({file_.name, std::move(where), "csaf.value", std::move(reason), item_.external_id});
  }

  const SourceFile& file_;
  JsonView root_;
  SourceItem item_;
  DistinctTexts products_{kMaxProducts, kMaxProductBytes};
  DistinctTexts mitigation_{500, kMaxTextBytes};
  DistinctTexts flaw_notes_{50, kMaxTextBytes};
  ReadOutcome outcome_;
};

}  // namespace

bool looks_like_csaf(JsonView root) {
  const auto document = root.find("document");
  return document && document->find("csaf_version").has_value();
}

Result<ReadOutcome> read_csaf(const SourceFile& file) {
  TRY(const auto parsed, parse_json(file.bytes));
  if (!looks_like_csaf(parsed->root()))
    return invalid("csaf.not_csaf", "This is not a CSAF document: /document/csaf_version is absent.");
  return AdvisoryReader(file, parsed->root()).read();
}

}  // namespace hinomi

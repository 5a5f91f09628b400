#include "formats/kev.h"

#include <fmt/format.h>

#include <array>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/time.h"
#include "formats/csv.h"
#include "formats/text_pieces.h"
#include "model/cve.h"

namespace hinomi {
namespace {

constexpr std::size_t kMaxEntries = 100'000;
constexpr std::size_t kMaxFieldBytes = 32'000;

enum Field { Cve, Vendor, Product, Name, Added, Description, Action, Due, Ransomware, Notes, Weaknesses, kFieldCount };
constexpr std::array<std::string_view, kFieldCount> kFieldNames{"cveID",
                                                                "vendorProject",
                                                                "product",
                                                                "vulnerabilityName",
                                                                "dateAdded",
                                                                "shortDescription",
                                                                "requiredAction",
                                                                "dueDate",
                                                                "knownRansomwareCampaignUse",
                                                                "notes",
                                                                "cwes"};
// Of older catalogues the last three are absent.
constexpr std::size_t kRequiredFields = Due;

struct Entry {
  std::array<std::string, kFieldCount> fields;
  std::string raw;
};

std::string entry_version(const Entry& entry) {
  std::string all;
  for (const auto& field : entry.fields) {
    all += field;
    all += '\x1f';
  }
  const Sha256 digest = sha256(all);
  return fmt::format("{} {}", entry.fields[Added], to_hex(ByteView(digest).first(8)));
}

std::string remarks(const Entry& entry) {
  std::string text = entry.fields[Action];
  if (!entry.fields[Due].empty()) text += fmt::format("\n\nDue date for US federal agencies: {}", entry.fields[Due]);
  return text;
}

Result<SourceItem> item_of(Entry entry, const SourceFile& file) {
  auto& fields = entry.fields;
  for (auto& field : fields) field = shortened(trimmed(field), kMaxFieldBytes);
  if (!is_cve(fields[Cve])) return invalid("kev.entry", "cveID must be a CVE id.", "/cveID");
  if (fields[Name].empty()) return invalid("kev.entry", "vulnerabilityName is empty.", "/vulnerabilityName");
  const auto added = parse_day(fields[Added]);
  if (!added.ok()) return invalid("kev.entry", "dateAdded must be a day like 2026-11-22.", "/dateAdded");
  SourceItem item;
  item.format = SourceFormat::Kev;
  item.source = file.source;
  item.external_id = fields[Cve];
  item.version = entry_version(entry);
  item.title = fields[Name];
  item.summary = fields[Description];
  if (fields[Ransomware] == "Known") item.summary += "\n\nKnown to be used in ransomware campaigns.";
  item.url = first_web_address(fields[Notes]);
  item.published = Instant(*added);
  item.cves = {fields[Cve]};
  item.products = {std::string(trimmed(fmt::format("{} {}", fields[Vendor], fields[Product])))};
  item.mitigation = remarks(entry);
  item.raw = std::move(entry.raw);
  return item;
}

class CatalogueReader {
 public:
  explicit CatalogueReader(const SourceFile& file) : file_(file) {}

  void add(Entry entry, const std::string& where) {
    const std::string subject = shortened(entry.fields[Cve], 40);
    auto item = item_of(std::move(entry), file_);
    if (item.ok()) {
      outcome_.items.push_back(std::move(*item));
    } else {
      add_problem(item.error(), where + item.error().where, subject);
    }
  }
  void add_problem(const Error& error, std::string where, std::string subject = {}) {
    outcome_.problems.push_back({file_.name, std::move(where), error.code, error.detail, std::move(subject)});
  }
  ReadOutcome take() { return std::move(outcome_); }

 private:
  const SourceFile& file_;
  ReadOutcome outcome_;
};

// JSON lists the weaknesses, CSV writes "CWE-1, CWE-2": one text for both, so that versions agree.
std::string joined_list(JsonView list) {
  std::string text;
  for (const JsonView element : list) {
    if (!text.empty()) text += ", ";
    text += element.string().value_or("");
  }
  return text;
}

Entry entry_of(JsonView json) {
  Entry entry;
  for (const JsonView member : json) {
    for (std::size_t i = 0; i < kFieldCount; ++i) {
      if (member.key() != kFieldNames[i]) continue;
      entry.fields[i] = member.is_array() ? joined_list(member) : std::string(member.string().value_or(""));
    }
  }
  entry.raw = json.raw();
  return entry;
}

Result<ReadOutcome> read_kev_json(const SourceFile& file) {
  TRY(const auto document, parse_json(file.bytes));
  if (!looks_like_kev(document->root()))
    return invalid("kev.not_kev", "This is not a KEV catalogue: vulnerabilities with cveID are expected.");
  const auto entries = document->root().find("vulnerabilities");
  if (entries->size() > kMaxEntries) return too_large("kev.too_large", "The catalogue has too many entries.");
  CatalogueReader reader(file);
  std::size_t index = 0;
  for (const JsonView entry : *entries) reader.add(entry_of(entry), fmt::format("/vulnerabilities/{}", index++));
  return reader.take();
}

// For each known field its column, or npos.
using Columns = std::array<std::size_t, kFieldCount>;

Columns columns_of(const CsvRow& header) {
  Columns columns;
  columns.fill(std::string::npos);
  for (std::size_t column = 0; column < header.fields.size(); ++column) {
    for (std::size_t i = 0; i < kFieldCount; ++i) {
      if (trimmed(header.fields[column]) == kFieldNames[i]) columns[i] = column;
    }
  }
  return columns;
}

bool has_required(const Columns& columns) {
  for (std::size_t i = 0; i < kRequiredFields; ++i) {
    if (columns[i] == std::string::npos) return false;
  }
  return true;
}

Entry entry_of(const CsvRow& row, const Columns& columns, std::string_view text) {
  Entry entry;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    if (columns[i] < row.fields.size()) entry.fields[i] = row.fields[columns[i]];
  }
  entry.raw = text.substr(row.begin, row.end - row.begin);
  return entry;
}

Result<ReadOutcome> read_kev_csv(const SourceFile& file) {
  if (!is_utf8(file.bytes)) return invalid("csv.encoding", "The CSV text is not UTF-8.");
  CsvReader rows(file.bytes, {.max_rows = kMaxEntries + 1});
  if (rows.at_end()) return invalid("kev.not_kev", "The file is empty.");
  TRY(const CsvRow header, rows.next());
  const Columns columns = columns_of(header);
  if (!has_required(columns))
    return invalid("kev.not_kev", "The header line is not that of a KEV catalogue.", "line 1");
  CatalogueReader reader(file);
  while (!rows.at_end()) {
    const auto row = rows.next();
    if (!row.ok()) {
      reader.add_problem(row.error(), row.error().where);
    } else {
      reader.add(entry_of(*row, columns, file.bytes), fmt::format("line {}", row->line));
    }
  }
  return reader.take();
}

}  // namespace

bool looks_like_kev(JsonView root) {
  const auto entries = root.find("vulnerabilities");
  if (!entries || !entries->is_array()) return false;
  if (entries->size() == 0) return root.find("catalogVersion").has_value();
  return (*entries->begin()).find("cveID").has_value() || root.find("catalogVersion").has_value();
}

bool looks_like_kev_csv(std::string_view text) {
  CsvReader rows(text.substr(0, text.find('\n')));
  if (rows.at_end()) return false;
  const auto header = rows.next();
  return header.ok() && has_required(columns_of(*header));
}

Result<ReadOutcome> read_kev(const SourceFile& file) {
  const std::string_view text = trimmed(file.bytes);
  const bool is_json = text.starts_with('{') || text.starts_with("\xEF\xBB\xBF{");
  return is_json ? read_kev_json(file) : read_kev_csv(file);
}

}  // namespace hinomi

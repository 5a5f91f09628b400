#include "formats/stix_write.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>

#include "base/id.h"
#include "base/json.h"
#include "formats/stix.h"
#include "formats/stix_pattern.h"

namespace hinomi {
namespace {

// What identifies the same thing in two versions of a release: the pattern, the CVE, the technique; the report itself.
using Subject = std::pair<std::string, std::string>;  // type, key

// An object as published last.
struct Published {
  std::string id;
  std::string created;
  std::string modified;
  std::string valid_from;
  bool is_revoked = false;
};

using PublishedObjects = std::map<Subject, Published>;

std::string external_id_of(JsonView object) {
  const auto references = object.find("external_references");
  if (!references || references->size() == 0) return {};
  return std::string((*references->begin()).string_at("external_id").value_or(""));
}

std::string subject_key(JsonView object, std::string_view type) {
  if (type == "indicator") return std::string(object.string_at("pattern").value_or(""));
  if (type == "report") return {};
  return external_id_of(object);
}

bool is_ours(std::string_view type) {
  return type == "report" || type == "indicator" || type == "vulnerability" || type == "attack-pattern";
}

// The newest version of each; the texts of our own times sort as times do.
Result<PublishedObjects> published_objects(std::span<const StixObject> previous) {
  PublishedObjects found;
  for (const StixObject& object : previous) {
    if (!is_ours(object.type)) continue;
    const auto document = parse_json(object.raw);
    if (!document.ok()) return invalid("stix.previous", "A published object cannot be read.", object.id);
    const JsonView root = (*document)->root();
    Published published{object.id, std::string(root.string_at("created").value_or("")), object.version,
                        std::string(root.string_at("valid_from").value_or("")),
                        root.boolean_at("revoked").value_or(false)};
    auto [entry, is_new] = found.try_emplace({object.type, subject_key(root, object.type)}, published);
    if (!is_new && entry->second.modified < published.modified) entry->second = std::move(published);
  }
  return found;
}

// A new version must be later than the one before, also when a correction follows within the same microsecond.
Instant time_after(Instant wanted, const PublishedObjects& published) {
  for (const auto& [subject, object] : published) {
    const auto modified = parse_stix_time(object.modified);
    if (modified.ok() && *modified >= wanted) wanted = *modified + std::chrono::microseconds(1);
  }
  return wanted;
}

std::string report_text(const Edition& edition) {
  std::string text = edition.body;
  const auto section = [&text](std::string_view heading, std::string_view body) {
    if (body.empty()) return;
    if (!text.empty()) text += "\n\n";
    text += fmt::format("【{}】\n{}", heading, body);
  };
  const bool is_story = edition.kind == EditionKind::Story;
  section("電力事業者向けの示唆", is_story && edition.implication.empty() ? "示唆は追って" : edition.implication);
  section("侵害有無の調査方法", edition.check);
  section("緩和策", edition.mitigation);
  return text;
}

class ReleaseWriter {
 public:
  ReleaseWriter(const Release& release, const StixContext& context, PublishedObjects published)
      : release_(release),
        context_(context),
        published_(std::move(published)),
        now_(to_rfc3339(time_after(release.published_at, published_))),
        is_withdrawn_(release.state == ReleaseState::Withdrawn) {}

  std::vector<StixObject> write() {
    add_marking();
    add_identity();
    if (!is_withdrawn_) write_current();
    write_revoked();
    return std::move(objects_);
  }

 private:
  void write_current() {
    // As sets: a value said twice would become two objects, of which a correction would know only one.
    const Edition& edition = release_.edition;
    std::vector<std::string> references;
    for (const auto& indicator : std::set(edition.indicators.begin(), edition.indicators.end())) {
      references.push_back(add_indicator(indicator));
    }
    for (const auto& technique : std::set(edition.techniques.begin(), edition.techniques.end())) {
      references.push_back(add_technique(technique));
    }
    for (const auto& cve : std::set(edition.cves.begin(), edition.cves.end()))
      references.push_back(add_vulnerability(cve));
    // The specification wants at least one reference.
    if (references.empty()) references.push_back(context_.issuer_id);
    add_report(references);
  }

  // Opens an object with the properties that all share; takes over id and creation time of an earlier version.
  JsonWriter begin(const Subject& subject) {
    current_ = {};
    const auto earlier = published_.find(subject);
    // A revoked object stays revoked for ever (STIX 2.1 §3.6): what comes back is a new object.
    if (earlier != published_.end() && !earlier->second.is_revoked) {
      current_ = earlier->second;
      published_.erase(earlier);
    } else {
      current_ = {fmt::format("{}--{}", subject.first, uuid_text(random_uuid(context_.random))), now_, now_, now_,
                  false};
    }
    return header(subject.first);
  }

  JsonWriter header(std::string_view type) {
    JsonWriter writer;
    writer.begin_object().member("type", type).member("spec_version", "2.1").member("id", current_.id);
    writer.member("created_by_ref", context_.issuer_id).member("created", current_.created).member("modified", now_);
    writer.key("object_marking_refs").begin_array().string(tlp_marking_id(release_.label.tlp)).end_array();
    return writer;
  }

  std::string end(JsonWriter writer, std::string_view type) {
    writer.end_object();
    objects_.push_back({current_.id, std::string(type), "2.1", now_, writer.take()});
    return current_.id;
  }

  static void external_reference(JsonWriter& writer, std::string_view source, std::string_view id) {
    writer.key("external_references").begin_array().begin_object();
    writer.member("source_name", source).member("external_id", id).end_object().end_array();
  }

  void add_marking() {
    const Tlp tlp = release_.label.tlp;
    objects_.push_back({std::string(tlp_marking_id(tlp)), "marking-definition", "2.1", "2022-10-01T00:00:00.000Z",
                        tlp_marking_definition(tlp)});
  }

  void add_identity() {
    const std::string since = to_rfc3339(context_.issuer_since);
    JsonWriter writer;
    writer.begin_object().member("type", "identity").member("spec_version", "2.1").member("id", context_.issuer_id);
    writer.member("created", since).member("modified", since).member("name", context_.issuer_name);
    writer.member("identity_class", "organization").end_object();
    objects_.push_back({context_.issuer_id, "identity", "2.1", since, writer.take()});
  }

  std::string add_indicator(const Indicator& indicator) {
    const std::string pattern = stix_pattern_of(indicator);
    JsonWriter writer = begin({"indicator", pattern});
    writer.member("name", indicator.value).member("pattern", pattern).member("pattern_type", "stix");
    writer.member("valid_from", current_.valid_from);
    writer.key("indicator_types").begin_array().string("malicious-activity").end_array();
    return end(std::move(writer), "indicator");
  }

  std::string add_technique(const std::string& technique) {
    JsonWriter writer = begin({"attack-pattern", technique});
    writer.member("name", technique);
    external_reference(writer, "mitre-attack", technique);
    return end(std::move(writer), "attack-pattern");
  }

  std::string add_vulnerability(const std::string& cve) {
    JsonWriter writer = begin({"vulnerability", cve});
    writer.member("name", cve);
    external_reference(writer, "cve", cve);
    return end(std::move(writer), "vulnerability");
  }

  void add_report(const std::vector<std::string>& references) {
    const Edition& edition = release_.edition;
    JsonWriter writer = begin({"report", ""});
    writer.member("name", edition.title.empty() ? release_.number.text() : edition.title);
    if (const std::string text = report_text(edition); !text.empty()) writer.member("description", text);
    const bool is_technical = edition.kind == EditionKind::TechnicalOnly;
    writer.key("report_types").begin_array().string(is_technical ? "indicator" : "threat-report").end_array();
    writer.member("published", current_.created);
    writer.key("object_refs").begin_array();
    for (const auto& reference : references) writer.string(reference);
    writer.end_array();
    external_reference(writer, context_.issuer_name, release_.number.text());
    end(std::move(writer), "report");
  }

  // What this version no longer says. Only what the type requires is repeated.
  void write_revoked() {
    for (const auto& [subject, published] : published_) {
      if (published.is_revoked) continue;
      const auto& [type, key] = subject;
      current_ = published;
      JsonWriter writer = header(type);
      writer.member("revoked", true);
      if (type == "report") {
        writer.member("name", release_.number.text()).member("published", current_.created);
        writer.key("object_refs").begin_array().string(context_.issuer_id).end_array();
        external_reference(writer, context_.issuer_name, release_.number.text());
      } else if (type == "indicator") {
        writer.member("pattern", key).member("pattern_type", "stix").member("valid_from", current_.valid_from);
      } else {
        writer.member("name", key);
      }
      end(std::move(writer), type);
    }
  }

  const Release& release_;
  const StixContext& context_;
  PublishedObjects published_;
  std::string now_;
  bool is_withdrawn_;
  Published current_;
  std::vector<StixObject> objects_;
};

}  // namespace

Result<std::vector<StixObject>> stix_objects_of(const Release& release, const StixContext& context,
                                                std::span<const StixObject> previous) {
  if (stix_id_type(context.issuer_id) != "identity")
    return invalid("stix.issuer", "The issuer must be an identity id.");
  TRY(PublishedObjects published, published_objects(previous));
  return ReleaseWriter(release, context, std::move(published)).write();
}

std::string stix_bundle_of(std::span<const StixObject> objects, Random& random) {
  JsonWriter writer;
  writer.begin_object().member("type", "bundle").member("id", "bundle--" + uuid_text(random_uuid(random)));
  if (!objects.empty()) {
    writer.key("objects").begin_array();
    for (const auto& object : objects) writer.raw(object.raw);
    writer.end_array();
  }
  writer.end_object();
  return writer.take();
}

}  // namespace hinomi

#include "formats/stix.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/id.h"
#include "formats/stix_marking.h"

namespace hinomi {
namespace {

// STIX 2.1 §6, sorted.
constexpr std::array<std::string_view, 18> kObservables{"artifact",
                                                        "autonomous-system",
                                                        "directory",
                                                        "domain-name",
                                                        "email-addr",
                                                        "email-message",
                                                        "file",
                                                        "ipv4-addr",
                                                        "ipv6-addr",
                                                        "mac-addr",
                                                        "mutex",
                                                        "network-traffic",
                                                        "process",
                                                        "software",
                                                        "url",
                                                        "user-account",
                                                        "windows-registry-key",
                                                        "x509-certificate"};

constexpr std::size_t kUuidLength = 36;
constexpr std::size_t kMinTypeLength = 3;
constexpr std::size_t kMaxTypeLength = 250;

bool is_type_name(std::string_view type) {
  if (type.size() < kMinTypeLength || type.size() > kMaxTypeLength) return false;
  if (type.front() == '-' || type.back() == '-' || type.find("--") != std::string_view::npos) return false;
  return std::ranges::all_of(type, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// The properties that decide identity and version, found in one walk over the members.
struct CommonProperties {
  std::optional<JsonView> type, id, spec_version, created, modified, revoked;
};

CommonProperties common_properties(JsonView object) {
  CommonProperties found;
  for (const JsonView member : object) {
    const std::string_view key = member.key();
    if (key == "type")
      found.type = member;
    else if (key == "id")
      found.id = member;
    else if (key == "spec_version")
      found.spec_version = member;
    else if (key == "created")
      found.created = member;
    else if (key == "modified")
      found.modified = member;
    else if (key == "revoked")
      found.revoked = member;
  }
  return found;
}

std::string_view text_of(const std::optional<JsonView>& member) {
  return member ? member->string().value_or("") : std::string_view();
}

Status check_identity(const CommonProperties& properties) {
  const std::string_view type = text_of(properties.type);
  if (!is_type_name(type)) {
    return invalid("stix.type", "The type must be 3 to 250 lower-case letters, digits and single hyphens.", "/type");
  }
  if (stix_id_type(text_of(properties.id)) != type) {
    return invalid("stix.id", fmt::format("The id must be \"{}--\" and a UUID.", type), "/id");
  }
  if (properties.revoked && !properties.revoked->boolean()) {
    return invalid("stix.revoked", "revoked must be true or false.", "/revoked");
  }
  return {};
}

// STIX 2.1 §3.2: absent means 2.0, except for cyber-observables (and custom types without times, which can only be
// such).
Result<std::string> spec_version_of(const CommonProperties& properties) {
  if (properties.spec_version) {
    const std::string_view text = text_of(properties.spec_version);
    if (text == "2.0" || text == "2.1") return std::string(text);
    return invalid("stix.spec_version", "spec_version must be \"2.0\" or \"2.1\".", "/spec_version");
  }
  const bool has_no_times =
      !properties.created && !properties.modified && text_of(properties.type) != "marking-definition";
  return std::string(is_stix_observable(text_of(properties.type)) || has_no_times ? "2.1" : "2.0");
}

Result<std::optional<Instant>> time_of(const std::optional<JsonView>& member, std::string_view pointer) {
  if (!member) return std::optional<Instant>();
  auto instant = parse_stix_time(text_of(member));
  if (!instant.ok()) return invalid(instant.error().code, instant.error().detail, std::string(pointer));
  return std::optional(*instant);
}

bool has_versions(std::string_view type, const CommonProperties& properties) {
  static constexpr std::array<std::string_view, 23> kVersioned{"attack-pattern",
                                                               "campaign",
                                                               "course-of-action",
                                                               "extension-definition",
                                                               "grouping",
                                                               "identity",
                                                               "incident",
                                                               "indicator",
                                                               "infrastructure",
                                                               "intrusion-set",
                                                               "language-content",
                                                               "location",
                                                               "malware",
                                                               "malware-analysis",
                                                               "note",
                                                               "observed-data",
                                                               "opinion",
                                                               "relationship",
                                                               "report",
                                                               "sighting",
                                                               "threat-actor",
                                                               "tool",
                                                               "vulnerability"};
  return properties.created || properties.modified || std::ranges::find(kVersioned, type) != kVersioned.end();
}

// The version in its own text: modified, or created for markings; empty for objects without times.
Result<std::string> version_of(const CommonProperties& properties) {
  const std::string_view type = text_of(properties.type);
  TRY(const std::optional<Instant> created, time_of(properties.created, "/created"));
  TRY(const std::optional<Instant> modified, time_of(properties.modified, "/modified"));
  if (type == "marking-definition") {
    if (!created) return invalid("stix.created", "A marking-definition must have created.", "/created");
    return std::string(text_of(properties.created));
  }
  if (is_stix_observable(type) && !modified) return std::string(text_of(properties.created));
  if (!has_versions(type, properties)) return std::string();
  if (!created) return invalid("stix.created", "The object must have created.", "/created");
  if (!modified) return invalid("stix.modified", "The object must have modified.", "/modified");
  if (*modified < *created) {
    return invalid("stix.modified_before_created", "modified must not be earlier than created.", "/modified");
  }
  return std::string(text_of(properties.modified));
}

class ContainerReader {
 public:
  ContainerReader(std::string_view file_name, const StixLimits& limits) : file_name_(file_name), limits_(limits) {}

  ReadOutcome read(JsonView objects) {
    for (const JsonView object : objects) definitions_.note(object);
    outcome_.objects.reserve(objects.size());
    std::size_t index = 0;
    for (const JsonView object : objects) {
      auto read = read_one(object);
      if (read.ok()) {
        outcome_.objects.push_back(std::move(*read));
      } else {
        add_problem(object, index, read.error());
      }
      ++index;
    }
    return std::move(outcome_);
  }

 private:
  Result<MarkedStixObject> read_one(JsonView json) const {
    if (!json.is_object()) return invalid("stix.object", "A STIX object must be a JSON object.");
    if (json.raw().size() > limits_.max_object_bytes) {
      return too_large("stix.object_too_large",
                       fmt::format("The object has more than {} bytes.", limits_.max_object_bytes));
    }
    const CommonProperties properties = common_properties(json);
    TRY_OK(check_identity(properties));
    MarkedStixObject marked;
    marked.object.id = text_of(properties.id);
    marked.object.type = text_of(properties.type);
    TRY(marked.object.spec_version, spec_version_of(properties));
    TRY(marked.object.version, version_of(properties));
    TRY(marked.marking, definitions_.marking_of(json));
    marked.object.raw = json.raw();
    return marked;
  }

  void add_problem(JsonView object, std::size_t index, const Error& error) {
    const std::string_view id = object.string_at("id").value_or("");
    outcome_.problems.push_back({std::string(file_name_), fmt::format("/objects/{}{}", index, error.where), error.code,
                                 error.detail, std::string(id.substr(0, kMaxTypeLength + 2 + kUuidLength))});
  }

  std::string_view file_name_;
  const StixLimits& limits_;
  MarkingDefinitions definitions_;
  ReadOutcome outcome_;
};

}  // namespace

Result<ReadOutcome> read_stix_container(JsonView container, std::string_view file_name, const StixLimits& limits) {
  const auto type = container.find("type");
  if (!container.is_object() || (type && type->string() != "bundle")) {
    return invalid("stix.container", "A STIX bundle or an envelope with objects is expected.");
  }
  const auto objects = container.find("objects");
  if (!objects && type) return ReadOutcome{};
  if (!objects || !objects->is_array()) {
    return invalid("stix.container", "objects must be a list of STIX objects.", "/objects");
  }
  if (objects->size() > limits.max_objects) {
    return too_large("stix.too_many_objects",
                     fmt::format("There are {} objects; the limit is {}.", objects->size(), limits.max_objects),
                     "/objects");
  }
  return ContainerReader(file_name, limits).read(*objects);
}

Result<ReadOutcome> read_stix(const SourceFile& file, const StixLimits& limits) {
  TRY(const auto document, parse_json(file.bytes, {.max_bytes = limits.max_bytes}));
  return read_stix_container(document->root(), file.name, limits);
}

Result<Instant> parse_stix_time(std::string_view text) {
  const auto bad = [] { return invalid("stix.time", "A STIX time is written in UTC, like 2026-11-22T02:05:00.000Z."); };
  constexpr std::size_t kFraction = 19;  // "2026-11-22T02:05:00"
  if (text.size() < kFraction + 1 || text[10] != 'T' || text.back() != 'Z') return bad();
  std::string_view fraction = text.substr(kFraction, text.size() - kFraction - 1);
  if (!fraction.empty() && (fraction.front() != '.' || fraction.size() < 2)) return bad();
  if (!fraction.empty() && !std::ranges::all_of(fraction.substr(1), [](char c) { return c >= '0' && c <= '9'; }))
    return bad();
  auto instant = parse_rfc3339(std::string(text.substr(0, kFraction)) + std::string(fraction.substr(0, 7)) + "Z");
  return instant.ok() ? std::move(instant) : bad();
}

std::optional<std::string_view> stix_id_type(std::string_view id) {
  if (id.size() < kMinTypeLength + 2 + kUuidLength) return std::nullopt;
  const std::size_t type_length = id.size() - 2 - kUuidLength;
  if (id.substr(type_length, 2) != "--" || !is_type_name(id.substr(0, type_length))) return std::nullopt;
  if (!parse_uuid(id.substr(type_length + 2)).ok()) return std::nullopt;
  return id.substr(0, type_length);
}

bool is_stix_observable(std::string_view type) { return std::ranges::binary_search(kObservables, type); }

}  // namespace hinomi

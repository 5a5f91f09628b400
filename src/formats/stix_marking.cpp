#include "formats/stix_marking.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/text.h"
#include "formats/stix.h"

namespace hinomi {
namespace {

constexpr std::string_view kPrefix = "marking-definition--";
constexpr std::string_view kTlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

struct TlpMarking {
  std::string_view id;
  Tlp tlp;
  std::string_view word;
};

// TLP 2.0 first, in the order of Tlp; then the four of TLP 1.x.
constexpr std::array<TlpMarking, 9> kTlpMarkings{{
    {"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::Clear, "clear"},
    {"marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::Green, "green"},
    {"marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::Amber, "amber"},
    {"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::AmberStrict, "amber+strict"},
    {"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::Red, "red"},
    {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::Clear, "white"},
    {"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::Green, "green"},
    {"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Tlp::Amber, "amber"},
    {"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::Red, "red"},
}};

const TlpMarking& current_marking(Tlp tlp) { return kTlpMarkings[static_cast<std::size_t>(tlp)]; }

std::optional<Tlp> tlp_of_word(std::string_view word) {
  for (const auto& marking : kTlpMarkings) {
    if (marking.word == word) return marking.tlp;
  }
  return std::nullopt;
}

// TLP 2.0 travels as a property extension, TLP 1.x as {"definition_type":"tlp","definition":{"tlp":"amber"}}.
std::optional<Tlp> defined_tlp(JsonView definition) {
  if (const auto extensions = definition.find("extensions")) {
    const auto extension = extensions->find(kTlpExtension);
    const auto word = extension ? extension->string_at("tlp_2_0") : std::nullopt;
    if (word) return tlp_of_word(lower_ascii(*word));
  }
  if (definition.string_at("definition_type") != "tlp") return std::nullopt;
  const auto body = definition.find("definition");
  const auto word = body ? body->string_at("tlp") : std::nullopt;
  return word ? tlp_of_word(lower_ascii(*word)) : std::nullopt;
}

}  // namespace

std::optional<Tlp> tlp_of_marking(std::string_view marking_id) {
  for (const auto& marking : kTlpMarkings) {
    if (marking.id == marking_id) return marking.tlp;
  }
  return std::nullopt;
}

std::string_view tlp_marking_id(Tlp tlp) { return current_marking(tlp).id; }

std::string tlp_marking_definition(Tlp tlp) {
  const TlpMarking& marking = current_marking(tlp);
  std::string name = "TLP:";
  for (const char c : marking.word) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return fmt::format(
      R"({{"type":"marking-definition","spec_version":"2.1","id":"{}","created":"2022-10-01T00:00:00.000Z",)"
      R"("name":"{}","extensions":{{"{}":{{"extension_type":"property-extension","tlp_2_0":"{}"}}}}}})",
      marking.id, name, kTlpExtension, marking.word);
}

void MarkingDefinitions::note(JsonView object) {
  if (object.string_at("type") != "marking-definition") return;
  const auto id = object.string_at("id");
  if (!id) return;
  if (const auto tlp = defined_tlp(object)) {
    known_.emplace(*id, StixMarking{true, tlp});
  } else if (object.string_at("definition_type") == "statement") {
    known_.emplace(*id, StixMarking{});
  }
}

Status MarkingDefinitions::add(std::string_view marking_id, StixMarking& marking) const {
  if (!marking_id.starts_with(kPrefix) || !stix_id_type(marking_id)) {
    return invalid("stix.marking", "A marking reference must be the id of a marking-definition.");
  }
  StixMarking found{true, tlp_of_marking(marking_id)};
  if (!found.tlp) {
    const auto defined = known_.find(marking_id);
    if (defined != known_.end()) found = defined->second;
  }
  if (!found.is_marked) return {};
  // One marking that we do not know outweighs every TLP beside it.
  const bool is_readable = found.tlp && (!marking.is_marked || marking.tlp);
  marking.tlp = is_readable ? std::optional(stricter(*found.tlp, marking.tlp.value_or(Tlp::Clear))) : std::nullopt;
  marking.is_marked = true;
  return {};
}

Result<StixMarking> MarkingDefinitions::marking_of(JsonView object) const {
  StixMarking marking;
  if (const auto refs = object.find("object_marking_refs")) {
    if (!refs->is_array())
      return invalid("stix.marking", "object_marking_refs must be a list of ids.", "/object_marking_refs");
    for (const JsonView ref : *refs) {
      if (auto added = add(ref.string().value_or(""), marking); !added.ok()) {
        return invalid(added.error().code, added.error().detail, "/object_marking_refs");
      }
    }
  }
  if (const auto granular = object.find("granular_markings")) {
    if (!granular->is_array())
      return invalid("stix.marking", "granular_markings must be a list.", "/granular_markings");
    for (const JsonView entry : *granular) {
      if (!entry.find("marking_ref") && entry.string_at("lang")) continue;
      if (auto added = add(entry.string_at("marking_ref").value_or(""), marking); !added.ok()) {
        return invalid(added.error().code, added.error().detail, "/granular_markings");
      }
    }
  }
  return marking;
}

}  // namespace hinomi

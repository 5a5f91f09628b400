#include "api/present_relabel.h"

namespace hinomi::api {
namespace {

void write_org_names(JsonWriter& out, const Visit& visit, const std::vector<OrgId>& orgs) {
  out.begin_array();
  for (const OrgId& id : orgs) {
    const Organisation& org = visit.who().directory->orgs.at(id);
    out.string(visit.language == Language::English ? org.name_en : org.name);
  }
  out.end_array();
}

void write_group(JsonWriter& out, const Visit& visit, std::string_view name, const policy::Readers& readers) {
  out.key(name).begin_object().key("orgs");
  write_org_names(out, visit, readers.orgs);
  out.member("people", static_cast<std::int64_t>(readers.people.size())).end_object();
}

}  // namespace

void write_wished_label(JsonWriter& out, const Visit& visit, const Label& label) {
  out.begin_object().member("tlp", tlp_text(label.tlp));
  out.member("audience", policy::release_audience_text(policy::audience_of(*visit.who().directory, label)));
  if (label.embargo_until) out.member("embargo_until", to_rfc3339(*label.embargo_until));
  out.end_object();
}

void write_effect(JsonWriter& out, const Visit& visit, const flow::RelabelEffect& effect) {
  out.begin_object();
  write_group(out, visit, "gain", effect.gain);
  write_group(out, visit, "lose", effect.lose);
  write_group(out, visit, "remain", effect.remain);
  out.key("given");
  write_org_names(out, visit, effect.given);
  out.member("marking_stays", effect.marking_stays).end_object();
}

}  // namespace hinomi::api

#include "api/present_pointers.h"

#include "api/present.h"

namespace hinomi::api {

std::string_view pointer_state(const Pointer& pointer, Instant now) {
  if (pointer.ended_at) return "ended";
  return is_over(pointer, now) ? "expired" : "open";
}

void write_pointer_members(JsonWriter& out, const Api& api, const Visit& visit, const Pointer& pointer) {
  const std::string_view system = secrecy_system_text(pointer.system);
  const std::string_view level = secrecy_level_text(pointer.level);
  if (pointer.id != PointerId()) out.member("id", pointer.id.text());
  out.key("org");
  write_org(out, *visit.who().directory, pointer.org);
  out.member("made_at", to_rfc3339(pointer.made_at)).member("holder", pointer.holder);
  out.member("system", system).member("system_text", api.text(visit, "page.pointer.system." + std::string(system)));
  out.member("level", level).member("level_text", api.text(visit, "page.pointer.level." + std::string(level)));
  out.member("reference", pointer.reference).member("contact", pointer.contact);
  out.member("dated", day_text(pointer.dated));
  if (pointer.expires) out.member("expires", day_text(*pointer.expires));
  if (pointer.ended_at) out.member("ended_at", to_rfc3339(*pointer.ended_at));
  out.member("state", pointer_state(pointer, api.platform().clock.now()));
  out.member("tlp", tlp_text(pointer.label.tlp)).member("needs_clearance", pointer.label.needs_clearance);
  out.key("abilities").begin_object();
  out.member("end", pointer.id != PointerId() && flow::may_end_pointer(visit.who(), pointer)).end_object();
}

void write_pointer(JsonWriter& out, const Api& api, const Visit& visit, const Pointer& pointer) {
  out.begin_object();
  write_pointer_members(out, api, visit, pointer);
  out.end_object();
}

void write_known_readers(JsonWriter& out, const Visit& visit, const Label& label) {
  const flow::KnownReaders readers = flow::readers_known_to(visit.who(), label);
  out.begin_object().key("orgs").begin_array();
  for (const OrgId& org : readers.orgs) {
    const Organisation& found = visit.who().directory->orgs.at(org);
    out.string(visit.language == Language::English ? found.name_en : found.name);
  }
  out.end_array().member("other_orgs", static_cast<std::int64_t>(readers.other_orgs));
  out.member("people", static_cast<std::int64_t>(readers.people)).end_object();
}

}  // namespace hinomi::api

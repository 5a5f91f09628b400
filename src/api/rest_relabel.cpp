// Other readers for a release, or an embargo: seen, proposed, agreed to, refused.
#include "api/present.h"
#include "api/present_relabel.h"
#include "api/rest.h"
#include "api/step_up_answer.h"
#include "flow/publish.h"
#include "model/json_fields.h"

namespace hinomi::api {
namespace {

struct Asked {
  flow::RelabelAct act;
  bool dry_run = false;
};
Result<Asked> asked_of(const Visit& visit, JsonView body) {
  TRY(const auto fields,
      JsonFields::open(body, "", {"tlp", "audience", "embargo_until", "reason", "dry_run", "step_up"}));
  Asked asked;
  TRY(const std::string tlp, fields.text("tlp"));
  TRY(asked.act.wish.tlp, parse_tlp(tlp));
  TRY(const std::string audience, fields.text("audience"));
  TRY(asked.act.wish.audience, policy::parse_release_audience(audience));
  TRY(const std::string until, fields.text_or_empty("embargo_until"));
  if (!until.empty()) {
    TRY(asked.act.wish.embargo_until, parse_rfc3339(until));
  }
  TRY(asked.act.wish.reason, fields.text("reason"));
  TRY(asked.dry_run, fields.flag_or_false("dry_run"));
  TRY(asked.act.step_up, step_up_answer(visit, body));
  return asked;
}

// One proposal, and while it is open what it would do.
Status write_relabelling(JsonWriter& out, const Api& api, const Visit& visit, const Relabelling& relabelling) {
  TRY(const Release release, api.platform().store.release(visit.who().reach, relabelling.release));
  const Directory& directory = *visit.who().directory;
  out.begin_object().member("id", relabelling.id.text()).member("release", relabelling.release.text());
  out.member("state", relabelling_state_text(relabelling.state)).member("reason", relabelling.reason);
  out.key("from");
  write_wished_label(out, visit, relabelling.from);
  out.key("to");
  write_wished_label(out, visit, relabelling.to);
  out.key("proposed_by");
  write_named_person(out, directory, relabelling.proposed_by);
  out.member("proposed_at", to_rfc3339(relabelling.proposed_at));
  if (relabelling.decided_by) {
    out.key("decided_by");
    write_named_person(out, directory, *relabelling.decided_by);
  }
  if (relabelling.decided_at) out.member("decided_at", to_rfc3339(*relabelling.decided_at));
  TRY(const auto effect, flow::effect_of(api.platform(), visit.who(), release, relabelling));
  out.key("effect");
  write_effect(out, visit, effect);
  const auto abilities = flow::relabel_abilities(visit.who(), release, relabelling);
  out.key("abilities").begin_object().member("agree", abilities.agree).member("reject", abilities.reject);
  out.end_object();
  if (abilities.agree) out.member("step_up_purpose", flow::purpose_of_agreeing(release, relabelling));
  out.end_object();
  return {};
}

Result<HttpResponse> relabelling_response(const Api& api, const Visit& visit, const Relabelling& relabelling,
                                          int status) {
  Visit fresh = visit;
  TRY(fresh.caller, flow::renewed(api.platform(), visit.who()));
  JsonWriter out;
  TRY_OK(write_relabelling(out, api, fresh, relabelling));
  return json_response(out.take(), status);
}

Result<Relabelling> asked_relabelling(const Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  return flow::find_relabelling(api.platform(), visit.who(), release, visit.value("relabelling"));
}

}  // namespace

Result<HttpResponse> get_release_relabellings(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto relabellings, flow::relabellings_of(api.platform(), visit.who(), release));
  JsonWriter out;
  out.begin_object().key("label");
  write_wished_label(out, visit, release.label);
  out.key("items").begin_array();
  for (const Relabelling& relabelling : relabellings) TRY_OK(write_relabelling(out, api, visit, relabelling));
  return json_response(out.end_array().end_object().take());
}

Result<HttpResponse> post_release_relabelling(Api& api, const Visit& visit) {
  TRY(const Release release, flow::find_release(api.platform(), visit.who(), visit.value("id")));
  TRY(const auto document, json_body_for_model(visit.request));
  TRY(const Asked asked, asked_of(visit, document->root()));
  if (asked.dry_run) {
    TRY(const auto draft, flow::draft_relabelling(api.platform(), visit.who(), release, asked.act.wish));
    JsonWriter out;
    out.begin_object().key("from");
    write_wished_label(out, visit, draft.from);
    out.key("to");
    write_wished_label(out, visit, draft.to);
    out.key("effect");
    write_effect(out, visit, draft.effect);
    return json_response(out.member("step_up_purpose", draft.purpose).end_object().take());
  }
  TRY(const Relabelling proposed,
      flow::propose_relabelling(api.platform(), visit.who(), release, asked.act, repeat_key(visit.request)));
  return relabelling_response(api, visit, proposed, 201);
}

Result<HttpResponse> get_release_relabelling(Api& api, const Visit& visit) {
  TRY(const Relabelling relabelling, asked_relabelling(api, visit));
  return relabelling_response(api, visit, relabelling, 200);
}

Result<HttpResponse> post_relabelling_agreement(Api& api, const Visit& visit) {
  TRY(const Relabelling relabelling, asked_relabelling(api, visit));
  TRY(const auto document, json_body(visit.request, {"step_up"}));
  TRY(const flow::StepUpAnswer answer, step_up_answer(visit, document->root()));
  TRY(const Relabelling decided, flow::agree_to_relabelling(api.platform(), visit.who(), relabelling, answer));
  return relabelling_response(api, visit, decided, 200);
}

Result<HttpResponse> post_relabelling_rejection(Api& api, const Visit& visit) {
  TRY(const Relabelling relabelling, asked_relabelling(api, visit));
  TRY([[maybe_unused]] const auto document, json_body(visit.request, {}));
  TRY(const Relabelling decided, flow::reject_relabelling(api.platform(), visit.who(), relabelling));
  return relabelling_response(api, visit, decided, 200);
}

}  // namespace hinomi::api

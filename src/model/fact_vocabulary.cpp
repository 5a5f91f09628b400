// The table behind fact_definitions(): DOMAIN-JAPAN §2.2 and the fields of §1.7 and §2.5, in the order of
// the form.
#include <initializer_list>
#include <string_view>
#include <vector>

#include "model/fact.h"

namespace hinomi {
namespace {

using Choices = std::vector<std::string_view>;

FactDefinition flag(std::string_view name) { return {name, FactKind::Flag, "", {}}; }
FactDefinition number(std::string_view name, std::string_view unit) { return {name, FactKind::Number, unit, {}}; }
FactDefinition text(std::string_view name) { return {name, FactKind::Text, "", {}}; }
FactDefinition time(std::string_view name) { return {name, FactKind::Time, "", {}}; }
FactDefinition choice(std::string_view name, Choices words) { return {name, FactKind::Choice, "", std::move(words)}; }
FactDefinition choices(std::string_view name, Choices words) { return {name, FactKind::Choices, "", std::move(words)}; }
FactDefinition technical(FactDefinition definition) {
  definition.technical = true;
  return definition;
}

// §1.4, without near_miss: that is the kind of the report.
Choices event_types() { return {"leak", "destruction", "unavailable", "malware", "code_exec", "intrusion", "other"}; }

// §1.4: 意図的な原因, 偶発的な原因, 環境的な原因, その他の原因.
Choices cause_types() {
  return {"suspicious_mail",
          "false_identity",
          "mass_access",
          "information_theft",
          "insider",
          "improper_operation",
          "user_operation_error",
          "user_management_error",
          "suspicious_file_run",
          "suspicious_site_view",
          "contractor_management",
          "equipment_failure",
          "system_vulnerability",
          "other_sector_failure",
          "disaster_or_disease",
          "other"};
}

// §1.7 対象システム.
Choices system_kinds() {
  return {"power_control", "smart_meter", "supply_demand", "billing", "office", "web", "contractor", "other"};
}

// §1.7 検知の契機.
Choices detections() {
  return {"own_monitoring", "own_staff", "customer", "outside_notice", "authority", "contractor", "other"};
}

// 電気工作物 as the items of 電気関係報告規則3条 tell them apart.
Choices equipment_kinds() {
  return {"hydro",
          "thermal",
          "fuel_cell",
          "solar",
          "wind",
          "nuclear",
          "storage",
          "substation",
          "transmission_line",
          "dc_transmission_line",
          "distribution_line",
          "demand_equipment",
          "other"};
}

// How an attacker came in (共通様式 侵入方法).
Choices entry_routes() {
  return {"vulnerability", "phishing",        "vpn",     "remote_access", "stolen_credentials",
          "supply_chain",  "removable_media", "insider", "other"};
}

std::vector<FactDefinition> report_facts() {
  return {time("t.detected"),
          time("t.occurred"),
          time("t.contained"),
          time("t.recovered"),
          choice("how_detected", detections()),
          choices("event.types", event_types()),
          choices("cause.types", cause_types()),
          choices("system.kinds", system_kinds()),
          text("place"),
          choice("impact.exists", {"yes", "no", "unknown"}),
          text("impact.text"),
          text("damage.text"),
          choice("inc.cyber", {"yes", "suspected", "no", "unknown"}),
          technical(choice("atk.kind", {"ddos", "ransomware", "other", "none"})),
          choice("spread.possible", {"yes", "no", "unknown"}),
          text("spread.text"),
          text("response.text"),
          text("cause.text"),
          text("prevention.text"),
          text("lessons.text"),
          text("evidence.text"),
          choice("public.status", {"none", "planned", "published", "unknown"}),
          time("t.published"),
          text("public.url"),
          text("public.text"),
          choices("reported_to", {"police", "ppc", "jpcert", "ipa", "meti", "nco", "fsa", "other"}),
          flag("share.nco_consent"),
          flag("share.members_consent"),
          text("other.text"),
          flag("src.unnamed")};
}

// §2.5: what the common forms ask about an attack.
std::vector<FactDefinition> attack_facts() {
  return {technical(choices("entry.routes", entry_routes())),
          technical(text("entry.text")),
          technical(choice("ddos.kind", {"direct_flood", "reflection", "endpoint", "unknown"})),
          technical(number("ddos.gbps", "Gbit/s")),
          technical(number("ddos.pps", "packets/s")),
          technical(number("ddos.minutes", "min")),
          technical(text("ddos.source")),
          technical(text("ddos.mitigation")),
          technical(choices("ransom.kinds", {"encryption", "leak_threat", "demand"})),
          technical(flag("ransom.demanded")),
          technical(text("ransom.note")),
          technical(text("ransom.extension")),
          flag("ransom.paid"),
          time("t.ransom_paid")};
}

std::vector<FactDefinition> accident_facts() {
  return {number("outage.lost_kw", "kW"),
          number("outage.minutes", "min"),
          number("outage.customers", "households"),
          text("outage.area"),
          flag("outage.ongoing"),
          flag("outage.auto_reclosed"),
          flag("outage.caused_at_other_operator"),
          flag("outage.from_private_3kv"),
          flag("svc.level_breached"),
          choice("eq.kind", equipment_kinds()),
          number("eq.kv", "kV"),
          number("eq.kw", "kW"),
          flag("eq.damaged_major"),
          flag("hum.killed"),
          flag("hum.hospitalised"),
          flag("fire.exists"),
          flag("fire.half_burnt"),
          flag("fire.building"),
          flag("prop.damage"),
          number("gen.kw", "kW"),
          number("gen.lost_days", "days"),
          number("ess.kw", "kW"),
          number("ess.lost_days", "days"),
          flag("dam.abnormal_release"),
          flag("social_impact"),
          text("equipment.text"),
          text("engineer.text"),
          flag("nra.reportable"),
          flag("occto.supply_demand_abnormal")};
}

std::vector<FactDefinition> legal_facts() {
  return {flag("ci.serious_impact_judged"),
          flag("ci.operator_agrees"),
          flag("handling.council_information"),  // サイバー対処能力強化法45条の協議会で得た情報
          flag("tiec.affected"),
          text("tiec.system"),
          flag("tiec.introduced"),
          flag("tiec.changed"),
          time("t.tiec_event"),
          flag("keizai.equipment_introduced"),
          flag("keizai.maintenance_outsourced"),
          flag("ev.violation"),
          flag("ev.precursor"),
          flag("pii.leak"),  // 漏えい等が発生し、又は発生したおそれ (個人情報保護法26条)
          flag("pii.sensitive"),
          flag("pii.financial"),
          flag("pii.malicious"),
          number("pii.count", "persons"),
          flag("pii.mynumber"),
          number("pii.mynumber_count", "persons"),
          flag("pii.improper_use"),  // 不正の目的による利用・提供のおそれ (番号法29条の4)
          text("pii.items"),
          text("pii.secondary_harm"),
          text("pii.response"),
          choice("pii.notified", {"done", "planned", "none", "unknown"}),
          time("t.known"),
          time("t.recognised"),
          time("t.pii_known"),
          time("t.determined"),
          time("t.materiality"),
          flag("listed.material"),
          flag("fiea.ordinance_event"),
          flag("contract.notice_clause"),
          number("contract.notice_hours", "h")};
}

// §2.4: what rules of other countries ask. Each clock has its own start, never derived from another.
std::vector<FactDefinition> foreign_facts() {
  return {flag("nis2.significant"),
          time("t.nis2_aware"),
          choice("nccs.class", {"low", "medium", "high", "critical"}),
          time("t.nccs_reportable"),
          flag("cra.exploited_vulnerability"),
          flag("cra.severe_incident"),
          time("t.cra_aware"),
          time("t.cra_fix"),
          flag("us.nerc_reportable"),
          flag("us.nerc_attempt"),
          choice("doe.class", {"emergency_alert", "normal", "attempted_cyber", "system_report"}),
          time("t.us_attribute"),
          flag("us.circia_covered"),
          time("t.us_believed")};
}

std::vector<FactDefinition> vocabulary() {
  auto all = report_facts();
  for (const auto& part : {attack_facts(), accident_facts(), legal_facts(), foreign_facts()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

std::span<const FactDefinition> fact_definitions() {
  static const std::vector<FactDefinition> kDefinitions = vocabulary();
  return kDefinitions;
}

}  // namespace hinomi

#include "anonymity/population.h"

#include <algorithm>
#include <cmath>

#include "anonymity/normal_text.h"
#include "anonymity/quantities.h"
#include "base/text.h"

namespace hinomi::anonymity {
namespace {

bool is_regional(const Statement& statement) {
  switch (statement.attribute) {
    case Attribute::Area:
    case Attribute::Prefecture:
    case Attribute::Frequency:
    case Attribute::Plant: return true;
    default: return false;
  }
}

bool holds(const std::set<Statement>& statements, Attribute attribute) {
  return std::ranges::any_of(statements, [attribute](const Statement& s) { return s.attribute == attribute; });
}

bool contains_any(const std::set<std::string>& values, std::string_view joined) {
  return std::ranges::any_of(split(joined, '+'),
                             [&](std::string_view one) { return values.contains(std::string(one)); });
}

// A band covers what is above it too: 275 kV is 特別高圧. Low voltage is everywhere and tells nothing.
bool fits_voltage(const std::set<int>& voltages, const std::string& value) {
  if (value == "low") return true;
  const auto any = [&voltages](auto test) { return std::ranges::any_of(voltages, test); };
  if (value == "high") return any([](int kilovolts) { return kilovolts >= 1 && kilovolts <= 7; });
  if (value == "extra_high") return any([](int kilovolts) { return kilovolts > 7; });
  if (value == "backbone") return any([](int kilovolts) { return kilovolts >= 187; });
  const auto exact = read_amount(value);
  return exact && any([&exact](int kilovolts) { return std::abs(kilovolts - exact->value) < 1; });
}

}  // namespace

std::string_view watcher_text(Watcher watcher) {
  return watcher == Watcher::Outsider ? "outsider" : watcher == Watcher::Reader ? "reader" : "colluding_readers";
}

Population::Population(const Gazetteer& gazetteer, std::span<const Organisation> registry, const Organisation& reporter,
                       std::span<const OrgId> readers) {
  for (const Entry& entry : gazetteer.entries()) {
    if (entry.kind == EntryKind::Prefecture) area_of_prefecture_.emplace(entry.value("key"), entry.value("area"));
  }
  for (const Organisation& organisation : registry) {
    if (organisation.kind != reporter.kind) continue;
    Member member = member_of(gazetteer, organisation);
    member.reporter = organisation.id == reporter.id;
    member.reader =
        !member.reporter && (readers.empty() || std::ranges::find(readers, organisation.id) != readers.end());
    members_.push_back(std::move(member));
  }
}

Population::Member Population::member_of(const Gazetteer& gazetteer, const Organisation& organisation) const {
  const OrgAttributes& known = organisation.attributes;
  Member member;
  member.id = organisation.id;
  member.plants = known.plants;
  member.voltages = known.voltages_kv;
  for (const License license : known.licenses) member.licenses.emplace(license_text(license));
  for (const std::string& product : known.products) member.products.insert(lookup_form(product));
  for (const std::string& text : known.prefectures) {
    const Entry* prefecture = gazetteer.prefecture(text);
    if (prefecture == nullptr) continue;
    member.prefectures.emplace(prefecture->value("key"));
    member.areas.emplace(prefecture->value("area"));
  }
  if (const Entry* area = gazetteer.area(known.area)) member.areas.emplace(area->value("key"));
  if (known.frequency_hz != 0) {
    member.frequencies.insert(std::to_string(known.frequency_hz));
  } else {
    for (const std::string& area : member.areas)
      member.frequencies.insert(std::to_string(gazetteer.frequency_of_areas(area)));
  }
  return member;
}

// A member that names its area and no prefectures is taken to serve all of the area.
bool Population::fits_prefecture(const Member& member, const std::string& prefecture) const {
  if (!member.prefectures.empty()) return member.prefectures.contains(prefecture);
  const auto area = area_of_prefecture_.find(prefecture);
  return area != area_of_prefecture_.end() && member.areas.contains(area->second);
}

bool Population::fits(std::size_t index, const Statement& statement) const {
  const Member& member = members_[index];
  const std::string& value = statement.value;
  switch (statement.attribute) {
    case Attribute::License: return contains_any(member.licenses, value);
    case Attribute::Area: return contains_any(member.areas, value);
    case Attribute::Prefecture: return fits_prefecture(member, value);
    case Attribute::Frequency: return member.frequencies.contains(value);
    case Attribute::Voltage: return fits_voltage(member.voltages, value);
    case Attribute::Plant: return value == "generation" ? !member.plants.empty() : member.plants.contains(value);
    case Attribute::Product: return member.products.contains(lookup_form(value));
    case Attribute::Date:
    case Attribute::Quantity: return true;  // harmless alone; together they are `joinable`
    case Attribute::Identifier: return member.reporter;
  }
  return false;
}

std::vector<bool> Population::fitting(const std::set<Statement>& statements) const {
  std::vector<bool> out(members_.size(), true);
  for (const Statement& statement : statements) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = out[i] && fits(i, statement);
  }
  return out;
}

Count Population::count(const std::set<Statement>& statements, const AnonymityPolicy& policy) const {
  const std::vector<bool> fit = fitting(statements);
  Count count;
  count.population = members_.size();
  std::size_t readers = 0;
  for (std::size_t i = 0; i < fit.size(); ++i) {
    if (!fit[i]) continue;
    ++count.fitting;
    if (members_[i].reader) ++readers;
  }
  // The reader alone is one of the colluders, so the pooled count is the least of all.
  const std::size_t known_innocent = std::min(std::max<std::size_t>(policy.colluding_readers, 1), readers);
  count.smallest = count.fitting - known_innocent;
  count.joinable = holds(statements, Attribute::Date) && holds(statements, Attribute::Quantity);
  if (count.joinable) count.smallest = std::min<std::size_t>(count.smallest, 1);
  count.required = std::ranges::any_of(statements, is_regional) ? std::max(policy.k, policy.k_regional) : policy.k;
  return count;
}

std::vector<AudienceCount> Population::audiences(const std::set<Statement>& statements,
                                                 const AnonymityPolicy& policy) const {
  const std::vector<bool> fit = fitting(statements);
  const Count counted = count(statements, policy);
  std::vector<AudienceCount> out{{Watcher::Outsider, {}, counted.fitting}};
  std::size_t fitting_readers = 0;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (!members_[i].reader) continue;
    fitting_readers += fit[i] ? 1 : 0;
    out.push_back({Watcher::Reader, members_[i].id, counted.fitting - (fit[i] ? 1 : 0)});
  }
  out.push_back({Watcher::ColludingReaders, {}, counted.fitting - std::min(policy.colluding_readers, fitting_readers)});
  return out;
}

}  // namespace hinomi::anonymity

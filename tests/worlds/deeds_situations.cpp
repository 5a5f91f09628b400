// Situations made on purpose: each needs several deeds to come together, of which one is hidden from the viewer and
// touches what the viewer has to do with.
#include <algorithm>

#include "worlds/deeds.h"
#include "worlds/knows.h"

namespace hinomi::tests::worlds {

void PlanMaker::make_situation(std::uint64_t turn) {
  constexpr std::array kSituations{&PlanMaker::share_collection,   &PlanMaker::surround_release,
                                   &PlanMaker::stand_just_outside, &PlanMaker::add_to_visible,
                                   &PlanMaker::share_values,       &PlanMaker::decide_about_people,
                                   &PlanMaker::change_readers};
  (this->*kSituations.at(turn % kSituations.size()))();
}

void PlanMaker::finish_situation() {
  if (finish_) finish_();
}

// One that the analysts and others read too; for everyone where none comes up.
Label PlanMaker::label_shared_with_others() {
  constexpr int kTries = 10;
  for (int i = 0; i < kTries; ++i) {
    const Label label = label_in_sight();
    const auto reads = [&](const PersonId& id) { return may_know(cast_.directory, id, label); };
    if (std::ranges::all_of(cast_.analysts, reads) && !strangers_among(readers_of(label)).empty()) return label;
  }
  return label_for_everyone(Tlp::Green);
}

std::vector<PersonId> PlanMaker::strangers_among(std::vector<PersonId> people) const {
  const OrgId own = cast_.person(plan_.viewer).org;
  std::erase_if(people, [&](const PersonId& id) { return cast_.person(id).org == own; });
  return people;
}

// One that an analyst reads, where such a one comes up.
Label PlanMaker::label_only_of_others() {
  constexpr int kTries = 20;
  const auto reads = [&](const Label& label) {
    return std::ranges::any_of(
        cast_.analysts, [&](const PersonId& id) { return id != plan_.viewer && may_know(cast_.directory, id, label); });
  };
  Label label = label_out_of_sight();
  for (int i = 0; i < kTries && !reads(label); ++i) label = label_out_of_sight();
  return label;
}

std::vector<PersonId> PlanMaker::unwatched_readers(const Label& label) const {
  const OrgId own = cast_.person(plan_.viewer).org;
  std::vector<PersonId> readers = strangers_among(readers_of(label));
  std::erase_if(readers, [&](const PersonId& id) {
    return std::ranges::any_of(reports_, [&](const FiledReport& report) {
      const auto reads = [&](const Label& of_report) { return may_know(cast_.directory, id, of_report); };
      return (report.org == own || report.other_org == own) && std::ranges::any_of(report.labels, reads);
    });
  });
  return readers;
}

PlanMaker::Filing PlanMaker::filing_of_stranger(const PersonId& author, const PersonId& other) {
  const Label label = label_of_org(cast_, cast_.person(author).org);
  const Label changed = label_of_org(cast_, cast_.person(other).org);
  // The forms' labels let the secretariat in.
  if (!is_seen(label) && !is_seen(changed)) return {author, other, label, changed, ShareScope::SecretariatOnly, true};
  const Label hidden = label_out_of_sight();
  return {author, other, hidden, hidden, ShareScope::SecretariatOnly, false};
}

// What the viewer adds or deletes has the ids of what they do not see.
void PlanMaker::share_collection() {
  const Label shared = label_shared_with_others();
  const ObjectPlace place = new_collection(shared, shared);
  std::vector<PersonId> writers = readers_of(shared);
  std::erase(writers, plan_.viewer);
  plan_.focus.insert(*place.deed);
  constexpr int kHidden = 2;
  for (int i = 0; i <= kHidden; ++i) {
    const Label label = i == 0 ? shared : in_collection(place, label_out_of_sight());
    plan_.focus.insert(put_objects({place, pick(random_, writers), label, label, i, 2, std::nullopt}));
  }
  const auto seen =
      std::ranges::find(objects_, place.deed, [](const StoredObjects& objects) { return objects.place.deed; });
  const Label hidden = in_collection(place, label_out_of_sight());
  plan_.focus.insert(put_objects({place, pick(random_, writers), hidden, hidden, seen->version + 1, 2, *seen}));
  const Label readers = label_out_of_sight();
  plan_.focus.insert(*new_collection(readers, readers).deed);
  plan_.asks_more = {"/taxii2/api/collections/{id}/objects/"};
}

void PlanMaker::surround_release() {
  const auto authors = strangers_among(reporters());
  if (authors.empty()) return;
  const PersonId author = pick(random_, authors);
  const auto another = std::ranges::find_if(authors, [&](const PersonId& id) { return id != author; });
  plan_.focus.insert(new_report(filing_of_stranger(author, another == authors.end() ? author : *another)));
  const Label same = reports_.back().labels.front();  // amend() adds to the list that it stands in
  amend(reports_.back(), same);
  plan_.focus.insert(plan_.deeds.size() - 1);
  const Label shared = label_shared_with_others();
  const OutRelease out = publish(reports_.back(), shared, shared);
  plan_.focus.insert(out.deed);
  amend(out, Amendment::Correction, true);
  plan_.focus.insert(acknowledge(out, pick(random_, strangers_among(readers_of(shared)))));
  const auto readers = unwatched_readers(shared);
  if (!readers.empty()) plan_.focus.insert(read_around(pick(random_, readers)));
  if (const auto sighting = sight(out)) plan_.focus.insert(*sighting);
  plan_.asks_more = {"/api/v1/releases/{id}"};
}

void PlanMaker::share_values() {
  const std::string value = "met-twice.example";
  // Only of operators is it asked who could be meant.
  const auto of_operator = [&](const PersonId& id) { return cast_.org_of(id).kind == OrgKind::Operator; };
  std::vector<PersonId> authors = reporters();
  std::erase_if(authors, [&](const PersonId& id) { return id == plan_.viewer || !of_operator(id); });
  if (authors.empty()) return;
  const PersonId author = pick(random_, authors);
  std::vector<PersonId> strangers = strangers_among(reporters());
  std::erase_if(strangers, [&](const PersonId& id) { return cast_.person(id).org == cast_.person(author).org; });
  if (strangers.empty()) return;
  const Label shared = label_shared_with_others();
  new_report({author, author, shared, shared, ShareScope::SecretariatOnly, false, value});
  const FiledReport seen = reports_.back();
  plan_.focus.insert(seen.deed);
  plan_.focus.insert(new_review(seen, std::nullopt));
  plan_.focus.insert(publish(seen, shared, shared).deed);
  const PersonId stranger = pick(random_, strangers);
  Filing filing = filing_of_stranger(stranger, stranger);
  filing.also = value;
  plan_.focus.insert(new_report(filing));
  const Label hidden = label_only_of_others();
  const OutRelease out = publish(reports_.back(), hidden, hidden);
  plan_.focus.insert(out.deed);
  finish_ = [this, out] {
    amend(out, Amendment::Withdrawal, true);
    plan_.focus.insert(plan_.deeds.size() - 1);
  };
  plan_.asks_more = {"/api/v1/reviews/{id}", "/api/v1/indicators"};
}

void PlanMaker::stand_just_outside() {
  std::vector<PersonId> authors = reporters();
  std::erase(authors, plan_.viewer);
  if (authors.empty()) return;
  for (const Label& label : nearly_visible_labels(random_, cast_, plan_.viewer)) {
    const PersonId author = pick(random_, authors);
    plan_.focus.insert(new_report({author, author, label, label, ShareScope::SecretariatOnly, false}));
  }
}

void PlanMaker::add_to_visible() {
  const OpenCase open = new_case(label_shared_with_others());
  plan_.focus.insert(open.deed);
  plan_.focus.insert(add_to_case(open, label_out_of_sight()));
  const auto authors = strangers_among(reporters());
  if (authors.empty()) return;
  const PersonId author = pick(random_, authors);
  const Label shared = label_shared_with_others();
  plan_.focus.insert(new_report({author, author, shared, shared, ShareScope::SecretariatOnly, false}));
  amend(reports_.back(), label_out_of_sight());
  plan_.focus.insert(plan_.deeds.size() - 1);
  plan_.focus.insert(hand_in(reports_.back()));
  plan_.focus.insert(write_with_key(author));
  plan_.asks_more = {"/report", "/api/v1/reports"};
}

}  // namespace hinomi::tests::worlds

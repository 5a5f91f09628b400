#include "flow/consent.h"

#include "flow/anonymity_check.h"
#include "model/words.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

namespace action = policy::action;
using ConsentPermit = policy::Permit<action::ConsentToRelease>;

constexpr Words<ConsentAnswer, 3> kAnswers{"review.consent", {"given", "refused", "taken_back"}};

// Shown to those who were given the release. It names nobody and says nothing that the text did not.
constexpr std::string_view kReason =
    "情報提供元の同意が撤回されました。 / The organisation that reported has taken back its consent.";

std::vector<PersonId> analysts(const Directory& directory) {
  std::vector<PersonId> people;
  for (const auto& [id, person] : directory.persons) {
    const bool secretariat = directory.orgs.at(person.org).kind == OrgKind::Secretariat;
    if (secretariat && person.active && person.roles.contains(Role::Analyst)) people.push_back(id);
  }
  return people;
}

store::Review withdrawal_of(const Platform& platform, const store::Review& published, const PersonId& by, Instant now) {
  store::Review review;
  review.id = ReviewId::random(platform.random);
  review.report = published.report;
  review.report_version = published.report_version;
  review.report_number = published.report_number;
  review.reporter_org = published.reporter_org;
  review.purpose = store::ReviewPurpose::Withdrawal;
  review.target = published.release;
  review.reason = kReason;
  review.release_label = published.release_label;
  review.consent = store::ConsentState::Refused;
  review.edition = published.edition;
  review.decisions = decisions_text({});
  review.edited_by = by;
  review.edited_at = now;
  return review;
}

void record(const Platform& platform, const store::Review& review, ConsentAnswer answer, store::Alongside& with) {
  JsonWriter text;
  text.begin_object().member("consent", consent_answer_text(answer)).member("revision", std::uint64_t{review.revision});
  text.member("review", review.id.text()).end_object();
  with.ledger.push_back(ledger_entry(platform, "review.consent_" + std::string(consent_answer_text(answer)),
                                     review.id.text(), review.revision, text.take()));
}

Status take_back(const Platform& platform, const Caller& caller, const store::Review& review,
                 const ConsentPermit& permit, store::Alongside with) {
  record(platform, review, ConsentAnswer::TakenBack, with);
  const store::Review withdrawal = withdrawal_of(platform, review, caller.principal.person, with.at);
  TRY(const auto taken, platform.store.take_consent_back(permit, {withdrawal, analysts(*caller.directory)}, with));
  if (taken.at != 0) caller.reach.trail().note_own_narrowing(taken.at);
  if (taken.is_news) platform.log.info("consent_taken_back", {{"review", review.id.text()}});
  return {};
}

Status give_again(const Platform& platform, const store::Review& review, const ConsentPermit& permit,
                  store::Alongside with) {
  record(platform, review, ConsentAnswer::Given, with);
  TRY_OK(platform.store.give_consent_again(permit, with));
  platform.log.info("consent_given_again", {{"review", review.id.text()}});
  return {};
}

Status answer_open(const Platform& platform, const ConsentAct& act, const ConsentPermit& permit,
                   const store::Alongside& with) {
  const bool given = act.answer == ConsentAnswer::Given;
  return platform.store.set_consent(permit, given ? store::ConsentState::Given : store::ConsentState::Refused, with);
}

// Whether this answer fits where the review stands.
Status check_answer(const store::Review& review, ConsentAnswer answer) {
  if (review.purpose == store::ReviewPurpose::Withdrawal)
    return conflict("review.consent_not_needed", "A withdrawal needs nobody's consent.");
  const bool published = review.state == store::ReviewState::Published;
  if (answer == ConsentAnswer::TakenBack && !published)
    return conflict("review.not_published", "Nothing was published from this review. Refuse it while it is open.");
  if (answer == ConsentAnswer::Refused && published)
    return conflict("review.closed", "This text is published. Take your consent back instead.");
  if (review.state == store::ReviewState::Abandoned)
    return conflict("review.closed", "This review is finished; start a correction of the release instead.");
  return {};
}

}  // namespace

std::string_view consent_answer_text(ConsentAnswer answer) { return kAnswers.text(answer); }
Result<ConsentAnswer> parse_consent_answer(std::string_view text) { return kAnswers.parse(text); }

Result<store::Review> answer_consent(const Platform& platform, const Caller& caller, const ReviewId& id,
                                     const ConsentAct& act, const std::optional<RepeatKey>& repeat) {
  TRY(const auto earlier, earlier_result(platform, caller, repeat));
  if (earlier) return platform.store.review(caller.reach, id);
  TRY(const store::Review review, platform.store.review(caller.reach, id));
  const action::ConsentToRelease::Subject subject{id, review.reporter_org, act.revision};
  TRY_OK(policy::allows<action::ConsentToRelease>(caller.principal, subject));
  TRY_OK(check_answer(review, act.answer));
  if (review.revision != act.revision)
    return conflict("review.moved_on", "The text has changed since you opened it. Read it again.");
  TRY(const auto proof, prove_presence_for<action::ConsentToRelease>(platform, caller, act.step_up, subject));
  TRY(const auto permit, policy::permit<action::ConsentToRelease>(caller.principal, subject, proof));
  const store::Alongside with = alongside(platform, caller, repeat);
  if (act.answer == ConsentAnswer::TakenBack) {
    TRY_OK(take_back(platform, caller, review, permit, with));
  } else if (review.state == store::ReviewState::Published) {
    TRY_OK(give_again(platform, review, permit, with));
  } else {
    TRY_OK(answer_open(platform, act, permit, with));
  }
  return platform.store.review(caller.reach, id);
}

ConsentAbilities consent_abilities(const policy::Principal& principal, const store::Review& review) {
  const action::ConsentToRelease::Subject subject{review.id, review.reporter_org, review.revision};
  const bool may = review.purpose != store::ReviewPurpose::Withdrawal &&
                   policy::allows<action::ConsentToRelease>(principal, subject).ok();
  const bool published = review.state == store::ReviewState::Published;
  const bool refused = review.consent == store::ConsentState::Refused;
  return {may && review.state == store::ReviewState::Open, may && published && !refused, may && published && refused};
}

}  // namespace hinomi::flow

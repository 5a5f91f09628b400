// Reports and their versions, reviews, releases with corrections and withdrawals.
#include <algorithm>

#include "flow/file_report.h"
#include "flow/publish.h"
#include "flow/repeat.h"
#include "flow/review.h"
#include "forms/filled.h"
#include "worlds/deeds.h"
#include "worlds/in_person.h"
#include "worlds/knows.h"

namespace hinomi::tests::worlds {
namespace {

namespace action = policy::action;

// Often one that others report too: what is seen twice is where one thing can tell of another.
std::string value_of(const Scene& scene, std::uint64_t number) {
  Random& random = scene.world.random();
  if (chance(random, 50)) return "seen-" + std::to_string(random.below(4)) + "-often.example";
  return chance(random, 60) ? scene.taint(number) + ".example" : "203.0.113." + std::to_string(random.below(250) + 1);
}

void add_once(std::vector<Indicator>& indicators, const std::string& value) {
  Indicator indicator = must(read_indicator(value));
  if (std::ranges::find(indicators, indicator) == indicators.end()) indicators.push_back(std::move(indicator));
}

ReportDraft draft_of(const Scene& scene, ShareScope scope, const std::string& also) {
  Random& random = scene.world.random();
  ReportDraft draft;
  draft.kind = chance(random, 80) ? ReportKind::Incident : ReportKind::NearMiss;
  draft.scope = scope;
  if (chance(random, 60)) draft.title = "Title " + scene.taint(1);
  draft.summary = "A remote session " + scene.taint(2) + "\nand more of it";
  draft.contact = "contact " + scene.taint(3);
  const Instant now = scene.world.clock().now();
  for (const std::string_view name : {"t.detected", "t.recognised"})
    must_be_ok(draft.facts.set(name, {ValueState::Given, now - std::chrono::minutes(random.below(600))}));
  must_be_ok(draft.facts.set("outage.lost_kw", {ValueState::Given, static_cast<double>(random.below(90'000))}));
  draft.technical.text = "seen " + scene.taint(4);
  for (std::uint32_t i = 0; i < between(random, 1, 3); ++i) {
    const std::string value = value_of(scene, 10 + i);
    add_once(draft.technical.indicators, value);
    scene.made().values.push_back(value);
  }
  if (!also.empty()) add_once(draft.technical.indicators, also);
  draft.technical.techniques = {"T0883"};
  draft.technical.cves = {"CVE-2025-100" + std::to_string(random.below(4))};
  scene.made().cves = draft.technical.cves;
  draft.technical_preconsent = chance(random, 40);
  return draft;
}

Edition edition_of(const Scene& scene, const std::string& also) {
  Random& random = scene.world.random();
  Edition edition;
  edition.kind = chance(random, 75) ? EditionKind::Story : EditionKind::TechnicalOnly;
  edition.title = "Release " + scene.taint(5);
  edition.body = "What happened " + scene.taint(6);
  edition.implication = "Look at " + scene.taint(7);
  if (chance(random, 60)) edition.check = "grep " + scene.taint(8);
  if (chance(random, 60)) edition.mitigation = "close " + scene.taint(9);
  for (std::uint32_t i = 0; i < between(random, 1, 3); ++i) {
    const std::string value = value_of(scene, 20 + i);
    add_once(edition.indicators, value);
    scene.made().values.push_back(value);
  }
  if (!also.empty()) add_once(edition.indicators, also);
  edition.techniques = {"T0859"};
  edition.cves = {"CVE-2025-100" + std::to_string(random.below(4))};
  return edition;
}

store::Alongside alongside_of(const Scene& scene, const std::string& kind, const std::string& subject,
                              std::string_view content) {
  store::Alongside with;
  with.at = scene.world.clock().now();
  with.ledger.push_back(flow::ledger_entry(scene.world.platform(), kind, subject, 1, content));
  return with;
}

// A notice for some people, the viewer among them perhaps: policy is asked again when it is sent.
void tell_some(const Scene& scene, const std::string& kind, const std::string& subject, store::Alongside& with) {
  for (const PersonId& person : scene.world.cast().people) {
    if (chance(scene.world.random(), 40)) with.outbox.push_back({"notice", person, kind, subject});
  }
}

// A report whose label no form would give.
Status file_directly(const Scene& scene, const PersonId& author, const Label& label, ShareScope scope) {
  World& world = scene.world;
  ReportVersion report;
  report.report = ReportId::random(world.random());
  report.number = HumanNumber::make(NumberKind::Report, 2026, world.random());
  report.author = author;
  report.org = world.cast().person(author).org;
  report.filed_at = world.clock().now();
  report.content = draft_of(scene, scope, scene.made().also);
  report.victim_label = report.technical_label = label;
  TRY(const auto permit, policy::permit<action::FileReport>(world.as(author).principal, {report.org}));
  auto with = alongside_of(scene, "report.filed", report.report.text(), report_content_text(report.content));
  tell_some(scene, "report.filed", report.report.text(), with);
  TRY_OK(world.store().file_report(permit, report, with));
  scene.made().report = report;
  scene.made().numbers.push_back(report.number.text());
  return {};
}

Status file_by_flow(const Scene& scene, const PersonId& author, ShareScope scope) {
  World& world = scene.world;
  const flow::Caller caller = world.as(author);
  TRY(const auto routed,
      flow::check_report(world.platform(), caller, draft_of(scene, scope, scene.made().also), caller.principal.org));
  TRY(scene.made().report, flow::file_report(world.platform(), caller, routed, std::nullopt));
  scene.made().numbers.push_back(scene.made().report->number.text());
  return {};
}

// The same report's next version, under a label of its own.
Status amend_directly(const Scene& scene, std::size_t filed, const Label& label) {
  World& world = scene.world;
  ReportVersion next = scene.of(filed).newest_report.value_or(*scene.of(filed).report);
  next.version += 1;
  next.filed_at = world.clock().now();
  next.content = draft_of(scene, next.content.scope, scene.of(filed).also);
  next.victim_label = next.technical_label = label;
  TRY(const auto permit, policy::permit<action::AmendReport>(world.as(next.author).principal, {next.report, next.org}));
  auto with = alongside_of(scene, "report.filed", next.report.text(), report_content_text(next.content));
  with.ledger.front().version = next.version;
  // To those who read this very version, as the program does: a notice names the report and not the version.
  for (const PersonId& person : world.cast().people) {
    if (may_know(world.cast().directory, person, label))
      with.outbox.push_back({"notice", person, "report.amended", next.report.text()});
  }
  TRY_OK(world.store().amend_report(permit, next, with));
  world.things.at(filed).newest_report = next;
  return {};
}

// A form that says things, as if somebody had read and sent it.
forms::FilledForm form_of(const Scene& scene, const ReportVersion& report) {
  forms::FilledForm form;
  form.form = "jp-ci-notice";
  form.form_version = "2026.11.1";
  form.title = "form " + scene.taint(40);
  form.report_number = report.number.text();
  form.report_version = report.version;
  form.duty = "JP-CI-4";
  form.stage = "notice";
  const forms::FilledEntry entry{"report.summary", "summary", forms::EntryState::Given, "sent " + scene.taint(41)};
  form.sections = {{"event", "event", {{"event.summary", "summary", false, false, {entry}, std::nullopt}}}};
  return form;
}

Status hand_in_directly(const Scene& scene, std::size_t filed) {
  World& world = scene.world;
  const ReportVersion report = scene.of(filed).newest_report.value_or(*scene.of(filed).report);
  const forms::FilledForm form = form_of(scene, report);
  Submission submission;
  submission.id = SubmissionId::random(world.random());
  submission.report = report.report;
  submission.report_version = report.version;
  submission.org = report.org;
  submission.duty = form.duty;
  submission.stage = form.stage;
  submission.form = form.form;
  submission.form_version = form.form_version;
  submission.addressee = scene.is_other() ? "meti" : "nco";
  submission.sent_at = submission.recorded_at = world.clock().now();
  submission.recorded_by = report.author;
  submission.filled = forms::filled_form_text(form);
  submission.digest = sha256(submission.filled);
  const auto& principal = world.as(report.author).principal;
  TRY(const auto permit, policy::permit<action::RecordSubmission>(principal, {report.report, report.org}));
  const auto with = alongside_of(scene, "submission.recorded", submission.id.text(), submission_text(submission));
  TRY_OK(world.store().record_submission(permit, submission, with));
  scene.made().submission = submission.id;
  return {};
}

store::Review review_of(const Scene& scene, const Things& filed, const PersonId& analyst) {
  const ReportVersion& report = *filed.report;
  store::Review review;
  review.id = ReviewId::random(scene.world.random());
  review.report = report.report;
  review.report_version = report.version;
  review.report_number = report.number;
  review.reporter_org = report.org;
  review.edition = edition_of(scene, filed.also);
  review.decisions = flow::decisions_text({});
  review.release_label = label_for_members(scene.world.cast(), Tlp::Amber);
  review.edited_by = analyst;
  review.edited_at = scene.world.clock().now();
  return review;
}

Status open_directly(const Scene& scene, const store::Review& review, const Label& label) {
  World& world = scene.world;
  TRY(const auto permit, policy::permit<action::EditReview>(world.as(review.edited_by).principal, {review.id}));
  auto with = alongside_of(scene, "review.opened", review.id.text(), edition_text(review.edition));
  tell_some(scene, "review.consent_asked", review.id.text(), with);
  TRY_OK(world.store().open_review(permit, review, label, with));
  scene.made().review = review.id;
  return {};
}

policy::Presence presence_of(const store::Review& review, const PersonId& person) {
  return PresenceTaken::attest(person, action::ApproveRelease::purpose({review.id, review.revision, {}}));
}

// Two approvals of this revision, in the store and in the value.
Status approve_twice(const Scene& scene, store::Review& review, const PersonId& first, const PersonId& second) {
  World& world = scene.world;
  for (const PersonId& analyst : {first, second}) {
    std::vector<PersonId> before;
    for (const store::Approval& approval : review.approvals) before.push_back(approval.person);
    const action::ApproveRelease::Subject subject{review.id, review.revision, before};
    TRY(const auto permit, permit_in_person<action::ApproveRelease>(world.as(analyst).principal, subject));
    store::Alongside with;
    with.at = world.clock().now();
    TRY_OK(world.store().approve_review(permit, with));
    review.approvals.push_back({analyst, with.at});
  }
  return {};
}

Status note_release(const Scene& scene, const Release& release) {
  Things& things = scene.made();
  things.release = release;
  things.numbers.push_back(release.number.text());
  // The ids of its indicators stand in the objects; whoever may read all of it knows them.
  return {};
}

}  // namespace

void PlanMaker::file_report() {
  const PersonId author = some_reporter();
  const PersonId other = pick(random_, reporters());
  const bool by_flow = chance(random_, 55);
  const auto scope = static_cast<ShareScope>(random_.below(3));
  const bool authorities = scope == ShareScope::SecretariatAndAuthority;
  const Label label = by_flow ? label_of_report(cast_, cast_.person(author).org, authorities) : any_label();
  const Label changed = by_flow ? label_of_report(cast_, cast_.person(other).org, authorities) : other_label(label);
  new_report({author, other, label, changed, scope, by_flow});
}

std::size_t PlanMaker::new_report(const Filing& filing) {
  const auto& [author, other, label, changed, scope, by_flow, also] = filing;
  Deed deed;
  deed.name = std::string(by_flow ? "report" : "exotic report") + " by " + text_of(cast_.person(author)) + " under " +
              text_of(label);
  deed.shown_to = {{label}, {changed}};
  deed.known_to = {author, other};
  deed.act = [filing](const Scene& scene) -> Status {
    const PersonId& by = scene.is_other() ? filing.other : filing.author;
    scene.made().also = filing.also;
    if (filing.by_flow) return file_by_flow(scene, by, filing.scope);
    return file_directly(scene, by, scene.is_other() ? filing.changed : filing.label, filing.scope);
  };
  FiledReport filed{add(std::move(deed)),
                    cast_.person(author).org,
                    cast_.person(other).org,
                    author,
                    other,
                    {label, changed},
                    by_flow};
  reports_.push_back(std::move(filed));
  return reports_.back().deed;
}

// Who may add a version hears that there is a newer one, whoever may read it: they count as knowing.
void PlanMaker::amend_report() {
  if (reports_.empty()) return;
  FiledReport& report = reports_[random_.below(static_cast<std::uint32_t>(reports_.size()))];
  const Label label = chance(random_, 45)   ? report.labels.front()
                      : chance(random_, 60) ? label_out_of_sight()
                                            : any_label();
  amend(report, label);
}

void PlanMaker::amend(FiledReport& report, const Label& label) {
  const Label changed = other_label(label);
  Deed deed;
  deed.name = "next version of report " + std::to_string(report.deed) + " under " + text_of(label);
  deed.needs = {report.deed};
  deed.shown_to = {{label}, {changed}};
  for (const PersonId& id : cast_.people) {
    const Person& person = cast_.person(id);
    const bool speaks = person.org == report.org || person.org == report.other_org || cast_.is_analyst(id);
    if (speaks) deed.known_to.insert(id);
  }
  deed.act = [filed = report.deed, label, changed](const Scene& scene) {
    return amend_directly(scene, filed, scene.is_other() ? changed : label);
  };
  for (const Label& version : {label, changed}) {
    report.labels.push_back(version);
    plan_.also_shown[report.deed].push_back(version);
  }
  // Versions are numbered 第n報: whoever reads a later one learns that there was one before, though not what it says.
  if (may_know(cast_.directory, plan_.viewer, label) || may_know(cast_.directory, plan_.viewer, changed)) {
    for (const std::size_t earlier : report.versions) plan_.deeds[earlier].known_to.insert(plan_.viewer);
  }
  report.versions.push_back(add(std::move(deed)));
}

std::size_t PlanMaker::hand_in(const FiledReport& report) {
  Deed deed;
  deed.name = "handing in of report " + std::to_string(report.deed);
  deed.needs = {report.deed};
  if (!report.versions.empty()) deed.needs.push_back(report.versions.back());
  // Those of the newest version, in either wording.
  const std::size_t count = report.labels.size();
  for (std::size_t i = count - 2; i < count; ++i) deed.shown_to.push_back({report.labels[i]});
  deed.known_to = {report.author, report.other_author};
  deed.act = [filed = report.deed](const Scene& scene) { return hand_in_directly(scene, filed); };
  return add(std::move(deed));
}

void PlanMaker::review_report() {
  if (reports_.empty()) return;
  // Sometimes narrower than the report has become.
  new_review(some_report(), chance(random_, 40) ? std::optional(any_label()) : std::nullopt);
}

std::size_t PlanMaker::new_review(const FiledReport& report, const std::optional<Label>& apart) {
  const PersonId first = pick(random_, cast_.analysts);
  PersonId second = first;
  while (second == first) second = pick(random_, cast_.analysts);
  Deed deed;
  deed.name = "review of report " + std::to_string(report.deed);
  deed.needs = {report.deed};
  const Label label = apart.value_or(report.labels.front());
  const Label changed = apart.value_or(report.labels[1]);
  deed.shown_to = {{label}, {changed}};
  deed.known_to = {first};
  for (const Label& shown : {label, changed}) plan_.also_shown[report.deed].push_back(shown);
  const bool consent = chance(random_, 40);
  deed.act = [=](const Scene& scene) -> Status {
    const ReportVersion& filed = *scene.of(report.deed).report;
    store::Review review = review_of(scene, scene.of(report.deed), first);
    if (consent) review.consent = scene.is_other() ? store::ConsentState::Refused : store::ConsentState::Given;
    return open_directly(scene, review, apart.value_or(filed.victim_label));
  };
  reviews_.push_back({add(std::move(deed)), report, Label{}, Label{}, first, second});
  return reviews_.back().deed;
}

// Its own review from the first draft to the second approval; the report behind it may be hidden, and another
// organisation's in the other world.
void PlanMaker::publish() {
  if (reports_.empty()) return;
  const std::uint32_t whose = random_.below(100);
  const Label label = whose < 40   ? label_for_members(cast_, Tlp::Amber)
                      : whose < 60 ? label_in_sight()
                      : whose < 75 ? label_out_of_sight()
                                   : any_label();
  publish(some_report(), label, other_label(label));
}

PlanMaker::OutRelease PlanMaker::publish(const FiledReport& report, const Label& label, const Label& changed) {
  // Who approves last amends it later, if they may read it.
  std::vector<PersonId> able = readers_of(label);
  std::erase_if(able, [&](const PersonId& id) { return !cast_.is_analyst(id); });
  const PersonId second = pick(random_, able.empty() ? cast_.analysts : able);
  PersonId first = second;
  while (second == first) first = pick(random_, cast_.analysts);
  Deed deed;
  deed.name = "release of report " + std::to_string(report.deed) + " under " + text_of(label);
  deed.needs = {report.deed};
  deed.shown_to = {{label}, {changed}};
  for (const Label& of_report : report.labels) deed.shown_to.push_back({of_report});
  deed.known_to = {first, second};
  deed.act = [=](const Scene& scene) -> Status {
    const ReportVersion& filed = *scene.of(report.deed).report;
    store::Review review = review_of(scene, scene.of(report.deed), first);
    review.release_label = scene.is_other() ? changed : label;
    review.consent = store::ConsentState::Given;
    TRY_OK(open_directly(scene, review, filed.victim_label));
    TRY_OK(approve_twice(scene, review, first, second));
    World& world = scene.world;
    TRY(const Release release,
        flow::publish_review(world.platform(), world.as(second), review, {presence_of(review, second), std::nullopt}));
    return note_release(scene, release);
  };
  const OpenReview review{add(std::move(deed)), report, label, changed, first, second};
  releases_.push_back({review.deed, review});
  return releases_.back();
}

// A correction or a withdrawal: sometimes only begun, which the readers of the release do not hear of.
void PlanMaker::amend_release() {
  if (releases_.empty()) return;
  const OutRelease out = pick(random_, releases_);
  const bool finished = chance(random_, 85);
  amend(out, chance(random_, 40) ? Amendment::Withdrawal : Amendment::Correction, finished);
}

void PlanMaker::amend(const OutRelease& out, Amendment what, bool to_the_end) {
  const OpenReview& review = out.review;
  const auto stored = std::ranges::find(releases_, out.deed, &OutRelease::deed);
  const bool finished = to_the_end && !stored->is_withdrawn &&
                        may_know(cast_.directory, review.second, review.release_label) &&
                        may_know(cast_.directory, review.second, review.other_release_label);
  const bool withdrawal = what == Amendment::Withdrawal;
  stored->is_withdrawn = stored->is_withdrawn || (finished && withdrawal);
  Deed deed;
  deed.name = std::string(finished ? "" : "begun ") + (withdrawal ? "withdrawal" : "correction") + " of release " +
              std::to_string(out.deed);
  deed.needs = {out.deed, review.report.deed};
  // Read as the report is by now, which may have got versions since it was released.
  const auto report = std::ranges::find(reports_, review.report.deed, &FiledReport::deed);
  for (const Label& label : report->labels) deed.shown_to.push_back({label});
  if (finished) deed.shown_to.push_back({review.release_label});
  deed.known_to = {review.first, review.second};
  deed.act = [=](const Scene& scene) -> Status {
    const ReportVersion& filed = *scene.of(review.report.deed).report;
    store::Review amendment = review_of(scene, scene.of(review.report.deed), review.first);
    amendment.purpose = withdrawal ? store::ReviewPurpose::Withdrawal : store::ReviewPurpose::Correction;
    amendment.target = scene.of(out.deed).release->id;
    amendment.reason = "because " + scene.taint(30);
    amendment.release_label = scene.of(out.deed).release->label;
    TRY_OK(open_directly(scene, amendment, filed.victim_label));
    if (!finished) return {};
    World& world = scene.world;
    const flow::Caller caller = world.as(review.second);
    if (!world.store().release(caller.reach, *amendment.target).ok()) return {};
    TRY_OK(approve_twice(scene, amendment, review.first, review.second));
    TRY(const Release release, flow::publish_review(world.platform(), caller, amendment,
                                                    {presence_of(amendment, review.second), std::nullopt}));
    world.things.at(out.deed).release = release;
    return {};
  };
  add(std::move(deed));
}

}  // namespace hinomi::tests::worlds

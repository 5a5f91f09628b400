#include "store/sqlite/engine.h"
#include "store/sqlite/given.h"
#include "store/sqlite/labels.h"
#include "store/sqlite/reading.h"
#include "store/sqlite/unnamed_rows.h"

namespace hinomi::store::sqlite {
namespace {

constexpr std::string_view kKind = "report";

constexpr Statement kCurrent{"report_current_version", "SELECT version, number FROM report WHERE id = ?1"};
constexpr Statement kNumberTaken{"report_number_taken", "SELECT 1 FROM report WHERE number = ?1 OR id = ?2"};
constexpr Statement kAddReport{"add_report", "INSERT INTO report (id, number, version) VALUES (?1, ?2, 1)"};
constexpr Statement kRaiseVersion{"raise_report_version", "UPDATE report SET version = ?2 WHERE id = ?1"};
constexpr Statement kSupersede{
    "supersede_report_version",
    "UPDATE report_version SET superseded = 1 WHERE label_id = ?1 AND report_id = ?2 AND superseded = 0"};
constexpr Statement kAddVersion{
    "add_report_version",
    "INSERT INTO report_version (sequence, label_id, report_id, version, number, org_id, author_id, filed_at, "
    "victim_label_id, technical_label_id, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};
constexpr Statement kNewestOfReport{
    "newest_version_of_report",
    "SELECT sequence, version FROM report_version WHERE label_id = ?1 AND report_id = ?2 "
    "ORDER BY version DESC LIMIT 1"};
constexpr Statement kNewestOfNumber{
    "newest_version_of_report_number",
    "SELECT sequence, version FROM report_version WHERE label_id = ?1 AND number = ?2 ORDER BY version DESC LIMIT 1"};
constexpr Statement kVersionsOfReport{
    "versions_of_report", "SELECT sequence, version FROM report_version WHERE label_id = ?1 AND report_id = ?2"};
constexpr Statement kVersionOfReport{
    "version_of_report", "SELECT sequence FROM report_version WHERE label_id = ?1 AND report_id = ?2 AND version = ?3"};
constexpr Statement kPageOfReports{
    "page_of_reports",
    "SELECT sequence FROM report_version WHERE label_id = ?1 AND sequence < ?2 AND superseded = 0 "
    "ORDER BY sequence DESC LIMIT ?3"};
constexpr Statement kNewerVersion{
    "newer_report_version",
    "SELECT 1 FROM report_version WHERE label_id = ?1 AND report_id = ?2 AND version > ?3 LIMIT 1"};
constexpr Statement kVersion{
    "report_version",
    "SELECT label_id, report_id, number, version, org_id, author_id, filed_at, victim_label_id, technical_label_id, "
    "body FROM report_version WHERE sequence = ?1"};

// A version holds both blocks, so it is read by whoever may read both.
Result<LabelId> intern_row_label(Change& change, const ReportVersion& report) {
  return change.intern(stricter(report.victim_label, report.technical_label));
}

Status add_version(Change& change, const ReportVersion& report, LabelId label, const Alongside& with) {
  TRY(const LabelId victim, change.intern(report.victim_label));
  TRY(const LabelId technical, change.intern(report.technical_label));
  TRY(const Bytes body,
      change.seal_body(kKind, report.report.uuid(), report.version, label, report_content_text(report.content)));
  TRY_OK(change.database().run(kSupersede, label, report.report));
  TRY_OK(note_standing(change, kKind, report.report.uuid(), label));
  TRY_OK(change.database().run(kAddVersion, change.next_sequence(), label, report.report, report.version,
                               report.number.text(), report.org, report.author, report.filed_at, victim, technical,
                               body));
  change.stands(label, {Mark::Report, report.report.uuid()});
  change.stands(label, {Mark::ReportNumber, report.number.text()});
  return change.append_event(label, EventKind::ReportFiled, report.report.text(), with.at);
}

Result<ReportVersion> load_version(Database& database, Sequence sequence) {
  TRY(auto row, database.query(kVersion, sequence));
  TRY(const bool present, row.next());
  if (!present) return not_found();
  ReportVersion report;
  report.report = row.id<ReportId>(1);
  TRY(report.number, HumanNumber::parse(row.text(2)));
  report.version = static_cast<std::uint32_t>(row.integer(3));
  report.org = row.id<OrgId>(4);
  report.author = row.id<PersonId>(5);
  report.filed_at = row.instant(6);
  TRY(report.victim_label, load_label(database, row.label(7)));
  TRY(report.technical_label, load_label(database, row.label(8)));
  TRY(const std::string body,
      open_body(database, kKind, report.report.uuid(), report.version, row.label(0), row.blob(9)));
  TRY(report.content, parse_report_content(body));
  return report;
}

}  // namespace

Status Engine::file_report(const Permit<action::FileReport>& permit, const ReportVersion& report,
                           const Alongside& with) {
  if (permit.subject().for_org != report.org || report.version != 1)
    return internal("The permit is for another report.");
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label, intern_row_label(change, report));
    TRY_OK(change.record(with, label, report.report.text()));
    TRY(const auto taken, change.database().number(kNumberTaken, report.number.text(), report.report));
    if (taken) return conflict("number.taken", "This number belongs to another report. Draw a new one.");
    TRY_OK(change.database().run(kAddReport, report.report, report.number.text()));
    if (with.unnamed_source) TRY_OK(link_unnamed(change, *with.unnamed_source, report.report));
    return add_version(change, report, label, with);
  });
}

Status Engine::amend_report(const Permit<action::AmendReport>& permit, const ReportVersion& report,
                            const Alongside& with) {
  if (permit.subject().report != report.report || permit.subject().owner != report.org) {
    return internal("The permit is for another report.");
  }
  return writer_->run([&](Change& change) -> Status {
    TRY(const LabelId label, intern_row_label(change, report));
    TRY_OK(change.record(with, label, report.report.text()));
    TRY(auto current, change.database().query(kCurrent, report.report));
    TRY(const bool known, current.next());
    if (!known) return not_found();
    if (current.integer(0) + 1 != report.version || current.text(1) != report.number.text()) {
      return conflict("report.moved_on", "Somebody has added a version. Open the newest and add yours to it.");
    }
    TRY_OK(change.database().run(kRaiseVersion, report.report, report.version));
    return add_version(change, report, label, with);
  });
}

Result<ReportVersion> Engine::report(const Reach& reach, const ReportId& id) {
  TRY(auto reading, readers_->begin());
  const auto labels = where(reach, {Mark::Report, id.uuid()});
  TRY(const Sequence newest, newest_readable(reading.database(), labels, kNewestOfReport, id));
  return give(reach, load_version(reading.database(), newest));
}

Result<ReportVersion> Engine::report_by_number(const Reach& reach, std::string_view number) {
  TRY(auto reading, readers_->begin());
  const auto labels = where(reach, {Mark::ReportNumber, number});
  TRY(const Sequence newest, newest_readable(reading.database(), labels, kNewestOfNumber, number));
  return give(reach, load_version(reading.database(), newest));
}

Result<std::vector<ReportVersion>> Engine::report_versions(const Reach& reach, const ReportId& id) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto labels = where(reach, {Mark::Report, id.uuid()});
  TRY(const auto sequences, readable_versions(database, labels, kVersionsOfReport, id));
  std::vector<ReportVersion> versions;
  for (const Sequence sequence : sequences) {
    TRY(auto version, give(reach, load_version(database, sequence)));
    versions.push_back(std::move(version));
  }
  return versions;
}

Result<ReportVersion> Engine::report_version(const Reach& reach, const ReportId& id, std::uint32_t version) {
  TRY(auto reading, readers_->begin());
  std::optional<Sequence> sequence;
  const auto note = [&](const Query& row, LabelId) -> Status {
    sequence = row.integer(0);
    return {};
  };
  const auto labels = where(reach, {Mark::Report, id.uuid()});
  TRY_OK(for_each_readable(reading.database(), labels, kVersionOfReport, note, id, version));
  if (!sequence) return not_found();
  return give(reach, load_version(reading.database(), *sequence));
}

Result<Listed<ReportVersion>> Engine::reports(const Reach& reach, const Page& page) {
  TRY(auto reading, readers_->begin());
  Database& database = reading.database();
  const auto overlaps = snapshots_.overlaps.get();
  const auto load = [&](Sequence sequence, LabelId label) -> Result<std::optional<ReportVersion>> {
    auto report = load_version(database, sequence);
    if (!report.ok() && report.error().kind == ErrorKind::NotFound) return std::optional<ReportVersion>();
    if (!report.ok()) return report.error();
    for (const LabelId other : overlapping(*overlaps, reach, kKind, label)) {
      TRY(const auto newer, database.number(kNewerVersion, other, report->report, report->version));
      if (newer) return std::optional<ReportVersion>();
    }
    return given<ReportVersion>(reach, std::move(report).value());
  };
  return list_newest<ReportVersion>(database, reach, page, kPageOfReports, load);
}

}  // namespace hinomi::store::sqlite

// The subcommands over the REST API, each as its options and one function. command_line.cpp fills the options; results
// go to context.out, the rest to context.err.
#pragma once

#include <string>
#include <vector>

#include "app/client.h"
#include "app/context.h"
#include "hunt/plan.h"

namespace hinomi::app {

// What a report says, as typed. `file` holds the same as one JSON object ("-" is standard input), and excludes the
// rest.
struct ReportWords {
  std::string file;
  std::string kind;   // empty: incident, or as it was
  std::string scope;  // empty: secretariat_only, or as it was
  std::string title;
  std::string summary;
  std::string contact;
  std::string technical_text;
  std::vector<std::string> indicators;
  std::vector<std::string> techniques;
  std::vector<std::string> cves;
  // name=value; name=~value is an estimate; name=@investigating, @unknown, @not_applicable; a time may be a day or
  // month
  std::vector<std::string> facts;
  std::vector<std::string> evidence;  // name=what it rests on
  bool technical_preconsent = false;
};
ExitCode run_report_new(const Context& context, const ServerAccess& server, const ReportWords& words);
// Stores nothing: duties, clocks and readers that this report would have.
ExitCode run_report_check(const Context& context, const ServerAccess& server, const ReportWords& words,
                          const std::string& as);
// The next version: what is not typed stays as it was.
ExitCode run_report_add(const Context& context, const ServerAccess& server, const std::string& report,
                        const ReportWords& words);
ExitCode run_report_list(const Context& context, const ServerAccess& server, std::size_t limit);
ExitCode run_report_show(const Context& context, const ServerAccess& server, const std::string& report);
ExitCode run_report_duties(const Context& context, const ServerAccess& server, const std::string& report);
struct VersionsCompared {
  std::string report;
  int from = 0;  // 0: the one before `to`
  int to = 0;    // 0: the newest
};
// What a version changed, part by part and fact by fact.
ExitCode run_report_difference(const Context& context, const ServerAccess& server, const VersionsCompared& compared);
// Who was given it; for the organisation that filed it, and auditors.
ExitCode run_report_readers(const Context& context, const ServerAccess& server, const std::string& report);
// Answers as name=text, put over those of an own draft; an empty `draft` begins a new one.
struct DraftWords {
  std::string draft;
  std::vector<std::string> answers;
};
ExitCode run_draft_list(const Context& context, const ServerAccess& server, std::size_t limit);
ExitCode run_draft_show(const Context& context, const ServerAccess& server, const std::string& draft);
ExitCode run_draft_save(const Context& context, const ServerAccess& server, const DraftWords& words);
// Files the report; sent before, answers the report that it became.
ExitCode run_draft_send(const Context& context, const ServerAccess& server, const std::string& draft);
ExitCode run_draft_remove(const Context& context, const ServerAccess& server, const std::string& draft);
// The memo for the next shift with its digest; given a digest, takes the watch over with the memo that has it.
ExitCode run_handover(const Context& context, const ServerAccess& server, const std::string& digest);
// Who gets what of it, or with `as` exactly what that recipient gets.
ExitCode run_report_recipients(const Context& context, const ServerAccess& server, const std::string& report,
                               const std::string& as);
// How far every version has come with every recipient.
ExitCode run_report_deliveries(const Context& context, const ServerAccess& server, const std::string& report);
// The forms that its duties ask for, and one of them with what stands in it.
ExitCode run_report_forms(const Context& context, const ServerAccess& server, const std::string& report);
struct FormWords {
  std::string report;
  std::string form;
  std::string duty;    // empty: the first that asks for the form
  std::string stage;   // likewise
  int version = 0;     // of the report; 0: the newest
  std::string format;  // empty: as words; "pdf" and "xlsx" write the file `output`
  std::string output;
  bool blank = false;  // of the file: nothing filled in, to be read back as a new report
};
ExitCode run_report_form(const Context& context, const ServerAccess& server, const FormWords& words);
struct ReadingWords {
  std::string file;
  std::string for_org;            // of a new report; empty: one's own
  std::vector<std::string> take;  // facts; empty: those that nobody has changed meanwhile
  bool confirm = false;
};
// What a filled workbook of a form would change; with `confirm` that is filed.
ExitCode run_report_read(const Context& context, const ServerAccess& server, const ReadingWords& words);
// What was handed in, with receipts and with what the report says differently now.
ExitCode run_report_submissions(const Context& context, const ServerAccess& server, const std::string& report);
struct SubmissionWords {
  std::string to;       // code of a party; empty where the form goes to one only
  std::string channel;  // mail, web_form, phone …
  std::string at;       // RFC 3339; empty: now
};
// Records that the form, as it reads now, was handed in. Sends nothing.
ExitCode run_report_submitted(const Context& context, const ServerAccess& server, const FormWords& form,
                              const SubmissionWords& words);
struct ReceiptWords {
  std::string submission;
  std::string channel;
  std::string who;  // at the addressee
  std::string at;   // RFC 3339; empty: now
};
ExitCode run_report_receipt(const Context& context, const ServerAccess& server, const std::string& report,
                            const ReceiptWords& words);
struct CopyWords {
  std::string report;
  std::string submission;
  std::string format;  // empty: as words; "pdf" writes the file `output`
  std::string output;
};
// The words that were handed in.
ExitCode run_report_sent(const Context& context, const ServerAccess& server, const CopyWords& words);
// The newest form as a supplement to what was handed in: 訂正 at each field that reads differently.
ExitCode run_report_supplement(const Context& context, const ServerAccess& server, const CopyWords& words);

ExitCode run_release_list(const Context& context, const ServerAccess& server, std::size_t limit);
ExitCode run_release_show(const Context& context, const ServerAccess& server, const std::string& release);
ExitCode run_release_acknowledge(const Context& context, const ServerAccess& server, const std::string& release);
// Opens a review that withdraws the release once two people have approved it.
ExitCode run_release_withdraw(const Context& context, const ServerAccess& server, const std::string& release,
                              const std::string& reason);

struct ReviewChange {
  bool use_proposal = false;  // the anonymiser's own edition
  std::string file;           // or an edition as JSON ("-" is standard input)
  std::string tlp;            // empty: as it was
  std::string audience;       // empty: as it was
};
struct ConsentWords {
  bool refuse = false;        // neither: given
  bool take_back = false;     // after publication
  std::int64_t revision = 0;  // 0: the newest
};
ExitCode run_review_start(const Context& context, const ServerAccess& server, const std::string& report,
                          const std::string& audience);
ExitCode run_review_list(const Context& context, const ServerAccess& server, std::size_t limit);
ExitCode run_review_show(const Context& context, const ServerAccess& server, const std::string& review);
ExitCode run_review_edit(const Context& context, const ServerAccess& server, const std::string& review,
                         const ReviewChange& change);
ExitCode run_review_approve(const Context& context, const ServerAccess& server, const std::string& review,
                            std::int64_t revision);
ExitCode run_review_consent(const Context& context, const ServerAccess& server, const std::string& review,
                            const ConsentWords& words);

// One's own API tokens.
struct TokenWords {
  std::string name;
  std::string scopes = "read";  // separated by commas
  int days = 30;
  std::string output;  // the secret goes to this new file
};
ExitCode run_token_list(const Context& context, const ServerAccess& server);
ExitCode run_token_issue(const Context& context, const ServerAccess& server, const TokenWords& words);
ExitCode run_token_end(const Context& context, const ServerAccess& server, const std::string& token);
// One's own client certificates; they are registered over a connection that uses them.
ExitCode run_certificate_list(const Context& context, const ServerAccess& server);
ExitCode run_certificate_end(const Context& context, const ServerAccess& server, const std::string& certificate);

struct SightingWords {
  std::string release;
  std::string indicator;
  std::string count = "1";
  std::string day;  // empty: today in Asia/Tokyo
  bool named = false;
};
ExitCode run_sighting_send(const Context& context, const ServerAccess& server, const SightingWords& words);
// What a release's readers have seen so far.
ExitCode run_sighting_list(const Context& context, const ServerAccess& server, const std::string& release);

ExitCode run_case_list(const Context& context, const ServerAccess& server, std::size_t limit);
ExitCode run_case_show(const Context& context, const ServerAccess& server, const std::string& id);

struct PointerWords {
  std::string holder, system, reference, contact, dated;
  std::string level = "unstated";
  std::string expires;
  std::string audience = "secretariat";
  bool needs_clearance = false;
  bool post = false;  // without it nothing is written: who would read it is shown
};
ExitCode run_pointer_add(const Context& context, const ServerAccess& server, const PointerWords& words);
ExitCode run_pointer_list(const Context& context, const ServerAccess& server, std::size_t limit);
ExitCode run_pointer_show(const Context& context, const ServerAccess& server, const std::string& id);
ExitCode run_pointer_end(const Context& context, const ServerAccess& server, const std::string& id);
ExitCode run_pointer_unread(const Context& context, const ServerAccess& server);
ExitCode run_pointer_end_unread(const Context& context, const ServerAccess& server, const std::string& id);

struct RelabelWords {
  std::string release, tlp, audience, embargo_until, reason;
  bool propose = false;  // without it nothing is written: who gains and who loses is shown
};
struct RelabellingNamed {
  std::string release, relabelling;
};
ExitCode run_release_relabel(const Context& context, const ServerAccess& server, const RelabelWords& words);
ExitCode run_release_relabellings(const Context& context, const ServerAccess& server, const std::string& release);
ExitCode run_release_relabel_agree(const Context& context, const ServerAccess& server, const RelabellingNamed& named);
ExitCode run_release_relabel_refuse(const Context& context, const ServerAccess& server, const RelabellingNamed& named);

struct DirectoryImport {
  std::string file;       // .json as the API takes it, .xlsx, anything else CSV
  std::string note;       // not JSON: why
  bool complete = false;  // not JSON: the list of people is whole
  bool propose = false;   // without it nothing is written; asks the person to show that they are there
};
ExitCode run_directory_import(const Context& context, const ServerAccess& server, const DirectoryImport& words);
ExitCode run_directory_changes(const Context& context, const ServerAccess& server, std::size_t limit);
ExitCode run_directory_show(const Context& context, const ServerAccess& server, const std::string& id);
ExitCode run_directory_confirm(const Context& context, const ServerAccess& server, const std::string& id);
ExitCode run_directory_reject(const Context& context, const ServerAccess& server, const std::string& id);
ExitCode run_directory_lookup(const Context& context, const ServerAccess& server, const std::string& address);

struct ImportWords {
  std::vector<std::string> paths;
  std::string source = "manual";
  std::size_t limit = 0;  // files; 0: all
};
ExitCode run_import(const Context& context, const ServerAccess& server, const ImportWords& words);
// A file of the server's, such as the bundle, to a file here or, with "-", to standard output.
struct ExportWords {
  std::string path;
  std::string output;
};
ExitCode run_export(const Context& context, const ServerAccess& server, const ExportWords& words);
// For `hunt --server`: the entitled indicators of the token's owner.
Result<std::vector<PlanIndicator>> fetch_indicators(const Context& context, const ServerAccess& server);

// The signature of a release, its place in the ledger and the signed tree head, checked here.
struct VerifyRelease {
  std::string file;     // what `release show --json` printed; or
  std::string release;  // id or number, read from the server
  std::string trust;    // file with the issuer's public key
};
ExitCode run_verify_release(const Context& context, const ServerAccess& server, const VerifyRelease& what);
ExitCode run_verify_bundle(const Context& context, const std::string& file, const std::string& trust);
ExitCode run_verify_receipt(const Context& context, const std::string& file, const std::string& trust);

// The JSON of a file or of standard input ("-").
Result<Json> read_json_input(const Context& context, const std::string& path);

}  // namespace hinomi::app

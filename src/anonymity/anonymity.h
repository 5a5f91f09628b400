// What the rest of Hinomi uses of this module: find what identifies, propose an edition that says less, measure who
// could still be meant, and refuse a release that says too much. Pure: everything it knows is passed in. An Anonymiser
// is immutable after creation and safe on any thread.
#pragma once

#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anonymity/finder.h"
#include "anonymity/policy.h"
#include "anonymity/population.h"
#include "anonymity/span.h"
#include "base/catalogue.h"
#include "base/json.h"
#include "model/organisation.h"
#include "model/release.h"
#include "model/report.h"

namespace hinomi::anonymity {

// The case a text belongs to. Values; whoever builds it keeps pseudonyms and cleared texts with the case, sealed.
struct Circumstances {
  std::vector<Organisation> registry;  // every organisation that could have reported, the reporter among them
  OrgId reporter;
  std::vector<OrgId> readers;                     // organisations the edition goes to; empty: every member
  std::vector<Edition> earlier;                   // editions already released about the same case
  std::vector<Indicator> attacker;                // the report's attack infrastructure
  std::set<Indicator> seen_by_others;             // values that another member reported too
  bool indicator_waiver = false;                  // the reporter agreed that values only it has seen may go out
  std::vector<std::string> own_domains;           // domains and host prefixes of the reporter, as far as known
  std::set<std::string> cleared;                  // texts of spans that a person declared harmless, exactly as written
  std::map<std::string, std::string> pseudonyms;  // entity → letter, given earlier in the case
  Language language = Language::Japanese;
  AnonymityPolicy policy;
};

struct FoundInField {
  std::string field;  // "title", "body", "implication", "check", "mitigation", "indicators"
  Span span;
};

// One statement and how many members it alone excludes.
struct Telling {
  Statement statement;
  std::size_t drop = 0;
};

struct Measure {
  EditionKind kind = EditionKind::Story;
  Count count;                            // jointly with the earlier editions
  std::vector<AudienceCount> audiences;   // outsider, each reading member, colluding readers
  std::vector<Telling> telling;           // at most three, the most telling first
  std::vector<Statement> statements;      // what this edition says about the victim
  std::vector<FoundInField> identifiers;  // certain identifiers that are left; each forbids the release
  std::vector<FoundInField> questions;    // what a person should look at again
  std::vector<Indicator> held;            // values only the reporter has seen, without its waiver
  // Enough members fit and nothing identifies. A technical-only edition must say nothing about the victim instead.
  [[nodiscard]] bool is_releasable() const;
};

// What a proposal does to one field of its source text.
struct FieldProposal {
  std::string field;
  std::string source;
  Findings findings;
  Decisions decisions;  // complete: one step for every span
};

// A change that the search chose, in words.
struct Generalisation {
  std::string from;
  std::string to;
  std::string step;
  int loss = 0;
};

struct Proposal {
  Edition edition;                    // Story when enough members fit, else TechnicalOnly
  std::vector<FieldProposal> fields;  // of the story
  Measure measure;                    // of `edition`, read again from its final text
  Count story;                        // the best that the story could reach
  std::vector<Generalisation> generalisations;
  int loss = 0;
  bool exact = true;    // no cheaper set of generalisations exists
  int lower_bound = 0;  // none costs less than this
  std::map<std::string, std::string> pseudonyms;
  [[nodiscard]] bool is_technical_only() const { return edition.kind == EditionKind::TechnicalOnly; }
};

class Anonymiser {
 public:
  // `packs`: the texts of packs/gazetteers/*.tsv. Errors as of Gazetteer::create.
  static Result<std::unique_ptr<Anonymiser>> create(std::span<const std::string_view> packs);

  // Everything that identifies in one text. TooLarge (anonymity.text_too_large) over 8 MiB.
  [[nodiscard]] Result<Findings> find(std::string_view text, const FindContext& context) const;
  // The names of all members and products, the reporter's own terms and the attacker's list, ready for find().
  [[nodiscard]] FindContext context_of(const Circumstances& circumstances) const;

  // An edition made from the report by an allow-list (title, summary, technical block), generalised as little as the
  // policy allows; technical-only where no story can reach k. NotFound when the reporter is not in the registry.
  [[nodiscard]] Result<Proposal> propose(const ReportDraft& report, const Circumstances& circumstances) const;
  // The same for an edition that a person has written or changed.
  [[nodiscard]] Result<Proposal> improve(const Edition& edition, const Circumstances& circumstances) const;
  // Who could still be meant by exactly this edition.
  [[nodiscard]] Result<Measure> measure(const Edition& edition, const Circumstances& circumstances) const;
  // The last check, over the exact edition that would be published. Conflict: anonymity.identifier_remains,
  // anonymity.below_k (numbers and the cheapest change in the detail), anonymity.indicator_held.
  [[nodiscard]] Result<Measure> check_release(const Edition& edition, const Circumstances& circumstances) const;

  [[nodiscard]] const Gazetteer& gazetteer() const { return finder_.gazetteer(); }

 private:
  explicit Anonymiser(Gazetteer gazetteer) : finder_(std::move(gazetteer)) {}
  Finder finder_;
};

// JSON objects for the API; names as in the structs, enums as their texts.
void write_findings(JsonWriter& writer, const Findings& findings);
void write_measure(JsonWriter& writer, const Measure& measure);
void write_proposal(JsonWriter& writer, const Proposal& proposal);

}  // namespace hinomi::anonymity

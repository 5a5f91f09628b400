// Reports without a name. Their readers need the label in their reach and the permit; their sender needs the code, of
// which a keyed hash is kept and nothing else. Part of the storage interface (store/store.h).
#pragma once

#include "model/unnamed_report.h"
#include "policy/permit.h"
#include "policy/reading.h"
#include "store/records.h"

namespace hinomi::store {

struct ArrivingUnnamed {
  UnnamedReport report;  // under its label; talk and openings are empty
  UnnamedIdentity identity;
  Sha256 code{};                    // keyed hash of the receipt code
  Sha256 form{};                    // of the page it was sent from, so that it is taken once
  std::size_t most_unanswered = 0;  // refused when so many wait for an answer
};
struct ArrivingTalk {
  std::string text;
  Sha256 form{};
};

class UnnamedStore {
 public:
  virtual ~UnnamedStore() = default;
  // Conflict "unnamed.sent_before" for the same form; Unavailable "unnamed.too_many" at the bound. Nothing is written
  // then.
  virtual Status receive_unnamed(const policy::Permit<policy::action::KeepUnnamedDoor>& permit,
                                 const ArrivingUnnamed& arriving, const Alongside& with) = 0;
  // With its talk and openings. NotFound for every hash of which there is none, with the same work.
  virtual Result<UnnamedReport> unnamed_of_code(const policy::Permit<policy::action::KeepUnnamedDoor>& permit,
                                                const Sha256& code) = 0;
  // The reporter says more; the same form again changes nothing. NotFound as above; Conflict "unnamed.closed"; TooLarge
  // "unnamed.talk_full" beyond kMostTalk, or kMostUnansweredTalk in a row.
  virtual Status add_unnamed_talk(const policy::Permit<policy::action::KeepUnnamedDoor>& permit, const Sha256& code,
                                  const ArrivingTalk& talk, const Alongside& with) = 0;

  // With its talk and openings.
  virtual Result<UnnamedReport> unnamed(const policy::Reach& reach,
                                        const policy::Permit<policy::action::ReadUnnamed>& permit,
                                        const UnnamedId& id) = 0;
  // Newest first.
  virtual Result<Listed<UnnamedReport>> unnamed_reports(const policy::Reach& reach,
                                                        const policy::Permit<policy::action::ReadUnnamed>& permit,
                                                        const Page& page) = 0;
  // Conflict "unnamed.closed"; TooLarge "unnamed.talk_full". NotFound when there is none, as below.
  virtual Status answer_unnamed(const policy::Permit<policy::action::AnswerUnnamed>& permit, std::string_view text,
                                const Alongside& with) = 0;
  // Conflict "unnamed.closed" when it is closed already.
  virtual Status close_unnamed(const policy::Permit<policy::action::AnswerUnnamed>& permit, const Alongside& with) = 0;

  // TooLarge "unnamed.too_many_openings" beyond kMostIdentityOpenings.
  virtual Status propose_identity(const policy::Permit<policy::action::ProposeIdentity>& permit,
                                  const IdentityOpening& opening, const Alongside& with) = 0;
  // Conflict "unnamed.opening_closed" when it was decided before.
  virtual Status open_identity(const policy::Permit<policy::action::AgreeToIdentity>& permit,
                               const Alongside& with) = 0;
  virtual Status reject_identity(const policy::Permit<policy::action::RejectIdentity>& permit,
                                 const Alongside& with) = 0;
  // NotFound unless the permit's person is one of two who opened it.
  virtual Result<UnnamedIdentity> unnamed_identity(const policy::Reach& reach,
                                                   const policy::Permit<policy::action::ReadUnnamed>& permit,
                                                   const UnnamedId& id) = 0;
};

}  // namespace hinomi::store

#include "flow/unnamed.h"

#include "flow/attempts.h"
#include "flow/repeat.h"
#include "flow/unnamed_desk.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::flow {
namespace {

constexpr std::size_t kMostFormKey = 200;

Instant to_the_hour(Instant now) { return std::chrono::floor<std::chrono::hours>(now); }

Sha256 keyed(const Platform& platform, std::string_view purpose, ByteView value) {
  Bytes message(purpose.begin(), purpose.end());
  message.push_back(0);
  message.insert(message.end(), value.begin(), value.end());
  return hmac_sha256(platform.entrance.receipt_key.expose(), message);
}

Sha256 hash_of(const Platform& platform, const ReceiptCode& code) {
  return keyed(platform, "receipt code", code.bits().expose());
}

Status check_form_key(std::string_view key) {
  if (!key.empty() && key.size() <= kMostFormKey) return {};
  return invalid("unnamed.form", "Send this from our own page: its key is missing.", "/key");
}

Result<UnnamedSending> checked(const Platform& platform, const UnnamedSending& sending) {
  if (!platform.entrance.unnamed.accepts)
    return unavailable("unnamed.off", "This installation does not take reports without a name. Call the secretariat.");
  UnnamedSending plain = sending;
  TRY(plain.story, checked_story(sending.story));
  TRY(plain.identity, checked_identity(sending.identity));
  if (says_nothing(plain.story))
    return invalid("unnamed.empty", "Say at least one thing: what it is, when, or where.", "/details");
  return plain;
}

// What goes into the transaction of somebody without a name: nothing of them, and the hour only.
store::Alongside beside(const Platform& platform, std::string_view kind, const UnnamedId& id, std::string_view text) {
  store::Alongside with;
  with.at = to_the_hour(platform.clock.now());
  with.ledger.push_back(blind_entry(platform, kind, id, text));
  with.ledger.back().at = with.at;
  with.outbox = notices_to_analysts(*platform.store.directory(), kind, id);
  return with;
}

// A receipt code that was typed, with its try counted.
struct Admitted {
  Sha256 hash{};
  store::Attempt attempt;
};
Result<Admitted> admit_code(const Platform& platform, const ReceiptTry& code) {
  TRY(const ReceiptCode read, ReceiptCode::parse(code.typed.expose()));
  Admitted admitted{hash_of(platform, read), guess_at_receipt(platform, code.source)};
  // Nothing is logged, and the try is kept to the hour: it may be that of somebody without a name.
  TRY(const bool counted,
      platform.store.admit_attempt(admitted.attempt, kReceiptLimits, to_the_hour(platform.clock.now())));
  if (counted) return admitted;
  return unavailable("receipt.too_many", "There were too many wrong codes. Wait an hour, or call the secretariat.");
}

}  // namespace

Status check_unnamed(const Platform& platform, const UnnamedSending& sending) {
  TRY([[maybe_unused]] const UnnamedSending plain, checked(platform, sending));
  return {};
}

Result<ReceiptCode> send_unnamed(const Platform& platform, const UnnamedSending& sending) {
  TRY(UnnamedSending plain, checked(platform, sending));
  TRY_OK(check_form_key(plain.form_key));
  const ReceiptCode code = ReceiptCode::make(platform.random);
  store::ArrivingUnnamed arriving;
  arriving.report.id = UnnamedId::random(platform.random);
  arriving.report.label = policy::secretariat_label(*platform.store.directory());
  arriving.report.received_at = to_the_hour(platform.clock.now());
  arriving.report.story = std::move(plain.story);
  arriving.identity = std::move(plain.identity);
  arriving.code = hash_of(platform, code);
  arriving.form = keyed(platform, "form", as_bytes(plain.form_key));
  arriving.most_unanswered = platform.entrance.unnamed.most_unanswered;
  const store::Alongside with =
      beside(platform, "unnamed.received", arriving.report.id, unnamed_story_text(arriving.report.story));
  TRY_OK(platform.store.receive_unnamed(policy::MachineRoom::unnamed_door(), arriving, with));
  return code;
}

Result<UnnamedReport> find_behind_code(const Platform& platform, const ReceiptTry& code) {
  TRY(const Admitted admitted, admit_code(platform, code));
  auto found = platform.store.unnamed_of_code(policy::MachineRoom::unnamed_door(), admitted.hash);
  if (!found.ok() && found.error().kind == ErrorKind::NotFound)
    return Error{ErrorKind::NotFound, "receipt.unknown", "No report belongs to this code.", {}};
  if (!found.ok()) return found;
  TRY_OK(forget_try(platform, admitted.attempt));
  return found;
}

Result<UnnamedReport> say_more(const Platform& platform, const ReceiptTry& code, const UnnamedWords& words) {
  TRY(const UnnamedReport found, find_behind_code(platform, code));
  TRY(const std::string text, checked_talk(words.text));
  TRY_OK(check_form_key(words.form_key));
  TRY(const ReceiptCode read, ReceiptCode::parse(code.typed.expose()));
  const Sha256 form = keyed(platform, "form", as_bytes(words.form_key));
  const store::Alongside with = beside(platform, "unnamed.said_more", found.id, text);
  const auto door = policy::MachineRoom::unnamed_door();
  TRY_OK(platform.store.add_unnamed_talk(door, hash_of(platform, read), {text, form}, with));
  return platform.store.unnamed_of_code(door, hash_of(platform, read));
}

}  // namespace hinomi::flow

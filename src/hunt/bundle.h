// Bundles: what a member may use offline, in one signed file (DESIGN §7). A ZIP file without compression holding
// manifest.json (canonical JSON: every member with its SHA-256, labels, issuer, key id, creation and expiry),
// manifest.sig (Ed25519 over the purpose "hinomi.bundle.v1" and the manifest's bytes, 64 bytes) and the members.
// Pure; values; safe on any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"
#include "hunt/plan.h"

namespace hinomi {

inline constexpr std::string_view kBundlePurpose = "hinomi.bundle.v1";
inline constexpr std::string_view kIndicatorsMember = "indicators.jsonl";

struct BundleMember {
  std::string name;  // relative path; "manifest.json" and "manifest.sig" are taken
  std::string content;
};

struct Bundle {
  std::string issuer;
  std::string key_id;  // of the signing key; write_bundle() sets it from the key
  Instant created{};
  Instant expires{};
  std::vector<std::string> labels;  // every marking that occurs inside, to be shown before use
  std::vector<BundleMember> members;

  // Nothing when there is no such member.
  [[nodiscard]] const BundleMember* find(std::string_view name) const;
};

// The file. Invalid "bundle.name", "bundle.expiry" (not after creation) or TooLarge "bundle.too_large".
Result<Bytes> write_bundle(const Bundle& bundle, const SigningKey& key);

// Opens only what is whole, signed by one of `trusted` and not expired at `now`. In order of checking: bundle.damaged,
// bundle.too_large, bundle.manifest, bundle.untrusted_key, bundle.signature, bundle.member_missing,
// bundle.member_altered, bundle.member_unlisted, bundle.expired.
Result<Bundle> open_bundle(ByteView bytes, std::span<const PublicKey> trusted, Instant now);

// The member indicators.jsonl: one object a line with id, type, value, release and label.
std::string indicators_jsonl(std::span<const PlanIndicator> indicators);
// Refuses the whole text at the first bad line: Invalid "bundle.indicator" with the line as place.
Result<std::vector<PlanIndicator>> read_indicators_jsonl(std::string_view text);

}  // namespace hinomi

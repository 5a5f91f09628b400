#include "ledger/checkpoint.h"

#include <algorithm>

#include "ledger/hash_fields.h"

namespace hinomi {
namespace {

constexpr std::string_view kPurpose = "hinomi.checkpoint.v1";
constexpr std::size_t kMaxOrigin = 200;
constexpr JsonLimits kLimits{.max_bytes = 4096, .max_depth = 2};

Status check_origin(std::string_view origin) {
  const bool visible = std::all_of(origin.begin(), origin.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (visible && !origin.empty() && origin.size() <= kMaxOrigin) return {};
  return invalid("ledger.origin_malformed", "The name of a log has 1 to 200 visible ASCII characters.");
}

std::string signed_text(const Checkpoint& checkpoint) {
  JsonWriter writer;
  writer.begin_object()
      .member("origin", checkpoint.origin)
      .member("root", to_hex(checkpoint.head.root))
      .member("size", checkpoint.head.size)
      .member("time", to_rfc3339(checkpoint.time))
      .end_object();
  return writer.take();
}

}  // namespace

Result<Checkpoint> sign_checkpoint(TreeStatement statement, const SigningKey& key) {
  TRY_OK(check_origin(statement.origin));
  if (statement.head.size > kMaxTreeSize)
    return too_large("ledger.tree_too_large", "A tree has at most 2^53 - 1 leaves.");
  Checkpoint checkpoint{std::move(statement.origin), statement.head, statement.time, key.key_id(), {}};
  checkpoint.signature = key.sign(kPurpose, as_bytes(signed_text(checkpoint)));
  return checkpoint;
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  JsonWriter writer;
  writer.begin_object()
      .member("key_id", checkpoint.key_id)
      .member("origin", checkpoint.origin)
      .member("root", to_hex(checkpoint.head.root))
      .member("signature", to_hex(checkpoint.signature))
      .member("size", checkpoint.head.size)
      .member("time", to_rfc3339(checkpoint.time))
      .end_object();
  return writer.take();
}

Result<Checkpoint> read_checkpoint(JsonView value, std::string pointer) {
  TRY(const auto fields,
      JsonFields::open(value, std::move(pointer), {"key_id", "origin", "root", "signature", "size", "time"}));
  Checkpoint checkpoint;
  TRY(const auto key_id, read_hex_field<8>(fields, "key_id"));
  checkpoint.key_id = to_hex(key_id);
  TRY(checkpoint.origin, fields.text("origin"));
  if (const auto origin = check_origin(checkpoint.origin); !origin.ok()) {
    return origin.error().inside(fields.pointer_to("origin"));
  }
  TRY(checkpoint.head.root, read_hex_field<32>(fields, "root"));
  TRY(checkpoint.signature, read_hex_field<64>(fields, "signature"));
  TRY(checkpoint.head.size, read_count(fields, "size", kMaxTreeSize));
  TRY(checkpoint.time, read_instant(fields, "time"));
  return checkpoint;
}

Result<Checkpoint> parse_checkpoint(std::string_view json) {
  TRY(const auto document, parse_json(json, kLimits));
  TRY(auto checkpoint, read_checkpoint(document->root(), ""));
  if (checkpoint_text(checkpoint) != json) {
    return invalid("ledger.not_canonical", "A checkpoint must be written in its one canonical form.");
  }
  return checkpoint;
}

Status verify_checkpoint(const Checkpoint& checkpoint, const TrustedLog& log) {
  if (checkpoint.origin != log.origin) {
    return invalid("ledger.origin_wrong", "This checkpoint is of another log than the one expected.");
  }
  const bool signed_by_log =
      checkpoint.key_id == key_id_of(log.key) &&
      verify_signature(log.key, kPurpose, as_bytes(signed_text(checkpoint)), checkpoint.signature);
  if (!signed_by_log) return invalid("ledger.signature_wrong", "The trusted key did not sign this checkpoint.");
  return {};
}

Status verify_extension(const CheckpointPair& pair, const std::vector<TreeHash>& path, const TrustedLog& log) {
  TRY_OK(verify_checkpoint(pair.older, log));
  TRY_OK(verify_checkpoint(pair.newer, log));
  if (pair.newer.time < pair.older.time) {
    return invalid("ledger.time_went_back", "The newer checkpoint was made before the older one.");
  }
  return verify_consistency({pair.older.head, pair.newer.head}, path);
}

}  // namespace hinomi

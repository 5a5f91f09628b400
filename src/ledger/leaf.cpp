#include "ledger/leaf.h"

#include <limits>

#include "ledger/hash_fields.h"
#include "model/words.h"

namespace hinomi {
namespace {

constexpr Words<RecordKind, 8> kKinds{
    "ledger.kind_unknown", {"report", "review", "release", "relabel", "erasure", "delivery", "audit", "padding"}};

// The zero byte parts the purpose from what follows; the salt has a fixed length, so no two inputs run together.
constexpr std::string_view kLeafPurpose{"hinomi.leaf.v1\0", 15};

}  // namespace

std::string_view record_kind_text(RecordKind kind) { return kKinds.text(kind); }
Result<RecordKind> parse_record_kind(std::string_view text) { return kKinds.parse(text); }

LeafSalt make_leaf_salt(Random& random) {
  LeafSalt salt{};
  random.fill(salt);
  return salt;
}

std::string record_text(const LedgerRecord& record) {
  JsonWriter writer;
  writer.begin_object()
      .member("content", to_hex(record.content_hash))
      .member("kind", record_kind_text(record.kind))
      .member("subject", uuid_text(record.subject))
      .member("time", to_rfc3339(record.time))
      .member("version", std::uint64_t{record.version})
      .end_object();
  return writer.take();
}

Result<LedgerRecord> read_record(JsonView value, std::string pointer) {
  TRY(const auto fields,
      JsonFields::open(value, std::move(pointer), {"content", "kind", "subject", "time", "version"}));
  LedgerRecord record;
  TRY(record.content_hash, read_hex_field<32>(fields, "content"));
  TRY(const auto word, fields.text("kind"));
  const auto kind = parse_record_kind(word);
  if (!kind.ok()) return kind.error().inside(fields.pointer_to("kind"));
  record.kind = *kind;
  TRY(const auto id, fields.text("subject"));
  const auto subject = parse_uuid(id);
  if (!subject.ok()) return subject.error().inside(fields.pointer_to("subject"));
  record.subject = *subject;
  TRY(record.time, read_instant(fields, "time"));
  TRY(const auto version, read_count(fields, "version", std::numeric_limits<std::uint32_t>::max()));
  record.version = static_cast<std::uint32_t>(version);
  return record;
}

TreeHash record_leaf(const LedgerRecord& record, const LeafSalt& salt) {
  Sha256Stream stream;
  stream.update(as_bytes(kLeafPurpose));
  stream.update(salt);
  stream.update(as_bytes(record_text(record)));
  return leaf_hash(stream.finish());
}

}  // namespace hinomi

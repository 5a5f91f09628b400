#include "ledger/receipt.h"

#include "ledger/hash_fields.h"

namespace hinomi {
namespace {

constexpr JsonLimits kLimits{.max_bytes = std::size_t{64} << 10, .max_depth = 4};
constexpr std::size_t kMaxPath = 64;  // no tree of 2^53 leaves is deeper

Result<InclusionProof> read_proof(const JsonFields& fields) {
  InclusionProof proof;
  TRY(proof.leaf_index, read_count(fields, "leaf_index", kMaxTreeSize));
  TRY(const auto hashes, fields.texts("path", kMaxPath));
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    TRY(const auto hash, read_hex<32>(hashes[i], json_pointer(fields.pointer_to("path"), i)));
    proof.path.push_back(hash);
  }
  return proof;
}

}  // namespace

std::string receipt_text(const Receipt& receipt) {
  JsonWriter writer;
  writer.begin_object().key("checkpoint").raw(checkpoint_text(receipt.checkpoint));
  writer.member("leaf_index", receipt.proof.leaf_index).key("path").begin_array();
  for (const auto& hash : receipt.proof.path) writer.string(to_hex(hash));
  writer.end_array().key("record").raw(record_text(receipt.record));
  writer.member("salt", to_hex(receipt.salt)).end_object();
  return writer.take();
}

Result<Receipt> parse_receipt(std::string_view json) {
  TRY(const auto document, parse_json(json, kLimits));
  TRY(const auto fields,
      JsonFields::open(document->root(), "", {"checkpoint", "leaf_index", "path", "record", "salt"}));
  Receipt receipt;
  TRY(const auto record, fields.required("record"));
  TRY(receipt.record, read_record(record, "/record"));
  TRY(receipt.salt, read_hex_field<32>(fields, "salt"));
  TRY(receipt.proof, read_proof(fields));
  TRY(const auto checkpoint, fields.required("checkpoint"));
  TRY(receipt.checkpoint, read_checkpoint(checkpoint, "/checkpoint"));
  return receipt;
}

Status verify_receipt(const Receipt& receipt, const TrustedLog& log) {
  TRY_OK(verify_checkpoint(receipt.checkpoint, log));
  return verify_inclusion(record_leaf(receipt.record, receipt.salt), receipt.proof, receipt.checkpoint.head);
}

Status verify_receipt_for(const Receipt& receipt, std::string_view content, const TrustedLog& log) {
  if (sha256(content) != receipt.record.content_hash) {
    return invalid("ledger.content_differs", "The receipt is for another text than this one.");
  }
  return verify_receipt(receipt, log);
}

}  // namespace hinomi

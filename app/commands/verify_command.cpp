// hinomi verify: signatures, ledger proofs, receipts and bundles, checked on this machine.
#include <algorithm>
#include <ostream>

#include "app/commands/commands.h"
#include "app/commands/output.h"
#include "app/trusted_keys.h"
#include "base/text.h"
#include "flow/ledger_log.h"
#include "hunt/bundle.h"
#include "ledger/receipt.h"

namespace hinomi::app {
namespace {

constexpr std::string_view kReleasePurpose = "hinomi.release.v1";
constexpr std::uint64_t kMaxBundleBytes = std::uint64_t{512} << 20;
constexpr std::uint64_t kMaxReceiptBytes = 1 << 20;

struct ReleaseProof {
  std::string number;
  std::string signed_text;
  Signature signature{};
  std::string key_id;
};

Result<ReleaseProof> proof_of(JsonView release) {
  ReleaseProof proof;
  proof.number = text_at(release, "number");
  proof.signed_text = text_at(release, "signed_text");
  const auto signature = release.find("signature");
  if (proof.signed_text.empty() || !signature)
    return invalid("verify.release", "This is no release: it has no signed text.");
  proof.key_id = text_at(*signature, "key_id");
  TRY(const Bytes bytes, from_base64(text_at(*signature, "value")));
  if (bytes.size() != proof.signature.size())
    return invalid("verify.release", "The signature has the wrong length.", "/signature/value");
  std::ranges::copy(bytes, proof.signature.begin());
  return proof;
}

// What stands beside the signed text must be what was signed, or a reader could be shown another text.
Status check_shown(JsonView release, const ReleaseProof& proof) {
  TRY(const Json signed_document, parse_json(proof.signed_text));
  const JsonView signed_root = signed_document->root();
  const auto shown = release.find("edition");
  const auto covered = signed_root.find("edition");
  const bool same = signed_root.string_at("number") == proof.number &&
                    signed_root.integer_at("version") == release.integer_at("version") && shown && covered &&
                    covered->string_at("title") == shown->string_at("title") &&
                    covered->string_at("body") == shown->string_at("body");
  if (!same) return invalid("verify.shown", "What is shown differs from what was signed.", proof.number);
  return {};
}

Result<PublicKey> signer_of(const ReleaseProof& proof, const std::vector<PublicKey>& keys) {
  for (const PublicKey& key : keys) {
    if (key_id_of(key) != proof.key_id) continue;
    if (verify_signature(key, kReleasePurpose, as_bytes(proof.signed_text), proof.signature)) return key;
    return invalid("verify.signature", "The signature does not belong to this text.", proof.number);
  }
  return invalid("verify.unknown_key", "None of the trusted keys is " + proof.key_id + ", which signed this release.",
                 proof.number);
}

// Without --trust the server vouches for itself; that finds damage, not a lying server.
Result<std::vector<PublicKey>> trusted_keys(const Context& context, const Client* client, const std::string& trust) {
  if (!trust.empty()) return read_trusted_keys(context.machine.files, trust);
  if (client == nullptr) return invalid("hunt.trust", "Give the issuer's public key with --trust KEYFILE.");
  TRY(const Json checkpoint, client->get("/api/v1/ledger/checkpoint"));
  TRY(const Bytes bytes, from_base64(text_at(checkpoint->root(), "key")));
  PublicKey key{};
  if (bytes.size() != key.size()) return invalid("client.answer", "The server's key has the wrong length.");
  std::ranges::copy(bytes, key.begin());
  return std::vector{key};
}

struct Verified {
  ReleaseProof proof;
  PublicKey key{};
  std::optional<Receipt> receipt;
};

Result<Verified> verified(const Context& context, JsonView release, const Client* client, const std::string& trust) {
  Verified result;
  TRY(result.proof, proof_of(release));
  TRY(const auto keys, trusted_keys(context, client, trust));
  TRY(result.key, signer_of(result.proof, keys));
  TRY_OK(check_shown(release, result.proof));
  return result;
}

Result<Verified> verify_on_server(const Context& context, const ServerAccess& server, const VerifyRelease& what) {
  TRY(const Client client, Client::open(context, server));
  TRY(const Json release, client.get("/api/v1/releases/" + url_encoded(what.release)));
  TRY(Verified result, verified(context, release->root(), &client, what.trust));
  TRY(const Json answer, client.get("/api/v1/ledger/proof?release=" + url_encoded(what.release)));
  TRY(result.receipt, parse_receipt(answer->root().raw()));
  TRY_OK(verify_receipt_for(*result.receipt, result.proof.signed_text, {std::string(flow::kLogOrigin), result.key}));
  return result;
}

Result<Verified> verify_file(const Context& context, const VerifyRelease& what) {
  TRY(const Json release, read_json_input(context, what.file));
  return verified(context, release->root(), nullptr, what.trust);
}

void write_verified(const Context& context, const Verified& result) {
  const std::string index = result.receipt ? std::to_string(result.receipt->proof.leaf_index) : "";
  const std::string size = result.receipt ? std::to_string(result.receipt->checkpoint.head.size) : "";
  if (context.json) {
    JsonWriter line;
    line.begin_object().member("schema", "hinomi.verified-release.v1").member("number", result.proof.number);
    line.member("key_id", result.proof.key_id).member("signature", true).member("ledger", result.receipt.has_value());
    if (result.receipt) line.key("ledger_index").raw(index).key("ledger_size").raw(size);
    context.out << line.end_object().text() << "\n";
    return;
  }
  context.out << context.text("cli.verify.signature", {{"number", result.proof.number}, {"key", result.proof.key_id}})
              << "\n";
  if (result.receipt) context.out << context.text("cli.verify.ledger", {{"index", index}, {"size", size}}) << "\n";
}

Result<Bundle> checked_bundle(const Context& context, const std::string& file, const std::string& trust) {
  TRY(const auto keys, read_trusted_keys(context.machine.files, trust));
  TRY(const std::string bytes, context.machine.files.read(file, kMaxBundleBytes));
  auto bundle = open_bundle(as_bytes(bytes), keys, context.machine.clock.now());
  if (!bundle.ok()) return bundle.error().inside(file);
  return bundle;
}

Result<Receipt> checked_receipt(const Context& context, const std::string& file, const std::string& trust) {
  TRY(const auto keys, read_trusted_keys(context.machine.files, trust));
  TRY(const std::string text, context.machine.files.read(file, kMaxReceiptBytes));
  auto receipt = parse_receipt(trimmed(text));
  if (!receipt.ok()) return receipt.error().inside(file);
  for (const PublicKey& key : keys) {
    if (key_id_of(key) != receipt->checkpoint.key_id) continue;
    const Status status = verify_receipt(*receipt, {std::string(flow::kLogOrigin), key});
    if (!status.ok()) return status.error().inside(file);
    return receipt;
  }
  return invalid("verify.unknown_key", "None of the trusted keys signed this receipt's tree.", file);
}

}  // namespace

ExitCode run_verify_release(const Context& context, const ServerAccess& server, const VerifyRelease& what) {
  const auto result = what.file.empty() ? verify_on_server(context, server, what) : verify_file(context, what);
  if (!result.ok()) return fail(context, result.error());
  write_verified(context, *result);
  return ExitCode::Done;
}

ExitCode run_verify_bundle(const Context& context, const std::string& file, const std::string& trust) {
  const auto bundle = checked_bundle(context, file, trust);
  if (!bundle.ok()) return fail(context, bundle.error());
  if (context.json) {
    JsonWriter line;
    line.begin_object()
        .member("schema", "hinomi.verified-bundle.v1")
        .member("issuer", bundle->issuer)
        .member("key_id", bundle->key_id);
    context.out << line.member("expires", to_rfc3339(bundle->expires)).end_object().text() << "\n";
  } else {
    const std::string expires = tokyo_text(bundle->expires, context.language == Language::English);
    context.out << context.text("cli.verify.bundle",
                                {{"issuer", bundle->issuer}, {"expires", expires}, {"key", bundle->key_id}})
                << "\n";
  }
  return ExitCode::Done;
}

ExitCode run_verify_receipt(const Context& context, const std::string& file, const std::string& trust) {
  const auto receipt = checked_receipt(context, file, trust);
  if (!receipt.ok()) return fail(context, receipt.error());
  const std::string index = std::to_string(receipt->proof.leaf_index);
  const std::string size = std::to_string(receipt->checkpoint.head.size);
  if (context.json) {
    JsonWriter line;
    line.begin_object()
        .member("schema", "hinomi.verified-receipt.v1")
        .key("ledger_index")
        .raw(index)
        .key("ledger_size")
        .raw(size);
    context.out << line.end_object().text() << "\n";
  } else {
    context.out << context.text("cli.verify.ledger", {{"index", index}, {"size", size}}) << "\n";
  }
  return ExitCode::Done;
}

}  // namespace hinomi::app

#include "app/installation.h"

#include <span>

#include "app/embedded.h"
#include "base/text.h"
#include "rules/rulebook.h"
#include "store/sqlite_store.h"

namespace hinomi::app {
namespace {

constexpr std::uint64_t kKeyFileLimit = 4096;

// The key's bytes from its file, or fresh ones written there first.
Result<Secret<Bytes>> load_or_make_key(const Machine& machine, const std::string& path) {
  if (machine.files.exists(path)) {
    TRY(const std::string text, machine.files.read(path, kKeyFileLimit));
    TRY(Bytes key, from_base64(trimmed(text)));
    if (key.size() != 32) return invalid("key.file", "A key file holds 32 bytes in base64.", path);
    return Secret(std::move(key));
  }
  Bytes key(32);
  machine.random.fill(key);
  TRY_OK(machine.files.replace(path, to_base64(key) + "\n"));
  return Secret(std::move(key));
}

// One key file, two purposes that never meet.
Secret<Bytes> challenge_key(const Secret<Bytes>& cookie_key) {
  const Sha256 key = hmac_sha256(cookie_key.expose(), as_bytes("sign-in challenges"));
  return Secret(Bytes(key.begin(), key.end()));
}

std::span<const EmbeddedFile> packs() { return {embedded_packs, embedded_packs_count}; }

std::string_view content_type_of(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".json")) return "application/json";
  if (name.ends_with(".woff2")) return "font/woff2";
  return "application/octet-stream";
}

}  // namespace

Result<Packs> read_packs() {
  TRY(auto anonymiser, embedded_anonymiser());
  TRY(auto rulebook, embedded_rulebook());
  TRY(auto form_book, embedded_form_book(rulebook));
  return Packs{std::move(rulebook), std::move(form_book), std::move(anonymiser)};
}

Result<std::unique_ptr<Installation>> Installation::open(const Machine& machine, const std::string& directory,
                                                         HashCost cost) {
  TRY(const Packs packs, read_packs());
  return open(machine, directory, cost, packs);
}

Result<std::unique_ptr<Installation>> Installation::open(const Machine& machine, const std::string& directory,
                                                         HashCost cost, const Packs& packs) {
  TRY_OK(machine.files.make_directories(directory + "/keys"));
  std::unique_ptr<Installation> installation(new Installation());
  installation->directory_ = directory;
  TRY(const Secret<Bytes> seed, load_or_make_key(machine, directory + "/keys/signing.key"));
  TRY(SigningKey signing_key, SigningKey::from_seed(seed));
  installation->signing_key_ = std::make_unique<SigningKey>(std::move(signing_key));
  TRY(installation->cookie_key_, load_or_make_key(machine, directory + "/keys/cookie.key"));
  TRY(installation->store_, store::open_sqlite_store(directory, store::SqliteOptions{.random = machine.random}));
  installation->packs_ = packs;
  TRY(installation->ledger_, flow::LedgerLog::open(*installation->store_, *installation->signing_key_));
  installation->entrance_.reset(
      new flow::Entrance{flow::PasswordHasher(cost), challenge_key(installation->cookie_key_), {}});
  installation->platform_ = std::make_unique<flow::Platform>(flow::Platform{*installation->store_,
                                                                            machine.clock,
                                                                            machine.random,
                                                                            machine.log,
                                                                            *installation->signing_key_,
                                                                            packs.rulebook,
                                                                            packs.form_book,
                                                                            *packs.anonymiser,
                                                                            {},
                                                                            releases_collection(),
                                                                            *installation->ledger_,
                                                                            *installation->entrance_});
  return installation;
}

Installation::~Installation() = default;

Result<Catalogue> embedded_catalogue() {
  std::vector<std::string_view> japanese;
  std::vector<std::string_view> english;
  for (const EmbeddedFile& file : std::span(embedded_texts, embedded_texts_count)) {
    const std::string_view name = file.name;
    (name.ends_with(".ja.json") ? japanese : english).push_back(file.bytes());
  }
  return Catalogue::create(japanese, english);
}

std::vector<rules::PackSource> embedded_rule_packs() {
  std::vector<rules::PackSource> sources;
  for (const EmbeddedFile& file : packs()) {
    const std::string_view name = file.name;
    if (name.starts_with("rules/")) sources.push_back({std::string(name), std::string(file.bytes())});
  }
  return sources;
}

Result<std::shared_ptr<const rules::Rulebook>> embedded_rulebook() {
  return rules::load_rulebook(embedded_rule_packs());
}

Result<std::shared_ptr<const forms::FormBook>> embedded_form_book(std::shared_ptr<const rules::Rulebook> rulebook) {
  TRY(const Catalogue catalogue, embedded_catalogue());
  std::vector<forms::PackSource> sources;
  for (const EmbeddedFile& file : packs()) {
    const std::string_view name = file.name;
    if (name.starts_with("forms/")) sources.push_back({std::string(name), std::string(file.bytes())});
  }
  return forms::load_form_book(sources, std::move(rulebook), catalogue);
}

Result<std::unique_ptr<anonymity::Anonymiser>> embedded_anonymiser() {
  std::vector<std::string_view> gazetteers;
  for (const EmbeddedFile& file : packs()) {
    const std::string_view name = file.name;
    if (name.starts_with("gazetteers/") && name.ends_with(".tsv")) gazetteers.push_back(file.bytes());
  }
  return anonymity::Anonymiser::create(gazetteers);
}

api::Assets embedded_assets() {
  api::Assets assets;
  for (const EmbeddedFile& file : std::span(embedded_portal, embedded_portal_count)) {
    const std::string_view name = file.name;
    if (!name.starts_with("assets/")) continue;
    assets.files.emplace(name.substr(7),
                         api::Asset{content_type_of(name), std::make_shared<const std::string>(file.bytes())});
    if (name.starts_with("assets/app-") && name.ends_with(".js")) assets.app_script = "/" + std::string(name);
    if (name.starts_with("assets/passkey-") && name.ends_with(".js")) assets.passkey_script = "/" + std::string(name);
    if (name.starts_with("assets/draft-") && name.ends_with(".js")) assets.draft_script = "/" + std::string(name);
    if (name.starts_with("assets/app-") && name.ends_with(".css")) assets.app_styles.push_back("/" + std::string(name));
  }
  return assets;
}

std::string_view embedded_api_description() { return embedded_openapi[0].bytes(); }

CollectionId releases_collection() {
  // A name-based id of our own, so that peers keep their subscription when an installation is rebuilt.
  const Uuid name_space = uuid_v5(Uuid{}, "hinomi");
  return CollectionId(uuid_v5(name_space, "collection:releases"));
}

}  // namespace hinomi::app

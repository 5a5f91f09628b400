#include "worlds/world.h"

#include <stdlib.h>

#include <filesystem>
#include <iostream>

#include "api/session_cookie.h"
#include "flow/collect.h"
#include "flow/session.h"
#include "formats/source_reader.h"
#include "policy/labelling.h"
#include "policy/permit.h"

namespace hinomi::tests::worlds {
namespace {

// In memory where the machine has such a place: a world lives for a fraction of a second.
std::string fresh_directory() {
  const std::filesystem::path memory("/dev/shm");
  const auto base = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  std::string pattern = (base / "hinomi-world-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) give_up(unavailable("worlds.directory", pattern), "making a directory");
  return pattern;
}

Backdrop make_backdrop() {
  initialise_crypto();
  return {must(app::read_packs()), must(app::embedded_catalogue()), app::embedded_assets(),
          std::string(app::embedded_api_description())};
}

void put_collections(store::Store& store) {
  const auto permit = policy::MachineRoom::local_operator();
  store::Collection releases;
  releases.id = app::releases_collection();
  releases.alias = "releases";
  releases.title = "Releases";
  releases.readers = label_for_everyone(Tlp::Green);
  must_be_ok(store.put_collection(permit, releases));
  must_be_ok(flow::make_collected_collection(store, permit));
}

}  // namespace

void give_up(const Error& error, std::string_view during) {
  std::cerr << "worlds: " << during << ": " << error.code << ": " << error.detail << " " << error.where << std::endl;
  std::abort();
}

const Backdrop& Backdrop::get() {
  static const Backdrop backdrop = make_backdrop();
  return backdrop;
}

Result<api::Importer::Outcome> PlainImporter::import_file(const flow::Caller& caller, std::string_view source,
                                                          std::string_view file, std::string_view bytes) {
  const flow::Channel channel{.source = std::string(source)};
  TRY(flow::Collected collected,
      flow::collect(platform_, caller, channel, read_source({std::string(source), std::string(file), bytes})));
  TRY_OK(flow::note_run(platform_, caller, flow::run_of(channel, collected)));
  Outcome outcome;
  outcome.items = collected.items;
  outcome.objects = collected.objects;
  outcome.added = collected.added;
  outcome.duplicates = collected.duplicates;
  outcome.cases = collected.cases;
  outcome.problems = std::move(collected.problems);
  return outcome;
}

World::World(const Cast& cast, std::uint64_t seed) : World(cast, seed, fresh_directory(), Lifetime::GoesWithTheWorld) {}

World::World(const Cast& cast, std::uint64_t seed, const std::string& directory)
    : World(cast, seed, directory, Lifetime::Stays) {}

World::World(const Cast& cast, std::uint64_t seed, std::string directory, Lifetime lifetime)
    : cast_(cast),
      seed_(seed),
      random_(mixed({seed, 1})),
      clock_(*parse_rfc3339("2026-11-22T00:00:00Z")),
      directory_(std::move(directory)),
      lifetime_(lifetime) {
  const Backdrop& backdrop = Backdrop::get();
  const bool is_new = lifetime == Lifetime::GoesWithTheWorld || !std::filesystem::exists(directory_);
  installation_ =
      must(app::Installation::open({clock_, random_, log_, files_}, directory_, HashCost::Test, backdrop.packs));
  installation_->set_unnamed_door({.accepts = true, .telephone = "03-0000-0000", .most_unanswered = 10'000});
  if (is_new) {
    const auto permit = policy::MachineRoom::local_operator();
    must(store().put_directory(permit, cast.directory));
    must_be_ok(store().keep_clearance_register(permit, cast.directory.clearance_register));
    put_collections(store());
    for (const auto& [id, person] : cast.directory.persons) {
      if (cast.directory.clearance_register && person.cleared) must(clear(id, "first"));
    }
  }
  importer_ = std::make_unique<PlainImporter>(platform());
  api_ = std::make_unique<api::Api>(api::ApiParts{platform(), backdrop.catalogue, backdrop.assets, *importer_, printer_,
                                                  backdrop.api_description, installation_->cookie_key()});
}

World::~World() {
  api_->close_streams();
  api_.reset();
  installation_.reset();
  if (lifetime_ == Lifetime::Stays) return;
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

flow::Caller World::as(const PersonId& person) const { return must(flow::caller_for(platform(), person), "a person"); }

Result<ClearanceId> World::clear(const PersonId& person, const std::string& scope) {
  policy::Principal keeper;  // somebody else, who does that for them
  keeper.person = cast_.analysts.front() == person ? cast_.analysts.back() : cast_.analysts.front();
  keeper.org = cast_.person(person).org;
  keeper.roles = {Role::SecurityOfficer};
  TRY(const auto permit,
      policy::permit<policy::action::KeepClearances>(keeper, {store().directory(), keeper.org, person}));
  store::Clearance clearance;
  clearance.id = ClearanceId::random(random_);
  clearance.person = person;
  clearance.confirmed_by = keeper.person;
  clearance.scope = scope;
  clearance.contract = "C-1";
  clearance.consented_on = tokyo_day(clock_.now());
  clearance.valid_until = clearance.consented_on + std::chrono::days(365);
  TRY_OK(store().put_clearance(permit, clearance, clock_.now()));
  return clearance.id;
}

World::Keys World::keys_of(const PersonId& person, std::uint64_t which) {
  Keys keys;
  Draw secrets(mixed({seed_, 2, which, person.uuid()[0], person.uuid()[1], person.uuid()[2], person.uuid()[3]}));
  const auto open = [&](store::SessionKind kind) {
    Bytes secret(32);
    secrets.fill(secret);
    const bool is_token = kind == store::SessionKind::ApiToken;
    const std::string shown = is_token ? flow::token_text(to_base64url(secret)) : to_base64url(secret);
    store::Session session;
    session.id = SessionId::random(secrets);
    session.kind = kind;
    session.person = person;
    session.name = is_token ? "token" : "";
    session.secret_hash = sha256(shown);
    session.created_at = session.last_used_at = clock_.now();
    session.expires_at = clock_.now() + std::chrono::hours(7);
    must_be_ok(store().put_session(session), "a session");
    return std::pair(shown, session.secret_hash);
  };
  const auto [cookie, hash] = open(store::SessionKind::Browser);
  keys.cookie = cookie;
  keys.token = open(store::SessionKind::ApiToken).first;
  flow::Caller caller = as(person);
  caller.session = hash;
  keys.csrf = api::csrf_token(*api_, caller);
  return keys;
}

}  // namespace hinomi::tests::worlds

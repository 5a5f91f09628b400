// hinomi admin init and hinomi admin invite: how the first people of an installation come in.
#include <ostream>

#include "app/operation.h"
#include "base/json.h"
#include "base/text.h"
#include "flow/founding.h"
#include "flow/ledger_log.h"

namespace hinomi::app {
namespace {

Result<flow::FoundingWish> wish_of(const InitRequest& request) {
  flow::FoundingWish wish{request.organisation, request.organisation_en, {}, {}};
  wish.compartments.insert(request.compartments.begin(), request.compartments.end());
  for (const std::string& person : request.people) {
    const auto equals = person.find('=');
    if (equals == std::string::npos) return invalid("founding.name", "Give each person a name: LOGIN=NAME.", person);
    wish.people.push_back({person.substr(0, equals), person.substr(equals + 1)});
  }
  return wish;
}

Result<flow::Founding> found(const Context& context, const InitRequest& request) {
  TRY(const flow::FoundingWish wish, wish_of(request));
  TRY(const auto installation, Installation::open(context.machine, request.data, HashCost::Interactive));
  const flow::Platform& platform = installation->platform();
  TRY(flow::Founding founding, flow::found_installation(platform, wish));
  TRY_OK(flow::make_releases_collection(platform));
  TRY([[maybe_unused]] const std::size_t sealed, platform.ledger.seal(platform));
  return founding;
}

void write_json(const Context& context, const flow::Founding& founding) {
  JsonWriter line;
  line.begin_object().member("schema", "hinomi.founding.v1");
  line.member("organisation", founding.directory.orgs.begin()->second.name).key("invitations").begin_array();
  for (const flow::IssuedInvitation& issued : founding.invitations) {
    const Person& person = founding.directory.persons.at(issued.person);
    line.begin_object().member("login", person.login).member("name", person.name);
    line.member("code", issued.code.expose()).end_object();
  }
  line.end_array().member("expires_at", to_rfc3339(founding.expires_at)).end_object();
  context.out << line.text() << "\n";
}

void write_words(const Context& context, const flow::Founding& founding) {
  context.out << founding.directory.orgs.begin()->second.name << "\n";
  for (const flow::IssuedInvitation& issued : founding.invitations) {
    const Person& person = founding.directory.persons.at(issued.person);
    context.out << context.text("cli.founding.person",
                                {{"login", person.login}, {"name", person.name}, {"code", issued.code.expose()}})
                << "\n";
  }
  const bool english = context.language == Language::English;
  context.err << context.text("cli.founding.next", {{"time", tokyo_text(founding.expires_at, english)}}) << "\n";
}

Result<flow::IssuedInvitation> invite(const Context& context, const std::string& data, const std::string& login) {
  if (!context.machine.files.exists(data + "/hinomi.db"))
    return invalid("doctor.no_database", "There is no database in this directory; see --data.", data);
  TRY(const auto installation, Installation::open(context.machine, data, HashCost::Interactive));
  return flow::invite_locally(installation->platform(), login);
}

}  // namespace

ExitCode run_init(const Context& context, const InitRequest& request) {
  const auto founding = found(context, request);
  if (!founding.ok()) return fail(context, founding.error());
  context.json ? write_json(context, *founding) : write_words(context, *founding);
  return ExitCode::Done;
}

ExitCode run_invite(const Context& context, const std::string& data, const std::string& login) {
  const auto issued = invite(context, data, login);
  if (!issued.ok()) return fail(context, issued.error());
  if (context.json) {
    JsonWriter line;
    line.begin_object().member("schema", "hinomi.invitation.v1").member("login", login);
    context.out << line.member("code", issued->code.expose()).end_object().text() << "\n";
  } else {
    context.out << issued->code.expose() << "\n";
  }
  return ExitCode::Done;
}

}  // namespace hinomi::app

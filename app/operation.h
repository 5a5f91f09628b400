// The subcommands of operation, over a data directory on this machine: init, backup, restore, doctor, migrate, admin.
#pragma once

#include <string>
#include <vector>

#include "app/context.h"

namespace hinomi::app {

// Also while a server runs on the directory.
ExitCode run_backup(const Context& context, const std::string& data, const std::string& to);
// Into a directory that is empty or not there; afterwards the database is checked whole and the ledger against its
// newest signed tree head. Without `data` only the backup itself is verified.
ExitCode run_restore(const Context& context, const std::string& from, const std::string& data);
// Needs the directory for itself: keys, settings, integrity of the database, ledger.
ExitCode run_doctor(const Context& context, const std::string& data);
ExitCode run_migrate(const Context& context, const std::string& data);
ExitCode run_public_key(const Context& context, const std::string& data);

struct TokenRequest {
  std::string data;
  std::string login;
  std::string name;    // for the person's own list of tokens
  std::string output;  // the token goes to this new file, never to the terminal
};
ExitCode run_issue_token(const Context& context, const TokenRequest& request);

// The beginning of an installation (flow/founding.h): the invitation codes are printed, once.
struct InitRequest {
  std::string data;
  std::string organisation;
  std::string organisation_en;
  std::vector<std::string> people;  // LOGIN=NAME
  std::vector<std::string> compartments;
};
ExitCode run_init(const Context& context, const InitRequest& request);
// A new code for somebody invited who has never signed in.
ExitCode run_invite(const Context& context, const std::string& data, const std::string& login);

// Whether this installation keeps clearances (docs/guides/people-and-rights.md). Needs the directory for itself.
ExitCode run_clearance_register(const Context& context, const std::string& data, bool on);

}  // namespace hinomi::app

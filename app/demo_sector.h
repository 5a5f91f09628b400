// The demo sector: a small, invented, deterministic community, used by the tour, tests, screenshots and benchmarks
// alike. No organisation or person of it exists.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/installation.h"

namespace hinomi::app {

// What demo-credentials.json says of one account.
struct DemoAccount {
  std::string key;  // "member_a_soc"
  std::string org;
  std::string name;
  std::string login;
  std::string password;
  std::string totp_secret;  // base32; empty where the account has none
  std::string api_token;
};

struct DemoSector {
  std::vector<DemoAccount> accounts;
  std::map<std::string, std::string> probe_collections;  // "ro", "wo", "rw", "none" → collection id
};

// Fills an empty installation with organisations, people, groups, credentials and collections. Ids, passwords and
// tokens follow from the seed alone. Conflict "demo.not_empty" when there are people in it already.
Result<DemoSector> make_demo_sector(const Installation& installation, Random& seeded);

// The file that SURFACES promises.
std::string demo_credentials_json(const DemoSector& sector, const std::string& base_url);
Result<DemoSector> read_demo_credentials(std::string_view json);

}  // namespace hinomi::app

// The commands that need nobody else's program: the server itself, its demonstration, and the rule packs on this
// machine.
#pragma once

#include <string>
#include <vector>

#include "app/command_tree.h"
#include "app/demo.h"
#include "app/serve.h"

namespace hinomi::app {

class LocalCommands : public CommandTree {
 protected:
  LocalCommands(const Catalogue& catalogue, Language language);
  ~LocalCommands() = default;

 private:
  void add_server();
  void add_rules();

  ServeOptions serve_;
  DemoOptions demo_;
  std::vector<std::string> packs_;
  std::string pack_, newer_pack_, facts_;
};

}  // namespace hinomi::app

#include <cstdlib>
#include <string_view>

#include "app/command_line.h"
#include "base/crypto.h"
#include "exchange/parse_child.h"

int main(int argc, char** argv) {
  hinomi::initialise_crypto();
  if (argc == 3 && std::string_view(argv[1]) == "--child" && std::string_view(argv[2]) == "parse") {
    std::_Exit(hinomi::exchange::run_parse_child());
  }
  return hinomi::app::run_command_line({argv, static_cast<std::size_t>(argc)});
}

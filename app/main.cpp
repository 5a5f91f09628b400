#include <cstdlib>
#include <string_view>

#include "base/crypto.h"
#include "exchange/parse_child.h"

int main(int argc, char** argv) {
  hinomi::initialise_crypto();
  if (argc == 3 && std::string_view(argv[1]) == "--child" && std::string_view(argv[2]) == "parse") {
    std::_Exit(hinomi::exchange::run_parse_child());
  }
  return 0;
}

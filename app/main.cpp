#include <cstdlib>
#include <string_view>

#include "app/command_line.h"
#include "base/crypto.h"
#include "exchange/child_printer.h"
#include "exchange/parse_child.h"
#include "exchange/workbook_sandbox.h"

int main(int argc, char** argv) {
  hinomi::initialise_crypto();
  if (argc == 3 && std::string_view(argv[1]) == "--child") {
    const std::string_view role = argv[2];
    if (role == "parse") std::_Exit(hinomi::exchange::run_parse_child());
    if (role == "print") std::_Exit(hinomi::exchange::run_print_child());
    if (role == "workbook") std::_Exit(hinomi::exchange::run_workbook_child());
    if (role == "received") std::_Exit(hinomi::exchange::run_received_child());
  }
  return hinomi::app::run_command_line({argv, static_cast<std::size_t>(argc)});
}

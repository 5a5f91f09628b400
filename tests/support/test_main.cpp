#include <gmock/gmock.h>

#include <cstdlib>
#include <string_view>

#include "base/crypto.h"
#include "support/child_roles.h"

// Cairo and fontconfig each keep some hundred bytes of every PDF file for ever. They set type in processes that end
// with their file, and in tests.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo.so\nleak:libfontconfig.so\n"; }

int main(int argc, char** argv) {
  hinomi::initialise_crypto();
  if (argc == 3 && std::string_view(argv[1]) == "--child") std::_Exit(hinomi::testing::run_child_role(argv[2]));
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}

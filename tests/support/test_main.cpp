#include <gmock/gmock.h>

#include "base/crypto.h"

int main(int argc, char** argv) {
  hinomi::initialise_crypto();
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}

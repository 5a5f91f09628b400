#include "base/crypto.h"

int main() {
  hinomi::initialise_crypto();
  return 0;
}

#!/usr/bin/env bash
# Sign-in through a real OpenID provider, over the program named by HINOMI_BIN. Installs the provider once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=tests/e2e/test_tools.sh
source ../test_tools.sh

need_program
install_test_tools
exec node openid.mjs

#!/usr/bin/env bash
# Browser tests over the program named by HINOMI_BIN. Installs the test tools once; further words go to Playwright.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=tests/e2e/test_tools.sh
source ../test_tools.sh

need_program
install_test_tools
exec node_modules/.bin/playwright test "$@"

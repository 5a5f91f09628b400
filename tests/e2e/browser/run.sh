#!/usr/bin/env bash
# Browser tests over the program named by HINOMI_BIN. Installs the test tools once; further words go to Playwright.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

[[ -x "${HINOMI_BIN:-}" ]] || { echo "HINOMI_BIN names no program: '${HINOMI_BIN:-}'" >&2; exit 1; }

# npm ci takes a lock file for stale when it was made where the registry does not carry the optional packages of other
# platforms; npm install --no-save then installs the same pinned versions.
stamp=node_modules/.hinomi-lock.stamp
lock="$(sha256sum <package-lock.json)"
if [[ "$(cat "$stamp" 2>/dev/null)" != "$lock" ]]; then
  options=(--ignore-scripts --no-audit --no-fund --loglevel=error)
  npm ci "${options[@]}" || npm install --no-save "${options[@]}"
  echo "$lock" >"$stamp"
fi

exec node_modules/.bin/playwright test "$@"

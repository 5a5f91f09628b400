#!/usr/bin/env bash
# Sign-in through a real OpenID provider, over the program named by HINOMI_BIN. Installs the provider once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

[[ -x "${HINOMI_BIN:-}" ]] || { echo "HINOMI_BIN names no program: '${HINOMI_BIN:-}'" >&2; exit 1; }

# As in ../browser/run.sh.
stamp=node_modules/.hinomi-lock.stamp
lock="$(sha256sum <package-lock.json)"
if [[ "$(cat "$stamp" 2>/dev/null)" != "$lock" ]]; then
  options=(--ignore-scripts --no-audit --no-fund --loglevel=error)
  npm ci "${options[@]}" || npm install --no-save "${options[@]}"
  echo "$lock" >"$stamp"
fi

exec node openid.mjs

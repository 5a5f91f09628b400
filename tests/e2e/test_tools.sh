# shellcheck shell=bash
# Sourced by the suites that need npm packages of their own, from the directory of their package-lock.json.

# Ends the suite unless HINOMI_BIN names the program it is about.
need_program() {
  [[ -x "${HINOMI_BIN:-}" ]] || { echo "HINOMI_BIN names no program: '${HINOMI_BIN:-}'" >&2; exit 1; }
}

# Installs what the lock file pins, once for each lock file. npm ci takes a lock file for stale when it was made where the
# registry does not carry the optional packages of other platforms; npm install --no-save then installs the same
# pinned versions.
install_test_tools() {
  local stamp=node_modules/.hinomi-lock.stamp lock
  lock="$(sha256sum <package-lock.json)"
  [[ "$(cat "$stamp" 2>/dev/null)" != "$lock" ]] || return 0
  local -a options=(--ignore-scripts --no-audit --no-fund --loglevel=error)
  npm ci "${options[@]}" || npm install --no-save "${options[@]}"
  echo "$lock" >"$stamp"
}

# shellcheck shell=bash
# The web front end: npm ci when its lock file changed, npm run build when its sources changed.
# Sourced by ./dev. CMake embeds portal/dist into the program.

portal_exists() { [[ -f "$ROOT/portal/package.json" ]]; }

# One hash over names and contents of everything the portal is built from; texts/ is shared with the program.
portal_sources_hash() {
  (cd "$ROOT" && shopt -s nullglob && find portal text[s] \( -name node_modules -o -name dist \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}

same_stamp() { [[ -f "$1" && "$(<"$1")" == "$2" ]]; }

# npm ci takes a lock file for stale when it was made where the registry does not carry the optional packages of other
# platforms; npm install --no-save then installs the same pinned versions, held against the same integrity hashes.
npm_exactly() {
  local -a options=(--no-audit --no-fund --loglevel=error)
  npm ci "${options[@]}" >"$CACHE/npm-ci.log" 2>&1 && return 0
  if ! grep -q 'Missing: .* from lock file' "$CACHE/npm-ci.log"; then
    cat "$CACHE/npm-ci.log" >&2
    return 1
  fi
  say "portal: the lock file lacks other platforms' packages; npm install --no-save"
  npm install --no-save "${options[@]}"
}

# portal_modules: node_modules as the lock file says.
portal_modules() {
  need_node
  local stamp="$ROOT/portal/node_modules/.hinomi-lock.stamp" lock
  lock="$(sha256sum <"$ROOT/portal/package-lock.json")"
  same_stamp "$stamp" "$lock" && return 0
  say "portal: npm ci"
  (cd "$ROOT/portal" && npm_exactly)
  mkdir -p "${stamp%/*}"
  echo "$lock" >"$stamp"
}

# portal_build: portal/dist is up to date afterwards.
portal_build() {
  if ! portal_exists; then
    say "portal: no portal/package.json yet; the program is built without the web front end"
    return 0
  fi
  local stamp="$CACHE/portal-build.stamp" sources
  sources="$(portal_sources_hash)"
  [[ -d "$ROOT/portal/dist" ]] && same_stamp "$stamp" "$sources" && return 0
  portal_modules
  say "portal: npm run build"
  (cd "$ROOT/portal" && npm run --silent build)
  mkdir -p "$CACHE"
  echo "$sources" >"$stamp"
}

# portal_check: lint, types and tests, as far as package.json defines them.
portal_check() {
  portal_exists || { say "portal: nothing to check yet"; return 0; }
  portal_modules
  local script
  for script in check test; do
    if node -e 'process.exit(require(process.argv[1]).scripts?.[process.argv[2]] ? 0 : 1)' "$ROOT/portal/package.json" "$script"; then
      say "portal: npm run $script"
      (cd "$ROOT/portal" && npm run --silent "$script")
    fi
  done
}

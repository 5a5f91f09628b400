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

# portal_modules: node_modules as the lock file says.
portal_modules() {
  need_node
  local stamp="$ROOT/portal/node_modules/.hinomi-lock.stamp" lock
  lock="$(sha256sum <"$ROOT/portal/package-lock.json")"
  same_stamp "$stamp" "$lock" && return 0
  say "portal: npm ci"
  (cd "$ROOT/portal" && npm ci --no-audit --no-fund --loglevel=error)
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

# portal_check: every one of these scripts that package.json defines.
portal_check() {
  portal_exists || { say "portal: nothing to check yet"; return 0; }
  portal_modules
  local script
  for script in lint typecheck test; do
    if node -e 'process.exit(require(process.argv[1]).scripts?.[process.argv[2]] ? 0 : 1)' "$ROOT/portal/package.json" "$script"; then
      say "portal: npm run $script"
      (cd "$ROOT/portal" && npm run --silent "$script")
    fi
  done
}

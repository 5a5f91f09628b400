# shellcheck shell=bash
# What ./dev lacks on a fresh Debian 12, installed once: Debian packages and a pinned Node.
# Sourced by ./dev, which defines ROOT, CACHE, say and die.

# Vite 8 asks for Node 20.19 or newer; Debian 12 ships 18. Pinned so that every machine builds the portal alike.
readonly NODE_VERSION=20.20.2
readonly NODE_MINIMUM=20.19

# packages_of GROUP… prints the names listed under [GROUP] in tools/packages.txt.
packages_of() {
  awk -v groups=" $* " '
    /^\[/ { wanted = index(groups, " " substr($0, 2, length($0) - 2) " "); next }
    /^[^#]/ && wanted { print }' "$ROOT/tools/packages.txt"
}

missing_packages() {
  local package
  for package in "$@"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || echo "$package"
  done
}

as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "Debian packages are missing and this is neither root nor is there sudo. Run as root: $*"
  fi
}

apt_install() {
  local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600)
  as_root "${apt[@]}" update
  as_root "${apt[@]}" -y install --no-install-recommends "$@" >/dev/null
}

# need_packages GROUP… installs what is missing of these groups; silent and without apt-get when nothing is.
# A stamp keeps the everyday call to one file comparison.
need_packages() {
  local stamp
  stamp="$CACHE/packages-$(IFS=-; echo "$*").stamp"
  [[ -e "$stamp" && "$stamp" -nt "$ROOT/tools/packages.txt" && "$stamp" -nt /var/lib/dpkg/status ]] && return 0
  command -v dpkg-query >/dev/null || die "this is not a Debian machine; install by hand what tools/packages.txt lists"
  local -a missing
  mapfile -t WANTED < <(packages_of "$@")
  mapfile -t missing < <(missing_packages "${WANTED[@]}")
  if ((${#missing[@]})); then
    say "installing ${#missing[@]} Debian packages: ${missing[*]}"
    apt_install "${missing[@]}"
  fi
  mkdir -p "$CACHE"
  touch "$stamp"
}

node_is_recent() {
  local version
  version="$(node --version 2>/dev/null)" || return 1
  [[ "$(printf '%s\n' "$NODE_MINIMUM" "${version#v}" | sort -V | head -n1)" == "$NODE_MINIMUM" ]]
}

# Puts a recent node and an npm first on PATH. npm comes from Debian; node itself from the npm package `node`,
# which carries the official binary, because Debian's is too old.
need_node() {
  node_is_recent && command -v npm >/dev/null && return 0
  export PATH="$CACHE/node/node_modules/node/bin:$PATH"
  if ! command -v npm >/dev/null; then
    say "installing Debian's nodejs and npm"
    apt_install nodejs npm
    hash -r
  fi
  node_is_recent && return 0
  say "installing Node $NODE_VERSION under .cache/node (found: $(node --version 2>/dev/null || echo none))"
  npm install --silent --no-save --no-audit --no-fund --ignore-scripts=false --prefix "$CACHE/node" "node@$NODE_VERSION"
  hash -r
  node_is_recent || die "Node $NODE_VERSION was installed but does not run; remove .cache/node and try again"
}

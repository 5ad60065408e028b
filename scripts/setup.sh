# Sourced by the scripts beside it: installs what is missing and builds a preset.
# shellcheck shell=bash disable=SC2034  # the lists are for those who source this

# What a build needs, and what the tests need on top of it. Debian 12 package names.
build_packages=(
  antlr4 ccache cmake g++ libantlr4-runtime-dev libboost-dev libcli11-dev libexpected-dev libfmt-dev
  libhowardhinnant-date-dev libjemalloc-dev librandom123-dev libssl-dev libyaml-cpp-dev ninja-build nlohmann-json3-dev tzdata
)
test_packages=(
  age catch2 clang-format-14 clang-tidy-16 cmark-gfm default-jre-headless git gnupg graphviz jq man-db postgresql-15 prometheus python3 python3-yaml
  shellcheck shfmt util-linux
)

say() { printf '\n== %s\n' "$*"; }

# A step that failed says what it was and what to do about it.
give_up() {
  printf '\nFAILED: %s\n%s\n' "$1" "$2" >&2
  exit 1
}

as_root() {
  if [[ "$(id -u)" -eq 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "${package}" 2>/dev/null | grep -q '^install ok installed$' || printf '%s\n' "${package}"
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [[ "${#missing[@]}" -eq 0 ]] && return 0
  command -v apt-get >/dev/null || give_up "installing ${missing[*]}" "This is not a Debian system. Install these packages by hand, then run this script again."
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  as_root apt-get update -qq || give_up "apt-get update" "Check the network and the package sources, then run this script again."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    give_up "apt-get install" "Run 'apt-get install ${missing[*]}' by hand to see why, then run this script again."
}

# Precompiled headers would be missed by the cache without these.
export CCACHE_SLOPPINESS=pch_defines,time_macros
# The same sources in another folder are the same sources.
CCACHE_BASEDIR="$(git rev-parse --show-toplevel 2>/dev/null || pwd)"
export CCACHE_BASEDIR CCACHE_NOHASHDIR=1

build_preset() {
  local preset=$1
  shift
  say "building (preset ${preset})"
  local log
  log="$(mktemp)"
  cmake --preset "${preset}" >"${log}" 2>&1 ||
    { cat "${log}" >&2; give_up "cmake --preset ${preset}" "The lines above say what is missing."; }
  cmake --build --preset "${preset}" "$@" >"${log}" 2>&1 ||
    { grep -E 'error|FAILED' -A 3 "${log}" | head -60 >&2; give_up "cmake --build --preset ${preset}" "The lines above are the compiler's; remove the folder build/${preset} to build from nothing."; }
  tail -n 1 "${log}"
  rm -f "${log}"
}

set -euo pipefail
shopt -s inherit_errexit

log() {
  TZ=UTC0 printf '%(%FT%TZ)T %s\n' -1 "$*" >&2
}

fail() {
  log "FAILED: $*"
  said_why=yes
  exit 1
}

# However it ends badly, its last line says so.
say_how_it_ended() {
  local code=$?
  if ((code != 0)) && [[ -z "${said_why-}" ]]; then log "FAILED: a command ended with ${code}; what it said stands above"; fi
}
trap say_how_it_ended EXIT

need() {
  local tool
  for tool in "$@"; do
    command -v "${tool}" >/dev/null || fail "${tool} is not here; the image of this job needs it"
  done
}

# The first word of what sha256sum prints.
sha256_of() {
  local sum
  sum=$(sha256sum <"$1")
  printf '%s' "${sum%% *}"
}

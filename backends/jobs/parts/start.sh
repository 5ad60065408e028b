set -euo pipefail
shopt -s inherit_errexit

log() {
  TZ=UTC0 printf '%(%FT%TZ)T %s\n' -1 "$*" >&2
}

fail() {
  log "FAILED: $*"
  exit 1
}

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

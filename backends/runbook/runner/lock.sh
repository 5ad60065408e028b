# One operator at a time.

# Keeps two operators apart. The lock is on descriptor 9, which the command of a step inherits: after a kill of the runbook
# it stays locked until that command is gone too.
take_lock() {
  local holder
  lock="${state_root}/${scenario}.lock"
  if ! command -v flock >/dev/null; then
    take_lock_folder
    return 0
  fi
  if ! true >>"${lock}"; then refuse "Cannot write ${lock}." 'Name another folder with --state DIR.'; fi
  exec 9>>"${lock}"
  if ! flock -n 9; then
    holder=$(cat "${lock}")
    if holder_is_gone "${holder}"; then
      printf 'The run before this one was killed; waiting for the command that it left behind to end ...\n'
      flock -w 15 9 || refuse "What the killed run had started is still running." "${holder}" "Let it end or stop it (fuser ${lock@Q} shows its process), then run this again."
    else
      refuse "Somebody else is running this runbook." "${holder}"
    fi
  fi
  describe_holder >"${lock}"
}

describe_holder() {
  read_clock
  format_utc "${now_ms}"
  printf 'operator %s, host %s, process %s, since %s\n' "${operator}" "${HOSTNAME-}" "$$" "${utc}"
}

holder_is_gone() {
  [[ "$1" =~ host\ ([^,]*),\ process\ ([0-9]+), && "${BASH_REMATCH[1]}" == "${HOSTNAME-}" ]] && ! kill -0 "${BASH_REMATCH[2]}" 2>/dev/null
}

# Another scenario may be under way at the same time, and its steps act on the same systems.
warn_of_others() {
  local other name
  if ! command -v flock >/dev/null; then return 0; fi
  for other in "${state_root}"/*.lock; do
    name=${other##*/}
    if [[ ! -f "${other}" || "${other}" == "${lock}" ]] || flock -n "${other}" true; then continue; fi
    complain "Another runbook is being run, ${name%.lock}: $(<"${other}")"
  done
}

# Where there is no flock(1): a folder, which only one process can make.
take_lock_folder() {
  local folder="${lock}.d"
  if ! mkdir "${folder}" 2>/dev/null; then
    refuse "Somebody else is running this runbook, or was killed while doing so." "$(cat "${folder}/holder" || true)" \
      "If that process is gone for certain: rm -r ${folder@Q}, then run this again."
  fi
  describe_holder >"${folder}/holder"
  trap 'rm -rf "${lock}.d"' EXIT
}

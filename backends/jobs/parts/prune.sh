# The day since 1970 on which a stamp lies. Sets `day`.
day_of() {
  local -i year=10#${1:0:4} month=10#${1:4:2}
  if ((month < 3)); then year+=-1 month+=12; fi
  day=$((365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + 10#${1:6:2} - 719469))
}

# The period of a grade in which a stamp lies; weeks begin on Mondays. Sets `period`.
period_of() {
  local day
  case "$1" in
  hourly) period=${2:0:11} ;;
  daily) period=${2:0:8} ;;
  weekly)
    day_of "$2"
    period=$(((day + 3) / 7))
    ;;
  monthly) period=${2:0:6} ;;
  yearly) period=${2:0:4} ;;
  *) period=$2 ;;
  esac
}

# Of the names, in order of time, those that the plan keeps: of each period of each grade the first. Sets `kept`.
choose_kept() {
  local line grade length oldest last name period
  for line in "${keep[@]}"; do
    grade=${line%:*} length=${line#*:} oldest='' last=''
    if ((length > 0)); then TZ=UTC0 printf -v oldest '%(%Y%m%dT%H%M%SZ)T' "$((EPOCHSECONDS - length))"; fi
    for name in "$@"; do
      period_of "${grade}" "${name%%.*}"
      if [[ "${period}" != "${last}" && ! "${name%%.*}" < "${oldest}" ]]; then kept["${name}"]=yes; fi
      last=${period}
    done
  done
}

# The entry of the catalogue goes first, so that what is listed is whole.
remove_run() {
  discard "$1" "$2" "$3.json"
  discard "$1" "$2" "$3"
  discard "$1" "$2" "$3.sha256"
}

# Removes what the plan no longer keeps, never the run that was just stored and read back, nor the two newest. A run that is later
# than now says that a clock is wrong, here or there: then nothing is removed.
prune() {
  local kind=$1 place=$2 folder=$3 current=$4 name newest='' now unfinished_before
  local -a whole=() unfinished=()
  local -A kept=()
  if ((${#keep[@]} == 0)); then return; fi
  list_runs "${kind}" "${place}" "${folder}"
  if ((${#whole[@]} > 0)); then newest=${whole[-1]}; fi
  TZ=UTC0 printf -v now '%(%Y%m%dT%H%M%SZ)T' "${EPOCHSECONDS}"
  [[ ! "${newest%%.*}" > "${now}" ]] ||
    fail "stored, but ${newest} in ${place}/${folder} is later than now: a clock is wrong. Nothing is removed"
  choose_kept "${whole[@]}"
  for name in "${current}" "${whole[@]:(${#whole[@]} > 2 ? -2 : 0)}"; do kept["${name}"]=yes; done
  for name in "${whole[@]}"; do
    if [[ -n "${kept["${name}"]-}" ]]; then continue; fi
    log "removing ${folder}${name}, which the plan no longer keeps"
    remove_run "${kind}" "${place}" "${folder}${name}"
  done
  TZ=UTC0 printf -v unfinished_before '%(%Y%m%dT%H%M%SZ)T' "$((EPOCHSECONDS - 2 * 86400))"
  for name in "${unfinished[@]}"; do
    if [[ "${name%%.*}" < "${unfinished_before}" ]]; then
      log "removing ${folder}${name}, which a run left unfinished"
      remove_run "${kind}" "${place}" "${folder}${name}"
    fi
  done
}

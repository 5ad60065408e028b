readonly work=/tmp/run

# Whether there is a backup, with its checksum and its entry of the catalogue, that is not too old.
check_listing() {
  local newest oldest
  find_newest "${kind}" "${place}" "$1"
  mkdir -p "${work}"
  get "${kind}" "${place}" "$1${newest}.sha256" "${work}/sha256"
  get "${kind}" "${place}" "$1${newest}.json" "${work}/json"
  TZ=UTC0 printf -v oldest '%(%Y%m%dT%H%M%SZ)T' "$((EPOCHSECONDS - oldest_age))"
  [[ ! "${newest%%.*}" < "${oldest}" ]] || fail "the newest backup in ${place}/$1 is ${newest}"
  log "the newest backup in ${place}/$1 is ${newest}"
}

fetch_all() {
  local data
  choose_store "$1"
  for data in "${datasets[@]}"; do
    if [[ "${how}" == listing ]]; then check_listing "${prefix}${copy}/${data}/"; else fetch_newest "${kind}" "${place}" "${prefix}${copy}/${data}/" "${work}/${data}"; fi
  done
}

restore_one() {
  local encrypted
  log "restoring $1 into this container"
  for encrypted in "${work}/$1"/*"${suffix}"; do
    decrypt "${encrypted}"
    restore "${plain}"
  done
}

case "$1" in
fetch) fetch_all "$2" ;;
restore) restore_one "$2" ;;
*) fail "usage: $0 fetch STORE | restore DATA" ;;
esac
log "verified"

# The log of PostgreSQL, in segments. A slot keeps on the server what was not shipped yet: it is moved on only when every store has it.
readonly work=/tmp/run

ask() {
  psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="${PGDATABASE:-postgres}" <<<"$1"
}

# The name of the segment of a number, on the server's timeline.
segment() {
  local per_file=$((4294967296 / size))
  printf '%s%08X%08X' "${timeline}" "$(($1 / per_file))" "$(($1 % per_file))"
}

# A place in the log as PostgreSQL writes it.
place_in_log() {
  printf '%X/%X' "$(($1 >> 32))" "$(($1 & 4294967295))"
}

# Ends the segment that is written, so that it can be shipped. Sets `size`, `timeline`, and the numbers `first` and `behind`: what
# is to be shipped are the segments from the one up to, and without, the other; and how many are `waiting` since there is no room.
find_segments() {
  local found slot_at now_at most
  ask "SELECT pg_create_physical_replication_slot('${slot}', true) WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '${slot}')" >/dev/null
  found=$(ask "SELECT pg_size_bytes(current_setting('wal_segment_size')), substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
    coalesce((restart_lsn - '0/0')::text, 'none'), pg_switch_wal() - '0/0' FROM pg_replication_slots WHERE slot_name = '${slot}'")
  IFS='|' read -r size timeline slot_at now_at <<<"${found}"
  [[ "${slot_at}" != none ]] ||
    fail "the server has not kept the log for the slot ${slot}: drop the slot and make a base backup, since what follows is no use without one"
  first=$((slot_at / size)) behind=$(((now_at + size - 1) / size)) waiting=0
  most=$((room > size ? room / size : 1))
  if ((behind - first > most)); then waiting=$((behind - first - most)) behind=$((first + most)); fi
}

# Streams the segments into a folder. The program goes on with what it finds begun there, which is played.
stream_segments() {
  local number name end
  end=$(place_in_log "$((behind * size - 1))")
  true >"$1/$(segment "${first}").partial"
  pg_receivewal --directory="$1" --no-loop --no-password --endpos="${end}"
  for ((number = first; number < behind; number++)); do
    name=$(segment "${number}")
    [[ -e "$1/${name}" ]] || fail "the server did not send the segment ${name}"
  done
}

# Packs and encrypts the files that came. Sets `sealed`, what the catalogue says of them.
seal_segments() {
  local path name sum bytes
  sealed=''
  for path in "$1"/*; do
    name=${path##*/}
    gzip <"${path}" >"$2/part"
    rm "${path}"
    encrypt "$2/part"
    sum=$(sha256_of "$2/part")
    bytes=$(stat -c %s "$2/part")
    mv "$2/part" "$2/${name}${suffix}"
    sealed+="${sealed:+,}{\"file\":\"${name}${suffix}\",\"bytes\":${bytes},\"sha256\":\"${sum}\"}"
    printf '%s  %s\n' "${sum}" "${name}${suffix}" >>"${work}/sums.$3"
  done
}

# Fetches what one server has written since the last run.
receive() {
  local data=$1 began=${EPOCHSECONDS} size timeline first behind waiting sealed started finished from to
  need psql pg_receivewal gzip
  export PGHOST="${PGHOST:-${host}}"
  mkdir -p "${work}/log.${data}" "${work}/sealed.${data}"
  find_segments
  if ((first >= behind)); then
    log "nothing was written since the last run"
    true >"${work}/nothing.${data}"
    return
  fi
  stream_segments "${work}/log.${data}"
  seal_segments "${work}/log.${data}" "${work}/sealed.${data}" "${data}"
  from=$(place_in_log "$((first * size))")
  to=$(place_in_log "$((behind * size))")
  TZ=UTC0 printf -v started '%(%FT%TZ)T' "${began}"
  TZ=UTC0 printf -v finished '%(%FT%TZ)T' -1
  printf '{"copy":"%s","data":"%s","started":"%s","finished":"%s","from":"%s","to":"%s","files":[%s],"plan":"%s"}\n' "${copy}" "${data}" \
    "${started}" "${finished}" "${from}" "${to}" "${sealed}" "${MUSTER_PLAN_HASH}" >"${work}/entry.${data}"
  printf '%s' "${to}" >"${work}/end.${data}"
  TZ=UTC0 printf '%(%Y%m%dT%H%M%SZ)T' "${began}" >"${work}/stamp.${data}"
  printf '%s' "${waiting}" >"${work}/waiting.${data}"
  log "$((behind - first)) segments of the log of ${data}, up to ${to}"
}

# Takes the segments to one store; the entry comes last, so that what it lists is whole.
ship() {
  local data=$1 folder="${prefix}${copy}/$1/" sum name stored
  if [[ -e "${work}/nothing.${data}" ]]; then return; fi
  [[ -e "${work}/entry.${data}" ]] || fail "no log of ${data} was received"
  while read -r sum name; do
    put "${kind}" "${place}" "${folder}${name}" "${work}/sealed.${data}/${name}"
    stored=$(stored_sha256 "${kind}" "${place}" "${folder}${name}")
    [[ "${stored}" == "${sum}" ]] || fail "what was read back from ${place}/${folder}${name} is not what was stored"
  done <"${work}/sums.${data}"
  put "${kind}" "${place}" "${folder}runs/$(<"${work}/stamp.${data}").json" "${work}/entry.${data}"
  log "stored and read back: ${place}/${folder}, up to $(<"${work}/end.${data}")"
  forget_log "${kind}" "${place}" "${folder}" "${data}"
}

# Lets the server remove what is shipped.
release() {
  local waiting
  if [[ ! -e "${work}/end.$1" ]]; then return; fi
  export PGHOST="${PGHOST:-${host}}"
  ask "SELECT pg_replication_slot_advance('${slot}', '$(<"${work}/end.$1")')" >/dev/null
  log "the slot ${slot} is moved on to $(<"${work}/end.$1")"
  waiting=$(<"${work}/waiting.$1")
  ((waiting == 0)) || fail "what came is stored, but ${waiting} segments more are waiting: the next try goes on with them"
}

case "$1" in
receive)
  choose_data "$2"
  receive "$2"
  ;;
store)
  choose_store "$2"
  for data in "${datasets[@]}"; do ship "${data}"; done
  ;;
release)
  choose_data "$2"
  release "$2"
  ;;
*) fail "usage: $0 receive DATA | store STORE | release DATA" ;;
esac

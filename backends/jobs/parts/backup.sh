# One container makes the copy, one for each store takes it there. What they share is below this folder.
readonly work=/tmp/run

# What was made, when, how large, with which hash, by which plan: one line of JSON.
catalogue_entry() {
  local began ended
  TZ=UTC0 printf -v began '%(%FT%TZ)T' "$5"
  TZ=UTC0 printf -v ended '%(%FT%TZ)T' -1
  printf '{"copy":"%s","data":"%s","file":"%s","started":"%s","finished":"%s","bytes":%d,"sha256":"%s","plan":"%s"}\n' \
    "${copy}" "$1" "$2" "${began}" "${ended}" "$3" "$4" "${MUSTER_PLAN_HASH}"
}

# Makes the copy of one dataset.
make_copy() {
  local data=$1 folder="${work}/$1" began=${EPOCHSECONDS} file bytes sum
  if [[ ! -e "${work}/stamp" ]]; then
    mkdir -p "${work}"
    TZ=UTC0 printf '%(%Y%m%dT%H%M%SZ)T' -1 >"${work}/stamp"
  fi
  mkdir -p "${folder}"
  dump "${data}" "${folder}/part"
  [[ -s "${folder}/part" ]] || fail "the copy of ${data} is empty"
  check_dump "${folder}/part"
  encrypt "${folder}/part"
  sum=$(sha256_of "${folder}/part")
  # Two runs that start in one second differ in what they hold, or it does not matter which of them is kept.
  file="$(<"${work}/stamp").${sum:0:8}${suffix}"
  mv "${folder}/part" "${folder}/${file}"
  printf '%s' "${file}" >"${folder}/name"
  bytes=$(stat -c %s "${folder}/${file}")
  printf '%s  %s\n' "${sum}" "${file}" >"${folder}/${file}.sha256"
  catalogue_entry "${data}" "${file}" "${bytes}" "${sum}" "${began}" >"${folder}/${file}.json"
  log "${file} of ${data}: ${bytes} bytes"
}

# Takes the copies of all datasets to one store; the catalogue's entry comes last, so that what it lists is whole.
store_copies() {
  local path file data folder sum
  for path in "${work}"/*/; do
    data=${path%/}
    data=${data##*/}
    file=$(<"${path}name")
    folder="${prefix}${copy}/${data}/"
    put "${kind}" "${place}" "${folder}${file}" "${path}${file}"
    sum=$(stored_sha256 "${kind}" "${place}" "${folder}${file}")
    [[ "$(<"${path}${file}.sha256")" == "${sum}  ${file}" ]] ||
      fail "what was read back from ${place}/${folder}${file} is not what was stored"
    put "${kind}" "${place}" "${folder}${file}.sha256" "${path}${file}.sha256"
    put "${kind}" "${place}" "${folder}${file}.json" "${path}${file}.json"
    log "stored and read back: ${place}/${folder}${file}"
    prune "${kind}" "${place}" "${folder}" "${file}"
  done
}

case "$1" in
make)
  choose_data "$2"
  make_copy "$2"
  ;;
store)
  choose_store "$2"
  store_copies
  ;;
*) fail "usage: $0 make DATA | store STORE" ;;
esac

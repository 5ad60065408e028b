# The names in a folder of a store: list_names KIND PLACE FOLDER/
list_names() {
  local found name
  case "$1" in
  s3) found=$(aws s3api list-objects-v2 --bucket "$2" --prefix "$3" --query 'Contents[].[Key]' --output text) ;;
  gcs) found=$(google ls "gs://$2/$3") ;;
  *) found=$(printf '%s\n' "$2/$3"*) ;;
  esac
  found=$(sort <<<"${found}")
  while read -r name; do printf '%s\n' "${name##*/}"; done <<<"${found}"
}

# Removes what was shipped longer ago than the plan keeps it, but nothing that the newest base backup needs, and not the newest run. Files of
# the history of timelines are small, few, and needed by all that comes later: they stay. The entry goes last, so that a run that
# was removed in part is removed whole by the next.
forget_log() {
  local kind=$1 place=$2 folder=$3 names entry oldest newest last
  local -a whole=() unfinished=()
  if [[ -z "${keep_for}" ]]; then return; fi
  TZ=UTC0 printf -v oldest '%(%Y%m%dT%H%M%SZ)T' "$((EPOCHSECONDS - keep_for))"
  if [[ -n "${base}" ]]; then
    list_runs "${kind}" "${place}" "${prefix}${base}/$4/"
    if ((${#whole[@]} == 0)); then
      log "no base backup is in ${place}/${prefix}${base}/$4/: nothing of the log is removed"
      return
    fi
    newest=${whole[-1]%%.*}
    if [[ "${newest}" < "${oldest}" ]]; then oldest=${newest}; fi
  fi
  names=$(list_names "${kind}" "${place}" "${folder}runs/")
  last=${names##*$'\n'}
  while read -r entry; do
    if [[ "${entry}" != *.json || "${entry}" == "${last}" || ! "${entry%.json}" < "${oldest}" ]]; then continue; fi
    forget_run "${kind}" "${place}" "${folder}" "${entry}"
  done <<<"${names}"
}

# forget_run KIND PLACE FOLDER/ ENTRY
forget_run() {
  local names name
  get "$1" "$2" "$3runs/$4" "${work}/old"
  names=$(grep -o '"file":"[^"]*"' "${work}/old" | cut -d '"' -f 4)
  while read -r name; do
    if [[ "${name}" != *.history* ]]; then discard "$1" "$2" "$3${name}"; fi
  done <<<"${names}"
  discard "$1" "$2" "$3runs/$4"
  log "removed from ${2}/$3 what the plan no longer keeps: the run ${4%.json}"
}

# A drill restores into a namespace of its own, never into production, and says what it left to people.
work=$(mktemp -d)
problems=0
rehearsed=0
began=${EPOCHSECONDS}

kube() {
  if [[ -n "${context}" ]]; then kubectl --context "${context}" --namespace "${namespace}" "$@"; else kubectl --namespace "${namespace}" "$@"; fi
}

prepare_namespace() {
  local found
  need kubectl
  found=$(kube get namespace "${namespace}" --ignore-not-found --output name)
  if [[ -n "${found}" ]]; then return; fi
  log "creating the namespace ${namespace}"
  kube create namespace "${namespace}"
  touch "${work}/made_namespace"
  kube label namespace "${namespace}" pod-security.kubernetes.io/enforce=restricted
}

# Takes away what the drill made, and nothing else, however it ended.
clean_up() {
  local status=$? pod
  trap - EXIT
  set +e
  if [[ -e "${work}/pods" ]]; then
    while read -r pod; do kube delete pod "${pod}" --ignore-not-found --wait=false; done <"${work}/pods"
  fi
  if [[ -e "${work}/made_namespace" ]]; then kube delete namespace "${namespace}" --wait=false; fi
  rm -rf "${work}"
  exit "${status}"
}

# Starts the pod of the manifest on standard input and waits for it: start_pod NAME
start_pod() {
  kube create --filename=-
  printf '%s\n' "$1" >>"${work}/pods"
  kube wait --for=condition=Ready "pod/$1" --timeout=300s
}

# Holds if the first value that the query gives is there and is neither false nor 0: check_sql POD SQL
check_sql() {
  local value
  value=$(kube exec --stdin "$1" -- psql --username=postgres --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 <<<"$2")
  value=${value%%[$'\n\t|']*}
  [[ -n "${value}" && "${value}" != f && "${value}" != false && "${value}" != 0 ]] || fail "this does not hold: $2"
  log "this holds: $2"
}

load_postgres() {
  kube exec --stdin "$1" -- pg_restore --username=postgres --dbname=postgres --no-owner --no-privileges --exit-on-error <"${plain}"
}

unpack_files() {
  local names
  names=$(tar -tzf "${plain}")
  [[ -n "${names}" ]] || fail "the archive is empty"
  mkdir "${work}/unpacked"
  tar -xzf "${plain}" -C "${work}/unpacked"
  rm -rf "${work}/unpacked"
}

# The age of the backup that was fetched, by the time in its name, in seconds.
note_age() {
  local stamp=${file##*/} made
  stamp="${stamp:0:4}-${stamp:4:2}-${stamp:6:2} ${stamp:9:2}:${stamp:11:2}:${stamp:13:2}"
  made=$(date -u -d "${stamp}" +%s)
  printf '%d' "$((began - made))" >"${work}/age"
}

# Runs one rehearsal, measures it, and goes on whatever comes of it: rehearse FUNCTION NAME PLANNED RTO RPO
# Times are in seconds; - stands for one that the plan does not say.
rehearse() {
  local started=${EPOCHSECONDS} status took age=- result=passed
  rehearsed=$((rehearsed + 1))
  rm -f "${work}/age"
  set +e
  (
    set -e
    "$1"
  )
  status=$?
  set -e
  took=$((EPOCHSECONDS - started))
  if [[ -e "${work}/age" ]]; then age=$(<"${work}/age"); fi
  if ((status != 0)); then
    result=failed
  elif [[ "$4" != - ]] && ((took > $4)); then
    result=rto-missed
  elif [[ "$5" != - && "${age}" != - ]] && ((age > $5)); then
    result=rpo-missed
  fi
  if [[ "${result}" != passed ]]; then problems=$((problems + 1)); fi
  log "$2: ${result}; took ${took}s, planned $3s, RTO $4s; the backup was ${age}s old, RPO $5s"
  printf '{"restore":"%s","result":"%s","took_s":%s,"planned_s":%s,"rto_s":%s,"age_s":%s,"rpo_s":%s}\n' \
    "$2" "${result}" "${took}" "${3/#-/null}" "${4/#-/null}" "${age/#-/null}" "${5/#-/null}" >>"${work}/report"
}

finish() {
  local result=passed report=${MUSTER_REPORT-}
  if ((rehearsed == 0)); then result=by-hand; fi
  if ((problems > 0)); then result=failed; fi
  printf '{"drill":"%s","plan":"%s","result":"%s","took_s":%d,"restores":%d,"problems":%d,"by_hand":%d}\n' \
    "${drill}" "${plan_hash}" "${result}" "$((EPOCHSECONDS - began))" "${rehearsed}" "${problems}" "${by_hand}" >>"${work}/report"
  if [[ -n "${report}" ]]; then cp "${work}/report" "${report}"; fi
  cat "${work}/report"
  if ((problems > 0)); then exit 1; fi
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

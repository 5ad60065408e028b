# Copies are restored into a pod in a namespace for drills; or into a database of a server for drills, whose connection, as psql takes it,
# is $MUSTER_SCRATCH.
base_where=()

kube() {
  if [[ -n "${context}" ]]; then kubectl --context "${context}" --namespace "${namespace}" "$@"; else kubectl --namespace "${namespace}" "$@"; fi
}

# Gives back what restores were made into.
leave_place() {
  local pod
  if [[ -e "${work}/pods" ]]; then
    while read -r pod; do kube delete pod "${pod}" --ignore-not-found --wait=false; done <"${work}/pods"
  fi
  if [[ -e "${work}/prepared" ]]; then remove_namespace; fi
  if [[ -e "${work}/base/postmaster.pid" ]]; then pg_ctl stop --silent --mode=immediate --pgdata="${work}/base"; fi
  if [[ -e "${work}/database" ]]; then drop_database; fi
}

# Prints the namespace as NAME|PLAN|ENDS|PHASE: whose drills it is for, and whether a drill made it. Nothing where it is not there.
describe_namespace() {
  local labels='{.metadata.labels.muster/drills-of}|{.metadata.labels.muster/ends-with-drill}'
  kube get namespace "${namespace}" --ignore-not-found --output "jsonpath={.metadata.name}|${labels}|{.status.phase}"
}

# With its labels from the first moment, so that a drill that is killed leaves one that the next knows.
make_namespace() {
  log "creating the namespace ${namespace}"
  kube create --filename=- <<END_OF_NAMESPACE
{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "${namespace}", "labels": {"muster/drills-of": "${drills_of}",
 "muster/ends-with-drill": "true", "pod-security.kubernetes.io/enforce": "restricted"}}}
END_OF_NAMESPACE
}

# Nothing is touched in a namespace that was not made for the drills of this plan, or that others use.
require_own_namespace() {
  local found name owner phase others
  found=$(describe_namespace)
  IFS='|' read -r name owner _ phase <<<"${found}"
  if [[ -z "${name}" ]]; then
    make_namespace
    return
  fi
  [[ "${owner}" == "${drills_of}" ]] ||
    fail "the namespace ${namespace} was not made for drills of ${drills_of}: nothing in it is touched. Name another in the plan"
  [[ "${phase}" == Active ]] || fail "the namespace ${namespace} is being removed: try again in some minutes"
  others=$(kube get pods --selector '!muster/drills-of' --output name)
  [[ -z "${others}" ]] || fail "the namespace ${namespace} is used for other things, such as ${others%%$'\n'*}: nothing in it is touched"
  others=$(kube get pods --selector "muster/drills-of=${drills_of}" --field-selector 'status.phase!=Succeeded,status.phase!=Failed' --output name)
  [[ -z "${others}" ]] ||
    fail "a drill is going on in ${namespace}, or was killed: ${others%%$'\n'*} ends by itself; or: kubectl delete --namespace ${namespace} ${others//$'\n'/ }"
  kube delete pods --selector "muster/drills-of=${drills_of}"
}

# Removes the namespace if a drill made it, by what it says of itself now.
remove_namespace() {
  local found owner ends
  found=$(describe_namespace)
  IFS='|' read -r _ owner ends _ <<<"${found}"
  if [[ "${owner}" == "${drills_of}" && "${ends}" == true ]]; then kube delete namespace "${namespace}" --wait=false; fi
}

prepare_namespace() {
  if [[ -n "${MUSTER_SCRATCH-}" ]]; then
    make_database
    return
  fi
  if [[ -e "${work}/prepared" ]]; then return; fi
  need kubectl
  [[ -z "${production}" ]] || fail "the plan runs ${production} in the namespace ${namespace}: a drill needs one of its own"
  require_own_namespace
  touch "${work}/prepared"
}

# Starts the pod of the manifest on standard input and waits for it: start_pod NAME
start_pod() {
  kube create --filename=-
  printf '%s\n' "$1" >>"${work}/pods"
  kube wait --for=condition=Ready "pod/$1" --timeout=300s
}

# psql on the scratch database, with more arguments: scratch_psql POD ARGUMENTS...
scratch_psql() {
  local pod=$1 quiet=(--no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1)
  shift
  if [[ -e "${work}/base" ]]; then
    psql --host="${work}" --username="${PGUSER:-postgres}" --dbname="${base_database:-postgres}" "${quiet[@]}" "$@"
  elif [[ -n "${MUSTER_SCRATCH-}" ]]; then
    psql --dbname="${connection}" "${quiet[@]}" "$@"
  else
    kube exec --stdin "${pod}" -- psql --username=postgres "${base_where[@]}" "${quiet[@]}" "$@"
  fi
}

# Holds if the first value that the query gives is there and is neither false nor 0: check_sql POD SQL
check_sql() {
  local value
  value=$(scratch_psql "$1" <<<"$2")
  value=${value%%[$'\n\t|']*}
  [[ -n "${value}" && "${value}" != f && "${value}" != false && "${value}" != 0 ]] || fail "this does not hold: $2"
  log "this holds: $2"
  printf 'held\n' >>"${work}/held"
}

load_postgres() {
  if [[ -n "${MUSTER_SCRATCH-}" ]]; then
    need pg_restore
    pg_restore --dbname="${connection}" --no-owner --no-privileges --exit-on-error "${plain}"
  else
    kube exec --stdin "$1" -- pg_restore --username=postgres --dbname=postgres --no-owner --no-privileges --exit-on-error <"${plain}"
  fi
}

unpack_files() {
  local names
  names=$(tar -tzf "${plain}")
  [[ -n "${names}" ]] || fail "the archive is empty"
  mkdir "${work}/unpacked"
  tar -xzf "${plain}" -C "${work}/unpacked"
  rm -rf "${work}/unpacked"
}

# The age of the backup that was fetched, by the time in its name, in milliseconds.
note_age() {
  local stamp=${file##*/} made
  stamp="${stamp:0:4}-${stamp:4:2}-${stamp:6:2} ${stamp:9:2}:${stamp:11:2}:${stamp:13:2}"
  made=$(date -u -d "${stamp}" +%s)
  read_clock
  printf '%d' "$((now_ms - made * 1000))" >"${work}/age"
}

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

# What the steps' actions and checks are made of. All of it runs in the shell of its step, where errors end the step.

check_http() {
  curl --fail --silent --show-error --location --proto '=http,https' --max-time 10 --output /dev/null --url "$1"
}

# $1 is HOST:PORT.
check_tcp() {
  timeout 10 bash -c 'exec 3<>"/dev/tcp/$1/$2"' _ "${1%:*}" "${1##*:}"
}

# Runs a client of PostgreSQL, its name and arguments from $4 on, in a pod: $1 context, $2 namespace, $3 workload.
postgres_in() {
  local context=$1 namespace=$2 workload=$3
  shift 3
  kubectl ${context:+"--context=${context}"} ${namespace:+"--namespace=${namespace}"} exec --stdin "${workload}" -- \
    sh -c 'exec "$0" --username="${POSTGRES_USER:-postgres}" --dbname="${POSTGRES_DB:-${POSTGRES_USER:-postgres}}" "$@"' "$@"
}

# The same from here, with the connection string in the variable $1.
postgres_at() {
  local connection=${!1:?is to be a connection string}
  shift
  "$@" --no-password --dbname="${connection}"
}

# Runs the SQL $1 by what follows it, `postgres_in` or `postgres_at` with their arguments. Holds if the first value is
# there and neither false nor 0.
check_sql() {
  local sql=$1 value
  shift
  value=$("$@" psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 <<<"${sql}")
  printf '%s\n' "${value}"
  value=${value%%[$'\n\t|']*}
  [[ -n "${value}" && "${value}" != f && "${value}" != false && "${value}" != 0 ]]
}

# Holds if the query finds something.
check_promql() {
  local found
  found=$(curl --fail --silent --show-error --max-time 10 --get --data-urlencode "query=$1" --url "${MUSTER_PROMETHEUS:?is to be the address of Prometheus}/api/v1/query")
  printf '%s\n' "${found}"
  [[ "${found}" == *'"status":"success"'* && "${found}" != *'"result":[]'* ]]
}

# Prints the first value of the result of the SQL $1, by what follows it.
sql_value() {
  local sql=$1 value
  shift
  value=$("$@" psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 <<<"${sql}")
  printf '%s' "${value%%$'\n'*}"
}

# Notes to which moment data $1 has been brought back: that of the copy in `folder`, or $2.
note_recovered() {
  local time=${2-}
  if [[ -z "${time}" && -s "${folder-}/taken" ]]; then time=$(<"${folder}/taken"); fi
  if [[ -n "${time}" ]]; then printf 'recovered\t%s\t%s\n' "$1" "${time}" >>"${MUSTER_FACTS:-/dev/null}"; fi
}

# Makes a standby the primary, where it is not one already, and notes to which moment it had followed. After the data come the
# words of its client.
promote_postgres() {
  local data=$1 last
  shift
  last=$(sql_value "SELECT to_char(pg_last_xact_replay_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')" "$@")
  check_sql 'SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, 60) ELSE true END' "$@"
  note_recovered "${data}" "${last}"
}

# Sets `text` to the text $1 of a message with what is known now in place of `{elapsed}`, `{next}` and the like.
fill_in() {
  text=$1
  text=${text//\{elapsed\}/"${MUSTER_ELAPSED-}"}
  text=${text//\{next\}/"${MUSTER_NEXT-}"}
  text=${text//\{scenario\}/"${scenario_title:-${scenario}}"}
  text=${text//\{step\}/"${MUSTER_STEP-}"}
  text=${text//\{site\}/"${MUSTER_SITE-}"}
  text=${text//\{state\}/"${MUSTER_STATE-under way}"}
}

# Posts the text $2 to the address in the variable $1, where it is set; else a person sends what the screen shows.
post_message() {
  local json text address
  fill_in "$2"
  if [[ -z "${!1-}" ]]; then
    printf '%s is not set: this has to be sent by hand:\n%s\n' "$1" "${text}"
    return 0
  fi
  json_string "${text}"
  # The address is a secret: no list of processes shows it.
  address=${!1//\\/\\\\}
  curl --fail --silent --show-error --max-time 30 --header 'Content-Type: application/json' --data-binary @- \
    --config <(printf 'url = "%s"\n' "${address//\"/\\\"}" || true) <<<"{\"text\":${json}}"
  printf '\nSent to the address in %s:\n%s\n' "$1" "${text}"
}

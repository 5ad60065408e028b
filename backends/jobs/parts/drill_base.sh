# A whole server from a base backup: start_base POD. Who may connect in production is no matter here, and nothing is archived.
start_base() {
  local options="-c listen_addresses='' -c fsync=off -c archive_mode=off -c shared_preload_libraries=''"
  if [[ -n "${MUSTER_SCRATCH-}" ]]; then
    start_base_here "${options}"
  else
    kube exec --stdin "$1" -- sh -c 'mkdir -m 700 /tmp/base && tar -xzf - -C /tmp/base' <"${plain}"
    kube exec "$1" -- sh -c 'echo "local all all trust" >/tmp/base/pg_hba.conf && pg_ctl start --wait --silent --pgdata=/tmp/base --log=/tmp/base.log --options="$1"' \
      sh "${options} -c port=5433 -c unix_socket_directories=/tmp"
    base_where=(--host=/tmp --port=5433)
  fi
  find_base_database "$1"
}

start_base_here() {
  need pg_ctl
  rm -rf "${work}/base"
  mkdir -m 700 "${work}/base"
  tar -xzf "${plain}" -C "${work}/base"
  printf 'local all all trust\n' >"${work}/base/pg_hba.conf"
  pg_ctl start --wait --silent --pgdata="${work}/base" --log="${work}/base.log" --options="$1 -c unix_socket_directories=${work}"
}

# The checks are about the database that holds most, unless PGDATABASE names another.
find_base_database() {
  local query="SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname = 'postgres', pg_database_size(oid) DESC LIMIT 1"
  base_database=postgres
  base_database=${PGDATABASE:-$(scratch_psql "$1" --command="${query}")}
  if [[ ! -e "${work}/base" ]]; then base_where+=("--dbname=${base_database}"); fi
}

stop_base() {
  if [[ -e "${work}/base" ]]; then
    pg_ctl stop --silent --mode=immediate --pgdata="${work}/base"
    rm -rf "${work}/base"
  fi
}

# A server of its own, without a network, that goes with the container.
start_postgres() {
  need initdb pg_ctl psql
  unset PGPASSWORD PGPORT
  export PGHOST=/tmp PGUSER="${PGUSER:-postgres}" PGDATA=/tmp/pgdata
  if [[ ! -e "${PGDATA}/PG_VERSION" ]]; then initdb --username="${PGUSER}" --auth=trust --no-sync >/dev/null; fi
  pg_ctl start --wait --silent --log=/tmp/postgres.log --options="-c listen_addresses='' -c unix_socket_directories=/tmp -c fsync=off -c archive_mode=off"
}

# Holds if the first value that the query gives is there and is neither false nor 0.
check_sql() {
  local value
  value=$(psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 <<<"$1")
  value=${value%%[$'\n\t|']*}
  [[ -n "${value}" && "${value}" != f && "${value}" != false && "${value}" != 0 ]] || fail "this does not hold: $1"
}

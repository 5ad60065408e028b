# A database of its own on a server for drills. Its comment says whose it is, so that a drill that was killed leaves one that the next knows.
# Sets `connection` to that of this database on the server. The database of an address is its path.
set_connection() {
  local rest=${MUSTER_SCRATCH#*://} query=''
  connection="${MUSTER_SCRATCH} dbname=${database}"
  if [[ "${MUSTER_SCRATCH}" == *://* ]]; then
    if [[ "${rest}" == *\?* ]]; then query="?${rest#*\?}"; fi
    rest=${rest%%\?*}
    connection="${MUSTER_SCRATCH%%://*}://${rest%%/*}/${database}${query}"
  fi
}

server_psql() {
  psql --dbname="${MUSTER_SCRATCH}" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@"
}

make_database() {
  local owner busy
  set_connection
  if [[ -e "${work}/database" ]]; then drop_database; fi
  need psql
  owner=$(server_psql --command="SELECT coalesce(shobj_description(oid, 'pg_database'), 'nobody') FROM pg_database WHERE datname = '${database}'")
  if [[ -n "${owner}" ]]; then
    [[ "${owner}" == "drills of ${drills_of}" ]] || fail "the database ${database} was not made for drills of ${drills_of}: nothing in it is touched"
    busy=$(server_psql --command="SELECT count(*) FROM pg_stat_activity WHERE datname = '${database}'")
    ((busy == 0)) || fail "a drill is going on in the database ${database}: wait for its end"
    log "taking away the database that a drill which was killed has left"
    server_psql --command="DROP DATABASE ${database}"
  fi
  log "creating the database ${database}"
  server_psql --command="CREATE DATABASE ${database}"
  touch "${work}/database"
  server_psql --command="COMMENT ON DATABASE ${database} IS 'drills of ${drills_of}'"
}

drop_database() {
  server_psql --command="DROP DATABASE IF EXISTS ${database} WITH (FORCE)"
  rm -f "${work}/database"
}

dump() {
  need pg_dump pg_restore
  export PGHOST="${PGHOST:-${host}}"
  log "dumping the database ${PGDATABASE:?is to name the database of $1}"
  pg_dump --format=custom --no-password --file="$2"
}

check_dump() {
  pg_restore --list "$1" >/dev/null
}

dump() {
  need pg_basebackup tar
  export PGHOST="${PGHOST:-${host}}"
  log "taking a base backup for $1"
  pg_basebackup --pgdata=- --format=tar --wal-method=fetch --checkpoint=fast --no-password | gzip >"$2"
}

check_dump() {
  tar -tzf "$1" >/dev/null
}

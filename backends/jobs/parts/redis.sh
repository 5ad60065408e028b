# redis-cli asks for a snapshot as a replica does, and reads its password from $REDISCLI_AUTH.
dump() {
  need redis-cli redis-check-rdb
  log "taking a snapshot of $1"
  redis-cli -h "${REDIS_HOST:-${host}}" -p "${REDIS_PORT:-6379}" --rdb "$2" >&2
}

check_dump() {
  redis-check-rdb "$1" >&2
}

# All databases of a replica set, with the operations during the dump, so that it is as of one moment.
dump() {
  need mongodump gzip
  log "dumping $1"
  (
    umask 077
    printf 'uri: "%s"\n' "${MUSTER_MONGO_URI:?is to be the connection string of $1, without a database}" >/tmp/mongodump.yaml
  )
  mongodump --config=/tmp/mongodump.yaml --oplog --gzip --archive="$2"
}

# An archive begins with a number of its own; a cut one is no whole gzip.
check_dump() {
  local magic
  gzip -t "$1"
  magic=$(gzip -dc "$1" 2>/dev/null | head -c 4 | od -An -tx1 || true)
  [[ "${magic}" == ' 6d e2 99 81' ]] || fail "what mongodump wrote is no archive"
}

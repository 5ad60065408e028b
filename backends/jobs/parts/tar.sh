dump() {
  need tar gzip
  log "packing $1"
  ((${#files[@]} > 0)) || fail "the plan does not say which files $1 is"
  tar -czf "$2" -C / -- "${files[@]}"
}

check_dump() {
  tar -tzf "$1" >/dev/null
}

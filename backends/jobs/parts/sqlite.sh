# Each database by SQLite's own online backup, which waits for those that write; then all of them in one archive.
dump() {
  local file
  need python3 tar gzip
  ((${#files[@]} > 0)) || fail "the plan does not say which files $1 is"
  log "copying $1"
  for file in "${files[@]}"; do
    mkdir -p "/tmp/sqlite/${file%/*}"
    python3 - "/${file}" "/tmp/sqlite/${file}" <<'END_OF_PYTHON'
import pathlib, sqlite3, sys

source = sqlite3.connect(pathlib.Path(sys.argv[1]).as_uri() + "?mode=rw", uri=True, timeout=60)
copy = sqlite3.connect(sys.argv[2])
with copy:
    source.backup(copy)
answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
if answer != "ok":
    sys.exit(f"{sys.argv[1]} is damaged: {answer}")
END_OF_PYTHON
  done
  tar -czf "$2" -C /tmp/sqlite -- "${files[@]}"
}

check_dump() {
  tar -tzf "$1" >/dev/null
}

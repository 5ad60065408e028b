restore() {
  local names file
  local -a files
  need python3 tar
  export MUSTER_RESTORED=/tmp/restored
  mkdir -p "${MUSTER_RESTORED}"
  names=$(tar -tzf "$1")
  mapfile -t files <<<"${names}"
  tar -xzf "$1" -C "${MUSTER_RESTORED}"
  for file in "${files[@]}"; do query_sqlite "${MUSTER_RESTORED}/${file}" 'PRAGMA quick_check' >/dev/null; done
  check_content
}

# Prints the first value that the query gives: query_sqlite FILE SQL
query_sqlite() {
  python3 - "$1" "$2" <<'END_OF_PYTHON'
import pathlib, sqlite3, sys

row = sqlite3.connect(pathlib.Path(sys.argv[1]).as_uri() + "?mode=ro", uri=True).execute(sys.argv[2]).fetchone()
print("" if row is None or row[0] is None else row[0])
END_OF_PYTHON
}

# Holds if the first value that the query gives in the first database is there and is neither false nor 0.
check_sql() {
  local value
  value=$(query_sqlite "${MUSTER_RESTORED}/${files[0]}" "$1")
  [[ -n "${value}" && "${value}" != false && "${value}" != 0 ]] || fail "this does not hold: $1"
}

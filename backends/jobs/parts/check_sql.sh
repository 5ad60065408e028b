need psql
export PGHOST="${PGHOST:-${host}}"
value=$(psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 <<<"${query}")
value=${value%%[$'\n\t|']*}
[[ -n "${value}" && "${value}" != f && "${value}" != false && "${value}" != 0 ]] || fail "this does not hold: ${query}"
log "this holds: ${query}"

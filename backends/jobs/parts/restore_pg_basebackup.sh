restore() {
  export PGDATA=/tmp/pgdata
  mkdir -p "${PGDATA}"
  chmod 700 "${PGDATA}"
  tar -xzf "$1" -C "${PGDATA}"
  # Who may connect in production is no matter here.
  printf 'local all all trust\n' >"${PGDATA}/pg_hba.conf"
  start_postgres
  check_content
  pg_ctl stop --silent --mode=immediate
}

restore() {
  start_postgres
  dropdb --if-exists scratch
  createdb scratch
  export PGDATABASE=scratch
  pg_restore --no-owner --no-privileges --exit-on-error --dbname=scratch "$1"
  check_content
  pg_ctl stop --silent --mode=immediate
}

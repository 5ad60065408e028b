#!/usr/bin/env bash
# Restores a real PostgreSQL from an encrypted dump in a folder, through a runbook. kubectl is played by a script that runs
# the command of `exec` here. Exits with 77 (skipped) where PostgreSQL or gpg is not installed.
# shellcheck disable=SC2016  # what is meant for a runbook stays in single quotes here
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=example.sh
source "${here}/example.sh"
binaries=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
if [[ -z "${binaries}" ]] || ! command -v gpg >/dev/null; then
  printf 'PostgreSQL or gpg is not installed: skipped.\n'
  exit 77
fi
work=$(mktemp -d)
finish() {
  as_user "${binaries}/pg_ctl" -D "${work}/data" -m immediate stop >/dev/null 2>&1 || true
  gpgconf --kill all 2>/dev/null || true
  rm -rf "${work}"
}
trap finish EXIT

# PostgreSQL refuses to run as root.
as_user() {
  if ((EUID == 0)); then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi
}

start_postgres() {
  mkdir "${work}/data" "${work}/socket"
  if ((EUID == 0)); then chown nobody "${work}/data" "${work}/socket" && chmod 755 "${work}"; fi
  as_user "${binaries}/initdb" -D "${work}/data" -U postgres --auth=trust >/dev/null
  as_user "${binaries}/pg_ctl" -D "${work}/data" -w -l "${work}/data/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='${work}/socket'" start >/dev/null
}

sql() {
  psql -XqtA -U postgres -d postgres -c "$1"
}

# back_up NAME TIME: a dump of what is there now, encrypted, with its checksum, as if it was written at TIME.
back_up() {
  local file="${work}/store/nightly/orders/$1"
  pg_dump -U postgres -Fc postgres | gpg --batch --quiet --trust-model always --recipient backup --encrypt --output "${file}"
  sha256sum "${file}" >"${file}.sha256"
  touch -d "$2" "${file}"
}

expect() {
  if [[ "$2" != "$3" ]]; then
    printf 'FAILED %s: expected %s, got %s\n' "$1" "$2" "$3" >&2
    cat "${work}/log" >&2
    exit 1
  fi
}

start_postgres
export PGHOST="${work}/socket" GNUPGHOME="${work}/keys" PATH="${binaries}:${work}/bin:${PATH}"
mkdir -p "${work}/bin" "${work}/store/nightly/orders"
mkdir -m 700 "${work}/keys"
gpg --batch --quiet --passphrase '' --quick-generate-key backup default default never 2>/dev/null
cat >"${work}/bin/kubectl" <<'END'
#!/usr/bin/env bash
printf '%s\n' "$*" >>"$(dirname "$0")/calls"
while [[ "$1" != -- ]]; do shift; done
shift
exec "$@"
END
chmod +x "${work}/bin/kubectl"

sql 'CREATE TABLE orders (id int); INSERT INTO orders VALUES (1), (2), (3)'
back_up good 2026-11-01T02:00:00Z
sql 'DELETE FROM orders'
back_up tainted 2026-11-02T02:00:00Z

cd "${work}"
write_runbook runbook.sh <<END
questions=('MUSTER_TARGET_TIME')
question_texts=('To which moment?')
step_count=1

step_1() {
  step=([name]='shop.three')
}
step_1_action() {
  make_folder
  file=\$(fetch_backup folder '${work}/store' 'nightly/orders/' "\${folder}")
  file=\$(unpack_backup "\${file}" 'gpg')
  load_postgres "\${file}" postgres_in 'prod' 'shop' 'statefulset/db'
}
step_1_verify() {
  check_sql 'SELECT count(*) > 0 FROM orders' postgres_in 'prod' 'shop' 'statefulset/db'
}
END

run() {
  rm -rf state
  status=0
  MUSTER_TARGET_TIME=$1 bash runbook.sh --no-input >log 2>&1 || status=$?
}

run 2026-11-02T00:00:00Z
expect 'restored from before the damage' 0 "${status}"
expect 'what is there' 3 "$(sql 'SELECT count(*) FROM orders')"
expect 'by the context of the plan' '--context=prod --namespace=shop exec --stdin statefulset/db' "$(head -n 1 bin/calls | cut -d ' ' -f 1-5)"
run 2026-11-03T00:00:00Z
expect 'the newest is empty, and its check says so' 1 "${status}"
run 2026-10-01T00:00:00Z
expect 'nothing is old enough' 1 "${status}"
expect 'and nothing was touched' 0 "$(sql 'SELECT count(*) FROM orders')"
run "2026'; rm"
expect 'a time that is none' 2 "${status}"
printf x >>store/nightly/orders/good
touch -d 2026-11-01T02:00:00Z store/nightly/orders/good
run 2026-11-02T00:00:00Z
expect 'a damaged backup is not loaded' 1 "${status}"
rm store/nightly/orders/good.sha256
run 2026-11-02T00:00:00Z
expect 'without a checksum that is said' 1 "$(cat state/*/output/*action* | grep -c 'no checksum beside it')"
# gsutil is played by a script for which a bucket is the folder of its name.
cat >bin/gsutil <<'END'
#!/usr/bin/env bash
words=()
for word in "$@"; do words+=("${word/#gs:\/\//${0%/*}/../}"); done
set -- "${words[@]}"
case "$1" in
ls) TZ=UTC0 find "$3" -type f -printf '  %s  %TY-%Tm-%TdT%TH:%TM:%.2TSZ  gs://store/nightly/orders/%f\n' && printf 'TOTAL: 2 objects, 9 bytes (9 B)\n' ;;
-q) cp "$3" "$4" ;;
esac
END
chmod +x bin/gsutil
sed -i "s|fetch_backup folder '${work}/store'|fetch_backup gcs 'store'|" runbook.sh
truncate -s -1 store/nightly/orders/good
touch -d 2026-11-01T02:00:00Z store/nightly/orders/good
sql 'DELETE FROM orders'
run 2026-11-02T00:00:00Z
expect 'restored from a bucket of Google' 0 "${status}"
expect 'what is there' 3 "$(sql 'SELECT count(*) FROM orders')"
expect 'nothing stays in the temporary folder' '' "$(find "${TMPDIR:-/tmp}" -maxdepth 2 -name 'good*' -newer runbook.sh 2>/dev/null)"
printf 'Restored from the right backup; the wrong ones were refused.\n'

#!/usr/bin/env bash
# Runs generated backups, verifications and drills for real: with PostgreSQL, gpg, a folder as a volume, and scripts that play
# aws and kubectl. $MUSTER is the binary. Exits with 77 (skipped) where PostgreSQL or gpg is not installed.
# shellcheck disable=SC2016,SC2312  # what is meant for others stays in single quotes; what a check prints is checked
set -uo pipefail

binaries=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
if [[ -z "${binaries}" ]] || ! command -v gpg >/dev/null; then
  printf 'PostgreSQL or gpg is not installed: skipped.\n'
  exit 77
fi

# PostgreSQL refuses to run as root, and so does this.
if ((EUID == 0)); then
  exec setpriv --reuid=nobody --regid=nogroup --clear-groups env MUSTER="${MUSTER:?is to be the binary}" bash "$0" "$@"
fi

work=$(mktemp -d)
cd "${work}" || exit 1
finish() {
  "${binaries}/pg_ctl" -D "${work}/server" -m immediate stop >/dev/null 2>&1
  gpgconf --homedir "${work}/keys" --kill all 2>/dev/null
  gpgconf --homedir "${work}/tmp/gnupg" --kill all 2>/dev/null
  rm -rf "${work}"
}
trap finish EXIT
passed=0
failed=0

is() {
  if [[ "$2" == "$3" ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s: expected %s, got %s\n' "$1" "$2" "$3" >&2
    tail -n 20 "${work}/log" >&2
  fi
}

write_plan() {
  cat >plan.drp <<'END'
plan shop { timezone "UTC" }
site main { cluster "main" }
service db { workload statefulset/db in shop; engine postgres 15; at main active }
data orders { in db; size 1GB; restores at 10MB/s }
data papers { files "PAPERS"; size 1GB; restores at 10MB/s }
store shelf { volume "/shelf"; at main; rate 100MB/s }
store vault { s3 "bucket/shop"; rate 100MB/s }
backup nightly of orders {
  with pg_dump; every day at 02:00; takes 1m; upload 1m; to shelf, vault; keep 7d in shelf, forever in vault
  encrypt gpg key "backup@example.com"
  verify { every week; by restore; check sql "SELECT count(*) = 3 FROM orders" }
  verify { every day; by listing }
}
backup packed of papers { with tar; every day at 03:00; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check run "test -e \"$MUSTER_RESTORED\"/papers/a" } }
backup base of orders { with pg_basebackup; every day at 01:00; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check sql "SELECT count(*) = 2 FROM orders" } }
backup ours of papers { every day; takes 1m; upload 1m; to vault; using "echo it is $MUSTER_NAMESPACE in $MUSTER_SITE >own" }
drill monthly { exercises backup nightly of orders; exercises backup packed; every first monday at 10:00; in namespace scratch; expects rto, rpo }
END
}

# The scripts of all ConfigMaps, each in a file of its own, with the paths of a container below the folder of this test.
unpack_scripts() {
  python3 - <<'END'
import glob, yaml
for path in glob.glob("out/kubernetes/main/*.yaml"):
    for document in yaml.safe_load_all(open(path)):
        if document["kind"] == "ConfigMap":
            for name, text in document["data"].items():
                open(document["metadata"]["name"] + "." + name, "w").write(text)
END
  sed -i "s|/tmp\b|${work}/tmp|g; s|/muster/own.sh|${work}/backup-ours-papers.own.sh|; s|place='/shelf'|place='${work}/shelf'|; s|'shelf' '/shelf'|'shelf' '${work}/shelf'|; s|folder' '/shelf'|folder' '${work}/shelf'|; s|PAPERS|${work#/}/papers|" ./*.run.sh
}

write_players() {
  mkdir -p bin s3 shelf tmp cluster papers
  printf 'one\n' >papers/a
  cat >bin/aws <<'END'
#!/usr/bin/env bash
# A bucket is a folder. $DAMAGE cuts what is stored.
words=()
for word in "$@"; do if [[ "${word}" != --only-show-errors ]]; then words+=("${word/#s3:\/\//${WORK}/s3/}"); fi; done
set -- "${words[@]}"
case "$1 $2" in
's3 cp')
  [[ "$4" == - ]] && exec cat "$3"
  mkdir -p "$(dirname "$4")"
  cp "$3" "$4"
  if [[ -n "${DAMAGE-}" && "$4" == */s3/*.gpg ]]; then truncate -s -1 "$4"; fi
  ;;
's3 rm') rm "$3" ;;
's3api list-objects-v2') cd "${WORK}/s3/$4" && find . -type f -path "./$6*" | sed 's|^\./||' ;;
*) exit 2 ;;
esac
END
  cat >bin/kubectl <<'END'
#!/usr/bin/env bash
# A cluster is a folder, and a pod is this machine.
printf '%s\n' "$*" >>"${WORK}/calls"
while [[ "$1" == --* ]]; do shift 2; done
case "$1 $2" in
'get namespace') if [[ -e "${WORK}/cluster/$3" ]]; then printf 'namespace/%s\n' "$3"; fi ;;
'create namespace') touch "${WORK}/cluster/$3" ;;
'delete namespace') rm "${WORK}/cluster/$3" ;;
'create --filename=-') cat >"${WORK}/pod.yaml" ;;
'exec --stdin')
  while [[ "$1" != -- ]]; do shift; done
  shift
  PGHOST="${WORK}/socket" PGDATABASE=scratch exec "${@/--dbname=postgres/--dbname=scratch}"
  ;;
esac
END
  chmod +x bin/*
}

start_server() {
  mkdir socket
  "${binaries}/initdb" -D server -U postgres --auth=trust >/dev/null
  "${binaries}/pg_ctl" -D server -w -l server/log -o "-c listen_addresses='' -c unix_socket_directories='${work}/socket'" start >/dev/null
}

sql() {
  psql -XqtA -h "${work}/socket" -U postgres -d "${2:-orders}" -c "$1"
}

# job NAME WORDS...: one container of a job, in an environment of its own. Prints its exit code.
job() {
  local name=$1
  shift
  env -i PATH="${work}/bin:${binaries}:/usr/bin:/bin" HOME="${work}/tmp" WORK="${work}" DAMAGE="${DAMAGE-}" PGHOST="${work}/socket" PGUSER=postgres \
    PGDATABASE=orders MUSTER_GPG_PUBLIC_KEY="${public_key}" MUSTER_GPG_PRIVATE_KEY="${private_key}" MUSTER_JOB="${MUSTER_JOB-}" MUSTER_CLUSTER='' \
    bash "${name}.run.sh" "$@" >>log 2>&1
  printf '%d' "$?"
}

new_pod() {
  gpgconf --homedir "${work}/tmp/gnupg" --kill all 2>/dev/null
  rm -rf tmp
  mkdir tmp
}

names() {
  find "$1" -type f -printf '%f\n' 2>/dev/null | sort | tr '\n' ' '
}

touch log
write_plan
"${MUSTER}" compile plan.drp -o out --allow-errors --as-of 2026-01-01 >/dev/null || exit 1
write_players
unpack_scripts
start_server
sql 'CREATE DATABASE orders' postgres
sql 'CREATE DATABASE scratch' postgres
sql 'CREATE TABLE orders (id int); INSERT INTO orders VALUES (1), (2), (3)'
mkdir -m 700 keys
gpg --homedir keys --batch --quiet --passphrase '' --quick-generate-key backup@example.com default default never 2>/dev/null
public_key=$(gpg --homedir keys --armor --export backup@example.com)
private_key=$(gpg --homedir keys --armor --export-secret-keys backup@example.com)

# What is there from before: two runs that are older than the plan keeps them on the shelf, and one that is not.
mkdir -p shelf/nightly/orders s3/bucket/shop/nightly/orders
TZ=UTC0 printf -v recent '%(%Y%m%dT%H%M%SZ)T' "$((EPOCHSECONDS - 3 * 86400))"
for old in 20200101T020000Z 20200102T020000Z "${recent}"; do
  for end in '' .sha256 .json; do
    touch "shelf/nightly/orders/${old}.dump.gpg${end}" "s3/bucket/shop/nightly/orders/${old}.dump.gpg${end}"
  done
done

# A backup that is damaged on its way: nothing is pruned, and nothing says that it is there.
new_pod
is 'a dump is made' 0 "$(job backup-nightly-orders make orders)"
is 'a damaged upload fails' 1 "$(DAMAGE=yes job backup-nightly-orders store vault)"
is 'and has no entry in the catalogue' 3 "$(find s3 -name '*.json' | wc -l)"
rm -f "$(find s3 -name '*.gpg' -newer pod.drp 2>/dev/null | head -n 1)" 2>/dev/null
find s3 -name '*.gpg' -size +0 -delete

# An empty dump.
new_pod
printf '#!/bin/sh\n: >"${3#--file=}"\n' >bin/pg_dump
chmod +x bin/pg_dump
is 'an empty dump fails' 1 "$(job backup-nightly-orders make orders)"
rm bin/pg_dump
is 'and leaves nothing to store' 1 "$(job backup-nightly-orders store shelf)"

# A backup that works.
new_pod
is 'a dump is made again' 0 "$(job backup-nightly-orders make orders)"
is 'it is stored on the shelf' 0 "$(job backup-nightly-orders store shelf)"
is 'it is stored in the vault' 0 "$(job backup-nightly-orders store vault)"
new=$(find tmp/run/orders -name '*.gpg' -printf '%f')
is 'the shelf keeps seven days' "${recent}.dump.gpg ${recent}.dump.gpg.json ${recent}.dump.gpg.sha256 ${new} ${new}.json ${new}.sha256 " "$(names shelf)"
is 'the vault keeps everything' 12 "$(find s3/bucket/shop/nightly -type f | wc -l)"
is 'the checksum is right' 0 "$(cd shelf/nightly/orders && sha256sum --check --quiet "${new}.sha256" >/dev/null && printf 0)"
is 'the catalogue has its entry' "nightly orders ${new} $(stat -c %s "shelf/nightly/orders/${new}")" \
  "$(python3 -c 'import json, sys; e = json.load(open(sys.argv[1])); print(e["copy"], e["data"], e["file"], e["bytes"])' "shelf/nightly/orders/${new}.json")"
is 'a store that the plan does not name is refused' 1 "$(job backup-nightly-orders store elsewhere)"

# It is read back.
new_pod
is 'the newest is fetched' 0 "$(job verify-nightly-orders fetch shelf)"
is 'and restored, and its content is right' 0 "$(job verify-nightly-orders restore orders)"
is 'a listing is right' 0 "$(job verify-nightly-orders-2 fetch shelf)"
sql 'DELETE FROM orders WHERE id = 3'
sleep 1.1
new_pod
job backup-nightly-orders make orders >/dev/null
job backup-nightly-orders store shelf >/dev/null
new_pod
is 'another is fetched' 0 "$(job verify-nightly-orders fetch shelf)"
is 'what it lacks is found' 1 "$(job verify-nightly-orders restore orders)"
newest=$(find shelf -name '*.gpg' | sort | tail -n 1)
printf 'x' >>"${newest}"
new_pod
is 'what is damaged is found' 1 "$(job verify-nightly-orders fetch shelf)"
rm "${newest}" "${newest}.sha256" "${newest}.json"
mkdir old
mv shelf/nightly/orders/"${new}"* old/
is 'what is too old is found' 1 "$(job verify-nightly-orders-2 fetch shelf)"
mv old/* shelf/nightly/orders/

# The whole server.
new_pod
is 'a base backup is taken' 0 "$(job backup-base-orders make orders)"
is 'and stored as a whole' 0 "$(job backup-base-orders store vault)"
new_pod
is 'it is fetched' 0 "$(job verify-base-orders fetch vault)"
is 'and a server starts from it' 0 "$(job verify-base-orders restore orders)"

# Files, and the team's own command.
new_pod
is 'files are packed' 0 "$(job backup-packed-papers make papers)"
is 'and stored' 0 "$(job backup-packed-papers store vault)"
new_pod
is 'and fetched' 0 "$(job verify-packed-papers fetch vault)"
sed -i "s|/papers/a|/${work#/}/papers/a|" verify-packed-papers.run.sh
is 'and unpacked' 0 "$(job verify-packed-papers restore papers)"
is 'the own command runs' 0 "$(job backup-ours-papers)"
is 'and knows where it is' 'it is shop in main' "$(cat own)"

# The drill.
new_pod
: >calls
is 'the drill passes' 0 "$(job drill-monthly)"
is 'it restored two datasets' 2 "$(grep -c '"result":"passed","took_s":[0-9]*,"planned_s":100' log)"
is 'into a scratch database' 3 "$(sql 'SELECT count(*) FROM orders' scratch)"
is 'its namespace is gone' '' "$(ls cluster)"
is 'its pod was deleted' 1 "$(grep -c 'delete pod drill-orders-1' calls)"
is 'it worked in its namespace only' "$(wc -l <calls)" "$(grep -c -- '--namespace scratch' calls)"
touch cluster/scratch
new_pod
is 'a drill whose restore fails does so' 1 "$(job drill-monthly)"
is 'its pod is deleted all the same' 2 "$(grep -c 'delete pod drill-orders-1' calls)"
is 'a namespace that was there stays' scratch "$(ls cluster)"
new_pod
: >calls
is 'on another day it is not due' 0 "$(MUSTER_JOB=drill-monthly-29510080 job drill-monthly)"
is 'and does nothing' 0 "$(wc -l <calls)"

printf '%d passed, %d failed\n' "${passed}" "${failed}"
((failed == 0))

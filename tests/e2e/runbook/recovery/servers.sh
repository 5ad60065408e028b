# shellcheck shell=bash disable=SC2034,SC2154  # what recovery_test.sh sets
# The servers of the recovery test, all on this machine, each with a folder below `work`.

postgres_bin=/usr/lib/postgresql/15/bin
tools="${XDG_CACHE_HOME:-${HOME}/.cache}/muster-e2e"
moto_version=5.0.28

# What the test needs that is not there yet.
set_up() {
  # shellcheck source-path=SCRIPTDIR source=../../../../scripts/setup.sh
  source "${repository}/scripts/setup.sh"
  install_packages age awscli postgresql-15 python3 python3-venv redis-server util-linux
  if [[ ! -x "${tools}/moto-${moto_version}/bin/moto_server" ]]; then
    python3 -m venv "${tools}/moto-${moto_version}"
    "${tools}/moto-${moto_version}/bin/pip" install --quiet "moto[server,s3,route53]==${moto_version}"
  fi
  chmod 755 "${work}"
  mkdir "${work}/bin" "${work}/keys"
  age-keygen --output "${work}/keys/identity" 2>"${work}/keys/public"
  recipient=$(sed -n 's/^Public key: //p' "${work}/keys/public")
  chmod -R a+rX "${work}/keys"
  start_aws
  export PATH="${work}/bin:${postgres_bin}:${PATH}" MUSTER_AGE_IDENTITY="${work}/keys/identity" HOME="${work}"
  primary="host=127.0.0.1 port=$(free_port) user=postgres dbname=postgres"
  standby="host=127.0.0.1 port=$(free_port) user=postgres dbname=postgres"
  redis_main="redis://127.0.0.1:$(free_port)"
  redis_dr="redis://127.0.0.1:$(free_port)"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# S3 and Route 53 by moto; `aws` goes there.
start_aws() {
  local port real
  port=$(free_port)
  "${tools}/moto-${moto_version}/bin/moto_server" -H 127.0.0.1 -p "${port}" >"${work}/moto.log" 2>&1 &
  moto=$!
  real=/usr/bin/aws  # of the package: one in a home folder is not for the user that PostgreSQL runs as
  export AWS_ACCESS_KEY_ID=tests AWS_SECRET_ACCESS_KEY=tests AWS_DEFAULT_REGION=us-east-1
  printf '#!/bin/sh\nexec %s --endpoint-url http://127.0.0.1:%s "$@"\n' "${real}" "${port}" >"${work}/bin/aws"
  chmod 755 "${work}/bin/aws"
  for _ in {1..100}; do
    if "${work}/bin/aws" s3 mb s3://vault >/dev/null 2>&1; then return 0; fi
    sleep 0.2
  done
  printf 'moto does not answer\n' >&2
  return 1
}

# PostgreSQL refuses to run as root.
pg_as_owner() {
  local folder=$1
  shift
  if ((EUID == 0)); then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi
}

port_of() {
  local port=${1#*port=}
  printf '%s' "${port%% *}"
}

own() {
  mkdir -p "$1"
  if ((EUID == 0)); then chown nobody:nogroup "$1"; fi
  chmod 700 "$1"
}

start_primary() {
  own "${work}/main"
  pg_as_owner "${work}/main" initdb --pgdata="${work}/main" --username=postgres --auth=trust >/dev/null
  {
    printf "listen_addresses = '127.0.0.1'\nport = %s\nunix_socket_directories = ''\nfsync = off\n" "$(port_of "${primary}")"
    printf "archive_mode = on\narchive_command = '%s/bin/ship \"%%p\" \"%%f\"'\n" "${work}"
    printf "recovery_prefetch = off\nwal_level = replica\nmax_wal_senders = 4\nhot_standby = on\n"
  } >>"${work}/main/postgresql.conf"
  write_ship
  pg_as_owner "${work}/main" pg_ctl --pgdata="${work}/main" --wait --log="${work}/main/log" start >/dev/null
  psql --no-psqlrc --quiet --dbname="${primary}" --command='CREATE TABLE orders (id int PRIMARY KEY, note text, at timestamptz)' --command='CREATE TABLE marks (id int)'
}

# What archives a segment of the log: encrypted, under its own name.
write_ship() {
  cat >"${work}/bin/ship" <<END
#!/bin/sh
set -e
part=\$(mktemp)
age --encrypt --recipient ${recipient} --output "\${part}" "\$1"
aws s3 cp --only-show-errors "\${part}" "s3://vault/line/wal/orders/\$2.age"
rm "\${part}"
END
  chmod 755 "${work}/bin/ship"
}

start_standby() {
  own "${work}/dr"
  pg_as_owner "${work}/dr" pg_basebackup --pgdata="${work}/dr" --dbname="${primary}" --write-recovery-conf --checkpoint=fast
  printf 'port = %s\narchive_mode = off\n' "$(port_of "${standby}")" >>"${work}/dr/postgresql.auto.conf"
  pg_as_owner "${work}/dr" pg_ctl --pgdata="${work}/dr" --wait --log="${work}/dr/log" start >/dev/null
}

wait_for_standby() {
  local sent
  sent=$(psql --no-psqlrc --tuples-only --no-align --dbname="${primary}" --command='SELECT pg_current_wal_lsn()')
  for _ in {1..100}; do
    if [[ "$(psql --no-psqlrc --tuples-only --no-align --dbname="${standby}" --command="SELECT pg_last_wal_replay_lsn() >= '${sent}'")" == t ]]; then return 0; fi
    sleep 0.1
  done
}

# Waits until the log up to now is in the store.
ship_log() {
  local name
  name=$(psql --no-psqlrc --tuples-only --no-align --dbname="${primary}" --command='SELECT pg_walfile_name(pg_switch_wal())')
  for _ in {1..100}; do
    if aws s3 ls "s3://vault/line/wal/orders/${name}.age" >/dev/null 2>&1; then return 0; fi
    sleep 0.2
  done
  printf 'the log was not shipped\n' >&2
  return 1
}

# store FILE FOLDER NAME: as a job of Muster stores a run of a backup.
store() {
  age --encrypt --recipient "${recipient}" --output "$1.age" "$1"
  (cd "${1%/*}" && sha256sum "${1##*/}.age") >"$1.sha256"
  aws s3 cp --only-show-errors "$1.age" "s3://vault/line/$2/$3.age"
  aws s3 cp --only-show-errors "$1.sha256" "s3://vault/line/$2/$3.age.sha256"
}

store_base() {
  pg_basebackup --dbname="${primary}" --pgdata=- --format=tar --wal-method=fetch --checkpoint=fast | gzip >"${work}/base.tar.gz"
  store "${work}/base.tar.gz" base/orders "$(date --utc +%Y%m%dT%H%M%SZ).tar.gz"
}

# start_redis main|dr
start_redis() {
  local url=redis_$1
  mkdir -p "${work}/redis-$1"
  redis-server --port "${!url##*:}" --bind 127.0.0.1 --dir "${work}/redis-$1" --save '' --appendonly no --daemonize yes \
    --pidfile "${work}/redis-$1/pid" >/dev/null
  until redis-cli -u "${!url}" PING >/dev/null 2>&1; do sleep 0.1; done
}

stop_redis() {
  local url=redis_$1
  redis-cli -u "${!url}" SHUTDOWN NOSAVE >/dev/null 2>&1 || true
  while redis-cli -u "${!url}" PING >/dev/null 2>&1; do sleep 0.1; done
}

store_redis() {
  redis-cli -u "${redis_main}" --rdb "${work}/carts.rdb" >/dev/null 2>&1
  aws s3 cp --only-show-errors "${work}/carts.rdb" "s3://vault/line/dump/carts/$(date --utc +%Y%m%dT%H%M%SZ).rdb"
}

# new_zone ZONE NAME ADDRESS: prints its id.
new_zone() {
  local id
  id=$(aws route53 create-hosted-zone --name "$1" --caller-reference "${RANDOM}" --query HostedZone.Id --output text)
  id=${id##*/}
  aws route53 change-resource-record-sets --hosted-zone-id "${id}" --change-batch \
    "{\"Changes\":[{\"Action\":\"CREATE\",\"ResourceRecordSet\":{\"Name\":\"$2.\",\"Type\":\"A\",\"TTL\":60,\"ResourceRecords\":[{\"Value\":\"$3\"}]}}]}" >/dev/null
  printf '%s' "${id}"
}

address_of() {
  aws route53 list-resource-record-sets --hosted-zone-id "$1" --query "ResourceRecordSets[?Name=='$2.'].ResourceRecords[].Value" --output text
}

stop_servers() {
  local folder
  for folder in "${work}/main" "${work}/dr"; do
    if [[ -e "${folder}/postmaster.pid" ]]; then pg_as_owner "${folder}" pg_ctl --pgdata="${folder}" --mode=immediate stop >/dev/null 2>&1 || true; fi
    rm -rf "${folder}" "${folder}".before-*
  done
  stop_redis main
  stop_redis dr
  aws s3 rm --only-show-errors --recursive s3://vault/ || true
}

stop_everything() {
  stop_servers
  if [[ -n "${moto-}" ]]; then kill "${moto}" 2>/dev/null || true; fi
}

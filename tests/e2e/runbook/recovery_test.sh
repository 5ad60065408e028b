#!/usr/bin/env bash
# Disasters in earnest: PostgreSQL 15 with a streaming standby and its log archived to S3, Redis, a zone of DNS. Each is struck, then the
# runbook that Muster makes of recovery/plan.drp is run, and what is there then is compared row by row.
# $MUSTER is the compiler. $1, if given, is the disaster to try: outage, damage or all_lost.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "${here}/../../.." && pwd)
muster=${MUSTER:-${repository}/build/dev/cli/muster}
# shellcheck source-path=SCRIPTDIR source=recovery/servers.sh
source "${here}/recovery/servers.sh"

work=$(mktemp -d)
passed=0
failed=0
trap 'stop_everything; rm -rf "${work}"' EXIT

fail() {
  failed=$((failed + 1))
  printf 'FAILED %s: %s\n' "${disaster}" "$1" >&2
  shift
  if (($# > 0)); then printf '  %s\n' "$@" >&2; fi
}

expect() {
  if [[ "$2" == "$3" ]]; then passed=$((passed + 1)); else fail "$1" "expected: $2" "actual:   $3"; fi
}

# Rows as text, in order: what is compared.
rows() {
  psql --no-psqlrc --quiet --no-align --tuples-only --dbname="$1" --command='SELECT id, note, at FROM orders ORDER BY id'
}

# write_orders URL FIRST LAST: rows that no other run writes, each a transaction of its own.
write_orders() {
  local i
  for ((i = $2; i <= $3; i++)); do printf "INSERT INTO orders VALUES (%d, md5(%d || '%s'), clock_timestamp());\n" "${i}" "${i}" "${RANDOM}"; done |
    psql --no-psqlrc --quiet --dbname="$1"
}

write_carts() {
  local i
  for ((i = 0; i < 500; i++)); do printf 'SET cart:%d %s-%d\n' "${i}" "${RANDOM}" "${i}"; done | redis-cli -u "${redis_main}" >/dev/null
}

carts() {
  redis-cli -u "$1" --scan --pattern 'cart:*' | sort | while IFS= read -r key; do printf '%s=%s\n' "${key}" "$(redis-cli -u "$1" GET "${key}")"; done
}

# The runbook of scenario $1, with everything typed beforehand; sets `status` and `log`.
run_runbook() {
  status=0
  log="${work}/${disaster}.log"
  bash "${work}/out/runbooks/$1.sh" --yes --no-input --confirm all --state "${work}/state-${disaster}" "${@:2}" >"${log}" 2>&1 </dev/null || status=$?
  if ((status != 0)); then
    fail 'the runbook ends well' "exit ${status}"
    cat "${log}" >&2
    find "${work}/state-${disaster}" -name '*.log' -newer "${work}/out" -exec sh -c 'echo "== $1"; tail -n 20 "$1"' _ {} \; >&2
  else
    passed=$((passed + 1))
  fi
}

# What was measured, beside what was planned.
report() {
  printf '\n%s\n' "${disaster}"
  grep -E 'back after|lost the last|done after' "${log}" || true
}

expect_report() {
  expect "$1" 1 "$(grep -cE "$2" "${log}")"
}

try_outage() {
  local before after zone
  start_primary
  start_standby
  start_redis main
  start_redis dr
  zone=$(new_zone line.example db.line.example 192.0.2.1)
  write_orders "${primary}" 1 300
  write_carts
  store_redis
  wait_for_standby
  before=$(rows "${primary}")
  write_orders "${primary}" 301 310
  pg_as_owner "${work}/main" pg_ctl --pgdata="${work}/main" --mode=immediate stop >/dev/null
  MUSTER_DATABASE_ORDERS_DB=${standby} MUSTER_DATABASE_SESSIONS=${redis_dr} MUSTER_ADDRESS_DR=192.0.2.2 MUSTER_DNS_ZONE=${zone} \
    MUSTER_PGDATA_ORDERS_DB="${work}/main" run_runbook outage --since '-2 seconds'
  after=$(rows "${standby}")
  expect 'every row that had reached the standby is there' "${before}" "$(head -n 300 <<<"${after}")"
  expect 'it can be written' 1 "$(psql --no-psqlrc --tuples-only --no-align --dbname="${standby}" --command='SELECT count(*) FROM marks')"
  expect 'the name is at the other site' 192.0.2.2 "$(address_of "${zone}" db.line.example)"
  expect 'the carts are those of the last dump' "$(carts "${redis_main}")" "$(carts "${redis_dr}")"
  expect_report 'the RTA is measured and the RTO met' 'orders-db +back after .* RTO 5m: met, planned'
  expect_report 'the RPA is measured and the RPO met' 'orders +lost the last .* RPO 1m: met, planned 10s'
  report
  bash "${work}/out/runbooks/outage.sh" --verify-evidence --state "${work}/state-outage" >"${log}" 2>&1 || fail 'the evidence is whole' "$(<"${log}")"
}

try_damage() {
  local before moment
  start_primary
  write_orders "${primary}" 1 100
  store_base
  write_orders "${primary}" 101 200
  sleep 1.1
  before=$(rows "${primary}")
  moment=$(date --utc +%FT%TZ)
  sleep 1.1
  psql --no-psqlrc --quiet --dbname="${primary}" --command="UPDATE orders SET note = 'spoilt'" --command='DELETE FROM orders WHERE id % 3 = 0'
  write_orders "${primary}" 201 220
  ship_log
  MUSTER_DATABASE_ORDERS_DB=${primary} MUSTER_PGDATA_ORDERS_DB="${work}/main" MUSTER_TARGET_TIME=${moment} run_runbook damage --since '-3 seconds'
  expect 'the rows are those of before the damage' "${before}" "$(rows "${primary}")"
  expect 'what was there is kept' 1 "$(find "${work}" -maxdepth 1 -name 'main.before-*' | wc -l)"
  expect 'nothing of the replay is left in the settings' 0 "$(grep -c recovery_target_time "${work}/main/postgresql.auto.conf" || true)"
  expect_report 'the RPA is measured' 'orders +lost the last .* RPO 6m: met, planned 5m'
  report
}

try_all_lost() {
  local before kept
  start_primary
  start_redis main
  write_orders "${primary}" 1 100
  store_base
  write_orders "${primary}" 101 250
  write_carts
  store_redis
  kept=$(carts "${redis_main}")
  ship_log
  before=$(rows "${primary}")
  pg_as_owner "${work}/main" pg_ctl --pgdata="${work}/main" --mode=immediate stop >/dev/null
  find "${work}/main" -mindepth 1 -delete
  stop_redis main
  start_redis main
  expect 'Redis is empty' 0 "$(redis-cli -u "${redis_main}" DBSIZE)"
  MUSTER_DATABASE_ORDERS_DB=${primary} MUSTER_PGDATA_ORDERS_DB="${work}/main" MUSTER_DATABASE_SESSIONS=${redis_main} \
    run_runbook all-lost --since '-3 seconds'
  expect 'every row that was shipped is there' "${before}" "$(rows "${primary}")"
  expect 'and every cart' "${kept}" "$(carts "${redis_main}")"
  expect_report 'the RTA is measured and the RTO met' 'orders-db +back after .* RTO 5m: met, planned'
  report
}

set_up
"${muster}" compile "${here}/recovery/plan.drp" -o "${work}/out" --as-of 2026-11-20 --quiet
for disaster in outage damage all_lost; do
  if [[ "${1:-${disaster}}" != "${disaster}" ]]; then continue; fi
  "try_${disaster}"
  stop_servers
done
printf '\n%d passed, %d failed\n' "${passed}" "${failed}"
((failed == 0))

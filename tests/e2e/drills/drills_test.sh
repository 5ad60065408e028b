#!/usr/bin/env bash
# Runs generated drills for real: PostgreSQL 15 makes the backups by the plan's own jobs, and another server is for drills. What was measured is
# recorded, and the next estimate rests on it. $MUSTER is the binary. Exits with 77 (skipped) where PostgreSQL is not installed.
# shellcheck disable=SC2016,SC2312  # what is meant for others stays in single quotes; what a check prints is checked
set -uo pipefail

binaries=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
if [[ -z "${binaries}" ]]; then
  printf 'PostgreSQL is not installed: skipped.\n'
  exit 77
fi
# PostgreSQL refuses to run as root, and so does this.
if ((EUID == 0)); then
  exec setpriv --reuid=nobody --regid=nogroup --clear-groups env MUSTER="${MUSTER:?is to be the binary}" bash "$0" "$@"
fi

work=$(mktemp -d)
cd "${work}" || exit 1
finish() {
  "${binaries}/pg_ctl" -D "${work}/production" -m immediate stop >/dev/null 2>&1
  "${binaries}/pg_ctl" -D "${work}/scratch" -m immediate stop >/dev/null 2>&1
  rm -rf "${work}"
}
trap finish EXIT
export PATH="${work}/bin:${binaries}:${PATH}" PGUSER=postgres
passed=0
failed=0

is() {
  if [[ "$2" == "$3" ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s: expected %s, got %s\n' "$1" "$2" "$3" >&2
    tail -n 30 "${work}/log" >&2
  fi
}

write_plan() {
  cat >plan.drp <<END
plan shop
site main
role dba
service db { engine postgres 15; at main active; rto 1h; starts in 1m }
service web { needs db; at main active; rto 1h; starts in 1m }
data orders { in db; size 1GB; restores at 10MB/s; rpo 1d }
store shelf { volume "/shelf"; at main; rate 100MB/s }
backup nightly of orders {
  with pg_dump; every day at 02:00; takes 1m; to shelf; keep 7d
  verify { every week; by restore; check sql "SELECT count(*) >= 3 FROM orders" }
}
backup whole of orders {
  with pg_basebackup; every day at 03:00; takes 1m; to shelf; keep 7d
  verify { every week; by restore; check sql "SELECT count(*) = 3 FROM orders" }
}
procedure rebuild {
  recovers db, web
  step stop "Stop what writes | \`id\` \$(id) <script>" { by dba; takes 10m; manual "Stop the shop; \$(touch ${work}/ran)" }
  step restore { by dba; restore orders from nightly }
  step look { by dba; takes 20s; manual "Look at it" }
  step start { by dba; takes 1m; manual "Start the shop" }
}
scenario lost { deletes orders; undetected for 0s; follow rebuild }
procedure own { step make { automatic; takes 1m; run "touch own-ran" } }
drill script { exercises procedure own; every month }
drill monthly { exercises backup nightly of orders; exercises backup whole; every month; expects rto, rpo, integrity, automation }
drill walk { exercises scenario lost; every month; expects rto, rpo, "Everybody knew what to do: \"\$(id)\" | <b>" }
END
}

server() {
  mkdir "$1-socket"
  initdb --no-sync -D "$1" -U postgres --auth=trust >/dev/null
  pg_ctl -D "$1" -w -l "$1.log" -o "-c listen_addresses='' -c fsync=off -c unix_socket_directories='${work}/$1-socket'" start >/dev/null
}

sql() {
  psql -XqtA -h "${work}/$1-socket" -d "$2" -c "$3"
}

# back_up NAME: what the job of that backup does, in a container of its own.
back_up() {
  python3 - "$1" <<'END'
import glob, sys, yaml
for path in glob.glob("out/kubernetes/*/*.yaml"):
    for document in yaml.safe_load_all(open(path)):
        if document and document["kind"] == "ConfigMap" and document["metadata"]["name"] == sys.argv[1]:
            for name, text in document["data"].items():
                open(name, "w").write(text)
END
  sed -i "s|/tmp\b|${work}/tmp|g; s|'/shelf'|'${work}/shelf'|g; s|'shelf' '/shelf'|'shelf' '${work}/shelf'|; s|place='/shelf'|place='${work}/shelf'|" run.sh
  rm -rf tmp
  mkdir tmp
  env PGHOST="${work}/production-socket" PGDATABASE=orders bash run.sh make orders >>log 2>&1 &&
    env PGHOST="${work}/production-socket" bash run.sh store shelf >>log 2>&1
}

# drill NAME: by nobody, into the server for drills. Prints its exit code; its report is in `report`.
drill() {
  rm -rf report
  env MUSTER_ATTENDED="${ATTENDED-no}" MUSTER_REPORT="${work}/report" MUSTER_SCRATCH="host=${work}/scratch-socket user=postgres" \
    bash "out/drills/$1.sh" >>log 2>&1
  printf '%d' "$?"
}

# value FILTER: of the report.
value() {
  jq -r "$1" report/report.json
}

databases() {
  sql scratch postgres "SELECT count(*) FROM pg_database WHERE datname LIKE 'muster%'"
}

# muster ARGUMENTS: prints its exit code.
muster() {
  "${MUSTER}" "$@" >>log 2>&1
  printf '%d' "$?"
}

compile() {
  "${MUSTER}" compile plan.drp -o out --force --quiet --allow-errors --as-of 2026-01-01 || exit 1
  sed -i "s|'/shelf'|'${work}/shelf'|g" out/drills/*.sh
}

# How often `check` finds a figure that is far from what was measured.
far_away() {
  "${MUSTER}" check plan.drp --as-of 2026-01-01 --format json | jq '[.diagnostics[] | select(.name == "far-from-measured")] | length'
}

touch log
mkdir -p bin shelf
write_plan
compile
server production
server scratch
sql production postgres 'CREATE DATABASE orders'
sql production orders "CREATE TABLE orders (id int, note text); INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (3, 'c')"
back_up backup-nightly-orders
is 'the dump is on the shelf' 1 "$(find shelf -name '*.dump' | wc -l)"
back_up backup-whole-orders
is 'and the base backup too' 1 "$(find shelf/whole -name '*.json' | wc -l)"

# A drill without a person, that passes.
is 'the drill passes' 0 "$(drill monthly)"
is 'and says so' passed "$(value .result)"
is 'both restores were done and measured' 'passed true passed true' "$(value '[.steps[] | .result, (.took_ms >= 0)] | join(" ")')"
is 'beside what is planned' '100000' "$(value '.steps[0].planned_ms')"
is 'the RTO is judged' met "$(value '.services[0].verdict')"
is 'and the RPO by the age of the backup' met "$(value '.data[0].verdict')"
is 'all criteria hold' 'met met met met' "$(value '[.criteria[].verdict] | join(" ")')"
is 'nothing is left on the server for drills' 0 "$(databases)"
is 'and no server of the base backup' '' "$(pgrep -f "pgdata=${work}.*/base" | head -n 1)"
is 'the report is for people, too' 1 "$(grep -c '^# Drill monthly: passed$' report/report.md)"
is 'its evidence is whole' 0 "$(muster record report --plan plan.drp --dry-run)"

# A script of the drill's own is run where that is wanted, and only there.
is 'without being told to the drill leaves its own script' 'left no' "$(drill script >/dev/null && value '.steps[0].result') $([[ -e own-ran ]] && echo yes || echo no)"
is 'told to, it runs it' 'passed yes' "$(MUSTER_COMMANDS=yes drill script >/dev/null && value '.steps[0].result') $([[ -e own-ran ]] && echo yes || echo no)"

# Data that is wrong is found.
sql production orders 'DELETE FROM orders WHERE id = 3'
sleep 1.1
back_up backup-nightly-orders
is 'a restore of which a check does not hold fails' 1 "$(drill monthly)"
is 'and only that' 'failed passed' "$(value '[.steps[].result] | join(" ")')"
is 'integrity is missed' missed "$(value '.criteria[2].verdict')"
is 'with something to do' 1 "$(grep -c 'nightly of orders failed: find out why' report/report.md)"
is 'and it cleaned up all the same' 0 "$(databases)"
newest=$(find shelf/nightly -name '*.dump' | sort | tail -n 1)
printf 'x' >>"${newest}"
is 'a damaged backup fails' 1 "$(drill monthly)"
rm "${newest}" "${newest}.sha256" "${newest}.json"
is 'and without it the drill passes again' 0 "$(drill monthly)"

# A database that is not the drill's is not touched.
sql scratch postgres 'CREATE DATABASE muster_drill_shop_monthly'
is 'where the database is of somebody else the drill fails' 1 "$(drill monthly)"
is 'at that step' 'failed passed' "$(value '[.steps[].result] | join(" ")')"
is 'and the database stays' 1 "$(databases)"
sql scratch postgres "COMMENT ON DATABASE muster_drill_shop_monthly IS 'drills of shop'"
is 'what a killed drill left is taken over' 0 "$(drill monthly)"
is 'and taken away' 0 "$(databases)"

# Stopped in the middle, it cleans up.
cat >bin/pg_restore <<'END'
#!/bin/sh
touch restoring
exec sleep 60
END
chmod +x bin/pg_restore
rm -rf report
MUSTER_ATTENDED=no MUSTER_REPORT="${work}/report" MUSTER_SCRATCH="host=${work}/scratch-socket user=postgres" setsid bash out/drills/monthly.sh >>log 2>&1 &
stopped=$!
for ((i = 0; i < 200; i++)); do
  if [[ -e restoring ]]; then break; fi
  sleep 0.05
done
kill -TERM -- "-${stopped}"
wait "${stopped}"
is 'a drill that is stopped says so' 143 "$?"
rm bin/pg_restore
is 'its database is gone' 0 "$(databases)"
is 'its evidence says that it was stopped' 1 "$(grep -c '"event":"interrupted"' report/evidence.jsonl)"
is 'and is not recorded' 2 "$(muster record report --plan plan.drp)"

# With a person: every step of the scenario, measured.
answers() {
  printf '%s\n' go 'done' go 'done' skip yes
}
is 'a walk through a scenario passes' 0 "$(answers | ATTENDED=yes drill walk)"
is 'the restore is done by commands, one step is left out' 'passed passed passed left' "$(value '[.steps[].result] | join(" ")')"
is 'the RTO is judged by what was measured' met "$(value '.services[] | select(.name == "web") | .verdict')"
is 'which was shorter than planned' true "$(value '.services[] | select(.name == "web") | .rta_ms < .planned_ms - 500000')"
is 'and with the rest as planned' true "$(value '.services[] | select(.name == "web") | .rta_ms >= 120000')"
is 'the sentence was judged by the person' met "$(value '.criteria[2].verdict')"
is 'and stands in the report as it is' 'Everybody knew what to do: "$(id)" | <b>' "$(value '.criteria[2].text')"
is 'but not as markup' 1 "$(grep -cF 'Everybody knew what to do: "\$(id)" \| &lt;b&gt;' report/report.md)"
is 'no text of the plan was run' '' "$(find . -maxdepth 1 -name ran)"
is 'a person who says that it failed is believed' 1 "$(printf '%s\n' go failed skip skip no | ATTENDED=yes drill walk)"
is 'without anybody the drill passes' 0 "$(drill walk)"
is 'with the rest left to people' 'left passed left left' "$(value '[.steps[].result] | join(" ")')"

# What was measured is recorded, the estimate rests on it, and a figure far from it is found.
is 'the walk is done once more' 0 "$(answers | ATTENDED=yes drill walk)"
is 'it is recorded' 0 "$(muster record report --plan plan.drp)"
is 'under the names of the steps' 'rebuild.look,rebuild.restore,rebuild.stop' "$(jq -r '.durations | keys | join(",")' measured.json)"
before=$(<measured.json)
is 'a second time it is there already' 0 "$(muster record report --plan plan.drp)"
is 'and nothing is added' "${before}" "$(<measured.json)"
cp -r report broken
sed -i '2s/"operator":"[^"]*"/"operator":"nobody-else"/' broken/evidence.jsonl
is 'a chain that is broken is refused' 2 "$(muster record broken --plan plan.drp)"
is 'and nothing is added then' "${before}" "$(<measured.json)"
jq '.durations["rebuild.look"].observed_ms = [900000]' measured.json >new.json && mv new.json measured.json
sed -i 's/^plan shop$/plan shop { measurements "measured.json" }/' plan.drp
is 'a figure far from what was measured is found' 1 "$(far_away)"
sed -i 's/step look { by dba; takes 20s;/step look { by dba; takes measured "rebuild.look";/' plan.drp
is 'and not where the plan counts with it' 0 "$(far_away)"
is 'the estimate rests on it' 900000 \
  "$("${MUSTER}" estimate plan.drp --as-of 2026-01-01 --format json | jq '.scenarios[0].schedule[] | select(.step == "look") | .end_ms - .start_ms')"
is 'evidence of the plan as it was is foreign now' 2 "$(muster record report --plan plan.drp)"
is 'unless that is wanted' 0 "$(muster record report --plan plan.drp --any-version --dry-run)"

printf '%d passed, %d failed\n' "${passed}" "${failed}"
((failed == 0))

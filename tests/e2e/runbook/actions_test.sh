#!/usr/bin/env bash
# The typed actions, each with its check and its way back: SQLite, restic, curl, sha256sum and tar as they are; kubectl, gcloud, terraform
# and the like by stand-ins that keep what a cluster or a cloud would keep.
# shellcheck disable=SC2016,SC2034  # what is meant for a runbook stays in single quotes here
set -uo pipefail
# shellcheck source-path=SCRIPTDIR source=cases.sh
source "$(dirname "$0")/cases.sh"
need_packages jq restic sqlite3 python3

# write_action ACTION [VERIFY [UNDO [PRECHECK]]]: a runbook of one step of these lines.
write_action() {
  {
    printf 'questions=()\nquestion_texts=()\nstep_count=1\nstep_1() {\n  step=([name]=shop.three)\n}\nstep_1_action() {\n%s\n}\n' "$1"
    if [[ -n "${2-}" ]]; then printf 'step_1_verify() {\n%s\n}\n' "$2"; fi
    if [[ -n "${3-}" ]]; then printf 'step_1_undo() {\n%s\n}\n' "$3"; fi
    if [[ -n "${4-}" ]]; then printf 'step_1_precheck() {\n%s\n}\n' "$4"; fi
  } | write_runbook runbook.sh
}

stand_in() {
  mkdir -p bin
  { printf '#!/usr/bin/env bash\nprintf "%%s " "${0##*/}" "$@" >>calls; echo >>calls\n' && cat; } >"bin/$1"
  chmod +x "bin/$1"
  export PATH="${PWD}/bin:${PATH}"
}

undo() {
  run --no-input --undo --confirm all
}

case_sqlite() {
  mkdir -p root/var copy/var
  sqlite3 root/var/live.db "CREATE TABLE t (i int); INSERT INTO t VALUES (1)"
  sqlite3 copy/var/live.db "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2)"
  chmod 640 root/var/live.db
  tar -cf copy.tar -C copy var/live.db
  export MUSTER_FILES_S=${PWD}/root
  write_action '  make_folder
  load_sqlite copy.tar MUSTER_FILES_S'
  run --no-input
  is 'exit' 0 "${status}"
  is 'the copy is there' 2 "$(sqlite3 root/var/live.db 'SELECT count(*) FROM t')"
  is 'with the rights of what was there' 640 "$(stat -c %a root/var/live.db)"
  is 'which is kept' 1 "$(sqlite3 root/var/live.db.before-restore 'SELECT count(*) FROM t')"
  printf 'garbage' | dd of=copy/var/live.db bs=1 seek=100 conv=notrunc 2>/dev/null
  sqlite3 copy/var/also.db "CREATE TABLE t (i int)"
  tar -cf copy.tar -C copy var/also.db var/live.db
  rm -rf state
  run --no-input
  is 'a damaged copy is refused' 1 "${status}"
  is 'and nothing touched' 2 "$(sqlite3 root/var/live.db 'SELECT count(*) FROM t')"
  if [[ -e root/var/also.db ]]; then fail 'nor the other database'; fi
  unset MUSTER_FILES_S
}

case_restic() {
  export RESTIC_PASSWORD=tests RESTIC_CACHE_DIR=${PWD}/cache MUSTER_FILES_S=${PWD}/root
  mkdir -p source root
  restic --quiet --repo repo init >/dev/null
  printf old >source/file
  (cd source && restic --quiet --repo ../repo backup --host files --time '2026-11-01 10:00:00' file >/dev/null)
  printf new >source/file
  (cd source && restic --quiet --repo ../repo backup --host files --time '2026-11-02 10:00:00' file >/dev/null)
  (cd source && restic --quiet --repo ../repo backup --host others --time '2026-11-03 10:00:00' file >/dev/null)
  write_action '  make_folder
  file="${folder}/archive.tar"
  fetch_restic "${PWD}/repo" files "${file}"
  load_files "${file}" MUSTER_FILES_S
  note_recovered files'
  TZ=UTC0 run --no-input
  is 'exit' 0 "${status}"
  is 'the newest of its own' new "$(cat root/file)"
  has 'of when it is' '"data":"files","to":"2026-11-02T' "$(cat "${state}/evidence.jsonl")"
  rm -rf state
  MUSTER_TARGET_TIME=2026-11-02T00:00:00Z run --no-input
  is 'before the damage' old "$(cat root/file)"
  unset RESTIC_PASSWORD RESTIC_CACHE_DIR MUSTER_FILES_S
}

# A cluster that keeps the replicas of its workloads in files.
write_cluster() {
  stand_in kubectl <<'END'
workload=$(printf '%s\n' "$@" | grep -E '^(deployment|statefulset)/' | tr / -)
case " $* " in
*" scale "*) sed -E 's/.*--replicas=//' <<<"$*" | tr -d '\n' >"replicas.${workload}" ;;
*jsonpath=*) cat "replicas.${workload}" ;;
*" get pods "*) printf 'pod/web-0\n' ;;
*" logs "*) printf 'a line of %s\n' "$*" ;;
*" get deployment/gone "*) exit 1 ;;
*) printf 'object\n' ;;
esac
END
}

case_scale() {
  write_cluster
  printf 5 >replicas.deployment-web
  write_action "  scale_workload deployment/web 0 kubectl --context='dr' --namespace='shop'" '' "  unscale_workload deployment/web kubectl --context='dr' --namespace='shop'" \
    "  have_workload deployment/web kubectl --context='dr' --namespace='shop'"
  run --no-input
  is 'exit' 0 "${status}"
  is 'scaled' 0 "$(cat replicas.deployment-web)"
  is 'in its context and namespace, all of it' 0 "$(grep -vc -- '--context=dr --namespace=shop' calls)"
  run --no-input --resume
  undo
  is 'undone' 0 "${status}"
  is 'as many as before' 5 "$(cat replicas.deployment-web)"
  rm -rf state
  write_action '  true' '' '' '  have_workload deployment/gone kubectl get deployment/gone'
  run --no-input
  is 'a workload that is not there is found before anything is done' 1 "${status}"
}

case_apply() {
  write_cluster
  stand_in helm <<<''
  mkdir plain kustom chart
  touch kustom/kustomization.yaml chart/Chart.yaml
  write_action "  apply_path plain kubectl --context='dr'
  apply_path kustom kubectl --context='dr'
  apply_path chart kubectl --context='dr' --namespace='shop'" '' '' "  try_path plain kubectl --context='dr'"
  run --no-input
  is 'exit' 0 "${status}"
  has 'a folder' 'kubectl --context=dr apply --filename=plain ' "$(cat calls)"
  has 'tried first' 'kubectl --context=dr apply --filename=plain --dry-run=server ' "$(cat calls)"
  has 'a kustomization' 'kubectl --context=dr apply --kustomize=kustom ' "$(cat calls)"
  has 'a chart' 'helm upgrade --install --kube-context=dr --namespace=shop --create-namespace --wait chart chart ' "$(cat calls)"
}

case_forensics() {
  local archive
  write_cluster
  write_action "  make_folder
  capture_namespace \"\${folder}/forensics/\"web kubectl --context='dr' --namespace='shop'
  keep_forensics \"\${folder}/forensics\" folder \"\${PWD}/store\" forensics/breach/"
  run --no-input
  is 'exit' 0 "${status}"
  archive=$(find store/forensics/breach -name '*.tar.gz')
  mkdir unpacked
  tar -xzf "${archive}" -C unpacked
  (cd unpacked && sha256sum --check --quiet SHA256SUMS) || fail 'its hashes are right'
  has 'the logs' 'a line of' "$(cat unpacked/web/web-0.log)"
  has 'the objects' object "$(cat unpacked/web/objects.yaml)"
  has 'its hash is in the output' "$(sha256sum <"${archive}" | cut -d ' ' -f 1)" "$(cat "${state}"/output/*action*)"
}

case_terraform() {
  stand_in terraform <<'END'
case " $* " in
*" plan "*-detailed-exitcode*) [[ -e built ]] ;;
*" plan "*) printf 'to be added: 3\n'; touch "$(sed -E 's/.*-out=//' <<<"$*")" ;;
*" apply "*) [[ -e "${*: -1}" ]] && touch built ;;
esac
END
  write_action '  apply_terraform infra' '  check_terraform infra' '' '  plan_terraform infra'
  sed -i 's/step=(\[name\]=shop.three)/step=([name]=shop.three [destroys]="builds site dr")/' runbook.sh
  output=$(printf 'shop.three\n' | bash runbook.sh --yes 2>&1)
  is 'exit' 0 "$?"
  has 'what it would do is shown before its name is typed' 'to be added: 3' "${output%%Type shop.three*}"
  has 'what was shown is what is done' "apply -input=false -no-color $(find "${PWD}/state" -name '*.tfplan')" "$(cat calls)"
}

case_velero() {
  stand_in velero <<'END'
case " $* " in
*" describe "*) printf 'Phase:  %s\n' "$(cat phase)" ;;
esac
END
  printf Completed >phase
  write_action "  restore_velero nightly dr"
  run --no-input
  is 'exit' 0 "${status}"
  has 'from the schedule, in its cluster, waited for' '--from-schedule=nightly --wait --kubecontext=dr' "$(cat calls)"
  printf PartiallyFailed >phase
  rm -rf state
  run --no-input
  is 'half of it is not enough' 1 "${status}"
}

case_clouddns() {
  stand_in gcloud <<'END'
case " $* " in
*" list "*'value(rrdatas'*) cut -f 3 record 2>/dev/null ;;
*" list "*'value(type)'*) cut -f 1 record 2>/dev/null ;;
*" list "*) cat record 2>/dev/null ;;
*" delete "*) rm record ;;
*) printf '%s\t%s\t%s\n' "$(sed -nE 's/.*--type=(\S+).*/\1/p' <<<"$*")" "$(sed -nE 's/.*--ttl=(\S+).*/\1/p' <<<"$*")" "$(sed -nE 's/.*--rrdatas=(\S+).*/\1/p' <<<"$*")" >record ;;
esac
exit 0
END
  export MUSTER_DNS_ZONE=zone MUSTER_ADDRESS_DR=192.0.2.2
  printf 'A\t300\t192.0.2.1\n' >record
  write_action "  switch_dns clouddns www.example.org 60 MUSTER_ADDRESS_DR" "  check_dns clouddns www.example.org MUSTER_ADDRESS_DR" "  undo_dns clouddns www.example.org"
  run --no-input
  is 'exit' 0 "${status}"
  is 'switched' $'A\t60\t192.0.2.2' "$(cat record)"
  undo
  is 'as before, with its TTL' $'A\t300\t192.0.2.1' "$(cat record)"
  rm -rf state
  export MUSTER_ADDRESS_DR=dr.example.net
  run --no-input
  is 'another type takes its place' $'CNAME\t60\tdr.example.net' "$(cat record)"
  undo
  is 'and back' $'A\t300\t192.0.2.1' "$(cat record)"
  rm -rf state record
  run --no-input
  is 'a name that was not there is made' $'CNAME\t60\tdr.example.net' "$(cat record)"
  undo
  if [[ -e record ]]; then fail 'and goes again'; fi
  unset MUSTER_DNS_ZONE MUSTER_ADDRESS_DR
}

# Cloudflare's part is played by a server of the same requests and answers, on this machine.
case_cloudflare() {
  local server
  python3 "${here}/cloudflare.py" >port &
  server=$!
  for _ in {1..50}; do if [[ -s port ]]; then break; else sleep 0.1; fi; done
  MUSTER_CLOUDFLARE="http://127.0.0.1:$(cat port)"
  export MUSTER_CLOUDFLARE CLOUDFLARE_API_TOKEN=secret-token MUSTER_DNS_ZONE=zone MUSTER_ADDRESS_DR=192.0.2.2
  write_action "  switch_dns cloudflare www.example.org 60 MUSTER_ADDRESS_DR" "  check_dns cloudflare www.example.org MUSTER_ADDRESS_DR" "  undo_dns cloudflare www.example.org"
  run --no-input
  is 'exit' 0 "${status}"
  has 'switched, still proxied' '"content": "192.0.2.2", "ttl": 60, "proxied": true' "$(curl --silent "${MUSTER_CLOUDFLARE}/records")"
  is 'the token is in no file of the run' '' "$(grep -rl secret-token state || true)"
  undo
  has 'as before' '"content": "192.0.2.1", "ttl": 300, "proxied": true' "$(curl --silent "${MUSTER_CLOUDFLARE}/records")"
  rm -rf state
  CLOUDFLARE_API_TOKEN=wrong run --no-input
  is 'a wrong token fails the step' 1 "${status}"
  kill "${server}"
  unset MUSTER_CLOUDFLARE CLOUDFLARE_API_TOKEN MUSTER_DNS_ZONE MUSTER_ADDRESS_DR
}

case_dns_names() {
  stand_in gcloud <<<''
  export MUSTER_DNS_ZONE=zone MUSTER_ADDRESS_DR=192.0.2.2
  write_action "  switch_dns clouddns 'a.example.org\", \"x\": \"' 60 MUSTER_ADDRESS_DR"
  run --no-input
  is 'what is no name is refused' 1 "${status}"
  has 'it says so' 'no name that DNS knows' "${output}"
  if [[ -e calls ]]; then fail 'nothing was asked for'; fi
  unset MUSTER_DNS_ZONE MUSTER_ADDRESS_DR
}

# A store that does not answer must not look like the end of the log.
case_fetch_log() {
  mkdir -p store/wal data
  printf segment >store/wal/0001
  write_action '  write_fetch_log "${PWD}/data/fetch-log" folder "${PWD}/store" wal/ ""'
  run --no-input
  is 'exit' 0 "${status}"
  ./data/fetch-log 0001 got
  is 'a segment that is there' segment "$(cat got)"
  ./data/fetch-log 0002 got2 2>/dev/null
  is 'one that is not: the end of the log' 1 "$?"
  mv store away
  ./data/fetch-log 0001 got3 2>/dev/null
  is 'the store is away: PostgreSQL stops' 126 "$?"
}

case_mongodb() {
  stand_in mongorestore <<<'cat >restored'
  printf archive >dump
  write_action '  load_mongodb dump mongorestore --uri=x'
  run --no-input
  is 'exit' 0 "${status}"
  is 'what was fetched is what is restored' archive "$(cat restored)"
  has 'in place of what is there' 'mongorestore --uri=x --archive --oplogReplay --drop --stopOnError ' "$(cat calls)"
}

run_cases

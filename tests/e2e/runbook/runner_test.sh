#!/usr/bin/env bash
# Runs runbooks for real: every case in a folder of its own, nothing outside it is touched.
# shellcheck disable=SC2016,SC1003  # what is meant for a runbook stays in single quotes here
set -uo pipefail

# shellcheck source-path=SCRIPTDIR source=cases.sh
source "$(dirname "$0")/cases.sh"
case_success() {
  write_three_steps runbook.sh
  touch fixed
  run --no-input
  is 'exit' 0 "${status}"
  is 'steps' 'one at dr one-verified two three ' "$(trace)"
  has 'summary' 'shop                     back after 1m' "${output}"
  has 'objective' 'RTO 30m: met' "${output}"
  has 'clock' 'planned to end at 1m30s, RTO 30m of shop: 28m' "${output}"
  is 'evidence' 'started - - - begun db.one - 1 action db.one 0 1 verify db.one 0 1 done db.one - - begun db.two - 1 action db.two 0 1 done db.two - - begun shop.three - 1 action shop.three 0 1 done shop.three - - finished - - -' \
    "$(events | grep -v head | tr '\n' ' ' | sed 's/ $//')"
  has 'the last hash is shown' "$(events | tail -n 1 | cut -d ' ' -f 2)" "${output}"
  run --no-input --resume
  is 'a finished run that is to go on says again how it ended' 0 "${status}"
  has 'with its summary' 'RTO 30m: met' "${output}"
  is 'and does nothing again' 'one at dr one-verified two three ' "$(trace)"
  run --no-input --resume --again db.two
  is 'none of its steps is done again' 2 "${status}"
  run --no-input
  is 'a finished run does not stand in the way of the next' 0 "${status}"
  is 'it is set aside' 1 "$(find state -maxdepth 1 -name '*.finished-*' | wc -l)"
}

case_rest() {
  write_three_steps runbook.sh
  touch fixed
  sed -i "s/^service_rest_ms=.*/service_rest_ms=('1790000')/" runbook.sh
  run --no-input
  is 'exit' 0 "${status}"
  has 'what a service needs to start counts' 'RTO 30m: missed' "${output}"
  has 'and is no time that is left' 'RTO 30m of shop: missed by 50s' "${output}"
}

case_failure_and_resume() {
  write_three_steps runbook.sh
  run --no-input
  is 'exit' 1 "${status}"
  is 'later steps do not run' 'one at dr one-verified two ' "$(trace)"
  has 'which step' 'step 2 of 3, db.two: The action ended with exit code 7' "${output}"
  has 'what ran' 'no luck"; exit 7' "${output}"
  has 'its output' '| no luck' "${output}"
  has 'how to go on' "bash '${PWD}/runbook.sh' --resume --state '${PWD}/state'" "${output}"
  run --no-input
  is 'starting anew is refused' 2 "${status}"
  has 'with what to do' '--resume' "${output}"
  is 'and runs nothing' 'one at dr one-verified two ' "$(trace)"
  run --status
  has 'status' '2   failed    db.two' "${output}"
  touch fixed
  run --no-input --resume
  is 'resumed' 0 "${status}"
  is 'what is done is verified, not repeated' 'one at dr one-verified two one-verified two three ' "$(trace)"
  has 'attempts are counted' 'action db.two 0 2' "$(events)"
  run --no-input --resume
  is 'a finished run says again how it ended' 0 "${status}"
  has 'and does nothing' 'That run is finished' "${output}"
  is 'no step of it' '' "$(diff <(trace) <(printf 'one at dr one-verified two one-verified two three '))"
}

case_again() {
  write_three_steps runbook.sh
  run --no-input
  touch fixed
  run --no-input --resume --again nonsense
  is 'a step that does not exist' 2 "${status}"
  run --no-input --resume --again db.one
  is 'exit' 0 "${status}"
  is 'trace' 'one at dr one-verified two one at dr one-verified two three ' "$(trace)"
}

start_in_background() {
  bash runbook.sh "$@" </dev/null >background.log 2>&1 &
  background=$!
  wait_for_line trace begun
}

case_interrupt() {
  local signal
  for signal in TERM HUP; do
    rm -rf state trace go
    write_slow_step runbook.sh "" ''
    start_in_background --no-input
    kill "-${signal}" "${background}"
    wait "${background}"
    is "exit after ${signal}" 130 "$?"
    has 'how to go on' '--resume' "$(cat background.log)"
    has 'evidence' 'interrupted shop.three' "$(events)"
    touch go
    run --no-input --resume
    is 'nobody can say whether it did its work' 1 "${status}"
    has 'with what to do' '--again shop.three' "${output}"
    output=$(printf 'again\n' | bash runbook.sh --resume 2>&1)
    is 'the operator decides' 0 "$?"
    is 'the action ran again' 'begun begun ended ' "$(trace)"
  done
}

case_operator_takes_it_as_done() {
  write_slow_step runbook.sh "" ''
  start_in_background --no-input
  kill -TERM "${background}"
  wait "${background}"
  output=$(printf 'perhaps\ndone\n' | bash runbook.sh --resume 2>&1)
  is 'exit' 0 "$?"
  has 'asked until understood' 'Please answer with one of: again done stop' "${output}"
  is 'not run again' 'begun ' "$(trace)"
}

case_kill() {
  write_slow_step runbook.sh 'step_1_done_when() {
  run_text <<'"'TEXT'"'
[[ -e holds ]]
TEXT
}' ''
  start_in_background --no-input
  kill -KILL "${background}"
  wait "${background}" 2>/dev/null
  is 'the checkpoint is whole' 'step shop.three begun 1' "$(grep '^step' "${state}/checkpoint" | cut -d ' ' -f 1-4)"
  touch holds
  run --no-input --resume
  is 'exit' 0 "${status}"
  is 'done when holds: not run again' 'begun ' "$(trace)"
  events >/dev/null || fail 'the chain of the evidence is broken'
}

case_kill_and_done_when_does_not_hold() {
  write_slow_step runbook.sh 'step_1_done_when() {
  false
}' ''
  start_in_background --no-input
  kill -KILL "${background}"
  wait "${background}" 2>/dev/null
  touch go
  run --no-input --resume
  is 'exit' 0 "${status}"
  is 'done when does not hold: run again' 'begun begun ended ' "$(trace)"
}

case_two_operators() {
  write_slow_step runbook.sh "" ''
  MUSTER_OPERATOR=alice start_in_background --no-input
  run --no-input
  is 'the second is refused' 2 "${status}"
  has 'and told who it is' 'operator alice' "${output}"
  run --no-input --resume
  is 'with --resume too' 2 "${status}"
  run --status
  has 'status says so' 'being run by operator alice' "${output}"
  touch go
  wait "${background}"
  is 'the first is not disturbed' 0 "$?"
  is 'it ran once' 'begun ended ' "$(trace)"
}

case_another_runbook() {
  write_slow_step runbook.sh "" ''
  MUSTER_OPERATOR=alice start_in_background --no-input
  write_three_steps other.sh
  sed -i "s/^scenario=.*/scenario='other'/" other.sh
  touch fixed
  output=$(bash other.sh --no-input </dev/null 2>&1)
  is 'another runbook can be run beside it' 0 "$?"
  has 'and says so' 'Another runbook is being run, region-outage: operator alice' "${output}"
  touch go
  wait "${background}"
  output=$(bash other.sh --no-input </dev/null 2>&1)
  if [[ "${output}" == *'Another runbook'* ]]; then fail 'it says so after the other has ended'; fi
}

case_timeout() {
  write_slow_step runbook.sh "" 1000
  run --no-input
  is 'exit' 1 "${status}"
  has 'why' 'exit code 124 (it ran into its timeout of 1s)' "${output}"
}

case_dry_run() {
  local option
  write_three_steps runbook.sh
  for option in --dry-run --list --status --help; do
    run "${option}"
    is "${option}" 0 "${status}"
    is "${option} changes nothing" 'runbook.sh ' "$(find . -mindepth 1 -printf '%P ')"
  done
  run --dry-run
  has 'what would run' 'echo three >>trace' "${output}"
  run --nonsense
  is 'unknown option' 2 "${status}"
}

case_hostile() {
  local name
  printf -v name '%s\a\e]0;x\a\xff\xc3\xa9\xed\xa0\x80\t"\\' $'$(touch pwned) `touch pwned`\n\'; touch pwned; \''
  {
    printf 'questions=(MUSTER_ANSWER)\nquestion_texts=(%q)\nstep_count=2\n' "${name}"
    printf 'step_1() {\n  step=([name]=db.one [title]=%q [note]=%q [who]=%q [skip_question]=%q)\n}\n' "${name}" "${name}" "${name}" "${name}"
    printf '%s\n' 'step_1_action() {' '  run_text <<'"'TEXT'" '}' 'touch unbalanced' 'TEXT' '}'
    printf 'step_2() {\n  step=([name]=shop.three [after]=db.one)\n}\nstep_2_action() {\n  printf "%%s" "${MUSTER_ANSWER}" >answer\n}\n'
  } | write_runbook runbook.sh
  MUSTER_ANSWER=${name} MUSTER_OPERATOR=${name} run --no-input
  is 'an unbalanced brace fails its own step' 1 "${status}"
  has 'that step' 'step 1 of 2, db.one' "${output}"
  is 'nothing of it became code' '' "$(find . -name pwned -o -name unbalanced -o -name answer)"
  if [[ "${output}" == *[$'\e\a']* ]]; then fail 'the terminal is driven by a text of the plan'; fi
  events >/dev/null || fail 'the evidence is not whole'
  python3 - "${state}/evidence.jsonl" <<'END' || fail 'the evidence does not say what was there'
import json, sys
line = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")][1]
expected = "$(touch pwned) `touch pwned`\n'; touch pwned; '\a\x1b]0;x\a\ufffd\xe9\ufffd\ufffd\ufffd\t\"\\"
sys.exit(line["answer"] != expected or line["operator"] != expected)
END
}

case_answers() {
  write_runbook runbook.sh <<'END'
questions=('MUSTER_TARGET_TIME')
question_texts=('Restore to which moment?')
step_count=1

step_1() {
  step=([name]='shop.three')
}
step_1_action() {
  run_text <<'TEXT'
echo "${MUSTER_TARGET_TIME}" >>trace
[[ -e fixed ]]
TEXT
}
END
  run --no-input
  is 'no answer' 2 "${status}"
  has 'which' 'MUSTER_TARGET_TIME' "${output}"
  output=$(printf '\nten to nine\n2026-02-31T00:00:00Z\n2026-11-20T21:49:00Z\n' | bash runbook.sh --resume 2>&1)
  is 'fails until fixed' 1 "$?"
  has 'after it was understood' 'has to be a time in UTC' "${output}"
  MUSTER_TARGET_TIME=midnight run --no-input --resume
  is 'what is set and no time is refused before any step' 2 "${status}"
  run --no-input --resume
  is 'still fails' 1 "${status}"
  is 'asked once and kept' $'2026-11-20T21:49:00Z\n2026-11-20T21:49:00Z' "$(cat trace)"
  touch fixed
  MUSTER_TARGET_TIME=2026-11-20T21:00:00Z run --no-input --resume
  is 'exit' 0 "${status}"
  is 'what is set replaces it' 2026-11-20T21:00:00Z "$(tail -n 1 trace)"
}

case_nothing_to_run() {
  printf 'questions=()\nquestion_texts=()\nstep_count=0\n' | write_runbook runbook.sh
  run --no-input
  is 'a service is lost and nothing is said to be done' 1 "${status}"
  has 'which' 'Lost      shop' "${output}"
  if [[ "${output}" == *'are done'* ]]; then fail 'it says that something was done'; fi
  sed -i 's/^services=.*/services=()/' runbook.sh
  run --no-input
  is 'nothing is lost' 0 "${status}"
  has 'and it says so' 'nothing to do' "${output}"
}

case_folder() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
paths=('manifests/a.yaml' 'manifests/b.yaml')
step_count=1

step_1() {
  step=([name]='shop.three')
}
step_1_action() {
  run_text <<'TEXT'
cat manifests/a.yaml >>trace
[[ -e fixed ]]
TEXT
}
END
  mkdir manifests elsewhere
  printf 'a\n' >manifests/a.yaml
  run --no-input
  is 'fails until fixed' 1 "${status}"
  has 'what is missing is named beforehand' "needs it: 'manifests/b.yaml'" "${output%%Clock*}"
  if [[ "${output}" == *"needs it: 'manifests/a.yaml'"* ]]; then fail 'what is there is not'; fi
  touch fixed
  output=$(cd elsewhere && bash ../runbook.sh --no-input --resume 2>&1)
  is 'it goes on in the folder where it began' 0 "$?"
  is 'with its files' 'a a ' "$(trace)"
}

# kubectl itself, without a cluster: it says on which context it would act.
case_context() {
  if ! command -v kubectl >/dev/null; then
    printf 'kubectl is not installed: which context it acts on was not tried\n'
    return 0
  fi
  export KUBECONFIG=${PWD}/config
  kubectl config set-context prod --cluster=prod >/dev/null
  kubectl config set-context dr --cluster=dr >/dev/null
  kubectl config use-context prod >/dev/null
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
contexts=('dr' 'elsewhere')
step_count=2

step_1() {
  step=([name]='db.one' [cluster]='dr')
}
step_1_action() {
  run_text <<'TEXT'
kubectl config current-context >>trace
kubectl config use-context prod
TEXT
}

step_2() {
  step=([name]='shop.three' [after]='db.one')
}
step_2_action() {
  run_text <<'TEXT'
kubectl config current-context >>trace
TEXT
}
END
  kubectl config use-context dr >/dev/null
  run --no-input
  is 'exit' 0 "${status}"
  is 'the context of the step, and the one that was chosen where the step has none' 'dr dr ' "$(trace)"
  is 'which no step changes' dr "$(kubectl config current-context)"
  kubectl config use-context prod >/dev/null
  rm trace
  run --no-input
  is 'whatever was chosen' 'dr prod ' "$(trace)"
  has 'what kubectl does not know is named beforehand' "no context 'elsewhere'" "${output}"
  unset KUBECONFIG
}

# A command that would ask at the terminal fails, and does not wait for ever.
case_no_terminal() {
  if ! command -v setsid >/dev/null || ! command -v script >/dev/null; then return 0; fi
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=1

step_1() {
  step=([name]='shop.three' [timeout_ms]='60000')
}
step_1_action() {
  run_text <<'TEXT'
read -r password </dev/tty
TEXT
}
END
  output=$(script -qec 'bash runbook.sh --no-input' typescript </dev/null 2>&1)
  is 'exit' 1 "$?"
  has 'why' '/dev/tty' "${output}"
  if [[ "${output}" == *'exit code 124'* ]]; then fail 'it waited for an answer that nobody saw the question of'; fi
}

case_people() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=3

step_1() {
  step=([name]='db.one' [who]='dba' [manual]='Turn the key' [takes_ms]='300000')
}

step_2() {
  step=([name]='db.two' [approve_by]='lead')
}

step_3() {
  step=([name]='shop.three' [after]='db.two' [only_question]='the cache is cold')
}
step_3_action() {
  echo three >>trace
}
END
  run --yes --no-input
  is 'a manual step needs a person' 1 "${status}"
  has 'what to do' 'Do        Turn the key' "${output}"
  has 'who' 'Who       dba' "${output}"
  has 'how long' 'Takes     up to 5m' "${output}"
  output=$(printf 'done\nno\n' | bash runbook.sh --resume 2>&1)
  is 'not approved' 1 "$?"
  output=$(printf 'Ada Lovelace\nno\n' | bash runbook.sh --resume 2>&1)
  is 'approved' 0 "$?"
  has 'left out' 'skipped: the cache is cold no' "${output}"
  is 'who approved is on record' 'Ada Lovelace' "$(cat "${state}"/output/*approved* | tail -n 1)"
  if [[ -e trace ]]; then fail 'the step that was not wanted has run'; fi
}

case_verify_fails() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=1

step_1() {
  step=([name]='shop.three')
}
step_1_precheck() {
  [[ -e ready ]]
}
step_1_action() {
  echo acted >>trace
}
step_1_verify() {
  [[ -e fixed ]]
}
END
  run --no-input
  is 'precheck' 1 "${status}"
  if [[ -e trace ]]; then fail 'the action ran although its precheck failed'; fi
  touch ready
  run --no-input --resume
  is 'verify' 1 "${status}"
  touch fixed
  run --no-input --resume
  is 'exit' 0 "${status}"
  is 'the action is not repeated for its check' 'acted ' "$(trace)"
}

case_order() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=2

step_1() {
  step=([name]='shop.three' [after]='db.one')
}
step_1_action() {
  echo last >>trace
}

step_2() {
  step=([name]='db.one')
}
step_2_action() {
  echo first >>trace
}
END
  run --no-input
  is 'exit' 0 "${status}"
  is 'by dependency, not by place' 'first last ' "$(trace)"
}

case_damaged_state() {
  write_three_steps runbook.sh
  run --no-input
  printf '{"format":1,"torn' >>"${state}/evidence.jsonl"
  touch fixed
  run --no-input --resume
  is 'a torn line is cut off' 0 "${status}"
  events >/dev/null || fail 'the chain of the evidence is broken'
  rm -rf state fixed
  run --no-input
  sed -i 's/^step db.two.*/step db.two failed $(id)/' "${state}/checkpoint"
  run --no-input --resume
  is 'a damaged checkpoint is refused' 2 "${status}"
}

case_another_version_of_the_plan() {
  write_three_steps runbook.sh
  run --no-input
  sed -i 's/^plan_hash=.*/plan_hash=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff/' runbook.sh
  run --no-input
  is 'an unfinished run of the plan before is in the way' 2 "${status}"
  has 'and can be gone on with' "state/region-outage-0123456789ab/runbook.sh' --resume" "${output}"
  touch fixed
  output=$(bash "${state}/runbook.sh" --resume --no-input --state state 2>&1)
  is 'with its own runbook' 0 "$?"
}

# kubectl for a cluster that stands, but for what was scaled to 0: in that no command runs.
write_kubectl() {
  mkdir -p bin
  cat >bin/kubectl <<'END'
#!/usr/bin/env bash
printf '%s\n' "$*" >>"${0%/*}/calls"
gone=${0%/*}/gone
case " $* " in
*" config "*) [[ " $* " == *" use-context "* || " $* " == *" get-contexts "* ]] ;;
*" scale "*--replicas=0*) printf '%s\n' "$*" | grep -oE '(deployment|statefulset)/[a-z-]+' >>"${gone}" ;;
*" scale "*) sed -i "/$(printf '%s\n' "$*" | grep -oE '(deployment|statefulset)/[a-z-]+' | sed 's,/,.,')/d" "${gone}" ;;
*" exec "*)
  while read -r workload; do
    if [[ " $* " == *" ${workload} "* || " $* " == *" service/${workload#*/} "* ]]; then
      printf 'error: unable to upgrade connection: no pod of %s\n' "${workload}" >&2
      exit 1
    fi
  done < <(cat "${gone}" 2>/dev/null || true)
  if [[ "$*" == *pg_is_in_recovery* && "$*" == *-Atc* ]]; then printf 'f\n'; else printf 't\n'; fi
  ;;
*" get pods "*) printf 'nexus-app-0 1/1 Running\n' ;;
*) ;;
esac
END
  printf '#!/bin/sh\nprintf "ok\\n"\n' >bin/curl
  cat >bin/restic <<'END'
#!/usr/bin/env bash
case " $* " in
*" snapshots "*) printf '[{"time":"2026-11-20T21:00:00.1Z","hostname":"sync","id":"0a1b2c3d4e","short_id":"0a1b2c3d"}]\n' ;;
*) tar --create --files-from=/dev/null ;;
esac
END
  chmod +x bin/kubectl bin/curl bin/restic
}

# The runbooks of a plan from their first step to their last.
case_nexus() {
  local book name
  if [[ -z "${MUSTER-}" ]]; then return 0; fi
  "${MUSTER}" compile "${here}/../../../plans/nexus/repaired" -o out --as-of 2026-11-20 >compile.log || fail 'the plan compiles' "$(cat compile.log)"
  mkdir -p infrastructure/k8s/dr
  touch infrastructure/k8s/{nexus-app-dr,nexus-lb-backup}.yaml
  for book in out/runbooks/*.sh; do
    name=${book##*/}
    # The way back asks for more than yes, and is tried where there are two databases.
    if [[ "${name}" == failback-* ]]; then continue; fi
    rm -rf bin
    write_kubectl
    output=$(PATH="${PWD}/bin:${PATH}" MUSTER_TARGET_TIME=2026-11-20T21:49:00Z MUSTER_FILES_FILE_STORAGE="${PWD}/files" RESTIC_PASSWORD=secret \
      timeout 100 bash "${book}" --yes --confirm all < <(yes $'done\nyes') 2>&1)
    is "${name}" 0 "$?"
    if [[ "${output}" == *' a step needs it'* ]]; then fail "${name} misses something" "${output}"; fi
  done
  is 'all of them' 12 "$(find out/runbooks -maxdepth 1 -name '*.sh' ! -name 'failback-*' | wc -l)"
  is 'each has its evidence' 11 "$(find out/runbooks/state -name evidence.jsonl | wc -l)"
}

case_clean() {
  write_three_steps runbook.sh
  if command -v shellcheck >/dev/null; then is 'shellcheck' '' "$(shellcheck -o all runbook.sh)"; fi
  if command -v shfmt >/dev/null; then is 'shfmt' '' "$(shfmt -i 2 -d "${here}"/../../../backends/runbook/runner/*.sh)"; fi
}

run_cases

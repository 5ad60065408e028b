#!/usr/bin/env bash
# Runs are killed with -9 wherever they can be, and gone on with: the same is there in the end, and nothing that is on record as complete
# has run twice.
# shellcheck disable=SC2016  # what is meant for a runbook stays in single quotes here
set -uo pipefail
# Tens of thousands of times something is made durable here: where memory can be the disk, that costs nothing.
if [[ -w /dev/shm ]]; then export TMPDIR=/dev/shm; fi
# shellcheck source-path=SCRIPTDIR source=cases.sh
source "$(dirname "$0")/cases.sh"

# Each place of a kill is a run of its own, in a folder of its own. They mostly wait, so several go side by side.
side_by_side=$((2 * $(nproc)))

# Two steps side by side and one after them. Each writes its name to `trace`, then makes a file of its own out of those before it. A
# file kill-PLACE kills the runbook there, once.
write_killable() {
  {
    printf 'questions=()\nquestion_texts=()\nstep_count=3\n'
    write_killable_step 1 db.one '' 'printf 1 >one'
    write_killable_step 2 db.two '' 'printf 2 >two'
    write_killable_step 3 shop.three 'db.one db.two' 'cat one two >three'
  } | write_runbook "$1"
}

# write_killable_step NUMBER NAME AFTER EFFECT
write_killable_step() {
  local part
  printf 'step_%s() {\n  step=([name]=%s [after]=%q)\n}\n' "$1" "$2" "$3"
  for part in precheck verify; do
    printf 'step_%s_%s() {\n  run_text <<'\''END'\''\n' "$1" "${part}"
    printf 'echo %s %s >>trace\nbash ../kill-at.sh %s-%s\nEND\n}\n' "${part}" "$2" "$2" "${part}"
  done
  printf 'step_%s_action() {\n  run_text <<'\''END'\''\necho action %s >>trace\nbash ../kill-at.sh %s-before\n' "$1" "$2" "$2"
  printf '%s\nbash ../kill-at.sh %s-after\nEND\n}\n' "$4" "$2"
}

write_helpers() {
  mkdir bin
  cat >kill-at.sh <<'END'
if [[ -e "kill-$1" ]]; then
  rm "kill-$1"
  [[ "$(<state/region-outage.lock)" =~ process\ ([0-9]+) ]] && kill -KILL "${BASH_REMATCH[1]}"
  sleep 2
fi
END
  # Every program that the runner calls is one at which it can be killed: before it has done anything. Only `sleep` is not: nothing
  # has happened since the call before, and how often it comes is chance.
  local program
  for program in mv sync sha256sum tail cat mkdir sed grep timeout truncate wc; do
    cat >"bin/${program}" <<END
#!/usr/bin/bash
if [[ -e killing ]]; then
  printf x >>calls
  calls=\$(<calls)
  if ((\${#calls} >= \$(<killing))); then
    [[ "\$(<state/region-outage.lock)" =~ process\\ ([0-9]+) ]] && kill -KILL "\${BASH_REMATCH[1]}" && exit 1
  fi
fi
exec $(type -P "${program}") "\$@"
END
    chmod +x "bin/${program}"
  done
}

world() {
  cat one two three
}

# The steps that are on record as complete, and how often the action of each has run.
complete() {
  {
    sed -nE 's/^step ([a-z.]+) (acted|done) .*/\1/p' "${state}/checkpoint"
    sed -nE 's/.*"event":"action","step":"([a-z.]+)".*"exit":0,.*/\1/p' "${state}/evidence.jsonl"
  } 2>/dev/null | sort -u
}

# Goes on until it is done; whoever is asked says: again. Nothing that was complete may run again.
go_on_after_kill() {
  local where=$1 name before
  before=$(complete)
  for name in ${before}; do grep -c "^action ${name}\$" trace >"before-${name}"; done
  # A kill before the first checkpoint leaves nothing to go on with; one after the last leaves a finished run.
  if [[ -e "${state}/checkpoint" ]]; then
    output=$(bash ../runbook.sh --state state --yes --resume < <(yes again) 2>&1)
  else
    output=$(bash ../runbook.sh --state state --yes < <(yes again) 2>&1)
  fi
  is "killed ${where}: gone on with" 0 "$?"
  is "killed ${where}: what is there in the end" 1212 "$(world | tr -d '\n' | tail -c 4)"
  for name in ${before}; do
    is "killed ${where}: ${name} is on record as complete and not run again" "$(<"before-${name}")" "$(grep -c "^action ${name}\$" trace)"
  done
  output=$(bash ../runbook.sh --state state --verify-evidence 2>&1) || fail "killed ${where}: the evidence is not whole" "${output}"
}

# Does "$@" in the folder $1 of its own, beside others; its failures are counted by `wait_for_places`.
at_place() {
  if (($(jobs -pr | wc -l) >= side_by_side)); then wait -n; fi
  mkdir "$1"
  (
    # shellcheck disable=SC2030  # it is the place's own count
    failures=0
    cd "$1" && "${@:2}"
    printf '%s' "${failures}" >failures
  ) 2> >(grep -v ' Killed ' >&2) &
}

# How many places there were is in `places` after that.
wait_for_places() {
  local folder
  wait
  places=0
  for folder in "$@"; do
    places=$((places + 1))
    # shellcheck disable=SC2031
    failures=$((failures + $(cat "${folder}/failures" || printf 1)))
  done
  python3 "${here}/check_evidence.py" "${@/%//${state}/evidence.jsonl}" >/dev/null || fail 'the chain of an evidence is broken'
}

kill_in_step() {
  local status=0
  touch "kill-$1"
  bash ../runbook.sh --state state --yes --no-input >log 2>&1 </dev/null || status=$?
  is "killed at $1" 137 "${status}"
  go_on_after_kill "at $1"
}

case_in_the_middle() {
  local step place
  write_helpers
  write_killable runbook.sh
  for step in db.one db.two shop.three; do
    for place in precheck before after verify; do at_place "in-${step}-${place}" kill_in_step "${step}-${place}"; done
  done
  wait_for_places in-*
  is 'it was killed in every part' 12 "${places}"
}

# A run that makes fewer calls has been killed at each of them; one that holds no lock yet, or any more, is not killed.
kill_at_call() {
  local status=0
  printf '%s' "$1" >killing
  PATH="${work}/${case_name}/bin:${PATH}" bash ../runbook.sh --state state --yes --no-input >log 2>&1 </dev/null || status=$?
  rm killing
  if ((status == 0)); then
    if (($(wc -c <calls) < $1)); then touch ../beyond; fi
    return
  fi
  is "killed at call $1" 137 "${status}"
  touch killed
  go_on_after_kill "at call $1"
}

case_at_every_boundary() {
  local at=0 killed
  write_helpers
  write_killable runbook.sh
  until [[ -e beyond ]]; do
    at=$((at + 1))
    at_place "call-${at}" kill_at_call "${at}"
  done
  wait_for_places call-*
  killed=$(find . -name killed | wc -l)
  if ((killed < 100)); then fail "it was killed at ${killed} places only"; fi
  printf 'killed at %d of %d places\n' "${killed}" "${places}"
}

run_cases

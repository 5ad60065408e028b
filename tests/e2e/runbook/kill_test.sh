#!/usr/bin/env bash
# Runs are killed with -9 wherever they can be, and gone on with: the same is there in the end, and nothing that is on record as complete
# has run twice.
# shellcheck disable=SC2016  # what is meant for a runbook stays in single quotes here
set -uo pipefail
# shellcheck source-path=SCRIPTDIR source=cases.sh
source "$(dirname "$0")/cases.sh"

# Two steps side by side and two after them. Each writes its name to `trace`, then makes a file of its own out of those before it. A
# file kill-PLACE kills the runbook there, once.
write_killable() {
  {
    printf 'questions=()\nquestion_texts=()\nstep_count=4\n'
    write_killable_step 1 db.one '' 'printf 1 >one'
    write_killable_step 2 db.two '' 'printf 2 >two'
    write_killable_step 3 db.both 'db.one db.two' 'cat one two >both'
    write_killable_step 4 shop.three db.both 'cat both both >three'
  } | write_runbook runbook.sh
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
  mkdir -p "${work}/bin"
  cat >"${work}/kill-at.sh" <<'END'
if [[ -e "kill-$1" ]]; then
  rm "kill-$1"
  [[ "$(<state/region-outage.lock)" =~ process\ ([0-9]+) ]] && kill -KILL "${BASH_REMATCH[1]}"
  sleep 2
fi
END
  # Every program that the runner calls is one at which it can be killed: before it has done anything.
  local program
  for program in mv sync sha256sum tail cat mkdir sed grep timeout sleep truncate wc; do
    cat >"${work}/bin/${program}" <<END
#!/usr/bin/bash
if [[ -e killing ]]; then
  exec 8>>killing
  flock 8
  count=\$((\$(<count) + 1))
  printf '%s' "\${count}" >count
  if ((count == \$(<killing))); then
    [[ "\$(<state/region-outage.lock)" =~ process\\ ([0-9]+) ]] && kill -KILL "\${BASH_REMATCH[1]}" && exit 1
  fi
  exec 8>&-
fi
exec $(type -P "${program}") "\$@"
END
    chmod +x "${work}/bin/${program}"
  done
}

world() {
  cat one two both three
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
  # A kill before the first checkpoint leaves nothing to go on with.
  if [[ -e "${state}/checkpoint" ]]; then
    output=$(bash runbook.sh --yes --resume < <(yes again) 2>&1)
  else
    output=$(bash runbook.sh --yes < <(yes again) 2>&1)
  fi
  is "killed ${where}: gone on with" 0 "$?"
  is "killed ${where}: what is there in the end" 12121212 "$(world | tr -d '\n' | tail -c 8)"
  for name in ${before}; do
    is "killed ${where}: ${name} is on record as complete and not run again" "$(<"before-${name}")" "$(grep -c "^action ${name}\$" trace)"
  done
  python3 "${here}/check_evidence.py" "${state}/evidence.jsonl" >/dev/null || fail "killed ${where}: the chain of the evidence is broken"
  output=$(bash runbook.sh --verify-evidence 2>&1) || fail "killed ${where}: the evidence is not whole" "${output}"
}

case_in_the_middle() {
  local step place
  write_helpers
  write_killable
  for step in db.one db.two db.both shop.three; do
    for place in precheck before after verify; do
      rm -rf state trace one two both three
      touch "kill-${step}-${place}"
      status=0
      { bash runbook.sh --yes --no-input >log 2>&1 </dev/null || status=$?; } 2>/dev/null
      is "killed at ${step}-${place}" 137 "${status}"
      go_on_after_kill "at ${step}-${place}"
    done
  done
}

case_at_every_boundary() {
  local at=0 killed status made
  write_helpers
  write_killable
  killed=0
  while true; do
    at=$((at + ${KILL_EVERY:-1}))
    rm -rf state trace one two both three
    printf '%s' "${at}" >killing
    printf 0 >count
    status=0
    { PATH="${work}/bin:${PATH}" bash runbook.sh --yes --no-input >log 2>&1 </dev/null || status=$?; } 2>/dev/null
    rm killing
    # A run that makes fewer calls has been killed at each of them; one that holds no lock yet, or any more, is not killed.
    made=$(<count)
    if ((${made:-at} < at)); then break; fi
    if ((status == 0)); then continue; fi
    killed=$((killed + 1))
    go_on_after_kill "at call ${at}"
    if ((failures > 3)); then break; fi
  done
  if ((killed < 40 / ${KILL_EVERY:-1})); then fail "it was killed at ${killed} places only"; fi
  printf 'killed at %d places\n' "${killed}"
}

run_cases

#!/usr/bin/env bash
# What goes wrong around a run: the clock, the disk, the state, the terminal, the plan.
# shellcheck disable=SC2016  # what is meant for a runbook stays in single quotes here
set -uo pipefail
# shellcheck source-path=SCRIPTDIR source=cases.sh
source "$(dirname "$0")/cases.sh"
need_packages tmux

# The clock of the machine is the file `clock` (seconds since 1970).
set_clock() {
  printf '%s' "$1" >clock
  sed -i 's|^  if \[\[ -n "${EPOCHREALTIME-}" \]\]; then|  if [[ -e clock ]]; then wall_ms=$(<clock)000 \&\& return 0; fi\n&|' runbook.sh
}

case_clock_set_back() {
  write_three_steps runbook.sh
  set_clock 1800000000
  run --no-input
  is 'fails' 1 "${status}"
  touch fixed
  printf '%s' 1799990000 >clock
  run --no-input --resume
  is 'exit' 0 "${status}"
  has 'it is said' 'is 2h46m' "${output}"
  has 'that it was set back' 'was set back. Times go on from that record.' "${output}"
  is 'no time runs back' '' "$(
    python3 - "${state}/evidence.jsonl" <<'END'
import json, sys
times = [json.loads(line)["at"] for line in open(sys.argv[1])]
print("" if times == sorted(times) else times)
END
  )"
  has 'and the RTA is not negative' 'back after 1m' "${output}"
}

# What is set while a run is under way changes nothing of how long things took.
case_clock_set_while_running() {
  write_slow_step runbook.sh "" ''
  set_clock 1800000000
  sed -i 's/^echo begun/printf 1700000000 >clock; &/' runbook.sh
  touch go
  run --no-input
  is 'exit' 0 "${status}"
  has 'what it took' 'done after 0s' "${output}"
}

# A disk of its own that is small or read-only: as root, else the case says that it was not tried.
mount_small() {
  mkdir disk
  if ! mount -t tmpfs -o "size=$1" tmpfs disk 2>/dev/null; then
    printf 'no file system can be mounted here: %s was not tried\n' "${case_name}"
    return 1
  fi
}

# A name so long that every line of evidence wants a new block of the disk.
long_name=$(printf 'x%.0s' {1..5000})

case_full_disk() {
  write_three_steps runbook.sh
  touch fixed
  mount_small 256k || return 0
  sed -i 's/^echo two >>trace/&; head -c 400000 \/dev\/zero >disk\/filler || true/' runbook.sh
  MUSTER_OPERATOR=${long_name} run --no-input --evidence disk
  is 'a full disk stops the run' 2 "${status}"
  has 'it is said which file' 'evidence.jsonl' "${output}"
  has 'with the way out' '--evidence DIR' "${output}"
  is 'no later step has begun' 'one at dr one-verified two ' "$(trace)"
  rm -f disk/filler
  output=$(printf 'done\n' | bash runbook.sh --resume 2>&1)
  is 'with room again it goes on' 0 "$?"
  is 'nothing is done twice' 1 "$(grep -c two trace)"
  python3 "${here}/check_evidence.py" disk/*/evidence.jsonl >/dev/null || fail 'the chain of the evidence is broken'
  umount disk
}

case_full_disk_and_elsewhere() {
  write_three_steps runbook.sh
  touch fixed
  mount_small 256k || return 0
  sed -i 's/^echo two >>trace/&; head -c 400000 \/dev\/zero >disk\/filler || true/' runbook.sh
  MUSTER_OPERATOR=${long_name} run --no-input --evidence disk
  mkdir other
  output=$(printf 'done\n' | bash runbook.sh --resume --evidence other 2>&1)
  is 'it goes on elsewhere' 0 "$?"
  is 'nothing is done twice' 1 "$(grep -c two trace)"
  python3 "${here}/check_evidence.py" other/*/evidence.jsonl >/dev/null || fail 'the chain of the evidence is broken'
  has 'what was before is taken along' 'done db.one' "$(python3 "${here}/check_evidence.py" other/*/evidence.jsonl)"
  umount disk
}

case_read_only() {
  write_three_steps runbook.sh
  mount_small 256k || return 0
  mount -o remount,ro disk
  run --no-input --evidence disk
  is 'refused before the first step' 2 "${status}"
  has 'with the way out' '--evidence DIR' "${output}"
  if [[ -e trace ]]; then fail 'a step has run'; fi
  run --no-input --state disk
  is 'so is a read-only state' 2 "${status}"
  has 'with the way out' '--state DIR' "${output}"
  umount disk
}

# An operator makes room while the run waits.
case_room_is_made() {
  write_three_steps runbook.sh
  touch fixed
  mount_small 256k || return 0
  sed -i 's/^echo two >>trace/&; head -c 400000 \/dev\/zero >disk\/filler || true/' runbook.sh
  mkfifo answers
  MUSTER_OPERATOR=${long_name} bash runbook.sh --yes --evidence disk <answers >log 2>&1 &
  exec 7>answers
  for _ in {1..100}; do
    if grep -q 'Put it right' log; then break; fi
    sleep 0.1
  done
  rm -f disk/filler
  printf '\n' >&7
  wait "$!"
  is 'exit' 0 "$?"
  exec 7>&-
  is 'all is done once' 'one at dr one-verified two three ' "$(trace)"
  python3 "${here}/check_evidence.py" disk/*/evidence.jsonl >/dev/null || fail 'the chain of the evidence is broken'
  umount disk
}

# Wherever a checkpoint is cut, it is not taken for a whole one.
case_cut_checkpoint() {
  local size at
  write_three_steps runbook.sh
  run --no-input
  touch fixed
  size=$(wc -c <"${state}/checkpoint")
  cp -R state state.whole
  for ((at = 0; at < size; at += 37)); do
    rm -rf state
    cp -R state.whole state
    truncate -s "${at}" "${state}/checkpoint"
    run --no-input --resume
    is "cut to ${at} bytes: refused" 2 "${status}"
    has 'with the way out' '--resume --state' "${output}"
    has 'which is' '--from-evidence' "${output}"
  done
  rm trace
  run --no-input --resume --from-evidence
  is 'the evidence knows how it stands' 0 "${status}"
  is 'what is done is checked, what had failed is done' 'one-verified two three ' "$(trace)"
}

case_evidence_cut() {
  write_three_steps runbook.sh
  run --no-input
  touch fixed
  sed -i '3,$d' "${state}/evidence.jsonl"
  run --verify-evidence
  is 'of itself it looks whole, but that an output is not named' 0 "${status}"
  run --no-input --resume
  is 'the recovery goes on' 0 "${status}"
  has 'and says that lines are missing' 'has lost its last lines' "${output}"
  has 'on record' 'lost -' "$(events)"
}

case_evidence_changed() {
  write_three_steps runbook.sh
  touch fixed
  run --no-input
  run --verify-evidence
  is 'whole' 0 "${status}"
  has 'it says so' 'is whole' "${output}"
  sed -i '4s/"exit":0/"exit":1/' "${state}/evidence.jsonl"
  run --verify-evidence
  is 'a line was changed' 1 "${status}"
  has 'which shows in the next' 'Line 5 of' "${output}"
  sed -i '4s/"exit":1/"exit":0/' "${state}/evidence.jsonl"
  printf 'more\n' >>"$(find "${state}/output" -name '*db.one.action*')"
  run --verify-evidence
  is 'an output was changed' 1 "${status}"
  has 'which' 'db.one.action' "${output}"
}

case_plan_changed() {
  write_three_steps runbook.sh
  run --no-input
  sed -i 's/^plan_hash=.*/plan_hash=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff/' runbook.sh
  run --no-input --resume
  is 'refused' 2 "${status}"
  has 'the way out is its own runbook' "region-outage-0123456789ab/runbook.sh' --resume" "${output}"
  touch fixed
  output=$(eval "$(sed -n 's/^Go on with it: *//p' <<<"${output}") --no-input" 2>&1)
  is 'which works as it is written there' 0 "$?"
}

case_lost_terminal() {
  write_slow_step runbook.sh "" ''
  tmux -L "muster-$$" -f /dev/null new-session -d -s lost 'bash runbook.sh --yes'
  wait_for_line trace begun
  tmux -L "muster-$$" kill-server
  for _ in {1..100}; do
    if grep -q interrupted "${state}/evidence.jsonl"; then break; fi
    sleep 0.1
  done
  has 'on record' 'interrupted shop.three' "$(events)"
  touch go
  output=$(printf 'again\n' | bash runbook.sh --resume 2>&1)
  is 'it goes on' 0 "$?"
  is 'what was cut off did not end by itself' 'begun begun ended ' "$(trace)"
}

run_cases

# What is kept so that a run can go on after a crash: one folder per scenario and version of the plan.
#
#   STATE/<scenario>.lock           held while a run goes on
#   STATE/<scenario>-<plan hash>/   checkpoint, evidence.jsonl, answers/, output/, and the runbook as it was run

flush() {
  sync "$@" 2>/dev/null || true
}

# Replaces the file $1 by standard input, as a whole or not at all.
write_whole() {
  cat >"$1.new" || return 1
  flush "$1.new"
  mv -f "$1.new" "$1" || return 1
  flush "${1%/*}"
}

save_checkpoint() {
  local number name
  {
    printf 'muster-checkpoint 1\nplan %s\nscenario %s\nstarted %s\nclock %s\n' "${plan_hash}" "${scenario}" "${started_ms}" "${clock_ms}"
    if [[ -n "${finished_ms}" ]]; then printf 'finished %s\n' "${finished_ms}"; fi
    for ((number = 1; number <= step_count; number++)); do
      name=${step_names[number]}
      if [[ "${state[${name}]}" != pending ]]; then
        printf 'step %s %s %s %s %s\n' "${name}" "${state[${name}]}" "${attempts[${name}]}" "${begun_ms[${name}]}" "${ended_ms[${name}]}"
      fi
    done
  } | write_whole "${run_dir}/checkpoint" || refuse "Cannot write ${run_dir}/checkpoint: the run stops here."
}

# Notes that a step is now in the state $2 (pending, begun, acted, done, skipped or failed), durably.
# `acted`: its action has ended well, and it is not yet verified.
set_state() {
  read_clock
  state[$1]=$2
  case "$2" in
  begun) begun_ms[$1]=${now_ms} attempts[$1]=$((${attempts[$1]} + 1)) ;;
  *) ended_ms[$1]=${now_ms} ;;
  esac
  save_checkpoint
}

forget_states() {
  local number
  started_ms=0 clock_ms=0 finished_ms=''
  for ((number = 1; number <= step_count; number++)); do
    state[${step_names[number]}]=pending
    attempts[${step_names[number]}]=0
    begun_ms[${step_names[number]}]=0
    ended_ms[${step_names[number]}]=0
  done
}

# Reads the checkpoint, if there is one. A file that is not a checkpoint of this plan and scenario is refused.
load_checkpoint() {
  local file="${run_dir}/checkpoint" key first rest saved_plan='' saved_scenario=''
  forget_states
  if [[ ! -e "${file}" ]]; then return 1; fi
  while read -r key first rest; do
    case "${key}" in
    muster-checkpoint) [[ "${first}" == 1 ]] || refuse "${file} was written by another version of this runbook." ;;
    plan) saved_plan=${first} ;;
    scenario) saved_scenario=${first} ;;
    started | clock | finished) [[ "${first}" =~ ^[0-9]+$ ]] && printf -v "${key}_ms" '%s' "${first}" ;;
    step) load_step_state "${first}" "${rest}" ;;
    *) refuse "${file} is damaged: unknown line \"${key}\"." ;;
    esac
  done <"${file}"
  if [[ "${saved_plan}" != "${plan_hash}" || "${saved_scenario}" != "${scenario}" ]]; then
    refuse "${file} belongs to another plan or scenario."
  fi
}

load_step_state() {
  local name=$1
  if [[ -z "${state[${name}]-}" || ! "$2" =~ ^([a-z]+)\ ([0-9]+)\ ([0-9]+)\ ([0-9]+)$ ]]; then
    refuse "${run_dir}/checkpoint is damaged: it does not say how step \"${name}\" stands."
  fi
  state[${name}]=${BASH_REMATCH[1]}
  attempts[${name}]=${BASH_REMATCH[2]}
  begun_ms[${name}]=${BASH_REMATCH[3]}
  ended_ms[${name}]=${BASH_REMATCH[4]}
}

# Keeps two operators apart. The lock is on descriptor 9, which the command of a step inherits: after a kill of the runbook
# it stays locked until that command is gone too.
take_lock() {
  local holder
  lock="${state_root}/${scenario}.lock"
  if ! command -v flock >/dev/null; then
    take_lock_folder
    return 0
  fi
  exec 9>>"${lock}" || refuse "Cannot write ${lock}."
  if ! flock -n 9; then
    holder=$(cat "${lock}")
    if holder_is_gone "${holder}"; then
      printf 'The run before this one was killed; waiting for the command that it left behind to end ...\n'
      flock -w 15 9 || refuse "What the killed run had started is still running." "${holder}" "Let it end or stop it (fuser ${lock@Q} shows its process), then run this again."
    else
      refuse "Somebody else is running this runbook." "${holder}"
    fi
  fi
  describe_holder >"${lock}"
}

describe_holder() {
  read_clock
  format_utc "${now_ms}"
  printf 'operator %s, host %s, process %s, since %s\n' "${operator}" "${HOSTNAME-}" "$$" "${utc}"
}

holder_is_gone() {
  [[ "$1" =~ host\ ([^,]*),\ process\ ([0-9]+), && "${BASH_REMATCH[1]}" == "${HOSTNAME-}" ]] && ! kill -0 "${BASH_REMATCH[2]}" 2>/dev/null
}

# Another scenario may be under way at the same time, and its steps act on the same systems.
warn_of_others() {
  local other name
  if ! command -v flock >/dev/null; then return 0; fi
  for other in "${state_root}"/*.lock; do
    name=${other##*/}
    if [[ ! -f "${other}" || "${other}" == "${lock}" ]] || flock -n "${other}" true; then continue; fi
    complain "Another runbook is being run, ${name%.lock}: $(<"${other}")"
  done
}

# Where there is no flock(1): a folder, which only one process can make.
take_lock_folder() {
  local folder="${lock}.d"
  if ! mkdir "${folder}" 2>/dev/null; then
    refuse "Somebody else is running this runbook, or was killed while doing so." "$(cat "${folder}/holder" || true)" \
      "If that process is gone for certain: rm -r ${folder@Q}, then run this again."
  fi
  describe_holder >"${folder}/holder"
  trap 'rm -rf "${lock}.d"' EXIT
}

# Finds the folder of this run, or makes it. A finished run is set aside, an unfinished one needs --resume.
open_state() {
  local other
  mkdir -p "${state_root}" || refuse "Cannot make the folder ${state_root}; name another with --state DIR."
  take_lock
  warn_of_others
  if load_checkpoint; then
    if [[ -n "${finished_ms}" ]]; then set_finished_aside; elif [[ "${resume}" != yes ]]; then refuse_unfinished "${run_dir}"; fi
  fi
  if [[ "${resume}" == yes && "${started_ms}" == 0 ]]; then
    refuse "There is nothing to resume in ${run_dir}." 'Run it without --resume to start.'
  fi
  for other in "${state_root}/${scenario}"-*/checkpoint; do
    if is_unfinished_elsewhere "${other}"; then refuse_unfinished "${other%/checkpoint}"; fi
  done
  mkdir -p "${run_dir}/answers" "${run_dir}/output" || refuse "Cannot make the folder ${run_dir}."
  write_whole "${run_dir}/runbook.sh" <"${runbook}" || refuse "Cannot write ${run_dir}/runbook.sh."
}

# Whether the file $1 is the checkpoint of an unfinished run of this scenario by another version of the plan.
is_unfinished_elsewhere() {
  local version=${1#"${state_root}/${scenario}-"}
  [[ "${version}" =~ ^[0-9a-f]{12}/checkpoint$ && "$1" != "${run_dir}/checkpoint" ]] && ! grep -q '^finished ' "$1"
}

set_finished_aside() {
  local aside
  if [[ "${resume}" == yes ]]; then refuse 'That run is finished: there is nothing to resume.' "What it did: ${run_dir}/evidence.jsonl"; fi
  format_utc "${finished_ms}"
  aside="${run_dir}.finished-${utc//[!0-9TZ]/}"
  mv "${run_dir}" "${aside}" || refuse "Cannot set the finished run aside: ${aside}"
  forget_states
}

refuse_unfinished() {
  local copy="$1/runbook.sh" aside="$1.set-aside"
  refuse "An unfinished run is in $1." \
    "Go on with it:   bash ${copy@Q} --resume --state ${state_root@Q}" \
    "How it stands:   bash ${copy@Q} --status --state ${state_root@Q}" \
    "Start anew:      mv ${1@Q} ${aside@Q}, then run this again"
}

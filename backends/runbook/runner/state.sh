# What is kept so that a run can go on after a crash: one folder per scenario and version of the plan.
#
#   STATE/<scenario>.lock           held while a run goes on
#   STATE/<scenario>-<plan hash>/   checkpoint, evidence.jsonl, answers/, output/, and the runbook as it was run

flush() {
  sync "$@" 2>/dev/null || true
}

# Replaces the file $1 by standard input, as a whole or not at all.
write_whole() {
  if cat >"$1.new" && flush "$1.new" && mv -f "$1.new" "$1"; then
    flush "${1%/*}"
    return 0
  fi
  rm -f "$1.new"
  return 1
}

# The checkpoint ends with the hash of what stands before, so that one that was cut short is told from a whole one.
save_checkpoint() {
  local text number line
  read_clock
  printf -v text 'muster-checkpoint 2\nplan %s\nscenario %s\nstarted %s\nclock %s\nsaved %s\nevidence %s\n' \
    "${plan_hash}" "${scenario}" "${started_ms}" "${clock_ms}" "${now_ms}" "${evidence_head}"
  if [[ -n "${finished_ms}" ]]; then text+="finished ${finished_ms}"$'\n'; fi
  for ((number = 1; number <= step_count; number++)); do
    if [[ "${state[number]}" == pending ]]; then continue; fi
    printf -v line 'step %s %s %s %s %s\n' "${step_names[number]}" "${state[number]}" "${attempts[number]}" "${begun_ms[number]}" "${ended_ms[number]}"
    text+=${line}
  done
  line=$(printf '%s' "${text}" | sha256)
  printf '%send %s\n' "${text}" "${line}" | write_whole "${run_dir}/checkpoint"
}

# Writes the checkpoint. Where that cannot be done a person can put it right; else nothing new begins.
keep_checkpoint() {
  while ! save_checkpoint; do
    complain "Cannot write ${run_dir}/checkpoint: is its disk full, or read-only?"
    if [[ -n "${halted}" ]] || ! ask_quietly 'Put it right, then press Enter to go on (or: stop)' || [[ "${answer}" == stop ]]; then
      halt "Nothing new begins, since ${run_dir}/checkpoint cannot be written."
      return 1
    fi
  done
}

# Nothing new begins from here on: what is under way ends, then the run stops. $1 says why.
halt() {
  if [[ -z "${halted}" ]]; then complain "$1 What is under way is waited for."; fi
  halted=yes
}

# Notes that step number $1 is now in the state $2, durably: pending, begun, acted (its action has ended well, and it is not yet
# verified), done, skipped, failed, replaced (by what it turns to) or undone.
set_state() {
  read_clock
  state[$1]=$2
  case "$2" in
  begun) begun_ms[$1]=${now_ms} attempts[$1]=$((${attempts[$1]} + 1)) ;;
  *) ended_ms[$1]=${now_ms} ;;
  esac
  keep_checkpoint
}

forget_states() {
  local number
  started_ms=0 clock_ms=0 finished_ms='' saved_ms=0 saved_head=''
  for ((number = 1; number <= step_count; number++)); do
    state[number]=pending attempts[number]=0 begun_ms[number]=0 ended_ms[number]=0
  done
}

# Whether the file $1 ends with the hash of what stands before.
is_whole() {
  local last expected
  last=$(tail -n 1 "$1")
  expected=$(sed '$d' "$1" | sha256)
  [[ "${last}" == "end ${expected}" ]]
}

# Reads the checkpoint, if there is one. A file that is not a whole checkpoint of this plan and scenario is refused, unless
# --from-evidence says where else to look.
load_checkpoint() {
  local file="${run_dir}/checkpoint"
  forget_states
  if [[ ! -e "${file}" ]]; then return 1; fi
  if is_whole "${file}"; then
    read_checkpoint "${file}"
  elif [[ "${from_evidence}" == yes ]]; then
    read_states_from_evidence
  else
    refuse "${file} is damaged: it was cut short or changed, and does not say how the run stands." \
      'Take that from the evidence, which is written before it:' "  ${resume_command} --from-evidence"
  fi
}

read_checkpoint() {
  local key first rest saved_plan='' saved_scenario=''
  while read -r key first rest; do
    case "${key}" in
    muster-checkpoint) [[ "${first}" == 2 ]] || refuse "$1 was written by another version of this runbook." ;;
    plan) saved_plan=${first} ;;
    scenario) saved_scenario=${first} ;;
    evidence) saved_head=${first} ;;
    started | clock | saved | finished) [[ "${first}" =~ ^[0-9]+$ ]] && printf -v "${key}_ms" '%s' "${first}" ;;
    step) load_step_state "${first}" "${rest}" ;;
    end) ;;
    *) refuse "$1 is damaged: unknown line \"${key}\"." ;;
    esac
  done <"$1"
  if [[ "${saved_plan}" != "${plan_hash}" || "${saved_scenario}" != "${scenario}" ]]; then
    refuse "$1 belongs to another plan or scenario."
  fi
}

load_step_state() {
  local number=${number_of[$1]-}
  if [[ -z "${number}" || ! "$2" =~ ^([a-z]+)\ ([0-9]+)\ ([0-9]+)\ ([0-9]+)$ ]]; then
    refuse "${run_dir}/checkpoint is damaged: it does not say how step \"$1\" stands."
  fi
  state[number]=${BASH_REMATCH[1]}
  attempts[number]=${BASH_REMATCH[2]}
  begun_ms[number]=${BASH_REMATCH[3]}
  ended_ms[number]=${BASH_REMATCH[4]}
}

# Finds the folder of this run, or makes it. A finished run is set aside, an unfinished one needs --resume.
open_state() {
  local other
  mkdir -p "${state_root}" || refuse "Cannot make the folder ${state_root}; name another with --state DIR."
  take_lock
  warn_of_others
  find_evidence
  if load_checkpoint; then
    if [[ -n "${finished_ms}" ]]; then set_finished_aside; elif [[ "${resume}" != yes ]]; then refuse_unfinished "${run_dir}"; fi
  fi
  for other in "${state_root}/${scenario}"-*/checkpoint; do
    if is_unfinished_elsewhere "${other}"; then refuse_unfinished "${other%/checkpoint}" 'of another version of the plan'; fi
  done
  if [[ "${resume}" == yes && "${started_ms}" == 0 ]]; then
    refuse "There is nothing to resume in ${run_dir}." 'Run it without --resume to start.'
  fi
  mkdir -p "${run_dir}/answers" "${run_dir}/kept" || refuse "Cannot make the folder ${run_dir}."
  open_evidence_folder
  write_whole "${run_dir}/runbook.sh" <"${runbook}" || refuse "Cannot write ${run_dir}/runbook.sh."
}

# Where evidence and outputs go: below what --evidence names, in a folder of this run; else beside the checkpoint. A run that goes
# on elsewhere takes along what there is.
open_evidence_folder() {
  local kept="${run_dir}/evidence-folder" before
  find_evidence
  before=${evidence%/*}
  if [[ -n "${evidence_dir}" ]]; then
    read_clock && format_utc "${now_ms}"
    evidence="${evidence_dir}/${scenario}-${utc//[!0-9TZ]/}/evidence.jsonl"
  fi
  mkdir -p "${evidence%/*}/output" || refuse "Cannot make the folder ${evidence%/*}/output." 'Name another with --evidence DIR.'
  true >>"${evidence}" || refuse "Cannot write ${evidence}." 'Name another folder with --evidence DIR.'
  if [[ -z "${evidence_dir}" ]]; then return 0; fi
  if [[ -e "${before}/evidence.jsonl" ]]; then
    cp -R "${before}/evidence.jsonl" "${before}/output" "${evidence%/*}/" || complain "Cannot take along the evidence in ${before}: it stays there."
  fi
  printf '%s' "${evidence%/*}" | write_whole "${kept}" || refuse "Cannot write ${kept}."
}

find_evidence() {
  local folder=${run_dir}
  if [[ -e "${run_dir}/evidence-folder" ]]; then folder=$(<"${run_dir}/evidence-folder"); fi
  evidence="${folder}/evidence.jsonl"
}

# Whether the file $1 is the checkpoint of an unfinished run of this scenario by another version of the plan.
is_unfinished_elsewhere() {
  local version=${1#"${state_root}/${scenario}-"}
  [[ "${version}" =~ ^[0-9a-f]{12}/checkpoint$ && "$1" != "${run_dir}/checkpoint" ]] && ! grep -q '^finished ' "$1"
}

set_finished_aside() {
  local aside
  if [[ "${mode}" == undo ]]; then finished_ms='' && return 0; fi
  if [[ "${resume}" == yes ]]; then show_finished; fi
  format_utc "${finished_ms}"
  aside="${run_dir}.finished-${utc//[!0-9TZ]/}"
  mv "${run_dir}" "${aside}" || refuse "Cannot set the finished run aside: ${aside}"
  forget_states
}

# A finished run that is to go on: it says again how it ended, for whoever lost the terminal at that moment.
show_finished() {
  if [[ -n "${again}${from}${only}" ]]; then refuse 'That run is finished: none of its steps is done again.' "What it did: ${evidence}"; fi
  open_evidence
  printf 'That run is finished: there is nothing left to do.\n'
  summarise
  exit 0
}

refuse_unfinished() {
  local copy="$1/runbook.sh" aside="$1.set-aside"
  refuse "An unfinished run${2:+ $2} is in $1." \
    "Go on with it:   bash ${copy@Q} --resume --state ${state_root@Q}" \
    "How it stands:   bash ${copy@Q} --status --state ${state_root@Q}" \
    "Start anew:      mv ${1@Q} ${aside@Q}, then run this again"
}

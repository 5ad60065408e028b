# One step: precheck, action, verify. Each is a function of this file, which a shell of its own runs under timeout(1).

# Makes step number $1 the current one: its attributes in `step`.
load_step() {
  "step_$1"
  step_number=$1 step_name=${step[name]}
}

has_part() {
  declare -F "step_${step_number}_$1" >/dev/null
}

# Prints what KUBECONFIG is to be so that kubectl acts on the step's cluster unless a command says otherwise: of several files the
# first that names a current context decides. A `use-context` changes that file, not what the operator has chosen.
kubeconfig_of_step() {
  local json known=${KUBECONFIG:-${HOME-}/.kube/config}
  if [[ -n "${step[cluster]-}" && (-n "${KUBECONFIG-}" || -e "${known}") ]]; then
    json_string "${step[cluster]}"
    printf '{"apiVersion":"v1","kind":"Config","current-context":%s}\n' "${json}" >"${run_dir}/kubeconfig" || return 1
    known="${run_dir}/kubeconfig:${known}"
  fi
  printf '%s' "${known}"
}

# A shell text of the plan, on standard input: run as the plan's author wrote it, in a shell of its own.
run_text() {
  local text
  text=$(cat)
  bash -euo pipefail -c "${text}" "${MUSTER_STEP}" </dev/null
}

# Polls the function $1 of this file, in a shell of its own, until it succeeds.
wait_until() {
  until bash -euo pipefail "$0" __part "$1"; do sleep "${MUSTER_POLL_SECONDS:-5}"; done
}

# Sets `log_file` to a file for the output of what begins now, and `now_ms`.
name_log() {
  read_clock
  format_utc "${now_ms}"
  printf -v log_file '%s/output/%02d-%s.%s.%s.log' "${run_dir}" "${step_number}" "${step_name}" "$1" "${utc//[!0-9TZ]/}"
}

# Runs a part of the current step. Sets `part_exit`, and `part_log`, where its output is.
run_part() {
  local begun config limit=${step[timeout_ms]:-0}
  limit=$(((limit + 999) / 1000))
  name_log "$1" && part_log=${log_file}
  export MUSTER_STEP=${step_name} MUSTER_SCENARIO=${scenario} MUSTER_SITE=${step[site]-}
  export MUSTER_CLUSTER=${step[cluster]-} MUSTER_NAMESPACE=${step[namespace]-}
  begun=${now_ms}
  config=$(kubeconfig_of_step) || refuse "Cannot write ${run_dir}/kubeconfig."
  KUBECONFIG=${config} "${leash[@]}" timeout -k 10 "${limit}" bash -euo pipefail "${run_dir}/runbook.sh" __part "step_${step_number}_$1" </dev/null >"${part_log}" 2>&1 &
  running=$!
  part_exit=0
  wait "${running}" || part_exit=$?
  running=''
  record_part "$1" "${begun}" "${part_exit}" "${part_log}"
}

# Evidence of something that has run or been asked: the event, its begin, its exit code, the file of its output.
record_part() {
  local sum start end
  sum=$(sha256 <"$4")
  read_clock
  format_utc "$2" && start=${utc}
  format_utc "${now_ms}" && end=${utc}
  record "$1" "${step_name}" title "${step[title]-}" attempt: "${attempts[${step_name}]}" start "${start}" end "${end}" \
    exit: "$3" output "${4##*/}" output_sha256 "${sum}"
}

# Prints the first $2 lines of what a part of the current step runs.
show_part() {
  local lines text
  mapfile -t lines < <(declare -f "step_${step_number}_$1" || true)
  lines=("${lines[@]:2:${#lines[@]}-3}")
  printf -v text '%s\n' "${lines[@]:0:$2}"
  show '    ' "${text%$'\n'}"
}

# Prints the last $1 lines of what the part that ran last has written.
show_output() {
  local text
  text=$(tail -n "$1" "${part_log}")
  if [[ -n "${text}" ]]; then show '    | ' "${text}"; fi
}

# Says what failed and how to go on, and ends the run: $1 what, $2 advice, $3 the part that failed, if one did.
step_failed() {
  {
    printf '%s\n' "${red}FAILED: step ${step_number} of ${step_count}, ${step_name}: $1${plain}"
    if [[ -n "$3" ]]; then
      printf '  What ran:\n'
      show_part "$3" 20
      printf '  Its last output, in %s:\n' "${part_log@Q}"
      show_output 20
    fi
    printf '  To go on: %s\n    %s\n' "$2" "${resume_command}"
    show_clock
  } >&2
  exit 1
}

# Runs a part and ends the run if it fails: $1 the part, $2 what it is called, $3 how to go on, $4 the state it is left in.
demand_part() {
  local why
  if ! has_part "$1"; then return 0; fi
  printf '  %s ...\n' "$2"
  run_part "$1"
  if ((part_exit == 0)); then return 0; fi
  why="$2 ended with exit code ${part_exit}"
  if ((part_exit == 124)) && [[ -n "${step[timeout_ms]-}" ]]; then
    format_time "${step[timeout_ms]}"
    why+=" (it ran into its timeout of ${time_text})"
  fi
  set_state "${step_name}" "$4"
  step_failed "${why}." "$3" "$1"
}

# Nobody is there to do or decide what the step needs.
nobody_answers() {
  if [[ "${state[${step_name}]}" == begun ]]; then set_state "${step_name}" failed; fi
  step_failed "$1" 'run it where a person can answer, without --no-input:' ''
}

# Whether the step is left out: by `skip if`, or because an `only if` is answered with no.
is_left_out() {
  local why=''
  if [[ -n "${step[skip_question]-}" ]]; then
    answer=${step[skip_expected]-no}
    if [[ "${yes}" != yes && "${no_input}" != yes ]]; then
      ask_choice "${step[skip_question]} [yes/no]" yes no || nobody_answers 'whether to skip it has to be decided.'
    fi
    if [[ "${answer}" == yes ]]; then why="${step[skip_question]} yes"; fi
  fi
  if [[ -z "${why}" && -n "${step[only_question]-}" && "${yes}" != yes ]]; then
    ask_choice "Only if: ${step[only_question]} [yes/no]" yes no || nobody_answers 'whether it is needed has to be decided (--yes says yes).'
    if [[ "${answer}" == no ]]; then why="${step[only_question]} no"; fi
  fi
  if [[ -z "${why}" ]]; then return 1; fi
  set_state "${step_name}" skipped
  record skipped "${step_name}" because "${why}"
  show '  ' "Skipped: ${why}"
}

# A step that had begun and of which no end is known: its `done when` decides, else the operator.
# Sets `decision` to again, done or stop.
decide_interrupted() {
  decision=again
  if ! has_part action; then return 0; fi
  format_utc "${begun_ms[${step_name}]}"
  printf '  %sThis step began at %s, and how it ended is not recorded.%s\n' "${yellow}" "${utc}" "${plain}"
  if has_part done_when; then return 0; fi
  if [[ "${no_input}" == yes ]]; then
    refuse "Step ${step_name} may or may not have done its work, and it has no \`done when\` to tell." \
      "Find out, then: ${resume_command} --again ${step_name}   runs it again," \
      "or without --no-input, where you are asked."
  fi
  ask_choice 'Run it again (again), take it as done and only check it (done), or stop here (stop)?' again 'done' stop || answer=stop
  decision=${answer}
  record decided "${step_name}" answer "${decision}"
}

# What a person has to do, or to approve.
ask_person() {
  local begun question=manual
  if [[ -n "${step[approve_by]-}" ]]; then question=approved; fi
  name_log "${question}" && begun=${now_ms}
  if [[ -n "${step[approve_by]-}" ]]; then
    show_field 'Approval' "${step[approve_by]} has to approve before this goes on."
    ask 'Name of the person who approves (or: no)' || nobody_answers 'it needs an approval.'
  else
    show_field 'Do' "${step[manual]}"
    ask_choice 'Done? [done/failed]' 'done' failed || nobody_answers 'it is done by hand.'
  fi
  printf '%s\n' "${answer}" >"${log_file}"
  case "${answer}" in
  failed | no | '')
    record_part "${question}" "${begun}" 1 "${log_file}"
    set_state "${step_name}" failed
    step_failed "it was answered with \"${answer}\"." 'when it can be done:' ''
    ;;
  *) record_part "${question}" "${begun}" 0 "${log_file}" ;;
  esac
}

act() {
  demand_part precheck 'The precheck' 'put right what it found; the action has not begun. Then:' "${state[${step_name}]}"
  set_state "${step_name}" begun
  demand_part action 'The action' 'put the cause right; what is done stays done. Then:' failed
  if [[ -n "${step[manual]-}${step[approve_by]-}" ]]; then ask_person; fi
  set_state "${step_name}" acted
}

verify() {
  local advice="put it right; this checks again (--again ${step_name} repeats the action, too):"
  demand_part verify 'The check' "${advice}" acted
  if [[ -z "${step[confirm]-}" ]]; then return 0; fi
  show_field 'Check' "${step[confirm]}"
  ask_choice 'Does it hold? [yes/no]' yes no || nobody_answers 'it is checked by a person.'
  record confirmed "${step_name}" answer "${answer}"
  if [[ "${answer}" == no ]]; then step_failed 'its check does not hold.' "${advice}" ''; fi
}

# A step that is recorded as done is checked again when the run goes on, but never done again.
check_again() {
  printf '  Done already.\n'
  if ! has_part verify; then return 0; fi
  run_part verify
  if ((part_exit == 0)); then return 0; fi
  printf '  %sIts check fails now (exit code %d), perhaps because of a later step.%s\n' "${yellow}" "${part_exit}" "${plain}"
  show_output 5
  if ! ask_choice 'Go on all the same? [yes/no]' yes no || [[ "${answer}" == no ]]; then
    step_failed 'it was done before, and its check fails now.' "put it right, or add --again ${step_name} to do it again:" verify
  fi
  record accepted "${step_name}" because 'the operator goes on although the check fails now'
}

perform() {
  load_step "$1"
  decision=again
  show_step
  case "${state[${step_name}]}" in
  'done') check_again && return 0 ;;
  skipped) printf '  Skipped before.\n' && return 0 ;;
  acted) decision='done' ;;
  begun) decide_interrupted ;;
  *) if is_left_out; then return 0; fi ;;
  esac
  if [[ "${decision}" == stop ]]; then
    step_failed 'how its last attempt ended has to be found out first.' 'then:' ''
  fi
  if [[ "${decision}" == again ]] && has_part done_when; then
    run_part done_when
    if ((part_exit == 0)); then
      printf '  Nothing to do: what it is for holds already.\n'
      decision='done'
    fi
  fi
  if [[ "${decision}" == again ]]; then act; fi
  verify
  set_state "${step_name}" 'done'
  record 'done' "${step_name}"
  printf '  %sDone.%s\n' "${green}" "${plain}"
}

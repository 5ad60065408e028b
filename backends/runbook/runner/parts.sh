# The parts of a step (done when, precheck, action, verify, undo): functions of this file, each run in a shell of its own under
# timeout(1), several at a time.

# Makes step number $1 the current one: its attributes in `step`.
load_step() {
  "step_$1"
  step_number=$1 step_name=${step[name]}
}

has_part() {
  declare -F "step_$1_$2" >/dev/null
}

# Prints what KUBECONFIG is to be so that kubectl acts on the step's cluster unless a command says otherwise: of several files the
# first that names a current context decides. A `use-context` changes that file, not what the operator has chosen.
kubeconfig_of_step() {
  local json known=${KUBECONFIG:-${HOME-}/.kube/config} own="${run_dir}/kubeconfig-${step_number}"
  if [[ -n "${step[cluster]-}" && (-n "${KUBECONFIG-}" || -e "${known}") ]]; then
    json_string "${step[cluster]}"
    printf '{"apiVersion":"v1","kind":"Config","current-context":%s}\n' "${json}" >"${own}" || return 1
    known="${own}:${known}"
  fi
  printf '%s' "${known}"
}

# A shell text of the plan, on standard input: run as the plan's author wrote it, in a shell of its own.
run_text() {
  local text
  text=$(cat && printf x)
  bash -euo pipefail -c "${text%x}" "${MUSTER_STEP}" </dev/null
}

# Polls the function $1 of this file, in a shell of its own, until it succeeds.
wait_until() {
  until bash -euo pipefail "$0" __part "$1"; do sleep "${MUSTER_POLL_SECONDS:-5}"; done
}

# Sets `log_file` to a file for the output of what begins now in the current step, and `now_ms`.
name_log() {
  read_clock
  format_utc "${now_ms}"
  printf -v log_file '%s/output/%02d-%s.%s.%s.log' "${evidence%/*}" "${step_number}" "${step_name}" "$1" "${utc//[!0-9TZ]/}"
}

# Starts a part of the current step. Its end comes to `ended_<stage>` of the stage that the step is in.
start_part() {
  local config limit=${step[timeout_ms]:-0}
  limit=$(((limit + 999) / 1000))
  name_log "$1"
  parts[step_number]=$1 part_begun[step_number]=${now_ms} part_log[step_number]=${log_file}
  if ! config=$(kubeconfig_of_step) || ! true >"${log_file}"; then
    part_over "${step_number}" 125
    return 0
  fi
  export_of_step
  KUBECONFIG=${config} "${leash[@]}" timeout -k 10 "${limit}" \
    bash -euo pipefail "${run_dir}/runbook.sh" __part "step_${step_number}_$1" </dev/null >"${log_file}" 2>&1 &
  running[step_number]=$!
}

# What a shell text of the plan, and the texts of messages, may refer to.
export_of_step() {
  export MUSTER_STEP=${step_name} MUSTER_SCENARIO=${scenario} MUSTER_SITE=${step[site]-}
  export MUSTER_CLUSTER=${step[cluster]-} MUSTER_NAMESPACE=${step[namespace]-}
  export MUSTER_FACTS="${log_file%.log}.facts" MUSTER_KEPT="${run_dir}/kept/${step_name}"
  format_time $((now_ms - clock_ms))
  export MUSTER_ELAPSED=${time_text}
  find_critical
  export MUSTER_NEXT=${critical:+${step_titles[critical]:-${step_names[critical]}}}
}

# Takes note of every part that has ended.
reap() {
  local number status
  for number in "${!running[@]}"; do
    if kill -0 "${running[number]}" 2>/dev/null; then continue; fi
    status=0
    wait "${running[number]}" || status=$?
    unset "running[${number}]"
    part_over "${number}" "${status}"
  done
}

part_over() {
  load_step "$1"
  record_part "${parts[$1]}" "${part_begun[$1]}" "$2" "${part_log[$1]}"
  record_facts "${part_log[$1]%.log}.facts"
  if [[ -n "${halted}" ]]; then
    stage[$1]=''
    return 0
  fi
  following=''
  "ended_${stage[$1]}" "$1" "$2"
  go_on "$1" "${following}"
}

# Evidence of something that has run or been asked in the current step: the event, its begin, its exit code, the file of its output.
record_part() {
  local sum start end
  sum=$(sha256 <"$4")
  read_clock
  format_utc "$2" && start=${utc}
  format_utc "${now_ms}" && end=${utc}
  record "$1" "${step_name}" title "${step[title]-}" attempt: "${attempts[step_number]}" start "${start}" end "${end}" \
    exit: "$3" output "${4##*/}" output_sha256 "${sum}"
}

# What a part has found out: lines "recovered<tab>DATA<tab>TIME", the moment to which that data has been brought back.
record_facts() {
  local what data time
  if [[ ! -e "$1" ]]; then return 0; fi
  while IFS=$'\t' read -r what data time; do
    if [[ "${what}" == recovered ]]; then record recovered "${step_name}" data "${data}" to "${time}"; fi
  done <"$1"
}

# Prints the first $2 lines of what the part $1 of the current step runs.
show_part() {
  local lines text
  mapfile -t lines < <(declare -f "step_${step_number}_$1" || true)
  lines=("${lines[@]:2:${#lines[@]}-3}")
  printf -v text '%s\n' "${lines[@]:0:$2}"
  show '    ' "${text%$'\n'}"
}

# Prints the last $2 lines of the file $1.
show_output() {
  local text
  text=$(tail -n "$2" "$1")
  if [[ -n "${text}" ]]; then show '    | ' "${text}"; fi
}

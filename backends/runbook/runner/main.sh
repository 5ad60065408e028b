# The run as a whole: begun, gone through, ended.

# A signal ends what is running, and leaves a state from which --resume goes on.
interrupted() {
  local number
  trap '' INT TERM HUP PIPE
  if ((${#running[@]} > 0)); then printf '\nStopping what is running (up to 10 seconds) ...\n'; fi
  for number in "${!running[@]}"; do kill -TERM "${running[number]}" 2>/dev/null; done
  for number in "${!running[@]}"; do
    while kill -0 "${running[number]}" 2>/dev/null; do wait "${running[number]}" 2>/dev/null; done
    no_input=yes
    record interrupted "${step_names[number]}" signal "$1"
  done
  if [[ -n "${evidence_head}" && "${#running[@]}" -eq 0 ]]; then record interrupted '' signal "$1"; fi
  complain "Interrupted by $1."
  if ((started_ms > 0)); then printf 'To go on: %s\n' "${resume_command}"; fi
  exit 130
}

begin_run() {
  local event=resumed sum again_number
  if ((started_ms == 0)); then
    event=started
    if [[ "${yes}" != yes && "${no_input}" != yes && -t 0 ]]; then
      if ! ask_choice "Start the ${undertaking}? [yes/no]" yes no || [[ "${answer}" == no ]]; then refuse 'Not started.'; fi
    fi
    read_clock
    started_ms=${now_ms} clock_ms=$((now_ms - planned_offset_ms))
  fi
  if [[ -n "${since_ms}" ]]; then clock_ms=${since_ms}; fi
  if [[ -n "${again}" ]]; then
    again_number=${number_of[${again}]}
    state[again_number]=failed
  fi
  open_evidence
  keep_checkpoint || exit 2
  sum=$(sha256 <"${run_dir}/runbook.sh")
  look_for_lost_lines "${saved_head}"
  record "${event}" '' runbook_sha256 "${sum}" clock_ms: "${clock_ms}" ${again:+again "${again}"} ${from:+from "${from}"} ${only:+only "${only}"} || exit 2
  count_sent
  if [[ -n "${from}" ]]; then take_as_done "${number_of[${from}]}"; fi
}

# All that step number $1 waits for counts as done from here on; what can be checked of it is.
take_as_done() {
  local before
  for before in ${step_after[$1]}; do
    take_as_done "${before}"
    if [[ "${state[before]}" == 'done' || "${state[before]}" == skipped ]]; then continue; fi
    set_state "${before}" 'done'
    record assumed "${step_names[before]}" because "--from ${from}"
  done
}

# Until nothing runs, nobody is asked, and nothing can begin.
run_all() {
  under_way=yes
  note_turns
  while true; do
    tick
    if ((${#questions_open[@]} > 0)) && [[ -z "${halted}" ]]; then
      ask_first
    elif ((${#running[@]} == 0 && (${#retry_at[@]} == 0 || ${#halted} > 0))); then
      break
    else
      sleep 0.1
    fi
  done
  if [[ -n "${halted}" ]]; then stop_halted; fi
  end_run
}

stop_halted() {
  complain 'The run stops here: what happens could not be noted.'
  printf 'Make room, or keep the evidence elsewhere with --evidence DIR. To go on:\n  %s\n' "${resume_command}" >&2
  exit 2
}

# Nothing is left that could begin: all is done, or something failed.
end_run() {
  local number failed='' waiting=''
  for ((number = 1; number <= step_count; number++)); do
    if ! is_active "${number}" || is_passed "${number}"; then continue; fi
    if [[ "${stage[number]}" == failed_for_good ]]; then failed+=" ${step_names[number]}"; else waiting+=" ${step_names[number]}"; fi
  done
  if [[ -n "${only}" && -z "${failed}" ]]; then
    printf '\n%s%s is done.%s The rest of the run: %s\n' "${green}" "${only}" "${plain}" "${resume_command}"
    exit 0
  fi
  if [[ -n "${failed}${waiting}" ]]; then
    send_last_messages
    printf '\n%sNot done.%s Failed:%s.%s\n' "${red}" "${plain}" "${failed:- none}" "${waiting:+ Waiting for what failed:${waiting}.}" >&2
    exit 1
  fi
  read_clock
  finished_ms=${now_ms}
  record finished '' elapsed_ms: $((finished_ms - started_ms)) || exit 2
  send_last_messages
  # Last of all: a run that is killed before this is gone on with, and ends once more.
  keep_checkpoint || exit 2
  summarise
}

prepare() {
  runbook=${BASH_SOURCE[0]}
  if [[ ! -f "${runbook}" ]]; then refuse 'This runbook has to be run as a file, not from standard input.'; fi
  runbook=$(cd "$(dirname "${runbook}")" && pwd)/${runbook##*/}
  state_root=${runbook%/*}/state
  operator=${MUSTER_OPERATOR:-${SUDO_USER:-${USER:-$(id -un)}}}
  set_colours
  choose_sha256
  command -v timeout >/dev/null || refuse 'Needs timeout(1) of GNU coreutils.'
  # The commands of a step end with the runbook, even if it is killed; they have no terminal at which they could ask and wait.
  if command -v setpriv >/dev/null && setpriv --pdeathsig TERM true 2>/dev/null; then leash=(setpriv --pdeathsig TERM); fi
  if command -v setsid >/dev/null; then leash+=(setsid); fi
}

# What only looks, and ends.
look_only() {
  case "${mode}" in
  list) list_steps && exit 0 ;;
  status) show_status && exit 0 ;;
  dry-run) dry_run && exit 0 ;;
  verify-evidence)
    find_evidence
    if [[ -n "${evidence_dir}" ]]; then evidence=${evidence_dir}/evidence.jsonl; fi
    verify_evidence
    ;;
  *) ;;
  esac
}

main() {
  local resume=no again='' from='' only='' mode=run yes=no no_input=no nobody='' confirmed='' since_ms='' from_evidence=no evidence_dir=''
  local state_root runbook operator run_dir resume_command under_way='' undoing='' halted='' undo_told='' prompt='' prompt_broken=''
  local evidence='' evidence_head='' evidence_size=0 started_ms=0 clock_ms=0 finished_ms='' saved_ms=0 saved_head='' recovered_ms=0
  local clock_base_ms='' latest_ms=0 step_number=0 step_name='' following='' why='' leash=() sha256_command=() questions_open=() kept_steps=()
  local -a step_names=() step_titles=() step_after=() step_takes=() step_afterwards=() step_holds=() instead=() turn_to=() own_turn=() rest_ms=()
  local -a state=() stage=() attempts=() begun_ms=() ended_ms=() running=() parts=() part_begun=() part_log=() tries=() retry_at=()
  local -a turned=() dropped=() advices=() failed_because=() message_sent=() message_last_ms=() message_job=() message_logs=()
  local -A number_of=()
  if [[ "${1-}" == __part ]]; then
    exec 9>&-
    shopt -s inherit_errexit
    "${@:2}"
    exit
  fi
  umask 077
  prepare
  read_steps
  read_options "$@"
  check_options
  run_dir="${state_root}/${scenario}-${plan_hash:0:12}"
  resume_command="bash ${runbook@Q} --resume --state ${state_root@Q}"
  look_only
  trap 'interrupted SIGINT' INT
  trap 'interrupted SIGTERM' TERM
  trap 'interrupted SIGHUP' HUP
  trap 'interrupted SIGPIPE' PIPE
  printf '%s%s%s: %s\n' "${bold}" "${plan_name}" "${plain}" "${undertaking}"
  if [[ -n "${scenario_title}" ]]; then show '' "${scenario_title}"; fi
  if ((step_count == 0)); then nothing_to_run; fi
  if [[ "${mode}" == undo ]]; then resume=yes; fi
  open_state
  take_up_clock "${saved_ms}"
  enter_folder
  warn_of_what_is_missing
  begin_run
  ask_questions
  if [[ "${mode}" == undo ]]; then undo_all; else run_all; fi
  exit 0
}

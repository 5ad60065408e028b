# The run as a whole: options, order, clock, summary.

usage() {
  cat <<END_OF_USAGE
Usage: ${0##*/} [OPTION]...
Goes through the ${step_count} steps of the recovery from "${scenario}", one after the other.

  --resume       go on with a run that was stopped: what is recorded as done is checked, not done again
  --again STEP   with --resume: do this step again whatever is recorded
  --list         show the steps and end
  --status       show how far a run is and end
  --dry-run      show what each step would run; changes nothing
  --yes          start without asking; take the expected answer to every yes-or-no question.
                 Manual steps, approvals and interrupted steps are asked for all the same
  --no-input     never ask: whatever needs a person stops the run. Answers come from \$MUSTER_<NAME>
  --state DIR    keep the state in DIR (default: the folder "state" beside this file). Operators on several machines
                 are kept apart only if they share it
  --since TIME   when the clock of the RTO started, as date(1) reads it (default: as long ago as the plan reckons)
  --help         show this

Exit: 0 done, 1 a step failed or needs a person, 2 wrong usage, locked or refused, 130 interrupted.
END_OF_USAGE
}

read_options() {
  while (($# > 0)); do
    case "$1" in
    --resume) resume=yes ;;
    --list | --status | --dry-run) mode=${1#--} ;;
    --yes) yes=yes ;;
    --no-input) no_input=yes ;;
    --again=* | --state=* | --since=*) set_option "${1%%=*}" "${1#*=}" ;;
    --again | --state | --since)
      if (($# < 2)); then refuse "$1 wants a value." 'See --help.'; fi
      set_option "$1" "$2"
      shift
      ;;
    --help | -h) usage && exit 0 ;;
    *) refuse "Unknown option: $1" 'See --help.' ;;
    esac
    shift
  done
}

set_option() {
  local seconds
  if [[ -z "$2" ]]; then refuse "$1 wants a value." 'See --help.'; fi
  case "$1" in
  --again) again=$2 ;;
  --state) state_root=$2 ;;
  *)
    seconds=$(date -d "$2" +%s 2>/dev/null) || refuse "--since: date(1) does not understand \"$2\"."
    since_ms=${seconds}000
    ;;
  esac
}

read_steps() {
  local number
  for ((number = 1; number <= step_count; number++)); do
    load_step "${number}"
    step_names[number]=${step_name}
    step_after[${step_name}]=${step[after]-}
    state[${step_name}]=pending
  done
}

# Sets `ready` to the first step whose predecessors are all passed and which is not passed itself; fails if there is none.
next_step() {
  local number name before
  for ((number = 1; number <= step_count; number++)); do
    name=${step_names[number]}
    if [[ -n "${passed[${name}]-}" ]]; then continue; fi
    ready=${number}
    for before in ${step_after[${name}]}; do
      if [[ -z "${passed[${before}]-}" ]]; then ready=''; fi
    done
    if [[ -n "${ready}" ]]; then return 0; fi
  done
  return 1
}

show_step() {
  printf '\n%s[%d/%d] %s%s\n' "${bold}" "${step_number}" "${step_count}" "${step_name}" "${plain}"
  show_field '' "${step[title]-}"
  show_field 'Who' "${step[who]:-automatic}"
  show_field 'Where' "${step[site]-}"
  if [[ -n "${step[takes_ms]-}" ]]; then format_time "${step[takes_ms]}" && show_field 'Takes' "up to ${time_text}"; fi
  if [[ -n "${step[afterwards]-}" ]]; then show_field '' 'Afterwards: does not count in the recovery time.'; fi
  show_field 'Note' "${step[note]-}"
  show_field 'Message' "${step[message]-}"
  if [[ "${mode}" == run ]]; then show_clock; fi
}

# Elapsed, planned and left, against the nearest objective that is still open.
show_clock() {
  local elapsed text i left least='' whose=''
  read_clock
  elapsed=$((now_ms - clock_ms))
  format_time "${elapsed}"
  text="${time_text} since ${clock_from}"
  if [[ -n "${step[planned_end_ms]-}" ]]; then
    format_time "${step[planned_end_ms]}" && text+=", planned to end at ${time_text}"
  fi
  for i in "${!services[@]}"; do
    if [[ -z "${service_rto_ms[i]}" || "${state[${service_steps[i]:-none}]-}" == 'done' ]]; then continue; fi
    left=$((service_rto_ms[i] - service_rest_ms[i] - elapsed))
    if [[ -z "${least}" ]] || ((left < least)); then least=${left} whose=${i}; fi
  done
  if [[ -n "${whose}" ]]; then
    format_time "${service_rto_ms[whose]}" && text+=", RTO ${time_text} of ${services[whose]}: "
    format_time "${least}"
    if ((least < 0)); then text+="${red}missed by ${time_text#-}${plain}"; else text+="${time_text} left"; fi
  fi
  printf '  %-10s%s\n' 'Clock' "${text}"
}

list_steps() {
  local number heading=Planned line
  if [[ "${mode}" == status ]]; then heading=State; fi
  printf '%-4s%-10s%-32s %-20s %s\n' '' "${heading}" Step Who Title
  for ((number = 1; number <= step_count; number++)); do
    load_step "${number}"
    time_text=''
    if [[ "${mode}" == status ]]; then
      time_text=${state[${step_name}]}
    elif [[ -n "${step[planned_start_ms]-}" ]]; then
      format_time "${step[planned_start_ms]}"
    fi
    printf -v line '%-4d%-10s%-32s %-20s %s' "${number}" "${time_text}" "${step_name}" "${step[who]:-automatic}" "${step[title]-}"
    show '' "${line}"
  done
}

show_status() {
  if ! load_checkpoint; then
    printf 'No run of %s is recorded in %s.\n' "${scenario}" "${state_root@Q}"
    return 0
  fi
  format_utc "${started_ms}"
  printf 'Started %s, ' "${utc}"
  if [[ -n "${finished_ms}" ]]; then
    format_utc "${finished_ms}" && printf 'finished %s.\n' "${utc}"
  elif [[ -e "${state_root}/${scenario}.lock" ]] && command -v flock >/dev/null && ! flock -n "${state_root}/${scenario}.lock" true; then
    printf 'being run by %s\n' "$(<"${state_root}/${scenario}.lock")"
  else
    printf 'not finished. To go on:\n  %s\n' "${resume_command}"
  fi
  list_steps
}

dry_run() {
  local number part
  load_checkpoint || true
  for ((number = 1; number <= step_count; number++)); do
    load_step "${number}"
    show_step
    if [[ "${state[${step_name}]}" == 'done' ]]; then printf '  Recorded as done: would be checked only.\n'; fi
    show_field 'Skip if' "${step[skip_question]-}"
    show_field 'Only if' "${step[only_question]-}"
    show_field 'Approval' "${step[approve_by]-}"
    show_field 'Do' "${step[manual]-}"
    for part in done_when precheck action verify; do
      if has_part "${part}"; then
        printf '  Would run (%s):\n' "${part}"
        show_part "${part}" 1000
      fi
    done
    show_field 'Confirm' "${step[confirm]-}"
  done
  printf '\nNothing was changed.\n'
}

# Whether `answer` answers the question that the variable $1 stands for. Says why not.
is_answered() {
  if [[ -z "${answer}" ]]; then return 1; fi
  if [[ "$1" != MUSTER_TARGET_TIME ]]; then return 0; fi
  if [[ "${answer}" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$ ]] && date -d "${answer}" >/dev/null 2>&1; then return 0; fi
  printf 'It has to be a time in UTC that looks like 2026-11-20T21:49:00Z.\n' >&2
  return 1
}

# Asks what the procedures want to know, once: an answer is kept with the state. A variable that is set already counts, and
# replaces an answer from before.
ask_questions() {
  local i name file kept
  for i in "${!questions[@]}"; do
    name=${questions[i]} file="${run_dir}/answers/${questions[i]}" kept=''
    if [[ -e "${file}" ]]; then kept=$(cat "${file}" && printf x) && kept=${kept%x}; fi
    answer=${!name:-${kept}}
    if [[ -n "${answer}" ]]; then
      is_answered "${name}" || refuse "${name} is not an answer to: ${question_texts[i]}" "Set ${name} to another, then run this again."
    else
      while ask "${question_texts[i]}" && ! is_answered "${name}"; do :; done
      if [[ -z "${answer}" ]]; then refuse "Needs an answer: ${question_texts[i]}" "Set ${name}, or run it where a person can answer."; fi
    fi
    if [[ ! -e "${file}" || "${answer}" != "${kept}" ]]; then
      printf '%s' "${answer}" | write_whole "${file}" || refuse "Cannot write ${file}."
      record answered '' question "${name}" answer "${answer}"
    fi
    export "${name}=${answer}"
  done
}

# A signal ends the step that is running, and leaves a state from which --resume goes on.
interrupted() {
  trap '' INT TERM HUP PIPE
  if [[ -n "${running}" ]]; then
    printf '\nStopping %s (up to 10 seconds) ...\n' "${step_name}"
    kill -TERM "${running}" 2>/dev/null
    while kill -0 "${running}" 2>/dev/null; do wait "${running}" 2>/dev/null; done
  fi
  if [[ -n "${evidence_head}" ]]; then record interrupted "${step_name}" signal "$1"; fi
  complain "Interrupted by $1."
  if ((started_ms > 0)); then printf 'To go on: %s\n' "${resume_command}"; fi
  exit 130
}

warn_of_what_is_missing() {
  local tool name
  for tool in "${tools[@]}"; do
    if ! command -v "${tool}" >/dev/null; then complain "Not installed here, and a step needs it: ${tool}"; fi
  done
  for name in "${variables[@]}"; do
    if [[ -z "${!name-}" ]]; then complain "Not set here, and a step needs it: ${name}"; fi
  done
  for name in "${paths[@]}"; do
    if [[ ! -e "${name}" ]]; then complain "Not there, and a step needs it: ${name@Q} in ${PWD@Q}"; fi
  done
  if ! command -v kubectl >/dev/null; then return 0; fi
  for name in "${contexts[@]}"; do
    if ! kubectl config get-contexts "${name}" >/dev/null 2>&1; then complain "kubectl knows no context ${name@Q} here, and a step needs it."; fi
  done
}

begin_run() {
  local event=resumed sum
  if ((started_ms == 0)); then
    event=started
    if [[ "${yes}" != yes && "${no_input}" != yes && -t 0 ]]; then
      if ! ask_choice "Start the recovery from ${scenario}? [yes/no]" yes no || [[ "${answer}" == no ]]; then refuse 'Not started.'; fi
    fi
    read_clock
    started_ms=${now_ms} clock_ms=$((now_ms - planned_offset_ms))
  fi
  if [[ -n "${since_ms}" ]]; then clock_ms=${since_ms}; fi
  if [[ -n "${again}" ]]; then state[${again}]=failed; fi
  save_checkpoint
  open_evidence
  sum=$(sha256 <"${run_dir}/runbook.sh")
  record "${event}" '' runbook_sha256 "${sum}" clock_ms: "${clock_ms}" ${again:+again "${again}"}
}

# A service is back when its step is done and what the plan gives it to start, and for all that it needs to, has passed.
summarise() {
  local i name elapsed verdict
  format_time $((finished_ms - started_ms))
  printf '\n%sAll steps are done, %s after the start.%s\n' "${green}" "${time_text}" "${plain}"
  for i in "${!services[@]}"; do
    name=${service_steps[i]}
    if [[ -z "${name}" || "${state[${name}]-}" != 'done' ]]; then continue; fi
    elapsed=$((${ended_ms[${name}]} - clock_ms + service_rest_ms[i])) verdict='no RTO'
    if [[ -n "${service_rto_ms[i]}" ]]; then
      format_time "${service_rto_ms[i]}" && verdict="RTO ${time_text}: "
      if ((elapsed <= service_rto_ms[i])); then verdict+="${green}met${plain}"; else verdict+="${red}missed${plain}"; fi
    fi
    format_time "${elapsed}"
    printf '  %-24s back after %-10s %s\n' "${services[i]}" "${time_text}" "${verdict}"
  done
  printf 'Evidence: %s\n  last line: sha256 %s\n' "${evidence}" "${evidence_head}"
}

# Relative paths of the plan mean the same after a stop as before it: a run goes on in the folder where it was started.
enter_folder() {
  local folder="${run_dir}/folder" path
  if [[ ! -e "${folder}" ]]; then
    printf '%s' "${PWD}" | write_whole "${folder}" || refuse "Cannot write ${folder}."
    return 0
  fi
  path=$(cat "${folder}" && printf x)
  path=${path%x}
  if [[ "${path}" == "${PWD}" ]]; then return 0; fi
  cd "${path}" || refuse "This run was started in ${path}, and cannot go on there."
  printf 'Going on in the folder where it was started: %s\n' "${path@Q}"
}

# A scenario without steps: all is well only if no service suffers.
nothing_to_run() {
  if ((${#services[@]} == 0)); then
    printf 'There is nothing to do: by the plan no service is lost in it.\n'
    exit 0
  fi
  complain 'The plan has no procedure for this scenario. Nothing was done.'
  show_field 'Lost' "$(printf '%s\n' "${services[@]}")"
  exit 1
}

run_all() {
  local count=0
  while next_step; do
    perform "${ready}"
    passed[${step_name}]=yes
    count=$((count + 1))
  done
  if ((count < step_count)); then refuse 'The steps that are left wait for each other.'; fi
  read_clock
  finished_ms=${now_ms}
  save_checkpoint
  record finished '' elapsed_ms: $((finished_ms - started_ms))
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

main() {
  local resume=no again='' mode=run yes=no no_input=no since_ms='' state_root runbook operator run_dir resume_command
  local running='' part_log='' part_exit=0 evidence='' evidence_head='' started_ms=0 clock_ms=0 finished_ms=''
  local step_number=0 step_name='' ready='' decision='' leash=() sha256_command=()
  local -a step_names=()
  local -A step_after=() state=() attempts=() begun_ms=() ended_ms=() passed=()
  if [[ "${1-}" == __part ]]; then
    exec 9>&-
    shopt -s inherit_errexit
    "$2"
    exit
  fi
  umask 077
  prepare
  read_steps
  read_options "$@"
  if [[ "${state_root}" != /* ]]; then state_root=${PWD}/${state_root}; fi
  run_dir="${state_root}/${scenario}-${plan_hash:0:12}"
  resume_command="bash ${runbook@Q} --resume --state ${state_root@Q}"
  if [[ -n "${again}" && ("${resume}" != yes || -z "${state[${again}]-}") ]]; then
    refuse "--again wants --resume and the name of a step; \"${again}\" is not one." 'See --list.'
  fi
  case "${mode}" in
  list) list_steps && exit 0 ;;
  status) show_status && exit 0 ;;
  dry-run) dry_run && exit 0 ;;
  *) ;;
  esac
  trap 'interrupted SIGINT' INT
  trap 'interrupted SIGTERM' TERM
  trap 'interrupted SIGHUP' HUP
  trap 'interrupted SIGPIPE' PIPE
  printf '%s%s%s: recovery from %s\n' "${bold}" "${plan_name}" "${plain}" "${scenario}"
  if [[ -n "${scenario_title}" ]]; then show '' "${scenario_title}"; fi
  if ((step_count == 0)); then nothing_to_run; fi
  open_state
  enter_folder
  warn_of_what_is_missing
  begin_run
  ask_questions
  run_all
  exit 0
}

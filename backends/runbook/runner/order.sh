# Which step is next: what waits for what, who and what is free, and what the plan turns to where a step fails.

# Reads what the script says of every step into lists by number.
read_steps() {
  local number name
  for ((number = 1; number <= step_count; number++)); do
    load_step "${number}"
    step_names[number]=${step_name} number_of[${step_name}]=${number} step_titles[number]=${step[title]-}
    step_takes[number]=${step[takes_ms]:-0} step_afterwards[number]=${step[afterwards]-}
    step_holds[number]=${step[holds]-} instead[number]=${step[instead]-}
    turn_to[number]=${step[otherwise]:-${step[falls_back]-}} own_turn[number]=${step[otherwise]-}
    state[number]=pending stage[number]='' attempts[number]=0 begun_ms[number]=0 ended_ms[number]=0
  done
  for ((number = 1; number <= step_count; number++)); do
    load_step "${number}"
    step_after[number]=''
    for name in ${step[after]-}; do step_after[number]+=" ${number_of[${name}]}"; done
  done
  measure_rests
}

# Whether step number $1 is to be done at all: a step of a procedure that is only turned to waits until something has turned to it.
is_active() {
  local number
  if [[ -n "${dropped[$1]-}" ]]; then return 1; fi
  if [[ -z "${instead[$1]}" ]]; then return 0; fi
  for number in "${!turned[@]}"; do
    if [[ "${turn_to[number]}" == "${instead[$1]}" ]]; then return 0; fi
  done
  return 1
}

# Sets `turned` to the steps that something was turned to for, and `dropped` to those that wait for one of them whose procedure was
# replaced as a whole: they do not come any more.
note_turns() {
  local number before changed=yes
  for ((number = 1; number <= step_count; number++)); do
    if [[ "${state[number]}" == replaced ]]; then turned[number]=yes; fi
  done
  while [[ "${changed}" == yes && "${#turned[@]}" -gt 0 ]]; do
    changed=no
    for ((number = 1; number <= step_count; number++)); do
      if [[ -n "${dropped[number]-}" ]]; then continue; fi
      for before in ${step_after[number]}; do
        if [[ -n "${dropped[before]-}" || (-n "${turned[before]-}" && -z "${own_turn[before]}") ]]; then dropped[number]=yes changed=yes; fi
      done
    done
  done
}

# Whether step number $1 is behind us.
is_passed() {
  case "${state[$1]}" in
  'done' | skipped) [[ "${stage[$1]}" == over || -z "${under_way}" ]] ;;
  replaced) [[ -z "${own_turn[$1]}" ]] || is_complete "${own_turn[$1]}" ;;
  *) return 1 ;;
  esac
}

# Whether every step of procedure $1 that counts is behind us.
is_complete() {
  local number
  for ((number = 1; number <= step_count; number++)); do
    if [[ "${step_names[number]}" == "$1".* && -z "${step_afterwards[number]}" ]] && ! is_passed "${number}"; then return 1; fi
  done
}

# Whether all that step number $1 waits for is behind us, and the people and places that it needs are free.
is_ready() {
  local before
  if [[ -n "${stage[$1]}" ]] || ! is_active "$1"; then return 1; fi
  if [[ -n "${only}" ]]; then [[ "${step_names[$1]}" == "${only}" ]] && return 0 || return 1; fi
  for before in ${step_after[$1]}; do
    if ! is_passed "${before}"; then return 1; fi
  done
  is_free "$1"
}

is_free() {
  local pool number count
  for pool in ${step_holds[$1]}; do
    count=0
    for ((number = 1; number <= step_count; number++)); do
      if is_busy "${number}" && [[ " ${step_holds[number]} " == *" ${pool} "* ]]; then count=$((count + 1)); fi
    done
    if ((count >= ${pools[${pool}]:-1})); then return 1; fi
  done
}

is_busy() {
  case "${stage[$1]}" in
  '' | over | failed_for_good) return 1 ;;
  *) return 0 ;;
  esac
}

# Begins what can begin, and tries again what is due. Several steps run side by side.
start_ready() {
  local number
  for number in "${!retry_at[@]}"; do
    if ((now_ms < retry_at[number])); then continue; fi
    unset "retry_at[${number}]"
    go_on "${number}" action
  done
  for ((number = 1; number <= step_count; number++)); do
    if [[ -z "${halted}" ]] && is_ready "${number}"; then begin_step "${number}"; fi
  done
}

# What happens all the time while a run is under way, also while a person is being asked.
tick() {
  if [[ -z "${under_way}" ]]; then return 0; fi
  reap
  if [[ -n "${halted}" ]]; then return 0; fi
  read_clock
  if [[ -z "${undoing}" ]]; then start_ready; fi
  send_due_messages
}

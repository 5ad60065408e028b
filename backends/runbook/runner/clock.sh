# Time: of the run, against the objectives, and what is left of it on the critical path.

# Sets `wall_ms` to what the clock of this machine shows. Bash before 5.0 knows whole seconds only.
read_wall_clock() {
  if [[ -n "${EPOCHREALTIME-}" ]]; then
    local microseconds=${EPOCHREALTIME//[!0-9]/}
    wall_ms=$((microseconds / 1000))
  else
    printf -v wall_ms '%(%s)T000' -1
  fi
}

# Sets `now_ms` to the time since 1970. After the first look it follows the time since the machine was started, so that a clock
# that is set does not change how long anything took; it never runs back.
read_clock() {
  local up='' rest
  if [[ -r /proc/uptime ]]; then read -r up rest </proc/uptime; fi
  if [[ "${up}" =~ ^[0-9]+\.[0-9][0-9]$ ]]; then
    up=$((10#${up/./} * 10))
    if [[ -z "${clock_base_ms}" ]]; then read_wall_clock && clock_base_ms=$((wall_ms - up)); fi
    now_ms=$((clock_base_ms + up))
  else
    read_wall_clock
    now_ms=${wall_ms}
  fi
  if ((now_ms < latest_ms)); then now_ms=${latest_ms}; fi
  latest_ms=${now_ms}
}

# A run that goes on may find the clock before the last record: then it goes on from there.
take_up_clock() {
  local last=$1 behind
  latest_ms=0
  read_clock
  behind=$((last - now_ms))
  latest_ms=${now_ms}
  if ((behind <= 0)); then return 0; fi
  format_time "${behind}"
  complain "The clock of this machine is ${time_text} behind the last record of this run: it was set back. Times go on from that record."
  if [[ -n "${clock_base_ms}" ]]; then clock_base_ms=$((clock_base_ms + behind)); fi
  latest_ms=${last}
}

# Sets `time_text` to milliseconds as a person reads them: 1h02m03s, 30m, 3s.
format_time() {
  local seconds=$((${1#-} / 1000)) parts=''
  if ((seconds >= 3600)); then printf -v parts '%dh%02dm' $((seconds / 3600)) $((seconds / 60 % 60)); fi
  if ((seconds >= 60 && seconds < 3600)); then parts=$((seconds / 60))m; fi
  if ((seconds % 60 > 0)) && [[ -n "${parts}" ]]; then printf -v parts '%s%02ds' "${parts}" $((seconds % 60)); fi
  time_text=${parts:-${seconds}s}
  if (($1 < 0)); then time_text=-${time_text}; fi
}

# Sets `utc` to milliseconds since 1970 as 2026-11-20T21:49:00.123Z.
format_utc() {
  local TZ=UTC0 seconds=$(($1 / 1000))
  export TZ
  printf -v utc '%(%Y-%m-%dT%H:%M:%S)T.%03dZ' "${seconds}" $(($1 % 1000))
}

# Sets `rest_ms` of every step: from its begin to the end of the longest way through what waits for it, as planned.
measure_rests() {
  local number before longest round=0 changed=yes
  while [[ "${changed}" == yes ]] && ((round++ <= step_count)); do
    changed=no
    for ((number = step_count; number >= 1; number--)); do
      longest=$((${rest_ms[number]:-${step_takes[number]}}))
      rest_ms[number]=${longest}
      for before in ${step_after[number]}; do
        if ((${rest_ms[before]:-0} < longest + step_takes[before])); then
          rest_ms[before]=$((longest + step_takes[before])) changed=yes
        fi
      done
    done
  done
}

# Sets `critical` to the step with the longest way to go of those that are under way or could be, and `critical_ms` to that way.
find_critical() {
  local number way
  critical='' critical_ms=0
  for ((number = 1; number <= step_count; number++)); do
    if is_passed "${number}" || ! is_active "${number}" || [[ -n "${step_afterwards[number]}" ]]; then continue; fi
    way=${rest_ms[number]}
    if [[ -n "${stage[number]-}" && "${begun_ms[number]}" -gt 0 ]]; then
      way=$((way - (now_ms - begun_ms[number])))
      if ((way < rest_ms[number] - step_takes[number])); then way=$((rest_ms[number] - step_takes[number])); fi
    fi
    if [[ -z "${critical}" ]] || ((way > critical_ms)); then critical=${number} critical_ms=${way}; fi
  done
}

# Sets `least_ms` to the time that is left until the nearest objective that is still open, and `whose` to its service.
find_nearest_objective() {
  local i left
  least_ms='' whose=''
  for i in "${!services[@]}"; do
    if [[ -z "${service_rto_ms[i]}" ]] || find_completion "${i}"; then continue; fi
    left=$((service_rto_ms[i] - service_rest_ms[i] - (now_ms - clock_ms)))
    if [[ -z "${least_ms}" ]] || ((left < least_ms)); then least_ms=${left} whose=${i}; fi
  done
}

# Sets `completed_ms` to when the step was done that brings service number $1 back; fails where none is done yet.
find_completion() {
  local name number
  for name in ${service_steps[$1]}; do
    number=${number_of[${name}]}
    if [[ "${state[number]}" == 'done' ]]; then completed_ms=${ended_ms[number]} && return 0; fi
  done
  return 1
}

# Elapsed, planned and left, against the nearest objective that is still open, and what decides when the rest is done.
show_clock() {
  local text
  read_clock
  format_time $((now_ms - clock_ms))
  text="${time_text} since ${clock_from}"
  if [[ -n "${step[planned_end_ms]-}" ]]; then
    format_time "${step[planned_end_ms]}" && text+=", planned to end at ${time_text}"
  fi
  find_nearest_objective
  if [[ -n "${whose}" ]]; then
    format_time "${service_rto_ms[whose]}" && text+=", RTO ${time_text} of ${services[whose]}: "
    format_time "${least_ms}"
    if ((least_ms < 0)); then text+="${red}missed by ${time_text#-}${plain}"; else text+="${time_text} left"; fi
  fi
  printf '  %-10s%s\n' 'Clock' "${text}"
  find_critical
  if [[ -z "${critical}" ]] || ((critical_ms == 0)); then return 0; fi
  format_time "${critical_ms}"
  printf '  %-10s%s\n' 'Critical' "${step_names[critical]}, then what waits for it: ${time_text} to go as planned"
}

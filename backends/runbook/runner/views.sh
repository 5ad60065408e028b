# What is shown of the steps: before they run, and how far they are.

show_step() {
  local number=${step_number}
  printf '\n%s[%d/%d] %s%s\n' "${bold}" "${number}" "${step_count}" "${step_name}" "${plain}"
  prompt_broken=yes
  show_field '' "${step[title]-}"
  show_field 'Who' "${step[who]:-automatic}"
  show_field 'Where' "${step[site]-}"
  if [[ -n "${step[takes_ms]-}" ]]; then format_time "${step[takes_ms]}" && show_field 'Takes' "up to ${time_text}"; fi
  if [[ -n "${step[afterwards]-}" ]]; then show_field '' 'Afterwards: does not count in the recovery time.'; fi
  if [[ -n "${step[instead]-}" ]]; then show_field 'Only' "where the plan turns to ${step[instead]}"; fi
  show_field 'Careful' "${step[destroys]:+It ${step[destroys]}.}"
  show_field 'Note' "${step[note]-}"
  show_field 'Message' "${step[message]-}"
  if [[ "${mode}" == run ]]; then show_clock; fi
}

list_steps() {
  local number heading=Planned line
  if [[ "${mode}" == status ]]; then heading=State; fi
  printf '%-4s%-10s%-32s %-20s %s\n' '' "${heading}" Step Who Title
  for ((number = 1; number <= step_count; number++)); do
    load_step "${number}"
    time_text=''
    if [[ "${mode}" == status ]]; then
      time_text=${state[number]}
    elif [[ -n "${step[instead]-}" ]]; then
      time_text='if needed'
    elif [[ -n "${step[planned_start_ms]-}" ]]; then
      format_time "${step[planned_start_ms]}"
    fi
    printf -v line '%-4d%-10s%-32s %-20s %s' "${number}" "${time_text}" "${step_name}" "${step[who]:-automatic}" "${step[title]-}"
    show '' "${line}"
  done
}

show_status() {
  find_evidence
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
  if [[ -z "${finished_ms}" ]]; then step=() && show_clock; fi
  list_steps
}

dry_run() {
  local number part
  find_evidence
  load_checkpoint || true
  for ((number = 1; number <= step_count; number++)); do
    load_step "${number}"
    show_step
    if [[ "${state[number]}" == 'done' ]]; then printf '  Recorded as done: would be checked only.\n'; fi
    show_field 'Not here' "${step[impossible]-}"
    show_field 'Skip if' "${step[skip_question]-}"
    show_field 'Only if' "${step[only_question]-}"
    show_field 'Approval' "${step[approve_by]-}"
    show_field 'Do' "${step[manual]-}"
    for part in done_when precheck action verify; do show_would_run "${number}" "${part}" "${part//_/ }"; done
    show_field 'Confirm' "${step[confirm]-}"
    show_would_run "${number}" undo 'to undo it'
    show_field 'Undo' "${step[undo_manual]-}"
    if [[ -n "${turn_to[number]}" ]]; then show_field 'Fails' "then the plan turns to ${turn_to[number]}"; fi
  done
  printf '\nNothing was changed.\n'
}

show_would_run() {
  if ! has_part "$1" "$2"; then return 0; fi
  printf '  Would run (%s):\n' "$3"
  show_part "$2" 1000
}

# A service is back when its step is done and what the plan gives it to start, and for all that it needs to, has passed.
summarise() {
  local i elapsed verdict completed_ms
  format_time $((finished_ms - started_ms))
  printf '\n%sAll steps are done, %s after the start.%s\n' "${green}" "${time_text}" "${plain}"
  for i in "${!services[@]}"; do
    if ! find_completion "${i}"; then continue; fi
    elapsed=$((completed_ms - clock_ms + service_rest_ms[i]))
    judge "${elapsed}" "${service_rto_ms[i]}" RTO
    add_planned "${service_rta_ms[i]-}"
    format_time "${elapsed}"
    printf '  %-24s back after %-10s %s\n' "${services[i]}" "${time_text}" "${verdict}"
  done
  summarise_data
  printf 'Evidence: %s\n  last line: sha256 %s\n' "${evidence}" "${evidence_head}"
}

# Sets `verdict` to how $1 compares with the objective $2, which is called $3.
judge() {
  verdict="no $3"
  if [[ -z "$2" ]]; then return 0; fi
  format_time "$2" && verdict="$3 ${time_text}: "
  if (($1 <= $2)); then verdict+="${green}met${plain}"; else verdict+="${red}missed${plain}"; fi
}

# Adds to `verdict` what the plan reckons with.
add_planned() {
  if [[ -n "$1" ]]; then format_time "$1" && verdict+=", planned ${time_text}"; fi
}

# What was lost of each data: from the moment to which it was brought back until the disruption.
summarise_data() {
  local i line to lost verdict
  for i in "${!data_names[@]}"; do
    line=$(grep -F "\"data\":\"${data_names[i]}\"" "${evidence}" 2>/dev/null | grep -F '"event":"recovered"' | tail -n 1)
    if [[ ! "${line}" =~ \"to\":\"([0-9TZ:.-]+)\" ]]; then continue; fi
    to=$(date -d "${BASH_REMATCH[1]}" +%s%3N) || continue
    lost=$((clock_ms - disruption_before_ms - to))
    if ((lost < 0)); then lost=0; fi
    judge "${lost}" "${data_rpo_ms[i]}" RPO
    add_planned "${data_rpa_ms[i]}"
    format_time "${lost}"
    printf '  %-24s lost the last %-7s %s\n' "${data_names[i]}" "${time_text}" "${verdict}"
  done
}

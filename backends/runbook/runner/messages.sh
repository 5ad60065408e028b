# Messages at their times: counted from the incident, and from when all is back. What was due before the run began is sent at its
# beginning.

# Sets `due_ms` to when message number $1 is due next; fails where it is not due in this run, or not yet known.
find_due() {
  local from=${clock_ms} count=${message_sent[$1]:-0}
  case "${message_from[$1]}" in
  recovery) from=${recovered_ms} ;;
  resolution) from=${finished_ms:-0} ;;
  *) ;;
  esac
  if ((from == 0)); then return 1; fi
  due_ms=$((from + message_after_ms[$1]))
  if [[ -z "${message_every_ms[$1]}" ]]; then ((count == 0)) && return 0 || return 1; fi
  if [[ "${message_until[$1]}" == recovery ]] && ((recovered_ms > 0)); then return 1; fi
  if ((message_last_ms[$1] > due_ms)); then
    due_ms=$((due_ms + ((message_last_ms[$1] - due_ms) / message_every_ms[$1] + 1) * message_every_ms[$1]))
  fi
}

send_due_messages() {
  local i
  if ((recovered_ms == 0)) && all_back; then recovered_ms=${now_ms}; fi
  for i in "${!message_names[@]}"; do
    if [[ -n "${message_job[i]-}" ]]; then end_message "${i}"; fi
    if [[ -z "${message_job[i]-}" ]] && find_due "${i}" && ((now_ms >= due_ms)); then send_message "${i}"; fi
  done
}

# Whether every service that this runbook brings back is back.
all_back() {
  local i
  for i in "${!services[@]}"; do
    if [[ -n "${service_steps[i]}" ]] && ! find_completion "${i}"; then return 1; fi
  done
  ((${#services[@]} > 0))
}

# Shows message number $1 and sends it in the background; it holds up nothing.
send_message() {
  local state_text='under way'
  message_sent[$1]=$((${message_sent[$1]:-0} + 1)) message_last_ms[$1]=${now_ms}
  if ((recovered_ms > 0)); then state_text='recovered'; fi
  if [[ -n "${finished_ms}" ]]; then state_text='over'; fi
  step=() step_number=0 step_name=message
  name_log "${message_names[$1]}"
  export_of_step
  export MUSTER_STATE=${state_text}
  message_logs[$1]=${log_file}
  timeout -k 10 60 bash -euo pipefail "${run_dir}/runbook.sh" __part send_text "$1" </dev/null >"${log_file}" 2>&1 &
  message_job[$1]=$!
}

# Fills in message number $1 and sends it to each of its channels.
send_text() {
  local variable
  if [[ -z "${message_webhooks[$1]}" ]]; then
    fill_in "${message_texts[$1]}"
    printf 'The plan names no channel for it: it has to be sent by hand.\n%s\n' "${text}"
  fi
  for variable in ${message_webhooks[$1]}; do post_message "${variable}" "${message_texts[$1]}"; done
}

# Notes that message number $1 has been sent, if its sending has ended.
end_message() {
  local status=0 sum
  if kill -0 "${message_job[$1]}" 2>/dev/null; then return 0; fi
  wait "${message_job[$1]}" || status=$?
  message_job[$1]=''
  sum=$(sha256 <"${message_logs[$1]}")
  record sent '' message "${message_names[$1]}" exit: "${status}" output "${message_logs[$1]##*/}" output_sha256 "${sum}"
  if ((status == 0)); then
    printf '  Message %s:\n' "${message_names[$1]}"
  else
    printf '  %sMessage %s was not sent (exit code %d): send it by hand.%s\n' "${yellow}" "${message_names[$1]}" "${status}" "${plain}"
  fi
  show_output "${message_logs[$1]}" 20
  prompt_broken=yes
}

# When the run goes on: what its evidence says was sent.
count_sent() {
  local i line
  for i in "${!message_names[@]}"; do
    message_sent[i]=0 message_last_ms[i]=0
    while IFS= read -r line; do
      message_sent[i]=$((message_sent[i] + 1))
      if [[ "${line}" =~ \"at\":\"([^\"]*)\" ]]; then message_last_ms[i]=$(date -d "${BASH_REMATCH[1]}" +%s%3N); fi
    done < <(grep -F "\"event\":\"sent\",\"message\":\"${message_names[i]}\"" "${evidence}" 2>/dev/null || true)
  done
}

# At the end: what is due because all is over, and whatever is still being sent.
send_last_messages() {
  local i tries
  send_due_messages
  for ((tries = 0; tries < 700; tries++)); do
    for i in "${!message_job[@]}"; do
      if [[ -n "${message_job[i]}" ]]; then end_message "${i}"; fi
    done
    if [[ -z "${message_job[*]-}" || "${message_job[*]}" =~ ^\ *$ ]]; then return 0; fi
    sleep 0.1
  done
}

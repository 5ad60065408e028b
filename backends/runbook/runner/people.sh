# Questions to people, one at a time; what needs nobody goes on meanwhile.

# Puts the question of the stage that step number $1 is in.
question() {
  questions_open+=("$1")
  following=''
}

# Asks the first open question, and goes on with its step.
ask_first() {
  local number=${questions_open[0]} asked status=0
  load_step "${number}"
  asked=${stage[number]}
  "ask_${asked}" "${number}" || status=$?
  if [[ -n "${halted}" ]]; then return 0; fi
  questions_open=("${questions_open[@]:1}")
  load_step "${number}"
  following=''
  if ((status != 0)); then
    "unanswered_${asked}" "${number}"
  elif [[ "${answer}" == later ]]; then
    questions_open+=("${number}") && return 0
  else
    "answered_${asked}" "${number}" "${answer}"
  fi
  go_on "${number}" "${following}"
}

# The word that puts a question off, where another is open too.
later() {
  if ((${#questions_open[@]} > 1)); then printf 'later'; fi
}

ask_skip() { ask_choice "${step[skip_question]} [yes/no]" yes no; }
ask_only() { ask_choice "Only if: ${step[only_question]} [yes/no]" yes no; }
ask_decide() {
  ask_choice "${step_name}: run it again (again), take it as done and only check it (done), or stop here (stop)?" again 'done' stop
}

# What the precheck found is shown before: it may be the plan of what is about to be done.
ask_consent() {
  if has_part "$1" precheck && [[ -s "${part_log[$1]-}" ]]; then
    printf '  Its precheck found:\n'
    show_output "${part_log[$1]}" 30
  fi
  printf '  %s\n' "${red}${step_name} ${step[destroys]}.${plain}"
  ask "Type ${step_name} to do it (or: no)"
}

ask_person() {
  local word
  word=$(later)
  if [[ -n "${step[approve_by]-}" ]]; then
    show_field 'Approval' "${step[approve_by]} has to approve ${step_name} before this goes on."
    ask "Name of the person who approves (or: no${word:+, later})"
    return
  fi
  printf '  %s\n' "${bold}${step_name}${plain}"
  show_field 'Do' "${step[manual]}"
  ask_choice "${step_name} done? [done/failed${word:+/later}]" 'done' failed ${word:+"${word}"}
}

ask_confirm() {
  show_field 'Check' "${step[confirm]}"
  ask_choice "${step_name}: does it hold? [yes/no]" yes no
}

ask_accept() { ask_choice "${step_name}: go on all the same? [yes/no]" yes no; }

ask_failed() {
  local word='' text
  text="${step_name} failed: try again (again), leave it (leave)"
  if [[ -n "${turn_to[$1]}" && "${state[$1]}" == failed ]]; then
    word=otherwise text="${step_name} failed: try again (again), turn to ${turn_to[$1]} (otherwise), leave it (leave)"
  fi
  ask_choice "${text}?" again leave ${word:+"${word}"}
}

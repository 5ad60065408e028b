# What happens when a step fails: said at once, and decided by the plan or a person.

# Sets `why` to what an exit code means, where it means something here.
why_code() {
  why=''
  case "$1" in
  124 | 137)
    if [[ -n "${step[timeout_ms]-}" ]]; then format_time "${step[timeout_ms]}" && why=" (it ran into its timeout of ${time_text})"; fi
    ;;
  125) why=' (its output cannot be written)' ;;
  127) why=' (a command was not found)' ;;
  *) ;;
  esac
}

# Step number $1 has failed: $2 what, $3 how to go on, $4 the part that failed, if one did.
fail() {
  local advice=$3
  following=''
  {
    printf '%s\n' "${red}FAILED: step $1 of ${step_count}, ${step_name}: $2${plain}"
    if [[ -n "$4" ]]; then
      printf '  What ran:\n'
      show_part "$4" 20
      printf '  Its last output, in %s:\n' "${part_log[$1]@Q}"
      show_output "${part_log[$1]}" 20
    fi
    show_clock
  } >&2
  prompt_broken=yes
  advices[$1]=${advice}
  record failed "${step_name}" because "$2"
  failed_because[$1]=$2
  following=failed
}

# A person decides; where nobody is there, what the plan turns to is followed, else the step stays failed.
stage_failed() {
  if [[ -n "${turn_to[$1]}" && ("${no_input}" == yes || "${yes}" == yes) && "${state[$1]}" == failed ]]; then
    turn "$1" "${failed_because[$1]}"
  else
    question "$1"
  fi
}
answered_failed() {
  record decided "${step_name}" answer "$2"
  case "$2" in
  again)
    tries[$1]=0
    case "${state[$1]}" in
    acted) following=verify ;;
    'done') following=recheck ;;
    begun) following=decide ;;
    *) following=done_when ;;
    esac
    ;;
  otherwise) turn "$1" "${failed_because[$1]}" ;;
  *) unanswered_failed "$1" ;;
  esac
}
unanswered_failed() {
  printf '  To go on with %s: %s\n    %s\n' "${step_name}" "${advices[$1]}" "${resume_command}" >&2
  if [[ -z "${undo_told}" ]] && any_undo; then printf '  To take back what was done, in reverse order:\n    %s --undo\n' "${resume_command/ --resume/}" >&2; fi
  undo_told=yes
  stage[$1]=failed_for_good following=''
}

# Goes on with what the plan turns to in place of step number $1, because of $2.
turn() {
  set_state "$1" replaced
  note_turns
  record replaced "${step_name}" by "${turn_to[$1]}" because "$2"
  say "$1" "${yellow}the plan turns to ${turn_to[$1]}.${plain}"
  leave "$1"
}

any_undo() {
  local number
  for ((number = 1; number <= step_count; number++)); do
    if ((begun_ms[number] > 0)) && can_undo "${number}"; then return 0; fi
  done
  return 1
}

# The last stages of a step: its check, by a command and by a person, also when the run goes on.

stage_verify() {
  if ! has_part "$1" verify; then following=confirm && return 0; fi
  say "$1" 'check ...'
  start_part verify
}
ended_verify() {
  following=confirm
  if (($2 == 0)); then return 0; fi
  why_code "$2"
  set_state "$1" acted
  fail "$1" "The check ended with exit code $2${why}." "put it right; this checks again (--again ${step_name} repeats the action, too):" verify
}

# What only a person can check.
stage_confirm() {
  following=finish
  if [[ -n "${step[confirm]-}" ]]; then question "$1"; fi
}
answered_confirm() {
  following=finish
  record confirmed "${step_name}" answer "$2"
  if [[ "$2" == no ]]; then fail "$1" 'its check does not hold.' "put it right; this checks again (--again ${step_name} repeats the action, too):" ''; fi
}
unanswered_confirm() { fail "$1" 'it is checked by a person.' 'run it where a person can answer, without --no-input:' ''; }

stage_finish() {
  local took=''
  set_state "$1" 'done'
  record 'done' "${step_name}"
  if ((begun_ms[$1] > 0)); then format_time $((ended_ms[$1] - begun_ms[$1])) && took=" after ${time_text}"; fi
  say "$1" "${green}done${took}.${plain}"
  leave "$1"
}

# A step that is recorded as done is checked again when the run goes on, but never done again.
stage_recheck() {
  say "$1" 'done already.'
  if has_part "$1" verify; then start_part verify; else leave "$1"; fi
}
ended_recheck() {
  if (($2 == 0)); then leave "$1" && return 0; fi
  say "$1" "${yellow}its check fails now (exit code $2), perhaps because of a later step.${plain}"
  show_output "${part_log[$1]}" 5
  following=accept
}
stage_accept() { question "$1"; }
answered_accept() {
  if [[ "$2" == no ]]; then unanswered_accept "$1" && return 0; fi
  record accepted "${step_name}" because 'the operator goes on although the check fails now'
  leave "$1"
}
unanswered_accept() { fail "$1" 'it was done before, and its check fails now.' "put it right, or add --again ${step_name} to do it again:" verify; }

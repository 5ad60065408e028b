# One step, stage by stage. `stage_X` begins a stage: it starts a part, puts a question, or names in `following` the stage to go on
# with. `ended_X` gets the exit code of the part, `answered_X` what a person said, `unanswered_X` that nobody is there to say it.

# Goes on with step number $1 at the stage $2 until something runs, a person is asked, or it is over.
go_on() {
  local next=$2
  while [[ -n "${next}" && -z "${halted}" ]]; do
    load_step "$1"
    stage[$1]=${next} following=''
    "stage_${next}" "$1"
    next=${following}
  done
}

# Begins step number $1 where its state says.
begin_step() {
  load_step "$1"
  show_step
  case "${state[$1]}" in
  'done') go_on "$1" recheck ;;
  skipped | replaced) say "$1" "${state[$1]} before." && leave "$1" ;;
  acted) go_on "$1" verify ;;
  begun) go_on "$1" decide ;;
  *) if [[ -n "${step[impossible]-}" ]]; then go_on "$1" impossible; else go_on "$1" skip; fi ;;
  esac
}

# Step number $1 is over.
leave() {
  stage[$1]=over following=''
}

# By the plan it cannot be done in this scenario.
stage_impossible() {
  say "$1" "cannot be done here: ${step[impossible]}"
  if [[ -n "${turn_to[$1]}" ]]; then turn "$1" "${step[impossible]}"; else fail "$1" "by the plan it cannot be done: ${step[impossible]}" 'if it can:' ''; fi
}

# `skip if`, then `only if`.
stage_skip() {
  following=only
  if [[ -z "${step[skip_question]-}" ]]; then return 0; fi
  if [[ "${yes}" == yes || "${no_input}" == yes ]]; then
    if [[ "${step[skip_expected]-no}" == yes ]]; then skip_step "$1" "${step[skip_question]} yes"; fi
    return 0
  fi
  question "$1"
}
answered_skip() {
  following=only
  if [[ "$2" == yes ]]; then skip_step "$1" "${step[skip_question]} yes"; fi
}
unanswered_skip() { fail "$1" 'whether to skip it has to be decided.' 'run it where a person can answer, without --no-input:' ''; }

stage_only() {
  following=done_when
  if [[ -n "${step[only_question]-}" && "${yes}" != yes ]]; then question "$1"; fi
}
answered_only() {
  following=done_when
  if [[ "$2" == no ]]; then skip_step "$1" "${step[only_question]} no"; fi
}
unanswered_only() {
  fail "$1" 'whether it is needed has to be decided (--yes says yes).' 'run it where a person can answer, without --no-input:' ''
}

skip_step() {
  set_state "$1" skipped
  record skipped "${step_name}" because "$2"
  say "$1" "skipped: $2"
  leave "$1"
}

# A step that had begun and of which no end is known: its `done when` decides, else the operator.
stage_decide() {
  following=done_when
  if ! has_part "$1" action; then return 0; fi
  if action_has_ended_well "$1"; then following=acted && return 0; fi
  format_utc "${begun_ms[$1]}"
  say "$1" "${yellow}it began at ${utc}, and how it ended is not recorded.${plain}"
  if ! has_part "$1" done_when; then question "$1"; fi
}
answered_decide() {
  record decided "${step_name}" answer "$2"
  case "$2" in
  again) following=precheck ;;
  'done') following=acted ;;
  *) fail "$1" 'how its last attempt ended has to be found out first.' 'then:' '' ;;
  esac
}
unanswered_decide() {
  fail "$1" 'it may or may not have done its work, and it has no `done when` to tell.' "find out, then run it again:
    ${resume_command} --again ${step_name}
  or where you are asked, without --no-input:" ''
}

stage_done_when() {
  if has_part "$1" done_when; then start_part done_when; else following=precheck; fi
}
ended_done_when() {
  following=precheck
  if (($2 != 0)); then return 0; fi
  say "$1" 'nothing to do: what it is for holds already.'
  following=verify
}

stage_precheck() {
  if has_part "$1" precheck; then start_part precheck; else following=consent; fi
}
ended_precheck() {
  following=consent
  why_code "$2"
  if (($2 != 0)); then
    fail "$1" "The precheck ended with exit code $2${why}." 'put right what it found; the action has not begun. Then:' precheck
  fi
}

# What destroys or cannot be undone wants its name typed.
stage_consent() {
  following=action
  if [[ -z "${step[destroys]-}" || " ${confirmed} " == *" ${step_name} "* || " ${confirmed} " == *' all '* ]]; then return 0; fi
  question "$1"
}
answered_consent() {
  following=action
  record consented "${step_name}" answer "$2"
  if [[ "$2" != "${step_name}" ]]; then fail "$1" 'its name was not typed; nothing was done.' 'when it is to be done:' ''; fi
}
unanswered_consent() {
  fail "$1" "it ${step[destroys]}, and wants its name typed." "run it where a person can answer, or add --confirm ${step_name}:" ''
}

stage_action() {
  set_state "$1" begun
  record begun "${step_name}" attempt: "${attempts[$1]}"
  if ! has_part "$1" action; then following=person && return 0; fi
  say "$1" 'action ...'
  start_part action
}
ended_action() {
  following=person
  if (($2 == 0)); then return 0; fi
  why_code "$2"
  following=''
  if ((${tries[$1]:-0} < ${step[retries]:-0})); then retry_later "$1" "$2" && return 0; fi
  set_state "$1" failed
  fail "$1" "The action ended with exit code $2${why}." 'put the cause right; what is done stays done. Then:' action
}

# The pause before another attempt is the plan's; where it says none, it doubles from a second to a minute.
retry_later() {
  local pause=${step[retry_ms]:-0}
  tries[$1]=$((${tries[$1]:-0} + 1))
  if ((pause == 0)); then pause=$((1000 << (tries[$1] < 7 ? tries[$1] - 1 : 6))); fi
  if [[ -z "${step[retry_ms]-}" ]] && ((pause > 60000)); then pause=60000; fi
  read_clock
  retry_at[$1]=$((now_ms + pause))
  format_time "${pause}"
  say "$1" "${yellow}the action ended with exit code $2${why}: attempt $((tries[$1] + 1)) of $((step[retries] + 1)) in ${time_text}.${plain}"
}

# What a person has to do, or to approve.
stage_person() {
  following=acted
  if [[ -z "${step[manual]-}${step[approve_by]-}" ]]; then return 0; fi
  name_log person
  part_begun[$1]=${now_ms}
  question "$1"
}
answered_person() {
  local kind=manual status=0
  if [[ -n "${step[approve_by]-}" ]]; then kind=approved; fi
  if [[ "$2" == failed || "$2" == no || -z "$2" ]]; then status=1; fi
  name_log "${kind}"
  printf '%s\n' "$2" >"${log_file}"
  record_part "${kind}" "${part_begun[$1]}" "${status}" "${log_file}"
  following=acted
  if ((status == 0)); then return 0; fi
  set_state "$1" failed
  fail "$1" "it was answered with \"$2\"." 'when it can be done:' ''
}
unanswered_person() {
  set_state "$1" failed
  fail "$1" "it needs a person: ${step[approve_by]:+an approval by }${step[approve_by]:-it is done by hand}." 'run it where a person can answer, without --no-input:' ''
}

stage_acted() {
  set_state "$1" acted
  following=verify
}

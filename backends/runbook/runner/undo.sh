# Back to where it was: what was done is undone, the last first.

can_undo() {
  has_part "$1" undo && return 0
  load_step "$1"
  [[ -n "${step[undo_manual]-}" ]]
}

# Undoes, in reverse order of their begin, the steps that the plan says how to undo; names those that it does not.
undo_all() {
  local number last
  under_way=yes undoing=yes
  while find_last_begun; do
    number=${last}
    if can_undo "${number}"; then undo_step "${number}"; else keep_step "${number}"; fi
  done
  record undone ''
  printf '\n%sAll that can be undone has been.%s Evidence: %s\n' "${green}" "${plain}" "${evidence}"
  if ((${#kept_steps[@]} > 0)); then
    printf 'The plan does not say how to undo these; they stay as they are:\n'
    printf '  %s\n' "${kept_steps[@]}"
  fi
}

# Sets `last` to the step that began last of those that have and are not undone.
find_last_begun() {
  local number
  last=''
  for ((number = 1; number <= step_count; number++)); do
    if ((begun_ms[number] == 0)) || [[ "${state[number]}" == undone || "${stage[number]}" == kept ]]; then continue; fi
    if [[ -z "${last}" ]] || ((begun_ms[number] >= begun_ms[last])); then last=${number}; fi
  done
  [[ -n "${last}" ]]
}

keep_step() {
  stage[$1]=kept
  kept_steps+=("${step_names[$1]}")
  say "$1" 'the plan does not say how to undo it.'
}

undo_step() {
  printf '\n%sUndo %s%s\n' "${bold}" "${step_names[$1]}" "${plain}"
  go_on "$1" undo_consent
  while [[ "${state[$1]}" != undone && -z "${halted}" ]]; do
    if ((${#questions_open[@]} > 0)); then ask_first; else sleep 0.1 && tick; fi
    if [[ "${stage[$1]}" == failed_for_good ]]; then exit 1; fi
  done
  if [[ -n "${halted}" ]]; then exit 2; fi
}

stage_undo_consent() {
  following=undo
  if [[ " ${confirmed} " != *" ${step_name} "* && " ${confirmed} " != *' all '* ]]; then question "$1"; fi
}
ask_undo_consent() {
  show_field 'Undo' "${step[undo_says]-}"
  ask "Type ${step_name} to undo it (or: no)"
}
answered_undo_consent() {
  following=undo
  if [[ "$2" != "${step_name}" ]]; then printf 'Its name was not typed; nothing was undone.\n' >&2 && exit 1; fi
}
unanswered_undo_consent() {
  refuse "Undoing ${step_name} wants its name typed." "Run it where a person can answer, or add --confirm ${step_name}."
}

stage_undo() {
  record undoing "${step_name}"
  if has_part "$1" undo; then start_part undo; else following=undo_person; fi
}
ended_undo() {
  following=undo_person
  if (($2 == 0)); then return 0; fi
  fail "$1" "Undoing it ended with exit code $2." 'put the cause right, then:' undo
  following=''
  printf '  To go on: %s --undo\n' "${resume_command/ --resume/}" >&2
  stage[$1]=failed_for_good
}

stage_undo_person() {
  if [[ -n "${step[undo_manual]-}" ]]; then question "$1"; else following=undo_end; fi
}
ask_undo_person() {
  show_field 'Do' "${step[undo_manual]}"
  ask_choice "Undone? [done/failed]" 'done' failed
}
answered_undo_person() {
  following=undo_end
  if [[ "$2" == failed ]]; then unanswered_undo_person "$1"; fi
}
unanswered_undo_person() { refuse "Undoing ${step_name} needs a person." "To go on: ${resume_command/ --resume/} --undo"; }

stage_undo_end() {
  set_state "$1" undone
  record undone "${step_name}"
  say "$1" "${green}undone.${plain}"
  leave "$1"
}

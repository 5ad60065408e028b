#!/usr/bin/env bash
# What a person sees and types, in a terminal of tmux.
# shellcheck disable=SC2016  # what is meant for a runbook stays in single quotes here
set -uo pipefail
# shellcheck source-path=SCRIPTDIR source=cases.sh
source "$(dirname "$0")/cases.sh"

need_packages tmux
number=0
terminal() { tmux -L "muster-test-$$-${number}" "$@"; }
trap 'terminal kill-server 2>/dev/null; rm -rf "${work}"' EXIT

# Runs the runbook with the options given in a terminal of 100 by 40.
open_terminal() {
  number=$((number + 1))
  terminal -f /dev/null new-session -d -s run -x 100 -y 40 -c "${PWD}" "env TERM=screen-256color bash runbook.sh $*; echo exit \$?; sleep 60"
}

screen() { terminal capture-pane -p -t run -S -200; }

# Waits until the screen shows $1.
wait_for_screen() {
  local i
  for ((i = 0; i < 150; i++)); do
    if [[ "$(screen)" == *"$1"* ]]; then return 0; fi
    sleep 0.1
  done
  fail "the screen never showed: $1" "$(screen)"
  return 1
}

type_line() { terminal send-keys -t run -l "$1" && terminal send-keys -t run Enter; }
close_terminal() { terminal kill-server 2>/dev/null; }

write_for_terminal() {
  write_runbook runbook.sh <<'END'
questions=('MUSTER_TICKET')
question_texts=('Which ticket?')
step_count=4

step_1() {
  step=([name]='db.key' [title]='Turn the key' [who]='Ada' [manual]='Turn it to the left' [takes_ms]='300000')
}
step_2() {
  step=([name]='db.copy' [takes_ms]='60000')
}
step_2_action() {
  sleep 1
}
step_3() {
  step=([name]='db.load' [after]='db.key db.copy' [destroys]='overwrites orders')
}
step_3_action() {
  echo "load ${MUSTER_TICKET}" >>trace
}
step_4() {
  step=([name]='shop.three' [after]='db.load' [approve_by]='lead')
}
END
}

case_from_start_to_end() {
  write_for_terminal
  open_terminal
  wait_for_screen 'Start the recovery from region-outage? [yes/no]'
  type_line maybe
  wait_for_screen 'Please answer with one of: yes no'
  type_line yes
  wait_for_screen 'Which ticket?'
  type_line 'INC-7'
  wait_for_screen 'Turn it to the left'
  wait_for_screen 'db.copy: done after 1s.'
  # What came in between does not leave the person without the question.
  is 'the question stands last on the screen' 'db.key done? [done/failed]' "$(screen | sed '/^ *$/d' | tail -n 1 | sed 's/ *$//')"
  type_line 'done'
  wait_for_screen 'db.load overwrites orders.'
  type_line yes
  wait_for_screen 'its name was not typed; nothing was done.'
  wait_for_screen 'db.load failed: try again (again), leave it (leave)?'
  type_line again
  wait_for_screen 'Type db.load to do it (or: no) '
  sleep 0.3
  type_line db.load
  wait_for_screen 'Name of the person who approves (or: no)'
  type_line 'Ada Lovelace'
  wait_for_screen 'All steps are done'
  wait_for_screen 'exit 0'
  is 'it ran once, with the answer' 'load INC-7' "$(cat trace)"
  has 'the clock is there' 'since disruption' "$(screen)"
  close_terminal
}

case_colours() {
  write_for_terminal
  open_terminal
  wait_for_screen 'Start the recovery'
  if [[ "$(terminal capture-pane -p -e -t run)" != *$'\e[1m'* ]]; then fail 'a terminal gets bold and colours'; fi
  close_terminal
  number=$((number + 1))
  terminal -f /dev/null new-session -d -s run -x 100 -y 40 -c "${PWD}" "env NO_COLOR=1 bash runbook.sh; sleep 60"
  wait_for_screen 'Start the recovery'
  if [[ "$(terminal capture-pane -p -e -t run)" == *$'\e[1m'* ]]; then fail 'NO_COLOR is not heeded'; fi
  close_terminal
}

case_control_c() {
  write_slow_step runbook.sh "" ''
  open_terminal --yes
  wait_for_line trace begun
  terminal send-keys -t run C-c
  wait_for_screen 'Interrupted by SIGINT.'
  wait_for_screen 'To go on: bash'
  wait_for_screen 'exit 130'
  has 'on record' 'interrupted shop.three' "$(events)"
  close_terminal
}

# At a question too.
case_control_c_at_a_question() {
  write_for_terminal
  open_terminal
  wait_for_screen 'Start the recovery'
  type_line yes
  wait_for_screen 'Which ticket?'
  terminal send-keys -t run C-c
  wait_for_screen 'exit 130'
  open=$(terminal list-sessions 2>/dev/null | wc -l)
  is 'the terminal is left in order' 1 "${open}"
  close_terminal
}

case_control_d() {
  write_for_terminal
  open_terminal --yes
  wait_for_screen 'Which ticket?'
  type_line x
  wait_for_screen 'db.key done? [done/failed]'
  terminal send-keys -t run C-d
  wait_for_screen 'it needs a person'
  wait_for_screen 'To go on with db.key'
  wait_for_screen 'exit 1'
  close_terminal
}

# Two things are to be done by hand: either can be answered first.
case_later() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=2

step_1() {
  step=([name]='db.left' [manual]='Turn the left key')
}
step_2() {
  step=([name]='shop.three' [manual]='Turn the right key')
}
END
  open_terminal --yes
  wait_for_screen 'db.left done? [done/failed/later]'
  type_line later
  wait_for_screen 'shop.three done? [done/failed/later]'
  type_line 'done'
  wait_for_screen 'shop.three: done'
  type_line 'done'
  wait_for_screen 'exit 0'
  close_terminal
}

run_cases

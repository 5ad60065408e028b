#!/usr/bin/env bash
# What the runner does with several steps at once, with people beside them, and with failures: alternatives, retries, undo, messages.
# shellcheck disable=SC2016  # what is meant for a runbook stays in single quotes here
set -uo pipefail
# shellcheck source-path=SCRIPTDIR source=cases.sh
source "$(dirname "$0")/cases.sh"

# Two steps that each wait until the other has begun, then one that waits for both.
write_pair() {
  write_runbook runbook.sh <<END
questions=()
question_texts=()
$1
step_count=3

step_1() {
  step=([name]='db.one' [takes_ms]='60000' [holds]='role:dba' [timeout_ms]='5000')
}
step_1_action() {
  echo one >>trace
  until grep -q two trace; do sleep 0.05; done
}
step_2() {
  step=([name]='db.two' [takes_ms]='120000' [holds]='role:dba' [timeout_ms]='5000')
}
step_2_action() {
  echo two >>trace
  until grep -q one trace; do sleep 0.05; done
}
step_3() {
  step=([name]='shop.three' [after]='db.one db.two' [takes_ms]='60000')
}
step_3_action() {
  echo three >>trace
}
END
}

case_side_by_side() {
  write_pair 'pools=([role:dba]=2)'
  run --no-input
  is 'each waits for the other: they ran at the same time' 0 "${status}"
  is 'what waits for both comes last' three "$(tail -n 1 trace)"
  has 'the longest way is named' 'Critical  db.two, then what waits for it: 3m to go as planned' "${output}"
}

case_one_person() {
  write_pair 'pools=([role:dba]=1)'
  run --no-input
  is 'one person does one thing at a time, so that each waits in vain' 1 "${status}"
  has 'and runs into its timeout' 'it ran into its timeout of 5s' "${output}"
  has 'what waits is named' 'Waiting for what failed: shop.three' "${output}"
}

case_others_go_on() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=3

step_1() {
  step=([name]='db.one')
}
step_1_action() {
  return 3
}
step_2() {
  step=([name]='db.two')
}
step_2_action() {
  sleep 0.5
  echo two >>trace
}
step_3() {
  step=([name]='shop.three' [after]='db.two')
}
step_3_action() {
  echo three >>trace
}
END
  run --no-input
  is 'exit' 1 "${status}"
  is 'what does not wait for the failed step is done' 'two three ' "$(trace)"
  has 'the failed one is named at the end' 'Failed: db.one.' "${output}"
}

case_while_a_person_is_asked() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=3

step_1() {
  step=([name]='db.one' [manual]='Turn the key')
}
step_2() {
  step=([name]='db.two')
}
step_2_action() {
  echo two >>trace
}
step_3() {
  step=([name]='shop.three' [after]='db.one db.two')
}
step_3_action() {
  echo three >>trace
}
END
  mkfifo answers
  bash runbook.sh --yes <answers >log 2>&1 &
  exec 7>answers
  wait_for_line trace two
  printf 'done\n' >&7
  exec 7>&-
  wait "$!"
  is 'exit' 0 "$?"
  is 'the step beside it ran while the person was asked' 'two three ' "$(trace)"
}

case_retries() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=1

step_1() {
  step=([name]='shop.three' [retries]='2' [retry_ms]='100')
}
step_1_action() {
  echo try >>trace
  [[ $(wc -l <trace) -ge 3 ]]
}
END
  run --no-input
  is 'the third attempt succeeds' 0 "${status}"
  is 'attempts' 'try try try ' "$(trace)"
  has 'each is on record' 'action shop.three 0 3' "$(events | tr '\n' ' ')"
  rm -rf state trace
  sed -i "s/ge 3/ge 4/" runbook.sh
  run --no-input
  is 'no more than the plan says' 'try try try ' "$(trace)"
  is 'exit' 1 "${status}"
}

# The pause doubles where the plan says none.
case_back_off() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=1

step_1() {
  step=([name]='shop.three' [retries]='2')
}
step_1_action() {
  false
}
END
  run --no-input
  has 'first a second' 'attempt 2 of 3 in 1s' "${output}"
  has 'then two' 'attempt 3 of 3 in 2s' "${output}"
}

write_alternative() {
  write_runbook runbook.sh <<END
questions=()
question_texts=()
service_steps=('shop.three put-back.load')
step_count=5

step_1() {
  step=([name]='db.promote' $1)
}
step_1_action() {
  echo promote >>trace
  [[ -e fixed ]]
}
step_2() {
  step=([name]='shop.three' [after]='db.promote')
}
step_2_action() {
  echo three >>trace
}
step_3() {
  step=([name]='put-back.load' [instead]='put-back')
}
step_3_action() {
  echo load >>trace
}
step_4() {
  step=([name]='put-back.look' [instead]='put-back' [after]='put-back.load')
}
step_4_action() {
  echo look >>trace
}
step_5() {
  step=([name]='put-back.tidy' [instead]='put-back' [after]='put-back.look' [afterwards]='yes')
}
step_5_action() {
  echo tidy >>trace
}
END
}

case_otherwise() {
  write_alternative "[otherwise]='put-back'"
  run --no-input
  is 'exit' 0 "${status}"
  is 'what it turns to' 'promote load look' "$(trace | cut -d ' ' -f 1-3)"
  is 'then what comes after the step, and what does not count' 'three tidy ' "$(tail -n 2 trace | sort | tr '\n' ' ')"
  has 'what came instead is on record' 'replaced db.promote' "$(events)"
  rm -rf state trace
  touch fixed
  run --no-input
  is 'nothing of it where the step succeeds' 'promote three ' "$(trace)"
}

case_falls_back() {
  write_alternative "[falls_back]='put-back'"
  run --no-input
  is 'exit' 0 "${status}"
  is 'what waited for the failed step does not come' 'promote load look tidy ' "$(trace)"
  has 'the service is back all the same' 'back after' "${output}"
}

case_operator_turns_to_it() {
  write_alternative "[otherwise]='put-back'"
  output=$(printf 'again\notherwise\n' | bash runbook.sh 2>&1)
  is 'exit' 0 "$?"
  is 'tried again, then turned' 'promote promote load' "$(trace | cut -d ' ' -f 1-3)"
}

case_impossible() {
  write_alternative "[otherwise]='put-back' [impossible]='no replica is left'"
  run --no-input
  is 'exit' 0 "${status}"
  is 'what cannot be done is not tried' load "$(head -n 1 trace)"
  has 'and it says why' 'cannot be done here: no replica is left' "${output}"
}

case_resume_after_turning() {
  write_alternative "[otherwise]='put-back'"
  sed -i 's/echo look >>trace/echo look >>trace; [[ -e fixed ]]/' runbook.sh
  run --no-input
  is 'fails' 1 "${status}"
  touch fixed
  run --no-input --resume
  is 'exit' 0 "${status}"
  is 'what had failed is not tried again' 1 "$(grep -c promote trace)"
  is 'nor what is done' 1 "$(grep -c load trace)"
}

write_destructive() {
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
step_count=2

step_1() {
  step=([name]='db.one')
}
step_1_action() {
  echo one >>trace
}
step_1_undo() {
  echo undo-one >>trace
}
step_2() {
  step=([name]='shop.three' [after]='db.one' [destroys]='overwrites orders')
}
step_2_action() {
  echo three >>trace
  [[ -e fixed ]]
}
step_2_undo() {
  echo undo-three >>trace
}
END
}

case_typed_name() {
  local answer
  touch fixed
  for answer in yes shop shop.three; do
    rm -rf state trace
    write_destructive
    status=0
    output=$(printf '%s\n' "${answer}" | bash runbook.sh --yes 2>&1) || status=$?
    if [[ "${answer}" == shop.three ]]; then is 'its name' 0 "${status}"; else is "${answer} is not its name" 1 "${status}"; fi
  done
  has 'what it does is said' 'shop.three overwrites orders.' "${output}"
  is 'with its name it runs' 'one three ' "$(trace)"
  rm -rf state trace
  run --yes --no-input
  is 'nobody types it' 1 "${status}"
  has 'with what to do' '--confirm shop.three' "${output}"
  is 'it has not run' 'one ' "$(trace)"
  run --yes --no-input --resume --confirm shop.three
  is 'typed beforehand' 0 "${status}"
  run --confirm nonsense
  is 'a step that does not exist' 2 "${status}"
}

case_undo() {
  write_destructive
  run --no-input --confirm all
  is 'fails' 1 "${status}"
  has 'the way back is named' '--undo' "${output}"
  run --no-input --undo
  is 'undoing wants the names typed too' 2 "${status}"
  run --no-input --undo --confirm all
  is 'exit' 0 "${status}"
  is 'in reverse order' 'one three undo-three undo-one ' "$(trace)"
  has 'on record' 'undone db.one' "$(events)"
  touch fixed
  run --no-input --resume --confirm all
  is 'what was undone is done again' 'one three undo-three undo-one one three ' "$(trace)"
}

case_undo_what_cannot_be() {
  write_destructive
  sed -i 's/^step_1_undo/not_a_step_1_undo/' runbook.sh
  touch fixed
  run --no-input --confirm all
  rm -rf state/*.finished*
  run --no-input --undo --confirm all
  is 'a finished run can be undone' 0 "${status}"
  has 'what stays is named' 'they stay as they are:' "${output}"
  has 'each' $'\n  db.one' "${output}"
}

case_from() {
  write_three_steps runbook.sh
  touch fixed
  run --no-input --from db.two
  is 'exit' 0 "${status}"
  is 'what is before is checked, not done' 'one-verified two three ' "$(trace)"
  has 'and on record as assumed' 'assumed db.one' "$(events)"
  run --no-input --from nonsense
  is 'a step that does not exist' 2 "${status}"
}

case_only() {
  write_three_steps runbook.sh
  touch fixed
  run --no-input --only db.two
  is 'exit' 0 "${status}"
  is 'that step alone' 'two ' "$(trace)"
  run --no-input --resume
  is 'the rest goes on' 0 "${status}"
  is 'and does not repeat it' 'two one at dr one-verified three ' "$(trace)"
}

case_messages() {
  local repeats
  write_runbook runbook.sh <<'END'
questions=()
question_texts=()
message_names=('begun' 'back' 'progress')
message_texts=('Begun: {scenario}, {elapsed}, next {next}, `touch pwned` $(touch pwned)' 'All is back' 'Still {state}')
message_webhooks=('MUSTER_WEBHOOK_A MUSTER_WEBHOOK_B' 'MUSTER_WEBHOOK_A' 'MUSTER_WEBHOOK_A')
message_from=('clock' 'recovery' 'clock')
message_after_ms=('0' '0' '3000')
message_every_ms=('' '' '1000')
message_until=('' '' 'recovery')
disruption_before_ms=0
step_count=2

step_1() {
  step=([name]='shop.three' [title]='Start it')
}
step_1_action() {
  sleep 2.5
}
step_2() {
  step=([name]='shop.late' [after]='shop.three')
}
step_2_action() {
  sleep 2
}
END
  mkdir bin
  printf '#!/usr/bin/env bash\nprintf "%%s\\n" "${*: -1}" >>calls\ncat >>calls\n' >bin/curl
  chmod +x bin/curl
  sed -i 's/^planned_offset_ms=.*/planned_offset_ms=2000/' runbook.sh
  output=$(PATH="${PWD}/bin:${PATH}" MUSTER_WEBHOOK_A=http://a MUSTER_WEBHOOK_B=http://b bash runbook.sh --no-input 2>&1 </dev/null)
  is 'exit' 0 "$?"
  is 'what was due before is sent at the beginning, to each channel once' 2 "$(grep -cE 'Begun: The region is gone, [2-9]s, next Start it, `touch pwned` \$\(touch pwned\)' calls)"
  is 'nothing of it became code' '' "$(find . -name pwned)"
  is 'when all is back, once' 1 "$(grep -c 'All is back' calls)"
  repeats=$(grep -c 'Still under way' calls)
  if ((repeats < 1 || repeats > 4)); then fail 'repeated until then' "${repeats} times"; fi
  is 'each is on record' $((repeats + 2)) "$(grep -c '"event":"sent"' "${state}/evidence.jsonl")"
}

case_loss() {
  local target
  write_three_steps runbook.sh
  touch fixed
  sed -i "s/^data_names=.*/data_names=('orders')/; s/^data_rpo_ms=.*/data_rpo_ms=('900000')/; s/^data_rpa_ms=.*/data_rpa_ms=('600000')/" runbook.sh
  target=$(date -u -d '-5 minutes' +%FT%TZ)
  sed -i "s|^echo two >>trace|&\nprintf 'recovered\\\\torders\\\\t${target}\\\\n' >>\"\${MUSTER_FACTS}\"|" runbook.sh
  run --no-input --since '-2 minutes'
  is 'exit' 0 "${status}"
  is 'the loss is what was written between that moment and the disruption' 1 "$(grep -cE 'orders +lost the last 3m(0[0-2]s)? +RPO 15m: met, planned 10m' <<<"${output}")"
  has 'on record' "\"event\":\"recovered\",\"step\":\"db.two\",\"data\":\"orders\",\"to\":\"${target}\"" "$(cat "${state}/evidence.jsonl")"
}

run_cases

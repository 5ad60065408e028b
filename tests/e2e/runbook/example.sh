# shellcheck shell=bash
# Writes runbooks for the tests as Muster generates them: what the plan says, then the runner, verbatim.

# write_runbook FILE <<'END' ... the steps, in bash ... END
write_runbook() {
  local runner
  runner=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../backends/runbook/runner" && pwd)
  {
    cat <<'END'
#!/usr/bin/env bash
# A runbook for the tests.
# shellcheck disable=SC2016,SC2317
set -uo pipefail

plan_name='bookshop'
plan_hash='0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'
scenario='region-outage'
scenario_title='The region is gone'
undertaking='recovery from region-outage'
clock_from='disruption'
planned_offset_ms=60000
services=('shop')
service_rto_ms=('1800000')
service_rest_ms=('0')
service_rta_ms=('1200000')
service_steps=('shop.three')
data_names=()
data_rpo_ms=()
data_rpa_ms=()
disruption_before_ms=0
message_names=()
message_texts=()
message_webhooks=()
message_from=()
message_after_ms=()
message_every_ms=()
message_until=()
declare -A pools=()
tools=()
variables=()
paths=()
contexts=()
declare -A step=()

END
    cat
    printf '\n'
    cat "${runner}"/*.sh
    printf '\nmain "$@"\nexit\n'
  } >"$1"
}

# Three steps that write their names to the file `trace`; the second fails until the file `fixed` is there.
write_three_steps() {
  write_runbook "$1" <<'END'
questions=()
question_texts=()
step_count=3

step_1() {
  step=([name]='db.one' [site]='dr' [takes_ms]='30000' [planned_start_ms]='60000' [planned_end_ms]='90000')
}
step_1_action() {
  run_text <<'TEXT'
echo "one at ${MUSTER_SITE}" >>trace
TEXT
}
step_1_verify() {
  run_text <<'TEXT'
echo one-verified >>trace
TEXT
}

step_2() {
  step=([name]='db.two' [after]='db.one')
}
step_2_action() {
  run_text <<'TEXT'
echo two >>trace
[[ -e fixed ]] || { echo "no luck"; exit 7; }
TEXT
}

step_3() {
  step=([name]='shop.three' [after]='db.two')
}
step_3_action() {
  run_text <<'TEXT'
echo three >>trace
TEXT
}
END
}

# One step whose action writes `begun`, then sleeps until the file `go` is there; $2 is put into the step as its `done when`.
write_slow_step() {
  write_runbook "$1" <<END
questions=()
question_texts=()
step_count=1

step_1() {
  step=([name]='shop.three' [timeout_ms]='${3-}')
}
step_1_action() {
  run_text <<'TEXT'
echo begun >>trace
until [[ -e go ]]; do sleep 0.05; done
echo ended >>trace
TEXT
}
$2
END
}

# Evidence, read: whether it is whole, and what it says of how a step stands.

# Whether every line of the file $1 carries the hash of the line before. Says which does not; sets `line_count` and `evidence_head`.
check_chain() {
  local line previous
  line_count=0 evidence_head=$(printf '%064d' 0)
  while IFS= read -r line; do
    line_count=$((line_count + 1)) previous=''
    if [[ "${line}" =~ \"previous\":\"([0-9a-f]{64})\"\}$ ]]; then previous=${BASH_REMATCH[1]}; fi
    if [[ "${previous}" != "${evidence_head}" ]]; then
      printf 'Line %d of %s does not follow from the line before: a line was changed, left out or put in there.\n' "${line_count}" "$1" >&2
      return 1
    fi
    evidence_head=$(printf '%s' "${line}" | sha256)
  done <"$1"
  if [[ -n "${line}" ]]; then
    printf 'Line %d of %s has no end: it was torn.\n' $((line_count + 1)) "$1" >&2
    return 1
  fi
}

# Whether the outputs that the evidence $1 names are there as they were written, and the runbook as it was run.
check_outputs() {
  local line folder=${1%/*} name expected actual bad=0
  while IFS= read -r line; do
    name='' expected=''
    if [[ "${line}" =~ \"output\":\"([^\"/]+)\",\"output_sha256\":\"([0-9a-f]{64})\" ]]; then
      name=output/${BASH_REMATCH[1]} expected=${BASH_REMATCH[2]}
    elif [[ "${line}" =~ \"runbook_sha256\":\"([0-9a-f]{64})\" ]]; then
      name=runbook.sh expected=${BASH_REMATCH[1]}
    fi
    if [[ -z "${name}" ]]; then continue; fi
    actual=missing
    if [[ -e "${folder}/${name}" ]]; then actual=$(sha256 <"${folder}/${name}"); fi
    if [[ "${actual}" == "${expected}" ]]; then continue; fi
    printf '%s is not what was written: its SHA-256 is %s, the evidence says %s.\n' "${name}" "${actual}" "${expected}" >&2
    bad=1
  done <"$1"
  return "${bad}"
}

verify_evidence() {
  local bad=0 line_count
  if [[ ! -s "${evidence}" ]]; then refuse "There is no evidence in ${evidence}."; fi
  check_chain "${evidence}" || bad=1
  check_outputs "${evidence}" || bad=1
  if ((bad == 0)); then
    printf '%s is whole: %d lines, and every output that they name.\n  last line: sha256 %s\n' "${evidence}" "${line_count}" "${evidence_head}"
    printf 'Compare that with the hash that was noted when the run ended: lines missing at the end show only there.\n'
  fi
  exit "${bad}"
}

# Says so where the evidence ends before what the checkpoint knows of: $1 is the hash of the line that was last then.
look_for_lost_lines() {
  if [[ -z "$1" || "$1" == "${evidence_head}" || "$1" == 000000000000* ]]; then return 0; fi
  if grep -q "\"previous\":\"$1\"" "${evidence}" 2>/dev/null; then return 0; fi
  complain "${evidence} has lost its last lines: the line with SHA-256 $1 was there. The run goes on without them."
  record lost '' because "the line with SHA-256 $1 is missing"
}

# Sets the states of all steps to what the evidence says of them: for a checkpoint that is damaged.
read_states_from_evidence() {
  local line number at event
  check_chain "${evidence}" || refuse "Nothing can be taken from the evidence either." "Find out what was done, then start anew: mv ${run_dir@Q} ${run_dir@Q}.set-aside"
  forget_states
  while IFS= read -r line; do
    if [[ ! "${line}" =~ ^\{\"format\":1,\"at\":\"([^\"]*)\",\"event\":\"([a-z_]+)\" ]]; then continue; fi
    at=${BASH_REMATCH[1]} event=${BASH_REMATCH[2]} number=''
    at=$(date -d "${at}" +%s%3N)
    if [[ "${line}" =~ \"clock_ms\":([0-9]+) ]]; then clock_ms=${BASH_REMATCH[1]}; fi
    if [[ "${event}" == started ]]; then started_ms=${at}; fi
    if [[ "${event}" == finished ]]; then finished_ms=${at}; fi
    if [[ "${line}" =~ \"step\":\"([^\"]*)\" ]]; then number=${number_of[${BASH_REMATCH[1]}]-}; fi
    if [[ -n "${number}" ]]; then take_state "${number}" "${event}" "${at}" "${line}"; fi
  done <"${evidence}"
}

# What the event $2 at $3 says of step number $1; $4 is its line.
take_state() {
  case "$2" in
  begun)
    state[$1]=begun begun_ms[$1]=$3
    if [[ "$4" =~ \"attempt\":([0-9]+) ]]; then attempts[$1]=${BASH_REMATCH[1]}; fi
    ;;
  action)
    ended_ms[$1]=$3 state[$1]=failed
    if [[ "$4" == *'"exit":0,'* ]]; then state[$1]=acted; fi
    ;;
  'done' | skipped | replaced | undone) ended_ms[$1]=$3 state[$1]=$2 ;;
  *) ;;
  esac
}

# Whether the evidence has the good end of the action of step number $1 in its last attempt: a kill may have come before the
# checkpoint was written.
action_has_ended_well() {
  local name=${step_names[$1]} line
  line=$(grep -F "\"event\":\"action\",\"step\":\"${name}\"" "${evidence}" 2>/dev/null | tail -n 1)
  [[ "${line}" == *"\"attempt\":${attempts[$1]},"* && "${line}" == *'"exit":0,'* ]]
}

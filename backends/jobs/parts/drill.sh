# A drill restores into a place of its own, never into production. What no command does, a person does, where one is there.
umask 077
work=$(mktemp -d)
previous=$(printf '%064d' 0)
# A container may have no name for its user.
operator=${MUSTER_OPERATOR:-${USER:-$(id -un 2>/dev/null || id -u)}}
operator=${operator//[!A-Za-z0-9._@-]/_}
host=${HOSTNAME//[!A-Za-z0-9._-]/_}
declare -A result=() took_ms=() age_ms=()

# Sets `now_ms`. Bash before 5.0 knows whole seconds only.
read_clock() {
  if [[ -n "${EPOCHREALTIME-}" ]]; then
    now_ms=${EPOCHREALTIME//[!0-9]/}
    now_ms=$((now_ms / 1000))
  else
    printf -v now_ms '%(%s)T000' -1
  fi
}

# Sets `utc` to milliseconds since 1970 as 2026-11-20T21:49:00.123Z.
format_utc() {
  TZ=UTC0 printf -v utc '%(%FT%T)T.%03dZ' "$(($1 / 1000))" "$(($1 % 1000))"
}

# Where the report and the evidence go: where MUSTER_REPORT says, else beside this file, else to where they do not last.
choose_folder() {
  local stamp
  TZ=UTC0 printf -v stamp '%(%Y%m%dT%H%M%SZ)T' -1
  folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/state/drill-${drill}-${stamp}"
  folder=${MUSTER_REPORT:-${folder}}
  if mkdir -p "${folder}" 2>/dev/null && [[ -w "${folder}" ]]; then return; fi
  [[ -z "${MUSTER_REPORT-}" ]] || fail "the report cannot go to ${folder}: it is no folder that can be written"
  folder=${work}
}

# Appends a line to the evidence: the event, its step (or nothing), then members of a JSON object.
record() {
  local line member
  read_clock
  format_utc "${now_ms}"
  line="{\"format\":1,\"at\":\"${utc}\",\"event\":\"$1\""
  if [[ -n "$2" ]]; then line+=",\"step\":\"$2\""; fi
  for member in "${@:3}"; do line+=",${member}"; done
  line+=",\"operator\":\"${operator}\",\"host\":\"${host}\",\"scenario\":\"drill-${drill}\",\"plan_sha256\":\"${plan_hash}\",\"previous\":\"${previous}\"}"
  printf '%s\n' "${line}" >>"${folder}/evidence.jsonl"
  previous=$(printf '%s' "${line}" | sha256_of /dev/stdin)
}

# Takes away what the drill made, and nothing else, however it ended.
clean_up() {
  local status=$?
  trap - EXIT
  set +e
  leave_place
  rm -rf "${work}"
  exit "${status}"
}

# A drill that is stopped says so in its evidence, and still cleans up.
stopped() {
  record interrupted '' "\"signal\":\"$1\""
  exit "$2"
}

# Whether somebody answers.
attended=${MUSTER_ATTENDED-}
if [[ -z "${attended}" && -t 0 ]]; then attended=yes; fi

# Sets `answer` to one of the words that follow the question; to nothing where nobody answers.
ask() {
  local question=$1 word
  shift
  answer=''
  if [[ "${attended}" != yes ]]; then return; fi
  while printf '%s ' "${question}" >&2 && IFS= read -r answer; do
    for word in "$@"; do
      if [[ "${answer}" == "${word}" ]]; then return; fi
    done
    printf 'Please answer with one of: %s\n' "$*" >&2
  done
  answer=''
}

# Shows step $1 to a person.
show_step() {
  local i=$1
  printf '\n[%d/%d] %s %s\n' "$((i + 1))" "${#steps[@]}" "${steps[i]}" "${titles[i]}" >&2
  if [[ -n "${who[i]}" ]]; then printf '  Who      %s\n' "${who[i]}" >&2; fi
  if [[ -n "${runbooks[i]}" ]]; then printf '  How      %s\n' "${runbooks[i]}" >&2; fi
  if [[ -n "${texts[i]}" ]]; then printf '%s\n' "${texts[i]}" >&2; fi
}

# Whether the commands of the drill's own script are run without being asked for.
own_commands=${MUSTER_COMMANDS-}

# Runs the command of step $1, where its kubectl reaches the cluster of the step. Sets `status`.
by_own_command() {
  local cluster=${MUSTER_CLUSTER-${clusters[$1]}}
  set +e
  (
    if [[ -n "${cluster}" ]]; then
      export cluster
      # shellcheck disable=SC2317 # called by the command
      kubectl() { command kubectl --context "${cluster}" "$@"; }
      export -f kubectl
    fi
    exec bash -euo pipefail -c "${commands[$1]}" </dev/null >&2
  )
  status=$?
  set -e
}

# A person does step $1, or has its command run. Sets `status` to 0 done, 1 failed, 2 left out. Its time runs from when the person begins.
by_hand() {
  status=2
  if [[ -n "${commands[$1]}" ]]; then
    ask 'Type run to have it run here, or go when you begin (run/go/skip):' run go skip
  else
    ask 'Type go when you begin (go/skip):' go skip
  fi
  if [[ "${answer}" == run ]]; then
    read_clock
    begun_ms=${now_ms}
    by_own_command "$1"
    return
  fi
  if [[ "${answer}" != go ]]; then return; fi
  read_clock
  begun_ms=${now_ms} status=1
  ask 'Is it done? (done/failed):' 'done' failed
  if [[ "${answer}" == 'done' ]]; then status=0; fi
}

# The restores of step $1, one after the other. Sets `status`.
by_command() {
  local number
  status=0
  for number in ${how[$1]}; do
    if ((status != 0)); then return; fi
    log "restoring ${restore_names[number - 1]}"
    # In a shell of its own, so that what fails ends it and not the drill.
    set +e
    (
      set -e
      "restore_${number}"
    )
    status=$?
    set -e
    if [[ -e "${work}/age" ]]; then
      age_ms[${number}]=$(<"${work}/age")
      rm "${work}/age"
    fi
  done
}

# Does step $1, measures it, and goes on whatever comes of it. What another scenario has had done is not done again.
perform() {
  local i=$1 name=${steps[$1]} status part=action start end planned=()
  if [[ -n "${result[${name}]-}" ]]; then return; fi
  show_step "${i}"
  read_clock
  begun_ms=${now_ms}
  if [[ -n "${how[i]}" ]]; then
    by_command "${i}"
  elif [[ -n "${commands[i]}" && "${own_commands}" == yes ]]; then
    by_own_command "${i}"
  else
    part=manual
    by_hand "${i}"
  fi
  if [[ "${part}" == manual ]] && ((status == 2)); then
    result[${name}]=left
    record skipped "${name}" '"because":"no person did it"'
    return
  fi
  read_clock
  took_ms[${name}]=$((now_ms - begun_ms))
  format_utc "${begun_ms}"
  start=${utc}
  format_utc "${now_ms}"
  end=${utc}
  if [[ -n "${planned_ms[i]}" ]]; then planned=("\"planned_ms\":${planned_ms[i]}"); fi
  record "${part}" "${name}" '"attempt":1' "\"start\":\"${start}\"" "\"end\":\"${end}\"" "\"exit\":${status}" "${planned[@]}"
  result[${name}]=failed
  if ((status == 0)); then
    result[${name}]=passed
    record 'done' "${name}"
  fi
  log "${name}: ${result[${name}]}"
}

run_drill() {
  local i
  trap clean_up EXIT
  trap 'stopped SIGINT 130' INT
  trap 'stopped SIGTERM 143' TERM
  trap 'stopped SIGHUP 129' HUP
  choose_folder
  record started ''
  for i in "${!steps[@]}"; do perform "${i}"; done
  judge
  record finished ''
  write_reports
  if ((${#problems[@]} > 0)); then exit 1; fi
}

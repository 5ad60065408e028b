# What the operator sees and is asked.

set_colours() {
  bold='' red='' green='' yellow='' plain=''
  if [[ -t 1 && -z "${NO_COLOR-}" && "${TERM-dumb}" != dumb ]]; then
    bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' plain=$'\e[0m'
  fi
}

# Prints a text line by line behind an indent. The text may hold anything: what could drive a terminal becomes `?`.
show() {
  local line lines
  mapfile -t lines <<<"${2%"${2##*[!$'\n']}"}"
  for line in "${lines[@]}"; do printf '%s%s\n' "$1" "${line//[[:cntrl:]]/?}"; done
}

# Prints a label and a text beside it, if there is a text.
show_field() {
  local line label=$1
  if [[ -z "$2" ]]; then return 0; fi
  while IFS= read -r line; do
    printf '  %-10s%s\n' "${label}" "${line//[[:cntrl:]]/?}"
    label=''
  done <<<"$2"
}

complain() {
  printf '%s\n' "${red}$1${plain}" >&2
}

# Stops before or between steps: wrong usage, a lock, or a state that must not be gone on from.
refuse() {
  complain "$1"
  shift
  if (($# > 0)); then printf '%s\n' "$@" >&2; fi
  exit 2
}

# Sets `time_text` to milliseconds as a person reads them: 1h02m03s, 30m, 3s.
format_time() {
  local seconds=$((${1#-} / 1000)) parts=''
  if ((seconds >= 3600)); then printf -v parts '%dh%02dm' $((seconds / 3600)) $((seconds / 60 % 60)); fi
  if ((seconds >= 60 && seconds < 3600)); then parts=$((seconds / 60))m; fi
  if ((seconds % 60 > 0)) && [[ -n "${parts}" ]]; then printf -v parts '%s%02ds' "${parts}" $((seconds % 60)); fi
  time_text=${parts:-${seconds}s}
  if (($1 < 0)); then time_text=-${time_text}; fi
}

# Sets `now_ms` to the time since 1970. Bash before 5.0 knows whole seconds only.
read_clock() {
  if [[ -n "${EPOCHREALTIME-}" ]]; then
    local microseconds=${EPOCHREALTIME//[!0-9]/}
    now_ms=$((microseconds / 1000))
  else
    printf -v now_ms '%(%s)T000' -1
  fi
}

# Sets `utc` to milliseconds since 1970 as 2026-11-20T21:49:00.123Z.
format_utc() {
  local TZ=UTC0 seconds=$(($1 / 1000))
  export TZ
  printf -v utc '%(%Y-%m-%dT%H:%M:%S)T.%03dZ' "${seconds}" $(($1 % 1000))
}

# Sets `answer` to a line from the operator. Fails where nobody is there to give one.
ask() {
  answer=''
  if [[ "${no_input}" == yes ]]; then return 1; fi
  printf '%s' "${bold}${1//[[:cntrl:]]/?}${plain} "
  if ! IFS= read -r answer && [[ -z "${answer}" ]]; then
    printf '\n'
    return 1
  fi
  if [[ ! -t 0 ]]; then printf '\n'; fi
}

# Asks until the answer is one of the words that follow the question. Fails as `ask` does.
ask_choice() {
  local question=$1 word
  shift
  while ask "${question}"; do
    for word in "$@"; do
      if [[ "${answer}" == "${word}" ]]; then return 0; fi
    done
    printf 'Please answer with one of: %s\n' "$*"
  done
  return 1
}

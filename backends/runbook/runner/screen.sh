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

# Prints a line about step number $1 in between whatever else is shown.
say() {
  printf '  %s: %s\n' "${step_names[$1]}" "$2"
  prompt_broken=yes
}

show_prompt() {
  printf '%s' "${bold}${prompt//[[:cntrl:]]/?}${plain} "
  prompt_broken=''
}

# Sets `answer` to a line from the operator; the run goes on meanwhile. Fails where nobody is there to give one.
ask() {
  local piece status typed=''
  answer=''
  if [[ "${no_input}" == yes || "${nobody}" == yes ]]; then return 1; fi
  prompt=$1
  show_prompt
  while true; do
    piece='' status=0
    IFS= read -r -t 0.2 piece || status=$?
    typed+=${piece}
    if ((status <= 128)); then break; fi
    tick
    if [[ -n "${prompt_broken}" ]]; then show_prompt; fi
  done
  answer=${typed}
  if [[ ! -t 0 ]]; then printf '\n'; fi
  if ((status == 0)) || [[ -n "${typed}" ]]; then return 0; fi
  nobody=yes
  return 1
}

# As `ask`, but nothing of the run goes on meanwhile: what it would note cannot be noted.
ask_quietly() {
  if [[ "${no_input}" == yes || "${nobody}" == yes ]]; then return 1; fi
  printf '%s ' "${bold}$1${plain}"
  IFS= read -r answer || nobody=yes
  [[ -z "${nobody}" ]]
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

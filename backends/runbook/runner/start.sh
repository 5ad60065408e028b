# Before the first step: what is missing here, what the procedures ask, where the run takes place.

warn_of_what_is_missing() {
  local tool name
  for tool in "${tools[@]}"; do
    if ! command -v "${tool}" >/dev/null; then complain "Not installed here, and a step needs it: ${tool}"; fi
  done
  for name in "${variables[@]}"; do
    if [[ -z "${!name-}" ]]; then complain "Not set here, and a step needs it: ${name}"; fi
  done
  for name in "${paths[@]}"; do
    if [[ ! -e "${name}" ]]; then complain "Not there, and a step needs it: ${name@Q} in ${PWD@Q}"; fi
  done
  if ! command -v kubectl >/dev/null; then return 0; fi
  for name in "${contexts[@]}"; do
    if ! kubectl config get-contexts "${name}" </dev/null >/dev/null 2>&1; then complain "kubectl knows no context ${name@Q} here, and a step needs it."; fi
  done
}

# Whether `answer` answers the question that the variable $1 stands for. Says why not.
is_answered() {
  if [[ -z "${answer}" ]]; then return 1; fi
  if [[ "$1" != MUSTER_TARGET_TIME ]]; then return 0; fi
  if [[ "${answer}" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$ ]] && date -d "${answer}" >/dev/null 2>&1; then return 0; fi
  printf 'It has to be a time in UTC that looks like 2026-11-20T21:49:00Z.\n' >&2
  return 1
}

# Asks what the procedures want to know, once: an answer is kept with the state. A variable that is set already counts, and
# replaces an answer from before.
ask_questions() {
  local i name file kept
  for i in "${!questions[@]}"; do
    name=${questions[i]} file="${run_dir}/answers/${questions[i]}" kept=''
    if [[ -e "${file}" ]]; then kept=$(cat "${file}" && printf x) && kept=${kept%x}; fi
    answer=${!name:-${kept}}
    if [[ -n "${answer}" ]]; then
      is_answered "${name}" || refuse "${name} is not an answer to: ${question_texts[i]}" "Set ${name} to another, then run this again."
    else
      while ask "${question_texts[i]}" && ! is_answered "${name}"; do :; done
      if [[ -z "${answer}" ]]; then refuse "Needs an answer: ${question_texts[i]}" "Set ${name}, or run it where a person can answer."; fi
    fi
    if [[ ! -e "${file}" || "${answer}" != "${kept}" ]]; then
      printf '%s' "${answer}" | write_whole "${file}" || refuse "Cannot write ${file}."
      record answered '' question "${name}" answer "${answer}"
    fi
    export "${name}=${answer}"
  done
}

# Relative paths of the plan mean the same after a stop as before it: a run goes on in the folder where it was started.
enter_folder() {
  local folder="${run_dir}/folder" path
  if [[ ! -e "${folder}" ]]; then
    printf '%s' "${PWD}" | write_whole "${folder}" || refuse "Cannot write ${folder}."
    return 0
  fi
  path=$(cat "${folder}" && printf x)
  path=${path%x}
  if [[ "${path}" == "${PWD}" ]]; then return 0; fi
  cd "${path}" || refuse "This run was started in ${path}, and cannot go on there."
  printf 'Going on in the folder where it was started: %s\n' "${path@Q}"
}

# A scenario without steps: all is well only if no service suffers.
nothing_to_run() {
  if ((${#services[@]} == 0)); then
    printf 'There is nothing to do: by the plan no service is lost in it.\n'
    exit 0
  fi
  complain 'The plan has no procedure for this scenario. Nothing was done.'
  show_field 'Lost' "$(printf '%s\n' "${services[@]}")"
  exit 1
}

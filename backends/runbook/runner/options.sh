# What the runbook is called with.

usage() {
  cat <<END_OF_USAGE
Usage: ${0##*/} [OPTION]...
Goes through the ${step_count} steps of the ${undertaking}: what waits for nothing runs side by side.

  --resume         go on with a run that was stopped: what is recorded as done is checked, not done again
  --again STEP     with --resume: do this step again whatever is recorded
  --from STEP      start with this step: what it waits for counts as done, and is checked
  --only STEP      do this step alone; the rest stays for --resume
  --undo           take back what was done, the last first, as far as the plan says how
  --list           show the steps and end
  --status         show how far a run is and end
  --dry-run        show what each step would run; changes nothing
  --yes            start without asking; take the expected answer to every yes-or-no question.
                   Manual steps, approvals and interrupted steps are asked for all the same
  --no-input       never ask: whatever needs a person stops its step. Answers come from \$MUSTER_<NAME>
  --confirm STEP   as if the name of this step, which destroys something, had been typed; repeatable; all: of every step
  --state DIR      keep the state in DIR (default: the folder "state" beside this file). Operators on several machines
                   are kept apart only if they share it
  --evidence DIR   keep evidence and outputs in a new folder in DIR (default: with the state). With --resume: from now on
  --verify-evidence
                   check that the evidence is whole and end
  --from-evidence  with --resume: take from the evidence how far the run is, where the checkpoint is damaged
  --since TIME     when the clock of the RTO started, as date(1) reads it (default: as long ago as the plan reckons)
  --help           show this

Exit: 0 done, 1 a step failed or needs a person, 2 wrong usage, locked or refused, 130 interrupted.
END_OF_USAGE
}

read_options() {
  while (($# > 0)); do
    case "$1" in
    --resume) resume=yes ;;
    --from-evidence) from_evidence=yes ;;
    --list | --status | --dry-run | --undo | --verify-evidence) mode=${1#--} ;;
    --yes) yes=yes ;;
    --no-input) no_input=yes ;;
    --again=* | --from=* | --only=* | --confirm=* | --state=* | --evidence=* | --since=*) set_option "${1%%=*}" "${1#*=}" ;;
    --again | --from | --only | --confirm | --state | --evidence | --since)
      if (($# < 2)); then refuse "$1 wants a value." 'See --help.'; fi
      set_option "$1" "$2"
      shift
      ;;
    --help | -h) usage && exit 0 ;;
    *) refuse "Unknown option: $1" 'See --help.' ;;
    esac
    shift
  done
}

set_option() {
  local seconds
  if [[ -z "$2" ]]; then refuse "$1 wants a value." 'See --help.'; fi
  case "$1" in
  --again | --from | --only) set_step_option "${1#--}" "$2" ;;
  --confirm)
    if [[ "$2" != all ]]; then is_step "$2" || refuse "--confirm: \"$2\" is not a step." 'See --list.'; fi
    confirmed+=" $2"
    ;;
  --state) state_root=$2 ;;
  --evidence) evidence_dir=$2 ;;
  *)
    seconds=$(date -d "$2" +%s 2>/dev/null) || refuse "--since: date(1) does not understand \"$2\"."
    since_ms=${seconds}000
    ;;
  esac
}

set_step_option() {
  is_step "$2" || refuse "--$1 wants the name of a step; \"$2\" is not one." 'See --list.'
  printf -v "$1" '%s' "$2"
}

is_step() {
  [[ -n "${number_of[$1]-}" ]]
}

# What does not go together.
check_options() {
  if [[ -n "${again}" && "${resume}" != yes ]]; then refuse '--again wants --resume, too.' 'See --help.'; fi
  if [[ "${from_evidence}" == yes && "${resume}" != yes && "${mode}" == run ]]; then refuse '--from-evidence wants --resume, too.' 'See --help.'; fi
  if [[ -n "${from}" && -n "${only}" ]]; then refuse '--from and --only do not go together.' 'See --help.'; fi
  if [[ "${state_root}" != /* ]]; then state_root=${PWD}/${state_root}; fi
  if [[ -n "${evidence_dir}" && "${evidence_dir}" != /* ]]; then evidence_dir=${PWD}/${evidence_dir}; fi
}

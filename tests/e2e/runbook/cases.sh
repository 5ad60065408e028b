# shellcheck shell=bash disable=SC2034  # what those who source this use
# Cases that run runbooks: each is a function case_NAME, in a folder of its own; nothing outside it is touched. $1 of the test, if
# given, is the name of the case to run. The runbooks run in the bash that PATH finds first.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=example.sh
source "${here}/example.sh"
work=$(mktemp -d)
trap 'rm -rf "${work}"' EXIT
failures=0
only_case=${1-}
state=state/region-outage-0123456789ab

fail() {
  failures=$((failures + 1))
  printf 'FAILED %s: %s\n' "${case_name}" "$1" >&2
  shift
  if (($# > 0)); then printf '  %s\n' "$@" >&2; fi
}

# is WHAT EXPECTED ACTUAL
is() {
  if [[ "$2" != "$3" ]]; then fail "$1" "expected: $2" "actual:   $3"; fi
}

# has WHAT PART WHOLE
has() {
  if [[ "$3" != *"$2"* ]]; then fail "$1" "expected to find: $2" "in: $3"; fi
}

# Runs the runbook; sets `output` and `status`.
run() {
  output=$(bash runbook.sh "$@" </dev/null 2>&1)
  status=$?
}

trace() {
  tr '\n' ' ' <trace
}

# Waits up to ten seconds until the file $1 has a line $2.
wait_for_line() {
  local i
  for ((i = 0; i < 200; i++)); do
    if grep -qx "$2" "$1" 2>/dev/null; then return; fi
    sleep 0.05
  done
  fail "the line $2 never came in $1"
}

events() {
  python3 "${here}/check_evidence.py" "${state}/evidence.jsonl"
}

# Debian packages that a suite needs besides those of the other tests.
need_packages() {
  # shellcheck source-path=SCRIPTDIR source=../../../scripts/setup.sh
  source "${here}/../../../scripts/setup.sh"
  install_packages "$@"
}

# Runs every case; the last line says how many passed and failed.
run_cases() {
  local cases=0 bad=0 before
  for case_name in $(compgen -A function case_ | grep -E "^case_(${only_case:-.*})$"); do
    mkdir "${work}/${case_name}"
    before=${failures}
    cd "${work}/${case_name}" && "${case_name}"
    cases=$((cases + 1))
    if ((failures > before)); then bad=$((bad + 1)); fi
  done
  cd "${here}" || exit 1
  printf '%d passed, %d failed\n' $((cases - bad)) "${bad}"
  ((cases > 0 && bad == 0))
}

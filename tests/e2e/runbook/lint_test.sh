#!/usr/bin/env bash
# Every runbook of every plan in plans/: all checks of shellcheck, shfmt, what bash 4.4 does not know, and that a dry run ends well.
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
plans=$(cd "${here}/../../../plans" && pwd)
muster=${MUSTER:?is to be the compiler}
work=$(mktemp -d)
trap 'rm -rf "${work}"' EXIT
bad=0
count=0

# New in bash 5.0 to 5.2. EPOCHREALTIME is there where its absence is asked for first.
newer='wait -[a-z]*[pf]|EPOCHSECONDS|BASH_ARGV0|SRANDOM|\$\{[A-Za-z_]+@[ULuKk]\}|local -I|shopt -s (localvar_inherit|assoc_expand_once|globskipdots|patsub_replacement|varredir_close)|\$\{EPOCHREALTIME\}'

for plan in "${plans}"/* "${plans}"/*/repaired; do
  if [[ ! -d "${plan}" ]]; then continue; fi
  name=${plan#"${plans}/"}
  name=${name//\//-}
  if ! "${muster}" compile "${plan}" -o "${work}/${name}" --allow-errors --as-of 2026-11-20 --quiet >"${work}/log" 2>&1; then
    printf '%s does not compile\n' "${plan}" >&2 && cat "${work}/log" >&2
    bad=1
  fi
  for book in "${work}/${name}"/runbooks/*.sh; do
    count=$((count + 1))
    shfmt -i 2 -d "${book}" || bad=1
    if grep -nE "${newer}" "${book}"; then printf '%s is not for bash 4.4\n' "${book}" >&2 && bad=1; fi
    bash "${book}" --dry-run >"${work}/log" 2>&1 || { printf '%s --dry-run fails\n' "${book}" >&2 && cat "${work}/log" >&2 && bad=1; }
  done
done
# One process for several files: shellcheck takes seconds for each.
find "${work}" -path '*/runbooks/*.sh' -print0 | xargs -0 -n 8 -P 2 shellcheck -o all || bad=1
if ((count < 100)); then printf 'only %d runbooks\n' "${count}" >&2 && bad=1; fi
printf '%d passed, %d failed\n' "$((count - bad))" "${bad}"
exit "${bad}"

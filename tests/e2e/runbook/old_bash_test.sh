#!/usr/bin/env bash
# The runner as bash 4.4 has it, as far as a later bash can play it: without EPOCHREALTIME and EPOCHSECONDS, and with the behaviour of 4.4
# where bash knows how to go back to it. Where $BASH44 names a bash 4.4, that is used as it is.
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "${work}"' EXIT
mkdir "${work}/bin"
if [[ -n "${BASH44-}" ]]; then
  ln -s "${BASH44}" "${work}/bin/bash"
else
  printf 'unset EPOCHREALTIME EPOCHSECONDS SRANDOM BASH_ARGV0\nBASH_COMPAT=4.4\n' >"${work}/as-4.4"
  # shellcheck disable=SC2016  # expanded when it is called
  printf '#!/bin/sh\nBASH_ENV=%s exec %s "$@"\n' "${work}/as-4.4" "$(type -P bash)" >"${work}/bin/bash"
  chmod +x "${work}/bin/bash"
fi
export PATH="${work}/bin:${PATH}"
bash -c 'printf "bash %s, compatible with %s\n" "${BASH_VERSION}" "${BASH_COMPAT:-itself}"; [[ -z "${EPOCHREALTIME-}" ]]' || exit 1
passed=0
failed=0
for test in runner parallel; do
  if "${BASH}" "${here}/${test}_test.sh"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
printf '%d passed, %d failed\n' "${passed}" "${failed}"
((failed == 0))

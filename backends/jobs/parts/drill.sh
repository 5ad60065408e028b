# A drill restores into a namespace of its own, never into production, and says what it left to people.
work=$(mktemp -d)
problems=0
rehearsed=0
began=${EPOCHSECONDS}

kube() {
  if [[ -n "${context}" ]]; then kubectl --context "${context}" --namespace "${namespace}" "$@"; else kubectl --namespace "${namespace}" "$@"; fi
}

# Takes away what the drill made, and nothing else, however it ended.
clean_up() {
  local status=$? pod
  trap - EXIT
  set +e
  if [[ -e "${work}/pods" ]]; then
    while read -r pod; do kube delete pod "${pod}" --ignore-not-found --wait=false; done <"${work}/pods"
  fi
  if [[ -e "${work}/prepared" ]]; then remove_namespace; fi
  rm -rf "${work}"
  exit "${status}"
}

# Runs one rehearsal, measures it, and goes on whatever comes of it: rehearse FUNCTION NAME PLANNED RTO RPO
# Times are in seconds; - stands for one that the plan does not say.
rehearse() {
  local started=${EPOCHSECONDS} status took age=- result=passed
  rehearsed=$((rehearsed + 1))
  rm -f "${work}/age"
  set +e
  (
    set -e
    "$1"
  )
  status=$?
  set -e
  took=$((EPOCHSECONDS - started))
  if [[ -e "${work}/age" ]]; then age=$(<"${work}/age"); fi
  if ((status != 0)); then
    result=failed
  elif [[ "$4" != - ]] && ((took > $4)); then
    result=rto-missed
  elif [[ "$5" != - && "${age}" != - ]] && ((age > $5)); then
    result=rpo-missed
  fi
  if [[ "${result}" != passed ]]; then problems=$((problems + 1)); fi
  log "$2: ${result}; in seconds: took ${took}, planned $3, RTO $4, age of the backup ${age}, RPO $5"
  printf '{"restore":"%s","result":"%s","took_s":%s,"planned_s":%s,"rto_s":%s,"age_s":%s,"rpo_s":%s}\n' \
    "$2" "${result}" "${took}" "${3/#-/null}" "${4/#-/null}" "${age/#-/null}" "${5/#-/null}" >>"${work}/report"
}

finish() {
  local result=passed report=${MUSTER_REPORT-}
  if ((rehearsed == 0)); then result=by-hand; fi
  if ((problems > 0)); then result=failed; fi
  printf '{"drill":"%s","plan":"%s","result":"%s","took_s":%d,"restores":%d,"problems":%d,"by_hand":%d}\n' \
    "${drill}" "${plan_hash}" "${result}" "$((EPOCHSECONDS - began))" "${rehearsed}" "${problems}" "${by_hand}" >>"${work}/report"
  if [[ -n "${report}" ]]; then cp "${work}/report" "${report}"; fi
  cat "${work}/report"
  if ((problems > 0)); then exit 1; fi
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

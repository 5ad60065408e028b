# The storage makes the copies and keeps them; this asks for them, waits until they can be used, and removes what is no longer kept.
claim_snapshots() {
  kubectl get volumesnapshots.snapshot.storage.k8s.io --namespace "${MUSTER_NAMESPACE}" --selector "muster/copy=${object},muster/claim=$1" "${@:2}"
}

# list_runs snapshot NAMESPACE CLAIM: a run is the stamp of a snapshot.
list_runs() {
  local found stamp ready
  whole=() unfinished=()
  found=$(claim_snapshots "$3" --output "jsonpath={range .items[*]}{.metadata.labels['muster/run']} {.status.readyToUse}{'\n'}{end}")
  found=$(sort <<<"${found}")
  while read -r stamp ready; do
    if [[ "${ready}" == true ]]; then whole+=("${stamp}"); elif [[ -n "${stamp}" ]]; then unfinished+=("${stamp}"); fi
  done <<<"${found}"
}

# discard snapshot NAMESPACE CLAIM+STAMP; what a store keeps beside a run there is none of here.
discard() {
  local run=${3:${#claim}}
  if [[ "${run}" == *.* ]]; then return; fi
  kubectl delete volumesnapshots.snapshot.storage.k8s.io --wait=false --namespace "${MUSTER_NAMESPACE}" --selector "muster/copy=${object},muster/claim=${claim},muster/run=${run}"
}

take_snapshot() {
  local name="${object}-${1}-${stamp,,}" ready=''
  log "taking a snapshot of $1"
  kubectl create --filename=- <<END_OF_SNAPSHOT
{"apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot",
 "metadata": {"name": "${name}", "namespace": "${MUSTER_NAMESPACE}",
  "labels": {"app.kubernetes.io/managed-by": "muster", "muster/copy": "${object}", "muster/claim": "$1", "muster/run": "${stamp}"}},
 "spec": {"source": {"persistentVolumeClaimName": "$1"}}}
END_OF_SNAPSHOT
  until [[ "${ready}" == true ]]; do
    sleep "${MUSTER_POLL_SECONDS:-5}"
    ready=$(kubectl get volumesnapshots.snapshot.storage.k8s.io "${name}" --namespace "${MUSTER_NAMESPACE}" --output 'jsonpath={.status.readyToUse}')
  done
  log "${name} can be used"
}

need kubectl
TZ=UTC0 printf -v stamp '%(%Y%m%dT%H%M%SZ)T' -1
for claim in "${claims[@]}"; do
  take_snapshot "${claim}"
  prune snapshot "${MUSTER_NAMESPACE}" "${claim}" "${stamp}"
done

# CloudNativePG makes the copy and keeps it for as long as its Cluster says. This asks for it and waits, so that a backup that fails is a
# job that fails.
back_up() {
  local name="${object}-${1}" phase='' about
  TZ=UTC0 printf -v name '%s-%(%Y%m%d%H%M%S)T' "${name}" -1
  log "asking CloudNativePG for ${name}"
  kubectl create --filename=- <<END_OF_BACKUP
{"apiVersion": "postgresql.cnpg.io/v1", "kind": "Backup",
 "metadata": {"name": "${name}", "namespace": "${MUSTER_NAMESPACE}", "labels": {"app.kubernetes.io/managed-by": "muster", "muster/copy": "${object}"}},
 "spec": {"cluster": {"name": "$1"}}}
END_OF_BACKUP
  until [[ "${phase}" == completed ]]; do
    sleep "${MUSTER_POLL_SECONDS:-5}"
    phase=$(kubectl --namespace "${MUSTER_NAMESPACE}" get backups.postgresql.cnpg.io "${name}" --output 'jsonpath={.status.phase}')
    if [[ "${phase}" == failed ]]; then
      about=$(kubectl --namespace "${MUSTER_NAMESPACE}" get backups.postgresql.cnpg.io "${name}" --output 'jsonpath={.status.error}')
      fail "CloudNativePG says that ${name} failed: ${about}"
    fi
  done
  log "CloudNativePG has completed ${name}"
}

need kubectl
for cluster in "${clusters[@]}"; do back_up "${cluster}"; done

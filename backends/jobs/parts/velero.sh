# Velero makes the copy and keeps it. This asks for it and waits, so that a backup that fails is a job that fails.
readonly namespace=velero

# What Velero says of the backup; nothing where it has not begun.
phase_of() {
  kubectl --namespace "${namespace}" get backups.velero.io "$1" --output 'jsonpath={.status.phase}'
}

back_up() {
  local name phase=''
  need kubectl
  TZ=UTC0 printf -v name '%s-%(%Y%m%d%H%M%S)T' "${object}" -1
  log "asking Velero for ${name}"
  kubectl create --filename=- <<END_OF_BACKUP
{"apiVersion": "velero.io/v1", "kind": "Backup",
 "metadata": {"name": "${name}", "namespace": "${namespace}", "labels": {"app.kubernetes.io/managed-by": "muster", "muster/copy": "${object}"}},
 "spec": {"includedNamespaces": [${namespaces}], "ttl": "${keep_for}"}}
END_OF_BACKUP
  until [[ "${phase}" == Completed ]]; do
    sleep "${MUSTER_POLL_SECONDS:-5}"
    phase=$(phase_of "${name}")
    case "${phase}" in
    Failed | PartiallyFailed | FailedValidation) fail "Velero says of ${name}: ${phase}. See: velero backup describe ${name} --details" ;;
    *) ;;
    esac
  done
  log "Velero has completed ${name}"
}

back_up

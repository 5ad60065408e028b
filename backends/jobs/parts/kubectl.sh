# Secrets are left out: they are kept where secrets are kept.
dump() {
  local kinds=deployments.apps,statefulsets.apps,daemonsets.apps,services,configmaps,persistentvolumeclaims
  need kubectl gzip
  log "reading $1 from the cluster"
  kinds+=,serviceaccounts,jobs.batch,cronjobs.batch,horizontalpodautoscalers.autoscaling
  kinds+=,ingresses.networking.k8s.io,networkpolicies.networking.k8s.io,poddisruptionbudgets.policy
  kubectl get "${kinds}" --namespace "${MUSTER_NAMESPACE}" --output yaml | gzip >"$2"
}

check_dump() {
  local items
  items=$(gzip -dc "$1" | grep -c '^- apiVersion:')
  ((items > 0)) || fail "nothing was read"
}

# The Secrets of a namespace, encrypted on their way: they pass from one program to the next, and nothing of them is written before. Tokens of
# service accounts are left out: every cluster makes its own.
dump() {
  need kubectl gzip awk
  log "reading the Secrets of ${MUSTER_NAMESPACE} for $1"
  import_key
  kubectl get secrets --namespace "${MUSTER_NAMESPACE}" --field-selector 'type!=kubernetes.io/service-account-token' --output yaml |
    awk -v counted="$2.counted" '/^- apiVersion:/ { n++ } { print } END { print n + 0 >counted }' | gzip | seal >"$2"
}

# What is encrypted can no longer be looked into: it was counted on its way.
check_dump() {
  local count
  count=$(<"$1.counted")
  rm "$1.counted"
  ((count > 0)) || fail "there are no Secrets in ${MUSTER_NAMESPACE}"
  log "${count} Secrets"
}

encrypt() {
  log "it was encrypted on its way"
}

restore() {
  export MUSTER_RESTORED=/tmp/restored
  mkdir -p "${MUSTER_RESTORED}"
  gzip -dc "$1" >"${MUSTER_RESTORED}/objects.yaml"
  check_content
}

restore() {
  export MUSTER_RESTORED=/tmp/restored
  mkdir -p "${MUSTER_RESTORED}"
  tar -xzf "$1" -C "${MUSTER_RESTORED}"
  check_content
}

restore() {
  need git
  export MUSTER_RESTORED=/tmp/restored
  rm -rf "${MUSTER_RESTORED}"
  git clone --quiet -- "$1" "${MUSTER_RESTORED}"
  git -C "${MUSTER_RESTORED}" fsck --no-progress
  check_content
}

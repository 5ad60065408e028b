dump() {
  log "FAILED: Muster has no command that copies $1 with ${tool:-a tool that the plan does not name}: write one with \`using\`"
  return 1
}

check_dump() {
  [[ -s "$1" ]]
}

dump() {
  fail "Muster has no command that copies $1 with ${tool:-a tool that the plan does not name}: write one with \`using\`"
}

check_dump() {
  [[ -s "$1" ]]
}

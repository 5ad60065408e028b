# Secrets are opened on their way to what looks at them, and never written. The commands of the plan get them on their standard input.
decrypt() {
  plain=$1
}

restore() {
  local count
  need gzip awk
  count=$(opened "$1" | gzip -dc | awk '/^- apiVersion:/ { n++ } END { print n + 0 }')
  ((count > 0)) || fail "no Secret is in ${1##*/}"
  log "${count} Secrets can be read back"
  opened "$1" | gzip -dc | {
    check_content
    cat >/dev/null
  }
}

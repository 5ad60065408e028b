# Undoes the encryption of a file. Sets `plain`.
decrypt() {
  plain=$1
  if [[ -z "${encryption}" ]]; then return; fi
  plain="$1.plain"
  opened "$1" >"${plain}"
}

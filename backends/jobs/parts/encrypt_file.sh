# Replaces the file by what the key's holder alone can read.
encrypt() {
  if [[ -z "${encryption}" ]]; then return; fi
  import_key
  seal <"$1" >"$1.sealed"
  mv "$1.sealed" "$1"
}

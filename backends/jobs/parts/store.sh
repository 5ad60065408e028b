# A store is of a kind (s3, gcs or folder) and has a place (its bucket or path); a key is a path in it.

# gsutil, with the key of a service account where $MUSTER_GOOGLE_KEY is the file of one.
google() {
  if [[ -e "${MUSTER_GOOGLE_KEY-}" ]]; then set -- -o "Credentials:gs_service_key_file=${MUSTER_GOOGLE_KEY}" "$@"; fi
  gsutil "$@"
}

# put KIND PLACE KEY FILE
put() {
  case "$1" in
  s3)
    if ! aws s3 cp --only-show-errors "$4" "s3://$2/$3"; then
      # A store that refuses may hang up before its reason is read. To a small request it says why.
      aws s3api list-objects-v2 --bucket "$2" --prefix "$3" --max-items 1 >/dev/null || true
      fail "$3 could not be stored in $2"
    fi
    ;;
  gcs) google -q cp "$4" "gs://$2/$3" ;;
  folder)
    # Under its own name it is there as a whole or not at all.
    local part="$2/.part-${HOSTNAME-}-${4##*/}"
    mkdir -p "$2/${3%/*}"
    if ! cp "$4" "${part}" || ! sync "${part}"; then
      rm -f "${part}"
      fail "$4 could not be written to $2"
    fi
    mv "${part}" "$2/$3"
    ;;
  *) fail "no command here writes to ${2:-this store}, which is of the kind ${1:-unknown}" ;;
  esac
}

# get KIND PLACE KEY FILE
get() {
  case "$1" in
  s3) aws s3 cp --only-show-errors "s3://$2/$3" "$4" ;;
  gcs) google -q cp "gs://$2/$3" "$4" ;;
  folder) cp "$2/$3" "$4" ;;
  *) fail "no command here reads from ${2:-this store}, which is of the kind ${1:-unknown}" ;;
  esac
}

# Reads back what lies under a key and prints its SHA-256: stored_sha256 KIND PLACE KEY
stored_sha256() {
  local sum
  case "$1" in
  s3) sum=$(aws s3 cp --only-show-errors "s3://$2/$3" - | sha256sum) ;;
  gcs) sum=$(google -q cat "gs://$2/$3" | sha256sum) ;;
  *) sum=$(sha256sum <"$2/$3") ;;
  esac
  printf '%s' "${sum%% *}"
}

# discard KIND PLACE KEY
discard() {
  case "$1" in
  s3) aws s3 rm --only-show-errors "s3://$2/$3" ;;
  gcs) google -q rm "gs://$2/$3" ;;
  *) rm -f "$2/$3" ;;
  esac
}

# The runs directly below a folder, oldest first: list_runs KIND PLACE FOLDER/
# Sets `whole` to those that have their entry of the catalogue, which is stored last, and `unfinished` to the others.
list_runs() {
  local found name
  local -A listed=()
  local -a files=()
  case "$1" in
  s3) found=$(aws s3api list-objects-v2 --bucket "$2" --prefix "$3" --query 'Contents[].[Key]' --output text) ;;
  gcs) found=$(google ls "gs://$2/$3") ;;
  folder) found=$(printf '%s\n' "$2/$3"*) ;;
  *) fail "no command here reads from ${2:-this store}, which is of the kind ${1:-unknown}" ;;
  esac
  found=$(sort <<<"${found}")
  while read -r name; do
    name=${name##*/}
    if [[ ! "${name}" =~ ^[0-9]{8}T[0-9]{6}Z\. || "${name}" == *.sha256 ]]; then continue; fi
    if [[ "${name}" == *.json ]]; then listed["${name%.json}"]=yes; else files+=("${name}"); fi
  done <<<"${found}"
  whole=() unfinished=()
  for name in "${files[@]}"; do
    if [[ -n "${listed["${name}"]-}" ]]; then whole+=("${name}"); else unfinished+=("${name}"); fi
  done
}

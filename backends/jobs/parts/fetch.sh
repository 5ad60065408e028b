# Sets `newest` to the newest whole run below a folder of a store: find_newest KIND PLACE FOLDER/
find_newest() {
  local -a whole=() unfinished=()
  list_runs "$1" "$2" "$3"
  ((${#whole[@]} > 0)) || fail "no backup is in $2/$3; ${#unfinished[@]} were begun and not finished"
  newest=${whole[-1]}
}

# Fetches the newest backup below a folder of a store, and checks it against the checksum beside it. Sets `file`.
# fetch_newest KIND PLACE FOLDER/ INTO
fetch_newest() {
  local kind=$1 place=$2 folder=$3 into=$4 newest expected actual
  find_newest "${kind}" "${place}" "${folder}"
  mkdir -p "${into}"
  file="${into}/${newest}"
  log "fetching ${place}/${folder}${newest}"
  get "${kind}" "${place}" "${folder}${newest}" "${file}"
  get "${kind}" "${place}" "${folder}${newest}.sha256" "${file}.sha256"
  read -r expected _ <"${file}.sha256"
  actual=$(sha256_of "${file}")
  [[ "${actual}" == "${expected}" ]] || fail "${newest} is damaged: its SHA-256 is ${actual} and should be ${expected}"
  log "its checksum is right"
}

# Prints what is in an encrypted file.
opened() {
  case "${encryption}" in
  gpg)
    need gpg
    if [[ -n "${MUSTER_GPG_PRIVATE_KEY-}" ]]; then
      export GNUPGHOME="${GNUPGHOME:-/tmp/gnupg}"
      mkdir -p "${GNUPGHOME}"
      chmod 700 "${GNUPGHOME}"
      gpg --batch --quiet --import <<<"${MUSTER_GPG_PRIVATE_KEY}" >&2 || fail "MUSTER_GPG_PRIVATE_KEY holds no key"
    fi
    gpg --batch --quiet --decrypt "$1" || fail "the private key does not open ${1##*/}"
    ;;
  age)
    need age
    age --decrypt --identity "${MUSTER_AGE_IDENTITY:?is to be the file of the age identity}" "$1" || fail "the identity does not open ${1##*/}"
    ;;
  *) fail "no command here decrypts what ${encryption} wrote" ;;
  esac
}

# How a backup comes back: found, fetched, checked, decrypted, loaded.

# Makes a folder (in $TMPDIR, else /tmp) that goes when the step ends. Sets `folder`.
make_folder() {
  if [[ -z "${folders-}" ]]; then
    folders=$(mktemp -d)
    trap 'rm -rf "${folders}"' EXIT
  fi
  folder=$(mktemp -d "${folders}/XXXXXX")
}

# Fetches the key $3 of a store, of kind $1 (s3, gcs or folder) with its bucket or path in $2, into the file $4.
fetch_one() {
  case "$1" in
  s3) aws s3 cp --only-show-errors "s3://$2/$3" "$4" ;;
  gcs) gsutil -q cp "gs://$2/$3" "$4" ;;
  folder) cp "$2/$3" "$4" ;;
  *) return 1 ;;
  esac
}

# Of when the backup $1 is: its name says when it was begun, else $2, when it was stored.
taken_at() {
  local name=${1##*/}
  if [[ "${name}" =~ ^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z ]]; then
    printf '%s-%s-%sT%s:%s:%sZ' "${BASH_REMATCH[@]:1:6}"
  else
    printf '%s' "${2:+${2:0:19}Z}"
  fi
}

# From lines "TIME<tab>NAME", prints the name of the newest before $MUSTER_TARGET_TIME, where that is set, else of the newest.
newest() {
  local time name best='' chosen='' limit=${MUSTER_TARGET_TIME-}
  if [[ -n "${limit}" && ! "${limit}" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?$ ]]; then
    printf 'The target time has to be in UTC and look like 2026-11-20T21:49:00Z, not: %s\n' "${limit}" >&2
    return 1
  fi
  while IFS=$'\t' read -r time name; do
    if [[ -z "${name}" || "${name}" == *.sha256 || "${name}" == *.json ]]; then continue; fi
    time=${time:0:19}
    if [[ -n "${limit}" && ! "${time}" < "${limit:0:19}" ]]; then continue; fi
    if [[ -z "${chosen}" || "${time}" > "${best}" ]]; then best=${time} chosen=${name}; fi
  done
  if [[ -z "${chosen}" ]]; then
    printf 'No backup is there%s.\n' "${limit:+ from before ${limit}}" >&2
    return 1
  fi
  printf '%s' "${chosen}"
}

# Fetches the newest backup below the prefix $3 of a store into the folder $4 and checks it against the checksum beside it.
# $1 is the kind of store, s3, gcs or folder, $2 the bucket or path. $MUSTER_BACKUP names another one. Prints the file's name.
fetch_backup() {
  local kind=$1 place=$2 prefix=$3 folder=$4 listing name file expected actual
  name=${MUSTER_BACKUP-}
  if [[ -z "${name}" ]]; then
    if [[ "${kind}" == gcs ]]; then
      listing=$(gsutil ls -l "gs://${place}/${prefix}" | awk -v bucket="gs://${place}/" '$3 ~ /^gs:/ { printf "%s\t%s\n", $2, substr($3, length(bucket) + 1) }')
    elif [[ "${kind}" == s3 ]]; then
      listing=$(aws s3api list-objects-v2 --bucket "${place}" --prefix "${prefix}" --query 'Contents[].[LastModified,Key]' --output text)
    else
      listing=$(cd "${place}" && TZ=UTC0 find "./${prefix}" -type f -printf '%TY-%Tm-%TdT%TH:%TM:%TS\t%P\n' | sed "s|\t|\t${prefix//[&|\\]/\\&}|")
    fi
    name=$(newest <<<"${listing}")
  fi
  printf 'Fetching %s from %s.\n' "${name}" "${place}" >&2
  taken_at "${name}" "$(grep --fixed-strings "${name}" <<<"${listing-}" | head -n 1 | cut -f 1 || true)" >"${folder}/taken"
  file="${folder}/${name##*/}"
  fetch_one "${kind}" "${place}" "${name}" "${file}"
  fetch_one "${kind}" "${place}" "${name}.sha256" "${file}.sha256" 2>/dev/null || true
  if [[ -e "${file}.sha256" ]]; then
    choose_sha256
    read -r expected _ <"${file}.sha256"
    actual=$(sha256 <"${file}")
    if [[ "${actual}" != "${expected}" ]]; then
      printf 'The backup is damaged: its SHA-256 is %s and should be %s.\n' "${actual}" "${expected}" >&2
      return 1
    fi
    printf 'Its checksum is right.\n' >&2
  else
    printf 'There is no checksum beside it: it is taken as it is.\n' >&2
  fi
  printf '%s' "${file}"
}

# Undoes encryption ($2: gpg, age or nothing) and gzip of the file $1. Prints the name of the file that comes out.
unpack_backup() {
  local file=$1
  case "$2" in
  gpg)
    gpg --batch --yes --quiet --output "${file}.plain" --decrypt "${file}"
    ;;
  age)
    age --decrypt --identity "${MUSTER_AGE_IDENTITY:?is to be the file of the age identity}" --output "${file}.plain" "${file}"
    ;;
  *) mv "${file}" "${file}.plain" ;;
  esac
  # gzip begins with the bytes 1f 8b.
  if printf '\037\213' | cmp --silent --bytes=2 - "${file}.plain"; then
    gzip --decompress --stdout "${file}.plain" >"${file}.unpacked"
    rm "${file}.plain"
  else
    mv "${file}.plain" "${file}.unpacked"
  fi
  printf '%s' "${file}.unpacked"
}

# Loads a dump of pg_dump, in its archive format or as SQL, all or nothing. After the file $1 comes what runs a client
# of PostgreSQL, `postgres_in` or `postgres_at` with their arguments.
load_postgres() {
  local file=$1
  shift
  # The archive format begins with these letters.
  if printf 'PGDMP' | cmp --silent --bytes=5 - "${file}"; then
    "$@" pg_restore --clean --if-exists --single-transaction --exit-on-error <"${file}"
  else
    "$@" psql --no-psqlrc --quiet --single-transaction --set=ON_ERROR_STOP=1 <"${file}"
  fi
}

# How a backup comes back: found, fetched, checked, decrypted, loaded.

# Makes a folder (in $TMPDIR, else /tmp) that goes when the step ends. Sets `folder`.
make_folder() {
  folder=$(mktemp -d)
  trap 'rm -rf "${folder}"' EXIT
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
  file="${folder}/${name##*/}"
  if [[ "${kind}" == s3 ]]; then
    aws s3 cp --only-show-errors "s3://${place}/${name}" "${file}"
    aws s3 cp --only-show-errors "s3://${place}/${name}.sha256" "${file}.sha256" 2>/dev/null || true
  elif [[ "${kind}" == gcs ]]; then
    gsutil -q cp "gs://${place}/${name}" "${file}"
    gsutil -q cp "gs://${place}/${name}.sha256" "${file}.sha256" 2>/dev/null || true
  else
    cp "${place}/${name}" "${file}"
    if [[ -e "${place}/${name}.sha256" ]]; then cp "${place}/${name}.sha256" "${file}.sha256"; fi
  fi
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

# PostgreSQL back to a moment: a base backup, and the log replayed on top of it. It runs where the data directory is.

# Runs a program of PostgreSQL of the version of the data directory $1, as the directory's owner: who cannot be root.
as_owner() {
  local directory=$1 program=$2 version owner group
  shift 2
  version=$(<"${directory}/PG_VERSION")
  if [[ -x "/usr/lib/postgresql/${version}/bin/${program}" ]]; then program="/usr/lib/postgresql/${version}/bin/${program}"; fi
  owner=$(stat --format=%U "${directory}")
  group=$(stat --format=%G "${directory}")
  if ((EUID == 0)); then setpriv --reuid="${owner}" --regid="${group}" --init-groups "${program}" "$@"; else "${program}" "$@"; fi
}

# Replays: $1 the variable with the data directory, $2 the base backup (tar), $3 $4 $5 kind, place and prefix of the log's store, $6
# its encryption (gpg, age or nothing). To $MUSTER_TARGET_TIME where that is set, else to the end of the log.
replay_postgres() {
  local directory=${!1:?is to be the data directory} base=$2 aside started
  directory=${directory%/}
  aside="${directory}.before-$(date --utc +%Y%m%dT%H%M%SZ)"
  if [[ -e "${directory}/postmaster.pid" ]]; then as_owner "${directory}" pg_ctl --pgdata="${directory}" --mode=immediate stop || true; fi
  cp --archive --attributes-only "${directory}" "${directory}.restored" 2>/dev/null || mkdir -p "${directory}.restored"
  find "${directory}.restored" -mindepth 1 -delete
  chmod 700 "${directory}.restored"
  tar --extract --file="${base}" --directory="${directory}.restored"
  chown --recursive --reference="${directory}" "${directory}.restored"
  rm -f "${directory}.restored/postmaster.pid"
  write_fetch_log "${directory}.restored/fetch-log" "${@:3}"
  write_recovery "${directory}.restored"
  mv "${directory}" "${aside}"
  mv "${directory}.restored" "${directory}"
  printf 'What was there is kept in %s.\n' "${aside}"
  started=0
  as_owner "${directory}" pg_ctl --pgdata="${directory}" --wait --timeout=86400 --log="${directory}/replay.log" start >/dev/null || started=$?
  grep --extended-regexp 'recovery stopping|redo done|last completed transaction|FATAL|PANIC' "${directory}/replay.log" || true
  return "${started}"
}

# Writes a script that fetches one file of the log: PostgreSQL calls it. What it is to find out is written into it, not passed.
write_fetch_log() {
  local file=$1 name
  shift
  {
    printf '#!/usr/bin/env bash\nset -euo pipefail\n'
    declare -f fetch_one store_answers unpack_backup
    for name in PATH AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_ENDPOINT_URL AWS_DEFAULT_REGION AWS_PROFILE MUSTER_AGE_IDENTITY GNUPGHOME HOME; do
      if [[ -n "${!name-}" ]]; then printf 'export %s=%q\n' "${name}" "${!name}"; fi
    done
    printf 'part=$(mktemp -d)\ntrap '\''rm -rf "${part}"'\'' EXIT\n'
    # To PostgreSQL a file that is not there is the end of the log; a store that does not answer must not look like that.
    printf 'if ! fetch_one %q %q %q"$1"%q "${part}/segment"; then\n' "$1" "$2" "$3" "${4:+.$4}"
    printf '  if store_answers %q %q %q"$1"%q; then exit 1; else exit 126; fi\nfi\n' "$1" "$2" "$3" "${4:+.$4}"
    printf 'file=$(unpack_backup "${part}/segment" %q)\nmv "${file}" "$2"\n' "$4"
  } >"${file}"
  chmod 700 "${file}"
  chown --reference="${file%/*}" "${file}"
}

# Whether the store can say that it does not have the key $3: kind $1, bucket or path $2.
store_answers() {
  local found
  case "$1" in
  s3)
    found=$(aws s3api list-objects-v2 --bucket "$2" --prefix "$3" --query 'length(Contents || `[]`)' --output text)
    [[ "${found%%$'\n'*}" == 0 ]]
    ;;
  gcs) gsutil ls -b "gs://$2" >/dev/null && ! gsutil -q stat "gs://$2/$3" ;;
  none) return 0 ;;
  *) [[ -d "$2" && ! -e "$2/$3" ]] ;;
  esac
}

write_recovery() {
  {
    printf "restore_command = '\"%s/fetch-log\" \"%%f\" \"%%p\"'\nrecovery_target_action = 'promote'\n" "${1%.restored}"
    # Here PostgreSQL takes no Z, only an offset.
    if [[ -n "${MUSTER_TARGET_TIME-}" ]]; then printf "recovery_target_time = '%s+00'\n" "${MUSTER_TARGET_TIME%Z}"; fi
  } >>"$1/postgresql.auto.conf"
  true >"$1/recovery.signal"
  chown --reference="$1" "$1/recovery.signal" "$1/postgresql.auto.conf"
}

# Waits until the replay has ended, by the client that follows the name of the data; takes the settings of the replay away again.
finish_replay() {
  local data=$1 last name
  shift
  until check_sql 'SELECT NOT pg_is_in_recovery()' "$@"; do sleep 1; done
  last=$(sql_value "SELECT to_char(pg_last_xact_replay_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')" "$@")
  note_recovered "${data}" "${last}"
  printf 'The last transaction that was replayed is of %s.\n' "${last:-an unknown time}"
  for name in restore_command recovery_target_action recovery_target_time; do
    sql_value "ALTER SYSTEM RESET ${name}" "$@" >/dev/null
  done
}

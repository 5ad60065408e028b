# How what was fetched is loaded where it belongs: MongoDB, Redis, SQLite, files. The PostgreSQL of a dump is in restore.sh.

# Loads an archive of mongodump: $1 the file, then the words that run mongorestore.
load_mongodb() {
  local file=$1
  shift
  "$@" --archive --oplogReplay --drop --stopOnError <"${file}"
}

# Gives the file $1, a dump of Redis, to the Redis at the address in the variable $2: a server of its own loads it, and Redis
# copies that as its replica would.
load_redis() {
  local file=$1 url=${!2:?is to be the address of Redis, redis://…} host secret port pid count loaded
  redis_host "${url}"
  secret=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
  mkdir "${folder}/redis"
  cp "${file}" "${folder}/redis/dump.rdb"
  for port in 16399 26399 36399; do
    redis-server --port "${port}" --bind "${host}" --dir "${folder}/redis" --dbfilename dump.rdb --save '' --appendonly no \
      --requirepass "${secret}" >"${folder}/redis/log" 2>&1 &
    pid=$!
    if wait_for_redis "${pid}" "${host}" "${port}" "${secret}"; then break; fi
    wait "${pid}" || true
    pid=''
  done
  [[ -n "${pid}" ]] || { tail -n 5 "${folder}/redis/log" >&2 && return 1; }
  count=$(REDISCLI_AUTH=${secret} redis-cli -h "${host}" -p "${port}" DBSIZE)
  redis-cli -u "${url}" CONFIG SET masterauth "${secret}" >/dev/null
  redis-cli -u "${url}" REPLICAOF "${host}" "${port}" >/dev/null
  until loaded=$(redis-cli -u "${url}" INFO replication) && [[ "${loaded}" == *master_link_status:up* ]]; do sleep 0.2; done
  redis-cli -u "${url}" REPLICAOF NO ONE >/dev/null
  redis-cli -u "${url}" CONFIG SET masterauth '' >/dev/null
  kill "${pid}"
  loaded=$(redis-cli -u "${url}" DBSIZE)
  printf 'The dump has %s keys, Redis has %s now.\n' "${count}" "${loaded}"
  [[ "${loaded}" == "${count}" ]]
}

# Sets `host` to the address at which the Redis of the address $1 can reach this machine.
redis_host() {
  host=${1#*://}
  host=${host##*@}
  host=${host%%[:/]*}
  if [[ "${host}" != 127.0.0.1 && "${host}" != localhost ]]; then
    host=${MUSTER_REACHED_AS:?is to be the address at which Redis reaches this machine}
  else
    host=127.0.0.1
  fi
}

wait_for_redis() {
  local answer
  while kill -0 "$1" 2>/dev/null; do
    answer=$(REDISCLI_AUTH=$4 redis-cli -h "$2" -p "$3" PING 2>/dev/null || true)
    if [[ "${answer}" == PONG ]]; then return 0; fi
    sleep 0.1
  done
  return 1
}

# The same where Redis runs in a pod: the file takes the place of its dump, and the pod starts again from it. After the file come
# the words of kubectl up to the `--`.
load_redis_in() {
  local file=$1 appends
  shift
  appends=$("$@" redis-cli CONFIG GET appendonly)
  if [[ "${appends}" == *yes* ]]; then
    printf 'This Redis starts from its append-only file: a dump would not be read. Turn appendonly off first.\n' >&2
    return 1
  fi
  "$@" redis-cli CONFIG SET save '' >/dev/null
  # shellcheck disable=SC2016  # expanded in the pod
  "$@" sh -c 'dir=$(redis-cli CONFIG GET dir | tail -n 1); name=$(redis-cli CONFIG GET dbfilename | tail -n 1)
    cat >"${dir}/restored.rdb" && mv "${dir}/restored.rdb" "${dir}/${name}"' <"${file}"
  "$@" redis-cli SHUTDOWN NOSAVE || true
}

# Puts the databases of SQLite in the archive $1 in their places below the folder in the variable $2. Each has to be whole before any is
# touched; what was there is kept beside it.
load_sqlite() {
  local root=${!2:?is to be the folder below which the files belong} names name found
  mkdir "${folder}/sqlite"
  tar --extract --file="$1" --directory="${folder}/sqlite"
  names=$(cd "${folder}/sqlite" && find . -type f)
  while IFS= read -r name; do
    found=$(sqlite3 "${folder}/sqlite/${name}" 'PRAGMA integrity_check')
    printf '%s: integrity_check: %s\n' "${name}" "${found}"
    [[ "${found}" == ok ]]
  done <<<"${names}"
  while IFS= read -r name; do put_sqlite "${folder}/sqlite/${name}" "${root%/}/${name#./}"; done <<<"${names}"
}

put_sqlite() {
  local file=$1 target=$2
  mkdir -p "${target%/*}"
  cp "${file}" "${target}.restored"
  if [[ -e "${target}" ]]; then
    chmod --reference="${target}" "${target}.restored"
    chown --reference="${target}" "${target}.restored" 2>/dev/null || true
    cp --preserve "${target}" "${target}.before-restore"
    printf 'What was there is kept in %s.before-restore.\n' "${target}"
  fi
  rm -f "${target}-wal" "${target}-shm"
  mv -f "${target}.restored" "${target}"
}

# Unpacks the archive $1 below the folder in the variable $2, in which the paths of the plan begin.
load_files() {
  local root=${!2:?is to be the folder below which the files belong}
  mkdir -p "${root}"
  tar --extract --file="$1" --directory="${root}" --same-permissions
}

# From a repository of restic, as an archive of tar: $1 repository, $2 host, $3 the file to write. The newest snapshot from before
# $MUSTER_TARGET_TIME, where that is set.
fetch_restic() {
  local repository=$1 host=$2 into=$3 listing id limit=${MUSTER_TARGET_TIME-}
  listing=$(restic --repo "${repository}" --no-lock snapshots --host "${host}" --json)
  listing=${listing//\},\{/$'\n'}
  id=$(sed -nE 's/.*"time":"([^"]{19})[^"]*".*"short_id":"([0-9a-f]+)".*/\1Z\t\2/p' <<<"${listing}" | newest)
  if [[ -n "${MUSTER_BACKUP-}" ]]; then id=${MUSTER_BACKUP}; fi
  printf 'Fetching snapshot %s of %s%s.\n' "${id}" "${repository}" "${limit:+, the newest from before ${limit}}" >&2
  restic --repo "${repository}" --no-lock dump --archive tar "${id}" / >"${into}"
  sed -nE "s/.*\"time\":\"([^\"]{19})[^\"]*\".*\"short_id\":\"${id}\".*/\\1Z/p" <<<"${listing}" >"${folder}/taken"
}

# restic keeps checksums, encrypts, and finds what is new since its last run; each store is a repository of its own.
# A repository that is not there yet is made; one that cannot be read for any other reason makes `init` fail too.
# What a run that was killed has locked stays locked; `unlock` takes away only locks of which nobody makes use any more.
back_up() {
  restic --repo "${repository}" cat config >/dev/null 2>&1 || restic --repo "${repository}" init
  restic --repo "${repository}" unlock
  back_up_files
  restic --repo "${repository}" check
  if [ -n "${keep}" ]; then
    # shellcheck disable=SC2086 # options and lengths, a word each
    restic --repo "${repository}" forget --host "${copy}" --keep-last 2 ${keep} --prune
  fi
}

verify() {
  case "${how}" in
  listing) restic --repo "${repository}" snapshots --host "${copy}" --latest 1 ;;
  checksum) restic --repo "${repository}" check --read-data ;;
  *)
    MUSTER_RESTORED=/tmp/restored
    export MUSTER_RESTORED
    restic --repo "${repository}" restore latest --host "${copy}" --target "${MUSTER_RESTORED}" --verify
    check_content
    ;;
  esac
}

export RESTIC_CACHE_DIR=/tmp/cache
if [ -e "${MUSTER_GOOGLE_KEY-}" ]; then export GOOGLE_APPLICATION_CREDENTIALS="${MUSTER_GOOGLE_KEY}"; fi
choose_store "$2"
require_repository "$2"
# Of its own accord restic knows only Amazon's.
case "${repository}" in
s3:s3.amazonaws.com/*) repository="s3:${AWS_ENDPOINT_URL:-s3.amazonaws.com}/${repository#s3:s3.amazonaws.com/}" ;;
*) ;;
esac
case "$1" in
backup) back_up ;;
verify) verify ;;
*)
  echo "usage: $0 backup STORE | verify STORE" >&2
  exit 2
  ;;
esac

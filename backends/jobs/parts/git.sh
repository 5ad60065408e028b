# All branches and tags of a repository, in one file that git can clone from.
dump() {
  need git
  [[ -n "${repository}" ]] || fail "the plan does not say where the repository of $1 is: it wants a repository of it in a store of the kind git"
  log "bundling $1"
  rm -rf /tmp/git
  git clone --quiet --mirror -- "${repository}" /tmp/git
  git -C /tmp/git fsck --no-progress --connectivity-only
  git -C /tmp/git bundle create --quiet "$2" --all
  rm -rf /tmp/git
}

check_dump() {
  git init --quiet /tmp/empty
  git -C /tmp/empty bundle verify --quiet "$1"
}

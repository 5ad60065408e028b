# Infrastructure, releases, secrets and evidence by the tools that keep them.

# The plan of Terraform is made by the precheck, shown before the name is typed, and is exactly what is carried out then.
plan_terraform() {
  terraform -chdir="$1" init -input=false -no-color >/dev/null
  terraform -chdir="$1" plan -input=false -no-color -out="${MUSTER_KEPT}.tfplan"
}
apply_terraform() {
  terraform -chdir="$1" apply -input=false -no-color "${MUSTER_KEPT}.tfplan"
}

# Nothing is left to be changed.
check_terraform() {
  terraform -chdir="$1" plan -input=false -no-color -detailed-exitcode >/dev/null
}

apply_eksctl() {
  eksctl create cluster --config-file="$1"
}

# Restores the newest backup of a schedule of Velero into the cluster with the context $2.
restore_velero() {
  local schedule=$1 context=$2 name
  name="muster-$(date --utc +%Y%m%d%H%M%S)"
  velero restore create "${name}" --from-schedule="${schedule}" --wait ${context:+--kubecontext="${context}"}
  velero restore describe "${name}" ${context:+--kubecontext="${context}"} | grep --extended-regexp '^Phase: +Completed$'
}

# A new value by the secrets manager's own rotation, and that it has come.
rotate_aws_secret() {
  local before now _
  before=$(aws secretsmanager describe-secret --secret-id "$1" --query LastRotatedDate --output text)
  aws secretsmanager rotate-secret --secret-id "$1" --rotate-immediately --query VersionId --output text
  for _ in {1..60}; do
    now=$(aws secretsmanager describe-secret --secret-id "$1" --query LastRotatedDate --output text)
    if [[ "${now}" != "${before}" ]]; then return 0; fi
    sleep 5
  done
  printf 'Its rotation was asked for, and has not ended within 5 minutes.\n' >&2
  return 1
}

# What a cluster knows of a namespace and its workloads, in the folder $1. After it the words of kubectl.
capture_namespace() {
  local into=$1
  shift
  mkdir -p "${into}"
  "$@" get all,configmaps,ingresses,networkpolicies,serviceaccounts,persistentvolumeclaims --output=yaml >"${into}/objects.yaml" || true
  "$@" get events --sort-by=.lastTimestamp >"${into}/events.txt" || true
  "$@" get pods --output=name >"${into}/pods.txt" || true
  capture_logs "${into}" "$@"
}

# The logs of every pod in pods.txt of the folder $1. Where a node is gone each pod takes a minute to say so: several at a time.
capture_logs() {
  local into=$1 pod busy=()
  shift
  while IFS= read -r pod; do
    mapfile -t busy < <(jobs -pr || true)
    if ((${#busy[@]} >= 16)); then wait -n || true; fi
    {
      "$@" logs "${pod}" --all-containers --timestamps >"${into}/${pod##*/}.log" 2>&1 || true
      "$@" logs "${pod}" --all-containers --timestamps --previous >"${into}/${pod##*/}.previous.log" 2>&1 || true
    } &
  done <"${into}/pods.txt"
  wait
}

# Packs the folder $1 with the hash of every file, and takes it to the store of kind $2 at $3 below the prefix $4, where nothing is
# overwritten. What is stored is read back.
keep_forensics() {
  local into=$1 kind=$2 place=$3 name sum stored
  name="$4$(date --utc +%Y%m%dT%H%M%SZ).tar.gz"
  (cd "${into}" && find . -type f -exec sha256sum {} +) >"${into}.sums"
  mv "${into}.sums" "${into}/SHA256SUMS"
  tar --create --gzip --file="${into}.tar.gz" --directory="${into}" .
  sum=$(sha256sum <"${into}.tar.gz")
  case "${kind}" in
  s3) aws s3 cp --only-show-errors "${into}.tar.gz" "s3://${place}/${name}" && stored=$(aws s3 cp --only-show-errors "s3://${place}/${name}" - | sha256sum) ;;
  gcs) gsutil -q cp -n "${into}.tar.gz" "gs://${place}/${name}" && stored=$(gsutil -q cat "gs://${place}/${name}" | sha256sum) ;;
  *)
    mkdir -p "${place}/${name%/*}"
    cp --no-clobber "${into}.tar.gz" "${place}/${name}"
    stored=$(sha256sum <"${place}/${name}")
    ;;
  esac
  printf 'Kept as %s in %s, sha256 %s\n' "${name}" "${place}" "${sum%% *}"
  [[ "${stored}" == "${sum}" ]]
}

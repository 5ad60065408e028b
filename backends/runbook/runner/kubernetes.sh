# Workloads in Kubernetes. After what each function names come the words of kubectl with its context and namespace.

# What a step changes is noted before, for its undo: keep NAME VALUE, kept NAME. What was noted first counts.
keep() {
  if [[ ! -e "${MUSTER_KEPT}.$1" ]]; then printf '%s' "$2" >"${MUSTER_KEPT}.$1"; fi
}
kept() {
  if [[ ! -e "${MUSTER_KEPT}.$1" ]]; then
    printf 'The run did not note what %s was before.\n' "$1" >&2
    return 1
  fi
  cat "${MUSTER_KEPT}.$1"
}

# Whether kubectl reaches the workload.
have_workload() {
  local workload=$1
  shift
  "$@" get "${workload}" --output=name
}

scale_workload() {
  local workload=$1 replicas=$2 before
  shift 2
  before=$("$@" get "${workload}" --output='jsonpath={.spec.replicas}')
  keep "${workload//\//-}.replicas" "${before}"
  "$@" scale "${workload}" --replicas="${replicas}"
}

unscale_workload() {
  local workload=$1 before
  shift
  before=$(kept "${workload//\//-}.replicas")
  "$@" scale "${workload}" --replicas="${before}"
}

# A manifest, a folder of manifests, a folder with a kustomization, or a chart of Helm. `apply_with` holds one more option, if any.
apply_path() {
  local path=$1 apply_with=${apply_with-}
  shift
  if [[ -e "${path}/Chart.yaml" ]]; then
    apply_chart "${path}" "$@"
  elif [[ -e "${path}/kustomization.yaml" || -e "${path}/kustomization.yml" || -e "${path}/Kustomization" ]]; then
    "$@" apply --kustomize="${path}" ${apply_with:+"${apply_with}"}
  else
    "$@" apply --filename="${path}" ${apply_with:+"${apply_with}"}
  fi
}

# What the API would take, without changing anything.
try_path() {
  local path=$1
  shift
  if [[ -e "${path}/Chart.yaml" ]]; then helm lint "${path}"; else apply_with=--dry-run=server apply_path "${path}" "$@" >/dev/null; fi
}

apply_chart() {
  local path=$1 word words=()
  shift 2
  for word in "$@"; do words+=("${word/#--context=/--kube-context=}"); done
  path=${path%/}
  helm upgrade --install "${words[@]}" --create-namespace --wait "${path##*/}" "${path}"
}

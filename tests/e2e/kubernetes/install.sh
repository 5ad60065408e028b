# shellcheck shell=bash
# Sourced: builds what the suites of Kubernetes and of jobs run against, at the versions pinned here and in control-plane/go.mod, into
# ${MUSTER_E2E_TOOLS}. What is there already in that version is left as it is. Sets and exports MUSTER_E2E_TOOLS.

MUSTER_E2E_TOOLS=${MUSTER_E2E_TOOLS:-${XDG_CACHE_HOME:-${HOME}/.cache}/muster-e2e}
export MUSTER_E2E_TOOLS
e2e_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# What each tool is built from. Those without a version are of the module control-plane, which has replacements.
declare -A e2e_tools=(
  [etcd]=go.etcd.io/etcd/server/v3
  [kube-apiserver]=k8s.io/kubernetes/cmd/kube-apiserver
  [kube-controller-manager]=k8s.io/kubernetes/cmd/kube-controller-manager
  [kube-scheduler]=k8s.io/kubernetes/cmd/kube-scheduler
  [kubectl]=k8s.io/kubernetes/cmd/kubectl
  [kwok]=sigs.k8s.io/kwok/cmd/kwok@v0.8.0
  [kubeconform]=github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0
  [kube-score]=github.com/zegl/kube-score/cmd/kube-score@v1.20.0
  [versitygw]=github.com/versity/versitygw/cmd/versitygw@v1.8.0
)

# What a tool that is there was built from, in one line.
e2e_source_of() {
  case "${e2e_tools[$1]}" in
  *@*) printf '%s\n' "${e2e_tools[$1]}" ;;
  *) printf '%s %s\n' "${e2e_tools[$1]}" "$(sha256sum <"${e2e_here}/control-plane/go.sum")" ;;
  esac
}

e2e_build() {
  local name=$1 source=${e2e_tools[$1]} scratch
  if [[ "${source}" != *@* ]]; then
    (cd "${e2e_here}/control-plane" && CGO_ENABLED=0 nice go build -trimpath -ldflags='-s -w' -o "${MUSTER_E2E_TOOLS}/${name}" "${source}")
    return
  fi
  scratch=$(mktemp -d)
  GOBIN=${scratch} CGO_ENABLED=0 nice go install -trimpath -ldflags='-s -w' "${source}" && mv "${scratch}/${name}" "${MUSTER_E2E_TOOLS}/${name}"
  local status=$?
  rm -rf "${scratch}"
  return "${status}"
}

# install_tools NAME...: builds those that are missing. Fails with the compiler's words.
install_tools() {
  local name stamp
  mkdir -p "${MUSTER_E2E_TOOLS}"
  for name in "$@"; do
    stamp="${MUSTER_E2E_TOOLS}/${name}.from"
    if [[ -x "${MUSTER_E2E_TOOLS}/${name}" && -e "${stamp}" && "$(<"${stamp}")" == "$(e2e_source_of "${name}")" ]]; then continue; fi
    command -v go >/dev/null || {
      printf 'FAILED: Go is not here, and %s is built with it\n' "${name}" >&2
      return 1
    }
    printf '== building %s\n' "${name}"
    e2e_build "${name}" || {
      printf 'FAILED: %s could not be built from %s\n' "${name}" "${e2e_tools[${name}]}" >&2
      return 1
    }
    e2e_source_of "${name}" >"${stamp}"
  done
}

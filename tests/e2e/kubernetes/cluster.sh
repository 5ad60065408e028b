#!/usr/bin/env bash
# Applies the objects of all plans to a real control plane: see cluster_test.py. $MUSTER is the binary.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/setup.sh
source "${here}/../../../scripts/setup.sh"
install_packages age openssl python3-yaml
# shellcheck source=tests/e2e/kubernetes/install.sh
source "${here}/install.sh"
install_tools etcd kube-apiserver kube-controller-manager kube-scheduler kubectl kwok
exec /usr/bin/python3 "${here}/cluster_test.py" "$@"

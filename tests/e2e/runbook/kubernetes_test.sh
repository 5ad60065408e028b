#!/usr/bin/env bash
# A runbook's steps on workloads, against a real control plane: see kubernetes_test.py. $MUSTER is the compiler.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../kubernetes/install.sh
source "${here}/../kubernetes/install.sh"
install_tools etcd kube-apiserver kube-controller-manager kube-scheduler kubectl kwok
PYTHONPATH="${here}/../kubernetes" exec python3 "${here}/kubernetes_test.py"
